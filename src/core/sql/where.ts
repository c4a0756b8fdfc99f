import type { Loss } from './loss.ts';
import { wordAt } from './statements.ts';
import type { Token } from './tokenize.ts';

/** How far a condition narrows down the rows: `none` lets all of them through, `barely` nearly all. */
type Narrowing = 'none' | 'barely' | 'narrows';

/** Conditions longer or deeper than this are judged by their beginning. */
const longest = 4096;
const deepest = 32;

/** Judges the tokens after WHERE. */
function narrowingOf(condition: readonly Token[], level = 0): Narrowing {
  if (level > deepest) return 'none';
  const inner = unwrapped(condition.slice(0, longest));
  if (inner.length === 0) return 'none';
  const parts = splitAt(inner, 'OR');
  // One open door is enough.
  if (parts.length > 1) return parts.map((part) => narrowingOf(part, level + 1)).reduce(weaker);
  const conjuncts = splitAt(inner, 'AND');
  if (conjuncts.length > 1) return conjuncts.map((part) => narrowingOf(part, level + 1)).reduce(stronger);
  return narrowingOfTerm(inner);
}

const order: readonly Narrowing[] = ['none', 'barely', 'narrows'];

function weaker(a: Narrowing, b: Narrowing): Narrowing {
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

function stronger(a: Narrowing, b: Narrowing): Narrowing {
  return weaker(a, b) === a ? b : a;
}

/** Without parentheses around the whole. */
function unwrapped(tokens: readonly Token[]): readonly Token[] {
  let inner = tokens;
  for (let level = 0; level < deepest && inner.length >= 2 && inner[0]?.text === '(' && inner.at(-1)?.text === ')' && inner[0].kind === 'symbol' && inner.slice(1, -1).every((token) => token.depth > (inner[0] as Token).depth); level++) inner = inner.slice(1, -1);
  return inner;
}

/** Splits at a word that stands at the outermost level; the AND of `BETWEEN a AND b` is none. */
function splitAt(tokens: readonly Token[], separator: 'AND' | 'OR'): readonly (readonly Token[])[] {
  const base = Math.min(...tokens.map((token) => token.depth));
  const parts: Token[][] = [[]];
  let between = false;
  for (const [index, token] of tokens.entries()) {
    const word = token.depth === base ? wordAt(tokens, index) : '';
    if (word === 'BETWEEN') between = true;
    if (word === separator && !(between && separator === 'AND')) parts.push([]);
    else parts.at(-1)?.push(token);
    if (word === 'AND') between = false;
  }
  return parts;
}

function narrowingOfTerm(term: readonly Token[]): Narrowing {
  const words = term.map((token, index) => wordAt(term, index) || token.text);
  // A condition that is put in only when it runs: nobody knows what it lets through.
  if (/^[${%]$/.test(words[0] ?? '') && !words.some((word) => /^[=<>]$|^(?:IN|LIKE|IS)$/.test(word))) return 'barely';
  if (words[0] === 'NOT') return /^(?:FALSE|0)$/.test(words[1] ?? '') && term.length === 2 ? 'none' : 'narrows';
  if (term.length === 1) return isTrue(term[0]) ? 'none' : 'narrows';
  if (words[0] === 'EXISTS') return words.includes('WHERE') ? 'narrows' : 'barely';
  const text = words.join(' ');
  if (text.endsWith(' IS NOT NULL') || / LIKE %+$/.test(text) || / (?:<>|! =|< >|!=) (?:''|'|-?\s?\d+)?$/.test(text)) return 'barely';
  if (/ IN \( SELECT /.test(text) && !words.includes('WHERE') && !words.includes('LIMIT') && !words.includes('TOP')) return 'barely';
  return narrowingOfComparison(term);
}

function isTrue(token: Token | undefined): boolean {
  return token?.kind === 'number' ? Number(token.text) !== 0 : token?.kind === 'word' && /^true$/i.test(token.text);
}

/** `1 = 1`, `'a' = 'a'`, `id = id`, `id > 0`. */
function narrowingOfComparison(term: readonly Token[]): Narrowing {
  const at = term.findIndex((token) => token.kind === 'symbol' && /^[=<>!]$/.test(token.text));
  if (at < 1) return 'narrows';
  const to = term.findLastIndex((token) => token.kind === 'symbol' && /^[=<>]$/.test(token.text)) + 1;
  const operator = term.slice(at, to).map((token) => token.text).join('');
  const left = spelled(term.slice(0, at));
  const right = spelled(term.slice(to));
  if (operator === '=' && left === right) return 'none';
  if (isLiteral(term.slice(0, at)) && isLiteral(term.slice(to))) return compares(left, operator, right) ? 'none' : 'narrows';
  return /^>=?$/.test(operator) && /^-?[01]$/.test(right) ? 'barely' : 'narrows';
}

function spelled(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.kind === 'string' ? `'${token.text}'` : token.text.toLowerCase())).join('');
}

function isLiteral(tokens: readonly Token[]): boolean {
  return tokens.length === 1 && (tokens[0]?.kind === 'number' || tokens[0]?.kind === 'string');
}

function compares(left: string, operator: string, right: string): boolean {
  const [a, b] = [Number(left), Number(right)];
  if (Number.isNaN(a) || Number.isNaN(b)) return operator !== '=' && left !== right;
  return operator === '<' ? a < b : operator === '>' ? a > b : operator === '<=' ? a <= b : operator === '>=' ? a >= b : operator === '=' ? a === b : a !== b;
}

/** The loss of a statement that touches all rows its condition lets through; nothing where that plainly limits. */
export function unlimited(tokens: readonly Token[], whole: Loss): readonly Loss[] {
  const condition = conditionOf(tokens);
  const narrowing = condition ? narrowingOf(condition) : 'none';
  if (narrowing === 'narrows') return [];
  return [narrowing === 'none' ? whole : { ...whole, certainty: 'likely' }];
}

/** The tokens of the outermost WHERE; undefined without one. */
function conditionOf(tokens: readonly Token[]): readonly Token[] | undefined {
  const base = tokens[0]?.depth ?? 0;
  const at = tokens.findIndex((token, index) => token.depth === base && wordAt(tokens, index) === 'WHERE');
  if (at < 0) return undefined;
  const rest = tokens.slice(at + 1);
  const end = rest.findIndex((token, index) => token.depth <= base && /^(?:RETURNING|ORDER|LIMIT|OPTION|SETTINGS|IF)$/.test(wordAt(rest, index)));
  return end < 0 ? rest : rest.slice(0, end);
}
