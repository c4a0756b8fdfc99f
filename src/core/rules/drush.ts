import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';

const target = { database: 'drupal', option: ['--db-url'], config: ['-r', '--root'], alias: true } as const;

export const rule: Rule = {
  tool: 'drush',
  title: 'Drush',
  programs: ['drush'],
  docs: 'https://www.drush.org/latest/commands/all/',
  valueOptions: ['-l', '--uri', '-r', '--root', '--include', '--db-url', '--db-su', '--db-su-pw', '--account-name', '--account-pass', '--site-name', '--bundle', '--extra', '--database', '--file', '--target', '--result-file', '--format'],
  // A site's alias may come first: `drush @prod sql:drop`.
  tasks: true,
  safeOptions: ['-h', '--help', '-s', '--simulate'],
  target,
  operations: [
    { id: 'sql-drop', words: ['sql:drop|sql-drop'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['-l', '--uri'] }, { text: 'this site' }], why: 'Drops every table of {name}: all content is lost.', saferWay: 'Export it first: drush sql:dump.' },
    { id: 'site-install', words: ['site:install|site-install|si'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['-l', '--uri'] }, { text: 'this site' }], why: 'Drops every table of {name} and installs it anew.', saferWay: 'Export it first: drush sql:dump.' },
    { id: 'sql-sync', words: ['sql:sync|sql-sync'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Replaces the database of {name} with that of another site.', saferWay: 'Export it first: drush sql:dump.' },
    { id: 'files-sync', words: ['core:rsync|rsync|core-rsync'], verb: 'overwrite', kind: 'files', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 1 }], why: 'Overwrites files of {name} with those of another site.', saferWay: 'Copy them first.' },
    { id: 'uninstall', words: ['pm:uninstall|pmu|pm-uninstall|un'], verb: 'delete', kind: 'module', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Uninstalls {name} with the data and settings it keeps.', saferWay: 'Export the configuration first: drush config:export.' },
    { id: 'entity-delete', words: ['entity:delete|edel|entity-delete|user:cancel|ucan'], verb: 'delete', kind: 'content', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} for good.', saferWay: 'Export it first: drush sql:dump.' },
    { id: 'config-delete', words: ['config:delete|cdel|config-delete|state:delete|sdel|config:import|cim|config-import'], verb: 'overwrite', kind: 'configuration', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes or replaces configuration: {name}.', saferWay: 'Export it first: drush config:export.' },
    { id: 'sql-create', words: ['sql:create|sql-create'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['-l', '--uri'] }, { text: 'this site' }], why: 'Drops the database of {name} if there is one, and makes an empty one.', saferWay: 'Export it first: drush sql:dump.' },
  ],
  unlisted: 'Drupal resource',
  inspect,
  cases: {
    caught: [
      { command: 'drush sql:drop -y', by: 'sql-drop' },
      { command: 'drush @prod sql-drop', by: 'sql-drop' },
      { command: 'vendor/bin/drush sql-drop --yes', by: 'sql-drop' },
      { command: 'drush site:install standard -y', by: 'site-install' },
      { command: 'drush si --account-pass=x', by: 'site-install' },
      { command: 'drush site-install minimal', by: 'site-install' },
      { command: 'drush sql:sync @prod @dev -y', by: 'sql-sync' },
      { command: 'drush sql-sync @self @live', by: 'sql-sync' },
      { command: 'drush sql:sync @a @b', by: 'sql-sync' },
      { command: 'drush rsync @prod:%files @dev:%files', by: 'files-sync' },
      { command: 'drush core:rsync a @live:b', by: 'files-sync' },
      { command: 'drush core-rsync x y', by: 'files-sync' },
      { command: 'drush pm:uninstall shop', by: 'uninstall' },
      { command: 'drush pmu shop -y', by: 'uninstall' },
      { command: 'drush un webform', by: 'uninstall' },
      { command: 'drush entity:delete node --bundle=article', by: 'entity-delete' },
      { command: 'drush edel user', by: 'entity-delete' },
      { command: 'drush user:cancel alice --delete-content', by: 'entity-delete' },
      { command: 'drush cdel system.site', by: 'config-delete' },
      { command: 'drush config:import -y', by: 'config-delete' },
      { command: 'drush cim', by: 'config-delete' },
      { command: 'drush sql:create -y', by: 'sql-create' },
      { command: 'drush sql-create --db-su=root', by: 'sql-create' },
      { command: 'drush --uri=shop sql:create', by: 'sql-create' },
      { command: 'drush sql:query "DROP TABLE node"', by: 'sql/drop-table' },
      { command: 'drush sqlq "TRUNCATE cache_x"', by: 'sql/truncate' },
      { command: 'drush role:delete editor', by: 'unlisted' },
    ],
    passes: ['drush status', 'drush cr', 'drush sql:dump', 'drush updatedb:status', 'drush config:export', 'drush sql:query "SELECT 1"', 'drush sql:drop --simulate', 'drush watchdog:show'],
  },
};

/** `sql:query` carries SQL. https://www.drush.org/latest/commands/sql_query/ */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const at = call.operands.findIndex((word) => /^(?:sql:query|sql-query|sqlq|sql:cli|sqlc)$/.test(word.text));
  if (at < 0 || at > 1) return [];
  const text = call.operands[at + 1]?.text ?? call.invocation.stdin?.text;
  return text === undefined ? [] : analysis.sql(text, { ...clientOf(databaseTarget(target, call)), client: 'mysql' }, placeOf(call.invocation));
}
