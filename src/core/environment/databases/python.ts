import type { DatabaseTarget } from '../../effect.ts';
import { baseName, joinPath, parentOf } from '../../files/path.ts';
import { connectionsOf, type CodeFile } from './code-file.ts';
import { firstFile, inFolder, readFile, type Connection, type DatabaseSurroundings, type Finder } from './connection.ts';
import { namesIn, resolve } from './expression.ts';
import { readIni } from './ini.ts';
import { everySetting, nearest, settingsIn, type Setting } from './settings.ts';
import { firstSet, variablesOf, type LookUp } from './variables.ts';

const mostModules = 6;

/** Dotenv files that a text in Python loads, and `.env` beside it or in the project. https://pypi.org/project/python-dotenv/, https://django-environ.readthedocs.io, https://pypi.org/project/python-decouple/ */
function loadedBy(texts: readonly string[], folders: readonly string[], around: DatabaseSurroundings): readonly string[] {
  const { platform } = around.world;
  const all = texts.join('\n');
  if (!/load_dotenv|read_env|dotenv_values|decouple|environs|BaseSettings|AutoConfig/.test(all)) return [];
  const names = [...all.matchAll(/["']((?:[\w.-]+\/){0,4}\.env[\w.-]*)["']/g)].slice(0, 8).map((match) => match[1] as string);
  return (names.length > 0 ? names : ['.env']).flatMap((name) => folders.map((folder) => joinPath(folder, name, platform)));
}

/** A module of settings with those it takes everything from, the last to count first. */
function modules(name: string, root: string, around: DatabaseSurroundings, depth = 0): readonly { readonly path: string; readonly text: string }[] {
  const { platform } = around.world;
  const path = joinPath(root, name.replaceAll('.', '/'), platform);
  const found = [`${path}.py`, joinPath(path, '__init__.py', platform)].map((file) => ({ path: file, text: readFile(file, around) })).find(({ text }) => text !== undefined);
  if (found?.text === undefined) return [];
  const parent = found.path.endsWith('__init__.py') ? name : name.slice(0, Math.max(0, name.lastIndexOf('.')));
  const imported = depth > 3 ? [] : [...found.text.matchAll(/^[ \t]*from\s+(\.*)([\w.]*)\s+import\s+\*/gm)].slice(0, mostModules).flatMap((match) => {
    const dots = (match[1] as string).length;
    const base = dots === 0 ? '' : parent.split('.').slice(0, dots === 1 ? undefined : 1 - dots).join('.');
    return modules([base, match[2]].filter(Boolean).join('.'), root, around, depth + 1);
  });
  return [{ path: found.path, text: found.text }, ...imported.toReversed()].slice(0, mostModules);
}

/**
 * DATABASES of the module that `--settings`, DJANGO_SETTINGS_MODULE or manage.py names, the alias that `--database` names.
 * https://docs.djangoproject.com/en/stable/topics/settings/, https://docs.djangoproject.com/en/stable/ref/settings/#databases
 */
export const findDjango: Finder = (target, around) => {
  const root = target.folder;
  const manage = readFile(inFolder(target, 'manage.py', around), around) ?? '';
  const named = target.environment ?? (around.env['DJANGO_SETTINGS_MODULE'] || /DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*["']([\w.]+)["']/.exec(manage)?.[1]);
  const files = named === undefined ? [] : modules(named, root, around);
  const folders = [...new Set([root, ...files.map(({ path }) => parentOf(path, around.world.platform))])];
  const texts = files.map(({ text }) => text);
  const lookUp = variablesOf(loadedBy([manage, ...texts], folders, around), around);
  if (files.length === 0) {
    const found = firstSet(['DATABASE_URL'], variablesOf([joinPath(root, '.env', around.world.platform)], around));
    return found ? [found] : [];
  }
  const alias = target.section ?? 'default';
  for (const { path, text } of files) {
    const code: CodeFile = { file: baseName(path, around.world.platform), lookUp, named: namesIn(texts.join('\n')) };
    const found = djangoDatabases(text, alias, code);
    if (found.length > 0) return named === undefined ? found : found.map((connection) => ({ ...connection, note: `the settings are ${named}` }));
  }
  return [{ text: undefined, from: `DATABASES of ${named ?? 'the settings'}` }];
};

/** Every way the file sets the alias: a dictionary, `DATABASES['default'] = …`, one key of it, an update. */
function djangoDatabases(text: string, alias: string, code: CodeFile): readonly Connection[] {
  const found: Connection[] = [];
  for (const settings of settingsIn(text, 'settings.py').filter(({ key }) => key === 'DATABASES')) {
    if (settings.children.length === 0 && settings.value !== '' && !settings.value.startsWith('{')) found.push({ text: undefined, from: code.file });
    const entry = settings.children.find(({ key }) => key === alias);
    if (entry) found.push(...(entry.children.some(({ key }) => /^(?:ENGINE|NAME|HOST)$/.test(key)) ? djangoConnection(entry.children, code) : connectionsOf(entry.value, code)));
  }
  const assignments = [...text.matchAll(/^[ \t]*DATABASES\[["'](\w+)["']\](?:\[["'](\w+)["']\])?\s*=\s*([^\n]{1,500})/gm)].filter((match) => match[1] === alias).slice(0, 8);
  for (const [whole, , key, value = ''] of assignments) {
    const block = value.trimStart().startsWith('{') ? settingsIn(text.slice(text.indexOf(whole) + whole.indexOf(value)), 'settings.py').slice(0, 12) : [];
    if (key === 'HOST' || (key === undefined && block.length === 0)) found.push(...connectionsOf(value, code));
    else if (key === undefined) found.push(...djangoConnection(block, code));
  }
  if (new RegExp(`DATABASES\\[["']${alias}["']\\]\\.update\\(`).test(text)) found.push(...connectionsOf(/\.update\(([^\n]{1,300})/.exec(text)?.[1] ?? '', code));
  return found;
}

/** Without a host it is the socket of this machine, and SQLite is a file. */
function djangoConnection(settings: readonly Setting[], code: CodeFile): readonly Connection[] {
  const value = (key: string): string | undefined => settings.find((setting) => setting.key === key)?.value;
  if (/sqlite|spatialite/.test(value('ENGINE') ?? '')) return [{ text: 'file:', from: code.file }];
  const database = resolve(value('NAME') ?? '', code.lookUp, code.named)[0]?.text;
  const host = value('HOST');
  const service = /service["']?\s*:\s*["']([\w-]+)["']/.exec(value('OPTIONS') ?? '')?.[1];
  if (service !== undefined) return [{ text: undefined, from: `service ${service}` }];
  if (host === undefined && settings.some(({ key }) => key === '')) return [{ text: undefined, from: code.file }];
  return host === undefined ? [{ text: '', from: `${code.file}, which names no host,`, database }] : connectionsOf(host, code).map((connection) => ({ ...connection, database }));
}

/**
 * The script env.py decides: what it sets counts before the file's `sqlalchemy.url`. `-x` hands it a connection where it asks for one.
 * https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file, https://alembic.sqlalchemy.org/en/latest/cookbook.html#run-multiple-alembic-environments-from-one-ini-file
 */
export const findAlembic: Finder = (target, around) => {
  const ini = firstFile([target.config ?? around.env['ALEMBIC_CONFIG'] ?? 'alembic.ini'], target, around);
  const given = Object.entries(target.variables ?? {}).find(([name]) => /^(?:db|database|url|dburl|db_url|database_url|sqlalchemy\.url)$/i.test(name))?.[1];
  if (!ini) {
    if (given !== undefined) return [{ text: given, from: 'the command' }];
    const found = firstSet(['DATABASE_URL', 'SQLALCHEMY_DATABASE_URI'], variablesOf([inFolder(target, '.env', around)], around));
    return found ? [found] : [];
  }
  const { platform } = around.world;
  const sections = readIni(ini.text);
  const section = sections.get(target.section ?? 'alembic') ?? new Map<string, string>();
  const here = parentOf(ini.path, platform);
  const scripts = (section.get('script_location') ?? 'alembic').replaceAll('%(here)s', here).replace(/^(\w+):/, '$1/');
  const script = readFile(joinPath(joinPath(here, scripts, platform), 'env.py', platform), around) ?? '';
  const found = inScript(script, target, here, around);
  if (given !== undefined && /get_x_argument/.test(script)) return [{ text: given, from: 'the command' }];
  if (found.length > 0) return found;
  const written = section.get('sqlalchemy.url')?.replace(/%\((\w+)\)s/g, (all, name: string) => section.get(name) ?? sections.get('DEFAULT')?.get(name) ?? around.env[name] ?? all);
  return written === undefined ? [] : [{ text: written, from: ini.name }];
};

/** What env.py, or a module it takes its settings from, sets the URL to. */
function inScript(script: string, target: DatabaseTarget, here: string, around: DatabaseSurroundings): readonly Connection[] {
  const imported = [...script.matchAll(/^[ \t]*from\s+([\w.]+)\s+import\s+(?!\*)/gm)].map((match) => match[1] as string).filter((name) => !/^(?:sqlalchemy|alembic|logging|__future__|dotenv|sqlmodel|os|sys)\b/.test(name)).slice(0, 8);
  const texts = imported.flatMap((name) => [target.folder, here, joinPath(here, 'src', around.world.platform)].flatMap((root) => modules(name, root, around).slice(0, 1).map(({ text }) => text)));
  const code: CodeFile = { file: 'env.py', lookUp: variablesOf(loadedBy([script, ...texts], [target.folder, here], around), around), named: namesIn([script, ...texts].join('\n')) };
  const set = [
    ...[...script.matchAll(/set_main_option\(\s*["']sqlalchemy\.url["']\s*,\s*([^\n]{1,500})/g)].map((match) => match[1] as string),
    ...[...script.matchAll(/\[["']sqlalchemy\.url["']\]\s*=\s*([^\n]{1,500})/g)].map((match) => match[1] as string),
    ...[...script.matchAll(/create_(?:async_)?engine\(\s*([^\n,]{1,500})/g)].map((match) => match[1] as string),
    ...[...script.matchAll(/\burl\s*=(?!\s*(?:config\.|url\b))\s*([^\n,]{1,500})/g)].map((match) => match[1] as string).filter((value) => /environ|getenv|["']|settings/.test(value)),
  ];
  return set.slice(0, 8).flatMap((value) => connectionsOf(value.replace(/\.replace\([^)]*\)/g, '').replace(/,?\s*\)?\s*$/, ''), code));
}

/**
 * Flask-Migrate asks the application for SQLALCHEMY_DATABASE_URI; every place that sets it counts, whichever class is in use.
 * `.env` and `.flaskenv` are loaded by the command. https://flask-migrate.readthedocs.io, https://flask.palletsprojects.com/en/stable/cli/#environment-variables-from-dotenv
 */
export const findFlask: Finder = (target, around) => {
  const dotenv = [target.envFile, '.env', '.flaskenv'].filter((name) => name !== undefined).map((name) => inFolder(target, name, around));
  const app = /^([\w./]+?)(?:\.py)?(?::.*)?$/.exec(target.section ?? around.env['FLASK_APP'] ?? '')?.[1]?.replaceAll('.', '/');
  const names = ['config.py', 'app/config.py', 'settings.py', 'app/settings.py', 'app.py', 'app/__init__.py', 'wsgi.py', 'src/config.py', 'src/app.py', 'instance/config.py', ...(app === undefined ? [] : [`${app}.py`, `${app}/__init__.py`, `${app}/config.py`, `${app}/settings.py`])];
  const texts = [...new Set(names)].flatMap((name) => readFile(inFolder(target, name, around), around) ?? []);
  const lookUp = variablesOf(dotenv, around);
  const code: CodeFile = { file: 'the application', lookUp, named: namesIn(texts.join('\n')) };
  const set = texts.flatMap((text) => [...text.matchAll(/SQLALCHEMY_DATABASE_URI["']?\]?\s*(?::\s*\w+\s*)?=\s*((?:[^\n\\]|\\[^]){1,500})/g)].slice(0, 12).map((match) => match[1] as string));
  if (set.length > 0) return set.flatMap((value) => connectionsOf(value.replaceAll('\\\n', ' '), code));
  const found = firstSet(['SQLALCHEMY_DATABASE_URI', 'DATABASE_URL', 'FLASK_SQLALCHEMY_DATABASE_URI'], lookUp);
  return found ? [found] : [];
};

/** `[tool.aerich]` names the settings: https://github.com/tortoise/aerich#usage */
export const findAerich: Finder = (target, around) => {
  const config = firstFile([target.config ?? 'pyproject.toml'], target, around);
  const [, module, variable] = /^[ \t]*tortoise_orm\s*=\s*["']([\w.]+)\.(\w+)["']/m.exec(config?.text ?? '') ?? [];
  const files = module === undefined ? [] : modules(module, target.folder, around);
  if (files.length === 0 || variable === undefined) {
    const found = firstSet(['DATABASE_URL', 'DB_URL', 'DB_HOST'], variablesOf([inFolder(target, '.env', around)], around));
    return found ? [found] : [];
  }
  const texts = files.map(({ text }) => text);
  const code: CodeFile = { file: baseName(files[0]?.path ?? '', around.world.platform), lookUp: lookUpOf(texts, target, around), named: namesIn(texts.join('\n')) };
  const connections = nearest(settingsIn(texts[0] ?? '', 'settings.py'), variable).flatMap((setting) => nearest(setting.children, 'connections'));
  const found = everySetting(connections).filter(({ children, key }) => children.length === 0 && /^(?:host|default|master|models)$/.test(key)).flatMap(({ value }) => connectionsOf(value, code));
  return found.length > 0 ? found : [{ text: undefined, from: code.file }];
};

function lookUpOf(texts: readonly string[], target: DatabaseTarget, around: DatabaseSurroundings): LookUp {
  return variablesOf(loadedBy(texts, [target.folder], around), around);
}
