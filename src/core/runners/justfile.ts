/** A justfile's recipes and variables. https://just.systems/man/en/grammar.html */

export interface Recipe {
  readonly parameters: readonly { readonly name: string; readonly fallback?: string; readonly rest: boolean }[];
  readonly dependencies: readonly { readonly name: string; readonly words: readonly string[] }[];
  readonly body: readonly string[];
  /** `[no-cd]`: runs where just was called, not where its file is. */
  readonly inCurrentFolder: boolean;
}

export interface Justfile {
  readonly recipes: Map<string, Recipe>;
  readonly aliases: Map<string, string>;
  /** Unevaluated expressions. */
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
}

const maxImports = 16;
const maxHeader = 1000;

/**
 * Reads a justfile and the files it imports.
 * @param load gives the text of an imported file; undefined where there is none
 * @param spend takes what reading costs
 */
export function recipesOf(text: string, load: (path: string) => string | undefined, spend: (steps: number) => void): Justfile {
  const justfile: Justfile = { recipes: new Map(), aliases: new Map(), variables: new Map(), exported: new Set() };
  const waiting = [text];
  const seen = new Set<string>();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    spend(1 + next.length / 500);
    for (const path of readInto(justfile, next)) {
      if (seen.has(path) || seen.size >= maxImports) continue;
      seen.add(path);
      const imported = load(path);
      if (imported !== undefined) waiting.push(imported);
    }
  }
  return justfile;
}

/** Adds what one file says; gives the files it imports. */
function readInto(justfile: Justfile, text: string): readonly string[] {
  const imports: string[] = [];
  const lines = text.split(/\r?\n/);
  let inCurrentFolder = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (/^\s*(?:#|$)/.test(line)) continue;
    if (line.startsWith('[')) {
      inCurrentFolder ||= /\bno-cd\b/.test(line);
      continue;
    }
    const imported = /^(?:import|mod)\??\s+(?:\w+\s+)?(['"])(.+?)\1/.exec(line)?.[2];
    const alias = /^alias\s+([\w-]+)\s*:=\s*([\w-]+)/.exec(line);
    const variable = /^(export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(.*)$/.exec(line);
    if (imported !== undefined) imports.push(imported);
    else if (alias?.[1] !== undefined && alias[2] !== undefined) justfile.aliases.set(alias[1], alias[2]);
    else if (variable?.[2] !== undefined) {
      justfile.variables.set(variable[2], variable[3] ?? '');
      if (variable[1] !== undefined) justfile.exported.add(variable[2]);
    } else {
      const body: string[] = [];
      while (at + 1 < lines.length && /^(?:\s|$)/.test(lines[at + 1] as string)) body.push(lines[++at] as string);
      const named = readHeader(line, dedent(body), inCurrentFolder);
      if (named && !justfile.recipes.has(named.name)) justfile.recipes.set(named.name, named.recipe);
      inCurrentFolder = false;
    }
  }
  return imports;
}

/** Without the indentation of the first line. */
function dedent(lines: readonly string[]): readonly string[] {
  const indent = /^\s*/.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0] ?? '';
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
}

/** `@name a b='x' *rest: dependency (other 'word')`. */
function readHeader(line: string, body: readonly string[], inCurrentFolder: boolean): { readonly name: string; readonly recipe: Recipe } | undefined {
  const name = /^@?([A-Za-z_][\w-]*)/.exec(line)?.[1];
  const colon = headerColon(line);
  if (name === undefined || colon < 0 || line.length > maxHeader) return undefined;
  const head = line.slice(line.indexOf(name) + name.length, colon);
  const parameters = [...head.matchAll(/([*+$]*)([A-Za-z_][\w-]*)(?:\s*=\s*('[^']*'|"[^"]*"|[\w-]+|\([^)]*\)))?/g)].map((part) => ({ name: part[2] ?? '', rest: /[*+]/.test(part[1] ?? ''), ...(part[3] === undefined ? {} : { fallback: part[3] }) }));
  const tail = line.slice(colon + 1).replace(/#.*$/, '');
  const dependencies = [...tail.matchAll(/\(\s*([\w:-]+)([^)]*)\)|([\w:-]+)/g)].map((part) => ({ name: part[1] ?? part[3] ?? '', words: (part[2] ?? '').match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? [] }));
  return { name, recipe: { parameters, dependencies, body, inCurrentFolder } };
}

/** The colon that ends the parameters: outside quotes, and not `:=`. */
function headerColon(line: string): number {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === ':') return line[at + 1] === '=' ? -1 : at;
  }
  return -1;
}
