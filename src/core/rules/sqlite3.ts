import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

/** `sqlite3 FILE [SQL…]`; without a file it works in memory. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  if (hasOption(call, '-readonly', '--readonly')) return [];
  const [file, ...texts] = call.operands;
  const database = { client: 'sqlite3', connection: file?.text ?? ':memory:' };
  return sqlEffects(call, { inline: ['-cmd', '--cmd', '-e', '--execute'], files: ['-init', '--init'], operands: texts }, database, analysis);
}

export const rule: Rule = {
  tool: 'sqlite3',
  title: 'SQLite',
  programs: ['sqlite3', 'sqlite', 'litecli'],
  docs: 'https://www.sqlite.org/cli.html',
  optionStyle: 'single-dash',
  valueOptions: ['-e', '--execute', '-cmd', '--cmd', '-init', '--init', '-separator', '--separator', '-newline', '--newline', '-nullvalue', '--nullvalue', '-maxsize', '-mmap', '-heap', '-vfs', '-pagecache', '-lookaside'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sqlite3 app.db "DROP TABLE users"', by: 'sql/drop-table' },
      { command: 'sqlite3 -header app.db "SELECT 1; DELETE FROM users"', by: 'sql/delete-all' },
      { command: 'echo "DROP TABLE users;" | sqlite3 app.db', by: 'sql/drop-table' },
      { command: 'sqlite3 app.db ".restore old.db"', by: 'sql/client-restore' },
      { command: 'sqlite3 -cmd "DROP TABLE users" app.db', by: 'sql/drop-table' },
      { command: 'sqlite3 app.db "PRAGMA writable_schema=ON"', by: 'sql/writable-schema' },
      { command: 'sqlite3 app.db ".open --new app.db"', by: 'sql/client-restore' },
      { command: 'sqlite3 app.db ".shell rm -rf uploads"', by: 'rm/delete' },
      { command: 'litecli app.db -e "DROP TABLE orders"', by: 'sql/drop-table' },
    ],
    passes: ['sqlite3 app.db .tables', 'sqlite3 app.db "SELECT * FROM users"', 'sqlite3 :memory: "CREATE TABLE a (b); DROP TABLE a"', 'sqlite3 -readonly app.db "DROP TABLE users"', 'sqlite3 app.db ".backup copy.db"', 'sqlite3 app.db "PRAGMA integrity_check"', 'sqlite3 app.db .dump', 'sqlite3 app.db VACUUM'],
  },
};
