import type { Analysis, Database } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect, TargetHint } from '../effect.ts';
import { fileText, placeOf, unseenFile } from '../inputs.ts';
import { isKnown, type Word } from '../shell/word.ts';

/** Where a client takes the text it runs from. */
export interface SqlSources {
  /** Options whose value is text. */
  readonly inline: readonly string[];
  /** Options whose value names a file of text. */
  readonly files: readonly string[];
  /** Operands that are text, after those that name a database. */
  readonly operands?: readonly Word[];
  /** Operands that name files of text. */
  readonly scripts?: readonly Word[];
}

/** Everything a call of a database client would run: inline text, files, and its input where neither is given. */
export function sqlEffects(call: Call, sources: SqlSources, database: Database, analysis: Analysis): readonly Effect[] {
  const place = placeOf(call.invocation);
  const values = (names: readonly string[]): readonly Word[] => names.flatMap((name) => call.options.get(name) ?? []).filter((word) => word !== undefined);
  const inline = [...values(sources.inline), ...(sources.operands ?? [])];
  const files = [...values(sources.files), ...(sources.scripts ?? [])];
  const named = [...inline.flatMap((word) => analysis.sql(word.text, database, place)), ...files.filter((word) => word.text !== '-').flatMap((word) => fileEffects(word, database, call, analysis))];
  const readsInput = (inline.length === 0 && files.length === 0) || files.some((word) => word.text === '-');
  return readsInput ? [...named, ...inputEffects(call, database, analysis)] : named;
}

function fileEffects(word: Word, database: Database, call: Call, analysis: Analysis): readonly Effect[] {
  const place = placeOf(call.invocation);
  if (!isKnown(word)) return [unseenFile('sql/unseen-file', 'SQL file', word.text, databaseTarget(database, call))].map((effect) => ({ ...effect, env: place.env, ...(place.span ? { span: place.span } : {}) }));
  const file = fileText(word.text, place.cwd, analysis);
  if (file.kind === 'text') return analysis.sql(file.text, database, place);
  return file.kind === 'absent' ? [] : [{ ...unseenFile('sql/unseen-file', 'SQL file', word.text, databaseTarget(database, call)), env: place.env, ...(place.span ? { span: place.span } : {}) }];
}

/** Text that comes through a pipe, a here-document or `<`. */
function inputEffects(call: Call, database: Database, analysis: Analysis): readonly Effect[] {
  const { stdin, redirections } = call.invocation;
  if (stdin) {
    const effects = analysis.sql(stdin.text, database, placeOf(call.invocation));
    return stdin.known || stdin.text.trim() === '' ? effects : [...effects];
  }
  const read = redirections.findLast((redirection) => redirection.kind === 'read');
  return read ? fileEffects(read.target, database, call, analysis) : [];
}

function databaseTarget(database: Database, call: Call): TargetHint {
  return { by: 'database', tool: database.client, folder: call.invocation.cwd ?? '', ...(database.connection === undefined ? {} : { url: database.connection }) };
}

/** The database a client names by options for host and name, or by one operand that may be a whole URL. */
export function databaseOf(client: string, call: Call, options: { readonly host: readonly string[]; readonly name: readonly string[]; readonly operand?: Word | undefined }): Database {
  const host = optionValue(call, ...options.host)?.text;
  const name = optionValue(call, ...options.name)?.text ?? options.operand?.text;
  const whole = name !== undefined && (/:\/\//.test(name) || /(?:^|\s)(?:host|service|dbname)=/.test(name) || name.includes('$'));
  if (whole) return { client, connection: name };
  const connection = host === undefined ? {} : { connection: `host=${host}${name === undefined ? '' : ` dbname=${name}`}` };
  return { client, ...connection, ...(name === undefined ? {} : { name }) };
}

/** An effect on the database as a whole that a tool's own options say. */
export function wholeDatabaseEffect(call: Call, database: Database, effect: Pick<Effect, 'verb' | 'rule' | 'why' | 'saferWay' | 'resource'> & { readonly docs: string }): Effect {
  const { env, span } = call.invocation;
  return { ...effect, reversibility: 'irreversible', certainty: 'certain', target: databaseTarget(database, call), env, ...(span ? { span } : {}) };
}
