import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'flask',
  title: 'Flask',
  programs: ['flask'],
  docs: 'https://flask-migrate.readthedocs.io/en/latest/#command-reference',
  valueOptions: ['-A', '--app', '-e', '--env-file', '-d', '--directory', '-x', '--x-arg', '-m', '--message', '--tag', '-p', '--port', '--host'],
  safeOptions: ['-h', '--sql'],
  target: { database: 'alembic' },
  operations: [
    { id: 'downgrade-base', words: ['db', 'downgrade', 'base'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'downgrade', words: ['db', 'downgrade'], verb: 'overwrite', kind: 'tables', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Takes the database back: tables and columns added since go with their data.', saferWay: 'Look at the SQL first: add --sql.' },
    { id: 'drop', words: ['drop-db|drop_db|dropdb|reset-db|reset_db|init-db-force'], verb: 'drop', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'By its name drops the database.', saferWay: 'Read the command first.' },
    { id: 'db-drop', words: ['db', 'drop|reset|drop-all'], verb: 'drop', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'By its name drops the database.', saferWay: 'Read the command first.' },
  ],
  cases: {
    caught: [
      { command: 'flask db downgrade base', by: 'downgrade-base' },
      { command: 'flask --app shop db downgrade base', by: 'downgrade-base' },
      { command: 'python -m flask db downgrade base', by: 'downgrade-base' },
      { command: 'flask db downgrade', by: 'downgrade' },
      { command: 'flask drop-db', by: 'drop' },
      { command: 'flask --app shop reset_db', by: 'drop' },
      { command: 'flask db drop', by: 'db-drop' },
    ],
    passes: ['flask db upgrade', 'flask db migrate -m "drop users"', 'flask run', 'flask db current', 'flask db downgrade --sql', 'flask routes', 'flask db history'],
  },
};
