import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'node-pg-migrate',
  title: 'node-pg-migrate',
  programs: ['node-pg-migrate'],
  docs: 'https://salsita.github.io/node-pg-migrate/cli',
  valueOptions: ['-d', '--database-url-var', '-m', '--migrations-dir', '-t', '--migrations-table', '-s', '--schema', '-j', '--migration-file-language', '-f', '--config-file', '--envPath', '-i', '--ignore-pattern'],
  safeOptions: ['-h', '--dry-run'],
  target: { database: 'node-pg-migrate', config: ['-f', '--config-file'], section: ['-d', '--database-url-var'], envFile: ['--envPath'] },
  operations: [
    { id: 'down', words: ['down|redo'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'npx node-pg-migrate down', by: 'down' },
      { command: 'node-pg-migrate redo 2 --envPath .env.prod', by: 'down' },
      { command: 'DATABASE_URL=postgres://u@db.example.com/shop pnpm node-pg-migrate down 0', by: 'down' },
    ],
    passes: ['npx node-pg-migrate up', 'node-pg-migrate create drop users', 'npx node-pg-migrate down --dry-run'],
  },
};
