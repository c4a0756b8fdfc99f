const maxAlternatives = 256;

/**
 * The texts a brace expression stands for: `{a,b}` → `a`, `b`; `{1..3}` → `1`, `2`, `3`; nested ones too.
 * One that cannot be expanded within bounds stands for itself.
 */
export function braceAlternatives(text: string): string[] {
  if (!text.startsWith('{') || !text.endsWith('}')) return [text];
  const inside = text.slice(1, -1);
  const range = /^(-?\d{1,6})\.\.(-?\d{1,6})$/.exec(inside);
  if (range) return numbers(Number(range[1]), Number(range[2]), text);
  const letters = /^([a-zA-Z])\.\.([a-zA-Z])$/.exec(inside);
  if (letters?.[1] && letters[2]) return numbers(letters[1].charCodeAt(0), letters[2].charCodeAt(0), text).map((code) => (code === text ? text : String.fromCharCode(Number(code))));
  const choices = splitTop(inside);
  if (choices.length < 2) return [text];
  return choices.flatMap(expandInner).slice(0, maxAlternatives);
}

function numbers(from: number, to: number, text: string): string[] {
  const count = Math.abs(to - from) + 1;
  if (count > maxAlternatives) return [text];
  const step = to < from ? -1 : 1;
  return Array.from({ length: count }, (_, index) => String(from + step * index));
}

/** Alternatives of a text that may hold one nested brace expression. */
function expandInner(text: string): string[] {
  const open = text.indexOf('{');
  const close = open < 0 ? -1 : closing(text, open);
  if (close < 0) return [unquote(text)];
  const before = unquote(text.slice(0, open));
  const rest = expandInner(text.slice(close + 1));
  return braceAlternatives(text.slice(open, close + 1)).flatMap((middle) => rest.map((end) => before + middle + end)).slice(0, maxAlternatives);
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}') depth--;
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** Alternatives are given as written; plain quotes around and in them go. */
function unquote(text: string): string {
  return text.replace(/\\(.)|["']/g, '$1');
}
