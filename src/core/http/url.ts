/** A URL as far as its text tells. Holes (`$HOST`, `${id}`) stay in it as written. */
export interface UrlParts {
  /** Lower case, without brackets and port; empty where the text names none. */
  readonly host: string;
  readonly port?: number;
  /** Begins with `/`; doubled and trailing slashes removed. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
}

/** Takes a URL apart the way command-line clients do: a missing scheme is no error. */
export function partsOfUrl(url: string): UrlParts {
  const text = url.trim().slice(0, 8192);
  const scheme = /^[a-z][a-z0-9+.-]{0,30}:\/\//i.exec(text);
  const rest = scheme ? text.slice(scheme[0].length) : text.replace(/^\/\//, '');
  const end = rest.search(/[/?#\\]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const after = end < 0 ? '' : rest.slice(end);
  const hash = after.indexOf('#');
  const [path = '', search = ''] = splitOnce(hash < 0 ? after : after.slice(0, hash), '?');
  const { host, port } = hostOf(authority.slice(authority.lastIndexOf('@') + 1));
  return { host, ...(port === undefined ? {} : { port }), path: tidyPath(path), query: parseQuery(search) };
}

function hostOf(authority: string): { readonly host: string; readonly port?: number } {
  const bracketed = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(authority);
  const plain = bracketed ?? /^([^:]*)(?::(\d{1,5}))?$/.exec(authority);
  if (!plain) return { host: authority.toLowerCase() };
  const host = decode(plain[1] ?? '').toLowerCase().replace(/\.$/, '');
  return plain[2] === undefined ? { host } : { host, port: Number(plain[2]) };
}

function tidyPath(path: string): string {
  // A segment that is one encoded slash is a name, such as that of RabbitMQ's first virtual host.
  const tidy = `/${decode(path.replace(/\/%2f(?=\/|$)/gi, '/%252f'))}`.replace(/\\/g, '/').replace(/\/+/g, '/');
  return tidy.length > 1 && tidy.endsWith('/') ? tidy.slice(0, -1) : tidy;
}

/** `a=1&b=2` with percent codes and `+` resolved. Of a name given twice the last value counts. */
export function parseQuery(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of text.split('&').slice(0, 200)) {
    if (pair === '') continue;
    const [name = '', value = ''] = splitOnce(pair, '=');
    values.set(decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' ')));
  }
  return values;
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** True where the request stays on this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || /^127\.\d+\.\d+\.\d+$/.test(host) || host === '::1' || host === '0.0.0.0' || host === 'host.docker.internal';
}

/** True when the host's text holds something that is put in only when the command runs. */
export function isUnknownHost(host: string): boolean {
  return host === '' || /[${}`<>()\s]/.test(host);
}

/** `pattern` is a host name; a leading `*.` stands for any subdomain, a final `.*` for any domain. */
export function matchesHost(host: string, pattern: string): boolean {
  if (pattern.endsWith('.*')) return host.startsWith(pattern.slice(0, -1));
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}
