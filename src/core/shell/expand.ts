import { joinPath } from '../files/path.ts';
import type { Span } from '../effect.ts';
import type { Input } from '../invocation.ts';
import { braceAlternatives } from './braces.ts';
import type { CommandExpansionPart, ParameterExpansionPart, ParameterOperation, Word as Syntax, WordPart } from './parse.ts';
import type { State } from './state.ts';
import { slicedList, transformed, type OperationWords } from './transform.ts';
import { isKnown, knownWord, unknownWord, type Hole, type SecretSource, type Word } from './word.ts';

/** What expansion needs from the walker: substitutions run commands, and those are looked at too. */
export interface Expander {
  readonly state: State;
  readonly home: string | undefined;
  /** Walks the commands of a substitution and gives its output where that can be known. */
  substitute(part: CommandExpansionPart): Input | undefined;
  /** Walks the commands of `<(…)` and `>(…)` and gives their output. */
  processSubstitution(part: Extract<WordPart, { type: 'ProcessSubstitution' }>): Input | undefined;
  /** Walks the commands hidden in arithmetic. */
  arithmetic(part: Extract<WordPart, { type: 'ArithmeticExpansion' }>): void;
  spend(steps: number): void;
  /** Span to give to words; undefined where the text is nested in another. */
  spanOf(node: { readonly pos: number; readonly end: number }): Span | undefined;
}

/** A run of characters of a word being put together. */
interface Piece {
  readonly text: string;
  readonly hole?: Omit<Hole, 'start' | 'end'>;
  /** The text is one glob operator. */
  readonly glob?: boolean;
  /** Unquoted results of expansions are split at white space. */
  readonly split?: boolean;
  /** `"$@"` and `"${a[@]}"`: a word ends here. */
  readonly wordBreak?: boolean;
}

const maxWords = 512;

/** The fields a word becomes: none (an empty unquoted variable), one, or many. */
export function expandWord(syntax: Syntax, with_: Expander): Word[] {
  with_.spend(1);
  const span = with_.spanOf(syntax);
  if (!syntax.parts) return [expandPlain(syntax, with_, span)];
  const fields = assemble(alternatives(syntax.parts, with_), separatorsOf(with_.state), span);
  const first = syntax.parts[0];
  if (first?.type === 'Literal' && first.text.startsWith('~')) return fields.map((word) => expandTilde(word, with_));
  return fields;
}

/** A word that is not split and not matched against files: an assignment's value, a redirection's target, a here-string. */
export function expandWhole(syntax: Syntax, with_: Expander): Word {
  const words = expandWord(syntax, with_);
  if (words.length === 1) return words[0] as Word;
  return joinWords(words, with_.spanOf(syntax));
}

/** Text and holes of parts that are not words of their own: a here-document's body. */
export function expandText(parts: readonly WordPart[], with_: Expander): Word {
  const pieces = parts.flatMap((part) => piecesOf(part, true, with_));
  return assembleOne(pieces, undefined);
}

/** Words with single spaces between them. */
export function joinWords(words: readonly Word[], span: Span | undefined): Word {
  const pieces: Piece[] = [];
  for (const [index, word] of words.entries()) {
    if (index > 0) pieces.push({ text: ' ' });
    pieces.push(...piecesOfWord(word, false));
  }
  return assembleOne(pieces, span);
}

function expandPlain(syntax: Syntax, with_: Expander, span: Span | undefined): Word {
  const word = knownWord(syntax.value, span);
  return syntax.text.startsWith('~') ? expandTilde(word, with_) : word;
}

function expandTilde(word: Word, with_: Expander): Word {
  if (word.text !== '~' && !word.text.startsWith('~/')) return word;
  const home = with_.state.variables.has('HOME') ? undefined : with_.home;
  if (home === undefined) return word;
  const text = word.text === '~' ? home : joinPath(home, word.text.slice(2) || '.');
  const keptSlash = word.text.endsWith('/') && !text.endsWith('/') ? `${text}/` : text;
  const shift = keptSlash.length - word.text.length;
  return { ...word, text: keptSlash, holes: word.holes.map((hole) => ({ ...hole, start: hole.start + shift, end: hole.end + shift })), globs: word.globs.map((at) => at + shift) };
}

/** Every combination of brace alternatives, each as its pieces. */
function alternatives(parts: readonly WordPart[], with_: Expander): Piece[][] {
  let results: Piece[][] = [[]];
  for (const part of parts) {
    if (part.type === 'BraceExpansion') {
      const choices = braceAlternatives(part.text);
      with_.spend(Math.ceil((Math.min(maxWords, results.length * choices.length) * (results[0]?.length ?? 0)) / 8));
      results = results.flatMap((pieces) => choices.map((text) => [...pieces, ...(/[$`]/.test(text) ? [hole(text, true)] : globPieces(text))])).slice(0, maxWords);
    } else {
      const more = piecesOf(part, false, with_);
      for (const pieces of results) pieces.push(...more);
    }
    with_.spend(results.length);
  }
  return results;
}

/** Plain text in which glob characters are active. */
function globPieces(text: string): Piece[] {
  return text.split(/([*?[])/).filter(Boolean).map((run) => (/^[*?[]$/.test(run) ? { text: run, glob: true } : { text: run }));
}

function piecesOf(part: WordPart, quoted: boolean, with_: Expander): Piece[] {
  with_.spend(1);
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ text: part.value }];
    case 'DoubleQuoted':
    case 'LocaleString': {
      const pieces = part.parts.flatMap((child) => piecesOf(child, true, with_));
      // An empty pair of quotes still makes a word.
      return pieces.length > 0 ? pieces : [{ text: '' }];
    }
    case 'Glob':
      return quoted ? [{ text: part.text }] : [{ text: part.text, glob: true }];
    case 'ExtendedGlob':
      return [{ text: part.text, glob: true }];
    case 'BraceExpansion':
      return [{ text: part.text }];
    case 'SimpleExpansion':
      return variablePieces(part.text.slice(1), part.text, quoted, with_);
    case 'ParameterExpansion':
      return parameterPieces(part, quoted, with_);
    case 'CommandExpansion': {
      const output = with_.substitute(part);
      return output?.known ? [{ text: output.text.replace(/\n+$/, ''), split: !quoted }] : [outputHole(part.text, quoted, output?.secret)];
    }
    case 'ProcessSubstitution':
      return [hole(part.text, false, with_.processSubstitution(part)?.secret)];
    case 'ArithmeticExpansion':
      with_.arithmetic(part);
      return [hole(part.text, false)];
  }
}

function hole(written: string, mayBeEmpty: boolean, secret?: SecretSource): Piece {
  return { text: written, hole: { mayBeEmpty, ...(secret ? { secret } : {}) } };
}

function outputHole(written: string, quoted: boolean, secret: SecretSource | undefined): Piece {
  const piece = hole(written, true, secret);
  return quoted || !piece.hole ? piece : { ...piece, hole: { ...piece.hole, splits: true } };
}

/** A variable's value from the line, else from the environment, else a hole that may be empty. */
function variablePieces(name: string, written: string, quoted: boolean, with_: Expander): Piece[] {
  const { state } = with_;
  if (name === '@' || name === '*') return listPieces(state.positional, name === '@' && quoted, quoted);
  if (/^[0-9]{1,4}$/.test(name)) {
    const word = state.positional[Number(name) - 1];
    return word ? piecesOfMatched(word, !quoted) : [hole(written, true)];
  }
  const target = state.references.get(name);
  if (target !== undefined) return variablePieces(target, written, quoted, { ...with_, state: { ...state, references: without(state.references, name) } });
  if (name === 'PWD') return state.cwd === undefined ? [hole(written, false)] : [{ text: state.cwd, split: !quoted }];
  const value = state.variables.get(name);
  if (value) return value.kind === 'scalar' ? (value.matched ? piecesOfMatched : piecesOfWord)(value.word, !quoted) : value.words[0] ? piecesOfMatched(value.words[0], !quoted) : [];
  const fromEnvironment = Object.hasOwn(state.env, name) ? state.env[name] : name === 'HOME' ? with_.home : undefined;
  return fromEnvironment === undefined ? [hole(written, !['$', '#', '?', '!', '-', '_'].includes(name))] : [{ text: fromEnvironment, split: !quoted }];
}

function parameterPieces(part: ParameterExpansionPart, quoted: boolean, with_: Expander): Piece[] {
  const { operation, parameter } = part;
  // `${a[$(cmd)]}` and `${x:$(cmd)}` run commands too.
  const operand = operation && 'operand' in operation && operation.operand ? expandWhole(operation.operand, with_) : undefined;
  const whole = (word: Syntax | undefined): Word | undefined => word && expandWhole(word, with_);
  const words: OperationWords = operation?.type === 'Replace' ? { pattern: whole(operation.pattern), replacement: whole(operation.replacement) } : operation?.type === 'Slice' ? { offset: whole(operation.offset), length: whole(operation.length) } : { operand };
  if (part.prefix) return operation || part.index ? [hole(part.text, part.prefix === '!')] : prefixedPieces(part, quoted, with_);
  if (part.index) {
    const index = expandWhole(part.index, with_).text;
    const value = with_.state.variables.get(parameter);
    if (value?.kind === 'array' && (index === '@' || index === '*')) return listPieces(operation ? operated(value.words, 0, part, operation, words) : value.words, index === '@' && quoted, quoted);
    const element = value?.kind === 'array' ? value.words[Number(index)] : undefined;
    return !operation && element ? piecesOfMatched(element, !quoted) : [hole(part.text, true)];
  }
  if (operation && (parameter === '@' || parameter === '*')) return listPieces(operated(with_.state.positional, 1, part, operation, words), parameter === '@' && quoted, quoted);
  const value = variablePieces(parameter, part.text, quoted, with_);
  if (!operation) return value;
  const isSet = value.length > 0 && !value.some((piece) => piece.hole);
  if (operation.type === 'Default' && operand) {
    if (operation.operator.endsWith('?')) return isSet ? value : [hole(part.text, false)];
    if (operation.operator.endsWith('+')) return isSet ? piecesOfWord(operand, !quoted) : value.length === 0 ? [{ text: '', split: !quoted }] : [hole(part.text, true)];
    if (isSet && (value.some((piece) => piece.text !== '') || !operation.operator.startsWith(':'))) return value;
    // The variable may be set where this runs; the default is what the line itself says.
    if (operation.operator.endsWith('=')) with_.state.variables.set(parameter, { kind: 'scalar', word: operand });
    return piecesOfWord(operand, !quoted);
  }
  const result = isSet ? transformed(value.map((piece) => piece.text).join(''), operation, words) : undefined;
  if (result === undefined) return [hole(part.text, operation.type !== 'CaseModification')];
  return value.some((piece) => piece.glob) ? globPieces(result) : [{ text: result, split: !quoted }];
}

/**
 * What an operation makes of a list: of each of its words, or a part of them. One unknown word where that cannot be foreseen.
 * @param first the number of the first word: parameters are counted from one
 */
function operated(list: readonly Word[], first: 0 | 1, { text }: ParameterExpansionPart, operation: ParameterOperation, words: OperationWords): readonly Word[] {
  const unknown = [unknownWord(text)];
  if (operation.type === 'Default') {
    const isSet = list.length > 0;
    if (operation.operator.endsWith('?') || !words.operand) return isSet ? list : unknown;
    return operation.operator.endsWith('+') === isSet ? [words.operand] : list;
  }
  if (!list.every(isKnown)) return unknown;
  // How many names a glob stands for is not known here.
  if (operation.type === 'Slice') return (list.some(({ globs }) => globs.length > 0) ? undefined : slicedList(list, first, words)) ?? unknown;
  const results = list.map((word) => transformed(word.text, operation, words));
  return results.every((result) => result !== undefined) ? results.map((result) => knownWord(result)) : unknown;
}

/** `${!name}` is what the variable named in `name` holds; of `${#name}` only the length counts. */
function prefixedPieces({ prefix, parameter, text }: ParameterExpansionPart, quoted: boolean, with_: Expander): Piece[] {
  const value = variablePieces(parameter, text, quoted, with_);
  const known = value.length > 0 && value.every((piece) => !piece.hole) ? value.map((piece) => piece.text).join('') : undefined;
  if (known === undefined) return [hole(text, prefix === '!')];
  return prefix === '#' ? [{ text: String(known.length) }] : variablePieces(known, text, quoted, with_);
}

function listPieces(words: readonly Word[], separate: boolean, quoted: boolean): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, word] of words.entries()) {
    if (index > 0) pieces.push(separate ? { text: '', wordBreak: true } : { text: ' ', split: !quoted });
    pieces.push(...piecesOfMatched(word, !quoted));
  }
  return pieces.length > 0 ? pieces : [{ text: '', wordBreak: true }];
}

function piecesOfWord(word: Word, split: boolean): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, ...hole } of word.holes) {
    if (start > at) pieces.push({ text: word.text.slice(at, start), split });
    pieces.push({ text: word.text.slice(start, end), hole });
    at = end;
  }
  if (at < word.text.length || pieces.length === 0) pieces.push({ text: word.text.slice(at), split });
  // A value's glob characters become active when it is used without quotes.
  return split ? pieces.flatMap((piece) => (piece.hole ? [piece] : globPieces(piece.text).map((run) => ({ ...run, split: true })))) : pieces;
}

/** A word the shell has expanded already, as those of a loop, a list or the arguments: its globs stand for names, in quotes or not. */
function piecesOfMatched(word: Word, split: boolean): Piece[] {
  return split || word.globs.length === 0 || word.holes.length > 0 ? piecesOfWord(word, split) : globPieces(word.text);
}

/** The characters unquoted values are split at: one of them, and runs of them. */
interface Separators {
  readonly one: RegExp;
  readonly all: RegExp;
}

const whiteSpace: Separators = { one: /\s/, all: /(\s+)/ };

/** Undefined where nothing is split: `IFS=`. */
function separatorsOf({ variables }: State): Separators | undefined {
  const own = variables.get('IFS');
  if (own?.kind !== 'scalar' || own.word.holes.length > 0) return whiteSpace;
  const set = own.word.text.slice(0, 16).replace(/[\\\]^-]/g, String.raw`\$&`);
  return set === '' ? undefined : { one: new RegExp(`[${set}]`), all: new RegExp(`([${set}]+)`) };
}

function without(references: State['references'], name: string): State['references'] {
  return new Map([...references].filter(([other]) => other !== name));
}

/** Cuts pieces into words at breaks and at white space in unquoted expansions. */
function assemble(choices: readonly (readonly Piece[])[], separators: Separators | undefined, span: Span | undefined): Word[] {
  const words: Word[] = [];
  for (const pieces of choices) {
    let current: Piece[] = [];
    const finish = (): void => {
      if (current.length > 0 && words.length < maxWords) words.push(assembleOne(current, span));
      current = [];
    };
    for (const piece of pieces) {
      if (piece.wordBreak) finish();
      else if (piece.split && separators?.one.test(piece.text)) {
        for (const run of piece.text.split(separators.all)) {
          if (separators.one.test(run)) finish();
          else if (run) current.push({ ...piece, text: run });
        }
      } else if (piece.text !== '' || !piece.split) current.push(piece);
    }
    finish();
  }
  return words;
}

function assembleOne(pieces: readonly Piece[], span: Span | undefined): Word {
  let text = '';
  const holes: Hole[] = [];
  const globs: number[] = [];
  for (const piece of pieces) {
    if (piece.hole) holes.push({ start: text.length, end: text.length + piece.text.length, ...piece.hole });
    if (piece.glob) globs.push(text.length);
    text += piece.text;
  }
  return span ? { text, holes, globs, span } : { text, holes, globs };
}
