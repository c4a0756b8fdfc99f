import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { State } from './state.ts';

/** What of a hook's environment has a say in its answer, beside what the request itself carries. Another one gets another answer. */
export const OWN_VARIABLES = ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'APPDATA', 'SHELL'] as const;

/** What else the program needs to run at all. */
const NEEDED = ['PATH', 'ELECTRON_RUN_AS_NODE', 'LOCALAPPDATA', 'SYSTEMROOT', 'TEMP', 'TMP'];

const PROGRAM = 'standby.js';
/** By then it has begun, or could not. */
const STARTING_MS = 10_000;

/** The file by which one of many hooks starts it, and not each. The program removes it; one that could not start leaves it for a while. */
export function startingFile(state: State): string {
  return join(state.root, 'standby.starting');
}

/**
 * Starts the program that stands by for the next hooks, and does not wait for it. Never throws: without it each hook does the work itself.
 * Where the state folder cannot be written to, as in an agent's sandbox, nothing is started: what sees less than the person does is not to
 * judge for others.
 */
export async function startStandby(state: State): Promise<void> {
  const file = startingFile(state);
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch {
    if (isOld(file)) rmSync(file, { force: true });
    return;
  }
  try {
    const { spawn } = await import('node:child_process');
    const kept = [...OWN_VARIABLES, ...NEEDED].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
    const options = { cwd: state.root, env: { ...Object.fromEntries(kept), INTERLOCK_HOME: state.root }, detached: true, windowsHide: true, stdio: 'ignore' } as const;
    spawn(process.execPath, [join(dirname(state.program), PROGRAM)], options).on('error', () => undefined).unref();
  } catch {
    // The next one tries again.
  }
}

function isOld(file: string): boolean {
  const { mtimeMs = Infinity } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs > STARTING_MS;
}
