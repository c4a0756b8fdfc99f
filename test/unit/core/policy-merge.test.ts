import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Arbitrary, array, assert as check, constantFrom, option, property, record, subarray } from 'fast-check';
import type { Effect, Environment, LocatedEffect, Verb } from '../../../src/core/effect.ts';
import { locate } from '../../../src/core/environment/locate.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { type PolicyLayer, type TighteningLayer, withLayer, withTightening } from '../../../src/core/policy/merge.ts';
import type { AllowRule, Policy, ResourceMapping, Severity, TableRow } from '../../../src/core/policy/policy.ts';
import { rulingOn } from '../../../src/core/policy/ruling.ts';
import { isStricter, strictness } from '../../../src/core/policy/strictness.ts';
import { fileRules, fileVerdict } from '../../../src/core/secrets/files.ts';
import { decisions } from '../../../src/core/verdict.ts';
import { blindWorld } from '../../../src/core/world.ts';
import { actionIn } from './analysed.ts';

const environments: readonly Environment[] = ['production', 'staging', 'development', 'local', 'unknown'];
const severities: readonly Severity[] = ['regenerable', 'local-recoverable', 'local-lost', 'staging', 'production', 'everything'];
const verbs: readonly Verb[] = ['delete', 'drop', 'publish', 'runUnknown', 'weakenGuard', 'readSecret'];
const names = ['db-1', 'db-2', 'cache'];
const matches = [...names, 'db-*', '*'];
const folders = ['/w', '/w/api', '/w/api/src', '/other'];
const files = ['/w/a.pem', '/w/api/dump.sql', '/w/notes.md', '/w/.env'];
const command = 'rm -rf api';

const anyEnvironment = constantFrom(...environments);
const rows: Arbitrary<TableRow> = record({
  verbs: subarray([...verbs], { minLength: 1 }),
  severities: subarray([...severities], { minLength: 1 }),
  environments: option(subarray(['production', 'staging', 'development', 'local'] as const, { minLength: 1 }), { nil: undefined }),
  tools: option(subarray(['rm', 'terraform', 'rm/delete'], { minLength: 1 }), { nil: undefined }),
  paths: option(subarray(['api', '/w/api/**', '*.sql', '/w', '**/src', '/other'], { minLength: 1 }), { nil: undefined }),
  decision: constantFrom(...decisions),
  typed: constantFrom(true, false),
}).map(({ environments, tools, paths, ...row }) => ({ ...row, because: 'x', ...(environments && { environments }), ...(tools && { tools }), ...(paths && { paths }) }));
const mappings: Arbitrary<ResourceMapping> = record({ match: constantFrom(...matches), environment: anyEnvironment });
const allowances = constantFrom<AllowRule>(
  { command, owner: 'o', reason: 'r' }, { command, folder: '/w', owner: 'o', reason: 'r' },
  { rule: 'rm/delete', resource: '*', owner: 'o', reason: 'r' }, { rule: 'terraform/destroy', resource: 'db-*', owner: 'o', reason: 'r', expires: '2000-01-01' },
  { tool: 'rm', operation: 'delete', folder: '/w/api', owner: 'o', reason: 'r' },
);
const layers: Arbitrary<PolicyLayer> = record({
  table: array(rows, { maxLength: 6 }),
  resources: array(mappings, { maxLength: 4 }),
  tags: array(record({ folder: constantFrom(...folders), environment: anyEnvironment })),
  hiddenFiles: array(constantFrom('*.pem', '*.md', '!*.sql', '!notes.md')),
  allow: array(allowances, { maxLength: 3 }),
  clearFiles: array(constantFrom('*.pem', '.env', '!.env')),
});
const workspaces: Arbitrary<TighteningLayer> = record({
  table: array(rows, { maxLength: 6 }),
  resources: array(mappings, { maxLength: 4 }),
  tags: array(record({ folder: constantFrom('.', 'api', 'api/src', '..', '../other', '/other', '/'), environment: anyEnvironment })),
  hiddenFiles: array(constantFrom('*.sql', '!*.pem', '!notes.md', 'a\n!*.md')),
});

const effects: Arbitrary<Effect> = record({
  verb: constantFrom(...verbs),
  name: constantFrom('', ...names),
  rule: constantFrom('rm/delete', 'terraform/destroy'),
  reversibility: constantFrom('reversible', 'recoverable', 'irreversible'),
  target: constantFrom<Effect['target']>({ by: 'path' }, { by: 'host', host: 'localhost' }, { by: 'host', host: 'db-2' }, { by: 'named', system: 'railway', name: 'staging' }, { by: 'named', system: 'railway' }),
  paths: option(subarray(['/w/api', '/w/api/dump.sql', '/w', '/w/notes.md', '/other/src'], { minLength: 1 }), { nil: undefined }),
  recursive: constantFrom(true, false),
  everything: constantFrom(true, false, false, false),
  regenerable: constantFrom(true, false),
}).map(({ name, paths, ...effect }) => ({ ...effect, resource: { kind: 'thing', name }, certainty: 'certain', why: '', ...(paths && { paths }) }));

const action = { ...actionIn({}), cwd: '/w', workspaceRoots: ['/w'], tool: 'shell', shell: 'bash', command } as const;
const located = (effect: Effect, policy: Policy): LocatedEffect => locate(effect, action, blindWorld(), policy);
const heldBy = (effect: Effect, policy: Policy): number => strictness(rulingOn(located(effect, policy), action, policy));

/** The tag of the innermost folder that has one. */
function tagOf(policy: Policy, folder: string): Environment | undefined {
  const holding = policy.tags.filter((tag) => folder === tag.folder || folder.startsWith(`${tag.folder}/`));
  return holding.toSorted((a, b) => b.folder.length - a.folder.length)[0]?.environment;
}

const seen = (policy: Policy, file: string): number => ['clear', 'masked', 'hidden'].indexOf(fileVerdict(file, undefined, fileRules(policy, ['/w'])));

/** Nothing that `before` said has become less strict. */
function assertTightened(before: Policy, after: Policy, effect: Effect): void {
  assert.ok(heldBy(effect, after) >= heldBy(effect, before), `${heldBy(effect, after)} < ${heldBy(effect, before)}`);
  for (const file of files) assert.ok(seen(after, file) >= seen(before, file), file);
  for (const folder of folders) {
    const [was, is] = [tagOf(before, folder), tagOf(after, folder)];
    assert.ok(was === undefined || (is !== undefined && !isStricter(was, is)), folder);
  }
  assert.deepEqual([after.clearFiles, after.guardPaths, after.allow], [before.clearFiles, before.guardPaths, before.allow]);
}

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
  const person: Policy = withLayer(defaultPolicy, { table: [], allow: [], resources: [{ match: 'db', environment: 'development' }], tags: [{ folder: '/mine', environment: 'local' }], hiddenFiles: [], clearFiles: [] }, 'user').policy;
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
