import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { PolicySource } from '../../../src/editor/policy-source.ts';
import { loadSnapshot } from '../../../src/gate/policy-snapshot.ts';
import { problemLine } from '../../../src/gate/policy-stack.ts';
import { createState, locateState, type State } from '../../../src/gate/state.ts';

interface Desk {
  readonly state: State;
  readonly folder: string;
  readonly policy: PolicySource;
}

async function desk(context: TestContext): Promise<Desk> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'il-')));
  context.after(() => rm(root, { recursive: true, force: true }));
  const state = locateState({ INTERLOCK_HOME: join(root, 'state') });
  await createState(state);
  const folder = join(root, 'shop');
  await mkdir(join(folder, '.interlock'), { recursive: true });
  return { state, folder, policy: new PolicySource({ state, managed: join(root, 'managed', 'policy.json'), guardPaths: ['/guarded'], folders: () => [folder], answerSeconds: () => 60 }) };
}

suite('the policy in force', () => {
  test('is the built-in one before anything is read, guarded paths included', async (context) => {
    const { policy } = await desk(context);
    assert.deepEqual(policy.current(), { ...defaultPolicy, guardPaths: ['/guarded'] });
  });

  test('a tag is kept in the person’s own file and in the snapshot that hooks read alone', async (context) => {
    const { policy, state, folder } = await desk(context);
    await policy.choose(folder, 'staging');
    assert.deepEqual(policy.chosen(), [{ folder, environment: 'staging' }]);
    assert.deepEqual(policy.current().tags, [{ folder, environment: 'staging' }]);
    const snapshot = await loadSnapshot(state);
    assert.ok('policy' in snapshot);
    assert.deepEqual([snapshot.policy.tags, snapshot.policy.guardPaths, snapshot.answerSeconds], [[{ folder, environment: 'staging' }], ['/guarded'], 60]);
    assert.equal((await stat(policy.file)).mode & 0o077, 0);
  });

  test('a tag is replaced and taken back, comments and other entries stay', async (context) => {
    const { policy, folder } = await desk(context);
    await writeFile(policy.file, '// mine\n{ "hiddenFiles": ["*.pem"], /* and */ "tags": [{ "folder": "/other", "environment": "local" }] }\n');
    await policy.load();
    await policy.choose(folder, 'staging');
    await policy.choose(folder, 'local');
    assert.deepEqual(policy.chosen(), [{ folder: '/other', environment: 'local' }, { folder, environment: 'local' }]);
    await policy.choose(folder, undefined);
    assert.deepEqual(policy.chosen(), [{ folder: '/other', environment: 'local' }]);
    assert.match(await readFile(policy.file, 'utf8'), /\/\/ mine\n[^]*\*\.pem[^]*\/\* and \*\//);
  });

  test('a file that is not JSON is told of, weakens nothing and is not overwritten', async (context) => {
    const { policy, folder } = await desk(context);
    await writeFile(policy.file, '{ "tags": [');
    assert.equal((await policy.load()).length, 1);
    assert.deepEqual(policy.current().table, defaultPolicy.table);
    await assert.rejects(policy.choose(folder, 'local'), /is not valid JSON/);
    assert.equal(await readFile(policy.file, 'utf8'), '{ "tags": [');
  });

  test('the folder’s own policy counts where it tightens, and is told of where it does not', async (context) => {
    const { policy, folder } = await desk(context);
    await writeFile(join(folder, '.interlock/policy.json'), JSON.stringify({ tags: [{ folder: 'infra', environment: 'production' }], hiddenFiles: ['*.dump'], clearFiles: ['.env'] }));
    await policy.choose(folder, 'local');
    assert.deepEqual(policy.current().tags, [{ folder, environment: 'local' }, { folder: join(folder, 'infra'), environment: 'production' }]);
    assert.deepEqual([policy.current().hiddenFiles.includes('*.dump'), policy.current().clearFiles.includes('.env')], [true, false]);
    assert.match((await policy.load()).map(problemLine).join(), /clearFiles/);
    assert.deepEqual(policy.chosen(), [{ folder, environment: 'local' }]);
  });
});
