import type { Effect, TargetHint, Verb } from '../effect.ts';
import { own } from '../own.ts';
import { sentence } from '../sentence.ts';
import { bind, isRehearsal } from './parameters.ts';
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
}

const storage = 'https://learn.microsoft.com/powershell/module/storage';

const losses: Readonly<Record<string, Loss>> = {
  'format-volume': { verb: 'delete', kind: 'volume', names: ['driveletter', 'path', 'filesystemlabel'], why: 'Formats volume {name}: every file on it is lost.', saferWay: 'Let a person format it.', docs: `${storage}/format-volume`, everything: true },
  'clear-disk': { verb: 'delete', kind: 'disk', names: ['number', 'friendlyname', 'uniqueid'], why: 'Wipes disk {name}: every partition and file on it is lost.', saferWay: 'Let a person wipe it.', docs: `${storage}/clear-disk`, everything: true },
  'initialize-disk': { verb: 'delete', kind: 'disk', names: ['number', 'friendlyname', 'uniqueid'], why: 'Writes a new partition table on disk {name}.', saferWay: 'Look at it first with Get-Disk.', docs: `${storage}/initialize-disk`, everything: true },
  'remove-partition': { verb: 'delete', kind: 'partition', names: ['driveletter', 'disknumber', 'partitionnumber'], why: 'Deletes partition {name} with every file on it.', saferWay: 'Look at it first with Get-Partition.', docs: `${storage}/remove-partition`, everything: true },
  'reset-physicaldisk': { verb: 'delete', kind: 'disk', names: ['friendlyname', 'uniqueid'], why: 'Resets disk {name} and what it holds.', saferWay: 'Look at it first with Get-PhysicalDisk.', docs: `${storage}/reset-physicaldisk` },
  'clear-recyclebin': { verb: 'delete', kind: 'recycle bin', names: ['driveletter'], why: 'Empties the recycle bin, from which deleted files could still be brought back.', saferWay: 'Leave the recycle bin to its owner.', docs: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.management/clear-recyclebin' },
  'stop-computer': { verb: 'stop', kind: 'computer', names: ['computername'], why: 'Shuts {name} down; whatever is not saved is lost.', saferWay: 'Let a person shut it down.', docs: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.management/stop-computer' },
  'restart-computer': { verb: 'stop', kind: 'computer', names: ['computername'], why: 'Restarts {name}; whatever is not saved is lost.', saferWay: 'Let a person restart it.', docs: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.management/restart-computer' },
};

/** What the approved verbs that mean a loss do: https://learn.microsoft.com/powershell/scripting/developer/cmdlet/approved-verbs-for-windows-powershell-commands */
const verbs: Readonly<Record<string, Verb>> = { remove: 'delete', clear: 'delete', uninstall: 'delete', unregister: 'delete', unpublish: 'revoke', revoke: 'revoke', reset: 'discard', delete: 'delete', drop: 'drop', purge: 'delete', destroy: 'delete', wipe: 'delete', erase: 'delete' };

/** What goes with the session, or is installed again with one command. */
const lightNouns = new Set([
  'variable', 'module', 'job', 'event', 'pssession', 'cimsession', 'typedata', 'formatdata', 'host', 'history', 'alias', 'psbreakpoint', 'psdrive', 'psreadlinekeyhandler', 'pssnapin', 'dnsclientcache', 'computerrestorepoint',
  'package', 'psresource', 'script', 'mock', 'null', 'emptyline', 'whitespace', 'line', 'screen', 'cache', 'smbmapping', 'culture', 'console', 'stopwatch', 'progress', 'tempvariable', 'itemfromlist', 'comobject',
]);

/** Nouns of this machine; what other modules keep is kept somewhere else. */
const localNouns = /^(?:local\w+|vm\w*|appx\w*|appxprovisionedpackage|scheduled\w+|net\w+|printer\w*|windows\w+|service|smbshare|partition|disk|virtualdisk|storagepool|volume\w*|wmi\w+|cim\w+|eventlog|winevent|itemproperty|item|certificate|bitlocker\w*|mp\w+|dns\w+|odbc\w+|mof\w*|wsus\w*|iis\w*|website|webapppool|webapplication|hnsnetwork|container\w*|userprofile|psrepository|firewall\w*)$/;

/** Modules by the beginning of their nouns, with the system that keeps what they change. */
const systems: readonly (readonly [RegExp, string, string])[] = [
  [/^az(?:ure)?(?!uread)/, 'azure', 'Azure'], [/^azuread/, 'microsoft-365', 'Microsoft Entra'], [/^mg/, 'microsoft-365', 'Microsoft Graph'], [/^(?:spo|pnp)/, 'microsoft-365', 'SharePoint'], [/^(?:mailbox|mailuser|distributiongroup|transportrule|compliance)/, 'microsoft-365', 'Exchange'],
  [/^ad(?!d)/, 'active-directory', 'Active Directory'], [/^(?:s3|ec2|rds|iam|ddb|lm|efs|ecs|eks|cfn|sqs|sns|kms|r53)[a-z]/, 'aws', 'AWS'], [/^(?:gc|gcs|gce)[a-z]/, 'gcloud', 'Google Cloud'],
];

/** True for a cmdlet, in lower case, that is known to lose something. */
export function isListedLoss(cmdlet: string): boolean {
  return Object.hasOwn(losses, cmdlet);
}

/** Effects of a cmdlet that loses something other than files, by the table or by its verb; undefined where its verb means no loss. */
export function systemLoss(call: CmdletCall): Value | undefined {
  const dash = call.name.indexOf('-');
  const verb = own(verbs, call.name.slice(0, dash));
  const noun = call.name.slice(dash + 1);
  const listed = own(losses, call.name);
  if (!listed && (verb === undefined || lightNouns.has(noun) || !/^[a-z][a-z0-9]+$/.test(noun))) return undefined;
  const bound = bind(call.given, { values: listed?.names ?? ['identity', 'name', 'id', 'resourcegroupname', 'computername'], positions: listed ? 0 : 1, switches: ['force', 'recurse', 'allusers', 'passthru', 'asjob', 'removedata', 'removeoem', 'full', 'quick'] });
  if (isRehearsal(bound)) return [];
  const name = (listed?.names ?? ['identity', 'name', 'id', 'resourcegroupname']).flatMap((parameter) => wordsOf(bound.values.get(parameter)).map((word) => word.text)).concat(bound.rest.flatMap((value) => wordsOf(value).map((word) => word.text)).slice(0, listed ? 1 : 0)).join(', ');
  const host = textOfValue(bound.values.get('computername'));
  call.session.report([listed ? listedEffect(listed, name, host, call) : verbEffect(verb ?? 'delete', noun, name, host, call)]);
  return unknown(`$(${call.written})`);
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
    why: `Runs ${cmdlet}${name === '' ? '' : ` on ${name.slice(0, 120)}`}, which by its name cannot be undone.`, saferWay: 'Look at it first with -WhatIf, and let a person run this one.',
    target, docs: 'https://learn.microsoft.com/powershell/scripting/developer/cmdlet/approved-verbs-for-windows-powershell-commands', ...found(call),
  };
}
