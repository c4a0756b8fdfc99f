import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'graphile-migrate',
  title: 'Graphile Migrate',
  programs: ['graphile-migrate'],
  docs: 'https://github.com/graphile/migrate#readme',
  valueOptions: ['-c', '--config'],
  safeOptions: ['-h'],
  target: { database: 'graphile-migrate', config: ['-c', '--config'] },
  operations: [
    { id: 'reset', words: ['reset'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database and makes it again empty: all data is lost.', saferWay: 'Run new migrations only: graphile-migrate migrate.' },
    { id: 'uncommit', words: ['uncommit'], verb: 'overwrite', kind: 'migrations', reversibility: 'recoverable', certainty: 'likely', name: [], why: 'Takes the newest migration back out of the history of this project and of the database.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'npx graphile-migrate reset --erase', by: 'reset' },
      { command: 'graphile-migrate reset --shadow --erase', by: 'reset' },
      { command: 'DATABASE_URL=postgres://u@db.example.com/shop yarn graphile-migrate reset --erase', by: 'reset' },
      { command: 'npx graphile-migrate uncommit', by: 'uncommit' },
      { command: 'graphile-migrate uncommit -c prod.gmrc', by: 'uncommit' },
      { command: 'pnpm graphile-migrate uncommit', by: 'uncommit' },
    ],
    passes: ['npx graphile-migrate migrate', 'graphile-migrate watch --once', 'graphile-migrate status', 'graphile-migrate commit', 'graphile-migrate reset --help'],
  },
};
