import { UnreadableConfig } from '../adapter.ts';

const BEGIN = '# interlock:begin';
const END = '# interlock:end';
const NOTE = `${BEGIN} (written from Interlock's policy; lines in here are replaced)`;

/** Where our lines stand in a text: from the first letter of the first marker to the last of the second. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
  /** Line end as it was written. */
  readonly eol: string;
}

/**
 * The text with our lines in it, at its end so that no line above takes them back. What is ours can be told from the text alone:
 * a text whose last line was not ended stays so, and a file we make ends its last line.
 * @throws UnreadableConfig where only one of the markers is left
 */
export function withLines(text: string | undefined, lines: readonly string[]): string {
  if (text === undefined) return `${block(lines, '\n')}\n`;
  const known = blockIn(text);
  if (known) return same(known.lines, lines) ? text : text.slice(0, known.start) + block(lines, known.eol) + text.slice(known.end);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (text.endsWith('\n')) return text + block(lines, eol) + eol;
  return text + (bare(text) === '' ? '' : eol) + block(lines, eol);
}

/** The text without our lines; undefined where there was no file before. Throws as `withLines`. */
export function withoutLines(text: string): string | undefined {
  const known = blockIn(text);
  if (!known) return text;
  const before = text.slice(0, known.start);
  const after = text.slice(known.end);
  if (after === '') return before.endsWith(known.eol) ? before.slice(0, -known.eol.length) : before;
  const rest = before + after.replace(/^\r?\n/, '');
  return rest === '' ? undefined : rest;
}

/** Our lines in a text; undefined where there are none. Throws as `withLines`. */
export function linesIn(text: string): readonly string[] | undefined {
  return blockIn(text)?.lines;
}

function block(lines: readonly string[], eol: string): string {
  return [NOTE, ...lines, END].join(eol);
}

function blockIn(text: string): Block | undefined {
  const begins = [...text.matchAll(/^(?:\uFEFF)?(# interlock:begin\b[^\r\n]*)/gm)];
  const ends = [...text.matchAll(/^# interlock:end[ \t]*(?=\r?$)/gm)];
  const [begin] = begins;
  const [end] = ends;
  if (begin === undefined && end === undefined) return undefined;
  if (begin === undefined || end === undefined || begins.length > 1 || ends.length > 1 || end.index < begin.index) {
    throw new UnreadableConfig(`The lines “${BEGIN}” and “${END}” no longer belong together. Take out what is left of them first; nothing was changed.`);
  }
  const start = begin.index + begin[0].length - (begin[1] ?? '').length;
  const inner = text.slice(begin.index + begin[0].length, end.index);
  const eol = inner.startsWith('\r\n') ? '\r\n' : '\n';
  return { start, end: end.index + END.length, lines: inner.split(/\r?\n/).slice(1, -1), eol };
}

function bare(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}
