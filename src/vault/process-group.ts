import type { ChildProcess } from 'node:child_process';

/** Ends a program that was started as the first of a group of its own (`detached`), with all that it has started. On Windows it alone. */
export function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
