import { MASK } from './mask-word.ts';
import { forEachChild, parseShell, type SyntaxNode } from './parse.ts';

/**
 * The command with all that it prints going through the launcher, in the same shell, folder and environment and with the same exit
 * status; undefined where that cannot be promised, and where it is so already. Its words stay where the host's own rules for commands look for them. The shell waits
 * for the launcher, so that nothing is printed later; where the launcher does not run, the pipe is closed and nothing is shown.
 * For Bash and zsh: https://www.gnu.org/software/bash/manual/html_node/Process-Substitution.html
 */
export function maskedCommand(command: string, launcher: string): string | undefined {
  if (launcher.endsWith('.cmd') || isMasked(command, launcher) || !isContained(command)) return undefined;
  const text = around(command, launcher);
  const { script, broken } = parseShell(text);
  // What would close the group early, or leave it open, is no part of it any more.
  return !broken && script.commands.length === 3 && script.commands[0]?.command.type === 'BraceGroup' ? text : undefined;
}

/** True for a command that `maskedCommand` may have made: hosts show it to hooks once more. */
function isMasked(text: string, launcher: string): boolean {
  const [before = '', after = ''] = around('\0', launcher).split('\0');
  return text.startsWith(before) && text.endsWith(after);
}

function around(command: string, launcher: string): string {
  const word = `'${launcher.replaceAll("'", "'\\''")}'`;
  return `{ { interlock_masker=\${!-}\n${command}\n} > >(${word} ${MASK}) 2>&1; interlock_status=$?; }\nwait "$interlock_masker" 2>/dev/null\n(exit "$interlock_status")`;
}

/** Commands after which the shell does not come to what follows, or something goes on printing beside it. */
const leaves: ReadonlySet<string> = new Set(['exit', 'exec', 'logout', 'return', 'trap', 'set', 'wait', 'disown', 'nohup', 'setsid']);

/** True for a command that ends where it began: one parse, no jobs left behind, no end of the shell in the middle. */
function isContained(command: string): boolean {
  const { script, broken, unclosed } = parseShell(command);
  if (broken || unclosed || command.includes('\0')) return false;
  const waiting: SyntaxNode[] = [script];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'Coproc' || (node.type === 'Statement' && node.background) || (node.type === 'Command' && leaves.has(node.name?.value ?? ''))) return false;
    forEachChild(node, (child) => {
      waiting.push(child);
    });
  }
  return true;
}
