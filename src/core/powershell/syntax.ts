import { splitTokens, variableKey } from './evaluate.ts';
import type { GroupToken, Token } from './tokenize.ts';

/** One argument: its elements where commas part them, each of tokens that stand together. */
export type ArgumentRun = readonly (readonly Token[])[];

export interface Redirect {
  readonly append: boolean;
  readonly target: readonly Token[];
}

export function isEnd(token: Token | undefined): boolean {
  return token?.kind === 'operator' && (token.text === ';' || token.text === '\n');
}

export function isOpen(token: Token | undefined, ...brackets: readonly string[]): boolean {
  return token?.kind === 'group' && brackets.includes(token.open);
}

export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'bare' && token.text.toLowerCase() === word;
}

/** Offset of the first token from `from` on that passes a test; -1 where none does. */
export function firstFrom(tokens: readonly Token[], from: number, test: (token: Token) => boolean): number {
  for (let at = from; at < tokens.length; at++) if (test(tokens[at] as Token)) return at;
  return -1;
}

/** `foreach -parallel (…)`. */
export function skipSwitches(tokens: readonly Token[], from: number): Token | undefined {
  return tokens.slice(from, from + 4).find((token) => !(token.kind === 'bare' && token.text.startsWith('-')));
}

/** Offset of the first token after a statement: a line that ends in an operator, or is followed by a pipe, goes on. */
export function endOfStatement(tokens: readonly Token[], from: number): number {
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind !== 'operator') continue;
    if (token.text === ';' || (token.text === '&' && at > from && !continues(tokens[at - 1]))) return at;
    if (token.text === '\n' && !continues(tokens[at - 1]) && !leads(tokens[at + 1])) return at;
  }
  return tokens.length;
}

function continues(token: Token | undefined): boolean {
  return (token?.kind === 'operator' && token.text !== ';') || (token?.kind === 'bare' && /^(?:\+|=|\+=|-f|-join|-and|-or)$/i.test(token.text));
}

function leads(token: Token | undefined): boolean {
  return token?.kind === 'operator' && ['|', '&&', '||'].includes(token.text);
}

/** A statement is a command where it begins with a bare word or a call; everything else is an expression. */
export function isCommand(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first?.kind === 'operator') return first.text === '&';
  if (first?.kind !== 'bare') return false;
  if (/^\d/.test(first.text)) return /[a-z]/i.test(first.text.replace(/^\d+(?:\.\d+)?(?:[kmgtp]b|[lude]\d*)?$/i, ''));
  return !/^(?:!|-not|-bnot|-join|-split|\+\+|--|[-+]\d.*|,)$/i.test(first.text) && !(second?.kind === 'group' && second.glued && /^[!+-]$/.test(first.text));
}

/** Parts a command's redirections from its words. */
export function splitRedirects(all: readonly Token[]): { readonly tokens: readonly Token[]; readonly redirects: readonly Redirect[] } {
  const tokens: Token[] = [];
  const redirects: Redirect[] = [];
  for (let at = 0; at < all.length; at++) {
    const token = all[at] as Token;
    if (token.kind !== 'redirect') {
      tokens.push(token);
      continue;
    }
    if (token.merge) continue;
    const target: Token[] = [];
    while (at + 1 < all.length && (target.length === 0 || all[at + 1]?.glued)) target.push(all[++at] as Token);
    redirects.push({ append: token.append, target });
  }
  return { tokens, redirects };
}

/** Cuts a command into its arguments. */
export function argumentRuns(tokens: readonly Token[]): readonly ArgumentRun[] {
  const runs: Token[][][] = [];
  let joined = false;
  for (const token of tokens) {
    if (token.kind === 'operator') {
      joined = token.text === ',';
      continue;
    }
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (joined && run) run.push([token]);
    else if (last && belongsTo(token, last)) last.push(token);
    else runs.push([[token]]);
    joined = false;
  }
  return runs;
}

/** True where a token goes on with an argument: text written directly behind a quoted string or a bracket begins another. */
function belongsTo(token: Token, argument: readonly Token[]): boolean {
  if (!token.glued) return false;
  const [first] = argument;
  const last = argument.at(-1);
  const isMember = token.kind === 'bare' && /^(?:\.\w|::)/.test(token.text);
  if (isOpen(token, '{', '@{')) return false;
  if (isOpen(token, '(')) return (last?.kind === 'bare' && /^(?:\.|::)\w/.test(last.text) && argument.length > 1) || (first?.kind === 'bare' && /^-\w+:$/.test(first.text));
  if (first?.kind === 'string') return isMember;
  if (first?.kind === 'group') return isMember || isOpen(token, '[');
  return true;
}

export function parameterNames(group: GroupToken): readonly string[] {
  return splitTokens(group.tokens, ',').flatMap((part) => {
    const variable = part.find((token) => token.kind === 'variable');
    return variable?.kind === 'variable' ? [variableKey(variable.name)] : [];
  });
}
