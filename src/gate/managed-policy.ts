import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';

/** What an organisation's file holds, and whether nobody but an administrator can have written it. */
export interface ManagedPolicy {
  readonly text: string;
  readonly trusted: boolean;
}

/** Where an organisation puts the policy of a machine. */
export function managedPolicyPath(platform: NodeJS.Platform = process.platform, env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (platform === 'win32') return win32.join(env['ProgramData'] || 'C:\\ProgramData', 'Interlock', 'policy.json');
  return platform === 'darwin' ? '/Library/Application Support/Interlock/policy.json' : '/etc/interlock/policy.json';
}

/**
 * Reads an organisation's file; undefined where there is none.
 * @throws Error of the system when it is there and cannot be read
 */
export async function readManagedPolicy(file: string): Promise<ManagedPolicy | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
  try {
    return { text: await handle.readFile('utf8'), trusted: await isAdministrators(file, handle) };
  } finally {
    await handle.close();
  }
}

/**
 * On Unix the file and its folder belong to root and nobody else can write to them. Windows keeps rights that Node does not show; there
 * a file that this process could open for writing is not an administrator's.
 */
async function isAdministrators(file: string, handle: FileHandle): Promise<boolean> {
  if (process.platform === 'win32') return !(await canWrite(file));
  const facts = [await handle.stat(), await stat(posix.dirname(file))];
  return facts.every(({ uid, mode }) => uid === 0 && (mode & 0o022) === 0);
}

async function canWrite(file: string): Promise<boolean> {
  try {
    await (await open(file, constants.O_RDWR)).close();
    return true;
  } catch {
    return false;
  }
}
