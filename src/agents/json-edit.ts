import { createScanner, type Node } from 'jsonc-parser';

/**
 * Edits of JSON text that touch nothing but what they add or take away. jsonc-parser's own edits format the lines around them anew,
 * and a person's file is not ours to format.
 */

/** Adds a value at the end of a list, or under `key` at the end of an object. */
export function append(text: string, container: Node, value: unknown, key?: string): string {
  const end = container.offset + container.length - 1;
  const last = container.children?.at(-1);
  const inner = text.slice(container.offset + 1, end);
  const spread = inner.includes('\n') || (last === undefined && (text.includes('\n') || container.parent === undefined));
  const style = styleOf(text);
  const outer = indentAt(text, container.offset);
  const indent = last === undefined ? outer + style.unit : indentAt(text, last.offset);
  const written = (key === undefined ? '' : `${JSON.stringify(key)}: `) + write(value, spread ? { ...style, indent } : undefined);
  const tail = text.slice(0, end).trimEnd().length;
  const closing = last === undefined && spread ? style.eol + outer : text.slice(tail, end);
  const comma = last !== undefined && commaAfter(text, last) === undefined ? last.offset + last.length : undefined;
  const head = comma === undefined ? text.slice(0, tail) : `${text.slice(0, comma)},${text.slice(comma, tail)}`;
  return `${head}${spread ? style.eol + indent : last === undefined ? '' : ' '}${written}${closing}${text.slice(end)}`;
}

/** Puts a value in the place of another. */
export function replace(text: string, node: Node, value: unknown): string {
  const spread = text.slice(node.offset, node.offset + node.length).includes('\n');
  const written = write(value, spread ? { ...styleOf(text), indent: indentAt(text, node.offset) } : undefined);
  return text.slice(0, node.offset) + written + text.slice(node.offset + node.length);
}

/** Takes an element out of a list or a property out of an object, with its comma. Comments stay. */
export function remove(text: string, container: Node, index: number): string {
  const children = container.children ?? [];
  const child = children[index] as Node;
  const end = child.offset + child.length;
  const start = text.slice(0, child.offset).trimEnd().length;
  const before = children[index - 1];
  // A line comment before it would swallow what comes after it on one line.
  const rest = lineComment(text, start) && !/^\s*[\r\n]/.test(text.slice(end)) ? `${styleOf(text).eol}${text.slice(end)}` : text.slice(end);
  if (before !== undefined) {
    const comma = commaAfter(text, before) as number;
    return text.slice(0, comma) + text.slice(comma + 1, Math.max(start, comma + 1)) + rest;
  }
  const comma = commaAfter(text, child);
  const after = comma === undefined ? rest : text.slice(end, comma) + text.slice(comma + 1);
  const from = children.length === 1 ? start : child.offset;
  return text.slice(0, from) + (children.length === 1 ? after : after.trimStart());
}

/** Where the comma after a node stands, comments passed over. */
export function commaAfter(text: string, node: Node): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(node.offset + node.length);
  scanner.scan();
  return text[scanner.getTokenOffset()] === ',' ? scanner.getTokenOffset() : undefined;
}

/** True when the text up to `end` stops inside a line comment, which then runs to the end of its line. */
function lineComment(text: string, end: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  const scanner = createScanner(line, false);
  do scanner.scan();
  while (scanner.getTokenLength() > 0 && !line.startsWith('//', scanner.getTokenOffset()));
  return scanner.getTokenLength() > 0;
}

export interface Style {
  readonly unit: string;
  readonly eol: string;
}

/** Indentation and line ends as the file has them. */
export function styleOf(text: string): Style {
  return { unit: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ', eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** The white space that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** As one line, or spread over lines from an indentation on. */
function write(value: unknown, style: (Style & { readonly indent: string }) | undefined): string {
  if (style === undefined) return JSON.stringify(value);
  return JSON.stringify(value, undefined, style.unit).replaceAll('\n', style.eol + style.indent);
}
