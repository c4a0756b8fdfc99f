/** A line of zsh in which lists and parameters are named as bash names them, and the variables in it that stand for what nobody knows. */
export interface BashLine {
  readonly line: string;
  readonly unknown: ReadonlySet<string>;
}

/** Quotes, and what a value stands for. What stands between brackets or braces is short where it is a name. */
const token = /\\[^]|"|'|`|\$\(|<<|\$\{[^}]{0,80}\}|\$\d+|\$[A-Za-z_]\w*(?:\[[^\]]{0,80}\])?/g;
const named = /^\$\{?([A-Za-z_]\w*)(?:\[([^\]]*)\])?\}?$/;

/**
 * zsh counts lists from one, takes `$list` for all of its words that hold something and `$10` for the tenth parameter:
 * https://zsh.sourceforge.io/Doc/Release/Parameters.html#Array-Parameters
 * @param lists the words of each list that the line may name
 * @param texts the names of variables that are none
 */
export function asBash(line: string, lists: ReadonlyMap<string, readonly string[]>, texts: ReadonlySet<string>): BashLine {
  const unknown = new Set<string>();
  const written: string[] = [];
  let quoted = false;
  let end = 0;
  token.lastIndex = 0;
  for (let match = token.exec(line); match !== null; match = token.exec(line)) {
    const [found] = match;
    if (found === '"') quoted = !quoted;
    if (found === "'" && !quoted) token.lastIndex = line.indexOf("'", match.index + 1) + 1 || line.length;
    // Quotes within quotes begin anew there, and the text of a here-document has none.
    if (found === '<<' || (quoted && (found === '`' || found === '$('))) return { line: line.replaceAll(/\$(\d{2,4})/g, '${$1}'), unknown: new Set([...lists.keys(), ...unknown]) };
    if (!found.startsWith('$') || found === '$(') continue;
    written.push(line.slice(end, match.index), inBash(found, quoted, { lists, texts, unknown }));
    end = token.lastIndex;
  }
  return { line: written.join('') + line.slice(end), unknown };
}

interface Names {
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly texts: ReadonlySet<string>;
  readonly unknown: Set<string>;
}

function inBash(found: string, quoted: boolean, { lists, texts, unknown }: Names): string {
  if (/^\$\d\d/.test(found)) return `\${${found.slice(1)}}`;
  const [, name = '', index] = named.exec(found) ?? [];
  const words = lists.get(name);
  // Of a text an index takes a character.
  if (index !== undefined && texts.has(name)) unknown.add(name);
  if (words !== undefined) {
    const known = listInBash(name, index, words, quoted);
    if (known !== undefined) return known;
    unknown.add(name);
  }
  if (name === '') for (const [inside] of found.matchAll(/[A-Za-z_]\w*/g)) if (lists.has(inside)) unknown.add(inside);
  return found;
}

/** Undefined where bash has no form for it. */
function listInBash(name: string, index: string | undefined, words: readonly string[], quoted: boolean): string | undefined {
  const all = index === undefined || index === '@' || index === '*';
  if (!all) {
    const at = /^-?[1-9]\d{0,3}$/.test(index) ? Number(index) : undefined;
    const counted = at === undefined ? -1 : at < 0 ? words.length + at : at - 1;
    if (counted < 0 || counted >= words.length || (words[counted] === '' && !quoted)) return undefined;
    return quoted ? `\${${name}[${counted}]}` : `"\${${name}[${counted}]}"`;
  }
  // What comes between them is not sent.
  if (quoted && index !== '@') return words.length > 1 ? undefined : `\${${name}[*]}`;
  if (quoted) return `\${${name}[@]}`;
  return words.includes('') ? undefined : `"\${${name}[@]}"`;
}
