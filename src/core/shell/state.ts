import type { Folder, Input } from '../invocation.ts';
import type { CompoundCommand, CompoundList, Redirected } from './parse.ts';
import type { Word } from './word.ts';

/** What a variable holds, as far as the line itself says. */
export type Value = { readonly kind: 'scalar'; readonly word: Word; /** Its globs were expanded before it was given. */ readonly matched?: boolean } | { readonly kind: 'array'; readonly words: readonly Word[] };

export type FunctionBody = CompoundCommand | Redirected | CompoundList;

/** What the shell would know at one point of the line. Subshells get a copy. */
export interface State {
  cwd: Folder;
  /** True while the line is where it began and that folder has no name; paths from there are still told apart. */
  nameless: boolean;
  /** Folders behind the current one, for `cd -` and `popd`. */
  previous: Folder;
  readonly stack: Folder[];
  /** Variables assigned in the line; they hide the environment's. */
  readonly variables: Map<string, Value>;
  /** The environment the line runs in. */
  readonly env: Readonly<Record<string, string>>;
  readonly exported: Set<string>;
  /** `set -a`: whatever is assigned is exported. */
  exportsAll: boolean;
  /** Variables that stand for another: `declare -n`. */
  readonly references: Map<string, string>;
  /** What the variables of the function being walked held before it; undefined outside any. */
  readonly outer: Map<string, Value | undefined> | undefined;
  /** What descriptors other than the standard ones read. */
  readonly descriptors: Map<number, Input>;
  readonly functions: Map<string, FunctionBody>;
  readonly aliases: Map<string, string>;
  /** Files and connections that `exec 3>file` has opened for writing, by descriptor. */
  readonly outputs: Map<number, Word>;
  /** `$1`, `$2`, … of the function or script being walked. */
  positional: readonly Word[];
  /** Names of functions being walked, so that recursion ends. */
  readonly calling: readonly string[];
  /** Text the shell itself runs later: traps, and what is run before each prompt. */
  readonly later: Word[];
}

/** `sighted`: the disk may be asked about paths, so that one must know where they start. */
export function newState(cwd: Folder, env: Readonly<Record<string, string>>, positional: readonly Word[] = [], sighted = true): State {
  return { cwd, nameless: cwd === undefined && !sighted, previous: undefined, stack: [], variables: new Map(), env, exported: new Set(), exportsAll: false, references: new Map(), outer: undefined, descriptors: new Map(), outputs: new Map(), functions: new Map(), aliases: new Map(), positional, calling: [], later: [] };
}

/** What a subshell starts with: everything, and nothing it does comes back. */
export function copyState(state: State): State {
  return {
    ...state,
    stack: [...state.stack],
    variables: new Map(state.variables),
    exported: new Set(state.exported),
    references: new Map(state.references),
    descriptors: new Map(state.descriptors),
    functions: new Map(state.functions),
    aliases: new Map(state.aliases),
    outputs: new Map(state.outputs),
  };
}

/** Sets a variable, or the one it stands for. */
export function setVariable(state: State, name: string, value: Value): void {
  let target = name;
  for (let steps = 0; steps < 8 && state.references.has(target); steps++) target = state.references.get(target) as string;
  state.variables.set(target, value);
  // What came from the environment goes on to programs with its new value.
  if (state.exportsAll || Object.hasOwn(state.env, target)) state.exported.add(target);
}

/** The environment a program started now would get: the line's own, its exports, and prefix assignments. */
export function environmentOf(state: State, prefix: ReadonlyMap<string, Word>): Readonly<Record<string, string>> {
  if (state.exported.size === 0 && prefix.size === 0) return state.env;
  const env: Record<string, string> = { ...state.env };
  for (const name of state.exported) {
    const value = state.variables.get(name);
    if (value?.kind === 'scalar') env[name] = value.word.text;
    else if (value?.words.length === 0) delete env[name];
  }
  for (const [name, word] of prefix) env[name] = word.text;
  return env;
}

/** Goes to the folder another part of the line ended in. */
export function followFolder(state: State, { cwd, nameless }: State): void {
  state.cwd = cwd;
  state.nameless = nameless;
}

export type Variables = ReadonlyMap<string, Value>;

/** The variables as they are now, for going back to. */
export function variablesOf(state: State): Variables {
  return new Map(state.variables);
}

export function setVariables(state: State, variables: Variables): void {
  state.variables.clear();
  for (const [name, value] of variables) state.variables.set(name, value);
}

/** True when both hold the same values of the same variables. */
export function isSameState(a: Variables, b: Variables): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}
