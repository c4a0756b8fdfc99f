import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sea-orm-cli',
  title: 'SeaORM',
  programs: ['sea-orm-cli'],
  docs: 'https://github.com/SeaQL/sea-orm/blob/master/sea-orm-cli/README.md',
  valueOptions: ['-u', '--database-url', '-s', '--database-schema', '-d', '--migration-dir', '-n', '--num'],
  safeOptions: ['-h'],
  target: { database: 'sea-orm', option: ['-u', '--database-url'] },
  operations: [
    { id: 'fresh', words: ['migrate', 'fresh|refresh|reset'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops or undoes every table: all data is lost.', saferWay: 'Run new migrations only: sea-orm-cli migrate up.' },
    { id: 'down', words: ['migrate', 'down'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'sea-orm-cli migrate fresh', by: 'fresh' },
      { command: 'DATABASE_URL=postgres://u@db.example.com/shop sea-orm-cli migrate refresh', by: 'fresh' },
      { command: 'sea-orm-cli migrate -d ./migration reset', by: 'fresh' },
      { command: 'sea-orm-cli migrate down -n 2', by: 'down' },
      { command: 'sea-orm-cli migrate -u postgres://u@db.example.com/shop down', by: 'down' },
    ],
    passes: ['sea-orm-cli migrate up', 'sea-orm-cli migrate status', 'sea-orm-cli migrate generate drop_users', 'sea-orm-cli generate entity', 'sea-orm-cli migrate fresh --help'],
  },
};
