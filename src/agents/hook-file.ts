import * as z from 'zod/mini';
import { UnreadableConfig, type HookStart, type InstalledHook, type Installation } from './adapter.ts';
import { body, entriesOf, hasEntries, hasKeys, withEntries, withoutEntries, withoutValues, type HookList, type RequiredKey } from './hook-entries.ts';
import { hasTomlKeys, withoutTomlValues, withTomlValues } from './toml-edit.ts';

/** A hook file in which our entries are all that makes a difference: what the agent reads is what stands there. */
export function hookFile(file: string, lists: (launcher: string) => readonly HookList[], required: readonly RequiredKey[] = []): Installation {
  return {
    file,
    install: (text, launcher) => withEntries(text, lists(launcher), required),
    uninstall: (text, launcher) => withoutEntries(text, lists(launcher)),
    isInstalled: (text, launcher) => hasEntries(text, lists(launcher)),
    hooks: (text, launcher) => hooksIn(text, lists(launcher)),
  };
}

/** Values in an object of an agent's settings. Those that a person has set there already stay. */
export function settingValues(file: string, path: readonly string[], values: Readonly<Record<string, string | true>>): Installation {
  return {
    file,
    install: (text) => withEntries(text, [], Object.entries(values).map(([name, value]) => ({ path: [...path, name], value }))),
    uninstall: (text) => withoutValues(text, path, values),
    isInstalled: (text) => hasKeys(text, path, Object.keys(values)),
  };
}

/** The same in a table of TOML. */
export function tomlValues(file: string, path: readonly string[], values: Readonly<Record<string, string>>): Installation {
  return {
    file,
    install: (text) => withTomlValues(text, path, values),
    uninstall: (text) => withoutTomlValues(text, path, values),
    isInstalled: (text) => hasTomlKeys(text, path, Object.keys(values)),
  };
}

/** With the keys that stand in for `command` on Windows, which are written only there. */
const Command = z.object({ command: z.string(), args: z.optional(z.array(z.string())), commandWindows: z.optional(z.string()), powershell: z.optional(z.string()) });
/** The forms that agents know: a command of its own, one behind a matcher, one as an action, one named after its shell. */
const Entry = z.union([Command, z.object({ hooks: z.array(Command) }), z.object({ action: Command }), z.object({ bash: z.string() }), z.object({ powershell: z.string() })]);
/** Its event, where the entry itself names it. */
const Triggered = z.object({ trigger: z.string() });

/** Our hooks as they stand in a file. Throws as `withEntries`. */
export function hooksIn(text: string, lists: readonly HookList[]): readonly InstalledHook[] {
  return entriesOf(text, lists).flatMap(({ key, entry }) => startsOf(entry).map((start) => ({ event: Triggered.safeParse(entry).data?.trigger ?? key, start })));
}

function startsOf(entry: unknown): readonly HookStart[] {
  const known = Entry.safeParse(entry).data;
  if (known === undefined) return [];
  if ('hooks' in known) return known.hooks.map(startOf);
  if ('action' in known) return [startOf(known.action)];
  if ('command' in known) return [startOf(known)];
  return [{ line: 'bash' in known ? known.bash : known.powershell }];
}

function startOf({ command, args, commandWindows, powershell }: z.infer<typeof Command>): HookStart {
  return args === undefined ? { line: commandWindows ?? powershell ?? command } : { program: command, args };
}

/** As `hookFile`, for an agent that reads nothing but plain JSON and drops the whole file otherwise. `mark`: it reads it with a byte order mark, too. */
export function plainHookFile(product: string, mark: boolean, ...given: Parameters<typeof hookFile>): Installation {
  const inner = hookFile(...given);
  const isLoadable = (text: string): boolean => isPlainJson(mark ? body(text) : text);
  return {
    ...inner,
    install: (text, launcher) => {
      const edited = inner.install(text, launcher);
      if (!isLoadable(edited)) throw new UnreadableConfig(`The file has comments, trailing commas${mark ? '' : ' or a byte order mark'}. ${product} ignores all of it, hooks included. Remove them first; nothing was changed.`);
      return edited;
    },
    isInstalled: (text, launcher) => isLoadable(text) && inner.isInstalled(text, launcher),
  };
}

function isPlainJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A handler as it stands in a file; the rest of it is the agent's own. */
type Handler = { readonly type: 'command'; readonly command: string; readonly args?: readonly string[]; readonly [key: string]: unknown };

const Group = z.object({ hooks: z.array(z.object({ command: z.string(), args: z.optional(z.array(z.string())) })).check(z.minLength(1)) });

/** An event's hooks, which stand in groups behind a matcher: ours is the group that runs our command and nothing else. */
export function hookGroup(event: string, matcher: string, hook: Handler): HookList {
  return hookGroupAt(['hooks', event], matcher, hook);
}

/** The same under another path of keys. */
export function hookGroupAt(path: readonly string[], matcher: string, hook: Handler): HookList {
  return {
    path,
    entry: { matcher, hooks: [hook] },
    isOurs: (entry) => Group.safeParse(entry).data?.hooks.every(({ command, args }) => command === hook.command && args?.join('\0') === hook.args?.join('\0')) ?? false,
  };
}
