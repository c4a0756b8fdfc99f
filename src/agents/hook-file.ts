import * as z from 'zod/mini';
import type { Installation } from './adapter.ts';
import { hasEntries, withEntries, withoutEntries, type HookList, type RequiredKey } from './hook-entries.ts';

/** A hook file in which our entries are all that makes a difference: what the agent reads is what stands there. */
export function hookFile(file: string, lists: (launcher: string) => readonly HookList[], required: readonly RequiredKey[] = []): Installation {
  return {
    file,
    install: (text, launcher) => withEntries(text, lists(launcher), required),
    uninstall: (text, launcher) => withoutEntries(text, lists(launcher)),
    isInstalled: (text, launcher) => hasEntries(text, lists(launcher)),
  };
}

const Group = z.object({ hooks: z.array(z.object({ command: z.string() })).check(z.minLength(1)) });

/** An event's hooks, which stand in groups behind a matcher: ours is the group that runs our command and nothing else. */
export function hookGroup(event: string, matcher: string, hook: { readonly type: 'command'; readonly command: string; readonly [key: string]: unknown }): HookList {
  return {
    path: ['hooks', event],
    entry: { matcher, hooks: [hook] },
    isOurs: (entry) => Group.safeParse(entry).data?.hooks.every(({ command }) => command === hook.command) ?? false,
  };
}
