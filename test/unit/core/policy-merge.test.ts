import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assert as check, property } from 'fast-check';
import type { Environment } from '../../../src/core/effect.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { type PolicyLayer, type TighteningLayer, withLayer, withTightening } from '../../../src/core/policy/merge.ts';
import type { Policy, ResourceMapping } from '../../../src/core/policy/policy.ts';
import { rulingOn } from '../../../src/core/policy/ruling.ts';
import { isStricter, strictness } from '../../../src/core/policy/strictness.ts';
import { fileRules } from '../../../src/core/secrets/files.ts';
import { action, assertTightened, effects, files, folders, layers, located, seen, severities, tagOf, verbs, workspaces } from './policy-samples.ts';

const base = (managed: PolicyLayer, user: PolicyLayer): Policy => withLayer(withLayer(defaultPolicy, managed, 'managed').policy, user, 'user').policy;
const runs = { numRuns: 500 };

test('whatever a workspace says, every effect is held at least as strictly as without it', () => {
  check(property(layers, layers, workspaces, effects, (managed, user, workspace, effect) => {
    const before = base(managed, user);
    assertTightened(before, withTightening(before, workspace, 'team', '/w').policy, effect);
  }), runs);
});

test('nor does one workspace loosen what another has tightened', () => {
  check(property(layers, workspaces, workspaces, effects, (user, one, other, effect) => {
    const before = withTightening(withLayer(defaultPolicy, user, 'user').policy, one, 'team', '/w').policy;
    assertTightened(before, withTightening(before, other, 'team', '/w/api').policy, effect);
  }), runs);
});

test('what can be read of a broken file of a person only tightens', () => {
  check(property(layers, workspaces, effects, (user, broken, effect) => {
    const before = withLayer(defaultPolicy, user, 'user').policy;
    assertTightened(before, withTightening(before, { ...broken, tags: [] }, 'user').policy, effect);
  }), runs);
});

/** Stands for everything below an organisation's rows, and holds nothing. */
const lenient = { verbs, severities, decision: 'allow', because: 'x', source: 'built-in' } as const;

test('whatever a person says, what their organisation’s rows hold stays at least as strict', () => {
  let held = 0;
  check(property(layers, layers, effects, (managed, user, effect) => {
    const alone = withLayer(defaultPolicy, managed, 'managed').policy;
    const both = base(managed, user);
    // A person may place what their organisation has not; the rows are compared for the effect as it is with both.
    const placed = located(effect, both);
    const word = rulingOn(placed, action, { ...alone, table: [...alone.table.filter(({ source }) => source === 'managed'), lenient] });
    if (word.source === 'managed') held += 1;
    assert.ok(strictness(rulingOn(placed, action, both)) >= strictness(word));
    if (managed.resources.some(({ match }) => [effect.resource.name, effect.target.by === 'host' ? effect.target.host : ''].includes(match))) assert.equal(placed.environment, located(effect, alone).environment);
    for (const file of files) if (fileRules({ hiddenFiles: alone.hiddenFiles, clearFiles: [] }, ['/w']).hidden.ignores(file.slice(3))) assert.equal(seen(both, file), 2);
    for (const folder of folders) {
      const [was, is] = [tagOf(alone, folder), tagOf(both, folder)];
      assert.ok(was === undefined || (is !== undefined && !isStricter(was, is)), folder);
    }
  }), runs);
  assert.ok(held > 25, 'the organisation had something to say often enough to matter');
});

describe('what a workspace may say', () => {
  const person: Policy = withLayer(defaultPolicy, { table: [], allow: [], resources: [{ match: 'db', environment: 'development' }], tags: [{ folder: '/mine', environment: 'local' }], hiddenFiles: [], clearFiles: [], counts: [], backups: [] }, 'user').policy;
  const nothing: TighteningLayer = { table: [], resources: [], tags: [], hiddenFiles: [] };
  const cases: readonly [string, Partial<TighteningLayer>, string, (policy: Policy) => unknown, unknown, number][] = [
    ['hide files', { hiddenFiles: ['a', 'b'] }, '/w', (policy) => policy.hiddenFiles, ['a', 'b'], 0],
    ['not show files', { hiddenFiles: ['!a', 'b'] }, '/w', (policy) => policy.hiddenFiles, ['b'], 1],
    ['tag its folder', { tags: [{ folder: '.', environment: 'staging' }] }, '/w', (policy) => policy.tags.at(-1), { folder: '/w', environment: 'staging' }, 0],
    ['tag a folder of its own', { tags: [{ folder: 'api', environment: 'production' }] }, '/w', (policy) => policy.tags.at(-1), { folder: '/w/api', environment: 'production' }, 0],
    ['not tag its folder against a person', { tags: [{ folder: '.', environment: 'production' }] }, '/mine', (policy) => policy.tags, person.tags, 1],
    ['not tag another folder', { tags: [{ folder: '..', environment: 'local' }] }, '/w', (policy) => policy.tags, person.tags, 1],
  ];
  for (const [name, layer, folder, look, expected, count] of cases) {
    test(name, () => {
      const { policy, problems } = withTightening(person, { ...nothing, ...layer }, 'team', folder);
      assert.deepEqual([look(policy), problems.length], [expected, count]);
    });
  }
  const environmentWith = (resources: readonly ResourceMapping[], name: string): Environment =>
    located({ verb: 'drop', resource: { kind: 'database', name }, reversibility: 'irreversible', certainty: 'certain', rule: 'psql/x', why: '', target: { by: 'named', system: 'railway' } }, withTightening(person, { ...nothing, resources }, 'team', '/w').policy).environment;
  const placings: readonly [string, string, Environment, Environment][] = [
    ['place a known resource higher', 'db', 'staging', 'staging'],
    ['not place it lower', 'db', 'local', 'development'],
    ['place an unknown resource in production', 'x', 'production', 'production'],
    ['not place an unknown resource anywhere else', 'x', 'staging', 'unknown'],
  ];
  for (const [name, match, environment, expected] of placings) test(name, () => assert.equal(environmentWith([{ match, environment }], match), expected));
});
