import { wordsOf } from './names.ts';

/** A change by which a program reads a value from its environment. */
export interface Reference {
  /** Half-open range of the literal, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Language = (name: string, source: string) => string | undefined;

const javascript: Language = (name) => `process.env.${name}`;

/** By file name: how a program of the language reads a variable; undefined where that takes more than an expression. */
const languages: readonly (readonly [file: RegExp, reference: Language])[] = [
  // https://nodejs.org/api/process.html#processenv
  [/\.[cm]?js$/i, javascript],
  // What is compared or passed on may not be undefined there: https://www.typescriptlang.org/docs/handbook/2/everyday-types.html#non-null-assertion-operator-postfix-
  [/\.[cm]?ts$/i, (name) => `process.env.${name}!`],
  // https://docs.python.org/3/library/os.html#os.environ
  [/\.py$/i, (name, source) => (/^import os\s*$/m.test(source) ? `os.environ["${name}"]` : undefined)],
  // https://docs.ruby-lang.org/en/master/ENV.html
  [/\.(?:rb|rake)$/i, (name) => `ENV.fetch("${name}")`],
  // https://pkg.go.dev/os#Getenv
  [/\.go$/i, (name, source) => (/^\s*(?:import\s+)?"os"\s*$/m.test(source) ? `os.Getenv("${name}")` : undefined)],
  // https://www.php.net/manual/en/function.getenv.php
  [/\.php$/i, (name) => `getenv('${name}')`],
];

/**
 * The change that has a program read a value from its environment, where that is safe: the value is a whole string literal of a language
 * with an expression for it, and nothing around it says that the literal is a key, a tag's attribute, an import or part of a longer string.
 * @param start half-open range of the value in the text, quotes left out
 */
export function referenceFor(path: string, text: string, start: number, end: number, name: string): Reference | undefined {
  const language = languages.find(([file]) => file.test(path))?.[1];
  const quote = text[start - 1];
  if (!language || (quote !== '"' && quote !== "'" && quote !== '`') || text[end] !== quote || /[\n\\]/.test(text.slice(start, end))) return undefined;
  const before = text.slice(Math.max(0, start - 120), start - 1);
  const after = text.slice(end + 1, end + 40);
  // A letter before the quote is a prefix (f"", b"", r"") or a tag; a second quote begins a longer string.
  if (/[\w"'`$@]$/.test(before) || /^["'`\w]/.test(after)) return undefined;
  if (/(?:\bfrom|\bimport|\brequire\(|\bcase|\btype\s+\w+\s*=|\bas|\bconst\s*\(|\bextends)\s*$/.test(before) || /^\s*:(?!:)/.test(after) && !/\?[^\n]*$/.test(before)) return undefined;
  // Inside a comment it would change nothing, and the value would be gone from where somebody wrote it down.
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (/^\s*(?:\/\/|#|\*|\/\*)|\s\/\/\s/.test(line)) return undefined;
  const written = language(name, text);
  return written === undefined ? undefined : { start: start - 1, end: end + 1, text: written };
}

/** The variable's name for what a secret is called: `railwayToken` and `railway token` are both `RAILWAY_TOKEN`. */
export function variableName(name: string): string {
  const joined = wordsOf(name.slice(0, 200)).join('_').toUpperCase().slice(0, 60);
  return /^[A-Z]/.test(joined) ? joined : joined === '' ? 'SECRET' : `SECRET_${joined}`;
}
