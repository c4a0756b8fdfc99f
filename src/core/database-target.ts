import type { Database } from './analysis.ts';
import { optionValue, type Call } from './call.ts';
import type { ConnectionHints, DatabaseTarget } from './effect.ts';
import { joinPath, parentOf, platformOf } from './files/path.ts';
import type { DatabaseSource } from './rule.ts';

/** The database a call of a tool works on, as far as its words say. */
export function databaseTarget(source: DatabaseSource, call: Call): DatabaseTarget {
  const value = (options: readonly string[] | undefined): string | undefined => options && optionValue(call, ...options)?.text;
  const operand = source.operand === undefined ? undefined : call.operands[source.operand]?.text;
  const hints = {
    url: value(source.option) ?? operand, database: value(source.name), config: value(source.config), environment: value(source.environment), section: value(source.section) ?? (source.alias ? aliasOf(call) : undefined), envFile: value(source.envFile),
    variables: variablesIn(source, call),
  };
  return { by: 'database', tool: source.database, folder: projectOf(source, call), ...given(hints) };
}

/** With `tasks` the operands of a call begin at the operation, so that the whole invocation is looked at. */
function aliasOf({ invocation }: Call): string | undefined {
  return invocation.argv.slice(1, 4).find(({ text }) => /^@[\w.-]{1,100}$/.test(text))?.text;
}

/** The folder whose configuration is read. */
function projectOf({ script }: DatabaseSource, { invocation }: Call): string {
  const { cwd = '', argv } = invocation;
  const path = argv[0]?.text ?? '';
  if (script === undefined || !path.includes('/') || !`/${path}`.endsWith(`/${script.name}`)) return cwd;
  const platform = platformOf(cwd);
  const folder = parentOf(joinPath(cwd, path, platform), platform);
  return script.above === 1 ? parentOf(folder, platform) : folder;
}

/** Clients that open files, whoever calls them. */
const ofFiles = /^(?:sqlite3?|duckdb)$/;

/** The database a client's text goes to. */
export function clientTarget({ client, tool, connection, name, ...hints }: Database, folder: string | undefined): DatabaseTarget {
  return { by: 'database', tool: tool ?? (ofFiles.test(client) ? client : ''), folder: folder ?? '', ...given({ url: connection, database: name, ...hints }) };
}

/** The same database as the client of statements that a tool hands on. */
export function clientOf({ tool, url, database, by: _by, folder: _folder, ...hints }: DatabaseTarget): Database {
  return { client: tool, tool, ...(url === undefined ? {} : { connection: url }), ...(database === undefined ? {} : { name: database }), ...hints };
}

/** Only what is said: neither empty nor left out. */
function given(hints: { readonly [Key in keyof ConnectionHints]: ConnectionHints[Key] | undefined }): ConnectionHints {
  return Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined && value !== ''));
}

/** Variables that the words set, as make, rake and mix take them, or options. */
function variablesIn({ sets, assigns }: DatabaseSource, call: Call): Readonly<Record<string, string>> | undefined {
  const words = [...(assigns ? call.operands : []), ...(sets ?? []).flatMap((option) => call.options.get(option) ?? [])];
  const found = words.slice(0, 64).flatMap((word) => {
    const entry = /^([A-Za-z][\w.]{0,99})=(.*)$/s.exec(word?.text ?? '');
    return entry ? [[entry[1] as string, entry[2] as string] as const] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
