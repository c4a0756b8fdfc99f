/**
 * Variables of a dotenv file: `NAME=value`, `export NAME='value'`, comments. A later line wins.
 * https://www.npmjs.com/package/dotenv
 */
export function readDotenv(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split('\n')) {
    const entry = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*[=:]\s*(.*)$/.exec(line);
    if (!entry) continue;
    variables.set(entry[1] as string, valueOf((entry[2] as string).trim()));
  }
  return variables;
}

function valueOf(text: string): string {
  const quote = text[0];
  if (quote === '"' || quote === "'" || quote === '`') {
    const end = text.indexOf(quote, 1);
    if (end > 0) return text.slice(1, end);
  }
  return text.replace(/\s+#.*$/, '').trim();
}

/** A value with `${NAME}` and `$NAME` put in, as far as they are known. */
export function expand(value: string, lookUp: (name: string) => string | undefined): string {
  return value.replace(/\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g, (written, braced: string | undefined, bare: string | undefined) => lookUp(braced ?? bare ?? '') ?? written);
}
