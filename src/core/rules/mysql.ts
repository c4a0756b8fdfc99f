import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { databaseOf, optionFiles, sqlEffects } from '../sql/sources.ts';

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const client = call.invocation.program === 'mariadb' ? 'mariadb' : 'mysql';
  const database = databaseOf(client, call, { host: ['-h', '--host'], name: ['-D', '--database'], operand: call.operands[0], ...optionFiles });
  return sqlEffects(call, { inline: ['-e', '--execute', '--init-command'], files: [] }, database, analysis);
}

export const rule: Rule = {
  tool: 'mysql',
  title: 'MySQL client',
  programs: ['mysql', 'mariadb', 'mycli'],
  docs: 'https://dev.mysql.com/doc/refman/8.4/en/mysql-command-options.html',
  // `-p` takes its password without a space, so the word behind it is a database.
  valueOptions: ['-e', '--execute', '--init-command', '-h', '--host', '-P', '--port', '-u', '--user', '-D', '--database', '-S', '--socket', '--protocol', '--defaults-file', '--defaults-extra-file', '--defaults-group-suffix', '--default-character-set', '--delimiter', '--prompt', '--tee', '--pager', '--login-path'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'mysql -u root -psecret shop -e "DROP TABLE users"', by: 'sql/drop-table' },
      { command: 'mysql -h db.example.com --execute="TRUNCATE TABLE orders" shop', by: 'sql/truncate' },
      { command: 'mariadb -e "DELETE FROM users WHERE 1"', by: 'sql/delete-all' },
      { command: 'echo "DROP DATABASE shop;" | mysql -u root', by: 'sql/drop-database' },
      { command: `mysql shop -e '/*!50000 DROP TABLE users */'`, by: 'sql/drop-table' },
      { command: `mysql shop -e "SELECT 1; # note\nDROP TABLE users"`, by: 'sql/drop-table' },
      { command: 'mysql -h db.example.com -e "RESET MASTER"', by: 'sql/reset-logs' },
      { command: 'mysql -e "PURGE BINARY LOGS BEFORE NOW()"', by: 'sql/purge' },
      { command: `mysql -e "CLONE INSTANCE FROM 'c'@'db2.example.com':3306 IDENTIFIED BY 'x'"`, by: 'sql/clone-over' },
      { command: 'docker exec db mysql -e "STOP REPLICA"', by: 'sql/stop-replication' },
      { command: 'mysqldump -h db.example.com shop | mysql shop_copy', by: 'sql/drop-table' },
    ],
    passes: ['mysql -u root -e "SHOW DATABASES"', 'mysql shop -e "SELECT 1 # DROP TABLE users"', 'mysql shop < schema.sql', 'mysqldump shop', `mysql -e "DELETE FROM users WHERE id = 4" shop`, 'mysql -e "SHOW BINARY LOGS"', 'mysql -e "SET GLOBAL max_connections = 200"', 'mariadb -e "KILL QUERY 4"', 'mysqldump --skip-add-drop-table shop | mysql shop_copy'],
  },
};
