import type { Database } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { dialectsOf } from './dialect.ts';
import { statementsOf, wordAt, type Statement } from './statements.ts';
import { tokenize, type Token } from './tokenize.ts';

/** Columns that hold what one signs in with. What is hashed is not among them. */
const secretColumn = /^(?:[a-z0-9]+_){0,4}(?:secret|passwords?|passwd|api_?keys?|secret_?key|private_?key|client_?secret|(?:access|refresh|auth|api|bearer|bot|reset|id|session)_?tokens?)$/i;
/** A word of a language model or a coin is a `token` too, so the table has to say which one it is. */
const tokenColumn = /^tokens?$/i;
const tokenTable = /(?:^|_)(?:sessions?|auth|access|api|refresh|users?|accounts?|integrations?|oauth|devices?|invites?|invitations?|connections?|personal|verification|reset|bots?)(?:_|$)/i;
/** Tables of which every row is a credential. */
const secretTable = /^(?:(?:[a-z0-9]+_){0,4}(?:secrets|credentials|api_?keys|passwords)|(?:[a-z0-9]+_){0,3}(?:access|refresh|auth|api|oauth|integrations?|personal|sessions?|users?|bots?)_tokens)$/i;
const longest = 16_384;

/** The effect of a query, typed by hand, that shows credentials kept in a database: columns it names, or all of a table of them. */
export function shownSecrets(text: string, database: Database): readonly Effect[] {
  if (text.length > longest || !/select/i.test(text) || !/secret|passw|token|key|credential/i.test(text)) return [];
  const [dialect] = dialectsOf(database.client, text);
  const shown = dialect ? statementsOf(tokenize(text, dialect)).map(shownBy).find((name) => name !== undefined) : undefined;
  return shown === undefined ? [] : [{
    verb: 'readSecret', resource: { kind: 'credentials in a database', name: shown, provider: database.client }, reversibility: 'irreversible', certainty: 'likely', rule: 'sql/secret-shown',
    why: `Shows what is kept as ${shown}, with which anybody can sign in.`, saferWay: 'Leave the column out, or count the rows.', target: { by: 'database', tool: database.client, folder: '', ...(database.connection === undefined ? {} : { url: database.connection }) },
  }];
}

function shownBy({ tokens }: Statement): string | undefined {
  if (wordAt(tokens, 0) !== 'SELECT') return undefined;
  const depth = tokens[0]?.depth ?? 0;
  const from = tokens.findIndex((token, at) => token.depth === depth && wordAt(tokens, at) === 'FROM');
  if (from < 0) return undefined;
  const list = tokens.slice(1, from).filter((token) => token.depth === depth);
  const table = tableAt(tokens, from + 1);
  const column = list.find((token, at) => isColumn(token, list[at + 1]) && (secretColumn.test(token.text) || (tokenColumn.test(token.text) && tokenTable.test(table))));
  if (column) return `${table}.${column.text}`;
  return list.some(({ text, kind }) => kind === 'symbol' && text === '*') && secretTable.test(table) ? table : undefined;
}

/** A name that is a column's: neither a function's nor a schema's, nor what another is called in the answer. */
function isColumn({ kind }: Token, next: Token | undefined): boolean {
  return (kind === 'word' || kind === 'name') && next?.text !== '(' && next?.text !== '.';
}

/** The unqualified name of the first table. */
function tableAt(tokens: readonly Token[], at: number): string {
  let last = at;
  while (tokens[last + 1]?.text === '.' && last < at + 8) last += 2;
  return tokens[last]?.text ?? '';
}
