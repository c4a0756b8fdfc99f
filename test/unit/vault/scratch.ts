import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { DeleteAction } from '../../../src/core/action.ts';
import type { Effect, Verb } from '../../../src/core/effect.ts';
import type { Verdict } from '../../../src/core/verdict.ts';
import { defaultVaultBounds, type VaultBounds } from '../../../src/vault/bounds.ts';
import { Vault } from '../../../src/vault/vault.ts';

/** A folder of its own for a test, removed after it. */
export async function scratch(context: TestContext): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'interlock-')));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function vaultIn(folder: string, bounds: Partial<VaultBounds> = {}): Vault {
  return new Vault({ folder: join(folder, 'vault'), bounds: () => ({ ...defaultVaultBounds, ...bounds }), describe: (action) => action.tool });
}

export const action: DeleteAction = { tool: 'delete', path: 'tree', agent: 'check', session: 's', cwd: '/', workspaceRoots: [], env: {} };

/** A verdict with one effect on local paths. */
export function losing(verb: Verb, paths: readonly string[], more: Partial<Effect> = {}): Verdict {
  const effect: Effect = { verb, resource: { kind: 'files', name: '' }, reversibility: 'recoverable', certainty: 'certain', rule: 'test/loss', why: 'Deletes files', target: { by: 'path' }, paths, recursive: true, ...more };
  return { decision: 'keep', findings: [{ ...effect, environment: 'local', evidence: [], decision: 'keep', typed: false, because: '', source: 'built-in' }] };
}
