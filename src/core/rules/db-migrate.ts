import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'db-migrate',
  title: 'db-migrate',
  programs: ['db-migrate'],
  docs: 'https://db-migrate.readthedocs.io/en/latest/Getting%20Started/commands/',
  valueOptions: ['-e', '--env', '-m', '--migrations-dir', '--config', '-c', '--count', '--sql-file', '-t', '--table'],
  safeOptions: ['-h', '--dry-run', '--check'],
  target: { database: 'db-migrate', config: ['--config'], environment: ['-e', '--env'] },
  operations: [
    { id: 'db-drop', words: ['db:drop|db:drop:*'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Drops the database {name}: all data is lost.', saferWay: 'Run new migrations only: db-migrate up.' },
    { id: 'reset', words: ['reset|reset:*'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'down', words: ['down|down:*'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'fix', words: ['fix'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', certainty: 'likely', name: [], why: 'Rewrites which migrations the database is believed to have.', saferWay: 'Look at the table first.' },
  ],
  cases: {
    caught: [
      { command: 'npx db-migrate db:drop shop', by: 'db-drop' },
      { command: 'db-migrate db:drop shop -e production', by: 'db-drop' },
      { command: 'yarn db-migrate db:drop:shop x', by: 'db-drop' },
      { command: 'npx db-migrate reset', by: 'reset' },
      { command: 'db-migrate reset -e production', by: 'reset' },
      { command: 'pnpm db-migrate reset:users', by: 'reset' },
      { command: 'npx db-migrate down', by: 'down' },
      { command: 'db-migrate down -c 3 -e production', by: 'down' },
      { command: 'pnpm dlx db-migrate down:users', by: 'down' },
      { command: 'npx db-migrate fix', by: 'fix' },
      { command: 'db-migrate fix -e production', by: 'fix' },
      { command: 'pnpm db-migrate fix', by: 'fix' },
    ],
    passes: ['npx db-migrate up', 'db-migrate create drop-users', 'db-migrate check', 'db-migrate db:create shop', 'npx db-migrate down --dry-run'],
  },
};
