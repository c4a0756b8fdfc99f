import type { DatabaseTarget } from '../../effect.ts';
import { joinPath, parentOf } from '../../files/path.ts';
import { isRecord, parseJson } from '../../json.ts';
import { connectionsIn, connectionsOf, type CodeFile } from './code-file.ts';
import { firstFile, inFolder, readFile, type Connection, type DatabaseSurroundings, type Finder, type FoundFile } from './connection.ts';
import { resolve } from './expression.ts';
import { readIni } from './ini.ts';
import { everySetting, settingsIn, type Setting } from './settings.ts';
import { firstSet, variablesOf } from './variables.ts';

function fromVariables(names: readonly string[], files: readonly string[], around: DatabaseSurroundings): readonly Connection[] {
  const found = firstSet(names, variablesOf(files, around));
  return found ? [found] : [];
}

/** The environment, else `.env`, which `-env` renames. https://pressly.github.io/goose/documentation/environment-variables/ */
export const findGoose: Finder = (target, around) => {
  if (target.url !== undefined) return [{ text: target.url, from: 'the command' }];
  const lookUp = variablesOf(target.envFile === 'none' ? [] : [inFolder(target, target.envFile ?? '.env', around)], around);
  if (lookUp('GOOSE_DRIVER')?.value.startsWith('sqlite')) return [{ text: 'file:', from: 'GOOSE_DRIVER' }];
  const found = firstSet(['GOOSE_DBSTRING'], lookUp);
  return found ? [found] : [];
};

/** `--env` names the variable. https://github.com/amacneil/dbmate#command-line-options */
export const findDbmate: Finder = (target, around) => fromVariables([target.section ?? 'DATABASE_URL'], [inFolder(target, target.envFile ?? '.env', around)], around);

/** `.env` here or in a folder above. https://github.com/launchbadge/sqlx/blob/main/sqlx-cli/README.md, https://diesel.rs/guides/getting-started */
export const findRust: Finder = (target, around) => {
  const files: string[] = [];
  for (let folder = target.folder, steps = 0; steps < 12; steps++) {
    files.push(joinPath(folder, '.env', around.world.platform));
    const parent = parentOf(folder, around.world.platform);
    if (parent === folder) break;
    folder = parent;
  }
  const nearest = files.find((file) => readFile(file, around) !== undefined);
  return fromVariables(['DATABASE_URL'], nearest === undefined ? [] : [nearest], around);
};

/** The block of the environment in atlas.hcl, whose variables have defaults. https://atlasgo.io/atlas-schema/projects */
export const findAtlas: Finder = (target, around) => {
  const config = firstFile([(target.config ?? 'atlas.hcl').replace(/^file:\/\//, '')], target, around);
  if (!config || target.environment === undefined) return config && target.environment === undefined ? [] : fromVariables(['DATABASE_URL'], [], around);
  const settings = settingsIn(config.text, 'atlas.hcl');
  const section = settings.find(({ key }) => key === `env ${target.environment ?? ''}`) ?? settings.find(({ key }) => key.startsWith('env ') && /^\w*name$/.test(key));
  const url = section?.children.find(({ key }) => key === 'url')?.value;
  if (url === undefined) return [{ text: undefined, from: `env “${target.environment}” in atlas.hcl` }];
  const code: CodeFile = { file: 'atlas.hcl', lookUp: variablesOf([], around), named: () => undefined };
  return connectionsOf(withVariables(url, settings, target), code).map((connection) => ({ ...connection, note: `the environment is ${target.environment ?? ''}` }));
};

/** `var.url` and `local.url` stand for what their blocks say, or `--var` where it does. */
function withVariables(url: string, settings: readonly Setting[], { variables }: DatabaseTarget, depth = 0): string {
  return depth > 3 ? url : url.replace(/^(var|local)\.(\w+)$/, (all, kind: string, name: string) => {
    const given = variables?.[name];
    if (kind === 'var' && given !== undefined) return JSON.stringify(given);
    const block = settings.find(({ key }) => key === (kind === 'var' ? `variable ${name}` : 'locals'))?.children;
    const value = block?.find(({ key }) => key === (kind === 'var' ? 'default' : name))?.value;
    return value === undefined ? all : withVariables(value, settings, { by: 'database', tool: '', folder: '', ...(variables ? { variables } : {}) }, depth + 1);
  });
}

/**
 * The command, FLYWAY_URL, then files, the later before the earlier; in TOML the environment chooses the section.
 * https://documentation.red-gate.com/flyway/reference/configuration/configuration-files
 */
export const findFlyway: Finder = (target, around) => {
  const { env, home } = around;
  if (env['FLYWAY_URL']) return [{ text: env['FLYWAY_URL'], from: 'FLYWAY_URL' }];
  const asked = target.config ?? env['FLYWAY_CONFIG_FILES'];
  const usual = [...(home === undefined ? [] : [`${home}/flyway.conf`, `${home}/flyway.toml`, `${home}/flyway.user.toml`]), 'conf/flyway.conf', 'conf/flyway.toml', 'flyway.conf', 'flyway.toml', 'flyway.user.toml'];
  const files = (asked?.split(',') ?? usual).slice(0, 12).map((name) => firstFile([name.trim()], target, around)).filter((file): file is FoundFile => file !== undefined);
  if (asked !== undefined && files.length === 0) return [{ text: undefined, from: asked }];
  const settings = files.map(({ name, text }) => ({ name, sections: readIni(text) }));
  const environment = target.environment ?? env['FLYWAY_ENVIRONMENT'] ?? settings.map(({ sections }) => sections.get('flyway')?.get('environment')).findLast(Boolean) ?? 'default';
  for (const { name, sections } of settings.toReversed()) {
    const url = sections.get('')?.get('flyway.url') ?? sections.get(`environments.${environment}`)?.get('url') ?? sections.get('')?.get(`environments.${environment}.url`) ?? sections.get('flyway')?.get('url');
    if (url !== undefined) return [{ text: url.replace(/\$\{(?:env\.)?(\w+)\}/g, (all, variable: string) => env[variable] ?? all), from: name, note: environment === 'default' ? undefined : `the environment is ${environment}` }];
  }
  return [];
};

/**
 * A system property of the command, then what the build file writes down, then Flyway's own files. Every JDBC URL of a pom.xml counts.
 * https://documentation.red-gate.com/flyway/reference/usage/maven-goal, https://documentation.red-gate.com/flyway/reference/usage/gradle-task
 */
export const findJavaBuild: Finder = (target, around) => {
  const { variables = {} } = target;
  const given = variables['flyway.url'] ?? variables['liquibase.url'] ?? variables['url'];
  if (given !== undefined) return [{ text: given, from: 'the command' }];
  const pom = firstFile(['pom.xml'], target, around);
  const inPom = [...(pom?.text ?? '').matchAll(/>\s*(jdbc:[^<\s]{1,500})\s*</g)].slice(0, 8).map(([, text = '']): Connection => ({ text: text.replace(/\$\{env\.(\w+)\}/g, (all, name: string) => around.env[name] ?? all), from: 'pom.xml' }));
  const gradle = firstFile(['build.gradle', 'build.gradle.kts'], target, around);
  const inGradle = [...(gradle?.text ?? '').matchAll(/\burl\b[ \t]{0,20}(?:=|\.set\(|)[ \t]{0,20}["'](jdbc:[^"'\s]{1,500})["']/g)].slice(0, 8).map(([, text = '']): Connection => ({ text, from: gradle?.name ?? '' }));
  if (inPom.length + inGradle.length > 0) return [...inPom, ...inGradle];
  const { 'flyway.configFiles': config, 'flyway.environment': environment } = variables;
  return findFlyway({ ...target, ...(config === undefined ? {} : { config }), ...(environment === undefined ? {} : { environment }) }, around);
};

/** The command, LIQUIBASE_COMMAND_URL, then the properties file. https://docs.liquibase.com/concepts/connections/liquibase-environment-variables.html */
export const findLiquibase: Finder = (target, around) => {
  const { env } = around;
  const set = ['LIQUIBASE_COMMAND_URL', 'LIQUIBASE_URL'].find((name) => env[name]);
  if (set !== undefined) return [{ text: env[set], from: set }];
  const asked = target.config ?? env['LIQUIBASE_DEFAULTS_FILE'];
  const file = firstFile([asked ?? 'liquibase.properties'], target, around);
  if (!file) return asked === undefined ? [] : [{ text: undefined, from: asked }];
  const settings = readIni(file.text).get('');
  const url = settings?.get('liquibase.command.url') ?? settings?.get('url');
  return url === undefined ? [] : [{ text: url.replace(/\$\{(\w+)\}/g, (all, name: string) => env[name] ?? all).replaceAll('\\:', ':'), from: file.name }];
};

/**
 * config/<env>.exs over config/config.exs; runtime.exs counts last, and what stands below `if config_env() == :prod` only in production.
 * https://hexdocs.pm/ecto/Ecto.Repo.html#module-urls, https://hexdocs.pm/elixir/config-and-releases.html
 */
export const findEcto: Finder = (target, around) => {
  const environment = target.variables?.['MIX_ENV'] ?? (around.env['MIX_ENV'] || 'dev');
  const lookUp = variablesOf([], around);
  const note = `the environment is ${environment}`;
  for (const name of ['config/runtime.exs', `config/${environment}.exs`, 'config/config.exs']) {
    const file = firstFile([name], target, around);
    const text = file === undefined ? '' : name === 'config/runtime.exs' ? runtimePart(file.text, environment) : file.text;
    const found = repos(text, target.section).flatMap((repo) => connectionsIn(settingsIn(repo, 'config.exs').filter(({ key }) => /^(?:url|hostname|socket_dir|socket|database|username|adapter|port)$/.test(key)), { file: name, lookUp, named: elixirNames(text) }));
    if (found.length > 0) return found.map((connection) => ({ ...connection, note }));
  }
  const found = firstSet(['DATABASE_URL'], lookUp);
  return found ? [found] : [];
};

/** The blocks that configure a repository; one that names nothing of a connection is left out. */
function repos(text: string, wanted: string | undefined): readonly string[] {
  return text.split(/^[ \t]*config\s+/m).slice(1, 200).filter((block) => /^:\w+,\s*[\w.]*Repo\w*\b/.test(block) && (wanted === undefined || block.includes(wanted)) && /\b(?:url|hostname|database|username):/.test(block)).map((block) => block.slice(block.indexOf(',') + 1, 4000));
}

/** What of runtime.exs counts in an environment. */
function runtimePart(text: string, environment: string): string {
  const at = text.search(/^if config_env\(\) == :prod\b/m);
  if (at < 0) return text;
  const end = text.indexOf('\nend', at);
  return environment === 'prod' ? text : text.slice(0, at) + (end < 0 ? '' : text.slice(end + 4));
}

function elixirNames(text: string): (name: string) => string | undefined {
  return (name) => new RegExp(`^[ \\t]*${name.replace(/\W/g, '')}\\s*=\\s*([^\\n]*(?:\\n[ \\t]+[^\\n]*){0,2})`, 'm').exec(text)?.[1];
}

/** ConnectionStrings of appsettings.json, of the environment's own file, and of variables before both. https://learn.microsoft.com/ef/core/cli/dotnet, https://learn.microsoft.com/aspnet/core/fundamentals/configuration/ */
export const findDotnet: Finder = (target, around) => {
  if (target.url !== undefined) return [{ text: target.url, from: 'the command' }];
  const { env } = around;
  const set = Object.entries(env).filter(([name]) => /^ConnectionStrings__\w+$/i.test(name)).map(([name, text]) => ({ text, from: name }));
  if (set.length > 0) return set;
  const environment = env['ASPNETCORE_ENVIRONMENT'] || env['DOTNET_ENVIRONMENT'] || 'Development';
  const folders = [target.section, target.config, '.'].filter((folder) => folder !== undefined).map((folder) => folder.replace(/[^/\\]*\.\w+proj$/, '') || '.');
  for (const name of folders.flatMap((folder) => [`${folder}/appsettings.${environment}.json`, `${folder}/appsettings.json`])) {
    const file = firstFile([name], target, around);
    const parsed = parseJson((file?.text ?? '').replace(/^[ \t]*\/\/.*$/gm, '').replace(/^\uFEFF/, ''));
    const strings = isRecord(parsed) && isRecord(parsed['ConnectionStrings']) ? Object.values(parsed['ConnectionStrings']).filter((value) => typeof value === 'string') : [];
    if (strings.length > 0) return strings.map((text) => ({ text, from: name.replace(/^.*\//, ''), note: `the environment is ${environment}` }));
  }
  return [];
};

/** The target of sqitch.conf that is named, else that of the engine. https://sqitch.org/docs/manual/sqitch-configuration/ */
export const findSqitch: Finder = (target, around) => {
  if (target.url?.includes(':')) return [{ text: target.url.replace(/^db:/, ''), from: 'the command' }];
  const config = firstFile(['sqitch.conf'], target, around);
  const sections = readIni(config?.text ?? '');
  const engine = sections.get('core')?.get('engine') ?? 'pg';
  const name = target.url ?? around.env['SQITCH_TARGET'] ?? sections.get(`engine "${engine}"`)?.get('target');
  const uri = name?.includes(':') ? name : (sections.get(`target "${name ?? ''}"`)?.get('uri') ?? undefined);
  if (uri !== undefined) return [{ text: uri.replace(/^db:/, ''), from: 'sqitch.conf', note: name === undefined || name.includes(':') ? undefined : `the target is ${name}` }];
  return name === undefined ? [] : [{ text: undefined, from: `target ${name}` }];
};

/** Settings files of Node's `config` package and the variable that is named. https://salsita.github.io/node-pg-migrate/cli */
export const findNodePgMigrate: Finder = (target, around) => {
  const found = fromVariables([target.section ?? 'DATABASE_URL', 'PGHOST'], [inFolder(target, target.envFile ?? '.env', around)], around);
  if (found.length > 0) return found;
  const config = firstFile([target.config ?? 'config/default.json', 'config/development.json'], target, around);
  return config ? connectionsIn(everySetting(settingsIn(config.text, config.name)), { file: config.name, lookUp: variablesOf([], around), named: () => undefined }) : [];
};

/** https://github.com/graphile/migrate#configuration */
export const findGraphileMigrate: Finder = (target, around) => {
  const config = firstFile([target.config ?? '.gmrc', '.gmrc.js', '.gmrc.cjs'], target, around);
  const lookUp = variablesOf([], around);
  const written = config && everySetting(settingsIn(config.text, '.gmrc.js')).find(({ key }) => key === 'connectionString');
  const named = written && resolve(written.value, lookUp)[0];
  if (written) return [{ text: named?.text, from: named?.from ?? config.name }];
  const found = firstSet(['DATABASE_URL'], lookUp);
  return found ? [found] : [];
};
