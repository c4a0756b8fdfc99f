import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Action } from '../../src/core/action.ts';
import { decide } from '../../src/core/decide.ts';
import { canBeKept } from '../../src/core/keeping.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { createDiskWorld } from '../../src/gate/world/disk-world.ts';
import { defaultVaultBounds } from '../../src/vault/bounds.ts';
import type { Restored } from '../../src/vault/restore.ts';
import { Vault } from '../../src/vault/vault.ts';
import { pictureOf, type Picture } from './picture.ts';
import { makeStage, type Stage } from './stage.ts';

/** What a replay has shown. */
export interface Replayed {
  readonly verdict: Verdict;
  /** False where the vault was not asked to keep anything. */
  readonly kept: boolean;
  readonly before: Picture;
  /** After the command; the same as before where it lost nothing. */
  readonly lost: Picture;
  readonly after: Picture;
  readonly restored: Restored | undefined;
  readonly output: string;
}

export interface ReplayedCommand {
  /** Run before anything is looked at: how the project came to be so. */
  readonly first?: string;
  readonly command: string;
  /** Relative to the project. */
  readonly cwd?: string;
  /** What the remote had is pushed back too. */
  readonly remote?: boolean;
}

const LIMIT_MS = 20_000;

/** Decides, keeps, runs the command for real and restores, in a stage of its own. */
export async function replay(given: ReplayedCommand): Promise<Replayed> {
  const stage = makeStage();
  try {
    return await replayOn(stage, given);
  } finally {
    rmSync(stage.folder, { recursive: true, force: true });
  }
}

async function replayOn(stage: Stage, { first, command, cwd = '.', remote = false }: ReplayedCommand): Promise<Replayed> {
  const folder = join(stage.project, cwd);
  if (first !== undefined) run(first, stage.project, stage);
  const action: Action = { tool: 'shell', shell: 'bash', command, agent: 'replay', session: 's', cwd: folder, workspaceRoots: [stage.project, join(stage.home, 'tree')], env: stage.env };
  const verdict = decide(action, createDiskWorld({ secretsIn: () => [], bounds: { gitTimeout: LIMIT_MS } }), defaultPolicy);
  const before = pictureOf(stage);
  const vault = new Vault({ folder: join(stage.folder, 'vault'), bounds: () => ({ ...defaultVaultBounds, milliseconds: 60_000 }), describe: () => command });
  const kept = verdict.findings.some(canBeKept) ? await vault.keep(action, verdict) : undefined;
  const output = run(command, folder, stage);
  const lost = pictureOf(stage);
  const restored = kept?.manifest === undefined ? undefined : await vault.restore(await vault.manifest(kept.manifest), { overwriteNewer: true });
  if (remote && kept?.manifest !== undefined) {
    const manifest = await vault.manifest(kept.manifest);
    await vault.pushBack(manifest, (await vault.remoteChanges(manifest)).changes);
  }
  return { verdict, kept: kept?.manifest !== undefined, before, lost, after: pictureOf(stage), restored, output };
}

function run(command: string, cwd: string, { env }: Stage): string {
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8', timeout: LIMIT_MS });
  return stdout + stderr;
}
