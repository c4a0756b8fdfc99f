import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { decide } from '../../../src/core/decide.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { maskSecrets } from '../../../src/gate/mask-secrets.ts';
import { createDiskWorld } from '../../../src/gate/world/disk-world.ts';
import { SecretIndex } from '../../../src/gate/world/secret-index.ts';
import { loadTestValues, saveTestValues } from '../../../src/gate/world/secret-store.ts';
import { drawn } from '../core/secret-samples.ts';

const base = mkdtempSync(join(tmpdir(), 'interlock-test-values-'));
after(() => rmSync(base, { recursive: true, force: true }));
const root = join(base, 'workspace');
const store = join(base, 'store');
const marked = `sk_live_${drawn(24)}`;
const other = `ghp_${drawn(36)}`;

/** The index of a workspace in which the person has marked one of two values. */
async function markedIndex(): Promise<SecretIndex> {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'test.js'), `const key = '${marked}';\n`);
  writeFileSync(join(root, 'api.js'), `const token = '${other}';\n`);
  const first = SecretIndex.load(root, store);
  for await (const _ of first.scan());
  await first.save();
  await saveTestValues(store, new Set([first.fingerprint(marked)]));
  return SecretIndex.load(root, store);
}

suite('a value that the person said is for tests', () => {
  test('is known by its fingerprint alone', async () => {
    const index = await markedIndex();
    assert.deepEqual([...loadTestValues(store)], [index.fingerprint(marked)]);
    assert.deepEqual([index.isTestValue(marked), index.isTestValue(other)], [true, false]);
  });
  test('is not masked, others are', async () => {
    const index = await markedIndex();
    const text = maskSecrets(`a ${marked} b ${other}`, [index]);
    assert.ok(text.includes(marked) && !text.includes(other));
  });
  test('may be read and sent, others may not', async () => {
    const index = await markedIndex();
    const world = createDiskWorld({ secretsIn: (text) => index.match(text), isTestValue: (value) => index.isTestValue(value) });
    const common = { agent: 'a', session: 's', cwd: root, workspaceRoots: [root], env: {} } as const;
    const read = (file: string): string => decide({ ...common, tool: 'read', path: join(root, file) }, world, defaultPolicy).decision;
    const sent = (value: string): string => decide({ ...common, tool: 'shell', shell: 'bash', command: `curl -H "Authorization: Bearer ${value}" https://api.stripe.com/v1/charges` }, world, defaultPolicy).decision;
    const printed = (file: string): string => decide({ ...common, tool: 'shell', shell: 'bash', command: `cat ${file}` }, world, defaultPolicy).decision;
    assert.deepEqual([read('test.js'), printed('test.js'), sent(marked)], ['allow', 'allow', 'allow']);
    assert.notEqual(read('api.js'), 'allow');
    assert.notEqual(sent(other), 'allow');
  });
  test('is a secret again where the list cannot be read', async () => {
    await markedIndex();
    writeFileSync(join(store, 'test-values.json'), '{');
    assert.equal(SecretIndex.load(root, store).match(marked).length, 1);
  });
});
