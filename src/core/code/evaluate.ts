import { base64Text } from '../base64.ts';
import { own } from '../own.ts';
import { isKnown, type Word } from '../shell/word.ts';
import type { CodeCall } from './calls.ts';
import { isMark, isName, partsOf, skipTo, trimmed, type Program, type Range } from './program.ts';
import { callHere, canonicalCall, type Binding, type Scope } from './scope.ts';
import { WordBuilder } from './token.ts';
import { concatenated, globWord, joinedPath, jsonOf, oneOf, textOfValue, textValue, wordsOf, type Value } from './value.ts';

/** What an expression may be looked up in. */
export interface Context {
  readonly program: Program;
  readonly scope: Scope;
  readonly env: Readonly<Record<string, string>>;
  readonly home: string | undefined;
  readonly cwd: string | undefined;
  /** Called once for each expression, so that the whole stays bounded. */
  readonly spend: () => void;
  /** Names looked up before; one that is being looked up stands for nothing yet. */
  readonly known: Map<string, Value | undefined>;
}

const maxDepth = 12;
/** Stands for a path that a function makes up in the folder for temporary files. */
const temporary = '/tmp/temporary';

/** The value of an expression, as far as the text gives it away. */
export function evaluate(range: Range, context: Context, depth = 0): Value {
  const { program } = context;
  context.spend();
  const { from, to } = trimmed(program, range);
  const unknown: Value = { kind: 'unknown', written: written(program, { from, to }) };
  if (from >= to || depth > maxDepth) return unknown;
  const operands = operandsOf(program, { from, to });
  if (operands.ranges.length === 1) return operand({ from, to }, context, depth) ?? unknown;
  const values = operands.ranges.map((part) => evaluate(part, context, depth + 1));
  if (operands.operator === '/') return isPathLike(operands.ranges[0] as Range, context) ? joinedPath(values) : unknown;
  if (operands.operator === '||') return oneOf(values.filter((value) => value.kind !== 'unknown' && value.kind !== 'flag'));
  if (operands.operator === '%') return values[0] ? withFormat(values[0]) : unknown;
  return values.some((value) => value.kind === 'text') ? values.reduce((a, b) => concatenated(a, b)) : (values.find((value) => value.kind === 'list') ?? unknown);
}

function written(program: Program, { from, to }: Range): string {
  const start = program.tokens[from]?.start ?? 0;
  return program.text.slice(start, Math.max(start, program.tokens[to - 1]?.end ?? start)).slice(0, 200);
}

interface Operands {
  readonly ranges: readonly Range[];
  readonly operator: string;
}

/** Splits at the operators that put strings together or choose between values. */
function operandsOf(program: Program, range: Range): Operands {
  const dots = program.language === 'php' || program.language === 'perl';
  const ranges: Range[] = [];
  let operator = '';
  let from = range.from;
  for (let at = range.from; at < range.to; at++) {
    const token = program.tokens[at];
    if (isMark(token, '(', '[', '{')) at = Math.min(skipTo(program, at), range.to - 1);
    const joins = at > from && (isMark(token, '+', '/', '%') || (dots && isMark(token, '.')));
    const chooses = isMark(token, '||', '??', '?:', '//') || (isName(token, 'or') && program.language !== 'perl');
    if (!joins && !chooses) continue;
    ranges.push({ from, to: at });
    operator = chooses ? '||' : operator || (token?.text === '.' ? '+' : (token?.text ?? ''));
    from = at + 1;
    if (ranges.length >= 64) break;
  }
  return { ranges: [...ranges, { from, to: range.to }], operator };
}

/** Python's `Path('a') / 'b'`; a slash between numbers is none. */
function isPathLike(range: Range, { program }: Context): boolean {
  return program.language === 'python' && program.tokens.slice(range.from, range.to).some((token) => token.kind === 'name');
}

/** `'rm -rf %s' % x`: the places stay unknown. */
function withFormat(value: Value): Value {
  if (value.kind !== 'text') return value;
  return { kind: 'text', words: value.words.map((word) => holesAt(word, /%(?:\([\w.]*\))?[-+ #0-9.]*[sdifrxu]/g)) };
}

function holesAt(word: Word, pattern: RegExp): Word {
  const found = [...word.text.matchAll(pattern)].slice(0, 64).map((match) => ({ start: match.index, end: match.index + match[0].length, mayBeEmpty: false }));
  return { ...word, holes: [...word.holes, ...found].toSorted((a, b) => a.start - b.start) };
}

function operand(range: Range, context: Context, depth: number): Value | undefined {
  const { program } = context;
  const { from, to } = range;
  const token = program.tokens[from];
  if (token?.kind === 'string') return stringOperand(range, context, depth);
  if (token?.kind === 'command') return undefined;
  if (token?.kind === 'number') return to === from + 1 ? textValue(token.text) : undefined;
  if (isMark(token, '[', '(', '{') && skipTo(program, from) === to - 1) return bracketed(range, context, depth);
  if (isMark(token, ':') && program.tokens[from + 1]?.kind === 'name') return textValue(program.tokens[from + 1]?.text ?? '');
  return token?.kind === 'name' ? nameOperand(range, context, depth) : undefined;
}

/** A string, several in a row, or a method of one. */
function stringOperand({ from, to }: Range, context: Context, depth: number): Value | undefined {
  const { tokens } = context.program;
  let value: Value = { kind: 'text', words: [] };
  let at = from;
  for (; at < to && tokens[at]?.kind === 'string'; at++) {
    const word = filled(tokens[at]?.value ?? { text: tokens[at]?.text ?? '', holes: [], globs: [] }, context, depth);
    value = at === from ? { kind: 'text', words: word } : concatenated(value, { kind: 'text', words: word });
    if (tokens[at + 1]?.kind === 'newline') at++;
  }
  if (at >= to) return value;
  if (!isMark(tokens[at], '.')) return undefined;
  const method = tokens[at + 1]?.text;
  if (method === 'format') return value.kind === 'text' ? { kind: 'text', words: value.words.map((word) => holesAt(word, /\{[\w.!:]*\}/g)) } : undefined;
  if (method === 'split') return splitText(value);
  if (method === 'join') {
    const call = callHere(context.program, at + 1);
    return call?.args[0] ? joinedList(evaluate(call.args[0], context, depth + 1), textOfValue(value) ?? ' ') : undefined;
  }
  return /^(?:strip|trim|freeze|encode|decode|rstrip|lstrip|toString|to_s|chomp|dedent)$/.test(method ?? '') ? value : undefined;
}

function splitText(value: Value): Value {
  const text = value.kind === 'text' ? value.words[0] : undefined;
  if (!text || !isKnown(text)) return value;
  return { kind: 'list', items: text.text.split(/\s+/).filter((part) => part !== '').map((part) => textValue(part)) };
}

function joinedList(value: Value, separator: string): Value {
  if (value.kind !== 'list' || value.items.length === 0) return { kind: 'unknown', written: '' };
  return value.items.reduce((a, b) => concatenated(concatenated(a, textValue(separator)), b));
}

/** The alternatives of a string whose interpolated names are known. */
export function filled(word: Word, context: Context, depth = 0): readonly Word[] {
  if (word.holes.length === 0 || depth > maxDepth) return [word];
  let builders: readonly WordBuilder[] = [new WordBuilder()];
  let at = 0;
  const append = (pieces: readonly Word[]): void => {
    const combined = builders.flatMap((builder) => pieces.map((piece) => continued(builder, piece)));
    builders = combined.slice(0, 16);
  };
  for (const hole of word.holes.slice(0, 32)) {
    append([{ text: word.text.slice(at, hole.start), holes: [], globs: [] }]);
    const inside = word.text.slice(hole.start, hole.end);
    const value = nameInHole(inside, context, depth);
    append(value.length > 0 ? value : [{ text: inside, holes: [{ start: 0, end: inside.length, mayBeEmpty: false }], globs: [] }]);
    at = hole.end;
  }
  append([{ text: word.text.slice(at), holes: [], globs: [] }]);
  return builders.map((builder) => builder.word());
}

function continued(builder: WordBuilder, piece: Word): WordBuilder {
  const next = new WordBuilder();
  for (const word of [builder.word(), piece]) {
    let at = 0;
    for (const hole of word.holes) {
      next.text(word.text.slice(at, hole.start));
      next.hole(word.text.slice(hole.start, hole.end));
      at = hole.end;
    }
    next.text(word.text.slice(at));
  }
  return next;
}

/** `${dir}`, `{dir}`, `#{dir}`, `$dir`, `{$dir}`: a plain name is looked up. */
function nameInHole(hole: string, context: Context, depth: number): readonly Word[] {
  const name = /^(?:\$\{|#\{|\{\$?|\$)\s*([A-Za-z_]\w*)(?:![rsa])?\s*\}?$/.exec(hole)?.[1];
  if (name === undefined) return [];
  const variable = context.program.language === 'php' || context.program.language === 'perl' ? `$${name}` : name;
  const value = lookUp(variable, context, depth + 1);
  return value?.kind === 'text' ? value.words : [];
}

function bracketed({ from, to }: Range, context: Context, depth: number): Value | undefined {
  const { program } = context;
  const inside = { from: from + 1, to: to - 1 };
  if (isMark(program.tokens[from], '{')) return objectValue(inside, context, depth);
  const parts = partsOf(program, inside).filter((part) => trimmed(program, part).to > trimmed(program, part).from);
  const isList = isMark(program.tokens[from], '[') || parts.length > 1 || isMark(program.tokens[to - 2], ',') || program.language === 'perl';
  if (!isList) return evaluate(inside, context, depth + 1);
  // A comprehension: its items are what the expression in front gives.
  const comprehension = parts.length === 1 && parts[0] && program.tokens.slice(parts[0].from, parts[0].to).findIndex((token) => isName(token, 'for'));
  if (typeof comprehension === 'number' && comprehension > 0 && parts[0]) return { kind: 'list', items: [evaluate({ from: parts[0].from, to: parts[0].from + comprehension }, context, depth + 1)] };
  return { kind: 'list', items: parts.slice(0, 256).map((part) => evaluate(part, context, depth + 1)) };
}

function objectValue(inside: Range, context: Context, depth: number): Value {
  const { program } = context;
  const entries = new Map<string, Value>();
  for (const part of partsOf(program, inside).slice(0, 200)) {
    const { from, to } = trimmed(program, part);
    const key = program.tokens[from];
    if (!key) continue;
    // `:name => value` of Ruby, and `{ name }` for `{ name: name }`.
    const symbol = isMark(key, ':') ? program.tokens[from + 1] : key;
    const colon = program.tokens.slice(from, to).findIndex((token, index) => index > 0 && isMark(token, ':', '=>'));
    if (colon < 0) entries.set(key.text, evaluate({ from, to }, context, depth + 1));
    else entries.set(symbol?.text ?? '', evaluate({ from: from + colon + 1, to }, context, depth + 1));
  }
  return { kind: 'object', entries };
}

function nameOperand({ from, to }: Range, context: Context, depth: number): Value | undefined {
  const { program, scope } = context;
  const name = program.tokens[from]?.text ?? '';
  if (to === from + 1) {
    if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(name)) return { kind: 'flag', on: /^t/i.test(name) };
    return lookUp(name, context, depth + 1);
  }
  const last = lastCall(program, { from, to });
  if (last) return callValue(last, canonicalCall(last, program, scope), context, depth + 1);
  const dotted = program.tokens.slice(from, to).map((token) => token.text).join('');
  return variableOfEnvironment(dotted, context) ?? temporaryName(dotted, context, depth) ?? lookUp(dotted, context, depth + 1);
}

/** `file.name` of a temporary file. */
function temporaryName(dotted: string, context: Context, depth: number): Value | undefined {
  const name = /^([\w$]+)\.(?:name|path)$/.exec(dotted)?.[1];
  const value = name === undefined ? undefined : lookUp(name, context, depth + 1);
  return value?.kind === 'text' && value.words.every((word) => word.text.startsWith(temporary)) ? value : undefined;
}

/** The call that a range ends with. */
function lastCall(program: Program, { from, to }: Range): CodeCall | undefined {
  if (!isMark(program.tokens[to - 1], ')')) return undefined;
  const open = program.partners[to - 1] ?? -1;
  return open > from ? callHere(program, open - 1) : undefined;
}

function variableOfEnvironment(dotted: string, { env }: Context): Value | undefined {
  const name = /^(?:process\.env\.(\w+)|process\.env\[(\w+)\]|os\.environ\[(\w+)\]|ENV\[(\w+)\]|\$ENV\{(\w+)\}|\$_ENV\[(\w+)\])$/.exec(dotted)?.slice(1).find((part) => part !== undefined);
  const value = name === undefined ? undefined : own(env, name);
  return value === undefined ? undefined : textValue(value);
}

/** The value of a name; undefined where nothing says it. */
function lookUp(name: string, context: Context, depth: number): Value | undefined {
  if (name === '__dirname' || name === '__DIR__') return context.cwd === undefined ? undefined : textValue(context.cwd);
  if (depth > maxDepth) return undefined;
  if (context.known.has(name)) return context.known.get(name);
  const bindings = context.scope.bindings.get(name);
  if (!bindings) return undefined;
  context.known.set(name, undefined);
  const value = boundValue(name, bindings, context, depth);
  context.known.set(name, value);
  return value;
}

function boundValue(name: string, bindings: readonly Binding[], context: Context, depth: number): Value {
  if (bindings.some((binding) => binding.kind === 'changed')) return { kind: 'unknown', written: name };
  if (bindings.every((binding) => binding.kind === 'parameter')) return { kind: 'unknown', written: name, uncalled: true };
  const values = bindings.filter((binding) => binding.kind !== 'parameter').map((binding) => {
    const value = evaluate(binding.range, context, depth + 2);
    return binding.kind === 'each' ? eachOf(value, name) : value;
  });
  return oneOf(values);
}

/** What a loop's variable stands for. */
function eachOf(value: Value, name: string): Value {
  if (value.kind === 'list') return value.items.length === 0 ? { kind: 'unknown', written: name } : oneOf(value.items);
  if (value.kind === 'text' && value.words.every((word) => word.globs.length > 0)) return value;
  return { kind: 'unknown', written: name, ...(value.kind === 'unknown' && value.uncalled ? { uncalled: true } : {}) };
}

/** Functions whose result follows from their arguments or from where the program runs. */
function callValue(call: CodeCall, name: string, context: Context, depth: number): Value | undefined {
  const arg = (index: number): Value | undefined => (call.args[index] ? evaluate(call.args[index], context, depth + 1) : undefined);
  const receiver = (): Value | undefined => (call.receiver ? evaluate(call.receiver, context, depth + 1) : undefined);
  if (joins.has(name)) return joinedPath(call.args.map((range) => evaluate(range, context, depth + 1)));
  if (sameAsArgument.has(name)) return expandedHome(arg(0), context);
  if (/(?:^|\.)(?:mkdtemp|mkdtempSync|mktemp|gettempdir|tmpdir|mktmpdir|TemporaryDirectory|NamedTemporaryFile|sys_get_temp_dir|tempdir|tempnam)$/.test(name)) return textValue(temporary);
  if (/^(?:os\.getcwd|process\.cwd|Dir\.pwd|getcwd|Path\.cwd|pathlib\.Path\.cwd|Dir\.getwd|cwd)$/.test(name)) return context.cwd === undefined ? undefined : textValue(context.cwd);
  if (/^(?:os\.homedir|Path\.home|pathlib\.Path\.home|Dir\.home)$/.test(name)) return context.home === undefined ? undefined : textValue(context.home);
  if (/^(?:os\.getenv|os\.environ\.get|getenv|ENV\.fetch|Deno\.env\.get)$/.test(name)) return environmentCall(call, context, arg);
  if (/^(?:json\.dumps|JSON\.stringify|json_encode|JSON\.generate)$/.test(name)) {
    const value = arg(0);
    return value ? textValue(JSON.stringify(jsonOf(value))) : undefined;
  }
  if (/(?:^|\.)(?:b64decode|decodestring|base64_decode|decode64|atob|decode_base64|urlsafe_b64decode)$/.test(name)) return decoded(arg(0));
  if (name === 'Buffer.from') return textOfValue(arg(1)) === 'base64' ? decoded(arg(0)) : arg(0);
  if (/^(?:shlex\.split|Shellwords\.split)$/.test(name)) return splitText(arg(0) ?? { kind: 'unknown', written: '' });
  return listing(call, name, arg, receiver) ?? methodValue(call, arg, receiver);
}

const joins: ReadonlySet<string> = new Set(['os.path.join', 'path.join', 'path.resolve', 'File.join', 'Path', 'pathlib.Path', 'pathlib.PurePath', 'PurePath', 'join', 'resolve', 'posixpath.join', 'Pathname.new', 'Pathname', 'File.expand_path', 'catfile', 'catdir', 'File.Spec.catfile', 'File.Spec.catdir', 'path.posix.join', 'URI']);
const sameAsArgument: ReadonlySet<string> = new Set(['os.path.expanduser', 'os.path.abspath', 'os.path.realpath', 'os.path.normpath', 'os.fspath', 'str', 'String', 'realpath', 'text', 'sqlalchemy.text', 'sql', 'psycopg.sql.SQL', 'path.normalize', 'fileURLToPath', 'textwrap.dedent', 'dedent', 'list', 'sorted', 'tuple', 'set', 'Array.from', 'array_values', 'reversed', 'bytes', 'gql', 'tqdm', 'shlex.quote', 'quote', 'escapeshellarg', 'File.absolute_path', 'URL', 'pathToFileURL', 'rel2abs', 'sort', 'urllib.request.Request.url']);

function expandedHome(value: Value | undefined, { home }: Context): Value | undefined {
  const text = textOfValue(value);
  if (text === undefined || home === undefined || !/^~(?:\/|$)/.test(text)) return value;
  return textValue(home + text.slice(1));
}

function environmentCall(call: CodeCall, { env }: Context, arg: (index: number) => Value | undefined): Value | undefined {
  const name = textOfValue(arg(0));
  const value = name === undefined ? undefined : own(env, name);
  return value === undefined ? (call.args.length > 1 ? arg(1) : undefined) : textValue(value);
}

function decoded(value: Value | undefined): Value | undefined {
  const text = textOfValue(value);
  const plain = text === undefined ? undefined : base64Text(text, 'utf8');
  return plain === undefined ? undefined : textValue(plain);
}

/** Functions that list files: the names stand for whatever lies there. */
function listing(call: CodeCall, name: string, arg: (index: number) => Value | undefined, receiver: () => Value | undefined): Value | undefined {
  const toGlobs = (value: Value | undefined, suffix = ''): Value => ({ kind: 'text', words: wordsOf(value).filter(isKnown).map((word) => globWord(word.text + suffix)) });
  const known = (value: Value): Value | undefined => (value.kind === 'text' && value.words.length > 0 ? value : undefined);
  if (/^(?:glob\.i?glob|glob\.sync|glob\.globSync|globSync|Dir\.glob|Dir\.\[\]|glob|fg\.sync|globby\.sync|fs\.globSync)$/.test(name)) return known(toGlobs(arg(0)));
  if (/^(?:os\.listdir|os\.scandir|fs\.readdirSync|fs\.readdir|Dir\.children|Dir\.entries|scandir|readdir)$/.test(name)) return { kind: 'text', words: [globWord('*')] };
  const method = call.method;
  if (method === 'iterdir' || method === 'children') return known(toGlobs(receiver(), '/*'));
  if (method !== 'glob' && method !== 'rglob') return undefined;
  const folder = receiver();
  const pattern = textOfValue(arg(0));
  return folder && pattern !== undefined ? known(toGlobs(folder, `/${method === 'rglob' ? '**/' : ''}${pattern}`)) : undefined;
}

/** Methods that give back what they are called on, or something beside it. */
function methodValue(call: CodeCall, arg: (index: number) => Value | undefined, receiver: () => Value | undefined): Value | undefined {
  if (!call.receiver) return undefined;
  switch (call.method) {
    case 'resolve':
    case 'absolute':
    case 'expanduser':
    case 'as_posix':
    case 'toString':
    case 'to_s':
    case 'strip':
    case 'trim':
    case 'encode':
    case 'decode':
    case 'as_uri':
    case 'filter':
    case 'sort':
    case 'freeze':
    case 'chomp':
      return receiver();
    case 'joinpath':
    case 'join': {
      const base = receiver();
      if (base?.kind === 'list') return joinedList(base, textOfValue(arg(0)) ?? ',');
      return base ? joinedPath([base, ...call.args.map((_, index) => arg(index) ?? { kind: 'unknown' as const, written: '' })]) : undefined;
    }
    case 'split':
      return splitText(receiver() ?? { kind: 'unknown', written: '' });
    case 'concat': {
      const base = receiver();
      return base?.kind === 'text' ? call.args.reduce<Value>((value, _, index) => concatenated(value, arg(index) ?? { kind: 'unknown', written: '' }), base) : undefined;
    }
    default:
      return undefined;
  }
}
