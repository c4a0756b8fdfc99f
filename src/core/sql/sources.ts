import type { Analysis, Database } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import { clientOf, clientTarget, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import { fileText, placeOf, unseenFile } from '../inputs.ts';
import type { DatabaseSource } from '../rule.ts';
import { isKnown, type Word } from '../shell/word.ts';
import { shownSecrets } from './secret-columns.ts';

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
  const named = [...inline.flatMap((word) => [...analysis.sql(word.text, database, place), ...shownSecrets(word.text, database)]), ...files.filter((word) => word.text !== '-').flatMap((word) => fileEffects(word, database, call, analysis))];
  const readsInput = (inline.length === 0 && files.length === 0) || files.some((word) => word.text === '-');
  return readsInput ? [...named, ...inputEffects(call, database, analysis)] : named;
}

function fileEffects(word: Word, database: Database, call: Call, analysis: Analysis): readonly Effect[] {
  const place = placeOf(call.invocation);
  if (!isKnown(word)) return [unseenFile('sql/unseen-file', 'SQL file', word.text, clientTarget(database, call.invocation.cwd))].map((effect) => ({ ...effect, env: place.env, ...(place.span ? { span: place.span } : {}) }));
  const file = fileText(word.text, place.cwd, analysis);
  if (file.kind === 'text') return analysis.sql(file.text, database, place);
  return file.kind === 'absent' ? [] : [{ ...unseenFile('sql/unseen-file', 'SQL file', word.text, clientTarget(database, call.invocation.cwd)), env: place.env, ...(place.span ? { span: place.span } : {}) }];
}

/** Text that comes through a pipe, a here-document or `<`. */
function inputEffects(call: Call, database: Database, analysis: Analysis): readonly Effect[] {
  const { stdin, redirections } = call.invocation;
  if (stdin) {
    return [...analysis.sql(stdin.text, database, placeOf(call.invocation)), ...shownSecrets(stdin.text, database)];
  }
  const read = redirections.findLast((redirection) => redirection.kind === 'read');
  return read ? fileEffects(read.target, database, call, analysis) : [];
}

/** Options by which a client names its database. */
interface DatabaseOptions extends Pick<DatabaseSource, 'config' | 'environment' | 'section' | 'envFile'> {
  readonly host: readonly string[];
  readonly name: readonly string[];
  /** An operand that names the database, or is a whole URL. */
  readonly operand?: Word | undefined;
}

/** Options of MySQL's programs that say where the rest stands. https://dev.mysql.com/doc/refman/8.4/en/option-file-options.html */
export const optionFiles = { config: ['--defaults-file'], envFile: ['--defaults-extra-file'], environment: ['--defaults-group-suffix'], section: ['--login-path'] } as const;

/** The database a client names by options for host and name, or by one operand that may be a whole URL. */
export function databaseOf(client: string, call: Call, { host: hosts, name: names, operand, ...files }: DatabaseOptions): Database {
  const host = optionValue(call, ...hosts)?.text;
  const name = optionValue(call, ...names)?.text ?? operand?.text;
  const hints = clientOf(databaseTarget({ database: client, ...files }, call));
  const whole = name !== undefined && (/:\/\//.test(name) || /(?:^|\s)(?:host|service|dbname|user|port)\s*=/.test(name) || name.includes('$'));
  // A string that names no host leaves that to the option.
  if (whole && host !== undefined && !/:\/\/|\$/.test(name)) return { ...hints, connection: `host=${host} ${name}` };
  if (whole && !(host !== undefined && /^\w+:\/\/(?:[^/@]*@)?(?:[/?]|$)/.test(name))) return { ...hints, connection: name };
  const connection = host === undefined ? {} : { connection: `host=${host}${name === undefined || whole ? '' : ` dbname=${name}`}` };
  return { ...hints, ...connection, ...(name === undefined ? {} : { name }) };
}

/** An effect on the database as a whole that a tool's own options say. */
export function wholeDatabaseEffect(call: Call, database: Database, effect: Pick<Effect, 'verb' | 'rule' | 'why' | 'saferWay' | 'resource'> & { readonly docs: string }): Effect {
  const { env, span } = call.invocation;
  return { ...effect, reversibility: 'irreversible', certainty: 'certain', target: clientTarget(database, call.invocation.cwd), env, ...(span ? { span } : {}) };
}
