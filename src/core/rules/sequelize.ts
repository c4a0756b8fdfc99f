import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sequelize',
  title: 'Sequelize',
  programs: ['sequelize', 'sequelize-cli'],
  docs: 'https://sequelize.org/docs/v6/other-topics/migrations/',
  valueOptions: ['--env', '--config', '--url', '--name', '--to', '--seed', '--migrations-path', '--seeders-path', '--models-path', '--options-path', '--attributes'],
  safeOptions: ['-h'],
  target: { database: 'sequelize', option: ['--url'], config: ['--config'], environment: ['--env'], section: ['--options-path'] },
  operations: [
    { id: 'db-drop', words: ['db:drop'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--env'] }], why: 'Drops the database: all data is lost.', saferWay: 'Run migrations instead: sequelize db:migrate.' },
    { id: 'undo-all', words: ['db:migrate:undo:all'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--env'] }], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'undo', words: ['db:migrate:undo'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--name'] }], why: 'Undoes a migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'seed-undo', words: ['db:seed:undo|db:seed:undo:all'], verb: 'delete', kind: 'rows', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--seed'] }], why: 'Deletes the rows the seeds added, as the seed files say.', saferWay: 'Read the seed files first.' },
  ],
  cases: {
    caught: [
      { command: 'npx sequelize-cli db:drop', by: 'db-drop' },
      { command: 'sequelize db:drop --env production', by: 'db-drop' },
      { command: 'npx sequelize db:drop --url postgres://u@db.example.com/shop', by: 'db-drop' },
      { command: 'sequelize-cli db:migrate:undo:all', by: 'undo-all' },
      { command: 'sequelize db:migrate:undo --name 2025-add.js', by: 'undo' },
      { command: 'sequelize db:seed:undo:all', by: 'seed-undo' },
      { command: 'npx sequelize-cli --env production db:migrate:undo:all', by: 'undo-all' },
      { command: 'pnpm dlx sequelize-cli db:migrate:undo:all --to 2025-01-add.js', by: 'undo-all' },
      { command: 'npx sequelize-cli db:migrate:undo', by: 'undo' },
      { command: 'yarn sequelize-cli db:migrate:undo --url postgres://u@db.example.com/shop', by: 'undo' },
      { command: 'npx sequelize-cli db:seed:undo', by: 'seed-undo' },
      { command: 'sequelize db:seed:undo --seed 2025-users.js', by: 'seed-undo' },
    ],
    passes: ['sequelize db:migrate', 'sequelize db:migrate:status', 'sequelize db:create', 'sequelize db:seed:all', 'sequelize model:generate --name Drop --attributes a:string', 'sequelize migration:generate --name drop-users', 'npx sequelize-cli db:migrate --url postgres://u@db.example.com/shop'],
  },
};
