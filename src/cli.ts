import { createInterface } from 'node:readline';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { adapters } from './agents/all.ts';
import { loadEngine } from './gate/engine-loader.ts';
import { runAcp, runMcp, type ProxyOptions } from './gate/proxy/run-proxy.ts';
import type { Ending } from './gate/proxy/server-process.ts';
import { locateState } from './gate/state.ts';
import { journalUsage, JournalUsage, runJournal } from './journal/command.ts';
import { restoreUsage } from './vault/command.ts';

const usage = `Usage:
  cli.js check [--workspace DIR] [--policy FILE]   one JSON action a line in, one verdict a line out
  cli.js explain [--workspace DIR] [--policy FILE] "COMMAND"
                                                   what a command would do and what becomes of it
  cli.js scan [DIR] [--json]                       secrets in a tree, or in {id, path, content} lines on standard input
  cli.js scan --history [DIR] [--json]             secrets that the git history of a tree has and no file of it any more
  cli.js mcp [--name NAME] -- COMMAND              an MCP server behind the gate: its tools run when Interlock allows them
  cli.js acp [--name NAME] -- COMMAND              an ACP agent behind the gate, for clients such as Zed
  cli.js doctor [--workspace DIR] [--json]         whether agents are guarded: runs every hook as its agent would
${restoreUsage}${journalUsage}`;

/** Options by name, and the words that are none. */
interface Arguments {
  readonly options: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
  readonly words: readonly string[];
}

function parseArguments(argv: readonly string[]): Arguments {
  const options = new Map<string, string>();
  const flags = new Set<string>();
  const words: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--workspace' || word === '--policy') {
      const value = argv[++at];
      if (value === undefined) throw new UsageError(`${word} needs a value.`);
      options.set(word, value);
    } else if (word.startsWith('--')) flags.add(word);
    else words.push(word);
  }
  return { options, flags, words };
}

/** A call that cannot be carried out; `message` says what is wrong and what to do. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === 'mcp' || command === 'acp') return proxy(command, command === 'mcp' ? runMcp : runAcp, rest);
  const write = (text: string): Promise<void> => writeAll(process.stdout, text);
  if (command === 'journal') return runJournal(rest, { folder: locateState().journal, now: Date.now, utcOffsetMinutes: -new Date().getTimezoneOffset(), titles: new Map(adapters.map(({ id, title }) => [id, title])), write, stop: interrupted() });
  if (command === 'restore') return (await loadEngine()).restoreHere(rest, { state: locateState(), home: homedir(), cwd: process.cwd(), write });
  const { options, flags, words } = parseArguments(rest);
  const where = { workspace: options.get('--workspace'), policy: options.get('--policy'), warn: (line: string): void => void process.stderr.write(`interlock: ${line}\n`) };
  if (command === 'doctor') return doctor(resolve(where.workspace ?? '.'), flags.has('--json'), write);
  const { check, explain, scanGitHistory, scanLines, scanTree } = await loadEngine();
  switch (command) {
    case 'check':
      return check(createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }), where, write);
    case 'explain':
      if (words[0] === undefined) throw new UsageError('explain needs a command in quotes.');
      return explain(words.join(' '), where, write);
    case 'scan':
      if (flags.has('--history')) return scanGitHistory(words[0] ?? '.', flags.has('--json'), write, interrupted());
      return words[0] === undefined ? scanLines(createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }), write) : scanTree(words[0], flags.has('--json'), write);
    case '--help':
    case 'help':
      await write(usage);
      return 0;
    default:
      throw new UsageError(command === undefined ? 'Say what to do.' : `There is no command ${command}.`);
  }
}

/** Ends as the program behind the proxy does, by the same signal if it was one. */
async function proxy(task: string, run: (options: ProxyOptions) => Promise<Ending>, words: readonly string[]): Promise<number> {
  const at = words.indexOf('--');
  const command = at < 0 ? [] : words.slice(at + 1);
  const named = at === 2 && words[0] === '--name';
  if (command.length === 0 || !(at === 0 || named)) throw new UsageError(`${task} needs -- and the command to start: ${task} [--name NAME] -- COMMAND.`);
  const ending = await run({ command, ...(named ? { name: words[1] } : {}) });
  if ('code' in ending) return ending.code;
  process.kill(process.pid, ending.signal);
  // Where the signal does not end a program.
  return 1;
}

/** Ends with 1 when an agent that is found here is not guarded. */
async function doctor(folder: string, json: boolean, write: (text: string) => Promise<void>): Promise<number> {
  const { examine, healthText, isSound } = await import('./gate/doctor.ts');
  const health = await examine({ adapters, home: homedir(), state: locateState(), folder, env: process.env, now: Date.now });
  await write(json ? `${JSON.stringify({ ...health, sound: isSound(health) })}\n` : healthText(health));
  return isSound(health) ? 0 : 1;
}

/** Ends the work at the first Ctrl+C, with what was found by then; the program at the second. */
function interrupted(): AbortSignal {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  return stop.signal;
}

/** Waits until the reader has taken the text, so that a long stream does not pile up in memory. */
function writeAll(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // `… | head` has read enough.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    process.exitCode = 2;
    process.stderr.write(error instanceof UsageError || error instanceof JournalUsage ? `interlock: ${error.message}\n\n${usage}` : `interlock: ${error instanceof Error ? error.message : String(error)}\n`);
  },
);
