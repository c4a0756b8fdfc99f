import type { Invocation } from './invocation.ts';
import { textOf, type Word } from './shell/word.ts';

/** A program's words parted into operands and options, as its rule says they are. */
export interface Call {
  readonly invocation: Invocation;
  /** Words that are neither options nor their values, subcommands included, the program itself left out. */
  readonly operands: readonly Word[];
  /** Values by option as written (`--force`, `-f`); a plain flag has one `undefined` for each time it stands. */
  readonly options: ReadonlyMap<string, readonly (Word | undefined)[]>;
  /** Operands after `--`, which also stand in `operands`. */
  readonly afterDashes: readonly Word[];
}

export interface CallSyntax {
  readonly valueOptions: readonly string[];
  readonly optionStyle?: 'gnu' | 'single-dash';
  /**
   * Long options that any beginning of theirs stands for, as getopt_long and git allow. A beginning of several stands
   * for the first: those that lose something come before those that make a call harmless.
   */
  readonly abbreviable?: readonly string[];
}

const longList = 12;
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Membership in a list of options; a rule's long list is made a set once. */
export function isIn(options: readonly string[], name: string): boolean {
  if (options.length <= longList) return options.includes(name);
  let set = sets.get(options);
  if (!set) sets.set(options, (set = new Set(options)));
  return set.has(name);
}

/** Parts the words of an invocation. An unknown word that may be an option counts as an operand. */
export function parseCall(invocation: Invocation, syntax: CallSyntax): Call {
  const { valueOptions } = syntax;
  const operands: Word[] = [];
  const options = new Map<string, (Word | undefined)[]>();
  const give = (written: string, value: Word | undefined): void => {
    const name = fullName(written, syntax.abbreviable);
    // The last of `--x` and `--no-x` holds.
    if (name.startsWith('--no-')) options.delete(`--${name.slice(5)}`);
    const values = options.get(name);
    if (values) values.push(value);
    else options.set(name, [value]);
  };
  const words = invocation.argv.slice(1);
  const dashes = words.findIndex((word) => textOf(word) === '--');
  const end = dashes < 0 ? words.length : dashes;
  for (let i = 0; i < end; i++) {
    const word = words[i] as Word;
    if (!word.text.startsWith('-') || word.text === '-' || word.holes[0]?.start === 0) {
      operands.push(word);
      continue;
    }
    const next = (): Word | undefined => (i + 1 < end ? words[++i] : undefined);
    const equals = word.text.indexOf('=');
    const written = equals > 0 ? word.text.slice(0, equals) : word.text;
    // `--ha$X` may become `--hard`.
    const hole = syntax.abbreviable ? (word.holes[0]?.start ?? Infinity) : Infinity;
    const name = hole > 3 && hole < written.length ? written.slice(0, hole) : written;
    // `-da=b` is `-d` with the value `a=b`.
    if (equals > 0 && (name.startsWith('--') || name.length === 2 || syntax.optionStyle === 'single-dash')) give(name, sliceWord(word, equals + 1));
    else if (isIn(valueOptions, name)) give(name, next());
    else if (name.startsWith('--') || syntax.optionStyle === 'single-dash' || name.length === 2) give(name, undefined);
    else parseCluster(word, valueOptions, give, next);
  }
  const afterDashes = dashes < 0 ? [] : words.slice(dashes + 1);
  return { invocation, operands: [...operands, ...afterDashes], options, afterDashes };
}

/** `--har` for `--hard`. */
function fullName(written: string, abbreviable: readonly string[] | undefined): string {
  if (!abbreviable || !/^--./.test(written) || abbreviable.includes(written)) return written;
  return abbreviable.find((name) => name.startsWith(written)) ?? written;
}

/** `-rf`, `-uroot`, `-fsSLo out`: single letters in one word, the last of which may carry or take a value. */
function parseCluster(
  word: Word,
  valueOptions: readonly string[],
  give: (name: string, value: Word | undefined) => void,
  next: () => Word | undefined,
): void {
  for (let at = 1; at < word.text.length; at++) {
    const name = `-${word.text[at]}`;
    if (isIn(valueOptions, name)) {
      give(name, at + 1 < word.text.length ? sliceWord(word, at + 1) : next());
      return;
    }
    give(name, undefined);
  }
}

/** The word from offset `from` on. */
export function sliceWord(word: Word, from: number): Word {
  const holes = word.holes.filter((hole) => hole.end > from).map((hole) => ({ ...hole, start: Math.max(0, hole.start - from), end: hole.end - from }));
  const globs = word.globs.filter((at) => at >= from).map((at) => at - from);
  const rest = { text: word.text.slice(from), holes, globs };
  return word.span ? { ...rest, span: word.span } : rest;
}

/** True when one of the options stands in the call, unless its value says no (`--dry-run=false`). */
export function hasOption(call: Call, ...names: readonly string[]): boolean {
  return names.some((name) => call.options.get(name)?.some((value) => !value || !/^(false|no|0|none)$/i.test(value.text)));
}

/** The last value given to one of the options. */
export function optionValue(call: Call, ...names: readonly string[]): Word | undefined {
  return names.flatMap((name) => call.options.get(name) ?? []).findLast((value) => value !== undefined);
}
