import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, win32 } from 'node:path';
import type { Action } from '../core/action.ts';
import { baseName, isInside, platformOf } from '../core/files/path.ts';
import { planCount } from '../core/policy/counts.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Verdict } from '../core/verdict.ts';

/** The rows of what a question is about, or why nobody knows how many there are. What the command printed is never told: it may hold secrets. */
export type CountedRows = { readonly name: string } & ({ readonly rows: number } | { readonly problem: string });

/** Counts what a verdict would lose, as the person's policy says; undefined where it says nothing of it. Never rejects. */
export type CountRows = (action: Action, verdict: Verdict, signal: AbortSignal) => Promise<CountedRows | undefined>;

export interface RowCounterOptions {
  readonly policy: () => Pick<Policy, 'counts'>;
  /** The environment of the editor. */
  readonly env?: NodeJS.ProcessEnv;
  readonly limitMs?: number;
}

const LIMIT_MS = 2_000;
/** Of a command of any agent; more are not counted. */
const MOST_AT_ONCE = 3;
const LARGEST_ANSWER = 4_096;

/**
 * Clients that run nothing they find in the folder they are called in. They may look at files there, as a database in a file is named by
 * a relative path; every other program runs in its own folder, where no agent decides what it finds.
 */
const clients: ReadonlySet<string> = new Set(['psql', 'mysql', 'mariadb', 'sqlite3', 'redis-cli']);

/**
 * Variables of the action that say where a client connects. They go together, so that no password of the editor's is sent to a host an
 * action names, and none is among them that names a program, library or file to load.
 * https://www.postgresql.org/docs/current/libpq-envars.html https://dev.mysql.com/doc/refman/8.4/en/environment-variables.html
 */
const connection: readonly string[] = ['PGHOST', 'PGPORT', 'PGDATABASE', 'PGUSER', 'PGPASSWORD', 'PGSERVICE', 'MYSQL_HOST', 'MYSQL_TCP_PORT', 'MYSQL_PWD', 'REDISCLI_AUTH', 'DATABASE_URL'];
/** Of the editor's own; the action's are left out for what they could load. */
const alsoOfConnection: readonly string[] = ['PGHOSTADDR', 'PGOPTIONS', 'PGPASSFILE', 'PGSERVICEFILE'];

/** What counts rows with the commands of a person's policy. */
export function rowCounter({ policy, env = process.env, limitMs = LIMIT_MS }: RowCounterOptions): CountRows {
  let running = 0;
  return async (action, { findings }, signal) => {
    const planned = planCount(findings, policy().counts);
    if (planned === undefined) return undefined;
    const { name, plan } = planned;
    if ('problem' in plan) return { name, problem: plan.problem };
    if (running >= MOST_AT_ONCE) return { name, problem: 'others are being counted' };
    running++;
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
      return { name, ...(await counted(plan.command, action, environmentOf(env, planned.env ?? action.env), within)) };
    } catch {
      return { name, problem: 'the command could not be run' };
    } finally {
      running--;
    }
  };
}

type Answer = { readonly rows: number } | { readonly problem: string };

async function counted([name = '', ...words]: readonly string[], action: Action, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Answer> {
  const program = await programOf(name, env);
  if (program === undefined) return { problem: 'the program was not found' };
  const places = [program, await realpath(program)];
  const agents = [...action.workspaceRoots, action.cwd].filter((folder) => folder !== '');
  if (agents.some((folder) => places.some((place) => isInside(place, folder, platformOf(folder))))) return { problem: 'its program lies in a folder that agents work in' };
  // Windows looks for libraries in the folder a program is called in.
  const isClient = process.platform !== 'win32' && clients.has(baseName(program, platformOf(program)));
  return answerOf(program, words, { cwd: isClient && action.cwd !== '' ? action.cwd : dirname(program), env }, signal);
}

/** The absolute path of a program, looked for as a shell would, but in no folder that depends on where it is called. */
async function programOf(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (isAbsolute(name)) return (await isRunnable(name)) ? name : undefined;
  if (/[\\/]/.test(name)) return undefined;
  const file = process.platform === 'win32' && win32.extname(name) === '' ? `${name}.exe` : name;
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    if (isAbsolute(folder) && (await isRunnable(join(folder, file)))) return join(folder, file);
  }
  return undefined;
}

async function isRunnable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function environmentOf(own: NodeJS.ProcessEnv, ofAction: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const given = Object.entries(ofAction).filter(([name]) => connection.includes(name));
  const kept = Object.entries(own).filter(([name]) => ![...connection, ...alsoOfConnection].includes(name.toUpperCase()));
  return Object.fromEntries([...kept, ...given]);
}

/** Runs the program until it ends, says too much or is out of time, and ends what is left of it and of what it started. */
function answerOf(program: string, words: readonly string[], { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }, signal: AbortSignal): Promise<Answer> {
  if (signal.aborted) return Promise.resolve({ problem: 'there was no time for it' });
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'ignore'], shell: false, windowsHide: true, detached: process.platform !== 'win32' });
    let output = '';
    const end = (answer: Answer): void => {
      signal.removeEventListener('abort', late);
      endGroup(child);
      child.stdout.destroy();
      resolve(answer);
    };
    const late = (): void => end({ problem: 'there was no answer in time' });
    signal.addEventListener('abort', late, { once: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > LARGEST_ANSWER) end({ problem: 'the answer is not a number' });
    });
    child.once('error', () => end({ problem: 'the command could not be run' }));
    // What it has left behind may hold its output open.
    child.once('exit', () => endGroup(child));
    child.once('close', (code) => end(code === 0 ? numberIn(output) : { problem: 'the command failed' }));
  });
}

function numberIn(output: string): Answer {
  const [, digits] = /^[ \t]*(\d{1,15})[ \t]*(?:\r?\n|$)/.exec(output) ?? [];
  return digits === undefined ? { problem: 'the answer is not a number' } : { rows: Number(digits) };
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
