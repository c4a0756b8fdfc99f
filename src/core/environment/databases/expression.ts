import type { LookUp } from './variables.ts';

/** What an expression of a configuration file comes to. */
export interface Resolved {
  readonly text: string;
  /** The variable it came from; undefined where it is written out. */
  readonly from: string | undefined;
}

/** Stands in a text for what nobody knows; no host can hold it. */
const unknownPart = '{?}';
const longest = 2000;

/** Ways to read an environment variable: the name is in the one group that took part. */
const reads: readonly RegExp[] = [
  // https://nodejs.org/api/process.html#processenv, https://bun.sh/docs/runtime/env, https://vite.dev/guide/env-and-mode
  /(?:process\.env|Bun\.env|import\.meta\.env)(?:\??\.(\w+)|\[\s*["'`](\w+)["'`]\s*\])/y,
  // https://docs.deno.com/api/deno/~/Deno.env, https://docs.nestjs.com/techniques/configuration
  /(?:[\w.]{1,60}\.)?get(?:OrThrow)?(?:<[\w\s|]{1,40}>)?\(\s*["'`]([A-Z]\w*)["'`]\s*/y,
  // https://docs.python.org/3/library/os.html#os.environ, https://docs.ruby-lang.org/en/master/ENV.html
  /(?:os\.environ|environ|ENV|\$_ENV|\$_SERVER)\[\s*["'](\w+)["']\s*\]/y,
  /(?:os\.environ|environ)\.get\(\s*["'](\w+)["']\s*/y,
  /ENV\.fetch\(\s*["'](\w+)["']\s*/y,
  // https://hexdocs.pm/elixir/System.html#get_env/2
  /System\.(?:get_env|fetch_env!)\(\s*"(\w+)"\s*/y,
  // getenv of Python, PHP and Atlas; env() of Laravel, Prisma and django-environ; config() of python-decouple
  /(?:os\.)?getenv\(\s*["'](\w+)["']\s*/y,
  /(?:env|config)(?:\.\w+)?\(\s*["']([A-Z]\w*)["']\s*/y,
  // https://env.t3.gg
  /(?:env|Env)\.([A-Z]\w*)/y,
  /env\s*=\s*["']([A-Z]\w*)["']/y,
];
/** https://django-environ.readthedocs.io/en/latest/types.html#environ-env-db-url, https://github.com/jazzband/dj-database-url */
const databaseUrl = /(?:env\.(?:db|db_url)|dj_database_url\.config)\(\s*/y;
const string = /[bru]?("""|"|'|`)((?:[^\\]|\\.)*?)\1/ys;
const formatted = /f("""|"|')((?:[^\\]|\\.)*?)\1/ys;
/** What changes nothing of a value. */
const plainWords = /(?:(?:conn_\w+|ssl_require|cast|engine)\s*=\s*[\w.]+|as\s+(?:string|const|any)|String|str|new\s+URL|URL|satisfies\s+\w+|return|await|default|dj_database_url\.parse|to_s|do|end)\b/y;
const name = /[A-Za-z_$][\w$]*/y;

interface Reader {
  readonly source: string;
  readonly lookUp: LookUp;
  /** The expression a name stands for elsewhere in the file. */
  readonly named: (name: string) => string | undefined;
  readonly depth: number;
}

type Part =
  | { readonly kind: 'value'; readonly value: Resolved | undefined }
  | { readonly kind: 'choice'; readonly mark: string }
  | { readonly kind: 'join' | 'other' };

/**
 * What an expression of a configuration file may come to, in any of the languages such files are written in: literals,
 * environment variables with their defaults, texts with either in them, one or the other. `undefined` in the list: something nobody can read from here.
 */
export function resolve(source: string, lookUp: LookUp, named: (name: string) => string | undefined = () => undefined, depth = 0): readonly (Resolved | undefined)[] {
  if (source.length > longest || depth > 4) return [undefined];
  // What raises an error otherwise has no other value.
  const parts = withoutConditions(partsOf({ source: source.replace(/\b(?:raise|throw)\b.*$/s, '').trim(), lookUp, named, depth }));
  const values = parts.filter((part) => part.kind === 'value');
  if (parts.some(({ kind }) => kind === 'other')) return [undefined, ...values.map(({ value }) => value)];
  if (parts.some(({ kind }) => kind === 'choice')) return values.length === 0 ? [undefined] : values.map(({ value }) => value);
  if (parts.some(({ kind }) => kind === 'join')) return [{ text: values.map(({ value }) => value?.text ?? unknownPart).join(''), from: values.find(({ value }) => value?.from)?.value?.from }];
  // One after the other: the first that is set counts, and a variable that is not is passed over.
  const set = values.find(({ value }) => value !== undefined);
  return [set?.value];
}

/** `a ? b : c` and `b if a else c` without `a`. */
function withoutConditions(parts: readonly Part[]): readonly Part[] {
  const kept: Part[] = [];
  let inCondition = false;
  for (const part of parts) {
    const mark = part.kind === 'choice' ? part.mark : undefined;
    if (mark === '?' || mark === '&&') kept.splice(kept.findLastIndex(({ kind }) => kind === 'choice') + 1);
    if (mark === 'else' || mark === ':') inCondition = false;
    if (!inCondition) kept.push(part);
    if (mark === 'if' || mark === 'unless') inCondition = true;
  }
  return kept;
}

function partsOf(reader: Reader): readonly Part[] {
  const parts: Part[] = [];
  const { source } = reader;
  for (let at = 0, steps = 0; at < source.length && steps < 200; steps++) {
    const rest = partAt(reader, at);
    parts.push(...rest.parts);
    at = Math.max(rest.end, at + 1);
  }
  return parts;
}

function partAt(reader: Reader, at: number): { readonly parts: readonly Part[]; readonly end: number } {
  const { source, lookUp } = reader;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const done = (match: RegExpExecArray, ...parts: readonly Part[]): { parts: readonly Part[]; end: number } => ({ parts, end: at + match[0].length });
  const skipped = take(/[\s,;()[\]!{}]+|\?\?|\|\|?|\bor\b|=>|default\s*[=:]|\.(?:replace|strip|rstrip|trim|toString|as_posix)\([^()]{0,200}\)/y);
  if (skipped) return done(skipped);
  const read = reads.map(take).find((match) => match !== null) ?? undefined;
  if (read) return done(read, variable(read.slice(1).find((group) => group !== undefined) ?? '', lookUp));
  const whole = take(databaseUrl);
  if (whole) return done(whole, ...(/^["']|\benv\s*=/.test(source.slice(at + whole[0].length, at + whole[0].length + 300)) ? [] : [variable('DATABASE_URL', lookUp)]));
  const format = take(formatted);
  if (format) return done(format, { kind: 'value', value: filled(format[2] as string, /\{([^{}]*)\}/g, reader) });
  const text = take(string);
  if (text) return done(text, { kind: 'value', value: text[1] === '`' || text[1] === '"' ? filled(text[2] as string, text[1] === '`' ? /\$\{([^{}]*)\}/g : /#\{([^{}]*)\}/g, reader) : { text: text[2] as string, from: undefined } });
  const joins = take(/\+|<>|\.(?=\s)|%(?=\s*\()/y);
  if (joins) return done(joins, { kind: 'join' });
  const chooses = take(/\?(?![?.])|\bif\b|\belse\b|\bunless\b|\bmatch\b|\bwhen\b|&&|===?|!==?|:/y);
  if (chooses) return done(chooses, { kind: 'choice', mark: chooses[0] });
  const plain = take(plainWords);
  if (plain) return done(plain);
  const word = take(name);
  if (word) return done(word, ...byName(word[0], reader));
  return { parts: [/\d/.test(source[at] ?? '') ? { kind: 'value', value: { text: '', from: undefined } } : { kind: 'other' }], end: at + 1 };
}

function variable(named: string, lookUp: LookUp): Part {
  const found = lookUp(named);
  return { kind: 'value', value: found && { text: found.value, from: found.from } };
}

/** A name stands for what the file sets it to. */
function byName(word: string, { named, lookUp, depth }: Reader): readonly Part[] {
  if (/^(?:null|nil|None|undefined|true|false|True|False)$/.test(word)) return [];
  const source = named(word);
  if (source === undefined) return [{ kind: 'other' }];
  return resolve(source, lookUp, named, depth + 1).map((value) => (value ? { kind: 'value', value } : { kind: 'other' }));
}

/** A text with its interpolations put in, as far as they are known. */
function filled(text: string, holes: RegExp, { lookUp, named, depth }: Reader): Resolved {
  let from: string | undefined;
  const whole = text.replace(holes, (_written, inner: string) => {
    const [value, ...more] = resolve(inner, lookUp, named, depth + 1);
    from ??= value?.from;
    return value === undefined || more.length > 0 ? unknownPart : value.text;
  });
  return { text: whole, from };
}

/** What a file sets a name to: `const url = …`, `url = …`, and `const { url } = process.env`. */
export function namesIn(text: string): (name: string) => string | undefined {
  let left = 64;
  return (wanted) => {
    if (left-- <= 0 || !/^[A-Za-z_$][\w$]{0,80}$/.test(wanted)) return undefined;
    const word = wanted.replaceAll('$', '\\$');
    const set = [...text.matchAll(new RegExp(`(?:^|[\\n;{])[ \\t]*(?:export[ \\t]+)?(?:(?:const|let|var)[ \\t]+)?${word}(?:[ \\t]*:[ \\t]*[\\w.]{1,40})?[ \\t]*=(?![=>])[ \\t]*([^\\n;]{1,500})`, 'g'))].map((match) => match[1] as string);
    if (set.length > 1) return set.slice(0, 8).join(' else ');
    if (set.length === 1) return set[0];
    return new RegExp(`\\{[^{}]{0,500}\\b${word}\\b[^{}]{0,500}\\}\\s*=\\s*process\\.env`).test(text) ? `process.env.${wanted}` : undefined;
  };
}
