import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { knownWord } from '../shell/word.ts';
import { databaseOf, sqlEffects } from '../sql/sources.ts';

/** `sqlcmd -Q TEXT`, `-i FILE`, or its input; the newer one also takes `sqlcmd query TEXT`. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const database = databaseOf('sqlcmd', call, { host: ['-S', '--server'], name: ['-d', '--database-name'] });
  const [first, ...texts] = call.operands;
  const operands = first?.text === 'query' && texts.length > 0 ? [knownWord(texts.map((word) => word.text).join(' '))] : [];
  return sqlEffects(call, { inline: ['-Q', '-q', '--query', '--initial-query'], files: ['-i', '--input-file'], operands }, database, analysis);
}

export const rule: Rule = {
  tool: 'sqlcmd',
  title: 'Microsoft SQL Server',
  programs: ['sqlcmd', 'osql', 'mssql-cli'],
  docs: 'https://learn.microsoft.com/en-us/sql/tools/sqlcmd/sqlcmd-utility',
  valueOptions: [
    '-Q', '-q', '--query', '--initial-query', '-i', '--input-file', '-o', '--output-file', '-S', '--server', '-d', '--database-name', '-U', '--user-name', '-P', '-v', '--variables', '-l', '-t', '-h', '-s', '-w', '-a', '-f', '-H', '-y', '-Y', '-m', '-V', '-K',
  ],
  operations: [
    { id: 'container-delete', words: ['delete|uninstall|drop'], verb: 'delete', kind: 'SQL Server in a container', reversibility: 'irreversible', name: [], target: { system: 'docker' }, why: 'Deletes the server of the current context with every database in it.', saferWay: 'Look first: sqlcmd config current-context.' },
    { id: 'container-stop', words: ['stop'], verb: 'stop', kind: 'SQL Server in a container', reversibility: 'reversible', name: [], target: { system: 'docker' }, why: 'Stops the server of the current context.', saferWay: 'Look first: sqlcmd config current-context.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'sqlcmd -S db.example.com -d shop -Q "DROP TABLE dbo.orders"', by: 'sql/drop-table' },
      { command: 'sqlcmd -Q "SELECT 1\nDELETE FROM orders\nGO"', by: 'sql/delete-all' },
      { command: 'docker exec mssql /opt/mssql-tools18/bin/sqlcmd -C -U sa -P x -Q "ALTER DATABASE shop SET OFFLINE WITH ROLLBACK IMMEDIATE"', by: 'sql/close-database' },
      { command: `sqlcmd -b -Q "EXEC xp_cmdshell 'rd /s /q c:\\data'"`, by: 'cmd/rd' },
      { command: `sqlcmd -S db.example.com -Q "EXEC sp_MSforeachtable 'TRUNCATE TABLE ?'"`, by: 'sql/truncate' },
      { command: 'sqlcmd query "DROP DATABASE shop"', by: 'sql/drop-database' },
      { command: 'sqlcmd delete --yes --force', by: 'container-delete' },
      { command: 'sqlcmd uninstall', by: 'container-delete' },
      { command: 'sudo sqlcmd delete', by: 'container-delete' },
      { command: 'sqlcmd stop', by: 'container-stop' },
      { command: 'sudo sqlcmd stop', by: 'container-stop' },
      { command: 'sqlcmd config use-context prod && sqlcmd stop', by: 'container-stop' },
    ],
    passes: ['sqlcmd -S db.example.com -Q "SELECT name FROM sys.databases"', `sqlcmd -Q "SELECT 'DROP TABLE x'"`, 'sqlcmd -i schema.sql', 'sqlcmd -Q "DELETE FROM orders WHERE id = 4"', 'sqlcmd create mssql --accept-eula', 'sqlcmd start', 'sqlcmd -?'],
  },
};
