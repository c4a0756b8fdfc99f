import assert from 'node:assert/strict';
import { type Arbitrary, array, constantFrom, option, record, subarray } from 'fast-check';
import type { Effect, Environment, LocatedEffect, Verb } from '../../../src/core/effect.ts';
import { locate } from '../../../src/core/environment/locate.ts';
import type { BackupCommands } from '../../../src/core/policy/backups.ts';
import type { CountCommand } from '../../../src/core/policy/counts.ts';
import type { PolicyLayer, TighteningLayer } from '../../../src/core/policy/merge.ts';
import type { AllowRule, Policy, ResourceMapping, Severity, TableRow } from '../../../src/core/policy/policy.ts';
import { rulingOn } from '../../../src/core/policy/ruling.ts';
import { isStricter, strictness } from '../../../src/core/policy/strictness.ts';
import { fileRules, fileVerdict } from '../../../src/core/secrets/files.ts';
import { decisions } from '../../../src/core/verdict.ts';
import { blindWorld } from '../../../src/core/world.ts';
import { actionIn } from './analysed.ts';

/** Policies and effects of all sorts, for properties about what may loosen and what may not. */

const environments: readonly Environment[] = ['production', 'staging', 'development', 'local', 'unknown'];
export const severities: readonly Severity[] = ['regenerable', 'local-recoverable', 'local-lost', 'staging', 'production', 'everything'];
export const verbs: readonly Verb[] = ['delete', 'drop', 'publish', 'runUnknown', 'weakenGuard', 'readSecret'];
const names = ['db-1', 'db-2', 'cache'];
const matches = [...names, 'db-*', '*'];
export const folders = ['/w', '/w/api', '/w/api/src', '/other'];
export const files = ['/w/a.pem', '/w/api/dump.sql', '/w/notes.md', '/w/.env'];
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
export const layers: Arbitrary<PolicyLayer> = record({
  table: array(rows, { maxLength: 6 }),
  resources: array(mappings, { maxLength: 4 }),
  tags: array(record({ folder: constantFrom(...folders), environment: anyEnvironment })),
  hiddenFiles: array(constantFrom('*.pem', '*.md', '!*.sql', '!notes.md')),
  allow: array(allowances, { maxLength: 3 }),
  clearFiles: array(constantFrom('*.pem', '.env', '!.env')),
  backups: array(constantFrom<BackupCommands>({ command: ['pg_dump', '{name}'] }, { environment: 'staging', newest: ['true'] })),
  counts: array(constantFrom<CountCommand>({ command: ['psql', '{name}'] }, { environment: 'staging', command: ['true'] })),
});
export const workspaces: Arbitrary<TighteningLayer> = record({
  table: array(rows, { maxLength: 6 }),
  resources: array(mappings, { maxLength: 4 }),
  tags: array(record({ folder: constantFrom('.', 'api', 'api/src', '..', '../other', '/other', '/'), environment: anyEnvironment })),
  hiddenFiles: array(constantFrom('*.sql', '!*.pem', '!notes.md', 'a\n!*.md')),
});

export const effects: Arbitrary<Effect> = record({
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

export const action = { ...actionIn({}), cwd: '/w', workspaceRoots: ['/w'], tool: 'shell', shell: 'bash', command } as const;
export const located = (effect: Effect, policy: Policy): LocatedEffect => locate(effect, action, blindWorld(), policy);
const heldBy = (effect: Effect, policy: Policy): number => strictness(rulingOn(located(effect, policy), action, policy));

/** The tag of the innermost folder that has one. */
export function tagOf(policy: Policy, folder: string): Environment | undefined {
  const holding = policy.tags.filter((tag) => folder === tag.folder || folder.startsWith(`${tag.folder}/`));
  return holding.toSorted((a, b) => b.folder.length - a.folder.length)[0]?.environment;
}

export const seen = (policy: Policy, file: string): number => ['clear', 'masked', 'hidden'].indexOf(fileVerdict(file, undefined, fileRules(policy, ['/w'])));

/** Nothing that `before` said has become less strict. */
export function assertTightened(before: Policy, after: Policy, effect: Effect): void {
  assert.ok(heldBy(effect, after) >= heldBy(effect, before), `${heldBy(effect, after)} < ${heldBy(effect, before)}`);
  for (const file of files) assert.ok(seen(after, file) >= seen(before, file), file);
  for (const folder of folders) {
    const [was, is] = [tagOf(before, folder), tagOf(after, folder)];
    assert.ok(was === undefined || (is !== undefined && !isStricter(was, is)), folder);
  }
  assert.deepEqual([after.clearFiles, after.guardPaths, after.allow, after.counts], [before.clearFiles, before.guardPaths, before.allow, before.counts]);
}
