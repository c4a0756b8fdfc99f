import { joinPath, parentOf } from '../../files/path.ts';
import { readFile, type Connection, type DatabaseSurroundings, type FoundFile } from './connection.ts';
import { namesIn, resolve } from './expression.ts';
import { everySetting, type Setting } from './settings.ts';
import { variablesOf, type LookUp } from './variables.ts';

const urls = /^(?:url|uri|connectionString|connection_string|dsn|databaseUrl|database_url|clientUrl|connectionUri|mongoUrl|mongodbUri)$/i;
const hosts = /^(?:host|hostname|server|unix_socket|socketPath|hosts)$/i;
const databases = /^(?:database|dbName|db_name|dbname|NAME|databaseName)$/;
const kinds = /^(?:dialect|type|client|driver|adapter|engine|provider)$/i;
const inFile = /sqlite|better-sqlite|duckdb|pglite|["']:memory:/i;
/** Ways to a hosted database that name no host. */
const byApi = /^(?:accountId|resourceArn|secretArn|databaseId|token|driverFactory|dbUrl)$/;
const ordinary = /^(?:database|dbName|user|username|USER|NAME|password|port|PORT)$/;

export interface CodeFile {
  readonly file: string;
  readonly lookUp: LookUp;
  readonly named: (name: string) => string | undefined;
}

/** The connections that settings written in a language may open: every URL and host in them. Where none stands, the driver's own default counts. */
export function connectionsIn(settings: readonly Setting[], code: CodeFile): readonly Connection[] {
  const all = everySetting(settings);
  const database = all.filter(({ key }) => databases.test(key)).flatMap(({ value }) => resolve(value, code.lookUp, code.named)).find((found) => found !== undefined)?.text;
  const found = all.flatMap((setting) => {
    if (/^use_env_variable$/.test(setting.key)) return byVariable(setting, code);
    if (urls.test(setting.key)) return connectionsOf(setting.value, code);
    return hosts.test(setting.key) && setting.value !== '' ? connectionsOf(setting.value, code).map((connection) => ({ ...connection, database })) : [];
  });
  if (found.length > 0) return found;
  if (all.some(({ key }) => byApi.test(key))) return [{ text: undefined, from: code.file }];
  if (all.some(({ key, value }) => kinds.test(key) && inFile.test(value))) return [{ text: 'file:', from: code.file }];
  const spread = settings.some(({ value }) => /\.\.\.\s*[\w$]|\*\*\w/.test(value));
  return spread || !all.some(({ key }) => ordinary.test(key)) ? [{ text: undefined, from: code.file }] : [{ ...driverDefault(code), database }];
}

/** What the value of one setting comes to. */
export function connectionsOf(value: string, { file, lookUp, named }: CodeFile): readonly Connection[] {
  const list = /^\[([^]*)\]$/.exec(value)?.[1];
  const found = resolve(list === undefined ? value : list.replaceAll(',', ' else '), lookUp, named);
  return found.map((each) => ({ text: each?.text, from: each?.from ?? file }));
}

/** Drivers of PostgreSQL take PGHOST, and all of them this machine. https://node-postgres.com/features/connecting#environment-variables */
function driverDefault({ lookUp, file }: CodeFile): Connection {
  const set = lookUp('PGHOST');
  return set ? { text: set.value, from: set.from } : { text: 'localhost', from: `${file}, which names no host,` };
}

function byVariable({ value }: Setting, { lookUp, file }: CodeFile): readonly Connection[] {
  const name = /^["'`](\w+)["'`]/.exec(value)?.[1] ?? '';
  const found = lookUp(name);
  return [{ text: found?.value, from: found?.from ?? `${name || 'the variable'} that ${file} names` }];
}

/** A configuration file in JavaScript with what it and the files it imports load from dotenv files. */
export function codeFile({ path, name, text }: FoundFile, around: DatabaseSurroundings, folder: string, always: readonly string[] = []): CodeFile {
  const texts = [text, ...importsOf(text, path, around)];
  const loaded = texts.flatMap((each) => dotenvIn(each, folder, parentOf(path, around.world.platform), around));
  const overrides = texts.some((each) => /\boverride\s*:\s*true\b/.test(each));
  return { file: name, lookUp: variablesOf([...loaded, ...always], overrides ? without(around, loaded) : around), named: namesIn(texts.join('\n')) };
}

/** Surroundings in which files that are told to override count before the environment. */
function without(around: DatabaseSurroundings, files: readonly string[]): DatabaseSurroundings {
  const lookUp = variablesOf(files, { ...around, env: {} });
  return { ...around, env: Object.fromEntries(Object.entries(around.env).filter(([name]) => lookUp(name) === undefined)) };
}

/** Texts of the project's own files that a file imports, one level. */
function importsOf(text: string, path: string, around: DatabaseSurroundings): readonly string[] {
  const folder = parentOf(path, around.world.platform);
  const names = [...text.slice(0, 20_000).matchAll(/(?:from|import|require\()\s*["'](\.{1,2}\/[\w./-]{1,200})["']/g)].slice(0, 6).map((match) => match[1] as string);
  return names.flatMap((name) => {
    const bare = joinPath(folder, name.replace(/\.[cm]?js$/, ''), around.world.platform);
    const found = ['.ts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js', ''].map((ending) => readFile(`${bare}${ending}`, around)).find((each) => each !== undefined);
    return found === undefined ? [] : [found];
  });
}

const loads = /dotenv(?:-flow|-safe|-expand)?\/config|\bdotenv(?:Flow)?(?:["']\))?\.config\(|(?:^|[^\w.])(?:config|loadEnv|dotenvConfig|configDotenv)\(\s*(?:\{|\))|\bloadEnvFile\(/;
const namedFile = /["'`]((?:\.{0,2}\/)*(?:[\w-]+\/){0,4}\.env(?:[\w.-]|\$\{[^{}]{1,80}\})*)["'`]/g;

/** Dotenv files that a text in JavaScript loads. https://www.npmjs.com/package/dotenv, https://nodejs.org/api/process.html#processloadenvfilepath, https://nextjs.org/docs/app/guides/environment-variables */
function dotenvIn(text: string, folder: string, own: string, around: DatabaseSurroundings): readonly string[] {
  const { platform } = around.world;
  const mode = around.env['NODE_ENV'] || 'development';
  if (/\bloadEnvConfig\(/.test(text)) return nextFiles(mode).map((name) => joinPath(folder, name, platform));
  if (!loads.test(text)) return [];
  const names = [...text.slice(0, 50_000).matchAll(namedFile)].slice(0, 8).map((match) => (match[1] as string).replace(/\$\{[^{}]*\}/g, mode));
  const given = around.env['DOTENV_CONFIG_PATH'];
  if (names.length === 0) return [joinPath(folder, given || '.env', platform)];
  return names.flatMap((name) => [joinPath(folder, name, platform), joinPath(own, name, platform)]);
}

function nextFiles(mode: string): readonly string[] {
  return [`.env.${mode}.local`, ...(mode === 'test' ? [] : ['.env.local']), `.env.${mode}`, '.env'];
}
