import type { Effect } from '../effect.ts';
import type { Invocation } from '../invocation.ts';
import { protectors } from './known.ts';

/** What takes a machine's own protection away: the words, in lower case with a blank between them, by which a program does it. */
interface Switch {
  readonly words: RegExp;
  /** Only for a service or program that protects the machine. */
  readonly ofProtector?: true;
  readonly why: string;
}

const stops: Switch = { words: /(?:^| )(?:stop|disable|mask|kill|unload|bootout|remove|delete|config .*start= ?(?:disabled|demand))(?: |$)/, ofProtector: true, why: 'Stops what protects this machine.' };
const exclusions: Switch = { words: /-exclusion\w*|-controlledfolderaccessallowed\w*|-attacksurfacereductiononlyexclusions/, why: 'Keeps the virus scanner from looking at what it names.' };
const scannerOff: Switch = { words: /-disable\w*(?:[ :]+(?:\$?true|1)\b| -|$)|-(?:mapsreporting|puaprotection|enablecontrolledfolderaccess|enablenetworkprotection|submitsamplesconsent)[ :]+(?:0|disabled|never\w*)\b/, why: 'Turns off a part of the virus scanner.' };
const logCleared: Switch = { words: /^/, why: 'Clears the record of what happened on this computer.' };
const diskOpened: Switch = { words: /^/, why: 'Takes the encryption off a drive.' };
const firewallOff: Switch = { words: /-enabled[ :]+(?:\$?false|0)\b/, why: 'Turns the firewall off.' };
/** Policies that keep records and scanners on. */
const policyOff: Switch = { words: /(?:scriptblocklogging|modulelogging|transcription|windows defender|runasppl|enablelua)(?=.*(?:enable\w*|runasppl|enablelua)\b.*(?:-value|\/d)[ :]+(?:0x)?0\b|.*disable\w*.*(?:-value|\/d)[ :]+(?:0x)?1\b)/, why: 'Turns off a policy that keeps records of what runs, or scans it.' };

/**
 * Documentation: setenforce(8), spctl(8), csrutil(8), fdesetup(8), auditctl(8), apparmor(7);
 * https://learn.microsoft.com/powershell/module/defender/, https://learn.microsoft.com/windows-server/administration/windows-commands/auditpol,
 * https://learn.microsoft.com/powershell/module/bitlocker/, https://learn.microsoft.com/defender-endpoint/linux-resources
 */
const switches: Readonly<Record<string, readonly Switch[]>> = {
  systemctl: [stops], service: [{ ...stops, words: / (?:stop|disable)$/ }], 'rc-service': [{ ...stops, words: / stop$/ }], launchctl: [stops], sc: [stops], net: [{ ...stops, words: /^stop / }],
  'stop-service': [{ ...stops, words: /^/ }], 'suspend-service': [{ ...stops, words: /^/ }], 'set-service': [{ ...stops, words: /-(?:startuptype|status)[ :]+(?:disabled|manual|stopped|paused)/ }],
  setenforce: [{ words: /^(?:0|permissive)$/, why: 'Turns SELinux off: what it forbids is only noted.' }],
  spctl: [{ words: /--(?:master|global)-disable/, why: 'Turns Gatekeeper off: programs from anywhere run.' }],
  csrutil: [{ words: /^(?:authenticated-root )?disable/, why: 'Turns off the protection of the system’s own files.' }],
  fdesetup: [{ words: /^disable/, why: 'Takes the encryption off this computer’s disk.' }],
  socketfilterfw: [{ words: /--setglobalstate off|--setblockall off/, why: 'Turns the firewall off.' }],
  pfctl: [{ words: /(?:^| )-d\b/, why: 'Turns the firewall off.' }],
  auditctl: [{ words: /(?:^| )-(?:d$|e ?0\b)/, why: 'Stops the record of what happens on this machine.' }],
  'aa-teardown': [{ words: /^/, why: 'Turns AppArmor off.' }],
  mdatp: [{ words: /^config .*(?:disabled|passive|audit)\b|^exclusion .*\badd\b|^threat allowed add/, why: 'Turns off a part of the virus scanner.' }],
  falconctl: [{ words: /(?:^| )(?:unload|uninstall|-d\b|--disable)/, why: 'Stops what protects this machine.' }],
  auditpol: [{ words: /\/(?:clear|remove)\b|\/(?:success|failure):disable/, why: 'Stops the record of what happens on this computer.' }],
  mpcmdrun: [{ words: /-removedefinitions|-disableservice/, why: 'Turns off a part of the virus scanner.' }],
  fltmc: [{ words: /^unload\b/, why: 'Unloads a filter that watches files.' }],
  sysmon: [{ words: /(?:^| )[-/]u\b/, why: 'Stops the record of what happens on this computer.' }], sysmon64: [{ words: /(?:^| )[-/]u\b/, why: 'Stops the record of what happens on this computer.' }],
  netsh: [{ words: /^advfirewall set \w+ state off|^firewall set opmode.*disable/, why: 'Turns the firewall off.' }],
  wevtutil: [{ words: /^(?:sl|set-log)\b.*\/e(?:nabled)?:false/, why: 'Stops the record of what happens on this computer.' }],
  'manage-bde': [{ words: /(?:^| )-off\b|-protectors .*-disable/, why: 'Takes the encryption off a drive.' }],
  reg: [{ ...policyOff, words: new RegExp(`^add\\b.*${policyOff.words.source}`) }],
  'add-mppreference': [exclusions], 'set-mppreference': [exclusions, scannerOff], 'disable-bitlocker': [diskOpened], 'suspend-bitlocker': [diskOpened],
  'clear-eventlog': [logCleared], 'remove-eventlog': [logCleared], 'set-netfirewallprofile': [firewallOff],
  'set-itemproperty': [policyOff], 'new-itemproperty': [policyOff], sp: [policyOff],
};

/** The effect of a program that takes the machine's own protection away; nothing for all others. */
export function protectionEffects({ program, argv, span }: Invocation): readonly Effect[] {
  const name = program.toLowerCase();
  const known = Object.hasOwn(switches, name) ? switches[name] : undefined;
  if (!known) return [];
  const given = argv.slice(1, 33).map(({ text }) => text.toLowerCase().slice(0, 512));
  // Git's shell needs the slash twice, PowerShell's cmdlets only rehearse with -WhatIf.
  const words = given.map((word) => word.replace(/^\/\/(?=\w)/, '/')).join(' ').slice(0, 1024);
  if (/(?:^| )(?:-whatif|--help|\/\?)(?: |$)/.test(words)) return [];
  const protector = given.find((word) => protectors.test(word) || protectors.test(word.split('.').at(-1) ?? '') || /\.(?:crowdstrike|sentinelone|santa)\b/.test(word));
  const found = known.find((each) => each.words.test(words) && (each.ofProtector === undefined || protector !== undefined));
  if (!found) return [];
  return [{
    verb: 'weakenGuard', resource: { kind: 'protection', name: protector ?? program }, reversibility: 'recoverable', certainty: 'certain', rule: 'guards/protection',
    why: found.why, saferWay: 'Ask the person to do it.', target: { by: 'path' }, ...(span ? { span } : {}),
  }];
}
