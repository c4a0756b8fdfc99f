import { access, constants } from 'node:fs/promises';
import type { State } from './state.ts';

/** Where Node is on machines whose editor's own cannot be run. */
export const posixNodes = ['/usr/local/bin/node', '/opt/homebrew/bin/node', '/usr/bin/node', '/opt/local/bin/node', '/snap/bin/node'];

/** The program this runs in, which is the editor's Node or another one; the first other one where it is gone, as after an update of the editor. */
export async function nodeHere(platform: State['platform']): Promise<string> {
  for (const node of [process.execPath, ...(platform === 'posix' ? posixNodes : [])]) {
    const found = await access(node, constants.X_OK).then(() => true, () => false);
    if (found) return node;
  }
  return process.execPath;
}
