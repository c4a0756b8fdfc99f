import type { Token } from './tokenize.ts';

/** One statement, or one command of the client. */
export interface Statement {
  readonly tokens: readonly Token[];
  readonly command?: string;
}

/** Words that open a body whose own separators do not end the statement. */
const definitions: ReadonlySet<string> = new Set(['TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT', 'PACKAGE']);

/** The upper-case text of a plain word; empty for anything else. */
export function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === 'word' ? token.text.toUpperCase() : '';
}

/** Splits tokens at separators. The body of a trigger or procedure that is being defined stays in one piece. */
export function statementsOf(tokens: readonly Token[]): readonly Statement[] {
  const statements: Statement[] = [];
  let from = 0;
  let open = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const token = tokens[at];
    if (token && token.kind !== 'end' && token.kind !== 'command') {
      open = Math.max(0, open + blockChange(tokens, at, from));
      continue;
    }
    if (token?.kind === 'end' && open > 0) continue;
    if (at > from) statements.push({ tokens: tokens.slice(from, at) });
    if (token?.kind === 'command') statements.push({ tokens: [], command: token.text });
    from = at + 1;
    open = 0;
  }
  return statements;
}

/** +1 where a block opens inside a definition, -1 where it closes. */
function blockChange(tokens: readonly Token[], at: number, from: number): number {
  const word = wordAt(tokens, at);
  if (word === 'END') return ['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR'].includes(wordAt(tokens, at + 1)) ? 0 : -1;
  if (word !== 'BEGIN' && word !== 'CASE') return 0;
  if (word === 'CASE' && wordAt(tokens, at - 1) === 'END') return 0;
  return isDefinition(tokens, from) ? 1 : 0;
}

/** True for `CREATE [OR REPLACE] … TRIGGER|PROCEDURE|FUNCTION`, whose body is stored and not run. */
export function isDefinition(tokens: readonly Token[], from: number): boolean {
  if (wordAt(tokens, from) !== 'CREATE' && wordAt(tokens, from) !== 'ALTER') return false;
  for (let at = from + 1; at < from + 12 && at < tokens.length; at++) {
    const word = wordAt(tokens, at);
    if (definitions.has(word)) return true;
    if (['TABLE', 'INDEX', 'VIEW', 'AS', 'SCHEMA', 'DATABASE'].includes(word)) return false;
  }
  return false;
}
