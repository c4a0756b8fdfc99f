import { access, readdir } from 'node:fs/promises';
import { agentMarkers } from '../terminal/markers.ts';
import { IN_FORCE, powershellFile } from '../terminal/powershell.ts';
import { shellFiles } from '../terminal/startup-files.ts';
import { windowsShims } from '../terminal/windows-files.ts';
import type { State } from './state.ts';

/** A shell and the variable by which it finds Interlock's file: `here` where that says so, `other` where it names something else. */
interface Layer {
  readonly shell: string;
  readonly variable: string;
  readonly state: 'here' | 'other' | 'not set' | 'no file';
}

/** What of the terminal guard is in force in the shell that this was started from. */
export interface ShellHealth {
  /** Programs that a shim stands for; none where the guard is off. */
  readonly shims: number;
  /** Markers of agents that are set. */
  readonly markers: readonly string[];
  /** Folders on PATH before the shims; undefined where the shims are not on it. */
  readonly before?: readonly string[];
  readonly layers: readonly Layer[];
  /** On Windows whether PowerShell has read Interlock's script there; `no file` where the guard is off. */
  readonly powershell?: 'read' | 'not read' | 'no file';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @param env the environment of that shell */
export async function shellHealth(state: State, env: Environment): Promise<ShellHealth> {
  if (state.platform === 'windows') return windowsHealth(state, env);
  const files = shellFiles(state.root, state.launcher);
  const shims = (await readdir(files.shims).catch(() => [])).filter((name) => !name.startsWith('.')).length;
  const folders = (env['PATH'] ?? '').split(':');
  const at = folders.indexOf(files.shims);
  const layer = async (shell: string, variable: string, file: string): Promise<Layer> => {
    const value = env[variable] ?? '';
    const names = variable === 'XDG_DATA_DIRS' ? value.split(':').includes(file) : value === file;
    const isThere = await access(file).then(() => true, () => false);
    return { shell, variable, state: names ? (isThere ? 'here' : 'no file') : value === '' ? 'not set' : 'other' };
  };
  return {
    shims,
    markers: agentMarkers.filter((name) => (env[name] ?? '') !== ''),
    ...(at === -1 ? {} : { before: folders.slice(0, at) }),
    layers: await Promise.all([layer('bash', 'BASH_ENV', files.bash), layer('zsh', 'ZDOTDIR', files.zsh), layer('fish', 'XDG_DATA_DIRS', files.fish), layer('dash', 'ENV', files.env)]),
  };
}

async function windowsHealth({ root }: State, env: Environment): Promise<ShellHealth> {
  const folder = windowsShims(root);
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(';');
  const at = folders.findIndex((one) => one.toLowerCase() === folder.toLowerCase());
  const isThere = await access(powershellFile(root)).then(() => true, () => false);
  return {
    shims: (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.')).length,
    markers: agentMarkers.filter((name) => (env[name] ?? '') !== ''),
    ...(at === -1 ? {} : { before: folders.slice(0, at) }),
    layers: [],
    powershell: isThere ? (env[IN_FORCE] === '1' ? 'read' : 'not read') : 'no file',
  };
}

/**
 * For people: each part with what to do where it is not in force.
 * @param isAnswered whether an editor answers from this shell
 */
export function shellHealthText(health: ShellHealth, isAnswered: boolean): readonly string[] {
  const { shims, markers, before, layers, powershell } = health;
  if (powershell !== undefined) return windowsText({ ...health, powershell }, isAnswered);
  if (shims === 0 || (before === undefined && layers.every(({ state }) => state !== 'here'))) return ['  --  The terminal guard is not in force here. Set interlock.terminalGuard.enabled in your own settings, then open a new terminal in the editor'];
  const isAgent = markers.length > 0;
  return [
    whose(markers),
    shimsText(health),
    ...layers.map((layer) => layerText(layer, isAgent)),
    ...answered(isAgent, isAnswered),
  ];
}

function whose(markers: readonly string[]): string {
  return markers.length > 0 ? `  ok  An agent’s shell, by ${markers.join(', ')}: what it starts is asked about` : '  --  Your own shell: no agent’s marker is set, so nothing is asked about here. An agent that you start from it sets one';
}

function answered(isAgent: boolean, isAnswered: boolean): readonly string[] {
  return isAgent && !isAnswered ? ['  NO  No editor answers from here, so what would be asked about is refused. Open one with Interlock; where one is open, a sandbox keeps this shell from it'] : [];
}

/** Only PowerShell puts the stand-ins on PATH, and only in an agent's session. */
function windowsText(health: ShellHealth & Required<Pick<ShellHealth, 'powershell'>>, isAnswered: boolean): readonly string[] {
  const { markers, powershell } = health;
  if (powershell === 'no file') return ['  --  The terminal guard is off. Set interlock.terminalGuard.enabled in your own settings'];
  if (markers.length === 0) return [whose(markers)];
  if (powershell === 'not read') return ['  NO  An agent’s shell that nothing is asked about in. It is no PowerShell and was not started by one, or PowerShell was told to read no profile (-NoProfile), or its execution policy runs no scripts (Get-ExecutionPolicy)'];
  return [whose(markers), '  ok  PowerShell asks before its own cmdlets', shimsText(health), ...answered(true, isAnswered)];
}

const MOST_NAMED = 3;
const ANEW = 'Open a new terminal in the editor';

function shimsText({ shims, before }: ShellHealth): string {
  if (before === undefined) return `  NO  None of the ${shims} stand-ins is on PATH. ${ANEW}, or start the agent from one`;
  if (before.length === 0) return `  ok  ${shims} stand-ins are first on PATH`;
  const others = before.length > MOST_NAMED ? [...before.slice(0, MOST_NAMED), '…'] : before;
  return `  NO  ${shims} stand-ins are on PATH after ${others.join(', ')}, whose programs nobody is asked about. Have what your shell reads at its start put these folders behind the rest`;
}

function layerText({ shell, variable, state }: Layer, isAgent: boolean): string {
  switch (state) {
    case 'here':
      return `  ok  ${shell} reads Interlock’s file by ${variable}`;
    case 'no file':
      return `  NO  ${shell} finds no file where ${variable} says. ${ANEW}`;
    case 'not set':
    case 'other': {
      const how = state === 'not set' ? `${variable} is not set` : `${variable} names something else`;
      // A zsh gives a person's folder back, and the variable of fish is set only where there is one.
      if (shell === 'fish' || (shell === 'zsh' && !isAgent)) return `  --  ${shell} reads no file of Interlock’s here: ${how}`;
      return `  NO  ${shell} reads no file of Interlock’s: ${how}. ${ANEW}; if it is so there too, something that your shell reads sets it`;
    }
  }
}
