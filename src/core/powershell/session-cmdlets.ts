import { knownWord } from '../shell/word.ts';
import { bind, isRehearsal, type Parameters } from './parameters.ts';
import type { CmdletCall } from './session.ts';
import { unknown, wordsOf, type Value } from './values.ts';

const processParameters: Parameters = { values: ['name', 'id', 'inputobject', 'computername', 'module', 'fileversioninfo'], positions: 1, switches: ['force', 'passthru', 'includeusername'], aliases: { processname: 'name', pid: 'id' } };

/** Get-Process: the names asked for, which stand for the processes of those names. */
export function getProcess(call: CmdletCall): Value {
  const bound = bind(call.given, processParameters);
  return bound.values.get('name') ?? unknown(`$(${call.written})`);
}

/** Get-Command: `& (Get-Command x)` runs what `x` runs. */
export function getCommand(call: CmdletCall): Value {
  const bound = bind(call.given, { values: ['name', 'argumentlist', 'module', 'commandtype', 'noun', 'verb', 'totalcount'], positions: 2, switches: ['all', 'syntax', 'listimported', 'showcommandinfo'] });
  return bound.values.get('name') ?? unknown(`$(${call.written})`);
}

/** Stop-Process: what it would stop by name is known to the rules as what pkill would. https://learn.microsoft.com/powershell/module/microsoft.powershell.management/stop-process */
export function stopProcess(call: CmdletCall): Value {
  // The first position is a number.
  const bound = bind(call.given, { ...processParameters, positions: 0 });
  if (isRehearsal(bound)) return [];
  const names = wordsOf(bound.values.get('name') ?? bound.values.get('inputobject') ?? call.input).filter((word) => !/^\d*$/.test(word.text));
  for (const name of names) call.session.invoke([knownWord('pkill'), name], call.state, undefined, call.span);
  return [];
}

/** New-PSDrive: a drive of this session. */
export function newDrive(call: CmdletCall): Value {
  const bound = bind(call.given, { values: ['name', 'psprovider', 'root', 'description', 'scope', 'credential'], positions: 3, switches: ['persist'] });
  const root = wordsOf(bound.values.get('root'))[0];
  // What `net use` would do.
  if (root?.text.startsWith('\\\\')) call.session.invoke([knownWord('net'), knownWord('use'), root], call.state, undefined, call.span);
  if (!bound.switches.has('persist')) for (const name of wordsOf(bound.values.get('name'))) call.state.drives.add(name.text.toLowerCase());
  return [];
}
