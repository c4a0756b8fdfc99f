import { MASK } from './mask-word.ts';
import { forEachChild, parseShell, type Command, type SyntaxNode } from './parse.ts';

/** Lets what commands print go through a launcher, and knows such commands again. */
export interface Masker {
  /** The command with its output masked; undefined where that cannot be promised. */
  readonly wrap: (command: string) => string | undefined;
  /** What was wrapped; undefined for every other command. */
  readonly unwrap: (command: string) => string | undefined;
}

export function maskerBy(launcher: string): Masker {
  return { wrap: (command) => maskedCommand(command, launcher), unwrap: (command) => plainCommand(command, launcher) };
}

/**
 * The command with all that it prints going through the launcher, in the same shell, folder and environment and with the same exit
 * status; undefined where that cannot be promised, and where it is so already. Its words stay where the host's own rules for commands look for them. The shell waits
 * for the launcher, so that nothing is printed later; where the launcher does not run, the pipe is closed and nothing is shown.
 * For Bash and zsh: https://www.gnu.org/software/bash/manual/html_node/Process-Substitution.html
 */
function maskedCommand(command: string, launcher: string): string | undefined {
  if (launcher.endsWith('.cmd') || isAround(command, launcher) || !isContained(command)) return undefined;
  const text = around(command, launcher);
  const { script, broken } = parseShell(text);
  // What would close the group early, or leave it open, is no part of it any more.
  return !broken && script.commands.length === 3 && script.commands[0]?.command.type === 'BraceGroup' ? text : undefined;
}

/** The command that was wrapped; undefined where wrapping it would not give the very same text. Hosts show commands to hooks once more. */
function plainCommand(text: string, launcher: string): string | undefined {
  if (!isAround(text, launcher)) return undefined;
  const [before = '', after = ''] = edges(launcher);
  const command = text.slice(before.length, text.length - after.length);
  return maskedCommand(command, launcher) === text ? command : undefined;
}

/** True for a text with the beginning and the end of a wrapped command. */
function isAround(text: string, launcher: string): boolean {
  const [before = '', after = ''] = edges(launcher);
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

function edges(launcher: string): readonly string[] {
  return around('\0', launcher).split('\0');
}

function around(command: string, launcher: string): string {
  const word = `'${launcher.replaceAll("'", "'\\''")}'`;
  return `{ { interlock_masker=\${!-}\n${command}\n} > >(${word} ${MASK}) 2>&1; interlock_status=$?; }\nwait "$interlock_masker" 2>/dev/null\n(exit "$interlock_status")`;
}

/** Commands after which the shell does not come to what follows, or something goes on printing beside it. */
const leaves: ReadonlySet<string> = new Set(['exit', 'exec', 'logout', 'return', 'trap', 'set', 'wait', 'disown', 'nohup', 'setsid']);

/** Of what `set` does, loading a file of variables for a program. */
function exportsAll({ name, suffix }: Command): boolean {
  return name?.value === 'set' && suffix.length === 1 && /^[-+]a$/.test(suffix[0]?.type === 'Word' ? suffix[0].value : '');
}

/** True for a command that ends where it began: one parse, no jobs left behind, no end of the shell in the middle. */
function isContained(command: string): boolean {
  const { script, broken, unclosed } = parseShell(command);
  if (broken || unclosed || command.includes('\0')) return false;
  const waiting: SyntaxNode[] = [script];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'Coproc' || (node.type === 'Statement' && node.background) || (node.type === 'Command' && leaves.has(node.name?.value ?? '') && !exportsAll(node))) return false;
    forEachChild(node, (child) => {
      waiting.push(child);
    });
  }
  return true;
}
