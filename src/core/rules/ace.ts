import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'ace',
  title: 'AdonisJS',
  programs: ['ace', 'ace.js'],
  docs: 'https://lucid.adonisjs.com/docs/migrations',
  valueOptions: ['--connection', '-c', '--batch', '--env'],
  safeOptions: ['-h', '--dry-run'],
  target: { database: 'migration' },
  operations: [
    { id: 'fresh', words: ['migration:fresh|migration:refresh|migration:reset|db:wipe|db:truncate'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--connection', '-c'] }], why: 'Drops or empties every table: all data is lost.', saferWay: 'Run the new migrations only: node ace migration:run.' },
    { id: 'rollback', words: ['migration:rollback'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Print the SQL first: add --dry-run.' },
  ],
  cases: {
    caught: [
      { command: 'node ace migration:fresh --seed', by: 'fresh' },
      { command: 'node ace.js migration:reset --force', by: 'fresh' },
      { command: 'node ace db:wipe', by: 'fresh' },
      { command: 'node ace migration:rollback', by: 'rollback' },
      { command: 'node ace migration:rollback --batch=0 --force', by: 'rollback' },
      { command: 'docker compose exec api node ace.js migration:rollback', by: 'rollback' },
      { command: 'node ace migration:refresh --connection=pg', by: 'fresh' },
      { command: 'node ace db:truncate', by: 'fresh' },
    ],
    passes: ['node ace migration:run', 'node ace migration:status', 'node ace serve', 'node ace make:migration drop_users', 'node ace migration:fresh --help', 'node ace migration:rollback --dry-run', 'node ace db:seed', 'node ace list'],
  },
};
