import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import type { ShellAction } from '../../../src/core/action.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { matchesGlob } from '../../../src/core/policy/glob.ts';
import { PolicySource } from '../../../src/editor/policy-source.ts';
import { userTemplate, workspaceTemplate } from '../../../src/editor/policy-template.ts';
import { managedPolicyPath } from '../../../src/gate/managed-policy.ts';
import { PolicyUnwritable } from '../../../src/gate/policy-edit.ts';
import { readPolicy, readWorkspacePolicy } from '../../../src/gate/policy-file.ts';
import { loadSnapshot } from '../../../src/gate/policy-snapshot.ts';
import { problemLine } from '../../../src/gate/policy-stack.ts';
import { createState, locateState, type State } from '../../../src/gate/state.ts';

interface Desk {
  readonly state: State;
  readonly managed: string;
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
  const managed = join(root, 'managed.json');
  return { state, managed, folder, policy: openedAgain(state, managed, folder) };
}

/** What another start of the editor would have. */
function openedAgain(state: State, managed: string, folder: string): PolicySource {
  return new PolicySource({ state, managed, guardPaths: ['/guarded'], folders: () => [folder], mask: (text) => text.replaceAll('hunter2', '…'), answerSeconds: () => 60 });
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

const command: ShellAction = { tool: 'shell', shell: 'bash', command: 'git push --force origin topic', agent: 'a', session: '', cwd: '/w', workspaceRoots: [], env: {} };

suite('what a person answers for good', () => {
  test('one exact command in its folder', async (context) => {
    const { policy, state } = await desk(context);
    await policy.allowExactly(command, 'ana', 'my own branch');
    const rule = { command: command.command, folder: '/w', owner: 'ana', reason: 'my own branch' };
    assert.deepEqual(policy.current().allow, [{ ...rule, source: 'user' }]);
    const snapshot = await loadSnapshot(state);
    assert.deepEqual('policy' in snapshot && snapshot.policy.allow, [{ ...rule, source: 'user' }]);
  });
  test('and nothing that is no command, or runs nobody knows where', async (context) => {
    const { policy } = await desk(context);
    for (const action of [{ ...command, cwd: '' }, { ...command, tool: 'delete', path: '/w' } as const]) await assert.rejects(policy.allowExactly(action, 'ana', 'x'), PolicyUnwritable);
    assert.deepEqual(policy.current().allow, []);
  });
  test('and nothing with a secret in it, which would then stand in a file', async (context) => {
    const { policy } = await desk(context);
    await assert.rejects(policy.allowExactly({ ...command, command: 'mysql -phunter2 x' }, 'ana', 'x'), /There is a secret in this command/);
    await assert.rejects(policy.placeResource('postgres://u:hunter2@h/x', 'staging'), /There is a secret in this name/);
    assert.deepEqual([policy.current().allow, policy.current().resources], [[], []]);
  });
  test('a resource’s environment, before what was said of it earlier, with comments and all else as it was', async (context) => {
    const { policy } = await desk(context);
    await writeFile(policy.file, '// mine\n{\n  "resources": [\n    // all of them\n    { "match": "db*", "environment": "production" }\n  ],\n  "hiddenFiles": ["*.pem"] // keep\n}\n');
    await policy.placeResource('db-1', 'staging');
    await policy.placeResource('db-2', 'staging');
    await policy.placeResource('db-1', 'development');
    assert.deepEqual(policy.current().resources, [{ match: 'db-2', environment: 'staging' }, { match: 'db-1', environment: 'development' }, { match: 'db*', environment: 'production' }]);
    assert.match(await readFile(policy.file, 'utf8'), /^\/\/ mine\n[^]*\/\/ all of them[^]*"hiddenFiles": \["\*\.pem"\] \/\/ keep\n\}\n$/);
  });
  test('a name with signs in it is no glob', async (context) => {
    const { policy } = await desk(context);
    await policy.placeResource('a*[b]', 'staging');
    const { match } = policy.current().resources[0] ?? { match: '' };
    assert.deepEqual([matchesGlob('a*[b]', match), matchesGlob('axb', match), matchesGlob('a*b', match)], [true, false, false]);
    await assert.rejects(policy.placeResource('a{b,c}', 'staging'), PolicyUnwritable);
  });
  test('not while the file is not JSON, or has something else in the list’s place', async (context) => {
    const { policy } = await desk(context);
    for (const text of ['{ "allow": [', '[]', '{ "allow": {}, "resources": 1 }']) {
      await writeFile(policy.file, text);
      await assert.rejects(policy.allowExactly(command, 'ana', 'x'), PolicyUnwritable);
      await assert.rejects(policy.placeResource('x', 'local'), PolicyUnwritable);
      assert.equal(await readFile(policy.file, 'utf8'), text);
    }
  });
  test('several at once are all kept', async (context) => {
    const { policy, folder } = await desk(context);
    await Promise.all([policy.placeResource('a', 'staging'), policy.allowExactly(command, 'ana', 'x'), policy.choose(folder, 'local'), policy.placeResource('b', 'staging')]);
    const { resources, allow, tags } = policy.current();
    assert.deepEqual([resources.length, allow.length, tags.length], [2, 1, 1]);
  });
});

suite('a file that cannot be read never weakens', () => {
  const strict = '{"table": [{"verbs": ["drop"], "severities": ["staging"], "decision": "deny", "because": "never"}], "hiddenFiles": ["*.dump"]}';
  const holds = (policy: PolicySource): readonly unknown[] => [policy.current().table.some(({ because }) => because === 'never'), policy.current().hiddenFiles.includes('*.dump')];
  const slips: readonly [string, string][] = [['cut off', '{"table": ['], ['a row that cannot be read', '{"table": [{"verbs": ["drop"]}], "hiddenFiles": [7]}'], ['misspelt lists', '{"tables": [], "hidden": []}']];
  for (const [what, text] of slips) {
    test(`${what}: what was last read stays, over a restart too, and is told of until it is corrected`, async (context) => {
      const { policy, state, managed, folder } = await desk(context);
      await writeFile(policy.file, strict);
      await policy.load();
      await writeFile(policy.file, text);
      assert.notEqual((await policy.load()).length, 0);
      assert.deepEqual([holds(policy), policy.broken()], [[true, true], [policy.file]]);
      const later = openedAgain(state, managed, folder);
      await later.load();
      assert.deepEqual([holds(later), later.broken()], [[true, true], [policy.file]]);
      await writeFile(policy.file, '{"table": [], "hiddenFiles": []}');
      assert.deepEqual(await later.load(), []);
      assert.deepEqual([holds(later), later.broken()], [[false, false], []]);
    });
  }
  test('a folder in its place, and a team’s file that is cut off', async (context) => {
    const { policy, folder } = await desk(context);
    const team = join(folder, '.interlock/policy.json');
    await writeFile(team, strict);
    await policy.load();
    await writeFile(team, strict.slice(0, -5));
    await mkdir(policy.file);
    await policy.load();
    assert.deepEqual([holds(policy), policy.broken()], [[true, true], [policy.file, team]]);
  });
});

test('a home folder that is opened is no team’s: what stands there is Interlock’s own', async (context) => {
  const { state, managed } = await desk(context);
  const home = openedAgain({ ...state, root: join(state.root, '.interlock'), policy: join(state.root, '.interlock/policy.json') }, managed, state.root);
  await mkdir(join(state.root, '.interlock'));
  await home.load();
  assert.deepEqual([await home.load(), home.broken()], [[], []]);
});

suite('an organisation’s file', () => {
  const loose = '{"table": [{"verbs": ["drop"], "severities": ["staging"], "decision": "allow", "because": "x"}], "resources": [{"match": "db", "environment": "production"}]}';
  test('counts in full where only root can have written it', async (context) => {
    const { policy, managed } = await desk(context);
    await writeFile(managed, loose);
    const problems = await policy.load();
    // What a test writes is its own, unless it runs as root.
    const isRoots = process.getuid?.() === 0;
    assert.deepEqual([problems.length, policy.current().table.find(({ source }) => source === 'managed')?.tightens], isRoots ? [0, undefined] : [1, true]);
    await assert.rejects(policy.placeResource('db', 'local'), /Your organisation’s policy places db in production/);
  });
  test('that others can write to only tightens, and that is said', async (context) => {
    const { policy, managed } = await desk(context);
    await writeFile(managed, loose);
    await chmod(managed, 0o666);
    assert.match((await policy.load())[0]?.message ?? '', /can only make things stricter/);
    assert.equal(policy.current().table.find(({ source }) => source === 'managed')?.tightens, true);
    assert.deepEqual([policy.current().resources, policy.current().raises], [[], [{ match: 'db', environment: 'production' }]]);
  });
  test('says where records go, once it has been read, and not where others can write to it', async (context) => {
    const { policy, managed } = await desk(context);
    assert.equal(policy.organisationsCollector(), 'unreadable', 'nobody knows yet, so nothing is sent');
    await policy.load();
    assert.equal(policy.organisationsCollector(), undefined);
    await writeFile(managed, '{"openTelemetry": {"endpoint": "https://c.example"}}');
    await policy.load();
    const collector = policy.organisationsCollector();
    assert.equal(typeof collector === 'object' ? collector.endpoint : collector, process.getuid?.() === 0 ? 'https://c.example' : undefined);
    await chmod(managed, 0o666);
    await policy.load();
    assert.equal(policy.organisationsCollector(), undefined);
  });
  test('stands where each system keeps such files', () => {
    assert.deepEqual([managedPolicyPath('linux', {}), managedPolicyPath('darwin', {}), managedPolicyPath('win32', { ProgramData: 'D:\\Data' }), managedPolicyPath('win32', {})], ['/etc/interlock/policy.json', '/Library/Application Support/Interlock/policy.json', 'D:\\Data\\Interlock\\policy.json', 'C:\\ProgramData\\Interlock\\policy.json']);
  });
});

suite('what a policy file is created with', () => {
  for (const [name, template, read] of [['a person’s', userTemplate, readPolicy], ['a team’s', workspaceTemplate, readWorkspacePolicy]] as const) {
    test(`${name} says nothing yet`, () => assert.deepEqual([read(template).problems, Object.values(read(template).layer).flat()], [[], []]));
    test(`${name} has examples that work`, () => {
      const { problems, layer } = read(template.replaceAll(/^( *)\/\/ (?=\{)/gm, '$1'));
      assert.deepEqual(problems, []);
      assert.notEqual(layer.table.length * layer.resources.length, 0);
    });
  }
});
