/**
 * The settings of an INI, properties or TOML file by section; those before any header stand under the empty name. A later
 * setting of the same name wins. `[[x]]` and dotted headers keep their text; quotes around values go.
 */
export function readIni(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>([['', new Map()]]);
  let current = sections.get('') as Map<string, string>;
  for (const line of text.split('\n', 20_000)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    if (trimmed.startsWith('[')) {
      const name = trimmed.slice(1, Math.max(trimmed.indexOf(']'), 1)).trim();
      current = sections.get(name) ?? new Map<string, string>();
      sections.set(name, current);
      continue;
    }
    const at = trimmed.search(/[=:]/);
    if (at > 0) current.set(unquoted(trimmed.slice(0, at).trim()), unquoted(trimmed.slice(at + 1).trim()));
  }
  return sections;
}

function unquoted(text: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(text);
  return quoted ? (quoted[2] as string) : text.replace(/\s[#;].*$/, '').trimEnd();
}

/** One section of such a text; empty where there is none. */
export function sectionIn(text: string, name: string): ReadonlyMap<string, string> {
  return readIni(text).get(name) ?? new Map();
}
