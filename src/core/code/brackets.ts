import type { CodeToken } from './token.ts';

const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** For each bracket the index of its partner, -1 for everything else and for brackets without one. */
export function partnersOf(tokens: readonly CodeToken[]): Int32Array {
  const partners = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'mark') continue;
    if (token.text === '(' || token.text === '[' || token.text === '{') open.push(index);
    const wanted = closing[token.text];
    if (wanted === undefined) continue;
    const at = open.at(-1);
    if (at === undefined || tokens[at]?.text !== wanted) continue;
    open.pop();
    partners[at] = index;
    partners[index] = at;
  }
  return partners;
}
