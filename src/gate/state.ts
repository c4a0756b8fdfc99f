import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { posix, win32 } from 'node:path';

/** Where Interlock keeps what is one person's on one machine. All paths are absolute. */
export interface State {
  readonly platform: 'posix' | 'windows';
  readonly root: string;
  /** The program agents are told to call; it never moves. */
  readonly launcher: string;
  /** The copy of hook.js that the launcher runs. */
  readonly program: string;
  /** Folder of the sockets; on Windows the prefix of their pipe names. */
  readonly run: string;
  /** The well-known socket that one window answers. */
  readonly socket: string;
  /** What windows and hooks know each other by. Its name is one that agents may not read. */
  readonly key: string;
  readonly journal: string;
  readonly vault: string;
  readonly secrets: string;
  /** What was refused in each agent's session, and whether everything is stopped. */
  readonly sessions: string;
  /** The policy as it last was while an editor ran. */
  readonly policy: string;
  /** Agents' configuration files as they were before hooks were installed. */
  readonly backups: string;
}

/** A folder of the state is not this person's alone; `message` is fit for a person. */
export class UnsafeState extends Error {
  override readonly name = 'UnsafeState';
}

/** Unix socket paths hold 104 bytes on macOS and 108 on Linux, the closing zero included. */
const SOCKET_PATH_BYTES = 96;
/** The longest name of a socket in the run folder: `window-4194304-ffff.sock`; `standby-4294967295.sock` is shorter. */
const LONGEST_SOCKET = 'window-4194304-ffff.sock';

/** The state folder of the person this process runs as: `INTERLOCK_HOME`, else `~/.interlock`, else `%LOCALAPPDATA%\Interlock`. */
export function locateState(env: Readonly<Record<string, string | undefined>> = process.env, home = homedir(), platform: State['platform'] = process.platform === 'win32' ? 'windows' : 'posix'): State {
  const path = platform === 'windows' ? win32 : posix;
  const usual = platform === 'windows' ? path.join(env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local'), 'Interlock') : path.join(home, '.interlock');
  const root = path.resolve(env['INTERLOCK_HOME'] || usual);
  const run = runFolder(root, platform);
  return {
    platform,
    root,
    launcher: path.join(root, platform === 'windows' ? 'hook.cmd' : 'hook'),
    program: path.join(root, 'bin', 'hook.js'),
    run,
    socket: socketPath(run, 'gate', platform),
    key: path.join(root, 'gate.key'),
    journal: path.join(root, 'journal'),
    vault: path.join(root, 'vault'),
    secrets: path.join(root, 'secrets'),
    sessions: path.join(root, 'sessions'),
    policy: path.join(root, 'policy.json'),
    backups: path.join(root, 'backups'),
  };
}

/**
 * A short path where the home folder leaves no room for a socket. `/tmp` and not `TMPDIR`: an agent may run with another one,
 * and both sides have to meet.
 */
function runFolder(root: string, platform: State['platform']): string {
  const short = createHash('sha256').update(root).digest('hex').slice(0, 12);
  if (platform === 'windows') return `\\\\.\\pipe\\interlock-${short}`;
  const run = posix.join(root, 'run');
  return Buffer.byteLength(posix.join(run, LONGEST_SOCKET)) <= SOCKET_PATH_BYTES ? run : `/tmp/interlock-${userInfo().uid}-${short}`;
}

function socketPath(run: string, name: string, platform: State['platform']): string {
  return platform === 'windows' ? `${run}-${name}` : posix.join(run, `${name}.sock`);
}

/** A socket path for this window; `suffix` tells several windows of one process apart. */
export function windowSocket(state: State, suffix: string): string {
  return socketPath(state.run, `window-${process.pid}-${suffix}`, state.platform);
}

/**
 * The socket of the program that answers while no editor runs. One for each view of the file system: a container that shares this folder
 * has other files under the same names. `messenger.pl` makes the same name.
 */
export function standbySocket(state: State): string {
  const view = state.platform === 'windows' ? '' : viewOfFiles();
  return socketPath(state.run, view === '' ? 'standby' : `standby-${view}`, state.platform);
}

/** The number of this process's mount namespace; empty where there are none. https://man7.org/linux/man-pages/man7/mount_namespaces.7.html */
function viewOfFiles(): string {
  try {
    return readlinkSync('/proc/self/ns/mnt').replace(/\D/g, '');
  } catch {
    return '';
  }
}

/** The sockets of windows that run or ran. */
export function windowSockets(state: State): readonly string[] {
  try {
    if (state.platform === 'windows') {
      const prefix = `${state.run}-window-`.slice('\\\\.\\pipe\\'.length);
      return readdirSync('\\\\.\\pipe\\').filter((name) => name.startsWith(prefix)).map((name) => `\\\\.\\pipe\\${name}`);
    }
    return readdirSync(state.run).filter((name) => name.startsWith('window-') && name.endsWith('.sock')).map((name) => posix.join(state.run, name));
  } catch {
    return [];
  }
}

/**
 * Makes the folders that are missing, readable by their owner only.
 * @throws UnsafeState when one of them belongs to somebody else or is not a folder.
 */
export async function createState(state: State): Promise<void> {
  const path = state.platform === 'windows' ? win32 : posix;
  const sockets = state.platform === 'windows' ? [] : [state.run];
  for (const folder of [state.root, path.dirname(state.program), ...sockets, state.journal, state.vault, state.secrets, state.sessions, state.backups]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (state.platform === 'windows') continue;
    const facts = await lstat(folder);
    // The person may keep the state folder itself elsewhere, through a link; a socket folder in /tmp must be a real one.
    if (facts.isSymbolicLink() && folder !== state.run) continue;
    if (!facts.isDirectory() || facts.uid !== userInfo().uid) throw new UnsafeState(`${folder} is not a folder of yours. Remove it, then reload the window.`);
    if ((facts.mode & 0o077) !== 0) await chmod(folder, 0o700);
  }
}

/** True when nobody else can have put a socket into the run folder. */
export function isRunFolderSafe(state: State): boolean {
  if (state.platform === 'windows') return true;
  try {
    const facts = lstatSync(state.run);
    return facts.isDirectory() && facts.uid === userInfo().uid && (facts.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
