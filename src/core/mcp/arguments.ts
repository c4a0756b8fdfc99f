import { isRecord } from '../json.ts';

/** What an argument's name says its value is. */
export type ArgumentKind = 'sql' | 'shell' | 'code' | 'url' | 'method' | 'body' | 'headers' | 'path' | 'cwd' | 'connection' | 'other';

/** One value somewhere in a tool's arguments. */
export interface Argument {
  /** The last key on the way to it. */
  readonly key: string;
  readonly kind: ArgumentKind;
  readonly value: string;
}

const kinds: readonly (readonly [key: RegExp, kind: ArgumentKind])[] = [
  [/^(?:sql|sql_?(?:query|statements?|text)|query|queries|statements?|raw_?query|migration|pipeline|command_?text)$/i, 'sql'],
  [/^(?:command|commands|cmd|shell|shell_?command|script|bash|command_?line|exec|run|input|keys|text_?to_?send)$/i, 'shell'],
  [/^(?:code|source|python|javascript|expression|function|snippet)$/i, 'code'],
  [/^(?:url|uri|endpoint|href|api_?url|base_?url)$/i, 'url'],
  [/^(?:method|http_?method|verb)$/i, 'method'],
  [/^(?:body|data|payload|json|request_?body)$/i, 'body'],
  [/^headers$/i, 'headers'],
  [/^(?:path|paths|file|files|file_?paths?|filename|directory|dir|folder|target_?(?:path|file)|source_?path|destination|uri_?path)$/i, 'path'],
  [/^(?:cwd|working_?(?:dir|directory)|workdir)$/i, 'cwd'],
  [/^(?:connection_?(?:string|url)|database_?url|dsn)$/i, 'connection'],
];

const maxArguments = 500;
const maxDepth = 8;

function kindOf(key: string): ArgumentKind {
  return kinds.find(([pattern]) => pattern.test(key))?.[1] ?? 'other';
}

/** Every text in the arguments, at any depth; what lies too deep or comes too late is left out and reported by `cut`. */
export function argumentsIn(value: Readonly<Record<string, unknown>>): { readonly found: readonly Argument[]; readonly cut: boolean } {
  const found: Argument[] = [];
  let cut = false;
  const visit = (key: string, inner: unknown, depth: number): void => {
    if (found.length >= maxArguments || depth > maxDepth) {
      cut = true;
      return;
    }
    if (typeof inner === 'string') found.push({ key, kind: kindOf(key), value: inner });
    else if (Array.isArray(inner)) list(key, inner, depth);
    else if (isRecord(inner)) for (const [name, next] of Object.entries(inner)) visit(name, next, depth + 1);
  };
  /** `["rm", "-rf", "x"]` under `command` is one command line, every other list a list of values. */
  const list = (key: string, items: readonly unknown[], depth: number): void => {
    const words = items.filter((item): item is string => typeof item === 'string');
    if (kindOf(key) === 'shell' && /^(?:command|cmd|exec|args?|argv|run)$/i.test(key) && words.length === items.length && words.length > 1) found.push({ key, kind: 'shell', value: words.map(quoted).join(' ') });
    else for (const item of items) visit(key, item, depth + 1);
  };
  visit('', value, 0);
  return { found, cut };
}

/** A word as a shell would need it written to mean just that. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The first text of that kind. */
export function firstOf(found: readonly Argument[], kind: ArgumentKind): string | undefined {
  return found.find((argument) => argument.kind === kind)?.value;
}
