import { customCommandEffects } from '../custom-commands.ts';
import { databaseTarget } from '../database-target.ts';
import type { Rule } from '../rule.ts';

const target = { database: 'flask', section: ['-A', '--app'], envFile: ['-e', '--env-file'] } as const;

export const rule: Rule = {
  tool: 'flask',
  title: 'Flask',
  programs: ['flask'],
  docs: 'https://flask-migrate.readthedocs.io/en/latest/#command-reference',
  valueOptions: ['-A', '--app', '-e', '--env-file', '-d', '--directory', '-x', '--x-arg', '-m', '--message', '--tag', '-p', '--port', '--host'],
  safeOptions: ['-h', '--sql'],
  target,
  operations: [
    { id: 'downgrade-base', words: ['db', 'downgrade', 'base'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'downgrade', words: ['db', 'downgrade'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Takes the database back: tables and columns added since go with their data.', saferWay: 'Look at the SQL first: add --sql.' },
    { id: 'stamp-purge', words: ['db', 'stamp'], needs: ['--purge'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Rewrites which migrations the database is believed to have.', saferWay: 'Compare first: flask db current.' },
    { id: 'db-drop', words: ['db', 'drop|reset|drop-all'], verb: 'drop', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'By its name drops the database.', saferWay: 'Read the command first.' },
  ],
  // Commands a project adds itself: https://flask.palletsprojects.com/en/stable/cli/#custom-commands
  inspect: (call) => (/^(?:db|run|shell|routes)$/.test(call.operands[0]?.text ?? '') ? [] : customCommandEffects(call.operands[0], call, rule, databaseTarget(target, call))),
  cases: {
    caught: [
      { command: 'flask db downgrade base', by: 'downgrade-base' },
      { command: 'flask --app shop db downgrade base', by: 'downgrade-base' },
      { command: 'python -m flask db downgrade base', by: 'downgrade-base' },
      { command: 'flask db downgrade', by: 'downgrade' },
      { command: 'flask drop-db', by: 'custom-command' },
      { command: 'flask --app shop reset_db', by: 'custom-command' },
      { command: 'flask db drop', by: 'db-drop' },
      { command: 'flask db stamp --purge head', by: 'stamp-purge' },
      { command: 'python -m flask purge-users', by: 'custom-command' },
      { command: 'uv run flask --app shop delete_orders', by: 'custom-command' },
    ],
    passes: ['flask db upgrade', 'flask db migrate -m "drop users"', 'flask run', 'flask db current', 'flask db downgrade --sql', 'flask routes', 'flask db history', 'flask clear-cache', 'flask shell', 'flask db stamp head', 'flask create-user drop'],
  },
};
