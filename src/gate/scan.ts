import { readFileSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod/mini';
import { scanFile } from '../core/secrets/scan.ts';

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
