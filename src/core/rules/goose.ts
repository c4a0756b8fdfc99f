import type { Rule } from '../rule.ts';

/** `goose DRIVER DBSTRING COMMAND`; otherwise the environment says both. */
const named = { database: 'goose', operand: 1 } as const;

export const rule: Rule = {
  tool: 'goose',
  title: 'goose',
  programs: ['goose'],
  docs: 'https://pressly.github.io/goose/documentation/cli-commands/',
  valueOptions: ['-dir', '-table', '-certfile', '-ssl-cert', '-ssl-key', '-env', '-timeout'],
  optionStyle: 'single-dash',
  safeOptions: ['-h'],
  target: { database: 'goose', envFile: ['-env'] },
  operations: [
    { id: 'reset', words: ['*', '*', 'reset|down-to'], target: named, verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes the migrations: the tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'down', words: ['*', '*', 'down|redo'], target: named, verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes the newest migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'reset-env', words: ['reset|down-to'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes the migrations: the tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'down-env', words: ['down|redo'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes the newest migration: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'goose postgres "host=db.example.com user=app dbname=shop" reset', by: 'reset' },
      { command: 'goose -dir db/migrations postgres "$DATABASE_URL" reset', by: 'reset' },
      { command: 'goose sqlite3 app.db down-to 0', by: 'reset' },
      { command: 'GOOSE_DRIVER=postgres goose reset', by: 'reset-env' },
      { command: 'goose postgres "postgres://u@db.example.com/shop" down', by: 'down' },
      { command: 'goose down', by: 'down-env' },
      { command: 'GOOSE_DRIVER=mysql GOOSE_DBSTRING=app@tcp/shop goose -dir migrations reset', by: 'reset-env' },
      { command: 'goose down-to 20250101', by: 'reset-env' },
      { command: 'goose -dir db redo', by: 'down-env' },
      { command: 'GOOSE_DRIVER=sqlite3 goose -dir migrations down', by: 'down-env' },
      { command: 'goose mysql "app:x@tcp(db.example.com)/shop" redo', by: 'down' },
    ],
    passes: ['goose up', 'goose status', 'goose postgres "$DATABASE_URL" up', 'goose create drop_users sql', 'goose version', 'goose fix', 'goose -dir db/migrations validate', 'goose up-by-one'],
  },
};
