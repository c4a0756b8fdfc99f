import type { Effect } from '../effect.ts';
import { isKnown } from '../shell/word.ts';
import { callMember, newInstance, property, runText, splitLine } from './members.ts';
import { cmdText, commandOfCmd } from './cmd-words.ts';
import { bind, isRehearsal, type Argument, type Bound, type Parameters } from './parameters.ts';
import { innerPlace, type CmdletCall } from './session.ts';
import { copyState } from './state.ts';
import { variableKey } from './evaluate.ts';
import { readScript } from './scripts.ts';
import { concatenate, joinValues, textOfValue, unknown, unknownFilled, wordsOf, type Item, type Value } from './values.ts';

const maxRounds = 64;

export function blocksOf(given: readonly Argument[]): readonly Extract<Item, { kind: 'block' }>[] {
  return given.flatMap((argument) => (argument.value ?? []).filter((item) => item.kind === 'block'));
}

/** ForEach-Object: its blocks once for each thing that comes in, or one member of each. */
export function forEachObject(call: CmdletCall): Value {
  const { session, state, input = [] } = call;
  const blocks = blocksOf(call.given);
  if (blocks.length === 0) {
    const bound = bind(call.given, { values: ['membername', 'argumentlist'], positions: 2 });
    const name = textOfValue(bound.values.get('membername')) ?? '';
    const where = { session, state, span: call.span, written: call.written };
    return /^delete$/i.test(name) ? callMember(input, name, [bound.values.get('argumentlist') ?? []], where) : property(input, name, where);
  }
  const rounds = input.length === 0 ? [unknown('$_')] : input.slice(0, maxRounds).map((item) => [item]);
  const outputs = rounds.flatMap((item) => blocks.map((block) => session.statements(block.tokens, state, item)));
  // What the rounds left out would do is what all of them do at once.
  if (input.length > maxRounds) for (const block of blocks) session.statements(block.tokens, state, input);
  return joinValues(outputs);
}

/** Invoke-Expression: its text is PowerShell. */
export function invokeExpression(call: CmdletCall): Value {
  const bound = bind(call.given, { values: ['command'], positions: 1 });
  const text = bound.values.get('command') ?? call.input ?? [];
  runText(text, { session: call.session, state: call.state, span: call.span, written: call.written });
  return unknown(`$(${call.written})`);
}

const commandParameters: Parameters = { values: ['scriptblock', 'argumentlist', 'computername', 'session', 'filepath', 'hostname', 'vmname', 'vmid', 'containerid', 'connectionuri', 'credential', 'username', 'port', 'keyfilepath', 'throttlelimit', 'jobname', 'authentication', 'configurationname', 'initializationscript', 'name', 'sshconnection', 'inputobject'], positions: 1, switches: ['asjob', 'nonewscope', 'hidecomputername', 'usessl', 'indisconnectedsession', 'runasadministrator'], aliases: { cn: 'computername', args: 'argumentlist', command: 'scriptblock' } };

/** Invoke-Command, Start-Job: a block run here or on another machine, whose files are not the ones seen here. */
export function invokeCommand(call: CmdletCall): Value {
  // A computer may stand where the block would otherwise: `icm server { … }`.
  const first = call.given[0];
  const named = first?.kind === 'value' && blocksOf([first]).length === 0 && blocksOf(call.given).length > 0 && call.name === 'invoke-command';
  const bound = bind(named ? call.given.slice(1) : call.given, commandParameters);
  const remote = ['computername', 'hostname', 'session', 'vmname', 'vmid', 'containerid', 'connectionuri', 'sshconnection'].find((name) => bound.values.has(name));
  const host = named ? textOfValue(first.value) ?? '' : wordsOf(bound.values.get(remote ?? ''))[0]?.text;
  const blocks = blocksOf(call.given);
  if (remote === undefined && !named) return joinValues(blocks.map((block) => call.session.statements(block.tokens, copyState(call.state), call.input)));
  for (const block of blocks) call.session.report(elsewhere(block.source, host ?? '', remote, call));
  const [file] = wordsOf(bound.values.get('filepath'));
  const script = file && isKnown(file) ? readScript(file.text, innerPlace(call.session, call.state, call.span), call.session.analysis) : undefined;
  if (script?.is === 'text') call.session.report(elsewhere(script.text, host ?? '', remote, call));
  return unknown(`$(${call.written})`);
}

function elsewhere(source: string, host: string, by: string | undefined, call: CmdletCall): readonly Effect[] {
  const effects = call.session.elsewhere(source, call.state, call.span);
  const name = by === 'session' || host === '' ? 'another host' : host.replace(/^.*@/, '');
  return effects.map((effect) => (effect.target.by === 'path' ? { ...effect, target: { by: 'host', host: name, login: true }, reversibility: effect.regenerable === true ? effect.reversibility : 'irreversible' } : effect));
}

const processParameters: Parameters = { values: ['filepath', 'argumentlist', 'workingdirectory', 'credential', 'verb', 'windowstyle', 'redirectstandardinput', 'redirectstandardoutput', 'redirectstandarderror', 'environment'], positions: 2, switches: ['wait', 'passthru', 'nonewwindow', 'loaduserprofile', 'usenewenvironment'], aliases: { args: 'argumentlist', path: 'filepath', pspath: 'filepath', nnw: 'nonewwindow' } };

/** Start-Process joins its arguments with blanks and quotes none of them. */
export function startProcess(call: CmdletCall): Value {
  const bound = bind(call.given, processParameters);
  const { session } = call;
  const [program] = wordsOf(bound.values.get('filepath'));
  if (!program || isRehearsal(bound)) return [];
  const line = concatenate([...wordsOf(bound.values.get('argumentlist')), ...bound.rest.flatMap((value) => wordsOf(value))], ' ');
  if (/(?:^|[\\/])cmd(?:\.exe)?$/i.test(program.text)) session.report(session.analysis.cmd(commandOfCmd(cmdText(line)) ?? '', innerPlace(session, folderOf(bound, call), call.span)));
  else session.invoke([program, ...splitLine([line])], folderOf(bound, call), undefined, call.span);
  return [];
}

function folderOf(bound: Bound, call: CmdletCall): CmdletCall['state'] {
  const [folder] = wordsOf(bound.values.get('workingdirectory'));
  return folder ? { ...copyState(call.state), cwd: isKnown(folder) ? folder.text : undefined } : call.state;
}

/** Invoke-CimMethod, Invoke-WmiMethod: a command line given to `Win32_Process` is started. */
export function invokeMethod(call: CmdletCall): Value {
  const { session, state } = call;
  const tables = call.given.flatMap((argument) => (argument.value ?? []).flatMap((item) => (item.kind === 'table' ? [...item.entries.values()].flat() : [item])));
  for (const word of wordsOf(tables)) if (/\s/.test(word.text)) session.report(session.analysis.cmd(cmdText(word), innerPlace(session, state, call.span)));
  return unknown(`$(${call.written})`);
}

const aliasParameters: Parameters = { values: ['name', 'value', 'description', 'option', 'scope'], positions: 2, switches: ['force', 'passthru'] };

export function setAlias(call: CmdletCall): Value {
  const bound = bind(call.given, aliasParameters);
  const [name, value] = [textOfValue(bound.values.get('name')), textOfValue(bound.values.get('value'))];
  if (name !== undefined && value !== undefined) call.state.aliases.set(name.toLowerCase(), value);
  return [];
}

const variableParameters: Parameters = { values: ['name', 'value', 'description', 'option', 'scope', 'visibility'], positions: 2, switches: ['force', 'passthru'] };

export function setVariable(call: CmdletCall): Value {
  const bound = bind(call.given, variableParameters);
  const name = textOfValue(bound.values.get('name'));
  if (name !== undefined) call.state.variables.set(variableKey(name), bound.values.get('value') ?? call.input ?? []);
  return [];
}

const objectParameters: Parameters = { values: ['typename', 'argumentlist', 'property', 'comobject'], positions: 2, switches: ['strict'], aliases: { args: 'argumentlist' } };

export function newObject(call: CmdletCall): Value {
  const bound = bind(call.given, objectParameters);
  const type = textOfValue(bound.values.get('typename') ?? bound.values.get('comobject'))?.toLowerCase().replace(/^system\./, '') ?? '';
  return newInstance(type, [...(bound.values.get('argumentlist') ?? []), ...bound.rest.flat()].map((item) => [item]), { session: call.session, state: call.state, span: call.span, written: call.written });
}

/** Cmdlets whose result is new, but never empty. */
export function somethingNew(call: CmdletCall): Value {
  return unknownFilled(`$(${call.written})`);
}

/** New-TemporaryFile makes a file of its own. */
export function temporaryFile(): Value {
  return unknownFilled('$(mktemp)');
}

/** Cmdlets that run the blocks they are given and change nothing else. */
export function runBlocks(call: CmdletCall): Value {
  return joinValues(blocksOf(call.given).map((block) => call.session.statements(block.tokens, copyState(call.state), call.input)));
}

/** Read-Host and the like: nobody knows what will be typed. */
export function typed(call: CmdletCall): Value {
  return unknown(`$(${call.written})`);
}

export function nothing(): Value {
  return [];
}
