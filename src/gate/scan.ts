import { readFileSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { scanFile } from '../core/secrets/scan.ts';
import { scanHistory, type HistoryProgress } from './world/history-scan.ts';
import { dayOfCommit, type HistorySecret } from './world/indexed-file.ts';
import { Fingerprinter } from './world/secret-forms.ts';
import { searchText } from './world/searched-text.ts';

const lineSchema = z.object({ id: z.optional(z.union([z.string(), z.number()])), path: z.string(), content: z.string() });
const maxFileBytes = 2 * 1024 * 1024;
const skippedFolders = new Set(['node_modules', '.git']);

type Write = (text: string) => Promise<void>;

/** Judges `{id, path, content}` lines; never prints a value. */
export async function scanLines(lines: AsyncIterable<string>, write: Write): Promise<number> {
  for await (const line of lines) if (line.trim() !== '') await write(`${JSON.stringify(answer(line))}\n`);
  return 0;
}

function answer(line: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { id: null, error: 'The line is not JSON.' };
  }
  const request = lineSchema.safeParse(parsed);
  if (!request.success) return { id: null, error: 'A line needs a path and a content, both text.' };
  return { id: request.data.id ?? null, ...scanFile(request.data.path, request.data.content) };
}

/** Scans a tree for people (or programs with `json`), with a count of what was read at the end. */
export async function scanTree(folder: string, json: boolean, write: Write): Promise<number> {
  const root = resolve(folder);
  let read = 0;
  let found = 0;
  for (const file of filesBelow(root)) {
    const content = readText(file);
    if (content === undefined) continue;
    read++;
    if (process.stderr.isTTY && read % 500 === 0) process.stderr.write(`\r${read} files read, ${found} with secrets`);
    const result = scanFile(file, content);
    if (result.verdict === 'clear') continue;
    found++;
    const path = relative(root, file);
    await write(json ? `${JSON.stringify({ path, ...result })}\n` : `${result.verdict}  ${path}\n${result.findings.map(({ line, kind, name }) => `    line ${line}: ${kind}${name ? ` (${name})` : ''}\n`).join('')}`);
  }
  if (!json) await write(`${read} files read, ${found} hold secrets or are hidden.\n`);
  return found > 0 ? 1 : 0;
}

/**
 * Tells for people (or programs with `json`) which secrets the git history of a tree has and no file of it any more.
 * @returns 1 where there are some, 2 where the history could not be looked through to its end, 0 otherwise
 * @throws when the folder is in no repository
 */
export async function scanGitHistory(folder: string, json: boolean, write: Write, signal?: AbortSignal): Promise<number> {
  const root = resolve(folder);
  // Compared within this call alone.
  const fingerprinter = new Fingerprinter(randomBytes(32));
  const inTree = fingerprintsBelow(root, fingerprinter);
  const found: HistorySecret[] = [];
  let last: HistoryProgress | undefined;
  for await (last of scanHistory({ root, fingerprinter, isInTree: (fingerprint) => inTree.has(fingerprint), found: (secret) => void found.push(secret), ...(signal ? { signal } : {}) })) {
    if (process.stderr.isTTY) process.stderr.write(`\r${last.searched} versions of files searched, ${last.secrets} secrets`);
    for (const secret of found.splice(0)) await write(json ? `${JSON.stringify(shownInJson(secret))}\n` : lineOf(secret));
  }
  const stopped = signal?.aborted === true;
  if (!json) await write(endOf(last, stopped));
  const whole = last !== undefined && !stopped && !last.truncated && last.missing === 0;
  return whole ? Number((last?.secrets ?? 0) > 0) : 2;
}

function fingerprintsBelow(root: string, fingerprinter: Fingerprinter): ReadonlySet<string> {
  const fingerprints = new Set<string>();
  for (const file of filesBelow(root)) {
    const { secrets = [] } = searchText(relative(root, file), readText(file) ?? '', fingerprinter);
    for (const { fingerprint } of secrets) fingerprints.add(fingerprint);
  }
  return fingerprints;
}

function shownInJson({ path, commit, seconds, kind, name, line }: HistorySecret): object {
  return { path, commit, date: dayOfCommit(seconds), kind, name, line };
}

function lineOf({ path, commit, seconds, kind, name, line }: HistorySecret): string {
  return `${path} at ${commit} of ${dayOfCommit(seconds)}, line ${line}: ${kind} (${name})\n`;
}

function endOf(progress: HistoryProgress | undefined, stopped: boolean): string {
  const { searched = 0, secrets = 0, tooLarge = 0, missing = 0, truncated = false } = progress ?? {};
  const facts = [`${searched} versions of files searched, ${secrets} secrets are in the git history alone.`];
  if (secrets > 0) facts.push('Rotate them: they can be read by whoever has the repository.');
  if (tooLarge > 0) facts.push(`${tooLarge} were too large to be read.`);
  if (missing > 0) facts.push(`${missing} are not in this copy of the repository.`);
  if (truncated) facts.push('Older versions were left out.');
  if (stopped) facts.push('Stopped before the end.');
  return `${facts.join(' ')}\n`;
}

function* filesBelow(folder: string): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/** Text of a file; undefined for binary, unreadable and very large ones. */
function readText(file: string): string | undefined {
  try {
    if (statSync(file).size > maxFileBytes) return undefined;
    const text = readFileSync(file, 'utf8');
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
