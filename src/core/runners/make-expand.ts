/** Expansion of makefile text: variables and functions. https://www.gnu.org/software/make/manual/make.html#Functions */

export interface MakeVariables {
  /** The unexpanded value of a variable; undefined where nobody gives it one. */
  value(name: string): string | undefined;
  /** What stands for a variable nobody gives a value. */
  missing(name: string): string;
  /** Called with every command of `$(shell …)` that is met. */
  shell(command: string): void;
  /** The names a glob stands for; the glob itself where that is not known. */
  wildcard(pattern: string): string;
  /** Takes what so many characters cost from what the action may cost. */
  spend(characters: number): void;
}

const maxExpansion = 64;

/**
 * The text with its variables and functions put in. `$$` becomes `$`, as the shell then reads it; a `$(shell …)` becomes a
 * substitution of the shell's own.
 */
export function expandMake(text: string, variables: MakeVariables, depth = 0): string {
  if (!text.includes('$')) return text;
  // Deeper than anybody writes: what it stands for is left unknown to the shell.
  if (depth > maxExpansion) return '${nested}';
  let out = '';
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
    variables.spend(dollar - at);
    out += text.slice(at, dollar);
    const next = text[dollar + 1];
    if (next === '(' || next === '{') {
      const end = closing(text, dollar + 1);
      variables.spend(end - dollar);
      out += reference(text.slice(dollar + 2, end), variables, depth);
      at = end + 1;
    } else {
      out += next === undefined || next === '$' ? '$' : valueOf(next, variables, depth);
      at = dollar + 2;
    }
  }
  return out + text.slice(at);
}

/** The bracket that closes the one at `open`; the end of the text where none does. */
function closing(text: string, open: number): number {
  const [begin, end] = text[open] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === begin) depth++;
    else if (text[at] === end && --depth === 0) return at;
  }
  return text.length;
}

function valueOf(name: string, variables: MakeVariables, depth: number): string {
  const value = variables.value(name);
  if (value === undefined) return variables.missing(name);
  if (depth >= maxExpansion) return variables.missing(name);
  const expanded = expandMake(value, variables, depth + 1);
  variables.spend(expanded.length);
  return expanded;
}

function reference(inside: string, variables: MakeVariables, depth: number): string {
  const call = /^([a-z]+(?:-[a-z]+)?)\s+(.*)$/s.exec(inside);
  const name = call?.[1] ?? '';
  if (call && (Object.hasOwn(functions, name) || name === 'shell' || name === 'call' || name === 'foreach' || name === 'wildcard')) return callFunction(name, call[2] ?? '', variables, depth);
  const expanded = expandMake(inside, variables, depth + 1);
  const substitution = /^([^:=]+):([^=]*)=(.*)$/s.exec(expanded);
  if (!substitution) return valueOf(expanded, variables, depth);
  const [, variable = '', from = '', to = ''] = substitution;
  const pattern = from.includes('%') ? [from, to] : [`%${from}`, `%${to}`];
  return eachWord(valueOf(variable, variables, depth), (word) => patsubst(pattern[0] ?? '', pattern[1] ?? '', word));
}

function callFunction(name: string, text: string, variables: MakeVariables, depth: number): string {
  const expand = (part: string): string => expandMake(part, variables, depth + 1);
  if (name === 'shell') {
    const command = expand(text);
    variables.shell(command);
    return `$(${command})`;
  }
  const parts = argumentsOf(text);
  if (name === 'foreach') {
    const [variable = '', list = '', body = ''] = parts;
    const own = expand(variable).trim();
    return wordsOf(expand(list)).slice(0, maxExpansion).map((word) => expandMake(body, { ...variables, value: (asked) => (asked === own ? word : variables.value(asked)) }, depth + 1)).join(' ');
  }
  const given = parts.map(expand);
  if (name === 'call') {
    const body = variables.value((given[0] ?? '').trim());
    if (body === undefined || depth >= maxExpansion) return variables.missing((given[0] ?? '').trim());
    return expandMake(body, { ...variables, value: (asked) => (/^\d$/.test(asked) ? (given[Number(asked)] ?? '') : variables.value(asked)) }, depth + 1);
  }
  if (name === 'wildcard') return eachWord(given[0] ?? '', (word) => variables.wildcard(word));
  return functions[name]?.(given) ?? '';
}

type MakeFunction = (given: readonly string[]) => string;

const functions: Readonly<Record<string, MakeFunction>> = {
  subst: ([from = '', to = '', text = '']) => (from === '' ? text : text.replaceAll(from, () => to)),
  patsubst: ([pattern = '', to = '', text = '']) => eachWord(text, (word) => patsubst(pattern.trim(), to, word)),
  strip: ([text = '']) => wordsOf(text).join(' '),
  findstring: ([find = '', text = '']) => (text.includes(find) ? find : ''),
  filter: ([patterns = '', text = '']) => wordsOf(text).filter((word) => wordsOf(patterns).some((pattern) => stemOf(pattern, word) !== undefined)).join(' '),
  'filter-out': ([patterns = '', text = '']) => wordsOf(text).filter((word) => !wordsOf(patterns).some((pattern) => stemOf(pattern, word) !== undefined)).join(' '),
  sort: ([text = '']) => [...new Set(wordsOf(text))].toSorted().join(' '),
  word: ([index = '', text = '']) => wordsOf(text)[Number(index) - 1] ?? '',
  words: ([text = '']) => String(wordsOf(text).length),
  wordlist: ([from = '', to = '', text = '']) => wordsOf(text).slice(Number(from) - 1, Number(to)).join(' '),
  firstword: ([text = '']) => wordsOf(text)[0] ?? '',
  lastword: ([text = '']) => wordsOf(text).at(-1) ?? '',
  dir: ([text = '']) => eachWord(text, (word) => word.slice(0, word.lastIndexOf('/') + 1) || './'),
  notdir: ([text = '']) => eachWord(text, (word) => word.slice(word.lastIndexOf('/') + 1)),
  suffix: ([text = '']) => eachWord(text, (word) => /\.[^./]*$/.exec(word)?.[0] ?? ''),
  basename: ([text = '']) => eachWord(text, (word) => word.replace(/\.[^./]*$/, '')),
  addprefix: ([prefix = '', text = '']) => eachWord(text, (word) => prefix + word),
  addsuffix: ([suffix = '', text = '']) => eachWord(text, (word) => word + suffix),
  join: ([first = '', second = '']) => wordsOf(first).map((word, index) => word + (wordsOf(second)[index] ?? '')).join(' '),
  realpath: ([text = '']) => text,
  abspath: ([text = '']) => text,
  // Which branch is taken may hang on what is only known when it runs: the one that says something is.
  if: ([condition = '', then = '', otherwise = '']) => (condition.trim() === '' ? otherwise : then),
  or: (given) => given.find((part) => part.trim() !== '') ?? '',
  and: (given) => (given.every((part) => part.trim() !== '') ? (given.at(-1) ?? '') : ''),
  value: ([text = '']) => text,
  origin: () => 'file',
  flavor: () => 'recursive',
  info: () => '', warning: () => '', error: () => '', eval: () => '',
};

/** Parts between commas outside brackets, leading blanks of the first taken off. */
function argumentsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}

function eachWord(text: string, change: (word: string) => string): string {
  return wordsOf(text).map(change).filter(Boolean).join(' ');
}

/** What `%` stands for when the pattern fits the word; an empty stem for a pattern without one. */
export function stemOf(pattern: string, word: string): string | undefined {
  const percent = pattern.indexOf('%');
  if (percent < 0) return pattern === word ? '' : undefined;
  const before = pattern.slice(0, percent);
  const after = pattern.slice(percent + 1);
  return word.length >= before.length + after.length && word.startsWith(before) && word.endsWith(after) ? word.slice(before.length, word.length - after.length) : undefined;
}

function patsubst(pattern: string, to: string, word: string): string {
  const stem = stemOf(pattern, word);
  return stem === undefined ? word : to.replace('%', () => stem);
}
