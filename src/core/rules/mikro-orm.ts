import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'mikro-orm',
  title: 'MikroORM',
  programs: ['mikro-orm', 'mikro-orm-esm'],
  packages: ['@mikro-orm/cli'],
  docs: 'https://mikro-orm.io/docs/schema-generator',
  valueOptions: ['--schema', '--config', '--contextName', '--name', '-n', '-p', '--path', '-t', '--to', '-f', '--from', '-o', '--only', '--seed'],
  safeOptions: ['-h'],
  target: { database: 'mikro-orm', config: ['--config'] },
  operations: [
    { id: 'schema-drop', words: ['schema:drop'], needs: ['--run', '-r'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--schema'] }], why: 'Drops every table: all data is lost.', saferWay: 'Print the SQL first: schema:drop --dump.' },
    { id: 'schema-fresh', words: ['schema:fresh'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--schema'] }], why: 'Drops every table and makes it again empty: all data is lost.', saferWay: 'Run migrations instead: mikro-orm migration:up.' },
    { id: 'migration-fresh', words: ['migration:fresh'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Empties the database and runs every migration again: all data is lost.', saferWay: 'Run the new ones only: mikro-orm migration:up.' },
    { id: 'schema-update', words: ['schema:update'], needs: ['--run', '-r'], unless: ['--safe'], verb: 'drop', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--schema'] }], why: 'Changes the tables to fit the entities: columns and tables they lack go with their data.', saferWay: 'Print the SQL first: schema:update --dump.' },
    { id: 'migration-down', words: ['migration:down'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes a migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'npx mikro-orm schema:drop -r', by: 'schema-drop' },
      { command: 'mikro-orm schema:drop --run --drop-db', by: 'schema-drop' },
      { command: 'npx mikro-orm-esm schema:drop --run', by: 'schema-drop' },
      { command: 'mikro-orm schema:fresh --run', by: 'schema-fresh' },
      { command: 'mikro-orm migration:fresh --seed DatabaseSeeder', by: 'migration-fresh' },
      { command: 'mikro-orm schema:update --run', by: 'schema-update' },
      { command: 'mikro-orm migration:down', by: 'migration-down' },
      { command: 'npx mikro-orm schema:fresh -r --seed', by: 'schema-fresh' },
      { command: 'pnpm dlx @mikro-orm/cli schema:fresh --run', by: 'schema-fresh' },
      { command: 'npx mikro-orm migration:fresh', by: 'migration-fresh' },
      { command: 'npx mikro-orm-esm migration:fresh --drop-db', by: 'migration-fresh' },
      { command: 'npx mikro-orm schema:update -r', by: 'schema-update' },
      { command: 'npx mikro-orm-esm schema:update --run --drop-tables', by: 'schema-update' },
      { command: 'npx mikro-orm migration:down --to 0', by: 'migration-down' },
      { command: 'npx mikro-orm-esm migration:down', by: 'migration-down' },
    ],
    passes: ['mikro-orm migration:up', 'mikro-orm migration:list', 'mikro-orm schema:drop --dump', 'mikro-orm schema:update --dump', 'mikro-orm schema:update --run --safe', 'mikro-orm migration:create --name drop', 'mikro-orm debug', 'mikro-orm schema:create --dump', 'mikro-orm migration:check'],
  },
};
