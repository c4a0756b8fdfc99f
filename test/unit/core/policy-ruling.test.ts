import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Action } from '../../../src/core/action.ts';
import type { LocatedEffect, Verb } from '../../../src/core/effect.ts';
import { withExpiry } from '../../../src/core/policy/allow.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { withLayer, withTightening, type PolicyLayer } from '../../../src/core/policy/merge.ts';
import type { AllowRule, Policy, TableRow } from '../../../src/core/policy/policy.ts';
import { rulingOn } from '../../../src/core/policy/ruling.ts';

const nothing: PolicyLayer = { table: [], resources: [], tags: [], hiddenFiles: [], allow: [], clearFiles: [], counts: [], backups: [] };
const all = ['regenerable', 'local-recoverable', 'local-lost', 'staging', 'production'] as const;
const losing: readonly Verb[] = ['delete', 'overwrite', 'drop', 'truncate', 'stop'];

const effect = (more: Partial<LocatedEffect>): LocatedEffect => ({
  verb: 'drop', resource: { kind: 'database', name: 'shop' }, reversibility: 'irreversible', certainty: 'certain', rule: 'psql/drop', why: '', target: { by: 'host', host: 'x' }, environment: 'staging', evidence: [], ...more,
});
const files = (paths: readonly string[], more: Partial<LocatedEffect> = {}): LocatedEffect => effect({ verb: 'delete', rule: 'rm/delete', target: { by: 'path' }, environment: 'local', paths, ...more });
const row = (more: Partial<TableRow>): TableRow => ({ verbs: losing, severities: all, decision: 'deny', because: 'mine', ...more });
const shell = (command: string, cwd = '/w'): Action => ({ tool: 'shell', shell: 'bash', command, cwd, agent: 'a', session: '', workspaceRoots: [], env: {} });

const withUser = (layer: Partial<PolicyLayer>, base: Policy = defaultPolicy): Policy => withLayer(base, { ...nothing, ...layer }, 'user').policy;
const withManaged = (layer: Partial<PolicyLayer>): Policy => withLayer(defaultPolicy, { ...nothing, ...layer }, 'managed').policy;
const said = (policy: Policy, on: LocatedEffect, action: Action = shell('x')): string => {
  const { decision, typed, source } = rulingOn(on, action, policy);
  return `${decision}${typed ? ' typed' : ''} by ${source}`;
};

describe('rows fit by verb, severity, environment, tool and path', () => {
  const cases: readonly (readonly [what: string, row: Partial<TableRow>, effect: LocatedEffect, wanted: string])[] = [
    ['the environment it names', { environments: ['staging'] }, effect({}), 'deny by user'],
    ['not another, of the same severity', { environments: ['staging'] }, effect({ environment: 'development' }), 'ask by built-in'],
    ['what nobody can name where it names production', { environments: ['production'] }, effect({ environment: 'unknown' }), 'deny by user'],
    ['the tool it names', { tools: ['psql'] }, effect({}), 'deny by user'],
    ['the whole rule it names', { tools: ['psql/drop'] }, effect({}), 'deny by user'],
    ['not a tool that begins alike', { tools: ['psq', 'psql/dro'] }, effect({}), 'ask by built-in'],
    ['the file it names', { paths: ['db'] }, files(['/w/db/a']), 'deny by user'],
    ['one such file among others', { paths: ['db'] }, files(['/w/a', '/w/db/a']), 'deny by user'],
    ['not other files', { paths: ['db'] }, files(['/w/a']), 'ask by built-in'],
    ['nothing that is no file', { paths: ['**'] }, effect({}), 'ask by built-in'],
    ['a folder that goes with what it names below', { paths: ['/w/db/live'] }, files(['/w/db'], { recursive: true }), 'deny by user'],
    ['not such a folder that only loses itself', { paths: ['/w/db/live'] }, files(['/w/db']), 'ask by built-in'],
    ['a loosening row: when it covers every file', { paths: ['scratch'], decision: 'allow' }, files(['/w/scratch/a', '/w/scratch/b']), 'allow by user'],
    ['a loosening row: not when one file is elsewhere', { paths: ['scratch'], decision: 'allow' }, files(['/w/scratch/a', '/w/b']), 'ask by built-in'],
    ['a loosening row: not for a folder above', { paths: ['/w/x/scratch'], decision: 'allow' }, files(['/w/x'], { recursive: true }), 'ask by built-in'],
    ['a loosening row: not a whole disk, unless it says so', { decision: 'allow' }, files(['/'], { everything: true }), 'deny by built-in'],
  ];
  for (const [what, given, on, wanted] of cases) test(what, () => assert.equal(said(withUser({ table: [row(given)] }), on), wanted));
  test('more files than can be looked at one by one: rows for files only tighten', () => {
    const many = files(Array.from({ length: 1_500 }, (_, at) => `/w/scratch/${at}`));
    assert.equal(said(withUser({ table: [row({ paths: ['scratch'], decision: 'allow' })] }), many), 'ask by built-in');
    assert.equal(said(withUser({ table: [row({ paths: ['scratch'] })] }), many), 'deny by user');
  });
  test('the first of a person’s rows counts', () => assert.equal(said(withUser({ table: [row({ decision: 'keep' }), row({})] }), effect({})), 'keep by user'));
});

describe('who has the last word', () => {
  const managedAsks = withManaged({ table: [row({ decision: 'ask', typed: true })] });
  const cases: readonly (readonly [what: string, policy: Policy, wanted: string])[] = [
    ['an organisation’s row holds against a person’s', withUser({ table: [row({ decision: 'allow' })] }, managedAsks), 'ask typed by managed'],
    ['a person may be stricter', withUser({ table: [row({})] }, managedAsks), 'deny by user'],
    ['an organisation may loosen what is built in', withManaged({ table: [row({ decision: 'allow' })] }), 'allow by managed'],
    ['a team may be stricter than both', withTightening(managedAsks, { ...nothing, table: [row({})] }, 'team', '/w').policy, 'deny by team'],
    ['a team cannot loosen', withTightening(managedAsks, { ...nothing, table: [row({ decision: 'allow' })] }, 'team', '/w').policy, 'ask typed by managed'],
    ['a person’s allow rule does not undo an organisation’s row', withUser({ allow: [{ tool: 'psql', operation: 'drop', owner: 'o', reason: 'r' }] }, managedAsks), 'ask typed by managed'],
    ['nor a team’s', withTightening(withUser({ allow: [{ tool: 'psql', operation: 'drop', owner: 'o', reason: 'r' }] }), { ...nothing, table: [row({ decision: 'ask' })] }, 'team', '/w').policy, 'ask by team'],
  ];
  for (const [what, policy, wanted] of cases) test(what, () => assert.equal(said(policy, effect({})), wanted));
  test('what a team calls production is judged as what it was before, too', () => {
    const policy = withUser({ table: [row({ environments: ['staging'] }), row({ environments: ['production'], decision: 'allow' })] });
    assert.equal(said(policy, effect({ environment: 'production', also: ['staging'] })), 'deny by user');
  });
});

describe('allow rules', () => {
  const terms = { owner: 'ana', reason: 'a test' };
  const command: AllowRule = { command: 'make clean-db', folder: '/w', ...terms };
  const resource: AllowRule = { rule: 'psql/drop', resource: 'sho*', ...terms };
  const operation: AllowRule = { tool: 'psql', operation: 'drop', ...terms };
  const recoverable = effect({ reversibility: 'recoverable' });
  const make = shell('make clean-db');
  const cases: readonly (readonly [what: string, rule: AllowRule, effect: LocatedEffect, action: Action, wanted: string])[] = [
    ['one command, letter by letter', command, recoverable, make, 'allow by user'],
    ['not with anything more', command, recoverable, shell('make clean-db '), 'ask by built-in'],
    ['not in another folder', command, recoverable, shell('make clean-db', '/w/a'), 'ask by built-in'],
    ['not where the folder is not known', command, recoverable, shell('make clean-db', ''), 'ask by built-in'],
    ['not one command for what cannot be undone', command, effect({}), make, 'ask by built-in'],
    ['not a file tool’s action', command, recoverable, { ...make, tool: 'write', path: 'x' }, 'ask by built-in'],
    ['one rule about one resource', resource, effect({}), make, 'allow by user'],
    ['not about another', resource, effect({ resource: { kind: 'x', name: 'other' } }), make, 'ask by built-in'],
    ['not about one without a name', { ...resource, resource: '*' }, effect({ resource: { kind: 'x', name: '' } }), make, 'ask by built-in'],
    ['one operation', operation, effect({}), make, 'allow by user'],
    ['not another', operation, effect({ rule: 'psql/truncate' }), make, 'ask by built-in'],
    ['in a folder and below', { ...operation, folder: '/w' }, effect({}), shell('x', '/w/a'), 'allow by user'],
    ['not from a folder for files elsewhere', { tool: 'rm', operation: 'delete', folder: '/w', ...terms }, files(['/home/x']), make, 'ask by built-in'],
    ['with a copy of files that would be lost', { tool: 'rm', operation: 'delete', folder: '/w', ...terms }, files(['/w/x']), make, 'keep by user'],
    ['never in production', operation, effect({ environment: 'production' }), make, 'ask typed by built-in'],
    ['never where nobody can name the target', operation, effect({ environment: 'unknown' }), make, 'ask typed by built-in'],
    ['never a whole disk', { tool: 'rm', operation: 'delete', ...terms }, files(['/'], { everything: true }), make, 'deny by built-in'],
    ['never a secret', { tool: 'x', operation: 'y', ...terms }, effect({ verb: 'readSecret', rule: 'x/y' }), make, 'deny by built-in'],
    ['never data sent away', { tool: 'x', operation: 'y', ...terms }, effect({ verb: 'expose', rule: 'x/y' }), make, 'deny by built-in'],
    ['never what guards the machine', { tool: 'x', operation: 'y', ...terms }, effect({ verb: 'weakenGuard', rule: 'x/y' }), make, 'deny by built-in'],
    ['never code nobody could see, by its rule', { tool: 'core', operation: 'failed', ...terms }, effect({ verb: 'runUnknown', rule: 'core/failed', environment: 'local' }), make, 'ask by built-in'],
  ];
  for (const [what, rule, on, action, wanted] of cases) test(what, () => assert.equal(said(withUser({ allow: [rule] }), on, action), wanted));

  test('say so, with who answers for it', () => assert.equal(rulingOn(effect({}), make, withUser({ allow: [{ ...operation, expires: '2026-12-31' }] })).because, 'ana allowed it until 2026-12-31: a test'));
  test('that do not count are named', () => assert.equal(rulingOn(effect({ environment: 'production' }), make, withUser({ allow: [operation] })).because, 'it targets production, or something not known to be anything else; the allow rule of ana does not count here: no rule can allow what targets production'));
  test('count up to their last day', () => {
    const policy = withUser({ allow: [{ ...operation, expires: '2026-12-31' }] });
    assert.equal(withExpiry(policy, '2026-12-31'), policy);
    assert.equal(said(withExpiry(policy, '2027-01-01'), effect({})), 'ask by built-in');
    assert.match(rulingOn(effect({}), make, withExpiry(policy, '2027-01-01')).because, /it expired after 2026-12-31$/);
  });
  test('do not count for what could not be looked into', () => assert.equal(rulingOn(effect({}), undefined, withUser({ allow: [operation] })).decision, 'ask'));
});
