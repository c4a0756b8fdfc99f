import type { Database, Place } from '../analysis.ts';
import { clientTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import { secretWords } from '../secrets/printers.ts';
import { wordAt, type Statement } from './statements.ts';

/**
 * The effect of a statement that copies secrets out of where they are kept: `INSERT INTO messages (body) SELECT token FROM
 * tokens`. A place whose own name or columns say that it keeps secrets is where they belong.
 */
export function secretCopies({ tokens }: Statement, database: Database, place: Place): readonly Effect[] {
  if (!/^(?:INSERT|REPLACE|UPDATE|MERGE)$/.test(wordAt(tokens, 0))) return [];
  const from = tokens.findIndex((_, at) => wordAt(tokens, at) === 'SELECT');
  if (from < 0) return [];
  const named = (part: typeof tokens): string => part.filter(({ kind }) => kind !== 'string').map(({ text }) => text.replaceAll('_', ' ')).join(' ').slice(0, 4096);
  const read = named(tokens.slice(from));
  const secret = secretWords.exec(read)?.[0].trim();
  if (secret === undefined || secretWords.test(named(tokens.slice(0, from)))) return [];
  const target = tokens.find((token, at) => at > 0 && token.kind !== 'symbol' && !/^(?:INTO|LOW_PRIORITY|DELAYED|IGNORE|OVERWRITE|TABLE)$/.test(wordAt(tokens, at)))?.text ?? '';
  return [{
    verb: 'publish', resource: { kind: 'secrets in a database', name: target, provider: database.client }, reversibility: 'irreversible', certainty: 'likely', rule: 'sql/secret-copied',
    why: `Copies what is kept as ${secret} into ${target || 'another table'}, where others read it.`, saferWay: 'Leave secrets where they are kept.',
    target: clientTarget(database, place.cwd),
  }];
}
