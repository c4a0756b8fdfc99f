import type { Analysis } from '../analysis.ts';
import { textOf } from '../shell/word.ts';
import type { Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';

const target = { database: 'typeorm', config: ['-d', '--dataSource', '-f'] } as const;

export const rule: Rule = {
  tool: 'typeorm',
  title: 'TypeORM',
  programs: ['typeorm', 'typeorm-ts-node-commonjs', 'typeorm-ts-node-esm'],
  docs: 'https://typeorm.io/docs/advanced-topics/using-cli',
  valueOptions: ['-d', '--dataSource', '-t', '--transaction', '-f'],
  safeOptions: ['-h'],
  target,
  operations: [
    { id: 'schema-drop', words: ['schema:drop'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops every table: all data is lost.', saferWay: 'Run migrations instead: typeorm migration:run.' },
    { id: 'schema-sync', words: ['schema:sync'], verb: 'drop', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Changes the tables to fit the entities: columns and tables they lack go with their data.', saferWay: 'Look at the SQL first: typeorm schema:log.' },
    { id: 'revert', words: ['migration:revert'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes the newest migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'npx typeorm schema:drop -d src/data-source.ts', by: 'schema-drop' },
      { command: 'typeorm-ts-node-commonjs schema:drop -d data-source.ts', by: 'schema-drop' },
      { command: 'npx typeorm-ts-node-esm schema:drop -d data-source.ts', by: 'schema-drop' },
      { command: 'typeorm schema:sync -d data-source.ts', by: 'schema-sync' },
      { command: 'node node_modules/.bin/typeorm schema:sync', by: 'schema-sync' },
      { command: 'npm exec typeorm schema:sync', by: 'schema-sync' },
      { command: 'yarn dlx typeorm migration:revert -d ds.ts', by: 'revert' },
      { command: 'typeorm query "DROP TABLE users"', by: 'sql/drop-table' },
      { command: 'npx typeorm migration:revert -d dist/data-source.js', by: 'revert' },
      { command: 'pnpm typeorm-ts-node-commonjs migration:revert -d src/data-source.ts -t each', by: 'revert' },
      { command: 'npx typeorm-ts-node-esm -d src/data-source.ts query "DELETE FROM orders"', by: 'sql/delete-all' },
      { command: 'npx ts-node ./node_modules/typeorm/cli.js schema:drop -d src/data-source.ts', by: 'schema-drop' },
      { command: 'node node_modules/typeorm/cli.js -d dist/ds.js schema:drop', by: 'schema-drop' },
    ],
    passes: ['typeorm migration:run -d data-source.ts', 'typeorm migration:generate src/drop', 'typeorm migration:show', 'typeorm schema:log -d ds.ts', 'typeorm init --name shop', 'typeorm migration:create src/x', 'npx typeorm query "SELECT 1" -d src/data-source.ts', 'npx typeorm cache:clear -d src/data-source.ts'],
  },
};

/** `typeorm query TEXT` runs one statement. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [command, text] = call.operands;
  return textOf(command) === 'query' && text ? analysis.sql(text.text, clientOf(databaseTarget(target, call)), placeOf(call.invocation)) : [];
}
