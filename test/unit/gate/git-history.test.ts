import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { scanGitHistory } from '../../../src/gate/scan.ts';
import type { HistoryProgress } from '../../../src/gate/world/history-scan.ts';
import type { FromWorker } from '../../../src/gate/world/index-messages.ts';
import { IndexWork } from '../../../src/gate/world/index-work.ts';
import { SecretIndex } from '../../../src/gate/world/secret-index.ts';
import { drawn, uuid } from '../core/secret-samples.ts';

const removed = uuid();
const opaque = drawn(40);
let base = '';
let root = '';
let store = '';
/** Commits of one second have no order. */
let minute = 0;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'interlock-history-'));
  root = join(base, 'shop');
  store = join(base, 'store');
  minute = 0;
  mkdirSync(root);
  git('init', '-q');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=Jo', '-c', 'user.email=jo@shop.test', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', root, ...who, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, GIT_COMMITTER_DATE: `2026-05-01T12:${String(minute++).padStart(2, '0')}:00Z` } }).trim();
}

function put(path: string, content: string | Buffer): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function commit(message: string, ...options: readonly string[]): void {
  git('add', '-A', '-f');
  git('commit', '-q', '--no-verify', '-m', message, ...options);
}

/** A secret that one commit has and the next has not. */
function comeAndGone(path: string, content: string | Buffer): void {
  put(path, content);
  commit(`add ${path}`);
  rmSync(join(root, path));
  commit(`remove ${path}`, '--allow-empty');
}

async function looked(options: Parameters<SecretIndex['scanHistory']>[0] = {}): Promise<{ readonly index: SecretIndex; readonly steps: readonly HistoryProgress[] }> {
  const index = SecretIndex.load(root, store);
  for await (const _ of index.scan()) continue;
  const steps: HistoryProgress[] = [];
  for await (const step of index.scanHistory(options)) steps.push(step);
  return { index, steps };
}

const names = (index: SecretIndex): readonly string[] => index.history().map(({ path, name }) => `${path}: ${name}`);

suite('secrets that are in the git history alone', () => {
  const note = `railway token: ${removed}\n`;
  const cases: Readonly<Record<string, readonly [make: () => void, found: readonly string[]]>> = {
    'what a commit says': [() => { put('a', '1'); commit(`Rotate\n\nThe ${note}`); }, ['commit message: token']],
    'what an annotated tag says': [() => { put('a', '1'); commit('one'); git('tag', '-a', 'v1', '-m', `First\n\nThe ${note}`); }, ['tag message: token']],
    'what a commit on a branch that was thrown away said': [() => { put('a', '1'); commit('one'); put('a', '2'); commit(`The ${note}`); git('reset', '-q', '--hard', 'HEAD~1'); }, ['commit message: token']],
    'a file that was removed': [() => comeAndGone('notes/volume.md', note), ['notes/volume.md: token']],
    'a line that was removed': [() => { put('a.yml', `db:\n  password: "Tr0ub4dor!9xQ&z"\n`); commit('one'); put('a.yml', 'db: none\n'); commit('two'); }, ['a.yml: password']],
    'a commit that was amended': [() => { put('a', 'x'); commit('one'); put('.env', `APP_SECRET=${opaque}\n`); commit('two'); rmSync(join(root, '.env')); commit('two', '--amend', '--allow-empty'); }, ['.env: APP_SECRET']],
    'stashes, the older one too': [() => { put('a.md', 'x\n'); put('b.md', 'x\n'); commit('one'); put('a.md', note); git('stash', '-q'); put('b.md', `APP_SECRET=${opaque}\n`); git('stash', '-q'); }, ['a.md: token', 'b.md: APP_SECRET']],
    'files that git did not follow when they were stashed': [() => { put('a', 'x'); commit('one'); put('.env', `APP_SECRET=${opaque}\n`); git('stash', '-q', '-u'); }, ['.env: APP_SECRET']],
    'another branch': [() => { put('a', 'x'); commit('one'); git('checkout', '-q', '-b', 'other'); put('n.md', note); commit('two'); git('checkout', '-q', '-'); }, ['n.md: token']],
    'a tag alone': [() => { put('a', 'x'); commit('one'); git('checkout', '-q', '-b', 'other'); put('n.md', note); commit('two'); git('tag', 'v1'); git('checkout', '-q', '-'); git('branch', '-q', '-D', 'other'); git('reflog', 'expire', '--expire=now', '--all'); }, ['n.md: token']],
    'what a merge brought that no branch had': [() => { put('a', 'x'); commit('one'); git('checkout', '-q', '-b', 'other'); put('b', 'x'); commit('two'); git('checkout', '-q', '-'); put('c', 'x'); commit('three'); git('merge', '-q', '--no-commit', 'other'); comeAndGone('n.md', note); }, ['n.md: token']],
    'packed refs and objects': [() => { comeAndGone('n.md', note); git('gc', '-q'); git('pack-refs', '--all'); }, ['n.md: token']],
    'names that are hard to write': [() => comeAndGone('a b/"é\t→.md', note), ['a b/"é\t→.md: token']],
    'a file whose new name says what it is': [() => { put('x.txt', `ID=${opaque}\n`); commit('one'); git('mv', 'x.txt', '.env'); commit('two'); rmSync(join(root, '.env')); commit('three'); }, ['.env: ID']],
    'but none that moved to another file': [() => { put('n.md', note); commit('one'); git('mv', 'n.md', 'm.md'); commit('two'); }, []],
    'nor one that git ignores now': [() => { comeAndGone('.env', note); put('.gitignore', '.env\n'); put('.env', note); }, []],
    'nor what is binary': [() => { comeAndGone('a.dat', Buffer.concat([Buffer.from([0, 1]), Buffer.from(note)])); comeAndGone('a.png', note); }, []],
    'nor a reference': [() => comeAndGone('a.ts', 'export const token = process.env.RAILWAY_TOKEN;\n'), []],
    'nothing where nothing was committed': [() => put('n.md', note), []],
  };
  for (const [what, [make, found]] of Object.entries(cases)) {
    test(what, async () => {
      make();
      const { index, steps } = await looked();
      assert.deepEqual(names(index).toSorted(), found);
      assert.deepEqual([steps.at(-1)?.truncated, steps.at(-1)?.missing], [false, 0]);
    });
  }

  test('with the commit and its day; the newest where there are several', async () => {
    comeAndGone('old.md', note);
    put('new.md', note);
    commit('again');
    const hash = git('rev-parse', 'HEAD');
    rmSync(join(root, 'new.md'));
    commit('gone');
    const { index } = await looked();
    assert.deepEqual(index.history().map(({ path, commit: at, seconds, kind, line }) => [path, at, new Date(seconds * 1000).toISOString().slice(0, 13), kind, line]), [['new.md', hash.slice(0, 12), '2026-05-01T12', 'railway token', 1]]);
  });
  test('of a folder within the repository, with paths as seen from there', async () => {
    comeAndGone('n.md', note);
    put('app/a', 'x');
    root = join(root, 'app');
    const { index } = await looked();
    assert.deepEqual(names(index), ['../n.md: token']);
  });
  test('a huge version is skipped and said', async () => {
    comeAndGone('big.md', note + 'x'.repeat(2 * 1024 * 1024));
    const { index, steps } = await looked();
    assert.deepEqual([names(index), steps.at(-1)?.tooLarge], [[], 1]);
  });
  test('a folder without git is told', async () => {
    root = join(base, 'plain');
    mkdirSync(root);
    await assert.rejects(looked(), /no git repository/);
  });
  test('stops when told to, at its bound, and keeps what was known before', async () => {
    comeAndGone('n.md', note);
    await looked();
    const stopped = new AbortController();
    stopped.abort();
    assert.deepEqual(names((await looked({ signal: stopped.signal })).index), ['n.md: token']);
    const bound = await looked({ maxVersions: 0 });
    assert.deepEqual([names(bound.index), bound.steps.at(-1)?.truncated], [['n.md: token'], true]);
  });
  test('a history that git cannot read to its end is not called whole', async () => {
    put('a.md', 'first\n');
    commit('one');
    const lost = git('rev-parse', 'HEAD^{tree}');
    put('a.md', 'second\n');
    commit('two');
    comeAndGone('n.md', note);
    rmSync(join(root, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    const { index, steps } = await looked();
    assert.deepEqual([names(index), steps.at(-1)?.truncated], [['n.md: token'], true]);
  });
  test('a lost version is counted', async () => {
    comeAndGone('n.md', note);
    put('a.md', 'first\n');
    commit('one');
    const lost = git('rev-parse', 'HEAD:a.md');
    rmSync(join(root, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    const { index, steps } = await looked();
    assert.deepEqual([names(index), steps.at(-1)?.missing], [['n.md: token'], 1]);
  });
});

suite('what the index does with them', () => {
  test('recognises them in what git prints, now and when loaded again', async () => {
    comeAndGone('n.md', `railway token: ${removed}\n`);
    await looked();
    const output = git('log', '-p');
    for (const text of [output, Buffer.from(`T=${removed}`).toString('base64')]) {
      const [known] = SecretIndex.load(root, store).match(text);
      assert.deepEqual([known?.file, known?.commit?.length], [join(root, 'n.md'), 12]);
    }
  });
  test('a value that came back to a file is of that file', async () => {
    comeAndGone('n.md', `railway token: ${removed}\n`);
    const { index } = await looked();
    put('m.md', `railway token: ${removed}\n`);
    index.update(join(root, 'm.md'));
    assert.deepEqual(index.match(removed).map(({ file, commit: at }) => [file, at]), [[join(root, 'm.md'), undefined]]);
  });
  test('writes and says no value', async () => {
    comeAndGone('.env', `APP_SECRET=${opaque}\nRAILWAY_TOKEN=${removed}\n`);
    const { index } = await looked();
    const said: string[] = [JSON.stringify(index.history())];
    const write = (text: string): Promise<void> => Promise.resolve(void said.push(text));
    assert.deepEqual([await scanGitHistory(root, false, write), await scanGitHistory(root, true, write)], [1, 1]);
    const messages: FromWorker[] = [];
    await new Promise<void>((resolve) => {
      const work = new IndexWork((message) => { messages.push(message); if (message.type === 'historyScanned') resolve(); }, 'one');
      work.take({ type: 'follow', root, store });
      work.take({ type: 'lookIntoHistory', root });
    });
    assert.ok(messages.some((message) => message.type === 'history' && message.secrets.length === 2));
    said.push(JSON.stringify(messages), ...readdirSync(store).map((name) => readFileSync(join(store, name), 'latin1')));
    assert.equal(said.join('\n').match(/\.env at [0-9a-f]{12} of 2026-05-01, line 1: secret \(APP_SECRET\)/)?.length, 1);
    for (const value of [opaque, removed]) for (const part of [value, value.slice(0, 12), value.slice(-12), Buffer.from(value).toString('base64').slice(0, 12)]) assert.ok(!said.join('\n').includes(part));
  });
  test('a folder that is not followed is told, and a stop ends the look', async () => {
    comeAndGone('n.md', `railway token: ${removed}\n`);
    const ends: FromWorker[] = [];
    await new Promise<void>((resolve) => {
      const work = new IndexWork((message) => { if (message.type === 'historyFailed' || message.type === 'historyScanned') ends.push(message); if (ends.length === 2) resolve(); }, 'one');
      work.take({ type: 'lookIntoHistory', root: join(base, 'other') });
      work.take({ type: 'follow', root, store });
      work.take({ type: 'lookIntoHistory', root });
      work.take({ type: 'stopHistory' });
    });
    assert.deepEqual(ends.map((message) => [message.type, 'stopped' in message && message.stopped]), [['historyFailed', false], ['historyScanned', true]]);
  });
});

suite('a repository that means ill', { skip: process.platform === 'win32' ? 'its programs are shell scripts' : false }, () => {
  test('has no program run: not its hooks, filters, differs, monitors, nor its remote', async () => {
    const trap = join(base, 'trap.sh');
    const sprung = join(base, 'sprung');
    writeFileSync(trap, `#!/bin/sh\ntouch '${sprung}'\ncat\n`);
    chmodSync(trap, 0o755);
    comeAndGone('n.md', `railway token: ${removed}\n`);
    put('.gitattributes', '* diff=evil filter=evil\n');
    put('a.md', 'first\n');
    commit('attributes');
    const lost = git('rev-parse', 'HEAD:a.md');
    rmSync(join(root, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    const traps = { 'diff.external': trap, 'diff.evil.textconv': trap, 'diff.evil.command': trap, 'filter.evil.smudge': trap, 'filter.evil.clean': trap, 'core.fsmonitor': trap, 'core.pager': trap, 'pager.diff-tree': trap, 'core.sshCommand': trap, 'gpg.program': trap, 'log.showSignature': 'true', 'core.hooksPath': base, 'core.alternateRefsCommand': trap, 'extensions.partialClone': 'origin', 'core.repositoryFormatVersion': '1', 'remote.origin.url': `ext::${trap}`, 'remote.origin.promisor': 'true', 'remote.origin.uploadpack': trap, 'protocol.ext.allow': 'always', 'alias.rev-list': `!${trap}` };
    for (const [name, value] of Object.entries(traps)) git('config', name, value);
    const { index, steps } = await looked();
    assert.equal(existsSync(sprung), false);
    assert.ok(index.history().length === 1 || (steps.at(-1)?.missing ?? 0) > 0 || steps.at(-1)?.truncated === true);
  });
});
