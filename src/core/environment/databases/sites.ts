import { connectionsIn, connectionsOf, type CodeFile } from './code-file.ts';
import { firstFile, inFolder, type Connection, type DatabaseSurroundings, type Finder, type FoundFile } from './connection.ts';
import type { DatabaseTarget } from '../../effect.ts';
import { nearest, settingsIn, type Setting } from './settings.ts';
import { firstSet, variablesOf } from './variables.ts';

/** The systems people build sites with: each keeps its database in one PHP file. */

function codeOf(file: FoundFile, target: DatabaseTarget, around: DatabaseSurroundings): CodeFile {
  return { file: file.name, lookUp: variablesOf(['.env.local', '.env'].map((name) => inFolder(target, name, around)), around), named: () => undefined };
}

/** DB_HOST of wp-config.php, which may lie one folder up; `--ssh` and `--http` run it on another machine. https://developer.wordpress.org/advanced-administration/wordpress/wp-config/, https://make.wordpress.org/cli/handbook/references/config/ */
export const findWordpress: Finder = (target, around) => {
  if (target.url !== undefined) return [{ text: target.url.replace(/^[a-z]+:(?!\/\/)/, ''), from: 'the command', hosted: true }];
  const folder = target.config ?? '.';
  const config = firstFile([`${folder}/wp-config.php`, `${folder}/../wp-config.php`, 'config/application.php', 'web/wp-config.php'], target, around);
  if (!config) return [];
  const code = codeOf(config, target, around);
  const defined = [...config.text.matchAll(/^[ \t]*(?:Config::)?define\(\s*["']DB_HOST["']\s*,\s*([^\n]{1,300}?)\)?\s*;/gm)].slice(0, 8).map((match) => match[1] as string);
  if (defined.length > 0) return defined.flatMap((value) => connectionsOf(value.replaceAll('?:', '||'), code));
  const set = firstSet(['DATABASE_URL', 'DB_HOST'], code.lookUp);
  return [set ?? { text: undefined, from: config.name }];
};

/** `$databases` of settings.php, and of settings.local.php after it; an alias is another site. https://www.drupal.org/docs/8/creating-custom-modules/database-configuration, https://www.drush.org/latest/site-aliases/ */
export const findDrupal: Finder = (target, around) => {
  if (target.url !== undefined) return [{ text: target.url, from: 'the command' }];
  if (target.section?.startsWith('@') && target.section !== '@self') return [{ text: target.section.slice(1).replaceAll('.', '-'), from: `alias ${target.section.slice(1)}`, hosted: true }];
  const roots = target.config === undefined ? ['web', 'docroot', '.'] : [target.config];
  const files = ['settings.php', 'settings.local.php'].flatMap((name) => firstFile(roots.map((root) => `${root}/sites/default/${name}`), target, around) ?? []);
  const found = files.toReversed().map((file) => drupalDatabases(file, target, around)).find((each) => each.length > 0);
  return found ?? (files.length > 0 ? [{ text: undefined, from: 'settings.php' }] : []);
};

/** `$databases['default']['default'] = [ … ]`. */
function drupalDatabases(file: FoundFile, target: DatabaseTarget, around: DatabaseSurroundings): readonly Connection[] {
  const code = codeOf(file, target, around);
  const at = [...file.text.matchAll(/^[ \t]*\$databases\b[^=\n]{0,100}=[^>]/gm)].slice(0, 4).map((match) => (match.index ?? 0) + match[0].length - 1);
  return at.flatMap((start) => {
    const [block]: readonly Setting[] = settingsIn(`databases = ${file.text.slice(start, start + 20_000)}`, 'settings.php');
    return block && block.children.length > 0 ? connectionsIn([block], code) : [];
  });
}

/** https://experienceleague.adobe.com/en/docs/commerce-operations/configuration-guide/files/config-reference-envphp */
export const findMagento: Finder = (target, around) => {
  if (target.url !== undefined) return [{ text: target.url, from: 'the command' }];
  const config = firstFile([`${target.config ?? '.'}/app/etc/env.php`], target, around);
  if (!config) return [];
  const connections = nearest(settingsIn(config.text, config.name), 'db').flatMap(({ children }) => nearest(children, 'connection'));
  return connections.length > 0 ? connectionsIn(connections, codeOf(config, target, around)) : [{ text: undefined, from: config.name }];
};
