import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'aerich',
  title: 'Aerich',
  programs: ['aerich'],
  docs: 'https://github.com/tortoise/aerich#readme',
  valueOptions: ['-c', '--config', '--app', '-v', '--version', '--name'],
  safeOptions: ['-h'],
  target: { database: 'aerich', config: ['-c', '--config'] },
  operations: [
    { id: 'downgrade', words: ['downgrade'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-v', '--version'] }], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'fix', words: ['fix-migrations'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', certainty: 'likely', name: [], why: 'Rewrites the migration files and what the database is believed to have.', saferWay: 'Keep the files in git first.' },
  ],
  cases: {
    caught: [
      { command: 'aerich downgrade', by: 'downgrade' },
      { command: 'aerich -c prod.toml downgrade -v 0 -d --yes', by: 'downgrade' },
      { command: 'poetry run aerich --app models downgrade', by: 'downgrade' },
      { command: 'aerich fix-migrations', by: 'fix' },
      { command: 'uv run aerich fix-migrations', by: 'fix' },
      { command: 'aerich -c prod.toml fix-migrations', by: 'fix' },
    ],
    passes: ['aerich upgrade', 'aerich migrate --name drop_users', 'aerich history', 'aerich heads', 'aerich init-db'],
  },
};
