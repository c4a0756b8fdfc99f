import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type BackupCommands, planBackups, planNewest } from '../../../src/core/policy/backups.ts';
import type { Finding } from '../../../src/core/verdict.ts';
import { finding } from '../gate/gate-fixture.ts';

const lost = (kind: string, name: string, more: Partial<Finding> = {}): Finding => finding('ask', { verb: 'delete', resource: { kind, name, provider: 'railway' }, rule: 'railway/volume-delete', target: { by: 'host', host: 'backboard.railway.com' }, environment: 'production', ...more });
const backup: BackupCommands = { command: ['save', '{name}'] };

/** What would run, or why nothing does, in order. */
function made(found: Finding | readonly Finding[], backups: readonly BackupCommands[]): readonly string[] {
  return planBackups([found].flat(), backups).map(({ plan }) => ('command' in plan ? plan.command.join(' ') : plan.problem));
}

describe('what must be backed up before it is lost', () => {
  const cases: readonly (readonly [name: string, found: Finding | readonly Finding[], backups: readonly BackupCommands[], runs: readonly string[]])[] = [
    ['a volume', lost('volume', 'vol-1'), [{ command: ['save'] }], ['save']],
    ['each of two databases', [lost('database', 'shop'), lost('database', 'users')], [backup], ['save shop', 'save users']],
    ['the same once', [lost('table', 'orders'), lost('rows', 'orders')], [backup], ['save orders']],
    ['what the policy lets through', lost('database', 'shop', { decision: 'allow' }), [backup], ['save shop']],
    ['what nobody can place, as production', lost('database', 'shop', { environment: 'unknown' }), [{ environment: 'production', ...backup }], ['save shop']],
    ['by the first command that fits', lost('database', 'shop'), [{ environment: 'staging', command: ['a'] }, { kind: 'volume', command: ['b'] }, { match: 'sh*', command: ['c'] }, { command: ['d'] }], ['c']],
    ['a volume by its kind', lost('volume or snapshot', 'vol_1'), [{ kind: 'volume', ...backup }], ['save vol_1']],
    ['a database by its kind', lost('database cluster', 'shop'), [{ kind: 'database', ...backup }], ['save shop']],
    ['an index by its kind', lost('search index', 'shop'), [{ kind: 'table', ...backup }], ['save shop']],
    ['what a tool loses', lost('volume', 'v'), [{ tools: ['aws'], command: ['a'] }, { tools: ['railway'], command: ['b'] }], ['b']],
    ['what cannot be named plainly is not lost either', lost('volume', 'a; rm -rf ~'), [backup], ['its name is not a plain one']],
    ['what has no name is not lost either', lost('volume', ''), [backup], ['the command does not name what it loses']],
    ['what nobody knows the command of any more is not lost either', lost('volume', 'v'), [{ command: [] }], ['its command is not known while no editor runs or the policy file cannot be read']],
    ['nothing in another environment', lost('database', 'shop', { environment: 'staging' }), [{ environment: 'production', ...backup }], []],
    ['nothing of this machine’s files', finding('ask'), [backup], []],
    ['nothing that is stopped or read', [lost('service', 'api', { verb: 'stop' }), lost('secret', 'x', { verb: 'readSecret' })], [backup], []],
    ['nothing that is refused anyway', lost('database', 'shop', { decision: 'deny' }), [backup], []],
    ['nothing where only the newest is looked for', lost('database', 'shop'), [{ newest: ['age'] }], []],
    ['nothing where nobody has said so', lost('database', 'shop'), [], []],
  ];
  for (const [name, found, backups, runs] of cases) test(name, () => assert.deepEqual(made(found, backups), runs));
  test('has five minutes, or what is said', () => assert.deepEqual([backup, { ...backup, seconds: 9 }].map((each) => planBackups([lost('database', 'shop')], [each])[0]?.seconds), [300, 9]));
});

describe('when the newest backup was made is looked for', () => {
  const age: BackupCommands = { newest: ['age', '{name}'] };
  const cases: readonly (readonly [name: string, found: readonly Finding[], backups: readonly BackupCommands[], runs: string | undefined])[] = [
    ['of the first that a person is asked about', [lost('database', 'a', { decision: 'allow' }), lost('database', 'b'), lost('database', 'c')], [age], 'age b'],
    ['past entries that do not say how', [lost('database', 'b')], [backup, age], 'age b'],
    ['not of files', [finding('ask')], [age], undefined],
    ['not of anything else', [lost('database', 'b')], [{ match: 'c', ...age }], undefined],
  ];
  for (const [name, found, backups, runs] of cases) {
    test(name, () => {
      const plan = planNewest(found, backups)?.plan;
      assert.equal(plan && ('command' in plan ? plan.command.join(' ') : plan.problem), runs);
    });
  }
});
