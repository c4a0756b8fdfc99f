/**
 * A small reader for the block form of YAML that task and compose files are written in: mappings, sequences, plain and
 * quoted scalars, block scalars, flow sequences and mappings on one line, anchors and merges. What it does not know is
 * left out, never guessed.
 */
export type Yaml = string | null | readonly Yaml[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: Yaml;
}

interface Line {
  readonly indent: number;
  readonly text: string;
  /** Index of the line in the file, for block scalars. */
  readonly at: number;
}

const maxDepth = 24;
/** Characters in which a key must have ended. */
const maxKey = 300;

/** The first document of a YAML text; null where it says nothing. */
export function readYaml(text: string): Yaml {
  const raw = text.split(/\r?\n/);
  const lines = raw.flatMap((line, at): Line[] => (/^\s*(?:#|$)|^(?:---|\.\.\.|%)/.test(line) ? [] : [{ indent: line.length - line.trimStart().length, text: withoutComment(line.trim()), at }]));
  return new Reader(raw, lines).node(0, 0);
}

/** A mapping's entries; none for anything else. */
export function entriesOf(node: Yaml | undefined): readonly (readonly [string, Yaml])[] {
  return isMap(node) ? Object.entries(node) : [];
}

export function isMap(node: Yaml | undefined): node is YamlMap {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

export function itemsOf(node: Yaml | undefined): readonly Yaml[] {
  return Array.isArray(node) ? (node as readonly Yaml[]) : [];
}

/** The value of a key of its own. */
export function entry(node: Yaml | undefined, key: string): Yaml | undefined {
  return isMap(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}

export function scalar(node: Yaml | undefined): string | undefined {
  return typeof node === 'string' ? node : undefined;
}

class Reader {
  readonly #raw: readonly string[];
  readonly #lines: readonly Line[];
  readonly #anchors = new Map<string, Yaml>();
  #next = 0;

  constructor(raw: readonly string[], lines: readonly Line[]) {
    this.#raw = raw;
    this.#lines = lines;
  }

  /** The node that starts at the next line, if that is indented at least so far. */
  node(indent: number, depth: number): Yaml {
    const line = this.#lines[this.#next];
    if (!line || line.indent < indent || depth > maxDepth) return null;
    if (isItem(line.text)) return this.#sequence(line.indent, depth);
    return keyOf(line.text) === undefined ? this.#scalarLines(line) : this.#mapping(line.indent, depth);
  }

  #scalarLines(line: Line): Yaml {
    this.#next++;
    return this.#value(line.text, line, 0);
  }

  #sequence(indent: number, depth: number): Yaml {
    const items: Yaml[] = [];
    for (let line = this.#lines[this.#next]; line && line.indent === indent && isItem(line.text); line = this.#lines[this.#next]) {
      const rest = line.text.slice(1).trimStart();
      const inner = indent + line.text.length - rest.length;
      if (rest === '') {
        this.#next++;
        items.push(this.node(indent + 1, depth + 1));
      } else if (isItem(rest) || keyOf(rest) !== undefined) {
        // `- key: value`: the rest of the line is the first line of the item.
        (this.#lines as Line[])[this.#next] = { indent: inner, text: rest, at: line.at };
        items.push(this.node(inner, depth + 1));
      } else {
        this.#next++;
        items.push(this.#value(rest, line, depth));
      }
    }
    return items;
  }

  #mapping(indent: number, depth: number): Yaml {
    const map: Record<string, Yaml> = Object.create(null) as Record<string, Yaml>;
    for (let line = this.#lines[this.#next]; line && line.indent >= indent; line = this.#lines[this.#next]) {
      this.#next++;
      const key = line.indent === indent ? keyOf(line.text) : undefined;
      if (key === undefined) continue;
      const rest = line.text.slice(key.length).trimStart();
      const value = this.#value(rest, line, depth);
      const name = unquote(key.text);
      if (name === '<<') for (const source of Array.isArray(value) ? (value as readonly Yaml[]) : [value]) for (const [inherited, given] of entriesOf(source)) map[inherited] ??= given;
      else map[name] = value;
    }
    return map;
  }

  /** What stands behind a key or a dash, or below it. */
  #value(text: string, line: Line, depth: number): Yaml {
    const anchor = /^&(\S+)\s*/.exec(text);
    const value = this.#plainValue(anchor ? text.slice(anchor[0].length) : text, line, depth);
    if (anchor?.[1] !== undefined) this.#anchors.set(anchor[1], value);
    return value;
  }

  #plainValue(text: string, line: Line, depth: number): Yaml {
    const untagged = text.replace(/^!\S*\s*/, '');
    if (untagged === '') {
      const next = this.#lines[this.#next];
      // A sequence may stand as far left as the key it belongs to.
      const sameColumn = next && next.indent === line.indent && isItem(next.text) && !isItem(line.text);
      return this.node(sameColumn ? line.indent : line.indent + 1, depth + 1);
    }
    if (untagged.startsWith('*')) return this.#anchors.get(untagged.slice(1)) ?? null;
    const block = /^([|>])[+\-\d]*$/.exec(untagged);
    if (block) return this.#block(line, block[1] === '>');
    if (/^[[{]/.test(untagged)) return flow(this.#balanced(untagged));
    return unquote(this.#continued(untagged, line));
  }

  #block(line: Line, folded: boolean): string {
    const body: string[] = [];
    let at = line.at + 1;
    for (; at < this.#raw.length; at++) {
      const raw = this.#raw[at] as string;
      if (raw.trim() !== '' && raw.length - raw.trimStart().length <= this.#outer(line)) break;
      body.push(raw);
    }
    while (this.#lines[this.#next] !== undefined && (this.#lines[this.#next] as Line).at < at) this.#next++;
    const indent = Math.min(...body.filter((raw) => raw.trim() !== '').map((raw) => raw.length - raw.trimStart().length));
    const lines = body.map((raw) => raw.slice(indent));
    return lines.join(folded ? ' ' : '\n').trim();
  }

  /** The column a block scalar must stand right of: that of the line as the file has it. */
  #outer(line: Line): number {
    const raw = this.#raw[line.at] ?? '';
    return raw.length - raw.trimStart().length;
  }

  /** A flow value that goes on over the following lines. */
  #balanced(text: string): string {
    let whole = text;
    for (let joined = 0; joined < 64 && !isBalanced(whole) && this.#lines[this.#next]; joined++) whole += ` ${(this.#lines[this.#next++] as Line).text}`;
    return whole;
  }

  /** A plain or quoted scalar goes on over lines that are indented further. */
  #continued(text: string, line: Line): string {
    let whole = text;
    for (let next = this.#lines[this.#next]; next && next.indent > line.indent && !(keyOf(next.text) !== undefined && !/^["']/.test(text)); next = this.#lines[this.#next]) {
      whole += ` ${next.text}`;
      this.#next++;
    }
    return whole;
  }
}

function isItem(text: string): boolean {
  return text === '-' || text.startsWith('- ');
}

/** The key at the start of a line with its length up to behind the colon; undefined where there is none. */
function keyOf(text: string): { readonly text: string; readonly length: number } | undefined {
  const key = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'[\]{}#&*!|>%@`,:][^:]*(?::[^\s:][^:]*)*|<<)\s*:(?=\s|$)/.exec(text.slice(0, maxKey));
  return key?.[1] === undefined ? undefined : { text: key[1], length: key[0].length };
}

function unquote(text: string): string {
  if (text.startsWith('"') && text.endsWith('"') && text.length > 1) return text.slice(1, -1).replace(/\\(.)/g, (_all, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
  return text.startsWith("'") && text.endsWith("'") && text.length > 1 ? text.slice(1, -1).replaceAll("''", "'") : text;
}

/** A `#` behind a blank begins a comment, outside quotes. */
function withoutComment(text: string): string {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quote === '"' && char === '\\') at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if ((char === '"' || char === "'") && (at === 0 || /[\s[{,:(=]/.test(text[at - 1] as string))) quote = char;
    else if (char === '#' && at > 0 && /\s/.test(text[at - 1] as string)) return text.slice(0, at).trimEnd();
  }
  return text;
}

function isBalanced(text: string): boolean {
  return partsOfFlow(text).depth === 0;
}

/** Parts between commas of the outermost brackets, and how many brackets are left open. */
function partsOfFlow(text: string): { readonly parts: readonly string[]; readonly depth: number } {
  const parts: string[] = [];
  let quote = '';
  let depth = 0;
  let from = 1;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quote === '"' && char === '\\') at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') {
      depth--;
      if (depth === 0) parts.push(text.slice(from, at));
    } else if (char === ',' && depth === 1) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return { parts: parts.map((part) => part.trim()).filter(Boolean), depth };
}

function flow(text: string, depth = 0): Yaml {
  if (depth > maxDepth || !/^[[{]/.test(text)) return unquote(text);
  const { parts } = partsOfFlow(text);
  if (text.startsWith('[')) return parts.map((part) => flow(part, depth + 1));
  const map: Record<string, Yaml> = Object.create(null) as Record<string, Yaml>;
  for (const part of parts) {
    const key = keyOf(part);
    if (key) map[unquote(key.text)] = flow(part.slice(key.length).trim(), depth + 1);
  }
  return map;
}
