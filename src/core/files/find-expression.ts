import type { Word } from '../shell/word.ts';
import { matchesName } from './globs.ts';

/** The expression of a `find` command. https://www.gnu.org/software/findutils/manual/html_node/find_html/index.html */
export type Expression =
  | { readonly is: 'name'; readonly pattern: Word; readonly whole: boolean; readonly ignoreCase: boolean }
  | { readonly is: 'type'; readonly letters: string }
  | { readonly is: 'empty' }
  /** Always true, and limits nothing. */
  | { readonly is: 'true' }
  /** A test on something that is not looked at here: age, size, owner. */
  | { readonly is: 'other' }
  | { readonly is: 'prune' }
  | { readonly is: 'action'; readonly action: FindAction }
  | { readonly is: 'not'; readonly inner: Expression }
  | { readonly is: 'and' | 'or'; readonly left: Expression; readonly right: Expression };

export type FindAction =
  | { readonly does: 'delete' }
  /** `words` hold `{}` where the paths go. */
  | { readonly does: 'run'; readonly words: readonly Word[]; readonly inFolder: boolean; /** The person is asked before each: `-ok`. */ readonly asks: boolean; /** All paths are given at once (`+`). */ readonly together: boolean }
  | { readonly does: 'write'; readonly file: Word };

export interface FindCommand {
  readonly starts: readonly Word[];
  readonly expression: Expression;
  readonly actions: readonly FindAction[];
  readonly deepest: number;
  readonly shallowest: number;
}

const nameTests = new Map([['-name', false], ['-iname', false], ['-path', true], ['-wholename', true], ['-ipath', true], ['-iwholename', true], ['-lname', false], ['-ilname', false]]);
/** Tests with one value. */
const otherTests = new Set(['-amin', '-anewer', '-atime', '-cmin', '-cnewer', '-ctime', '-fstype', '-gid', '-group', '-inum', '-links', '-mmin', '-mtime', '-newer', '-perm', '-regex', '-iregex', '-samefile', '-size', '-uid', '-used', '-user', '-context', '-xtype', '-Bmin', '-Btime', '-flags']);
/** Tests without a value. */
const bareTests = new Set(['-executable', '-nogroup', '-nouser', '-readable', '-writable', '-newerXY', '-false']);
const valueOptions = new Set(['-maxdepth', '-mindepth', '-regextype', '-files0-from', '-D', '-O']);
const textActions = new Set(['-printf']);
const fileActions = new Set(['-fprint', '-fprint0', '-fls', '-fprintf']);
const runActions = new Set(['-exec', '-execdir', '-ok', '-okdir']);

/** Reads the words after `find`. Words that make no sense are read as tests that may be true. */
export function readFind(words: readonly Word[]): FindCommand {
  return new FindReader(words).read();
}

class FindReader {
  readonly #words: readonly Word[];
  #at = 0;
  #deepest = Infinity;
  #shallowest = 0;
  #nesting = 0;
  readonly #actions: FindAction[] = [];

  constructor(words: readonly Word[]) {
    this.#words = words;
  }

  read(): FindCommand {
    while (/^-(?:[HLP]|O\d*|D)$/.test(this.#peek() ?? '')) this.#at += this.#peek() === '-D' ? 2 : 1;
    const starts: Word[] = [];
    while (this.#at < this.#words.length && !/^(?:-|[()!,]$)/.test(this.#peek() as string)) starts.push(this.#words[this.#at++] as Word);
    let expression: Expression = this.#at < this.#words.length ? this.#or() : { is: 'true' };
    // A stray parenthesis must not hide what comes after it.
    while (this.#at < this.#words.length) {
      this.#at++;
      if (this.#at < this.#words.length) expression = { is: 'or', left: expression, right: this.#or() };
    }
    return { starts, expression, actions: this.#actions, deepest: this.#deepest, shallowest: this.#shallowest };
  }

  #peek(): string | undefined {
    return this.#words[this.#at]?.text;
  }

  #next(): Word | undefined {
    return this.#words[this.#at++];
  }

  #or(): Expression {
    let left = this.#and();
    while (['-o', '-or', ','].includes(this.#peek() ?? '')) {
      // After a comma the second part is evaluated whatever the first says.
      const list = this.#next()?.text === ',';
      left = { is: 'or', left: list ? { is: 'and', left, right: { is: 'other' } } : left, right: this.#and() };
    }
    return left;
  }

  #and(): Expression {
    let left = this.#primary();
    for (;;) {
      const text = this.#peek();
      if (text === undefined || [')', '-o', '-or', ','].includes(text)) return left;
      if (text === '-a' || text === '-and') this.#at++;
      left = { is: 'and', left, right: this.#primary() };
    }
  }

  #primary(): Expression {
    const word = this.#next();
    const text = word?.text ?? '';
    if (text === '!' || text === '-not') return this.#nested(() => ({ is: 'not', inner: this.#primary() }));
    if (text === '(') {
      const inner = this.#nested(() => this.#or());
      if (this.#peek() === ')') this.#at++;
      return inner;
    }
    const whole = nameTests.get(text);
    if (whole !== undefined) {
      const pattern = this.#next();
      return pattern && !text.includes('lname') ? { is: 'name', pattern, whole, ignoreCase: text.startsWith('-i') } : { is: 'other' };
    }
    if (text === '-type') return { is: 'type', letters: this.#next()?.text ?? '' };
    if (text === '-empty') return { is: 'empty' };
    if (text === '-prune') return { is: 'prune' };
    if (otherTests.has(text) || text.startsWith('-newer')) {
      this.#at++;
      return { is: 'other' };
    }
    if (bareTests.has(text)) return { is: 'other' };
    if (valueOptions.has(text)) return this.#option(text);
    return this.#action(text);
  }

  /** Deeper nesting than anybody writes is read as a test that may be true. */
  #nested(read: () => Expression): Expression {
    if (this.#nesting >= 50) return { is: 'other' };
    this.#nesting++;
    const inner = read();
    this.#nesting--;
    return inner;
  }

  #option(name: string): Expression {
    const value = Number(this.#next()?.text);
    if (name === '-maxdepth' && value >= 0) this.#deepest = value;
    if (name === '-mindepth' && value >= 0) this.#shallowest = value;
    return { is: 'true' };
  }

  #action(name: string): Expression {
    if (name === '-delete') return this.#act({ does: 'delete' });
    if (runActions.has(name)) return this.#act({ does: 'run', ...this.#untilEnd(), inFolder: name.endsWith('dir'), asks: name.startsWith('-ok') });
    if (fileActions.has(name)) {
      const file = this.#next();
      if (name === '-fprintf') this.#at++;
      return file ? this.#act({ does: 'write', file }) : { is: 'true' };
    }
    if (textActions.has(name)) this.#at++;
    return { is: 'true' };
  }

  #act(action: FindAction): Expression {
    this.#actions.push(action);
    return { is: 'action', action };
  }

  #untilEnd(): { readonly words: readonly Word[]; readonly together: boolean } {
    const words: Word[] = [];
    for (let word = this.#next(); word && word.text !== ';'; word = this.#next()) {
      if (word.text === '+' && words.at(-1)?.text === '{}') return { words, together: true };
      words.push(word);
    }
    return { words, together: false };
  }
}

/** A path `find` looks at. */
export interface Entry {
  readonly path: string;
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly empty: boolean;
}

type Answer = 'yes' | 'no' | 'maybe';

/** Whether an action would be reached for an entry; tests that are not looked at count as either. */
export function reaches(action: FindAction, expression: Expression, entry: Entry): boolean {
  return evaluate(expression, entry, action).reached;
}

function evaluate(expression: Expression, entry: Entry, action: FindAction): { readonly answer: Answer; readonly reached: boolean } {
  switch (expression.is) {
    case 'name':
      return { answer: nameAnswer(expression, entry), reached: false };
    case 'type':
      return { answer: expression.letters.split(',').includes({ file: 'f', folder: 'd', link: 'l', other: 's' }[entry.kind]) || entry.kind === 'other' ? 'yes' : 'no', reached: false };
    case 'empty':
      return { answer: entry.empty ? 'yes' : 'no', reached: false };
    case 'true':
    case 'prune':
      return { answer: 'yes', reached: false };
    case 'other':
      return { answer: 'maybe', reached: false };
    case 'action':
      return { answer: expression.action.does === 'run' ? 'maybe' : 'yes', reached: expression.action === action };
    case 'not': {
      const { answer, reached } = evaluate(expression.inner, entry, action);
      return { answer: answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : 'maybe', reached };
    }
    case 'and':
    case 'or':
      break;
  }
  const left = evaluate(expression.left, entry, action);
  // `and` stops at a no, `or` at a yes.
  if (left.answer === (expression.is === 'and' ? 'no' : 'yes')) return left;
  const right = evaluate(expression.right, entry, action);
  return { answer: left.answer === 'maybe' && right.answer !== left.answer ? 'maybe' : right.answer, reached: left.reached || right.reached };
}

function nameAnswer(test: Extract<Expression, { is: 'name' }>, entry: Entry): Answer {
  if (test.pattern.holes.length > 0) return 'maybe';
  const fold = (text: string): string => (test.ignoreCase ? text.toLowerCase() : text);
  const pattern = fold(test.pattern.text);
  const operators = new Set(Array.from(pattern).flatMap((character, at) => ('*?['.includes(character) ? [at] : [])));
  const name = fold(test.whole ? entry.path : entry.name);
  // Unlike in a shell, a leading dot is no exception here: it is put aside on both sides.
  return matchesName(`.${name}`, `.${pattern}`, new Set([...operators].map((at) => at + 1))) ? 'yes' : 'no';
}

/**
 * What every path that reaches the action is limited to, as far as the words alone say: name patterns of which one
 * must fit, `empty` for empty files and folders, `some` for a test that is not looked at, or nothing.
 */
export type Limit = { readonly to: 'names'; readonly patterns: readonly Word[] } | { readonly to: 'empty' } | { readonly to: 'some' } | undefined;

export function limitOf(action: FindAction, expression: Expression): Limit {
  return limitOnWay(action, expression);
}

function contains(action: FindAction, expression: Expression): boolean {
  if (expression.is === 'action') return expression.action === action;
  if (expression.is === 'not') return contains(action, expression.inner);
  return (expression.is === 'and' || expression.is === 'or') && (contains(action, expression.left) || contains(action, expression.right));
}

function limitOnWay(action: FindAction, expression: Expression): Limit {
  if (expression.is === 'not') return limitOnWay(action, expression.inner);
  if (expression.is !== 'and' && expression.is !== 'or') return undefined;
  if (contains(action, expression.left)) return limitOnWay(action, expression.left);
  const right = limitOnWay(action, expression.right);
  return expression.is === 'and' ? (narrower(limitOfTruth(expression.left), right)) : right;
}

/** What a true expression says of its entry. */
function limitOfTruth(expression: Expression): Limit {
  if (expression.is === 'name') return { to: 'names', patterns: [expression.pattern] };
  if (expression.is === 'empty') return { to: 'empty' };
  if (expression.is === 'other') return { to: 'some' };
  if (expression.is === 'not') return expression.inner.is === 'name' || expression.inner.is === 'other' ? { to: 'some' } : undefined;
  if (expression.is === 'and') return narrower(limitOfTruth(expression.left), limitOfTruth(expression.right));
  if (expression.is !== 'or') return undefined;
  const left = limitOfTruth(expression.left);
  const right = limitOfTruth(expression.right);
  if (left?.to === 'names' && right?.to === 'names') return { to: 'names', patterns: [...left.patterns, ...right.patterns] };
  return left && right ? { to: 'some' } : undefined;
}

function narrower(a: Limit, b: Limit): Limit {
  const weight = (limit: Limit): number => (limit ? { empty: 3, names: 2, some: 1 }[limit.to] : 0);
  return weight(a) >= weight(b) ? a : b;
}
