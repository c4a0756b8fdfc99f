import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { databaseOf, optionFiles, sqlEffects } from '../sql/sources.ts';

const target = { database: 'mysql', option: ['-h', '--host'], ...optionFiles } as const;

export const rule: Rule = {
  tool: 'mysql-tools',
  title: 'MySQL',
  programs: ['mysqlimport', 'mariadb-import', 'mysqldump', 'mariadb-dump', 'mysqlsh', 'xtrabackup', 'mariabackup', 'mysqld'],
  docs: 'https://dev.mysql.com/doc/refman/8.4/en/programs-client.html',
  valueOptions: ['--login-path', '--defaults-group-suffix', '-h', '--host', '-P', '--port', '-u', '--user', '-S', '--socket', '--defaults-file', '--defaults-extra-file', '-B', '--where', '-w', '--result-file', '-r', '--tab', '-T', '--target-dir', '--datadir', '--uri', '--ignore-table', '-e', '--execute', '-f', '--file', '-e', '--execute', '-f', '--file', '-D', '--schema', '--dir'],
  operations: [
    { id: 'import-over', words: [], needs: ['--delete', '--replace'], verb: 'overwrite', kind: 'table', reversibility: 'irreversible', name: [{ operand: 0 }], target, why: 'Empties tables, or writes over rows, before it loads the files.', saferWay: 'Load into a new table.' },
    { id: 'logs-delete', words: [], needs: ['--delete-source-logs', '--delete-master-logs'], verb: 'delete', kind: 'binary logs', reversibility: 'irreversible', backup: true, name: [], target, why: 'Deletes the binary logs of the server once the dump is made.', saferWay: 'Leave out the option.' },
    { id: 'copy-back', words: [], needs: ['--force-non-empty-directories'], verb: 'overwrite', kind: 'data folder', reversibility: 'irreversible', name: [{ option: ['--datadir'] }], target, why: 'Writes a backup over the data folder of the server.', saferWay: 'Copy it into an empty folder.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'mysqlimport --delete shop orders.txt', by: 'import-over' },
      { command: 'mariadb-import -h db.example.com --replace shop orders.csv', by: 'import-over' },
      { command: 'mysqldump --all-databases --delete-source-logs', by: 'logs-delete' },
      { command: 'mariadb-dump -h db.example.com --delete-master-logs shop', by: 'logs-delete' },
      { command: 'xtrabackup --copy-back --target-dir=/srv/b --force-non-empty-directories', by: 'copy-back' },
      { command: 'mysqlsh --sql ops@db.example.com -e "DROP TABLE orders"', by: 'sql/drop-table' },
      { command: 'mysqlsh --sql --uri ops@db.example.com --execute="TRUNCATE orders"', by: 'sql/truncate' },
    ],
    passes: ['mysqldump orders', 'mysqlimport shop orders.txt', 'xtrabackup --backup --target-dir=/srv/b', 'mysqlsh --sql -e "SELECT 1"', 'mysqlsh -e "print(1)"', 'mysqldump --help', 'mysqldump --single-transaction -h db.example.com shop'],
  },
};

/** MySQL Shell runs JavaScript unless it is told to take SQL. https://dev.mysql.com/doc/mysql-shell/8.4/en/ */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  if (call.invocation.program !== 'mysqlsh' || !hasOption(call, '--sql', '--sqlc')) return [];
  return sqlEffects(call, { inline: ['-e', '--execute'], files: ['-f', '--file'] }, databaseOf('mysql', call, { host: ['-h', '--host', '--uri'], name: ['-D', '--schema'], ...optionFiles }), analysis);
}
