import * as z from 'zod/mini';
import { UnreadableConfig, type Installation } from './adapter.ts';
import { body, hasEntries, withEntries, withoutEntries, type HookList, type RequiredKey } from './hook-entries.ts';

/** A hook file in which our entries are all that makes a difference: what the agent reads is what stands there. */
export function hookFile(file: string, lists: (launcher: string) => readonly HookList[], required: readonly RequiredKey[] = []): Installation {
  return {
    file,
    install: (text, launcher) => withEntries(text, lists(launcher), required),
    uninstall: (text, launcher) => withoutEntries(text, lists(launcher)),
    isInstalled: (text, launcher) => hasEntries(text, lists(launcher)),
  };
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
type Handler = { readonly type: 'command'; readonly command: string; readonly [key: string]: unknown };

const Group = z.object({ hooks: z.array(z.object({ command: z.string() })).check(z.minLength(1)) });

/** An event's hooks, which stand in groups behind a matcher: ours is the group that runs our command and nothing else. */
export function hookGroup(event: string, matcher: string, hook: Handler): HookList {
  return hookGroupAt(['hooks', event], matcher, hook);
}

/** The same under another path of keys. */
export function hookGroupAt(path: readonly string[], matcher: string, hook: Handler): HookList {
  return {
    path,
    entry: { matcher, hooks: [hook] },
    isOurs: (entry) => Group.safeParse(entry).data?.hooks.every(({ command }) => command === hook.command) ?? false,
  };
}
