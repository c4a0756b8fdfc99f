import type { Dialect } from './dialect.ts';

/** What one of a client's own commands makes it do. */
export type Order =
  | { readonly kind: 'shell' | 'cmd'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  /** Runs statements that another statement writes. */
  | { readonly kind: 'generated' }
  /** Replaces the open database. */
  | { readonly kind: 'restore' };

/** Reads one command line of a client; undefined where it runs nothing and replaces nothing. */
export function orderOf(command: string, client: Dialect['commands']): Order | undefined {
  return client === 'none' ? undefined : readers[client](command.slice(0, 8192));
}

const readers: Readonly<Record<Exclude<Dialect['commands'], 'none'>, (line: string) => Order | undefined>> = { psql: psqlOrder, mysql: mysqlOrder, sqlite: sqliteOrder, sqlcmd: sqlcmdOrder, cqlsh: cqlshOrder };

/** https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-META-COMMANDS */
function psqlOrder(line: string): Order | undefined {
  const shell = /^\\!\s*(.*)$/s.exec(line)?.[1];
  if (shell !== undefined) return shell === '' ? undefined : { kind: 'shell', text: shell };
  if (line.startsWith('\\gexec')) return { kind: 'generated' };
  const file = /^\\(?:i|ir|include|include_relative)\s+(.+)$/.exec(line)?.[1];
  if (file !== undefined) return { kind: 'file', path: unquote(file) };
  const pipe = /^\\(?:o|out|g|w|write|gx)\s*\|\s*(.+)$/.exec(line)?.[1] ?? /^\\copy\s[^\n]*\bprogram\s+'([^']*)'/i.exec(line)?.[1];
  return pipe === undefined ? undefined : { kind: 'shell', text: pipe };
}

/** https://dev.mysql.com/doc/refman/8.4/en/mysql-commands.html */
function mysqlOrder(line: string): Order | undefined {
  const shell = /^(?:\\!|system\s)\s*(.+)$/i.exec(line)?.[1];
  if (shell !== undefined) return { kind: 'shell', text: shell };
  const file = /^(?:\\\.|source\s)\s*(.+)$/i.exec(line)?.[1];
  return file === undefined ? undefined : { kind: 'file', path: unquote(file) };
}

/** https://www.sqlite.org/cli.html */
function sqliteOrder(line: string): Order | undefined {
  const [, name = '', rest = ''] = /^\.(\w+)\s*(.*)$/s.exec(line) ?? [];
  if (rest === '') return undefined;
  // The shell takes any beginning of a command's name that is not ambiguous.
  const is = (...names: readonly string[]): boolean => names.some((full) => full.startsWith(name) && name.length >= 2);
  if (is('shell', 'system')) return { kind: 'shell', text: rest };
  if (is('read')) return rest.startsWith('|') ? { kind: 'shell', text: rest.slice(1) } : { kind: 'file', path: unquote(rest) };
  if (is('restore') || (is('open') && /(?:^|\s)--?new\b/.test(rest))) return { kind: 'restore' };
  const pipe = is('once', 'output', 'import') ? /^["']?\|\s*(.+)$/.exec(rest)?.[1] : undefined;
  return pipe === undefined ? undefined : { kind: 'shell', text: pipe };
}

/** https://learn.microsoft.com/en-us/sql/tools/sqlcmd/sqlcmd-commands */
function sqlcmdOrder(line: string): Order | undefined {
  const shell = /^:?!!\s*(.+)$/.exec(line)?.[1];
  if (shell !== undefined) return { kind: 'cmd', text: shell };
  const file = /^:r\s+(.+)$/i.exec(line)?.[1];
  return file === undefined ? undefined : { kind: 'file', path: unquote(file) };
}

/** https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html */
function cqlshOrder(line: string): Order | undefined {
  const file = /^source\s+(.+)$/i.exec(line)?.[1];
  return file === undefined ? undefined : { kind: 'file', path: unquote(file) };
}

function unquote(text: string): string {
  return text.trim().replace(/;$/, '').replace(/^(["'])(.*)\1$/, '$2');
}
