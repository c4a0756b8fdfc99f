import { posix, relative, sep } from 'node:path';
import type { Advice } from '../core/secrets/advice.ts';
import type { FileVerdict } from '../core/secrets/files.ts';
import { dayOfCommit } from '../gate/world/indexed-file.ts';
import type { FileEntry, HistoryEntry } from '../gate/world/known-secrets.ts';
import { treeItems } from '../ids.ts';
import { oneLine } from '../core/shown-text.ts';

/** One secret of a file, for the view and the commands on it: never its value. */
interface SecretRow {
  readonly type: 'secret';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: string;
  readonly contextValue: string;
  /** Absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly name: string;
  readonly kind: string;
  readonly provider?: string;
  readonly fingerprint: string;
  readonly hidden: boolean;
  /** True where it is in the git history and in no file any more: there is nothing to open. */
  readonly past: boolean;
  readonly children: readonly AdviceRow[];
}

/** What to do about a secret. */
interface AdviceRow {
  readonly type: 'advice';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: string;
  readonly link: string;
}

export interface FileRow {
  readonly type: 'file';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly contextValue: string;
  readonly file: string;
  readonly hidden: boolean;
  readonly children: readonly SecretRow[];
}

/** What is in the git history and in no file any more. */
interface HistoryRow {
  readonly type: 'history';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: string;
  readonly children: readonly SecretRow[];
}

export type SecretsRow = FileRow | HistoryRow | SecretRow | AdviceRow;

/** What the rows are made of. */
export interface RowsSource {
  readonly folder: string;
  readonly entries: readonly FileEntry[];
  readonly history: readonly HistoryEntry[];
  /** Files of this folder that git keeps. */
  readonly tracked: ReadonlySet<string>;
  readonly verdict: (file: string) => FileVerdict;
  readonly adviceFor: (secret: FileEntry['secrets'][number], file: string, tracked: boolean, onlyInHistory?: boolean) => readonly Advice[];
  readonly rotationPage: (kind: string, provider: string | undefined) => string | undefined;
}

const NAME = 80;

/**
 * Files with secrets and hidden files as rows, those that git keeps first.
 * @param several true where more than one folder is open, so that each file has to say which
 */
export function fileRows(sources: readonly RowsSource[], { trackedOnly, several }: { readonly trackedOnly: boolean; readonly several: boolean }): readonly FileRow[] {
  const rows = sources.flatMap((source) => source.entries.filter((entry) => isShown(entry, source, trackedOnly)).map((entry) => ({ row: fileRow(entry, source, several), tracked: source.tracked.has(entry.file) })));
  return rows.toSorted((a, b) => Number(b.tracked) - Number(a.tracked) || a.row.file.localeCompare(b.row.file)).map(({ row }) => row);
}

/** Secrets that are in the git history alone, newest first, as one row; none where there are none. */
export function historyRows(sources: readonly RowsSource[], { several }: { readonly several: boolean }): readonly HistoryRow[] {
  const secrets = sources.flatMap((source) => source.history.map((secret) => ({ secret, row: pastRow(secret, source, several) })));
  if (secrets.length === 0) return [];
  const children = secrets.toSorted((a, b) => b.secret.seconds - a.secret.seconds).map(({ row }) => row);
  const count = children.length === 1 ? '1 secret' : `${children.length} secrets`;
  return [{ type: 'history', label: 'Only in git history', description: count, tooltip: `${count} in the git history and in no file any more. Rotate them: they can be read by whoever has the repository.`, icon: 'history', children }];
}

/** How many secrets lie in files that git keeps. */
export function trackedSecrets(sources: readonly Pick<RowsSource, 'entries' | 'tracked'>[]): number {
  return sources.reduce((sum, { entries, tracked }) => sum + entries.filter(({ file }) => tracked.has(file)).reduce((inFile, { secrets }) => inFile + secrets.length, 0), 0);
}

/** A file without secrets is only of interest where its name says that it should have some. */
function isShown({ file, hidden, secrets }: FileEntry, { tracked, verdict }: RowsSource, trackedOnly: boolean): boolean {
  if (trackedOnly && !(tracked.has(file) && secrets.length > 0)) return false;
  return secrets.length > 0 || (hidden && verdict(file) === 'hidden');
}

const verdicts: Readonly<Record<FileVerdict, string>> = { hidden: 'hidden from agents', masked: 'values hidden from agents', clear: 'shown to agents' };

function fileRow(entry: FileEntry, source: RowsSource, several: boolean): FileRow {
  const { file, secrets } = entry;
  const tracked = source.tracked.has(file);
  const verdict = source.verdict(file);
  const path = relative(source.folder, file).split(sep).join('/');
  const folder = posix.dirname(path);
  const count = secrets.length === 0 ? 'no secrets found' : secrets.length === 1 ? '1 secret' : `${secrets.length} secrets`;
  const place = [several ? (source.folder.split(/[\\/]/).pop() ?? '') : '', folder === '.' ? '' : folder].filter((part) => part !== '').join('/');
  const facts = [count, ...(tracked ? ['in git'] : []), verdicts[verdict]];
  return {
    type: 'file',
    label: posix.basename(path),
    description: [place, ...facts].filter((part) => part !== '').join(' · '),
    tooltip: `${file}\n${facts.join(', ')}`,
    contextValue: verdict === 'hidden' ? treeItems.hiddenFile : treeItems.maskedFile,
    file,
    hidden: verdict === 'hidden',
    children: secrets.map((secret) => secretRow(secret, file, tracked, verdict === 'hidden', source)),
  };
}

function secretRow(secret: FileEntry['secrets'][number], file: string, tracked: boolean, hidden: boolean, source: RowsSource): SecretRow {
  const { name, kind, line, length, provider, fingerprint } = secret;
  const children = source.adviceFor(secret, file, tracked).map(adviceRow);
  const shown = oneLine(name, NAME);
  return {
    type: 'secret',
    label: shown,
    description: [...(name === kind ? [] : [kind]), `line ${line}`].join(' · '),
    tooltip: [`${shown}: ${kind}, ${length} characters, line ${line}`, ...children.map(({ tooltip }) => tooltip)].join('\n\n'),
    icon: children.length > 0 ? 'warning' : 'key',
    contextValue: source.rotationPage(kind, provider) === undefined ? (hidden ? treeItems.hiddenSecret : treeItems.secret) : hidden ? treeItems.rotatableHidden : treeItems.rotatable,
    file, line, name, kind, fingerprint, hidden, past: false, children,
    ...(provider === undefined ? {} : { provider }),
  };
}

function pastRow(secret: HistoryEntry, source: RowsSource, several: boolean): SecretRow {
  const { file, kind, name, commit, seconds } = secret;
  const path = relative(source.folder, file).split(sep).join('/');
  const place = `${several ? `${source.folder.split(/[\\/]/).pop() ?? ''}/` : ''}${path} at ${commit.slice(0, 7)} · ${dayOfCommit(seconds)}`;
  const row = secretRow(secret, file, false, true, { ...source, adviceFor: (advised) => source.adviceFor(advised, file, false, true) });
  return { ...row, past: true, description: [...(name === kind ? [] : [kind]), place].join(' · '), tooltip: [`${row.label}: ${kind}, ${place}`, ...row.children.map(({ tooltip }) => tooltip)].join('\n\n') };
}

function adviceRow({ what, next, link }: Advice): AdviceRow {
  return { type: 'advice', label: next, description: what, tooltip: `${what} ${next}`, icon: 'lightbulb', link };
}
