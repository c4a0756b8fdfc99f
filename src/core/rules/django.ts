import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { customCommandEffects } from '../custom-commands.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

const target = { database: 'django', environment: ['--settings'], section: ['--database'], script: { name: 'manage.py', above: 0 } } as const;
const back = 'Undo it with a new migration.';

export const rule: Rule = {
  tool: 'django',
  title: 'Django',
  programs: ['manage.py', 'django-admin', 'django'],
  docs: 'https://docs.djangoproject.com/en/stable/ref/django-admin/',
  valueOptions: ['--settings', '--pythonpath', '--database', '-v', '--verbosity', '--router'],
  safeOptions: ['-h', '--plan', '--check', '--dry-run', '-n'],
  target,
  operations: [
    { id: 'flush', words: ['flush'], verb: 'truncate', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Empties every table of the database.', saferWay: 'Keep the data first: manage.py dumpdata.' },
    { id: 'reset-db', words: ['reset_db|reset_schema|drop_test_database'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--database'] }], why: 'Drops the database: all data is lost.', saferWay: 'Keep the data first: manage.py dumpdata.' },
    { id: 'migrate-zero', words: ['migrate', '*', 'zero'], verb: 'drop', kind: 'tables', reversibility: 'irreversible', name: [{ text: 'the app' }], why: 'Undoes every migration of an app: its tables go with their data.', saferWay: back },
    { id: 'migrate-fake', words: ['migrate'], needs: ['--fake'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Rewrites which migrations the database is believed to have.', saferWay: 'Compare first: manage.py showmigrations.' },
    { id: 'stale-content-types', words: ['remove_stale_contenttypes'], verb: 'delete', kind: 'content types', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Deletes what no model names any more, and everything that refers to it.', saferWay: 'Read what it lists before answering.' },
  ],
  inspect,
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
      { command: 'python manage.py remove_stale_contenttypes --no-input', by: 'stale-content-types' },
      { command: 'python manage.py clear_database', by: 'custom-command' },
      { command: 'uv run manage.py reset_db --noinput', by: 'reset-db' },
      { command: 'docker compose exec web ./manage.py reset_schema', by: 'reset-db' },
      { command: './manage.py remove_stale_contenttypes --no-input', by: 'stale-content-types' },
      { command: 'django-admin remove_stale_contenttypes --include-stale-apps', by: 'stale-content-types' },
      { command: './manage.py purge_customers --all', by: 'custom-command' },
      { command: 'poetry run python manage.py delete_orders', by: 'custom-command' },
      { command: 'python manage.py dbshell -- -c "DROP TABLE shop_order"', by: 'sql/drop-table' },
      { command: './manage.py dbshell <<< "DELETE FROM shop_order;"', by: 'sql/delete-all' },
      { command: './manage.py migrate --fake', by: 'migrate-fake' },
      { command: 'python manage.py sqlflush | python manage.py dbshell', by: 'sql/truncate' },
      { command: './manage.py sqlflush | psql shop', by: 'sql/truncate' },
    ],
    passes: ['python manage.py migrate', 'python manage.py migrate shop zero --plan', 'python manage.py makemigrations', 'python manage.py showmigrations', 'python manage.py sqlflush', 'python manage.py test', 'python manage.py runserver', 'python manage.py collectstatic --noinput', 'python manage.py clearsessions', 'python manage.py shell --help', 'python manage.py migrate shop 0004', 'python manage.py test shop.tests.delete_order', 'python manage.py clear_cache', 'python manage.py dbshell -- -c "SELECT 1"', 'python manage.py delete_expired_tokens'],
  },
};

/** Django's own commands that the names of custom ones are not to be mistaken for. */
const own = /^(?:migrate|makemigrations|test|shell|shell_plus|runserver|flush|sqlflush|reset_db|reset_schema|drop_test_database|remove_stale_contenttypes|loaddata|dumpdata|check|collectstatic|startapp|startproject)$/;

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const command = call.operands[0]?.text ?? '';
  const database = databaseTarget(target, call);
  // `dbshell` hands the database's own client what stands behind the dashes, and its input.
  if (command === 'dbshell') return sqlEffects(call, { inline: [], files: [], ...(call.afterDashes.length > 0 ? { operands: call.afterDashes.filter((word) => !word.text.startsWith('-')) } : {}) }, clientOf(database), analysis);
  return own.test(command) ? [] : customCommandEffects(call.operands[0], call, rule, database);
}
