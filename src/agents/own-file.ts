import { UnreadableConfig, type InstalledHook, type Installation } from './adapter.ts';

/** Stands in a comment of every file that is all ours: by it the file is known, whatever has been changed in it. */
export const MARK = 'Written by Interlock, which asks before this agent acts. What is changed here is lost.';

/** Hooks that are a file of their own. A file of that name which somebody else wrote is never touched. `hooks`: how the agent runs the file. */
export function ownFile(file: string, hooks: readonly InstalledHook[], source: (launcher: string) => string): Installation {
  return {
    file,
    install: (text, launcher) => {
      if (text !== undefined && text.trim() !== '' && !text.includes(MARK)) throw new UnreadableConfig('It was not written by Interlock. Move it elsewhere first; nothing was changed.');
      return source(launcher);
    },
    uninstall: (text) => (text.includes(MARK) ? undefined : text),
    isInstalled: (text, launcher) => text === source(launcher),
    hooks: () => hooks,
  };
}
