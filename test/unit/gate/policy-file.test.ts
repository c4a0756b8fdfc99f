import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { loadSnapshot, parsePolicy, parseSnapshot, parseWorkspacePolicy, saveSnapshot } from '../../../src/gate/policy-file.ts';
import { temporaryState } from './gate-fixture.ts';

const removals: (() => void)[] = [];
after(() => removals.forEach((remove) => remove()));

describe('a person’s policy file', () => {
  test('comes before the built-in policy', () => {
    const { policy, problems } = parsePolicy(
      `{ // mine
        "version": 1,
        "table": [{ "verbs": ["drop"], "severities": ["staging"], "decision": "deny", "because": "never here" }],
        "resources": [{ "match": "db-1", "environment": "staging" }],
        "tags": [{ "folder": "/w", "environment": "production" }],
        "hiddenFiles": ["*.key"], "clearFiles": ["public.key"],
      }`,
      'user',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(policy.table[0], { verbs: ['drop'], severities: ['staging'], decision: 'deny', because: 'never here', source: 'user' });
    assert.deepEqual(policy.table.slice(1), defaultPolicy.table);
    assert.deepEqual([policy.resources, policy.tags, policy.hiddenFiles, policy.clearFiles], [[{ match: 'db-1', environment: 'staging' }], [{ folder: '/w', environment: 'production' }], ['*.key'], ['public.key']]);
  });
  test('an entry that cannot be used does not take the others with it', () => {
    const { policy, problems } = parsePolicy('{"resources": [{"match": "a"}, {"match": "b", "environment": "local"}, 7], "table": {}, "colour": 1}', 'user');
    assert.deepEqual(policy.resources, [{ match: 'b', environment: 'local' }]);
    assert.deepEqual(policy.table, defaultPolicy.table);
    assert.equal(problems.length, 4);
  });
  const useless: readonly [string, string][] = [
    ['cut off', '{"resources": ['],
    ['not JSON', 'hello'],
    ['a list', '[]'],
    ['far too large', `{"hiddenFiles": ["${'x'.repeat(1_100_000)}"]}`],
  ];
  for (const [name, text] of useless) {
    test(`none of it is used, and that is said: ${name}`, () => {
      const { policy, problems } = parsePolicy(text, 'user');
      assert.deepEqual([policy, problems.length], [defaultPolicy, 1]);
    });
  }
  for (const text of ['', '{}', '// nothing yet']) test(`nothing to say: ${JSON.stringify(text)}`, () => assert.deepEqual(parsePolicy(text, 'user'), { policy: defaultPolicy, problems: [] }));
});

test('a workspace cannot say what would happen to effects, nor show files', () => {
  const { layer, problems } = parseWorkspacePolicy('{"table": [], "clearFiles": ["x"], "hiddenFiles": ["y"], "tags": [{"folder": ".", "environment": "staging"}], "resources": []}');
  assert.deepEqual(layer, { resources: [], tags: [{ folder: '.', environment: 'staging' }], hiddenFiles: ['y'] });
  assert.equal(problems.length, 2);
});

describe('the policy that hooks decide by while no editor runs', () => {
  const fresh = () => {
    const { state, remove } = temporaryState();
    removals.push(remove);
    mkdirSync(state.root);
    return state;
  };
  test('is read as it was written', async () => {
    const state = fresh();
    const policy = { ...defaultPolicy, guardPaths: ['/g'], tags: [{ folder: '/w', environment: 'local' as const }] };
    await saveSnapshot(state, { policy, answerSeconds: 30 });
    assert.deepEqual(await loadSnapshot(state), { policy, answerSeconds: 30 });
  });
  test('is the built-in one where none was written yet, with the state folder guarded', async () => {
    const state = fresh();
    assert.deepEqual(await loadSnapshot(state), { policy: { ...defaultPolicy, guardPaths: [state.root] }, answerSeconds: 120 });
  });
  test('is never a part of one', async () => {
    const state = fresh();
    await saveSnapshot(state, { policy: defaultPolicy, answerSeconds: 30 });
    const whole = readFileSync(state.policy, 'utf8');
    for (const text of [whole.slice(0, -10), '{}', '', whole.replace('"decision":"deny"', '"decision":"maybe"'), whole.replace('"answerSeconds":30', '"answerSeconds":-1'), whole.replace(/"table":\[.*?\]\s*,"resources"/, '"table":[],"resources"')]) {
      writeFileSync(state.policy, text);
      assert.ok('problem' in (await loadSnapshot(state)), text.slice(0, 60));
    }
    assert.ok('problem' in parseSnapshot('null'));
  });
  test('cannot be read', async () => {
    const state = fresh();
    mkdirSync(state.policy);
    assert.ok('problem' in (await loadSnapshot(state)));
  });
});
