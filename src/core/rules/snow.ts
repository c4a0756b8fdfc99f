import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'snow',
  title: 'Snowflake',
  programs: ['snow'],
  docs: 'https://docs.snowflake.com/en/developer-guide/snowflake-cli/index',
  valueOptions: ['-c', '--connection', '--database', '--schema', '--role', '--warehouse', '-q', '--query', '-f', '--filename', '--format'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'snowflake', option: ['-c', '--connection'] },
  operations: [
    { id: 'teardown', words: ['app', 'teardown'], verb: 'delete', kind: 'application', reversibility: 'irreversible', name: [], why: 'Deletes the application and its package with their data.', saferWay: 'List it first and let a person delete it.' },
    { id: 'sql', words: ['sql'], verb: 'runUnknown', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Runs SQL on the database.', saferWay: 'Look at the statements first.' },
  ],
  unlisted: 'Snowflake resource',
  cases: {
    caught: [
      { command: 'snow object drop database shop', by: 'unlisted' },
      { command: 'snow app version drop v1', by: 'unlisted' },
      { command: 'snow stage remove @s x', by: 'unlisted' },
      { command: 'snow app teardown --force', by: 'teardown' },
      { command: 'snow sql -q "DROP TABLE users"', by: 'sql' },
    ],
    passes: ['snow object list table', 'snow connection list', 'snow app run', 'snow stage list'],
  },
};
