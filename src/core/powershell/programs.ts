import type { Analysis, Place } from '../analysis.ts';
import type { Effect, Verb } from '../effect.ts';
import type { Invocation } from '../invocation.ts';
import { sentence } from '../sentence.ts';
import { isKnown, knownWord, type Word } from '../shell/word.ts';
import { cmdText, programWords } from './cmd-words.ts';
import { registryEffect } from './registry.ts';
import { noteFile } from './follow.ts';
import { changePaths, changeWholes, landings, withWildcards } from './paths.ts';
import { readScript } from './scripts.ts';

/** One thing a Windows program can do that loses something. */
interface ProgramLoss {
  readonly id: string;
  /** Fits the program's words, in lower case with a blank between them. */
  readonly words: RegExp;
  readonly verb: Verb;
  readonly kind: string;
  /** Which of the words names what is lost. */
  readonly name?: RegExp;
  readonly why: string;
  readonly saferWay: string;
  readonly everything?: true;
}

interface WindowsProgram {
  readonly docs: string;
  /** The first that fits is taken. */
  readonly losses: readonly ProgramLoss[];
}

const commands = 'https://learn.microsoft.com/windows-server/administration/windows-commands';
const noWayBack = ' This removes the way back.';

/** A share or web folder of a host outside the network, as the beginning of a pattern. */
const outside = String.raw`(?:https?:\/\/|\\\\)(?!localhost\b|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[\w.-]+\.(?:local|internal|intranet|corp|lan)\b)[\w-]+(?:\.[\w-]+)+`;

/** Windows programs whose words, in any shell, say that something is lost. */
const programs: Readonly<Record<string, WindowsProgram>> = {
  format: { docs: `${commands}/format`, losses: [{ id: 'volume', words: /^(?:\/\S+ )*(?:[a-z]:(?= |$)|\\\\\?\\volume)(?!.*\/\?)/, verb: 'delete', kind: 'drive', name: /^[a-z]:/, why: 'Formats drive {name}, and every file on it is lost.', saferWay: 'Let a person format it.', everything: true }] },
  vssadmin: { docs: `${commands}/vssadmin`, losses: [
    { id: 'delete-shadows', words: /^delete shadows/, verb: 'delete', kind: 'shadow copies', name: /^\/(?:for|shadow)=/, why: `Deletes shadow copies, from which lost files could be brought back.${noWayBack}`, saferWay: 'List them first with vssadmin list shadows.' },
    { id: 'resize-shadowstorage', words: /^resize shadowstorage/, verb: 'delete', kind: 'shadow copies', name: /^\/for=/, why: `Changes the room for shadow copies, which deletes those that no longer fit.${noWayBack}`, saferWay: 'List them first with vssadmin list shadowstorage.' },
  ] },
  wmic: { docs: `${commands}/wmic`, losses: [
    { id: 'delete-shadows', words: /\bshadowcopy\b.*\bdelete\b/, verb: 'delete', kind: 'shadow copies', why: `Deletes shadow copies, from which lost files could be brought back.${noWayBack}`, saferWay: 'List them first with vssadmin list shadows.' },
    { id: 'delete', words: /\b(?:delete|call uninstall)\b/, verb: 'delete', kind: 'system object', why: 'Deletes or uninstalls what the query finds.', saferWay: 'Look at it first with wmic … get.' },
  ] },
  wbadmin: { docs: `${commands}/wbadmin`, losses: [{ id: 'delete', words: /^delete (?:catalog|backup|systemstatebackup)/, verb: 'delete', kind: 'backups', why: `Deletes backups or their catalog.${noWayBack}`, saferWay: 'List them first with wbadmin get versions.' }] },
  bcdedit: { docs: `${commands}/bcdedit`, losses: [
    { id: 'delete', words: /\/(?:delete|deletevalue)\b/, verb: 'delete', kind: 'boot configuration', why: 'Deletes a part of the boot configuration; the computer may not start again.', saferWay: 'Save it first with bcdedit /export.' },
    { id: 'recovery-off', words: /recoveryenabled (?:no|off)|bootstatuspolicy ignoreallfailures/, verb: 'overwrite', kind: 'boot configuration', why: `Turns off the recovery that starts when Windows does not.${noWayBack}`, saferWay: 'Leave recovery on.' },
    { id: 'import', words: /\/import\b/, verb: 'overwrite', kind: 'boot configuration', why: 'Replaces the whole boot configuration.', saferWay: 'Save it first with bcdedit /export.' },
  ] },
  cipher: { docs: `${commands}/cipher`, losses: [{ id: 'wipe', words: /\/w(?::|$| )/, verb: 'delete', kind: 'free space', name: /^\/w:/, why: `Writes over all free space on the drive, so that deleted files can no longer be brought back.${noWayBack}`, saferWay: 'Leave free space as it is.' }] },
  schtasks: { docs: `${commands}/schtasks-delete`, losses: [{ id: 'delete', words: /\/delete\b/, verb: 'delete', kind: 'scheduled task', why: 'Deletes a scheduled task.', saferWay: 'Save it first with schtasks /query /xml.' }] },
  sc: { docs: `${commands}/sc-delete`, losses: [
    { id: 'delete', words: /^(?:\\\\\S+ )?delete /, verb: 'delete', kind: 'service', why: 'Deletes a Windows service.', saferWay: 'Look at it first with sc qc.' },
    { id: 'stop', words: /^(?:\\\\\S+ )?(?:stop |pause |config \S.* start= ?disabled)/, verb: 'stop', kind: 'service', why: 'Stops a service of this machine, or keeps it from starting again.', saferWay: 'Look at it first with sc query.' },
  ] },
  net: { docs: `${commands}/net-user`, losses: [
    { id: 'stop', words: /^(?:stop|pause) \S/, verb: 'stop', kind: 'service', why: 'Stops a service of this machine.', saferWay: 'Look at it first with net start.' },
    { id: 'connect', words: new RegExp(`^use (?:\\S+ )?${outside}`), verb: 'publish', kind: 'connection', name: /^(?:https?:|\\\\)/, why: 'Signs in to {name} with the person’s own account, and makes it a drive that files leave by.', saferWay: 'Let the person connect it.' },
    { id: 'disconnect', words: /^use \S+ .*\/del/, verb: 'stop', kind: 'drive', why: 'Disconnects a drive, with whatever is still open on it.', saferWay: 'Look at it first with net use.' },
    { id: 'disable', words: /^user \S+ .*\/active:no/, verb: 'revoke', kind: 'account', why: 'Locks an account of this computer or its domain.', saferWay: 'Look at it first with net user.' },
    { id: 'delete', words: /^(?:user|localgroup|group|share|computer) .*\/del/, verb: 'delete', kind: 'account or share', why: 'Deletes an account, group or share of this computer or its domain.', saferWay: 'Look at it first without /delete.' },
  ] },
  esentutl: { docs: 'https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/hh875546(v=ws.11)', losses: [{ id: 'copy-away', words: /\/y .*\/d:? ?"?\\\\/, verb: 'publish', kind: 'file', name: /^[a-z]:/, why: 'Copies {name} to another machine, also while it is in use; what others have cannot be taken back.', saferWay: 'Let the person copy it.' }] },
  print: { docs: `${commands}/print`, losses: [{ id: 'send', words: new RegExp(`^/d:${outside}`), verb: 'publish', kind: 'file', name: /^(?!\/)/, why: 'Sends {name} to a machine outside the network; what others have cannot be taken back.', saferWay: 'Let the person send it.' }] },
  wevtutil: { docs: `${commands}/wevtutil`, losses: [{ id: 'clear-log', words: /^(?:cl|clear-log) /, verb: 'truncate', kind: 'event log', why: 'Empties an event log, the record of what happened on this computer.', saferWay: 'Save it first with wevtutil epl.' }] },
  fsutil: { docs: `${commands}/fsutil`, losses: [{ id: 'journal', words: /^usn deletejournal/, verb: 'delete', kind: 'change journal', why: 'Deletes the change journal of a drive.', saferWay: 'Leave the journal as it is.' }, { id: 'zero', words: /^file setzerodata/, verb: 'overwrite', kind: 'file', why: 'Writes zeros over a part of a file.', saferWay: 'Copy the file first.' }] },
  msiexec: { docs: `${commands}/msiexec`, losses: [{ id: 'uninstall', words: /(?:^| )\/(?:x|uninstall)\b/, verb: 'delete', kind: 'program', why: 'Uninstalls a program, with what it keeps beside itself.', saferWay: 'Let a person uninstall it.' }] },
  wusa: { docs: 'https://learn.microsoft.com/troubleshoot/windows-server/installing-updates-features-roles/windows-update-standalone-installer', losses: [{ id: 'uninstall', words: /\/uninstall\b/, verb: 'delete', kind: 'update', why: 'Takes an update of Windows away.', saferWay: 'Let a person uninstall it.' }] },
  dism: { docs: 'https://learn.microsoft.com/windows-hardware/manufacture/desktop/dism-image-management-command-line-options-s14', losses: [
    { id: 'discard', words: /\/unmount-\w+ .*\/discard\b/, verb: 'discard', kind: 'Windows image', why: 'Throws away all changes to a Windows image.', saferWay: 'Use /commit instead of /discard.' },
    { id: 'remove', words: /\/(?:remove-\w+|disable-feature|delete-image)\b/, verb: 'delete', kind: 'part of Windows', why: 'Takes a part of Windows away.', saferWay: 'Look at it first with the /get- options.' },
  ] },
  auditpol: { docs: `${commands}/auditpol`, losses: [{ id: 'clear', words: /^\/(?:clear|remove)/, verb: 'delete', kind: 'audit policy', why: 'Deletes what this computer is told to record.', saferWay: 'Save it first with auditpol /backup.' }] },
  reagentc: { docs: 'https://learn.microsoft.com/windows-hardware/manufacture/desktop/reagentc-command-line-options', losses: [{ id: 'disable', words: /^\/disable/, verb: 'delete', kind: 'recovery environment', why: `Turns off the recovery that starts when Windows does not.${noWayBack}`, saferWay: 'Leave recovery on.' }] },
  'manage-bde': { docs: `${commands}/manage-bde`, losses: [{ id: 'wipe', words: /-wipefreespace|-forcerecovery|-protectors .*-delete/, verb: 'delete', kind: 'drive encryption', why: 'Removes keys or free space of an encrypted drive.', saferWay: 'Look at it first with manage-bde -status.' }] },
  netsh: { docs: `${commands}/netsh`, losses: [{ id: 'portproxy', words: /\bportproxy (?:add|set)\b/, verb: 'publish', kind: 'port', why: 'Passes on whatever reaches a port of this computer to another host.', saferWay: 'Let a person open it.' }, { id: 'reset', words: /^advfirewall reset|\bdelete (?:rule|profile|portproxy)/, verb: 'delete', kind: 'network settings', why: 'Deletes firewall or network settings of this computer.', saferWay: 'Save them first with netsh advfirewall export.' }] },
  wsl: { docs: 'https://learn.microsoft.com/windows/wsl/basic-commands', losses: [{ id: 'unregister', words: /--unregister\b/, verb: 'delete', kind: 'Linux distribution', why: 'Deletes a whole Linux distribution with every file in it.', saferWay: 'Save it first with wsl --export.', everything: true }] },
  shutdown: { docs: `${commands}/shutdown`, losses: [{ id: 'stop', words: /(?:^| )\/(?:s|r|p|g|sg)\b/, verb: 'stop', kind: 'computer', why: 'Shuts this computer down or restarts it; whatever is not saved is lost.', saferWay: 'Let a person shut it down.' }] },
};

/** Names of the programs that are known here. */
export const programNames: ReadonlySet<string> = new Set([...Object.keys(programs), 'robocopy', 'xcopy', 'diskpart', 'diskshadow', 'forfiles', 'sdelete', 'sdelete64', 'reg', 'takeown', 'icacls', 'cacls', 'mshta', 'regsvr32', 'rundll32', 'regedit', 'runas', 'certutil', 'bitsadmin']);

/** What a Windows program would lose, from whatever shell it is started; nothing for all other programs. */
export function windowsProgramEffects(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const name = invocation.program.toLowerCase().replace(/\.(?:exe|com)$/, '');
  if (!programNames.has(name)) return [];
  const words = restoredWords(invocation.argv.slice(1));
  switch (name) {
    case 'robocopy':
      return robocopy(words, invocation, analysis);
    case 'xcopy':
      return xcopy(words, invocation, analysis);
    case 'diskpart':
    case 'diskshadow':
      return diskpart(name, words, invocation, analysis);
    case 'takeown':
    case 'icacls':
    case 'cacls':
      return accessRights(name, words, invocation, analysis);
    case 'mshta':
    case 'regsvr32':
    case 'rundll32':
      return runRemote(name, words, invocation);
    case 'msiexec':
      return [...runRemote(name, words, invocation), ...listed(name, words, invocation)];
    case 'regedit':
      return importKeys(words.find((word) => !word.text.startsWith('/')), invocation, analysis);
    case 'runas':
      return runAs(words, invocation, analysis);
    case 'certutil':
    case 'bitsadmin':
      noteFetched(words, invocation, analysis);
      return [];
    case 'schtasks':
      return [...listed(name, words, invocation), ...scheduled(words, invocation, analysis)];
    case 'forfiles':
      return forfiles(words, invocation, analysis);
    case 'sdelete':
    case 'sdelete64':
      return changePaths(words.filter((word, at) => !/^[-/]/.test(word.text) && !/^[-/]p$/i.test(words[at - 1]?.text ?? '')).map(withWildcards), { verb: 'delete', recursive: true, rule: 'windows/sdelete', docs: 'https://learn.microsoft.com/sysinternals/downloads/sdelete' }, invocation, analysis);
    case 'reg':
      return words[0]?.text.toLowerCase() === 'import' ? importKeys(words[1], invocation, analysis) : reg(words, invocation);
    default:
      return listed(name, words, invocation);
  }
}

/** A backslash before a closing quote takes the quote with it, and the words behind it into the same word. */
function restoredWords(words: readonly Word[]): readonly Word[] {
  return words.flatMap((word) => (word.text.includes('"') && isKnown(word) ? programWords(knownWord(word.text.replaceAll('"', ' '), word.span)) : [word]));
}

function listed(name: string, words: readonly Word[], invocation: Invocation): readonly Effect[] {
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (!program) return [];
  // A flag may be written with a dash where the rule says a slash, and with two slashes in Git Bash.
  const text = words.map((word) => word.text.replace(/^\/\/(?=\w)/, '/')).join(' ').slice(0, 4096).toLowerCase();
  const loss = program.losses.find((candidate) => candidate.words.test(text));
  if (!loss) return [];
  const named = loss.name && words.find((word) => loss.name?.test(word.text.toLowerCase()));
  const resource = (named?.text ?? '').replace(/^\/\w+[:=]/, '');
  return [{
    verb: loss.verb, resource: { kind: loss.kind, name: resource }, reversibility: 'irreversible', certainty: 'certain', rule: `windows/${name}-${loss.id}`,
    why: sentence(loss.why, resource, loss.kind), saferWay: loss.saferWay, target: { by: 'path' }, docs: program.docs, env: invocation.env,
    ...(loss.everything ? { everything: true } : {}), ...(invocation.span ? { span: invocation.span } : {}),
  }];
}

function switchesOf(words: readonly Word[]): ReadonlySet<string> {
  return new Set(words.flatMap((word) => /^\/{1,2}([a-z]\w*)(?::.*)?$/i.exec(word.text)?.[1]?.toLowerCase() ?? []));
}

/** The hives that hold what people's passwords are checked with. https://learn.microsoft.com/windows-server/administration/windows-commands/reg-save */
function hiveEffect(key: string, { env, span }: Invocation): Effect {
  return {
    verb: 'readSecret', resource: { kind: 'registry hive', name: key, provider: 'Windows registry' }, reversibility: 'irreversible', certainty: 'certain', rule: 'windows/reg-save',
    why: `Writes out ${key}, which holds the passwords of this computer’s accounts in a form that can be broken.`, saferWay: 'Let a person do it.', target: { by: 'path' }, docs: `${commands}/reg-save`, env, ...(span ? { span } : {}),
  };
}

/** https://learn.microsoft.com/windows-server/administration/windows-commands/robocopy */
function robocopy(words: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const switches = switchesOf(words);
  const [source, destination] = words.filter((word) => !/^\/{1,2}[a-z]\w*(?::.*)?$/i.test(word.text));
  // `/l` lists and does nothing.
  if (!source || switches.has('l') || switches.has('?')) return [];
  const docs = `${commands}/robocopy`;
  const mirrored = destination && (switches.has('mir') || switches.has('purge'))
    ? changePaths([destination], { verb: 'delete', recursive: true, rule: 'windows/robocopy-mirror', docs, says: 'Deletes whatever the source lacks from', certainty: 'likely', saferWay: 'Look at it first with /L.' }, invocation, analysis)
    : [];
  const moved = switches.has('move') || switches.has('mov')
    ? changePaths([source], { verb: 'delete', recursive: true, rule: 'windows/robocopy-move', docs, says: 'Moves away', certainty: 'likely', saferWay: 'Copy first without /MOVE, and compare.' }, invocation, analysis)
    : [];
  return [...mirrored, ...moved];
}

function xcopy(words: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const switches = switchesOf(words);
  const [source, destination] = words.filter((word) => !/^\/-?[a-z]/i.test(word.text));
  if (!source || !destination || switches.has('l') || words.some((word) => /^\/-y$/i.test(word.text)) || !analysis.world.sighted) return [];
  return changePaths(landings([source], destination, invocation, analysis), { verb: 'overwrite', recursive: false, rule: 'windows/xcopy', docs: `${commands}/xcopy`, saferWay: 'Look at it first with /L.' }, invocation, analysis);
}

/** A command for each file found: https://learn.microsoft.com/windows-server/administration/windows-commands/forfiles */
function forfiles(words: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const given = (flag: string): string | undefined => {
    const at = words.findIndex((word) => word.text.toLowerCase() === flag);
    return at < 0 ? undefined : words[at + 1]?.text;
  };
  const command = given('/c');
  if (command === undefined) return [];
  const path = `"${(given('/p') ?? '.').replace(/[\\/]$/, '')}\\${given('/m') ?? '*'}"`;
  const { cwd, env, promptsAnswered, span } = invocation;
  return analysis.cmd(command.replace(/@(?:path|file|fname|relpath)\b/gi, () => path), { cwd, env, promptsAnswered, span: span ?? { start: 0, end: 0 } });
}

/** What a script of diskpart or diskshadow must not say. */
const losingScripts: Readonly<Record<string, RegExp>> = {
  diskpart: /(?:^|\n)\s*(?:clean|format|delete|convert|create partition|shrink|remove)\b/i,
  diskshadow: /(?:^|\n)\s*(?:delete shadows|revert|resync|exec)\b/i,
};

/** diskpart and diskshadow do what their script or input says: https://learn.microsoft.com/windows-server/administration/windows-commands/diskpart */
function diskpart(name: string, words: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const at = words.findIndex((word) => /^\/{1,2}s$/i.test(word.text));
  const file = at < 0 ? undefined : words[at + 1];
  // With any other words it only shows how it is called.
  if (words.some((word, index) => index !== at && index !== at + 1 && !/^\/{1,2}[tl]$|^\d+$/i.test(word.text)) || (!file && !invocation.stdin)) return [];
  const place: Place = { cwd: invocation.cwd, env: invocation.env };
  const script = file && isKnown(file) ? readScript(file.text, place, analysis) : undefined;
  const text = script?.is === 'text' ? script.text : !file && invocation.stdin?.known ? invocation.stdin.text : undefined;
  if (text !== undefined && !losingScripts[name]?.test(text.slice(0, 64 * 1024))) return [];
  const disks = name === 'diskpart';
  return [{
    verb: 'delete', resource: { kind: disks ? 'disk' : 'shadow copies', name: /select (?:disk|volume)\s+(\w+)/i.exec(text?.slice(0, 4096) ?? '')?.[1] ?? '' }, reversibility: 'irreversible', certainty: text === undefined ? 'unknown' : 'certain', rule: `windows/${name}`,
    why: text === undefined ? `Runs a ${name} script nobody could look into, which may ${disks ? 'wipe a disk' : 'delete shadow copies'}.` : disks ? 'Wipes or repartitions a disk: every file on it is lost.' : `Deletes or reverts shadow copies.${noWayBack}`, saferWay: `Look first with ${name}’s list commands.`,
    target: { by: 'path' }, docs: `${commands}/${name}`, env: invocation.env, ...(text === undefined || !disks ? {} : { everything: true }), ...(invocation.span ? { span: invocation.span } : {}),
  }];
}

/** Who owns files and may use them can be set back one by one, but not for a whole system. */
function accessRights(name: string, words: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const switches = switchesOf(words);
  const owns = name === 'takeown';
  if (!switches.has(owns ? 'r' : 't') || switches.has('save')) return [];
  const at = owns ? words.findIndex((word) => /^\/{1,2}f$/i.test(word.text)) + 1 : 0;
  const path = words[at];
  return path ? changeWholes([withWildcards(path)], { rule: `windows/${name}`, docs: `${commands}/${name}`, says: owns ? 'Changes who owns' : 'Changes who may use' }, invocation, analysis) : [];
}

/** Programs of Windows that run what they fetch. */
function runRemote(name: string, words: readonly Word[], invocation: Invocation): readonly Effect[] {
  const source = words.find((word) => /(?:https?|ftp):\/\/|^\W*(?:javascript|vbscript):/i.test(word.text));
  if (!source) return [];
  return [{
    verb: 'runUnknown', resource: { kind: 'program', name: source.text }, reversibility: 'irreversible', certainty: 'unknown', rule: 'windows/remote-code',
    why: `Fetches code with ${name} and runs it at once, before anybody could look into it.`, saferWay: 'Download it to a file first, so that it can be read before it runs.', target: { by: 'path' }, docs: name === 'mshta' ? 'https://learn.microsoft.com/previous-versions/ms536471(v=vs.85)' : `${commands}/${name}`, ...(invocation.span ? { span: invocation.span } : {}),
  }];
}

/** `certutil -urlcache -f url file`, `bitsadmin /transfer job url file`: what is fetched is held when it is run. */
function noteFetched(words: readonly Word[], { cwd }: Invocation, analysis: Analysis): void {
  const url = words.findIndex((word) => /^(?:https?|ftp):\/\//i.test(word.text));
  const file = url < 0 ? undefined : words[url + 1];
  if (file) noteFile(file, cwd, undefined, false, analysis);
}

/** A command line run as somebody else. https://learn.microsoft.com/windows-server/administration/windows-commands/runas */
function runAs(words: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const at = words.findIndex((word) => !word.text.startsWith('/'));
  const { cwd, env, promptsAnswered, span } = invocation;
  return at < 0 ? [] : analysis.cmd(words.slice(at).map(cmdText).join(' '), { cwd, env, promptsAnswered, span: span ?? { start: 0, end: 0 } });
}

/** A command that a new task would run later. https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-create */
function scheduled(words: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const at = words.findIndex((word) => /^\/{1,2}tr$/i.test(word.text));
  const command = at < 0 ? undefined : words[at + 1];
  const { env, span } = invocation;
  return command ? analysis.cmd(cmdText(command), { cwd: undefined, env, span: span ?? { start: 0, end: 0 } }) : [];
}

/** A file of registry keys deletes those with a dash before their name. https://learn.microsoft.com/windows-server/administration/windows-commands/reg-import */
function importKeys(file: Word | undefined, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const script = file && isKnown(file) ? readScript(file.text, { cwd: invocation.cwd, env: invocation.env }, analysis) : undefined;
  const keys = script?.is === 'text' ? [...script.text.matchAll(/^\[-(HKEY_[^\]\r\n]{1,512})\]/gm)].slice(0, 64) : [];
  return keys.map((key) => ({ ...registryEffect(key[1] ?? '', { span: invocation.span, state: { env: invocation.env } }), rule: 'windows/reg-import', docs: `${commands}/reg-import` }));
}

function reg(words: readonly Word[], invocation: Invocation): readonly Effect[] {
  const [operation, key] = words;
  if (key && /^(?:save|export)$/i.test(operation?.text ?? '') && /^(?:hklm|hkey_local_machine)\\?(?:sam|security|system)$/i.test(key.text)) return [hiveEffect(key.text, invocation)];
  if (operation?.text.toLowerCase() !== 'delete' || !key || words.some((word) => word.text === '/?')) return [];
  // Anything else is no key, such as one whose backslashes a Unix shell has taken out.
  if (!/^(?:\\\\[^\\]+\\)?(?:hk(?:lm|cu|cr|u|cc)|hkey_\w+)(?:\\|$)/i.test(key.text) && isKnown(key)) return [];
  const value = words.findIndex((word) => /^\/{1,2}v$/i.test(word.text));
  const where = { span: invocation.span, state: { env: invocation.env } };
  if (value < 0) return [{ ...registryEffect(key.text, where), rule: 'windows/reg-delete', docs: `${commands}/reg-delete` }];
  const name = `${key.text} · ${words[value + 1]?.text ?? ''}`;
  return [{ ...registryEffect(key.text, where), resource: { kind: 'registry value', name, provider: 'Windows registry' }, everything: false, rule: 'windows/reg-delete', why: `Deletes the registry value ${name}.`, docs: `${commands}/reg-delete` }];
}
