import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { saveSnapshot } from '../../../src/gate/policy-snapshot.ts';
import { restoreHere } from '../../../src/gate/restore-here.ts';
import { locateState, type State } from '../../../src/gate/state.ts';
import { defaultVaultBounds } from '../../../src/vault/bounds.ts';
import { Vault } from '../../../src/vault/vault.ts';
import { action, losing, scratch } from '../vault/scratch.ts';

interface Machine {
  readonly home: string;
  readonly state: State;
  readonly id: string;
  readonly restore: (...argv: readonly string[]) => Promise<{ readonly code: number; readonly said: string }>;
}

/** A home folder in whose project these files were kept and then deleted. */
async function machineThatLost(context: TestContext, files: Readonly<Record<string, string>>): Promise<Machine> {
  const home = await scratch(context);
  const state = locateState({ INTERLOCK_HOME: join(home, '.interlock') }, home);
  const paths = Object.keys(files).map((name) => join(home, name));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), content);
  }
  const { manifest: id = '' } = await new Vault({ folder: state.vault, bounds: () => defaultVaultBounds, describe: () => 'rm -rf' }).keep(action, losing('delete', paths));
  for (const path of paths) rmSync(path);
  const restore = async (...argv: readonly string[]): Promise<{ code: number; said: string }> => {
    let said = '';
    const code = await restoreHere(argv, { state, home, cwd: home, write: async (text) => void (said += text) });
    return { code, said };
  };
  return { home, state, id, restore };
}

describe('what decides whether agents are watched is not put back from the command line', () => {
  const rows: readonly (readonly [danger: string, name: string, content: string])[] = [
    ['hooks of an agent', 'p/.claude/settings.json', '{}'],
    ['hooks of a project', 'p/.cursor/hooks.json', '{}'],
    ['a team’s policy', 'p/.interlock/policy.json', '{}'],
    ['Interlock’s own policy', '.interlock/policy.json', '{}'],
    ['another guard', '.nah/config.yaml', ''],
    ['a setting of the editor that turns hooks off', 'p/.vscode/settings.json', '{ "chat.useHooks": false }'],
  ];
  for (const [danger, name, content] of rows) {
    test(danger, async (context) => {
      const { home, id, restore } = await machineThatLost(context, { [name]: content, 'p/code.ts': 'work' });
      const { code, said } = await restore(id);
      assert.equal(code, 1);
      assert.match(said, new RegExp(`guard file  .*${name}`));
      assert.ok(!existsSync(join(home, name)));
      assert.equal(readFileSync(join(home, 'p/code.ts'), 'utf8'), 'work');
    });
  }

  test('other settings of the editor come back', async (context) => {
    const { home, id, restore } = await machineThatLost(context, { 'p/.vscode/settings.json': '{ "editor.tabSize": 2 }' });
    assert.equal((await restore(id)).code, 0);
    assert.ok(existsSync(join(home, 'p/.vscode/settings.json')));
  });

  for (const to of ['.interlock', '.interlock/vault/new', 'p/.claude/hooks', '.config/opencode']) {
    test(`nothing is put into ${to}`, async (context) => {
      const { home, id, restore } = await machineThatLost(context, { 'p/code.ts': 'work' });
      await assert.rejects(restore(id, '--to', join(home, to)), /decides whether agents on this machine are watched/);
    });
  }
});

describe('a secret is put back where it was and nowhere else', () => {
  const lost = { 'p/.env': 'TOKEN=abc', 'p/team/plan.txt': 'plan', 'p/code.ts': 'work' };

  test('by name, and by what the policy hides', async (context) => {
    const { home, id, state, restore } = await machineThatLost(context, lost);
    await saveSnapshot(state, { policy: { ...defaultPolicy, hiddenFiles: ['team/**'] }, answerSeconds: 60 });
    const { code, said } = await restore(id, '--to', 'out');
    assert.equal(code, 1);
    assert.match(said, /^hidden      .*\.env$/m);
    assert.match(said, /^hidden      .*plan\.txt$/m);
    assert.ok(!said.includes('abc'));
    const copies = readdirSync(join(home, 'out'), { recursive: true }).map(String).filter((name) => /\.\w+$/.test(name));
    assert.deepEqual(copies.map((name) => name.slice(name.lastIndexOf('/') + 1)), ['code.ts']);
    assert.equal((await restore(id)).code, 0);
    assert.equal(readFileSync(join(home, 'p/.env'), 'utf8'), 'TOKEN=abc');
  });

  test('by what the team’s file hides', async (context) => {
    const { home, id, restore } = await machineThatLost(context, lost);
    mkdirSync(join(home, 'p/.interlock'));
    writeFileSync(join(home, 'p/.interlock/policy.json'), '{ "hiddenFiles": ["team/**"] }');
    assert.match((await restore(id, '--to', 'out')).said, /^hidden      .*plan\.txt$/m);
  });

  test('nothing goes elsewhere while nobody can say what is hidden', async (context) => {
    const { home, id, state, restore } = await machineThatLost(context, lost);
    writeFileSync(state.policy, '{');
    await assert.rejects(restore(id, '--to', 'out'), /nobody can say which files are hidden/);
    assert.ok(!existsSync(join(home, 'out')));
    assert.equal((await restore(id)).code, 0);
  });
});

test('the journal says that it was the command line', async (context) => {
  const { id, state, restore } = await machineThatLost(context, { 'p/code.ts': 'work' });
  await restore(id);
  const [day = ''] = readdirSync(state.journal).filter((name) => name.endsWith('.jsonl'));
  const { type, what, by } = JSON.parse(readFileSync(join(state.journal, day), 'utf8')) as Record<string, unknown>;
  assert.deepEqual({ type, what, by }, { type: 'configuration', what: `Restored what was kept before “rm -rf” (${id}): 1 restored.`, by: 'command line' });
});
