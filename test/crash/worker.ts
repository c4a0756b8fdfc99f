// Started by the crash tests as a process of its own, to be killed: keeps, records, removes, restores and sweeps without end, and says what is done.
//   worker.ts FOLDER FIRST-ROUND
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createJournal } from '../../src/journal/journal.ts';
import { defaultVaultBounds } from '../../src/vault/bounds.ts';
import { Vault } from '../../src/vault/vault.ts';
import { action, losing } from '../unit/vault/scratch.ts';
import { contentsOf } from './tree.ts';

/** Nothing is in the making while this one process sweeps, so even what is new may go. */
const AHEAD_MS = 2 * 60 * 60 * 1000;
/** Of some eight rounds. */
const MOST_BYTES = 10_000_000;

/** A whole line that the operating system has when this returns. */
function say(...words: readonly (string | number)[]): void {
  writeSync(1, `${words.join(' ')}\n`);
}

function writeTree(tree: string, round: number): void {
  for (const [name, content] of contentsOf(round)) {
    mkdirSync(join(tree, dirname(name)), { recursive: true });
    writeFileSync(join(tree, name), content);
  }
}

async function work(folder: string, first: number): Promise<void> {
  let round = first;
  const vault = new Vault({ folder: join(folder, 'vault'), bounds: () => defaultVaultBounds, describe: () => String(round), now: () => Date.now() + AHEAD_MS });
  const journal = createJournal(join(folder, 'journal'), { now: Date.now, mask: (text) => text });
  const record = async (what: string): Promise<void> => {
    await journal.record({ type: 'configuration', what, by: 'interlock' });
    say('recorded', what);
  };
  const repository = join(folder, 'repository');
  for (; ; round++) {
    const tree = join(folder, 'tree', String(round % 4));
    rmSync(tree, { recursive: true, force: true });
    writeTree(tree, round);
    say('keeps', round);
    const kept = await vault.keep(action, losing('delete', [tree]));
    say('kept', kept.manifest ?? '');
    await Promise.all([record(`${round} a`), record(`${round} b`)]);
    rmSync(tree, { recursive: true });
    await vault.restore(await vault.manifest(kept.manifest ?? ''), { overwriteNewer: false });
    if (round % 3 === 0) {
      writeFileSync(join(repository, 'work'), `work of round ${round}`);
      const saved = await vault.keep(action, losing('discard', [], { repository: { folder: repository, files: 'changed' } }));
      say('kept', saved.manifest ?? '');
      execFileSync('git', ['-C', repository, 'checkout', '-q', '--', 'work']);
    }
    await vault.sweep({ days: 30, bytes: MOST_BYTES });
    await record(`${round} swept`);
  }
}

const [folder = '', first = '0'] = process.argv.slice(2);
void work(folder, Number(first));
