/** Matches one name against one part of a shell glob, as `matchesPart`. A leading dot is matched by a dot only. */
export function matchesGlob(glob: string, name: string): boolean {
  return (!name.startsWith('.') || glob.startsWith('.')) && matchesPart(glob, name);
}

/** Matches one name against one part of a glob: `*`, `?` and `[…]`. Two pointers and no stack, so that no pattern is slow. */
export function matchesPart(glob: string, name: string): boolean {
  let g = 0;
  let n = 0;
  let star = -1;
  let resume = 0;
  while (n < name.length) {
    const step = g < glob.length ? stepOf(glob, g, name[n] ?? '') : 0;
    if (step > 0) {
      g += step;
      n++;
    } else if (glob[g] === '*') {
      star = g++;
      resume = n;
    } else if (star >= 0) {
      g = star + 1;
      n = ++resume;
    } else return false;
  }
  while (glob[g] === '*') g++;
  return g === glob.length;
}

/** Characters of the glob that stand for this one character of the name; 0 where it does not fit. */
function stepOf(glob: string, at: number, char: string): number {
  const sign = glob[at];
  if (sign === '?') return 1;
  if (sign === '*') return 0;
  if (sign !== '[') return sign === char ? 1 : 0;
  const close = glob.indexOf(']', at + 2);
  if (close < 0) return char === '[' ? 1 : 0;
  const negated = glob[at + 1] === '!' || glob[at + 1] === '^';
  return inSet(glob.slice(at + (negated ? 2 : 1), close), char) === negated ? 0 : close - at + 1;
}

function inSet(set: string, char: string): boolean {
  for (let i = 0; i < set.length; i++) {
    if (set[i + 1] === '-' && i + 2 < set.length) {
      if (char >= (set[i] ?? '') && char <= (set[i + 2] ?? '')) return true;
      i += 2;
    } else if (set[i] === char) return true;
  }
  return false;
}

/** The alternatives of a glob with one level of braces, at most 64. */
export function namesOf(glob: string): readonly string[] {
  const open = glob.indexOf('{');
  const close = glob.indexOf('}', open);
  if (open < 0 || close < 0) return [glob];
  return glob.slice(open + 1, close).split(',').slice(0, 64).map((part) => glob.slice(0, open) + part + glob.slice(close + 1));
}
