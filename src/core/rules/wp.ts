import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';

const target = { database: 'wordpress', option: ['--ssh', '--http'], config: ['--path'] } as const;

export const rule: Rule = {
  tool: 'wp',
  title: 'WP-CLI',
  programs: ['wp'],
  docs: 'https://developer.wordpress.org/cli/commands/',
  valueOptions: ['--path', '--url', '--ssh', '--http', '--user', '--require', '--skip-plugins', '--skip-themes', '--context', '--exec', '--post_type', '--format', '--fields', '--dbuser', '--dbpass'],
  safeOptions: ['-h', '--help', '--dry-run', '--dry'],
  target,
  operations: [
    { id: 'db-drop', words: ['db', 'reset|drop|clean'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--url', '--ssh'] }, { text: 'this site' }], why: 'Drops every table of {name}: all content is lost.', saferWay: 'Export it first: wp db export.' },
    { id: 'db-import', words: ['db', 'import'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Writes the dump {name} over the database of the site.', saferWay: 'Export it first: wp db export.' },
    { id: 'site-empty', words: ['site', 'empty|delete'], verb: 'delete', kind: 'site', reversibility: 'irreversible', name: [{ operand: 0 }, { option: ['--url'] }], why: 'Deletes every post, comment and link of the site {name}.', saferWay: 'Export it first: wp export, wp db export.' },
    { id: 'content-delete', words: ['post|comment|term|user|media', 'delete'], needs: ['--force', '--yes', '--reassign', '--network'], verb: 'delete', kind: 'content', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} for good.', saferWay: 'Put it in the trash: leave out --force.' },
    { id: 'user-delete', words: ['user|term|option|role|cap|menu|widget', 'delete|reset'], verb: 'delete', kind: 'content', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} for good; there is no trash for it.', saferWay: 'Export it first: wp db export.' },
    { id: 'plugin-uninstall', words: ['plugin|theme', 'uninstall|delete'], verb: 'delete', kind: 'plugin or theme', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}, with its data when it is uninstalled.', saferWay: 'Turn it off instead: wp plugin deactivate.' },
    { id: 'search-replace', words: ['search-replace'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Rewrites text in every table: {name}.', saferWay: 'Show it first: add --dry-run. Export the database: wp db export.' },
    { id: 'core-multisite', words: ['core', 'update-db|multisite-convert|install'], needs: ['--network', '--subdomains'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--url'] }, { text: 'this site' }], why: 'Changes the tables of {name}.', saferWay: 'Export it first: wp db export.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'wp db reset --yes', by: 'db-drop' },
      { command: 'wp db drop --yes --path=/srv/www', by: 'db-drop' },
      { command: 'wp --ssh=web db clean --yes', by: 'db-drop' },
      { command: 'wp db import dump.sql', by: 'db-import' },
      { command: 'wp db query "DROP TABLE wp_posts"', by: 'sql/drop-table' },
      { command: 'echo "truncate wp_posts" | wp db query', by: 'sql/truncate' },
      { command: 'wp site empty --yes', by: 'site-empty' },
      { command: 'wp site delete 3 --yes', by: 'site-empty' },
      { command: 'wp --url=shop.example.com site empty', by: 'site-empty' },
      { command: 'wp post delete 12 --force', by: 'content-delete' },
      { command: 'wp post delete $(wp post list --format=ids) --force', by: 'content-delete' },
      { command: 'wp comment delete 4 --force', by: 'content-delete' },
      { command: 'wp user delete 2 --reassign=1', by: 'content-delete' },
      { command: 'wp user delete alice', by: 'user-delete' },
      { command: 'wp option delete siteurl', by: 'user-delete' },
      { command: 'wp role reset --all', by: 'user-delete' },
      { command: 'wp plugin uninstall shop --deactivate', by: 'plugin-uninstall' },
      { command: 'wp plugin delete shop', by: 'plugin-uninstall' },
      { command: 'wp theme delete old', by: 'plugin-uninstall' },
      { command: 'wp search-replace http://a https://b', by: 'search-replace' },
      { command: 'wp search-replace old new wp_posts --all-tables', by: 'search-replace' },
      { command: 'wp --path=/srv/www search-replace a b', by: 'search-replace' },
      { command: 'wp core multisite-convert --subdomains', by: 'core-multisite' },
      { command: 'wp core update-db --network', by: 'core-multisite' },
      { command: 'wp core update-db --network --path=/srv', by: 'core-multisite' },
    ],
    passes: ['wp post list', 'wp plugin list', 'wp search-replace a b --dry-run', 'wp db export', 'wp db query "SELECT 1"', 'wp cache flush', 'wp plugin deactivate shop', 'wp post delete 12', 'wp core version', 'wp transient delete --all'],
  },
};

/** `wp db query` carries SQL. https://developer.wordpress.org/cli/commands/db/query/ */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [group, command, statement] = call.operands;
  if (group?.text !== 'db' || command?.text !== 'query') return [];
  const text = statement?.text ?? call.invocation.stdin?.text;
  return text === undefined ? [] : analysis.sql(text, { ...clientOf(databaseTarget(target, call)), client: 'mysql' }, placeOf(call.invocation));
}
