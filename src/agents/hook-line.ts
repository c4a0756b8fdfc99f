import { shellWord } from './shell-word.ts';
import { windowsLine, windowsProgram, type WindowsShell } from './windows-line.ts';

/** Stands for the launcher in a file that people share: each one's own, in their home folder. No path of a machine is in it. */
export const SHARED_LAUNCHER = '$HOME/.interlock/hook';

/**
 * What such a file has a shell run, the agent's id being `$1`. Where Interlock is installed nothing passes without its answer, be the
 * launcher missing or killed; a refusal always says something, since Codex takes a silent one for a failure and goes on. A colleague who does not have it is not held up, and told. What an uninstalled Interlock leaves behind
 * (journal, vault) does not count. It holds no single quote, no comment mark and nothing that only one shell knows.
 */
export const SHARED_SCRIPT = [
  'if [ -x "$HOME/.interlock/hook" ]; then "$HOME/.interlock/hook" "$1" || { [ $? -eq 2 ] || echo "The hook of Interlock ended without an answer, so this was not run." >&2; exit 2; }',
  'elif [ -e "$HOME/.interlock/bin" ]; then echo "The launcher of Interlock is missing, so this was not run. Start the editor once, then try again." >&2; exit 2',
  'else echo "Interlock is not installed on this machine, so nothing guards this project here." >&2; echo "{}"; fi',
].join('; ');

/**
 * The line that a shell is given to ask Interlock.
 * @param words the agent's id, and what its hook is told besides
 * @param onWindows the shell that the agent uses there
 */
export function hookLine(launcher: string, words: string, onWindows: WindowsShell): string {
  if (launcher === SHARED_LAUNCHER) return `sh -c '${SHARED_SCRIPT}' interlock ${words}`;
  return isBatch(launcher) ? windowsLine(launcher, words, onWindows) : `${shellWord(launcher)} ${words}`;
}

/** True for the launcher of Windows. */
export function isBatch(launcher: string): boolean {
  return launcher.endsWith('.cmd');
}

/** The same as a program and its words, where no shell reads it. */
export function hookProgram(launcher: string, id: string): { readonly command: string; readonly args: readonly string[] } {
  if (launcher === SHARED_LAUNCHER) return { command: 'sh', args: ['-c', SHARED_SCRIPT, 'interlock', id] };
  return isBatch(launcher) ? windowsProgram(launcher, [id]) : { command: launcher, args: [id] };
}
