import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assert as check, constantFrom, property } from 'fast-check';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import type { PolicyLayer } from '../../../src/core/policy/merge.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { inForce, type PolicyProblem, type PolicyReading, readPolicy, readWorkspacePolicy } from '../../../src/gate/policy-file.ts';
import { assertTightened, effects, layers } from '../core/policy-samples.ts';
import { stackPolicies } from '../../../src/gate/policy-stack.ts';

const nothing: PolicyLayer = { table: [], resources: [], tags: [], hiddenFiles: [], allow: [], clearFiles: [], counts: [], backups: [] };
const usual = ['regenerable', 'local-recoverable', 'local-lost', 'staging', 'production'];

function policyOf(reading: PolicyReading, lastGood?: PolicyLayer): Policy {
  return stackPolicies([{ file: '/p', source: 'user', reading, tightens: false, lastGood }]).policy;
}

/** The text a problem points at. */
function pointed(text: string, { offset, length }: PolicyProblem): string {
  return text.slice(offset, offset + length);
}

describe('a person’s policy file', () => {
  test('is read in full', () => {
    const { layer, problems, broken } = readPolicy(
      `{ // mine
        "$schema": "x", "version": 1,
        "table": [
          { "verbs": ["drop"], "severities": ["staging"], "decision": "deny", "because": "never here" },
          { "verbs": ["delete"], "environments": ["production"], "tools": ["terraform"], "paths": ["~/w/**", "a"], "decision": "ask", "typed": true, "because": "b" },
        ],
        "resources": [{ "match": "db-1", "environment": "staging" }],
        "tags": [{ "folder": "~/w", "environment": "production" }],
        "allow": [{ "command": "ls", "folder": "~/w", "owner": "ana", "reason": "r", "expires": "2026-12-31" }, { "rule": "a/b", "resource": "c", "owner": "o", "reason": "r" }, { "tool": "a", "operation": "b", "owner": "o", "reason": "r" }],
        "hiddenFiles": ["*.key"], "clearFiles": ["public.key"],
        "backups": [{ "kind": "database", "match": "db.example.com", "seconds": 60, "command": ["~/bin/save", "~/x"], "newest": ["~/bin/age"] }],
        "counts": [{ "command": ["~/bin/rows", "~/x", "{name}"] }, { "kind": "table", "environment": "staging", "tools": ["psql"], "match": "db-*", "command": ["psql"] }],
      }`,
      { home: '/home/ana', today: '2026-12-31' },
    );
    assert.deepEqual([problems, [...broken]], [[], []]);
    assert.deepEqual(layer, {
      table: [
        { verbs: ['drop'], severities: ['staging'], decision: 'deny', because: 'never here' },
        { verbs: ['delete'], severities: usual, environments: ['production'], tools: ['terraform'], paths: ['/home/ana/w/**', 'a'], decision: 'ask', typed: true, because: 'b' },
      ],
      resources: [{ match: 'db-1', environment: 'staging' }],
      tags: [{ folder: '/home/ana/w', environment: 'production' }],
      allow: [{ command: 'ls', folder: '/home/ana/w', owner: 'ana', reason: 'r', expires: '2026-12-31' }, { rule: 'a/b', resource: 'c', owner: 'o', reason: 'r' }, { tool: 'a', operation: 'b', owner: 'o', reason: 'r' }],
      hiddenFiles: ['*.key'],
      clearFiles: ['public.key'],
      backups: [{ kind: 'database', match: 'db.example.com', seconds: 60, command: ['/home/ana/bin/save', '~/x'], newest: ['/home/ana/bin/age'] }],
      counts: [{ command: ['/home/ana/bin/rows', '~/x', '{name}'] }, { kind: 'table', environment: 'staging', tools: ['psql'], match: 'db-*', command: ['psql'] }],
    });
  });

  const row = '"verbs": ["drop"], "decision": "deny", "because": "x"';
  const slips: readonly [string, string, RegExp, string, readonly string[]][] = [
    ['a value that is not allowed', '{"resources": [{"match": "a", "environment": "prod"}]}', /^"environment" must be one of production, staging, /, '"prod"', ['resources']],
    ['something missing', '{"resources": [{"match": "a"}]}', /^"environment" is missing\./, '{"match": "a"}', ['resources']],
    ['an entry of the wrong kind', '{"resources": [7]}', /^This must be an object, in braces\./, '7', ['resources']],
    ['a misspelt field, without which a row would cover more', `{"table": [{${row}, "enviroments": ["staging"]}]}`, /^"enviroments" is not known here/, '"enviroments"', ['table']],
    ['an empty list', '{"table": [{"verbs": [], "decision": "deny", "because": "x"}]}', /^"verbs" must not be empty/, '[]', ['table']],
    ['a list that is none', '{"table": {}}', /^"table" must be a list/, '{}', ['table']],
    ['a day that does not exist, in a rule that would only loosen', '{"allow": [{"command": "ls", "owner": "o", "reason": "r", "expires": "2099-02-30"}]}', /^"expires" must be a date such as/, '"2099-02-30"', []],
    ['an allow rule nobody answers for', '{"allow": [{"command": "ls", "reason": "r"}]}', /^"owner" is missing/, '{"command": "ls", "reason": "r"}', []],
    ['an allow rule of two kinds', '{"allow": [{"command": "ls", "tool": "ls", "owner": "o", "reason": "r"}]}', /^"tool" is not known here/, '"tool"', []],
    ['a clear file that is no text', '{"clearFiles": [1]}', /must be a text/, '1', []],
    ['a program that would be looked for where an action runs', '{"counts": [{"command": ["./count.sh", "{name}"]}]}', /^"command" must begin with the name of a program or its absolute path/, '["./count.sh", "{name}"]', []],
    ['a program in a folder below', '{"counts": [{"command": ["bin\\\\count"]}]}', /^"command" must begin with the name of a program/, '["bin\\\\count"]', []],
    ['a backup that does nothing', '{"backups": [{"kind": "database"}]}', /must have a "command", a "newest", or both/, '{"kind": "database"}', ['backups']],
    ['a command that is a line for a shell', '{"counts": [{"command": "psql -c x"}]}', /^"command" must be a list/, '"psql -c x"', []],
    ['a glob too wide to be looked at', `{"resources": [{"match": "${'{a,b}'.repeat(9)}", "environment": "production"}]}`, /^"match" stands for too many patterns/, `"${'{a,b}'.repeat(9)}"`, ['resources']],
    ['a list that stands twice', '{"hiddenFiles": ["a"], "hiddenFiles": []}', /^"hiddenFiles" stands here twice/, '"hiddenFiles"', ['hiddenFiles']],
    ['an unknown list, which may be a misspelt one', '{"hiddenfiles": ["a"], "table": []}', /^"hiddenfiles" is not known here/, '"hiddenfiles"', ['backups', 'hiddenFiles', 'resources', 'tags']],
    ['a version of the future', '{"version": 2, "table": [], "resources": [], "tags": []}', /^This version is not known/, '2', ['backups', 'hiddenFiles']],
  ];
  for (const [name, text, message, place, broken] of slips) {
    test(`says what is wrong, where, and what might be lost: ${name}`, () => {
      const reading = readPolicy(text);
      assert.match(reading.problems[0]?.message ?? '', message);
      assert.equal(reading.problems.length, 1);
      assert.equal(pointed(text, reading.problems[0] as PolicyProblem), place);
      assert.deepEqual([...reading.broken].toSorted(), broken);
    });
  }

  test('names an allow rule whose time is over', () => {
    const text = '{"allow": [{"command": "ls", "owner": "o", "reason": "r", "expires": "2026-12-31"}]}';
    assert.deepEqual(readPolicy(text, { today: '2027-01-01' }).problems.map((problem) => [pointed(text, problem), problem.message]), [['"2026-12-31"', 'This rule counted up to 2026-12-31 and has no effect any more. Give it a new day or remove it.']]);
  });
  test('lines and columns are those an editor shows', () => {
    const { problems } = readPolicy('{\n  "hiddenFiles": ["a",\n    7]\n}');
    assert.deepEqual(problems.map(({ line, column }) => [line, column]), [[3, 5]]);
  });

  const useless: readonly [string, string][] = [
    ['cut off', '{"resources": ['],
    ['not JSON', 'hello'],
    ['a list', '[]'],
    ['far too large', `{"hiddenFiles": ["${'x'.repeat(1_100_000)}"]}`],
    ['nested without end', '['.repeat(500_000)],
  ];
  for (const [name, text] of useless) {
    test(`none of it is used, and that is said: ${name}`, () => {
      const reading = readPolicy(text);
      assert.deepEqual([reading.usable, reading.problems.length, policyOf(reading)], [false, 1, defaultPolicy]);
    });
  }
  for (const text of ['', '{}', '// nothing yet', '\uFEFF{}']) test(`nothing to say: ${JSON.stringify(text)}`, () => assert.deepEqual([readPolicy(text).problems, policyOf(readPolicy(text))], [[], defaultPolicy]));
});

describe('a file that cannot be read in full never weakens', () => {
  const good = readPolicy('{"table": [{"verbs": ["drop"], "decision": "deny", "because": "good"}], "hiddenFiles": ["*.good"], "allow": [{"command": "ls", "owner": "o", "reason": "r"}], "clearFiles": ["old"]}').layer;
  test('nothing of it can be read: all of the last good version stays', () => assert.deepEqual(inForce(readPolicy('{'), good), { layer: good, tightening: nothing }));
  test('one list cannot: its last good version stays, and what can be read of the new one tightens', () => {
    const { layer, tightening } = inForce(readPolicy('{"table": [{"verbs": ["drop"], "decision": "allow", "because": "new"}, 1], "hiddenFiles": ["*.new"]}'), good);
    assert.deepEqual([layer.table, tightening.table.map(({ because }) => because), layer.hiddenFiles, tightening.hiddenFiles], [good.table, ['new'], ['*.new'], []]);
  });
  test('allow rules and clear files that are gone are gone, and those that cannot be read are left out', () => {
    const { layer } = inForce(readPolicy('{"table": [1], "allow": [{"command": "rm"}]}'), good);
    assert.deepEqual([layer.allow, layer.clearFiles], [[], []]);
  });
  test('without a last good version, what can be read only tightens', () => {
    const policy = policyOf(readPolicy('{"table": [{"verbs": ["delete"], "severities": ["production"], "decision": "allow", "because": "a"}, {"verbs": ["drop"], "decision": "deny", "because": "b"}, {}]}'));
    assert.deepEqual(policy.table.slice(defaultPolicy.table.length).map(({ because, tightens, source }) => [because, tightens, source]), [['a', true, 'user'], ['b', true, 'user']]);
  });
  test('a list under a misspelt name is not taken for one that was removed', () => assert.deepEqual(inForce(readPolicy('{"hidden": []}'), good).layer, { ...good, allow: [], clearFiles: [] }));
});

test('whatever is broken in a file, nothing becomes less strict than it was last read', () => {
  const slips = constantFrom<unknown>({}, 7, null, { verbs: ['drop'] }, { match: 'x' }, []);
  check(property(layers, layers, effects, slips, (good, next, effect, slip) => {
    const { allow, clearFiles } = good;
    const broken = JSON.stringify({ table: [...next.table, slip], resources: [slip, ...next.resources], tags: [slip, ...next.tags], hiddenFiles: [...next.hiddenFiles, slip], allow: [...allow, slip], clearFiles: [...clearFiles, slip], counts: [slip, ...good.counts] });
    const before = policyOf({ layer: good, usable: true, broken: new Set(), openTelemetry: undefined, problems: [] });
    const reading = readPolicy(broken);
    assert.deepEqual([...reading.broken].toSorted(), ['hiddenFiles', 'resources', 'table', 'tags']);
    assertTightened(before, policyOf(reading, good), effect);
  }), { numRuns: 300 });
});

describe('a workspace’s policy file', () => {
  test('cannot let anything through, nor show files, and that is no reason to distrust the rest', () => {
    const { layer, problems, broken } = readWorkspacePolicy('{"allow": [], "clearFiles": ["x"], "hiddenFiles": ["y"], "tags": [{"folder": ".", "environment": "staging"}]}');
    assert.deepEqual(layer, { ...nothing, tags: [{ folder: '.', environment: 'staging' }], hiddenFiles: ['y'] });
    assert.deepEqual([problems.length, broken.size], [2, 0]);
    assert.match(problems[0]?.message ?? '', /may only make things stricter/);
  });
  for (const list of ['counts', 'backups'] as const) test(`cannot have a command run, and says so: ${list}`, () => {
    const text = `{"${list}": [{"command": ["psql"]}]}`;
    const reading = readWorkspacePolicy(text);
    assert.deepEqual([reading.layer, reading.broken.size, reading.problems.map((problem) => [pointed(text, problem), problem.message])], [nothing, 0, [[`"${list}"`, `"${list}" has no effect here: only your own policy may have a command run.`]]]);
    const planted = { ...readPolicy(text), problems: [] };
    for (const source of ['team', 'managed'] as const) assert.deepEqual(stackPolicies([{ file: '/w/p', source, reading: planted, tightens: true, folder: '/w' }]).policy[list], [], 'a file that anybody can write');
    for (const source of ['user', 'managed'] as const) assert.deepEqual(stackPolicies([{ file: '/p', source, reading: planted, tightens: false }]).policy[list], [{ command: ['psql'] }]);
  });
  test('may hold rows', () => assert.deepEqual(readWorkspacePolicy('{"table": [{"verbs": ["drop"], "decision": "deny", "because": "x"}]}').layer.table, [{ verbs: ['drop'], severities: usual, decision: 'deny', because: 'x' }]));
});
