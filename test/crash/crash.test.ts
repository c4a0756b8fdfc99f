import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { createJournal } from '../../src/journal/journal.ts';
import { read, verify } from '../../src/journal/read.ts';
import { defaultVaultBounds } from '../../src/vault/bounds.ts';
import type { Manifest } from '../../src/vault/manifest.ts';
import { Vault } from '../../src/vault/vault.ts';
import { contentsOf } from './tree.ts';

// A few for every change; `node test/run.mjs crash` takes 200.
const points = Number(process.env['CRASH_POINTS'] ?? 10);
/** Of the newest copies so many always fit what the sweep lets stay. */
const SAFE = 3;
const LONGEST_MS = 1_200;

const root = realpathSync(mkdtempSync(join(tmpdir(), 'interlock-crash-')));
after(() => rmSync(root, { recursive: true, force: true }));
const repository = join(root, 'repository');
const vault = new Vault({ folder: join(root, 'vault'), bounds: () => defaultVaultBounds, describe: () => 'check' });
// Bundled, so that a start takes no longer than the work.
const worker = join(root, 'worker.cjs');
buildSync({ entryPoints: [new URL('worker.ts', import.meta.url).pathname], outfile: worker, bundle: true, platform: 'node', format: 'cjs' });

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { encoding: 'utf8' });
}

/** What a worker said before it was killed, at a moment nobody chose. */
async function crash(first: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [worker, root, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.once('close', done));
  let said = '';
  const begun = new Promise<void>((begins) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      begins();
    });
    void ended.then(() => begins());
  });
  await begun;
  await pause(Math.random() * LONGEST_MS);
  child.kill('SIGKILL');
  await ended;
  assert.equal(child.signalCode, 'SIGKILL', 'the worker ended by itself');
  return said.trimEnd().split('\n');
}

const saidOf = (lines: readonly string[], word: string): readonly string[] => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

/** Every file of a copy, as it comes back in an empty place. */
async function checkTree(manifest: Manifest, place: string): Promise<void> {
  const { skipped, restored } = await vault.restore(manifest, { overwriteNewer: false, to: place });
  assert.deepEqual(skipped, [], `${manifest.id} is not whole`);
  const files = manifest.entries.filter(({ type }) => type === 'file').map(({ path }) => path);
  const expected = contentsOf(Number(manifest.title));
  assert.equal(files.length, expected.size);
  for (const path of files) {
    const name = path.replace(/^.*?\/tree\/\d+\//, '');
    assert.ok(readFileSync(join(place, path)).equals(expected.get(name) ?? Buffer.of()), `${name} of round ${manifest.title}`);
  }
  assert.ok(restored.length > files.length);
}

/** The hidden ref is there, with all it holds. */
function checkPins(manifest: Manifest): void {
  for (const { pin } of manifest.git) {
    assert.equal(git('rev-parse', pin?.ref ?? '').trim(), pin?.commit);
    git('rev-list', '--objects', '--quiet', pin?.commit ?? '');
  }
}

/** A file that was being restored is there whole or not at all. */
async function checkTrees(): Promise<void> {
  const found = await readdir(join(root, 'tree'), { recursive: true, withFileTypes: true });
  const names = new Set(found.filter((entry) => entry.isFile()).map(({ name }) => name));
  assert.deepEqual([...names].filter((name) => !/^(?:file \d+|large|\.interlock-[0-9a-f]{12})$/.test(name)), []);
}

test(`killed at ${points} moments, vault and journal lose nothing they said they have`, { timeout: points * 30_000 }, async () => {
  await mkdir(repository);
  git('init', '-q');
  writeFileSync(join(repository, 'work'), 'as committed');
  git('add', '.');
  git('commit', '-qm', 'start');
  const kept: string[] = [];
  const recorded: string[] = [];
  let round = 0;
  for (let point = 0; point < points; point++) {
    const said = await crash(round);
    kept.push(...saidOf(said, 'kept'));
    recorded.push(...saidOf(said, 'recorded'));
    round = Number(saidOf(said, 'keeps').at(-1) ?? round) + 1;

    const manifests = await vault.list();
    const there = new Set(manifests.map(({ id }) => id));
    assert.deepEqual(kept.slice(-SAFE).filter((id) => !there.has(id)), [], `copies are gone after crash ${point}`);
    for (const [at, manifest] of manifests.entries()) {
      checkPins(manifest);
      if (manifest.git.length === 0) await checkTree(manifest, join(root, 'out', `${point}-${at}`));
    }
    rmSync(join(root, 'out'), { recursive: true, force: true });
    await checkTrees();
  }
  await createJournal(join(root, 'journal'), { now: Date.now, mask: (text) => text }).record({ type: 'configuration', what: 'after all', by: 'person' });
  assert.deepEqual((await verify(join(root, 'journal'))).problems, []);
  const written = new Set((await read(join(root, 'journal'), { limit: 1_000_000 })).map(({ what }) => what));
  assert.deepEqual([...recorded, 'after all'].filter((what) => !written.has(what)), []);

  const saved = (await vault.list()).find((manifest) => manifest.git.length > 0);
  assert.ok(saved && kept.length >= points && recorded.length >= points, 'too little was done to be worth killing');
  await vault.restore(saved, { overwriteNewer: true });
  assert.equal(readFileSync(join(repository, 'work'), 'utf8'), `work of round ${saved.title}`);
});
