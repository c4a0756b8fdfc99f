import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'dbmate',
  title: 'dbmate',
  programs: ['dbmate'],
  docs: 'https://github.com/amacneil/dbmate#commands',
  valueOptions: ['-u', '--url', '-e', '--env', '--env-file', '-d', '--migrations-dir', '-s', '--schema-file', '--migrations-table', '--wait-timeout'],
  safeOptions: ['-h'],
  target: { database: 'dbmate', option: ['-u', '--url'], section: ['-e', '--env'], envFile: ['--env-file'] },
  operations: [
    { id: 'drop', words: ['drop'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops the database: all data is lost.', saferWay: 'Keep the data first: dbmate dump writes only the schema.' },
    { id: 'rollback', words: ['rollback|down'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes the newest migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'dbmate drop', by: 'drop' },
      { command: 'dbmate --url postgres://u@db.example.com/shop drop', by: 'drop' },
      { command: 'dbmate -e PROD_DATABASE_URL drop', by: 'drop' },
      { command: 'dbmate rollback', by: 'rollback' },
      { command: 'npx dbmate down', by: 'rollback' },
      { command: 'dbmate --env-file .env.prod down', by: 'rollback' },
      { command: 'docker run --rm -e DATABASE_URL ghcr.io/amacneil/dbmate:2 drop', by: 'drop' },
    ],
    passes: ['dbmate up', 'dbmate migrate', 'dbmate new drop_users', 'dbmate status', 'dbmate dump', 'dbmate create', 'dbmate wait', 'dbmate --url postgres://u@db.example.com/shop status', 'dbmate load --help', 'docker run --rm ghcr.io/amacneil/dbmate status'],
  },
};
