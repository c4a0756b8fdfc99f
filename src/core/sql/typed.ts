import type { Analysis, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';

/** What a shell would not run and a database client would: a statement that loses something, by its first words. */
const statement = /^\s*(?:drop\s+(?:table|database|schema|view|materialized\s+view|index|user|role|keyspace|collection)\s+[\w"'`[]|truncate\s+table\s+[\w"'`[]|delete\s+from\s+[\w"'`[]|alter\s+(?:table|database|user|role)\s+[\w"'`[]|update\s+[\w"'`.[\]]+\s+set\s+[\w"'`[]|grant\s+[\w\s,]{1,120}\s+(?:on|to)\s|revoke\s+[\w\s,]{1,120}\s+(?:on|from)\s)/i;

/**
 * A statement sent to a terminal as if it were a command: a database client may be open there, and takes it. A shell
 * only says that it knows no such command. Which database it is nobody can tell from here.
 */
export function typedStatements(text: string, place: Place, analysis: Analysis): readonly Effect[] {
  if (!/^\s*[adgrtu]/i.test(text) || !statement.test(text)) return [];
  return analysis.sql(text, { client: 'terminal' }, place).map((effect) => ({ ...effect, certainty: 'likely' }));
}
