import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, win32 } from 'node:path';
import type { Action } from '../core/action.ts';
import { baseName, isInside, platformOf } from '../core/files/path.ts';
import { endGroup } from '../vault/process-group.ts';

/** A command of the person's own policy, about an action. */
export interface PersonCommand {
  readonly command: readonly string[];
  readonly action: Action;
  /** The environment the action's own command runs in. */
  readonly env: Readonly<Record<string, string>>;
  /** The environment of the editor. */
  readonly own: NodeJS.ProcessEnv;
  /** UTF-16 units of what it may print; 0: nothing of it is read. */
  readonly largestOutput: number;
}

/** How it ended, or why nobody knows. What it printed may hold secrets. */
export type Ran = { readonly code: number | null; readonly output: string } | { readonly problem: string };

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

/** Runs a command of the person's own, with nothing in it that an agent could have put there. Never rejects. */
export async function runPersonCommand({ command: [name = '', ...words], action, env, own, largestOutput }: PersonCommand, signal: AbortSignal): Promise<Ran> {
  try {
    const environment = environmentOf(own, env);
    const program = await programOf(name, environment);
    if (program === undefined) return { problem: 'the program was not found' };
    const places = [program, await realpath(program)];
    const agents = [...action.workspaceRoots, action.cwd].filter((folder) => folder !== '');
    if (agents.some((folder) => places.some((place) => isInside(place, folder, platformOf(folder))))) return { problem: 'its program lies in a folder that agents work in' };
    // Windows looks for libraries in the folder a program is called in.
    const isClient = process.platform !== 'win32' && clients.has(baseName(program, platformOf(program)));
    return await ran({ program, words, cwd: isClient && action.cwd !== '' ? action.cwd : dirname(program), env: environment, largestOutput }, signal);
  } catch {
    return { problem: 'the command could not be run' };
  }
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

interface Start {
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly largestOutput: number;
}

/** Runs the program until it ends, says too much or is out of time, and ends what is left of it and of what it started. */
function ran({ program, words, cwd, env, largestOutput }: Start, signal: AbortSignal): Promise<Ran> {
  if (signal.aborted) return Promise.resolve({ problem: 'there was no time for it' });
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd, env, stdio: ['ignore', largestOutput > 0 ? 'pipe' : 'ignore', 'ignore'], shell: false, windowsHide: true, detached: process.platform !== 'win32' });
    let output = '';
    const end = (answer: Ran): void => {
      signal.removeEventListener('abort', late);
      endGroup(child);
      child.stdout?.destroy();
      resolve(answer);
    };
    const late = (): void => end({ problem: 'it did not end in time' });
    signal.addEventListener('abort', late, { once: true });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > largestOutput) end({ problem: 'it printed too much' });
    });
    child.once('error', () => end({ problem: 'the command could not be run' }));
    // What it has left behind may hold its output open.
    child.once('exit', () => endGroup(child));
    child.once('close', (code) => end({ code, output }));
  });
}
