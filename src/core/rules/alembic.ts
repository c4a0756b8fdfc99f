import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'alembic',
  title: 'Alembic',
  programs: ['alembic'],
  docs: 'https://alembic.sqlalchemy.org/en/latest/tutorial.html#downgrading',
  valueOptions: ['-c', '--config', '-n', '--name', '-x', '--tag', '-m', '--message', '--rev-id', '--branch-label', '--version-path'],
  safeOptions: ['-h', '--sql'],
  target: { database: 'alembic', config: ['-c', '--config'], section: ['-n', '--name'], sets: ['-x'] },
  operations: [
    { id: 'downgrade-base', words: ['downgrade', 'base'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'downgrade', words: ['downgrade'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Takes the database back to {name}: tables and columns added since go with their data.', saferWay: 'Look at the SQL first: add --sql.' },
    { id: 'stamp-purge', words: ['stamp'], needs: ['--purge'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Rewrites which migrations the database is believed to have.', saferWay: 'Compare first: alembic current.' },
  ],
  cases: {
    caught: [
      { command: 'alembic downgrade base', by: 'downgrade-base' },
      { command: 'python -m alembic -c db/alembic.ini downgrade base', by: 'downgrade-base' },
      { command: 'poetry run alembic downgrade base', by: 'downgrade-base' },
      { command: 'alembic downgrade -1', by: 'downgrade' },
      { command: 'alembic downgrade ae1027a6acf', by: 'downgrade' },
      { command: 'uv run alembic downgrade -2', by: 'downgrade' },
      { command: 'alembic stamp --purge head', by: 'stamp-purge' },
      { command: 'python -m alembic stamp --purge base', by: 'stamp-purge' },
      { command: 'uv run alembic -c alembic.ini stamp --purge ae1027a6acf', by: 'stamp-purge' },
    ],
    passes: ['alembic upgrade head', 'alembic history', 'alembic current', 'alembic revision --autogenerate -m "drop users"', 'alembic downgrade base --sql', 'alembic check', 'alembic heads', 'alembic stamp head'],
  },
};
