import type { DatabaseTarget } from '../../effect.ts';
import { entriesOf, entry, isMap, readYaml, scalar, type Yaml } from '../../runners/yaml.ts';
import { connectionsIn, type CodeFile } from './code-file.ts';
import { firstFile, inFolder, readFile, type Connection, type DatabaseSurroundings, type Finder } from './connection.ts';
import { resolve } from './expression.ts';
import { nearest, settingsIn } from './settings.ts';
import { firstSet, variablesOf } from './variables.ts';

/**
 * `--env=x`, else APP_ENV of the process, loads `.env.x` only where there is such a file, and `.env` where there is none.
 * Cached configuration counts before all of it.
 * https://laravel.com/docs/configuration#additional-environment-files, https://laravel.com/docs/configuration#configuration-caching
 */
export const findLaravel: Finder = (target, around) => {
  const cached = firstFile(['bootstrap/cache/config.php'], target, around);
  const environment = target.environment ?? around.env['APP_ENV'];
  const own = environment === undefined ? undefined : `.env.${environment}`;
  const exists = own !== undefined && readFile(inFolder(target, own, around), around) !== undefined;
  const file = exists ? own : '.env';
  const lookUp = cached ? () => undefined : variablesOf([inFolder(target, file, around)], around);
  const note = cached ? 'cached configuration counts, whatever .env says' : own !== undefined && !exists && around.world.sighted ? `${target.environment === undefined ? 'APP_ENV' : '--env'}=${environment ?? ''} has no ${own}, so .env is used` : undefined;
  const noted = (connections: readonly Connection[]): readonly Connection[] => connections.map((connection) => ({ ...connection, note }));
  const config = cached ?? firstFile(['config/database.php'], target, around);
  if (!config) {
    const set = firstSet(['DB_URL', 'DATABASE_URL', 'DB_HOST'], lookUp);
    const inFile = lookUp('DB_CONNECTION')?.value.startsWith('sqlite') && !lookUp('DB_URL') ? { text: 'file:', from: `DB_CONNECTION in ${file}` } : undefined;
    return noted(inFile ? [inFile] : set ? [{ ...set, database: lookUp('DB_DATABASE')?.value }] : []);
  }
  const settings = settingsIn(config.text, config.name);
  const database = cached ? nearest(settings, 'database').flatMap(({ children }) => children) : settings;
  const code: CodeFile = { file: cached ? 'bootstrap/cache/config.php' : 'config/database.php', lookUp, named: () => undefined };
  const chosen = target.section ?? resolve(nearest(database, 'default')[0]?.value ?? '', lookUp)[0]?.text;
  const [section] = chosen === undefined ? [] : nearest(nearest(database, 'connections').flatMap(({ children }) => children), chosen);
  if (!section) return noted([{ text: undefined, from: `connection ${chosen ?? ''} in ${code.file}` }]);
  const isFile = section.children.some(({ key, value }) => key === 'driver' && value.includes('sqlite'));
  return noted(laravelConnections(connectionsIn([section], code), isFile, code.file));
};

/** `url` counts where it is set, and the host beside it otherwise; a driver of files needs neither. */
function laravelConnections(found: readonly Connection[], isFile: boolean, file: string): readonly Connection[] {
  const known = found.filter(({ text }) => text !== undefined && text !== '');
  const urls = known.filter(({ text }) => text?.includes('://'));
  if (urls.length > 0) return urls;
  return isFile ? [{ text: 'file:', from: file }] : known.length > 0 ? known : found;
}

/**
 * The environment is `--env`, else APP_ENV, also of the files; `.env.local` is left out in test, and later files count
 * before earlier ones.
 * https://symfony.com/doc/current/configuration.html#configuring-environment-variables-in-env-files
 */
export const findSymfony: Finder = (target, around) => {
  const local = variablesOf(['.env.local', '.env'].map((name) => inFolder(target, name, around)), around);
  const environment = target.environment ?? (local('APP_ENV')?.value || 'dev');
  const names = [`.env.${environment}.local`, `.env.${environment}`, ...(environment === 'test' ? [] : ['.env.local']), '.env'];
  const lookUp = variablesOf(names.map((name) => inFolder(target, name, around)), around);
  const note = `the environment is ${environment}`;
  const dumped = firstFile(['.env.local.php'], target, around);
  const compiled = dumped ? nearest(settingsIn(dumped.text, dumped.name), 'DATABASE_URL')[0] : undefined;
  if (compiled && !around.env['DATABASE_URL']) return [{ text: resolve(compiled.value, () => undefined)[0]?.text, from: 'DATABASE_URL in .env.local.php', note }];
  return doctrineUrls(environment, target, around).map((variable): Connection => {
    const found = typeof variable === 'string' ? lookUp(variable) : { value: variable.written, from: 'doctrine.yaml' };
    return { text: found?.value, from: found?.from ?? `${typeof variable === 'string' ? variable : 'a variable'} of doctrine.yaml`, note };
  }).filter(({ text, from }) => text !== undefined || !from.startsWith('DATABASE_URL'));
};

/** Variables and written URLs of config/packages/doctrine.yaml: of the connection that is asked for, else of all. https://symfony.com/bundles/DoctrineBundle/current/configuration.html */
function doctrineUrls(environment: string, target: DatabaseTarget, around: DatabaseSurroundings): readonly (string | { readonly written: string })[] {
  const text = firstFile([`config/packages/${environment}/doctrine.yaml`, 'config/packages/doctrine.yaml', 'config/packages/doctrine.yml'], target, around)?.text;
  if (text === undefined) return ['DATABASE_URL'];
  const config = readYaml(text);
  const dbal = entry(entry(entry(config, `when@${environment}`), 'doctrine'), 'dbal');
  const whole = entry(entry(config, 'doctrine'), 'dbal');
  const [own, general] = [dbal, whole].map((each) => settingsOf(each, target.section));
  const found = own !== undefined && own.length > 0 ? own : (general ?? []);
  return found.length > 0 ? found : ['DATABASE_URL'];
}

function settingsOf(dbal: Yaml | undefined, connection: string | undefined): readonly (string | { readonly written: string })[] {
  if (dbal === undefined) return [];
  const connections = entry(dbal, 'connections');
  const sections = isMap(connections) ? entriesOf(connections).filter(([name]) => connection === undefined || name === connection).map(([, value]) => value) : [dbal];
  return sections.flatMap((section) => ['url', 'host'].flatMap((key) => {
    const value = scalar(entry(section, key));
    if (value === undefined) return [];
    return [/^%env\((?:\w+:)*(\w+)\)%$/.exec(value)?.[1] ?? { written: value }];
  }).slice(0, 1));
}

/** `phinx.php` or `phinx.yml`: the environment named, else the default one. https://book.cakephp.org/phinx/0/en/configuration.html */
export const findPhinx: Finder = (target, around) => {
  const config = firstFile(target.config === undefined ? ['phinx.php', 'phinx.yml', 'phinx.yaml', 'phinx.json'] : [target.config], target, around);
  if (!config) return [];
  const lookUp = variablesOf([inFolder(target, '.env', around)], around);
  if (/\.ya?ml$/.test(config.name)) {
    const environments = entry(readYaml(config.text), 'environments');
    const name = target.environment ?? around.env['PHINX_ENVIRONMENT'] ?? scalar(entry(environments, 'default_environment')) ?? scalar(entry(environments, 'default_database')) ?? 'development';
    const section = entry(environments, name);
    const host = scalar(entry(section, 'dsn')) ?? scalar(entry(section, 'host'));
    const sqlite = /sqlite/.test(scalar(entry(section, 'adapter')) ?? '');
    return [{ text: sqlite ? 'file:' : host?.replace(/%%PHINX_(\w+)%%/g, (_all, variable: string) => around.env[`PHINX_${variable}`] ?? '{?}'), from: config.name, database: scalar(entry(section, 'name')), note: `the environment is ${name}` }];
  }
  const settings = settingsIn(config.text, config.name);
  const code: CodeFile = { file: config.name, lookUp, named: () => undefined };
  const name = target.environment ?? around.env['PHINX_ENVIRONMENT'] ?? resolve(nearest(settings, /^default_(?:environment|database)$/)[0]?.value ?? '', lookUp)[0]?.text ?? 'development';
  const [section] = nearest(settings, name);
  return section ? connectionsIn([section], code).map((connection) => ({ ...connection, note: `the environment is ${name}` })) : [{ text: undefined, from: config.name }];
};
