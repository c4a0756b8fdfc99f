import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import type { ShellAction } from '../../../src/core/action.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { blindWorld } from '../../../src/core/world.ts';
import { decideToday } from '../../../src/gate/decide-today.ts';
import { loadSnapshot, parseSnapshot, saveSnapshot } from '../../../src/gate/policy-snapshot.ts';
import { temporaryState } from './gate-fixture.ts';

const removals: (() => void)[] = [];
after(() => removals.forEach((remove) => remove()));

describe('the policy that hooks decide by while no editor runs', () => {
  const fresh = () => {
    const { state, remove } = temporaryState();
    removals.push(remove);
    mkdirSync(state.root);
    return state;
  };
  const policy: Policy = {
    ...defaultPolicy,
    table: [{ verbs: ['drop'], severities: ['staging'], environments: ['staging'], tools: ['psql'], paths: ['/w/**'], decision: 'ask', typed: true, because: 'x', source: 'team', tightens: true, folder: '/w' }, ...defaultPolicy.table],
    raises: [{ match: 'db', environment: 'production' }],
    allow: [{ command: 'git push --force origin topic', folder: '/w', owner: 'ana', reason: 'mine', expires: '2026-12-31', source: 'user' }, { rule: 'a/b', resource: 'c', owner: 'o', reason: 'r', source: 'managed', expired: true }, { tool: 'a', operation: 'b', owner: 'o', reason: 'r', source: 'user' }],
    guardPaths: ['/g'],
    tags: [{ folder: '/w', environment: 'local' }],
  };
  test('is read as it was written, with everything it needs', async () => {
    const state = fresh();
    await saveSnapshot(state, { policy, answerSeconds: 30 });
    assert.deepEqual(await loadSnapshot(state), { policy, answerSeconds: 30 });
  });
  test('holds no command that counts, which only an editor runs', async () => {
    const state = fresh();
    await saveSnapshot(state, { policy: { ...policy, counts: [{ command: ['psql', 'password=s3cret'] }] }, answerSeconds: 30 });
    assert.deepEqual(await loadSnapshot(state), { policy, answerSeconds: 30 });
    assert.doesNotMatch(readFileSync(state.policy, 'utf8'), /s3cret/);
    assert.deepEqual((parseSnapshot(JSON.stringify({ version: 2, answerSeconds: 30, policy: { ...policy, counts: [{ command: ['psql'] }] } })) as { policy: Policy }).policy.counts, []);
  });
  test('holds what must be backed up and no command that does it', async () => {
    const state = fresh();
    await saveSnapshot(state, { policy: { ...policy, backups: [{ kind: 'database', environment: 'production', seconds: 9, command: ['pg_dump', 'password=s3cret'] }, { newest: ['age'] }] }, answerSeconds: 30 });
    assert.deepEqual(await loadSnapshot(state), { policy: { ...policy, backups: [{ kind: 'database', environment: 'production', seconds: 9, command: [] }] }, answerSeconds: 30 });
    assert.doesNotMatch(readFileSync(state.policy, 'utf8'), /s3cret/);
  });
  test('is the built-in one where none was written yet, with the state folder guarded', async () => {
    const state = fresh();
    assert.deepEqual(await loadSnapshot(state), { policy: { ...defaultPolicy, guardPaths: [state.root] }, answerSeconds: 120 });
  });
  test('is never a part of one', async () => {
    const state = fresh();
    await saveSnapshot(state, { policy: defaultPolicy, answerSeconds: 30 });
    const whole = readFileSync(state.policy, 'utf8');
    for (const text of [whole.slice(0, -10), '{}', '', whole.replace('"decision":"deny"', '"decision":"maybe"'), whole.replace('"answerSeconds":30', '"answerSeconds":-1'), whole.replace(/"table":\[.*?\]\s*,"resources"/, '"table":[],"resources"'), whole.replace(/"raises":\[\],/, '')]) {
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
  test('lets an allow rule count up to its last day, however long ago it was written', async () => {
    const state = fresh();
    const rule = { tool: 'git', operation: 'push-force', owner: 'ana', reason: 'my own branch', expires: '2026-12-31', source: 'user' as const };
    await saveSnapshot(state, { policy: { ...defaultPolicy, resources: [{ match: '*', environment: 'staging' }], allow: [rule] }, answerSeconds: 30 });
    const loaded = await loadSnapshot(state);
    assert.ok('policy' in loaded);
    const action: ShellAction = { tool: 'shell', shell: 'bash', command: 'git push --force origin topic', agent: 'a', session: '', cwd: '/w', workspaceRoots: [], env: {} };
    const on = (day: string) => decideToday(action, blindWorld(), loaded.policy, Date.parse(`${day}T12:00:00Z`));
    assert.deepEqual(on('2026-12-31').findings.map(({ decision, because, source, rule }) => [rule, decision, because, source]), [['git/push-force', 'keep', 'ana allowed it until 2026-12-31: my own branch', 'user']]);
    assert.equal(on('2027-01-01').decision, 'ask');
    assert.match(on('2027-01-01').findings[0]?.because ?? '', /the allow rule of ana does not count here: it expired after 2026-12-31$/);
  });
});
