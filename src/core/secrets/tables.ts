import { judgeName } from './names.ts';
import type { Scan } from './text-scan.ts';
import { isPlaceholder, isReference, looksRandom, makeupOf } from './values.ts';

const maxRows = 2000;

/** Files whose lines are rows: comma-separated values with a head, and PostgreSQL's password file. */
export function readTable(scan: Scan): void {
  if (/\.(?:csv|tsv)$/i.test(scan.path)) readSeparated(scan, scan.path.toLowerCase().endsWith('.tsv') ? '\t' : ',');
  // https://www.postgresql.org/docs/current/libpq-pgpass.html
  else if (/(?:^|\/)\.?pgpass(?:\.conf)?$/i.test(scan.path)) readColumns(scan, ':', [{ index: 4, name: 'password', kind: 'password' }], 0);
}

interface Column {
  readonly index: number;
  readonly name: string;
  readonly kind: string;
}

function readSeparated(scan: Scan, separator: string): void {
  const headEnd = scan.lineEnd(0, 4096);
  const columns = scan.text.slice(0, headEnd).split(separator).flatMap((cell, index): Column[] => {
    const name = cell.trim().replace(/^\uFEFF?["']|["']$/g, '');
    const judged = judgeName(name);
    return judged ? [{ index, name, kind: judged.provider ? `${judged.provider.id} ${judged.kind}` : judged.kind }] : [];
  });
  if (columns.length > 0) readColumns(scan, separator, columns, headEnd + 1);
}

function readColumns(scan: Scan, separator: string, columns: readonly Column[], from: number): void {
  let at = from;
  for (let row = 0; row < maxRows && at < scan.end; row++) {
    const end = scan.lineEnd(at, 8192);
    let start = at;
    for (const [index, cell] of scan.text.slice(at, end).split(separator).entries()) {
      const column = columns.find((candidate) => candidate.index === index);
      const value = cell.trim().replace(/^["']|["']$/g, '');
      if (column && value.length >= 6 && !isPlaceholder(value) && !isReference(value) && (separator === ':' || looksRandom(value) || makeupOf(value).digit > 0)) {
        const offset = start + cell.indexOf(value);
        scan.add({ kind: column.kind, name: column.name.replace(/\s+/g, '_'), start: offset, end: offset + value.length, shaped: false });
      }
      start += cell.length + separator.length;
    }
    at = end + 1;
  }
}
