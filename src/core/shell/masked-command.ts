import { TooMuch } from '../analysis.ts';
import { MASK } from './mask-word.ts';
import { forEachChild, parseShell, type Command, type Redirection, type SyntaxNode } from './parse.ts';

/** Lets what commands print go through a launcher, and knows such commands again. */
export interface Masker {
  /** The command with its output masked; undefined where that cannot be promised. */
  readonly wrap: (command: string) => string | undefined;
  /** The command in the form in which an agent is told to run it, where nobody else can change it; undefined where that cannot be promised. */
  readonly pipe: (command: string) => string | undefined;
  /** What was wrapped or piped; undefined for every other command. */
  readonly unwrap: (command: string) => string | undefined;
}

export function maskerBy(launcher: string): Masker {
  return {
    wrap: (command) => orNothing(() => maskedCommand(command, launcher)),
    pipe: (command) => orNothing(() => pipedCommand(command, launcher)),
    unwrap: (command) => orNothing(() => plainCommand(command, launcher) ?? commandInPipe(command, launcher)),
  };
}

/** Of a command that is too long or too deep to be looked into nothing can be promised; whoever judges it says so. */
function orNothing(form: () => string | undefined): string | undefined {
  try {
    return form();
  } catch (error) {
    if (error instanceof TooMuch) return undefined;
    throw error;
  }
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
  const word = quoted(launcher);
  return `{ { interlock_masker=\${!-}\n${command}\n} > >(${word} ${MASK}) 2>&1; interlock_status=$?; }\nwait "$interlock_masker" 2>/dev/null\n(exit "$interlock_status")`;
}

function quoted(launcher: string): string {
  return `'${launcher.replaceAll("'", "'\\''")}'`;
}

/**
 * The command with all that it prints going through the launcher: short enough to be written by hand, and the same in every POSIX shell.
 * It leaves nothing behind in the shell, and the exit status is the launcher's. Whatever it leaves running prints into the pipe, too.
 */
function pipedCommand(command: string, launcher: string): string | undefined {
  if (launcher.endsWith('.cmd')) return undefined;
  const bare = withoutEnd(command);
  const forms = ['; ', '\n'].map((end) => `{ ${bare}${end}} 2>&1 | ${quoted(launcher)} ${MASK}`);
  return forms.find((text) => commandInPipe(text, launcher) === bare);
}

/** What is in the braces of a line that is nothing but one group, and the launcher that reads all it prints. */
function commandInPipe(text: string, launcher: string): string | undefined {
  if (!text.startsWith('{') || !text.trimEnd().endsWith(MASK)) return undefined;
  const { script, broken } = parseShell(text);
  const [only] = script.commands;
  if (broken || script.commands.length !== 1 || only === undefined || only.background || only.command.type !== 'Pipeline' || only.command.prefixes.length > 0) return undefined;
  const [group, reader, ...more] = only.command.commands;
  if (group?.type !== 'Redirected' || group.command.type !== 'BraceGroup' || reader?.type !== 'Command' || more.length > 0) return undefined;
  if (group.redirects.length !== 1 || !isErrorToOutput(group.redirects[0]) || !isReader(reader, launcher)) return undefined;
  return withoutEnd(text.slice(group.command.pos + 1, group.command.end - 1));
}

function withoutEnd(command: string): string {
  return command.trim().replace(/(?<!\\);$/, '');
}

function isErrorToOutput(redirect: Redirection | undefined): boolean {
  return redirect?.type === 'Redirect' && redirect.operator === '>&' && redirect.target?.value === '1' && redirect.descriptor?.type === 'FileDescriptor' && redirect.descriptor.value === 2;
}

function isReader({ name, prefix, suffix }: Command, launcher: string): boolean {
  const [word] = suffix;
  return prefix.length === 0 && name?.value === launcher && suffix.length === 1 && word?.type === 'Word' && word.value === MASK;
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
