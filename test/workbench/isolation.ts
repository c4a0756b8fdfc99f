/**
 * Keeps the rig off the network: the running script is started again inside a network namespace that has loopback and nothing else,
 * where the rights allow it. Where they do not, programs only have their own switches against telemetry and updates.
 */
import { spawn, spawnSync } from 'node:child_process';
import { Socket } from 'node:net';

const INSIDE = 'INTERLOCK_ISOLATED';
/** Names the file descriptor of a pipe that ends when the outer script does, however it ends. */
const LIFELINE = 'INTERLOCK_LIFELINE';
const LIFELINE_FD = 3;

/** What `unshare` is asked for, best first. With a process namespace of its own, the kernel ends everything when the script ends. */
const LADDER: readonly (readonly string[])[] = [
  ['--net', '--pid', '--fork', '--kill-child', '--mount-proc'],
  ['--map-root-user', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'],
  ['--net'],
  ['--map-root-user', '--net'],
];

/** Switches off what the workbench, agents and npm would send to their makers. Set everywhere, also inside a namespace. */
export const QUIET_ENV: Readonly<Record<string, string>> = {
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_AUTOUPDATER: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DO_NOT_TRACK: '1',
  npm_config_update_notifier: 'false',
  npm_config_fetch_retries: '0',
};

/**
 * Runs `main` isolated, prints which isolation it has, and sets the exit code: 1 when `main` throws. What needs the network
 * (`provision`) runs first, outside.
 */
export async function runIsolated(provision: () => Promise<unknown>, main: () => Promise<void>): Promise<void> {
  try {
    if (process.env[INSIDE] === undefined) {
      await provision();
      const flags = LADDER.find(works);
      if (flags !== undefined) {
        process.exitCode = await again(flags);
        return;
      }
      console.log('Isolation: none to be had, loopback addresses and telemetry switches only');
    } else {
      followOuterScript();
      console.log(`Isolation: a network namespace with loopback only (unshare ${process.env[INSIDE]})`);
    }
    await main();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

/** A shell between brings loopback up. As the first process of a namespace it stays, to collect orphans; else it makes room for the script. */
function command(flags: readonly string[], args: readonly string[]): string[] {
  const script = flags.includes('--pid') ? 'ip link set lo up && "$@"; exit $?' : 'ip link set lo up && exec "$@"';
  return [...flags, '--', 'sh', '-c', script, 'sh', ...args];
}

function works(flags: readonly string[]): boolean {
  return spawnSync('unshare', command(flags, ['true']), { stdio: 'ignore' }).status === 0;
}

async function again(flags: readonly string[]): Promise<number> {
  const self = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn('unshare', command(flags, self), {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, [INSIDE]: flags.join(' '), [LIFELINE]: String(LIFELINE_FD) },
  });
  // Ctrl-C reaches the inner script by itself, which then cleans up; this one only waits for it.
  const wait = (): void => undefined;
  const end = (): void => void child.stdio[LIFELINE_FD]?.destroy();
  process.on('SIGINT', wait);
  process.on('SIGTERM', end);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.removeListener('SIGINT', wait);
      process.removeListener('SIGTERM', end);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/** Ends this script, by the signal that lets it clean up, when the outer one has ended. */
function followOuterScript(): void {
  // A script that this one starts is inside too, but has no such pipe.
  if (process.env[LIFELINE] === undefined) return;
  delete process.env[LIFELINE];
  const lifeline = new Socket({ fd: LIFELINE_FD, readable: true, writable: false });
  lifeline.once('close', () => process.kill(process.pid, 'SIGTERM'));
  lifeline.resume();
  lifeline.unref();
}
