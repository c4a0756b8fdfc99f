import type { Action } from '../core/action.ts';

/** Programs that only read, whatever their options say. */
const readers: ReadonlySet<string> = new Set(['cat', 'grep', 'head', 'ls', 'pwd', 'stat', 'tail', 'wc']);
/** Commands of git that only read, but for options that write a file or start a program: https://git-scm.com/docs/git-diff */
const gitReaders: ReadonlySet<string> = new Set(['diff', 'log', 'show', 'status']);
const gitHarm = /^--(?:ou|ext|textc)/;
/** A command without anything that a shell would do something about. */
const plain = /^[\w./:@=,+ -]+$/;

/** True for what a locked session may still do: look at files and at git. It has to be allowed by the policy all the same. */
export function isRead(action: Action): boolean {
  switch (action.tool) {
    case 'read':
    case 'search':
      return true;
    case 'other':
      return action.unseen === undefined;
    case 'shell':
      return action.shell === 'bash' && isReadingCommand(action.command.trim());
    case 'write':
    case 'delete':
    case 'mcp':
    case 'http':
    default:
      return false;
  }
}

function isReadingCommand(command: string): boolean {
  if (!plain.test(command)) return false;
  const [program = '', ...words] = command.split(/ +/);
  if (program !== 'git') return readers.has(program);
  const [subcommand = '', ...options] = words;
  return gitReaders.has(subcommand) && !options.some((option) => gitHarm.test(option));
}
