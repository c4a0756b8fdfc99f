import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWorkspacePolicy, unreadablePolicy } from './policy-file.ts';
import type { PolicyFileRead } from './policy-stack.ts';
import type { State } from './state.ts';

/** Where a team keeps its policy, below the workspace folder. */
export const WORKSPACE_POLICY = '.interlock/policy.json';

export const CANNOT_READ = 'The file cannot be read. Check that it is a file and that you have the right to read it.';

/** A workspace folder's policy file; undefined where there is none. Never throws. */
export async function workspacePolicyIn(folder: string, state: State): Promise<PolicyFileRead | undefined> {
  const file = join(folder, WORKSPACE_POLICY);
  // In the home folder what Interlock itself saves stands there.
  if (file === state.policy) return undefined;
  const text = await textOf(file);
  if (text === undefined) return undefined;
  return { file, source: 'team', folder, reading: text === 'unreadable' ? unreadablePolicy(CANNOT_READ) : readWorkspacePolicy(text.text), tightens: true };
}

/** Undefined where there is no file. */
export async function textOf(file: string): Promise<{ readonly text: string } | 'unreadable' | undefined> {
  try {
    return { text: await readFile(file, 'utf8') };
  } catch (error) {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR') ? undefined : 'unreadable';
  }
}
