import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';
import { databaseOf, optionFiles, wholeDatabaseEffect } from '../sql/sources.ts';

const docs = 'https://dev.mysql.com/doc/refman/8.4/en/mysqladmin.html';

/** Commands follow each other in one call; `drop` takes a database behind it. */
function inspect(call: Call): readonly Effect[] {
  const words = call.operands.map((word) => word.text);
  const host = optionValue(call, '-h', '--host')?.text;
  const database = databaseOf('mysqladmin', call, { host: ['-h', '--host'], name: [], ...optionFiles });
  return words.flatMap((word, index): readonly Effect[] => {
    if (word === 'drop') {
      const name = words[index + 1] ?? '';
      return [wholeDatabaseEffect(call, database, { verb: 'drop', rule: 'mysqladmin/drop', resource: { kind: 'database', name, provider: 'MySQL' }, why: sentence('Drops the database {name} with everything in it.', name, 'database'), saferWay: 'Run mysqldump first, and check the host.', docs })];
    }
    if (word === 'password') return [wholeDatabaseEffect(call, database, { verb: 'revoke', rule: 'mysqladmin/password', resource: { kind: 'account', name: optionValue(call, '-u', '--user')?.text ?? '', provider: 'MySQL' }, why: 'Changes the password of an account; whatever logs in with the old one stops working.', saferWay: 'Let a person change who may do what.', docs })];
    if (/^(?:stop-replica|stop-slave|stop-all-slaves)$/.test(word)) return [wholeDatabaseEffect(call, database, { verb: 'stop', rule: 'mysqladmin/stop-replica', resource: { kind: 'replication', name: host ?? '', provider: 'MySQL' }, why: 'Stops replication: the copy falls behind.', saferWay: 'Look at it first: SHOW REPLICA STATUS.', docs })];
    if (word !== 'shutdown') return [];
    return [wholeDatabaseEffect(call, database, { verb: 'stop', rule: 'mysqladmin/shutdown', resource: { kind: 'server', name: host ?? '', provider: 'MySQL' }, why: 'Stops the database server.', saferWay: 'Let the service manager stop it.', docs })];
  });
}

export const rule: Rule = {
  tool: 'mysqladmin',
  title: 'mysqladmin',
  programs: ['mysqladmin', 'mariadb-admin'],
  docs,
  valueOptions: ['--defaults-group-suffix', '-h', '--host', '-P', '--port', '-u', '--user', '-S', '--socket', '--protocol', '--defaults-file', '--defaults-extra-file', '-i', '--sleep', '-c', '--count', '-w', '--wait', '--login-path'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'mysqladmin -u root -f drop shop', by: 'drop' },
      { command: 'mysqladmin -h db.example.com shutdown', by: 'shutdown' },
      { command: 'mysqladmin --host=db.example.com drop -f shop', by: 'drop' },
      { command: 'docker exec db mysqladmin -uroot -px shutdown', by: 'shutdown' },
      { command: 'mysqladmin -u root password x', by: 'password' },
      { command: 'mariadb-admin stop-slave', by: 'stop-replica' },
      { command: 'mysqladmin -h db.example.com stop-replica', by: 'stop-replica' },
    ],
    passes: ['mysqladmin status', 'mysqladmin create shop', 'mysqladmin ping -h db.example.com', 'mysqladmin extended-status', 'mysqladmin flush-logs', 'mysqladmin processlist'],
  },
};
