import { DotenvProblem, dotenvEntries, withEntry, withoutEntry, withValue, type DotenvEntry } from '../core/secrets/dotenv-entries.ts';
import { hiddenContent, shapeOfValue, toBytes } from '../core/secrets/hidden-entries.ts';
import { shownEntry, type PageRequest, type ShownEntry } from './hidden-editor-messages.ts';

/** What the page shows of a file. */
export interface ShownFile {
  readonly entries: readonly ShownEntry[];
  readonly editable: boolean;
  readonly format: ReturnType<typeof hiddenContent>['format'];
}

/** Bytes as text, one character each. */
export function bytesOf(data: Uint8Array): string {
  return Buffer.from(data).toString('latin1');
}

/** Names and shapes of a hidden file: no value. */
export function shownFile(path: string, bytes: string): ShownFile {
  const { format, entries } = hiddenContent(path, bytes);
  return { format, editable: format === 'dotenv', entries: entries.map(({ name, value }, id) => shownEntry(id, name, shapeOfValue(value))) };
}

/** The value of one entry; undefined where the file is no longer the one that was shown. */
export function valueAt(path: string, bytes: string, { id, name }: { readonly id: number; readonly name: string }): string | undefined {
  const entry = hiddenContent(path, bytes).entries[id];
  return entry?.name === name ? entry.value : undefined;
}

/**
 * The bytes after a change that the page asked for.
 * @throws DotenvProblem when it cannot be made
 */
export function changedBytes(bytes: string, request: Extract<PageRequest, { readonly type: 'set' | 'remove' | 'add' }>): string {
  if (request.type === 'add') return withEntry(bytes, request.name, toBytes(request.value));
  const entry = dotenvEntries(bytes)[request.id];
  if (entry?.name !== request.name) throw new DotenvProblem('The file has changed meanwhile. Look at it again.');
  return request.type === 'set' ? withNewValue(bytes, entry, request.value) : withoutEntry(bytes, entry);
}

function withNewValue(bytes: string, entry: DotenvEntry, value: string): string {
  return withValue(bytes, entry, toBytes(value));
}
