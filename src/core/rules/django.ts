import type { Rule } from '../rule.ts';

const back = 'Undo it with a new migration.';

export const rule: Rule = {
  tool: 'django',
  title: 'Django',
  programs: ['manage.py', 'django-admin', 'django'],
  docs: 'https://docs.djangoproject.com/en/stable/ref/django-admin/',
  valueOptions: ['--settings', '--pythonpath', '--database', '-v', '--verbosity', '--router'],
  safeOptions: ['-h', '--plan', '--check', '--dry-run', '-n'],
  target: { database: 'django' },
  operations: [
    { id: 'flush', words: ['flush'], verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Empties every table of the database.', saferWay: 'Keep the data first: manage.py dumpdata.' },
    { id: 'reset-db', words: ['reset_db|reset_schema|drop_test_database'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Drops the database: all data is lost.', saferWay: 'Keep the data first: manage.py dumpdata.' },
    { id: 'migrate-zero', words: ['migrate', '*', 'zero'], verb: 'drop', kind: 'tables', reversibility: 'irreversible', name: [{ text: 'the app' }], why: 'Undoes every migration of an app: its tables go with their data.', saferWay: back },
    { id: 'migrate-fake', words: ['migrate'], needs: ['--fake'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Rewrites which migrations the database is believed to have.', saferWay: 'Compare first: manage.py showmigrations.' },
    { id: 'sessions', words: ['delete_squashed_migrations|remove_stale_contenttypes'], verb: 'delete', kind: 'content types', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Deletes what no model names any more, and everything that refers to it.', saferWay: 'Read what it lists before answering.' },
    { id: 'loaddata-delete', words: ['delete_all|clear_database|truncate_db'], verb: 'truncate', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'By its name empties the database.', saferWay: 'Read the command first.' },
  ],
  cases: {
    caught: [
      { command: 'python manage.py flush --no-input', by: 'flush' },
      { command: './manage.py flush', by: 'flush' },
      { command: 'uv run python -u src/manage.py flush', by: 'flush' },
      { command: 'docker compose run web python manage.py flush', by: 'flush' },
      { command: 'python3 manage.py reset_db --noinput', by: 'reset-db' },
      { command: 'django-admin migrate shop zero --settings=shop.settings', by: 'migrate-zero' },
      { command: 'python manage.py migrate shop zero', by: 'migrate-zero' },
      { command: 'python manage.py migrate --fake shop 0003', by: 'migrate-fake' },
      { command: 'python manage.py remove_stale_contenttypes --no-input', by: 'sessions' },
      { command: 'python manage.py clear_database', by: 'loaddata-delete' },
    ],
    passes: ['python manage.py migrate', 'python manage.py migrate shop zero --plan', 'python manage.py makemigrations', 'python manage.py showmigrations', 'python manage.py sqlflush', 'python manage.py test', 'python manage.py runserver', 'python manage.py collectstatic --noinput', 'python manage.py clearsessions', 'python manage.py shell --help', 'python manage.py migrate shop 0004'],
  },
};
