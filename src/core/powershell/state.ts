import type { Folder } from '../invocation.ts';
import type { Token } from './tokenize.ts';
import type { Value } from './values.ts';

interface FunctionBody {
  /** Names of its parameters in order, in lower case. */
  readonly parameters: readonly string[];
  readonly tokens: readonly Token[];
}

/** What a PowerShell session would know at one point of the text. Names are in lower case. */
export interface State {
  cwd: Folder;
  readonly stack: Folder[];
  /** Variables assigned in the text, without their scope. */
  readonly variables: Map<string, Value>;
  /** Replaced as a whole when the text sets a variable of it. */
  env: Readonly<Record<string, string>>;
  readonly functions: Map<string, FunctionBody>;
  readonly aliases: Map<string, string>;
  /** Drives the text has made, which lose nothing when they go again. */
  readonly drives: Set<string>;
  /** Functions being walked, so that recursion ends. */
  readonly calling: readonly FunctionBody[];
}

export function newState(cwd: Folder, env: Readonly<Record<string, string>>): State {
  return { cwd, stack: [], variables: new Map(), env, functions: new Map(), aliases: new Map(), drives: new Set(), calling: [] };
}

/** What a block run on its own starts with: everything, and nothing it does comes back. */
export function copyState(state: State): State {
  return { ...state, stack: [...state.stack], variables: new Map(state.variables), functions: new Map(state.functions), aliases: new Map(state.aliases), drives: new Set(state.drives) };
}

/** An environment variable's value; Windows does not tell letter case apart in their names. */
export function environmentValue(env: Readonly<Record<string, string>>, name: string): string | undefined {
  if (Object.hasOwn(env, name)) return env[name];
  const lower = name.toLowerCase();
  const found = Object.keys(env).find((key) => key.toLowerCase() === lower);
  if (found !== undefined) return env[found];
  const usual = usualValues.get(lower);
  if (usual !== undefined) return usual;
  const profile = lower === 'userprofile' ? undefined : environmentValue(env, 'USERPROFILE');
  if (lower === 'homedrive') return profile?.slice(0, 2);
  if (lower === 'homepath') return profile?.slice(2);
  const below = belowProfile.get(lower);
  return profile === undefined || below === undefined ? undefined : profile + below;
}

/** Variables Windows sets for everybody, hardly ever to anything else. */
const usualValues: ReadonlyMap<string, string> = new Map([['systemdrive', 'C:'], ['systemroot', 'C:\\Windows'], ['windir', 'C:\\Windows'], ['programfiles', 'C:\\Program Files'], ['programdata', 'C:\\ProgramData'], ['comspec', 'C:\\Windows\\System32\\cmd.exe']]);

/** Folders Windows keeps in a person's profile, by the variables that name them. */
const belowProfile: ReadonlyMap<string, string> = new Map([
  ['localappdata', '\\AppData\\Local'],
  ['appdata', '\\AppData\\Roaming'],
  ['temp', '\\AppData\\Local\\Temp'],
  ['tmp', '\\AppData\\Local\\Temp'],
]);
