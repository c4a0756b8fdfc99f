import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { array, assert as check, constantFrom, property, record } from 'fast-check';
import type { Environment } from '../../../src/core/effect.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { withLayer, withWorkspace, type WorkspaceLayer } from '../../../src/core/policy/merge.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';

const environments: readonly Environment[] = ['production', 'staging', 'development', 'local', 'unknown'];
const strictness = (environment: Environment): number => ({ local: 0, development: 1, staging: 2, production: 3, unknown: 3 })[environment];

const names = ['db-1', 'db-2', 'cache'];
const matches = [...names, 'db-*', '*'];
const folders = ['/w', '/w/api', '/w/api/src', '/other'];

/** First match wins, as it does where the policy is used. */
function environmentOf(policy: Policy, name: string): Environment {
  return policy.resources.find(({ match }) => match === name || (match.endsWith('*') && name.startsWith(match.slice(0, -1))))?.environment ?? 'unknown';
}

/** The tag of the innermost folder that has one. */
function tagOf(policy: Policy, folder: string): Environment | undefined {
  const holding = policy.tags.filter((tag) => folder === tag.folder || folder.startsWith(`${tag.folder}/`));
  return holding.toSorted((a, b) => b.folder.length - a.folder.length)[0]?.environment;
}

const anyEnvironment = constantFrom(...environments);
const policies = record({
  resources: array(record({ match: constantFrom(...matches), environment: anyEnvironment })),
  tags: array(record({ folder: constantFrom(...folders), environment: anyEnvironment })),
  hiddenFiles: array(constantFrom('*.pem', 'x')),
}).map((given) => withLayer(defaultPolicy, { table: [], clearFiles: ['public.pem'], ...given }, 'user'));

const workspaces: ReturnType<typeof record<WorkspaceLayer>> = record({
  resources: array(record({ match: constantFrom(...matches), environment: anyEnvironment })),
  tags: array(record({ folder: constantFrom('.', 'api', 'api/src', '..', '../other', '/other', '/'), environment: anyEnvironment })),
  hiddenFiles: array(constantFrom('y', '!*.pem', '!x', 'a\n!x')),
});

test('whatever a workspace says, nothing becomes less strict', () => {
  check(
    property(policies, workspaces, (policy, workspace) => {
      const { policy: merged } = withWorkspace(policy, workspace, '/w');
      assert.deepEqual([merged.table, merged.clearFiles, merged.guardPaths], [policy.table, policy.clearFiles, policy.guardPaths]);
      assert.deepEqual(merged.hiddenFiles.slice(0, policy.hiddenFiles.length), policy.hiddenFiles);
      assert.ok(!merged.hiddenFiles.slice(policy.hiddenFiles.length).some((pattern) => pattern.includes('!')));
      for (const name of names) assert.ok(strictness(environmentOf(merged, name)) >= strictness(environmentOf(policy, name)), name);
      for (const folder of folders) {
        const before = tagOf(policy, folder);
        const now = tagOf(merged, folder);
        assert.ok(before === undefined || (now !== undefined && strictness(now) >= strictness(before)), folder);
      }
      assert.equal(tagOf(merged, '/other'), tagOf(policy, '/other'), 'a workspace tags only its own folders');
    }),
  );
});

describe('what a workspace may say', () => {
  const base = withLayer(defaultPolicy, { table: [], resources: [{ match: 'db', environment: 'development' }], tags: [{ folder: '/mine', environment: 'local' }], hiddenFiles: [], clearFiles: [] }, 'user');
  const nothing: WorkspaceLayer = { resources: [], tags: [], hiddenFiles: [] };
  const cases: readonly [string, Partial<WorkspaceLayer>, string, (policy: Policy) => unknown, unknown, number][] = [
    ['hide files', { hiddenFiles: ['a', 'b'] }, '/w', (policy) => policy.hiddenFiles, ['a', 'b'], 0],
    ['not show files', { hiddenFiles: ['!a', 'b'] }, '/w', (policy) => policy.hiddenFiles, ['b'], 1],
    ['tag its folder', { tags: [{ folder: '.', environment: 'staging' }] }, '/w', (policy) => policy.tags.at(-1), { folder: '/w', environment: 'staging' }, 0],
    ['tag a folder of its own', { tags: [{ folder: 'api', environment: 'production' }] }, '/w', (policy) => policy.tags.at(-1), { folder: '/w/api', environment: 'production' }, 0],
    ['not tag its folder against a person', { tags: [{ folder: '.', environment: 'production' }] }, '/mine', (policy) => policy.tags, base.tags, 1],
    ['not tag another folder', { tags: [{ folder: '..', environment: 'local' }] }, '/w', (policy) => policy.tags, base.tags, 1],
    ['place a known resource higher', { resources: [{ match: 'db', environment: 'staging' }] }, '/w', (policy) => policy.resources, [{ match: 'db', environment: 'staging' }], 0],
    ['not place it lower', { resources: [{ match: 'db', environment: 'local' }] }, '/w', (policy) => policy.resources, base.resources, 1],
    ['place an unknown resource in production', { resources: [{ match: 'x', environment: 'production' }] }, '/w', (policy) => policy.resources[0], { match: 'x', environment: 'production' }, 0],
    ['not place an unknown resource anywhere else', { resources: [{ match: 'x', environment: 'staging' }] }, '/w', (policy) => policy.resources, base.resources, 1],
  ];
  for (const [name, layer, folder, look, expected, count] of cases) {
    test(name, () => {
      const { policy, problems } = withWorkspace(base, { ...nothing, ...layer }, folder);
      assert.deepEqual([look(policy), problems.length], [expected, count]);
    });
  }
});
