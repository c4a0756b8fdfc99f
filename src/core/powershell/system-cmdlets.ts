import type { Effect, TargetHint, Verb } from '../effect.ts';
import { own } from '../own.ts';
import { sentence } from '../sentence.ts';
import { bind, isOn, isRehearsal, type Bound } from './parameters.ts';
import { properName } from './aliases.ts';
import { found, type CmdletCall } from './session.ts';
import { textOfValue, unknown, wordsOf, type Value } from './values.ts';

/** A cmdlet that loses something other than files. */
interface Loss {
  readonly verb: Verb;
  readonly kind: string;
  /** Parameters that name what is lost. */
  readonly names: readonly string[];
  readonly why: string;
  readonly saferWay: string;
  readonly docs: string;
  readonly everything?: true;
  /** How many of `names` may be given by position. */
  readonly positions?: number;
  /** Values by parameter, one of which makes it a loss. Absent: any call is. */
  readonly when?: Readonly<Record<string, RegExp>>;
  /** Values by parameter with which nothing is lost. */
  readonly unless?: Readonly<Record<string, RegExp>>;
}

const storage = 'https://learn.microsoft.com/powershell/module/storage';
const management = 'https://learn.microsoft.com/powershell/module/microsoft.powershell.management';
const virtualMachines = 'https://learn.microsoft.com/powershell/module/hyper-v';

const losses: Readonly<Record<string, Loss>> = {
  'format-volume': { verb: 'delete', kind: 'volume', names: ['driveletter', 'path', 'filesystemlabel'], why: 'Formats volume {name}: every file on it is lost.', saferWay: 'Let a person format it.', docs: `${storage}/format-volume`, everything: true },
  'clear-disk': { verb: 'delete', kind: 'disk', names: ['number', 'friendlyname', 'uniqueid'], why: 'Wipes disk {name}: every partition and file on it is lost.', saferWay: 'Let a person wipe it.', docs: `${storage}/clear-disk`, everything: true },
  'initialize-disk': { verb: 'delete', kind: 'disk', names: ['number', 'friendlyname', 'uniqueid'], why: 'Writes a new partition table on disk {name}.', saferWay: 'Look at it first with Get-Disk.', docs: `${storage}/initialize-disk`, everything: true },
  'remove-partition': { verb: 'delete', kind: 'partition', names: ['driveletter', 'disknumber', 'partitionnumber'], why: 'Deletes partition {name} with every file on it.', saferWay: 'Look at it first with Get-Partition.', docs: `${storage}/remove-partition`, everything: true },
  'reset-physicaldisk': { verb: 'delete', kind: 'disk', names: ['friendlyname', 'uniqueid'], why: 'Resets disk {name} and what it holds.', saferWay: 'Look at it first with Get-PhysicalDisk.', docs: `${storage}/reset-physicaldisk` },
  'clear-recyclebin': { verb: 'delete', kind: 'recycle bin', names: ['driveletter'], why: 'Empties the recycle bin, from which deleted files could still be brought back.', saferWay: 'Leave the recycle bin to its owner.', docs: `${management}/clear-recyclebin` },
  'stop-computer': { verb: 'stop', kind: 'computer', names: ['computername'], why: 'Shuts {name} down; whatever is not saved is lost.', saferWay: 'Let a person shut it down.', docs: `${management}/stop-computer` },
  'restart-computer': { verb: 'stop', kind: 'computer', names: ['computername'], why: 'Restarts {name}; whatever is not saved is lost.', saferWay: 'Let a person restart it.', docs: `${management}/restart-computer` },
  'stop-service': { verb: 'stop', kind: 'service', names: ['name', 'displayname'], positions: 1, why: 'Stops service {name} on this machine.', saferWay: 'Look first: Get-Service.', docs: `${management}/stop-service` },
  'set-service': { verb: 'stop', kind: 'service', names: ['name', 'displayname'], positions: 1, when: { startuptype: /^disabled$/i, status: /^(?:stopped|paused)$/i }, why: 'Stops service {name} on this machine, or keeps it from starting again.', saferWay: 'Look first: Get-Service.', docs: `${management}/set-service` },
  'disable-computerrestore': { verb: 'delete', kind: 'restore points', names: ['drive'], positions: 1, why: 'Turns System Restore off for drive {name}. This removes the way back.', saferWay: 'Leave System Restore on.', docs: `${management}/disable-computerrestore` },
  'restore-computer': { verb: 'discard', kind: 'computer', names: ['restorepoint'], why: 'Takes this computer back to an earlier state; what was installed and set since is lost.', saferWay: 'Let a person restore it.', docs: `${management}/restore-computer` },
  'remove-psdrive': { verb: 'stop', kind: 'drive', names: ['name', 'literalname'], positions: 1, why: 'Disconnects drive {name}, with whatever is still open on it.', saferWay: 'Look first: Get-PSDrive.', docs: `${management}/remove-psdrive` },
  'restore-vmsnapshot': { verb: 'discard', kind: 'virtual machine', names: ['vmname', 'name'], positions: 1, why: 'Takes virtual machine {name} back to an earlier state; what happened in it since is lost.', saferWay: 'Make a checkpoint of the present state first.', docs: `${virtualMachines}/restore-vmsnapshot` },
  'restore-vmcheckpoint': { verb: 'discard', kind: 'virtual machine', names: ['vmname', 'name'], positions: 1, why: 'Takes virtual machine {name} back to an earlier state; what happened in it since is lost.', saferWay: 'Make a checkpoint of the present state first.', docs: `${virtualMachines}/restore-vmsnapshot` },
  'dismount-windowsimage': { verb: 'discard', kind: 'Windows image', names: ['path'], when: { discard: /true/i }, why: 'Throws away all changes to the Windows image in {name}.', saferWay: 'Use -Save instead of -Discard.', docs: 'https://learn.microsoft.com/powershell/module/dism/dismount-windowsimage' },
  'set-executionpolicy': { verb: 'revoke', kind: 'execution policy', names: ['executionpolicy', 'scope'], positions: 2, when: { executionpolicy: /^(?:bypass|unrestricted)$/i }, unless: { scope: /^(?:process|currentuser)$/i }, why: 'Lets everybody on this computer run scripts from anywhere, from now on.', saferWay: 'Add -Scope Process, which ends with the session.', docs: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.security/set-executionpolicy' },
};

/** What the approved verbs that mean a loss do: https://learn.microsoft.com/powershell/scripting/developer/cmdlet/approved-verbs-for-windows-powershell-commands */
const verbs: Readonly<Record<string, Verb>> = { remove: 'delete', clear: 'delete', uninstall: 'delete', unregister: 'delete', unpublish: 'revoke', revoke: 'revoke', reset: 'discard', delete: 'delete', drop: 'drop', purge: 'delete', destroy: 'delete', wipe: 'delete', erase: 'delete' };

/** Verbs that interrupt something rather than lose it: they are only held for things of Windows and of known modules. */
const interrupting: Readonly<Record<string, Verb>> = { stop: 'stop', disable: 'stop', dismount: 'stop' };
const lightToInterrupt = /^(?:process|job|transcript|psbreakpoint|diskimage|vhd|windowsimage|azcontextautosave|azdatacollection)$/;

/** What goes with the session, or is installed again with one command. */
const lightNouns = new Set([
  'variable', 'module', 'job', 'event', 'pssession', 'cimsession', 'typedata', 'formatdata', 'host', 'history', 'alias', 'psbreakpoint', 'psreadlinekeyhandler', 'pssnapin', 'dnsclientcache', 'computerrestorepoint',
  'package', 'psresource', 'script', 'mock', 'null', 'emptyline', 'whitespace', 'line', 'screen', 'cache', 'smbmapping', 'culture', 'console', 'stopwatch', 'progress', 'tempvariable', 'itemfromlist', 'comobject',
]);

/** Nouns of this machine; what other modules keep is kept somewhere else. */
const localNouns = /^(?:local\w+|vm\w*|pnpdevice|computerrestore|appx\w*|appxprovisionedpackage|scheduled\w+|net\w+|printer\w*|windows\w+|service|smbshare|partition|disk|virtualdisk|storagepool|volume\w*|wmi\w+|cim\w+|eventlog|winevent|itemproperty|item|certificate|bitlocker\w*|mp\w+|dns\w+|odbc\w+|mof\w*|wsus\w*|iis\w*|website|webapppool|webapplication|hnsnetwork|container\w*|userprofile|psrepository|firewall\w*)$/;

/** Modules by the beginning of their nouns, with the system that keeps what they change. */
const systems: readonly (readonly [RegExp, string, string])[] = [
  [/^az(?:ure)?(?!uread)/, 'azure', 'Azure'], [/^azuread/, 'microsoft-365', 'Microsoft Entra'], [/^mg/, 'microsoft-365', 'Microsoft Graph'], [/^(?:spo|pnp)/, 'microsoft-365', 'SharePoint'], [/^(?:mailbox|mailuser|distributiongroup|transportrule|compliance)/, 'microsoft-365', 'Exchange'],
  [/^ad(?!d)/, 'active-directory', 'Active Directory'], [/^(?:s3|ec2|rds|iam|ddb|lm|efs|ecs|eks|cfn|sqs|sns|kms|r53)[a-z]/, 'aws', 'AWS'], [/^(?:gc|gcs|gce)[a-z]/, 'gcloud', 'Google Cloud'],
];

const switches = ['force', 'recurse', 'allusers', 'passthru', 'asjob', 'removedata', 'removeoem', 'full', 'quick', 'discard'];

/** True for a cmdlet, in lower case, that is known to lose something. */
export function isListedLoss(cmdlet: string): boolean {
  return Object.hasOwn(losses, cmdlet);
}

/** Effects of a cmdlet that loses something other than files, by the table or by its verb; undefined where its verb means no loss. */
export function systemLoss(call: CmdletCall): Value | undefined {
  const listed = own(losses, call.name);
  if (listed) return listedLoss(listed, call);
  const dash = call.name.indexOf('-');
  const noun = call.name.slice(dash + 1);
  const verb = verbOf(call.name.slice(0, dash), noun);
  if (verb === undefined) return undefined;
  const bound = bind(call.given, { values: ['identity', 'name', 'id', 'resourcegroupname', 'computername'], positions: 1, switches });
  if (isRehearsal(bound)) return [];
  const name = textsOf(['identity', 'name', 'id', 'resourcegroupname'], bound).join(', ');
  call.session.report([verbEffect(verb, noun, name, textOfValue(bound.values.get('computername')), call)]);
  return unknown(`$(${call.written})`);
}

/** What a verb does to a noun; undefined where nothing is lost. */
function verbOf(word: string, noun: string): Verb | undefined {
  if (!/^[a-z][a-z0-9]+$/.test(noun) || lightNouns.has(noun)) return undefined;
  const losing = own(verbs, word);
  if (losing !== undefined) return losing;
  const isKnown = localNouns.test(noun) || systems.some(([pattern]) => pattern.test(noun));
  return isKnown && !lightToInterrupt.test(noun) ? own(interrupting, word) : undefined;
}

function listedLoss(loss: Loss, call: CmdletCall): Value {
  const conditions = { ...loss.when, ...loss.unless };
  const values = [...new Set([...loss.names, ...Object.keys(conditions).filter((name) => !switches.includes(name)), 'computername'])];
  const bound = bind(call.given, { values, positions: loss.positions ?? 0, switches });
  const fits = (wanted: Readonly<Record<string, RegExp>>): boolean => Object.entries(wanted).some(([name, pattern]) => pattern.test(textOfValue(bound.values.get(name)) ?? (isOn(bound, name) ? 'true' : '')));
  if (isRehearsal(bound) || (loss.when && !fits(loss.when)) || (loss.unless && fits(loss.unless))) return [];
  const names = textsOf(loss.names, bound);
  const positional = bound.rest.flatMap((value) => wordsOf(value).map((word) => word.text)).slice(0, 1);
  const made = call.name === 'remove-psdrive' && names.every((name) => call.state.drives.has(name.toLowerCase())) && names.length > 0;
  if (!made) call.session.report([listedEffect(loss, [...names, ...positional].join(', '), textOfValue(bound.values.get('computername')), call)]);
  return unknown(`$(${call.written})`);
}

function textsOf(parameters: readonly string[], bound: Bound): readonly string[] {
  return parameters.flatMap((parameter) => wordsOf(bound.values.get(parameter)).map((word) => word.text));
}

function listedEffect(loss: Loss, name: string, host: string | undefined, call: CmdletCall): Effect {
  return {
    verb: loss.verb, resource: { kind: loss.kind, name }, reversibility: 'irreversible', certainty: 'certain', rule: `powershell/${call.name}`,
    why: sentence(loss.why, name === '' && loss.kind === 'computer' ? 'this computer' : name, loss.kind), saferWay: loss.saferWay, docs: loss.docs,
    target: host === undefined || /^(?:localhost|\.|127\.0\.0\.1)$/i.test(host) ? { by: 'path' } : { by: 'host', host }, ...(loss.everything ? { everything: true } : {}), ...found(call),
  };
}

function verbEffect(verb: Verb, noun: string, name: string, host: string | undefined, call: CmdletCall): Effect {
  const system = localNouns.test(noun) ? undefined : systems.find(([pattern]) => pattern.test(noun));
  const target: TargetHint = host !== undefined ? { by: 'host', host } : localNouns.test(noun) ? { by: 'path' } : { by: 'named', system: system?.[1] ?? 'powershell' };
  const cmdlet = /^[A-Za-z]+-\w+/.exec(call.written)?.[0] ?? properName(call.name);
  return {
    verb, resource: { kind: noun, name, ...(system ? { provider: system[2] } : {}) }, reversibility: 'irreversible', certainty: 'likely', rule: 'powershell/unlisted',
    why: `Runs ${cmdlet}${name === '' ? '' : ` on ${name.slice(0, 120)}`}, which by its name ${verb === 'stop' ? 'stops what others may need' : 'cannot be undone'}.`, saferWay: 'Look at it first with -WhatIf, and let a person run this one.',
    target, docs: 'https://learn.microsoft.com/powershell/scripting/developer/cmdlet/approved-verbs-for-windows-powershell-commands', ...found(call),
  };
}
