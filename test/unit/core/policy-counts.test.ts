import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assert as check, property, string } from 'fast-check';
import { type CountCommand, planCount } from '../../../src/core/policy/counts.ts';
import type { Finding } from '../../../src/core/verdict.ts';
import { finding } from '../gate/gate-fixture.ts';

const table = (name: string, more: Partial<Finding> = {}): Finding => finding('ask', { verb: 'drop', resource: { kind: 'table', name, provider: 'psql' }, rule: 'sql/drop-table', target: { by: 'database', tool: 'psql', folder: '/w' }, environment: 'staging', ...more });
const count: CountCommand = { command: ['psql', '-c', 'select count(*) from {name}'] };
const onHost = (url: string): Partial<Finding> => ({ target: { by: 'database', tool: 'psql', folder: '/w', url } });

/** The words that would run, `not run`, or nothing where no command fits. */
function run(found: Finding | readonly Finding[], counts: readonly CountCommand[] = [count]): string | undefined {
  const planned = planCount([found].flat(), counts);
  return planned && ('command' in planned.plan ? planned.plan.command.at(-1) : 'not run');
}

describe('the command that counts', () => {
  const cases: readonly (readonly [name: string, found: Finding | readonly Finding[], counts: readonly CountCommand[], runs: string | undefined])[] = [
    ['a table that is dropped', table('orders'), [count], 'select count(*) from orders'],
    ['a table of a schema', table('shop.orders_2'), [count], 'select count(*) from shop.orders_2'],
    ['a table that is emptied', table('orders', { verb: 'truncate' }), [count], 'select count(*) from orders'],
    ['rows that are deleted', table('orders', { verb: 'delete', resource: { kind: 'rows', name: 'orders' } }), [count], 'select count(*) from orders'],
    ['the first of two tables', [table('a'), table('b')], [count], 'select count(*) from a'],
    ['a table beside a folder', [finding('ask'), table('a')], [count], 'select count(*) from a'],
    ['nothing of a folder', finding('ask'), [count], undefined],
    ['nothing of a table that is only read', table('orders', { verb: 'readSecret' }), [count], undefined],
    ['nothing of what is refused or let through', [table('a', { decision: 'deny' }), table('b', { decision: 'allow' })], [count], undefined],
    ['nothing without a command', table('orders'), [], undefined],
    ['a database by a command for databases', table('shop', { resource: { kind: 'database', name: 'shop' } }), [{ kind: 'table', command: ['a'] }, { kind: 'database', command: ['b', '{name}'] }], 'shop'],
    ['no table by a command for databases', table('orders'), [{ kind: 'database', command: ['b'] }], undefined],
    ['what is in the environment', table('orders'), [{ environment: 'production', command: ['a'] }, { environment: 'staging', command: ['b'] }], 'b'],
    ['what the tool loses', table('orders'), [{ tools: ['mysql'], command: ['a'] }, { tools: ['psql'], command: ['b'] }], 'b'],
    ['what the rule finds', table('orders'), [{ tools: ['sql/drop'], command: ['a'] }, { tools: ['sql/drop-table'], command: ['b'] }], 'b'],
    ['what has the name', table('orders'), [{ match: 'users', command: ['a'] }, { match: 'ord*', command: ['b'] }], 'b'],
    ['what is on the host of a URL', table('orders', onHost('postgres://u:p@db.staging.example.com/shop')), [{ match: '*.staging.example.com', command: ['b'] }], 'b'],
    ['what is on the host of an option', table('orders', onHost('host=db.staging.example.com dbname=shop')), [{ match: 'db.staging.example.com', command: ['b'] }], 'b'],
    ['what is on the host of a variable', table('orders', { env: { PGHOST: 'db.a' } }), [{ match: 'db.a', command: ['b'] }], 'b'],
    ['nothing on another host', table('orders', onHost('host=db.a')), [{ match: 'db.b', command: ['b'] }], undefined],
    ['nothing on a server that the action names and the entry does not', table('orders', onHost('host=db.a')), [count], undefined],
    ['nothing without its name', table(''), [count], 'not run'],
    ['a database nobody names, by a command that needs no name', table('', { resource: { kind: 'database', name: '' } }), [{ command: ['c'] }], 'c'],
  ];
  for (const [name, found, counts, runs] of cases) test(`counts ${name}`, () => assert.equal(run(found, counts), runs));

  for (const name of ['or ders', '"orders"', "o'rders", 'orders;drop', 'a-b', '-h', '1a', 'orders\n', 'o(1)', '$x', '{name}', 'ö', 'a'.repeat(200)]) {
    test(`does not run for the name ${JSON.stringify(name.slice(0, 20))}`, () => assert.equal(run(table(name)), 'not run'));
  }
  test('never takes more from a name than letters, digits, "_" and "."', () => check(property(string(), (name) => {
    const runs = run(table(name));
    assert.ok(runs === 'not run' || /^select count\(\*\) from [A-Za-z_][\w.]*$/.test(runs ?? ''));
  })));
  test('never takes its program from a name', () => assert.deepEqual(planCount([table('orders')], [{ command: ['{name}', 'x'] }])?.plan, { command: ['{name}', 'x'] }));
});
