import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'payload',
  title: 'Payload',
  programs: ['payload'],
  docs: 'https://payloadcms.com/docs/database/migrations',
  valueOptions: ['--config', '--file'],
  safeOptions: ['-h'],
  target: { database: 'migration' },
  operations: [
    { id: 'fresh', words: ['migrate:fresh'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the whole database and runs every migration again: all data is lost.', saferWay: 'Run the new ones only: payload migrate.' },
    { id: 'reset', words: ['migrate:reset|migrate:refresh'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'down', words: ['migrate:down'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes the newest migrations: what they added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'npx payload migrate:fresh', by: 'fresh' },
      { command: 'pnpm payload migrate:fresh --force-accept-warning', by: 'fresh' },
      { command: 'DATABASE_URI=postgres://u@db.example.com/shop yarn payload migrate:fresh', by: 'fresh' },
      { command: 'npx payload migrate:reset', by: 'reset' },
      { command: 'pnpm payload migrate:refresh', by: 'reset' },
      { command: 'bunx payload migrate:reset', by: 'reset' },
      { command: 'npx payload migrate:down', by: 'down' },
      { command: 'pnpm payload migrate:down', by: 'down' },
      { command: 'bunx payload migrate:down', by: 'down' },
    ],
    passes: ['npx payload migrate', 'npx payload migrate:status', 'npx payload migrate:create drop_users', 'npx payload generate:types', 'npx payload build'],
  },
};
