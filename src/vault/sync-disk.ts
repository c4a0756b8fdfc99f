import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';

/** From so many files on the whole file system at once is faster than each by itself, which makes its journal wait for every one. */
const MANY = 128;
/** Others may have much to write to the same file system. */
const WHOLE_MS = 2_000;
const AT_ONCE = 64;

/**
 * Waits until files are on the disk itself.
 * @param folder on the file system that all of them are on
 * @throws Error of the system where one of them cannot be written
 */
export async function syncFiles(paths: readonly string[], folder: string): Promise<void> {
  if (paths.length >= MANY && (await syncWhole(folder))) return;
  for (let at = 0; at < paths.length; at += AT_ONCE) await Promise.all(paths.slice(at, at + AT_ONCE).map(syncFile));
}

/** Node has no call for it. https://man7.org/linux/man-pages/man2/syncfs.2.html, https://man7.org/linux/man-pages/man1/sync.1.html */
function syncWhole(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn('sync', ['-f', folder], { stdio: 'ignore' });
    const end = (done: boolean): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(done);
    };
    const timer = setTimeout(() => end(false), WHOLE_MS);
    child.once('error', () => end(false));
    child.once('close', (status) => end(status === 0));
  });
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
