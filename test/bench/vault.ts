// How fast ten thousand files are kept before they go, how fast they come back, and what the copies take on disk.
//   node test/run.mjs bench
// What the file system adds shows beside a run in memory, with TMPDIR=/dev/shm. An ext4 without a journal searches long for the inode of a
// new file for a minute after many were deleted.
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultVaultBounds } from '../../src/vault/bounds.ts';
import { Vault } from '../../src/vault/vault.ts';
import { action, losing } from '../unit/vault/scratch.ts';

const FILES = 10_000;
const PER_FOLDER = 50;
const ROUNDS = 3;

/** Sizes as source trees have them: most of a few kilobytes, some of many. Every tenth file has another's content. */
function writeTree(tree: string, round: number): number {
  let bytes = 0;
  for (let at = 0; at < FILES; at++) {
    const folder = join(tree, `folder ${Math.floor(at / PER_FOLDER / 20)}`, `folder ${Math.floor(at / PER_FOLDER)}`);
    if (at % PER_FOLDER === 0) mkdirSync(folder, { recursive: true });
    const seed = at % 10 === 9 ? at - 1 : at;
    const content = `// round ${round}, file ${seed}\n`.repeat(1 + ((seed * 7919) % (seed % 40 === 0 ? 2_000 : 200)));
    writeFileSync(join(folder, `file-${at}.ts`), content);
    bytes += content.length;
  }
  return bytes;
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true }).reduce((sum, name) => sum + (lstatSync(join(folder, String(name))).blocks ?? 0) * 512, 0);
}

/** What came of it, how long it took, and how much of that a processor was busy: the same however many others are at work. Milliseconds. */
async function timed<Result>(work: () => Promise<Result>): Promise<readonly [Result, number, number]> {
  const started = performance.now();
  const busy = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(busy);
  return [result, Math.round(performance.now() - started), Math.round((user + system) / 1000)];
}

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

async function main(): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'interlock-bench-vault-')));
  try {
    const rows = [];
    for (let round = 0; round < ROUNDS; round++) {
      const tree = join(root, `tree ${round}`);
      const folder = join(root, `vault ${round}`);
      const vault = new Vault({ folder, bounds: () => defaultVaultBounds, describe: () => 'bench' });
      const bytes = writeTree(tree, round);
      const [kept, keepMs, keepBusyMs] = await timed(() => vault.keep(action, losing('delete', [tree])));
      const used = bytesBelow(folder);
      const [, againMs] = await timed(() => vault.keep(action, losing('delete', [tree])));
      const again = bytesBelow(folder) - used;
      rmSync(tree, { recursive: true });
      const manifest = await vault.manifest(kept.manifest ?? '');
      const [restored, restoreMs, restoreBusyMs] = await timed(() => vault.restore(manifest, { overwriteNewer: false }));
      const [swept, sweepMs] = await timed(() => vault.sweep({ days: 30, bytes: 1 }));
      rows.push({ files: kept.files, MB: megabytes(bytes), 'keep ms': keepMs, 'of it CPU': keepBusyMs, 'vault MB on disk': megabytes(used), 'keep again ms': againMs, 'MB more': megabytes(again), 'restore ms': restoreMs, 'of it CPU ': restoreBusyMs, restored: restored.restored.length, skipped: restored.skipped.length, 'sweep ms': sweepMs, 'copies swept': swept.manifests });
    }
    console.log('\nA tree of ten thousand files, each round with contents and a vault of its own');
    console.table(rows);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

void main();
