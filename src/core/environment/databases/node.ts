import type { DatabaseTarget } from '../../effect.ts';
import { joinPath, parentOf } from '../../files/path.ts';
import { isRecord, parseJson } from '../../json.ts';
import { own } from '../../own.ts';
import { codeFile, connectionsIn, connectionsOf } from './code-file.ts';
import { firstFile, inFolder, readFile, type Connection, type DatabaseSurroundings, type Finder, type FoundFile } from './connection.ts';
import { everySetting, nearest, settingsIn, type Setting } from './settings.ts';
import { firstSet, variablesOf } from './variables.ts';

const endings = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];
const usual = ['DATABASE_URL', 'DB_URL', 'POSTGRES_URL', 'MYSQL_URL', 'MONGODB_URI', 'DATABASE_URI', 'DB_HOST', 'PGHOST', 'MYSQL_HOST'];

/** Where no configuration can be read: every variable people use, as the environment and `.env` set them. */
export const conventional: Finder = (target, around) => {
  const lookUp = variablesOf([inFolder(target, target.envFile ?? '.env', around)], around, target.variables);
  return usual.flatMap((name) => firstSet([name], lookUp) ?? []);
};

/** The configuration file the command names, or the first of the usual ones. A folder has them inside. */
function configFile(names: readonly string[], target: DatabaseTarget, around: DatabaseSurroundings): FoundFile | undefined {
  if (target.config === undefined) return firstFile(names, target, around);
  return firstFile([target.config, ...endings.map((ending) => `${target.config}.${ending}`), ...names.map((name) => `${target.config}/${name}`)], target, around);
}

function named(stem: string, more: readonly string[] = endings): readonly string[] {
  return more.map((ending) => `${stem}.${ending}`);
}

/** A configuration file that the command names and that cannot be read. */
function unread(target: DatabaseTarget): readonly Connection[] {
  return [{ text: undefined, from: target.config ?? 'the configuration' }];
}

/**
 * With a configuration file nothing is loaded that it does not load itself; without one `.env` of the project, then that beside the schema.
 * https://www.prisma.io/docs/orm/reference/prisma-config-reference, https://www.prisma.io/docs/orm/more/development-environment/environment-variables
 */
export const findPrisma: Finder = (target, around) => {
  const config = configFile([...named('prisma.config'), ...named('.config/prisma')], target, around);
  if (!config && target.config !== undefined) return unread(target);
  const code = config && codeFile(config, around, target.folder);
  const settings = config ? settingsIn(config.text, config.name) : [];
  const [datasource] = nearest(settings, 'datasource');
  if (code && datasource && datasource.children.length > 0) return connectionsIn([datasource], code);
  const schema = prismaSchema(target, settings, around);
  const beside = schema ? parentOf(schema.path, around.world.platform) : target.folder;
  const lookUp = code?.lookUp ?? variablesOf([inFolder(target, '.env', around), joinPath(beside, '.env', around.world.platform), inFolder(target, 'prisma/.env', around)], around);
  if (!schema) {
    const found = firstSet(['DATABASE_URL'], lookUp);
    return found ? [found] : [];
  }
  const written = settingsIn(schema.text, 'schema.prisma');
  const inSource = nearest(written, /^datasource\b/).flatMap(({ children }) => children);
  return prismaUrls(inSource.length > 0 ? inSource : everySetting(written), { file: schema.name, lookUp, named: () => undefined });
};

/** Migrations take the direct URL where there is one; the shadow database is emptied too. https://www.prisma.io/docs/orm/reference/prisma-schema-reference#datasource */
function prismaUrls(settings: readonly Setting[], code: Parameters<typeof connectionsOf>[1]): readonly Connection[] {
  const valueOf = (key: string): readonly Connection[] => settings.filter((setting) => setting.key === key).slice(0, 1).flatMap(({ value }) => connectionsOf(value, code));
  const direct = valueOf('directUrl');
  const shadow = valueOf('shadowDatabaseUrl').filter(({ text }) => text !== undefined);
  const main = direct.length > 0 ? direct : valueOf('url');
  return main.length > 0 ? [...main, ...shadow] : [{ text: undefined, from: code.file }];
}

function prismaSchema(target: DatabaseTarget, config: readonly Setting[], around: DatabaseSurroundings): FoundFile | undefined {
  const manifest = parseJson(readFile(inFolder(target, 'package.json', around), around) ?? '');
  const section = isRecord(manifest) ? manifest['prisma'] : undefined;
  const said = isRecord(section) ? section['schema'] : undefined;
  const inConfig = /["'`]([\w./-]{1,200})["'`]\s*\)?$/.exec(config.find(({ key }) => key === 'schema')?.value ?? nearest(config, 'schema')[0]?.value ?? '')?.[1];
  const names = [target.section, inConfig, typeof said === 'string' ? said : undefined, 'prisma/schema.prisma', 'schema.prisma', 'prisma/schema', 'prisma'].filter((name) => name !== undefined);
  for (const name of names) {
    const file = firstFile([name], target, around) ?? schemaFolder(name, target, around);
    if (file) return file;
  }
  return undefined;
}

/** A schema of several files: the one with the data source. https://www.prisma.io/docs/orm/prisma-schema/overview/location#multi-file-prisma-schema */
function schemaFolder(name: string, target: DatabaseTarget, around: DatabaseSurroundings): FoundFile | undefined {
  const files = (around.world.list(inFolder(target, name, around)) ?? []).filter((file) => file.endsWith('.prisma')).slice(0, 50);
  for (const file of files) {
    const found = firstFile([`${name}/${file}`], target, around);
    if (found && /\bdatasource\s+\w+/.test(found.text)) return found;
  }
  return undefined;
}

/** Drizzle Kit loads `.env` before its configuration, whose own dotenv file then changes nothing that is set; older ones load none. https://orm.drizzle.team/docs/drizzle-config-file */
export const findDrizzle: Finder = (target, around) => {
  const config = configFile([...named('drizzle.config'), 'drizzle.config.json'], target, around);
  if (!config) return target.config === undefined ? conventional(target, around) : unread(target);
  const settings = settingsIn(config.text, config.name);
  const [credentials] = nearest(settings, 'dbCredentials');
  const project = inFolder(target, '.env', around);
  const last = codeFile(config, around, target.folder, [project]);
  const first = { ...last, lookUp: variablesOf([project], around) };
  const look = (code: typeof last): readonly Connection[] => (credentials ? connectionsIn([credentials, ...settings.filter(({ key }) => /^(?:dialect|driver)$/.test(key))], code) : [{ text: undefined, from: config.name }]);
  const both = [...look(last), ...look(first).filter(({ text }) => text !== undefined)];
  return both.filter((each, at) => both.findIndex(({ text, from }) => text === each.text && from === each.from) === at);
};

/** https://typeorm.io/docs/data-source/data-source-options, and the files of older versions: https://github.com/typeorm/typeorm/blob/0.2.45/docs/using-ormconfig.md */
export const findTypeorm: Finder = (target, around) => {
  const config = configFile([...named('ormconfig'), 'ormconfig.json'], target, around) ?? (target.config?.endsWith('.js') ? firstFile([target.config.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts')], target, around) : undefined);
  if (!config) {
    if (target.config !== undefined) return unread(target);
    const found = firstSet(['TYPEORM_URL', 'TYPEORM_HOST', ...usual], variablesOf([inFolder(target, 'ormconfig.env', around), inFolder(target, '.env', around)], around));
    return found ? [found] : [];
  }
  return connectionsIn(settingsIn(config.text, config.name), codeFile(config, around, target.folder));
};

/**
 * The environment is `--env`, else NODE_ENV, else development; `.sequelizerc` may put the file elsewhere.
 * https://sequelize.org/docs/v6/other-topics/migrations/
 */
export const findSequelize: Finder = (target, around) => {
  const options = firstFile([target.section ?? '.sequelizerc'], target, around)?.text ?? '';
  const said = /["']?\bconfig["']?\s*:\s*(?:path\.\w+\()?([^)\n}]{1,200})/.exec(options)?.[1];
  const placed = said === undefined ? [] : [[...said.matchAll(/["'`]([\w./-]{1,100})["'`]/g)].map((match) => match[1] as string).join('/')];
  const config = configFile([...placed.flatMap((name) => [name, ...named(name)]), 'config/config.json', ...named('config/config'), ...named('config/database'), 'config/database.json'], target, around);
  if (!config) return target.config === undefined ? conventional(target, around) : unread(target);
  return inEnvironment(config, target.environment ?? (around.env['NODE_ENV'] || 'development'), target, around);
};

/** The section of a configuration that an environment's name chooses; one that is not there cannot be known. */
function inEnvironment(config: FoundFile, environment: string, target: DatabaseTarget, around: DatabaseSurroundings, folder = target.folder): readonly Connection[] {
  const settings = settingsIn(config.text, config.name);
  const code = codeFile(config, around, folder);
  const [section] = nearest(settings, environment);
  const found = section ? connectionsIn(reached(section, settings), code) : everySetting(settings).some(({ key }) => /^(?:development|production)$/.test(key)) ? [{ text: undefined, from: code.file }] : connectionsIn(settings, code);
  return found.map((connection) => ({ ...connection, note: section ? `the environment is ${environment}` : undefined }));
}

/** A section that is the name of another setting stands for that. */
function reached(section: Setting, settings: readonly Setting[]): readonly Setting[] {
  const alias = section.children.length === 0 ? /^["']?([A-Za-z_$][\w$]*)["']?$/.exec(section.value)?.[1] : undefined;
  const other = alias === undefined ? undefined : everySetting(settings).find(({ key, children }) => key === alias && children.length > 0);
  if (other) return [other];
  // `connection: process.env.DATABASE_URL` of Knex, or of the section itself.
  const whole = [section, ...everySetting(section.children)].filter(({ key, value, children }) => (key === 'connection' || key === section.key) && children.length === 0 && value !== '');
  return whole.length > 0 ? whole.map((setting) => ({ ...setting, key: 'url' })) : [section];
}

/** Knex changes to the folder of its file first. https://knexjs.org/guide/migrations.html#knexfile-in-other-languages */
export const findKnex: Finder = (target, around) => {
  const config = configFile(named('knexfile'), target, around);
  if (!config) return target.config === undefined ? conventional(target, around) : unread(target);
  return inEnvironment(config, target.environment ?? (around.env['NODE_ENV'] || 'development'), target, around, parentOf(config.path, around.world.platform));
};

/** MIKRO_ORM_ variables, those of `.env` too, count before the file. https://mikro-orm.io/docs/configuration#using-environment-variables */
export const findMikroOrm: Finder = (target, around) => {
  const set = firstSet(['MIKRO_ORM_CLIENT_URL', 'MIKRO_ORM_HOST'], variablesOf([inFolder(target, '.env', around)], around));
  if (set) return [set];
  const path = target.config ?? around.env['MIKRO_ORM_CLI_CONFIG'];
  const asked = path === undefined ? target : { ...target, config: path };
  const config = configFile([...named('mikro-orm.config'), ...named('src/mikro-orm.config')], asked, around);
  if (!config) return path === undefined ? conventional(target, around) : unread(asked);
  return connectionsIn(settingsIn(config.text, config.name), codeFile(config, around, target.folder, [inFolder(target, '.env', around)]));
};

/** `database.json` by environment, and DATABASE_URL before it. https://db-migrate.readthedocs.io/en/latest/Getting%20Started/configuration/ */
export const findDbMigrate: Finder = (target, around) => {
  const lookUp = variablesOf([inFolder(target, '.env', around)], around);
  const set = firstSet(['DATABASE_URL'], lookUp);
  if (set) return [set];
  const config = configFile(['database.json', 'config/database.json', 'database.js'], target, around);
  if (!config) return target.config === undefined ? conventional(target, around) : unread(target);
  const parsed = parseJson(config.text);
  const environment = target.environment ?? (around.env['NODE_ENV'] || 'dev');
  const section = isRecord(parsed) ? own(parsed, environment) : undefined;
  // `{ "ENV": "NAME" }` stands for a variable.
  const variable = isRecord(section) ? section['ENV'] : undefined;
  if (typeof variable === 'string') return [firstSet([variable], lookUp) ?? { text: undefined, from: config.name }];
  return inEnvironment(config, environment, target, around);
};

/** https://www.npmjs.com/package/migrate-mongo#initialize-a-new-project */
export const findMigrateMongo: Finder = (target, around) => {
  const config = configFile(named('migrate-mongo-config'), target, around);
  if (!config) return target.config === undefined ? conventional(target, around) : unread(target);
  return connectionsIn(nearest(settingsIn(config.text, config.name), 'mongodb'), codeFile(config, around, target.folder));
};
