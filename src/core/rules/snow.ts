import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

const target = { database: 'snow', option: ['--account'], section: ['-c', '--connection'], name: ['--database'] } as const;

export const rule: Rule = {
  tool: 'snow',
  title: 'Snowflake',
  programs: ['snow'],
  docs: 'https://docs.snowflake.com/en/developer-guide/snowflake-cli/index',
  valueOptions: ['-c', '--connection', '--database', '--schema', '--role', '--warehouse', '-q', '--query', '-f', '--filename', '--format', '--config-file', '--account', '--user'],
  safeOptions: ['-h', '--dry-run'],
  target,
  operations: [
    { id: 'teardown', words: ['app', 'teardown'], verb: 'delete', kind: 'application', reversibility: 'irreversible', name: [], why: 'Deletes the application and its package with their data.', saferWay: 'List it first and let a person delete it.' },
    { id: 'object-drop', words: ['object', 'drop'], verb: 'drop', kind: 'object', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Drops {name} with everything in it.', saferWay: 'Look at it first: snow object describe.' },
    { id: 'stage-remove', words: ['stage', 'remove|drop'], verb: 'delete', kind: 'files of a stage', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from its stage.', saferWay: 'List the files first: snow stage list-files.' },
    { id: 'service-stop', words: ['spcs', 'service|compute-pool', 'suspend|stop-all'], verb: 'stop', kind: 'service', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops {name}; what uses it stops working.', saferWay: 'Look first: snow spcs service status.' },
  ],
  unlisted: 'Snowflake resource',
  inspect,
  cases: {
    caught: [
      { command: 'snow object drop database shop', by: 'object-drop' },
      { command: 'snow app version drop v1', by: 'unlisted' },
      { command: 'snow stage remove @s x', by: 'stage-remove' },
      { command: 'snow app teardown --force', by: 'teardown' },
      { command: 'snow sql -q "DROP TABLE users"', by: 'sql/drop-table' },
      { command: 'snow app teardown -c prod', by: 'teardown' },
      { command: 'snow --config-file c.toml app teardown --cascade --force', by: 'teardown' },
      { command: 'snow object drop table orders -c prod', by: 'object-drop' },
      { command: 'snow --debug object drop schema shop', by: 'object-drop' },
      { command: 'snow stage drop incoming', by: 'stage-remove' },
      { command: 'snow stage remove @incoming 2025 -c prod', by: 'stage-remove' },
      { command: 'snow spcs service suspend api', by: 'service-stop' },
      { command: 'snow spcs compute-pool suspend pool -c prod', by: 'service-stop' },
      { command: 'snow spcs compute-pool stop-all pool', by: 'service-stop' },
      { command: 'snow git drop repo', by: 'unlisted' },
      { command: 'snow sql -c prod <<< "TRUNCATE TABLE orders"', by: 'sql/truncate' },
    ],
    passes: ['snow object list table', 'snow connection list', 'snow app run', 'snow stage list', 'snow sql -q "SELECT 1" -c prod', 'snow sql -f schema.sql', 'snow object describe table orders', 'snow spcs service status api'],
  },
};

/** `snow sql` takes text, files or its input. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  if (call.operands[0]?.text !== 'sql') return [];
  return sqlEffects(call, { inline: ['-q', '--query'], files: ['-f', '--filename'] }, clientOf(databaseTarget(target, call)), analysis);
}
