import { once } from 'node:events';
import { posix } from 'node:path';
import { startGit } from './git.ts';

/** One version of a file that a commit brought. */
export interface FileVersion {
  /** Relative to the folder asked, with forward slashes. */
  readonly path: string;
  readonly blob: string;
  readonly commit: string;
  /** When it was committed, in seconds since 1970. */
  readonly seconds: number;
}

/** What a blob holds; `large` and `missing` ones are not read. */
export type BlobContent = Buffer | 'large' | 'missing';

/** Read at once, all together. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_ANSWER = MOST_BYTES * 2;

/**
 * Every version of every file that commits of any branch, tag, stash or reflog brought, newest commits first; a merge says only what it
 * changed of its first parent, since its other parents are listed themselves. Plumbing, which heeds no settings that run programs:
 * https://git-scm.com/docs/git-diff-tree
 * @throws when the folder is in no repository, or git cannot list it to its end
 */
export async function* fileVersions(root: string, signal: AbortSignal): AsyncGenerator<FileVersion, void> {
  const up = (await answerOf(root, ['rev-parse', '--show-cdup'], '', signal))?.toString('utf8').trim();
  if (up === undefined) throw new Error('This folder is in no git repository, or git cannot be run.');
  const revisions = startGit(root, ['rev-list', '--all', '--reflog'], signal);
  const changes = startGit(root, ['diff-tree', '--stdin', '-r', '--root', '--diff-merges=first-parent', '--raw', '--no-renames', '--no-abbrev', '--no-ext-diff', '--no-textconv', '-z', '--format=%H %ct'], signal);
  const ended = Promise.all([codeOf(revisions), codeOf(changes)]);
  changes.stdin.on('error', () => undefined);
  revisions.stdin.end();
  revisions.stdout.pipe(changes.stdin);
  try {
    let commit = '';
    let seconds = 0;
    let change: string | undefined;
    for await (const word of words(changes.stdout)) {
      if (change !== undefined) {
        const blob = blobOf(change);
        if (blob !== undefined) yield { path: posix.join(up, word), blob, commit, seconds };
        change = undefined;
      } else if (word.trimStart().startsWith(':')) change = word;
      else {
        const [hash = '', time = ''] = word.trim().split(' ');
        [commit, seconds] = [hash, Number(time)];
      }
    }
    if ((await ended).some((code) => code !== 0)) throw new Error('git could not list the history to its end.');
  } finally {
    revisions.kill();
    changes.kill();
  }
}

/** What a commit or an annotated tag says. */
export interface Message {
  readonly of: 'commit' | 'tag';
  readonly text: string;
  /** Of the commit or tag. */
  readonly object: string;
  readonly seconds: number;
}

/** The messages of every commit that `fileVersions` goes through, and of annotated tags. Ends where git cannot list them. */
export async function* messages(root: string, signal: AbortSignal): AsyncGenerator<Message, void> {
  yield* messagesOf('commit', root, ['rev-list', '--all', '--reflog', '--format=%ct%x00%B%x00'], /commit (\w+)\n(\d+)$/, signal);
  yield* messagesOf('tag', root, ['for-each-ref', 'refs/tags', '--format=%(objecttype) %(objectname) %(taggerdate:unix)%00%(contents)%00'], /tag (\w+) (\d+)$/, signal);
}

/** Git writes what an object is, then what it says. */
async function* messagesOf(of: Message['of'], root: string, args: readonly string[], head: RegExp, signal: AbortSignal): AsyncGenerator<Message, void> {
  const git = startGit(root, args, signal);
  const ended = codeOf(git);
  git.stdin.on('error', () => undefined);
  git.stdin.end();
  let before: string | undefined;
  try {
    for await (const word of words(git.stdout)) {
      if (before === undefined) before = word;
      else {
        const [, object, time] = head.exec(before) ?? [];
        if (object !== undefined) yield { of, text: word, object, seconds: Number(time) };
        before = undefined;
      }
    }
  } finally {
    git.kill();
    await ended;
  }
}

/** `:100644 100644 OLD NEW M`: the new blob where a regular file or a link is left. */
function blobOf(change: string): string | undefined {
  const [, mode = '', , blob] = change.trim().split(' ');
  return /^1[02]0/.test(mode) ? blob : undefined;
}

/** What git separated by NUL. */
async function* words(stream: AsyncIterable<Buffer>): AsyncGenerator<string, void> {
  let rest = Buffer.alloc(0);
  for await (const data of stream) {
    const text = rest.length === 0 ? data : Buffer.concat([rest, data]);
    let from = 0;
    for (let at = text.indexOf(0); at >= 0; at = text.indexOf(0, from)) {
      yield text.toString('utf8', from, at);
      from = at + 1;
    }
    rest = Buffer.from(text.subarray(from));
  }
}

/**
 * What some blobs hold, in groups that fit into memory.
 * @param largest bytes of a blob that is read
 */
export async function* contentsOf(root: string, blobs: readonly string[], largest: number, signal: AbortSignal): AsyncGenerator<ReadonlyMap<string, BlobContent>, void> {
  const checked = await answerOf(root, ['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)', '--buffer'], `${blobs.join('\n')}\n`, signal);
  const sizes = new Map((checked?.toString('latin1') ?? '').split('\n').map((line) => [line.split(' ')[0] ?? '', sizeOf(line)]));
  let group: string[] = [];
  let bytes = 0;
  const unread = new Map<string, BlobContent>();
  for (const blob of blobs) {
    const size = sizes.get(blob);
    if (size === undefined || size > largest) {
      unread.set(blob, size === undefined ? 'missing' : 'large');
      continue;
    }
    if (bytes + size > MOST_BYTES) {
      yield await read(root, group, signal);
      [group, bytes] = [[], 0];
    }
    group.push(blob);
    bytes += size;
  }
  if (unread.size > 0) yield unread;
  if (group.length > 0) yield await read(root, group, signal);
}

function sizeOf(line: string): number | undefined {
  const [, type, size] = line.split(' ');
  return type === 'blob' ? Number(size) : undefined;
}

async function read(root: string, blobs: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, BlobContent>> {
  const contents = new Map<string, BlobContent>(blobs.map((blob) => [blob, 'missing']));
  const answer = await answerOf(root, ['cat-file', '--batch', '--buffer'], `${blobs.join('\n')}\n`, signal);
  if (!answer) return contents;
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(10, at);
    if (end < 0) break;
    const line = answer.toString('latin1', at, end);
    const size = sizeOf(line);
    if (size === undefined) at = end + 1;
    else {
      contents.set(line.split(' ')[0] ?? '', answer.subarray(end + 1, end + 1 + size));
      at = end + size + 2;
    }
  }
  return contents;
}

/** What git answers; undefined where it fails, is ended or says too much. */
async function answerOf(root: string, args: readonly string[], input: string, signal: AbortSignal): Promise<Buffer | undefined> {
  const git = startGit(root, args, signal);
  const ended = codeOf(git);
  git.stdin.on('error', () => undefined);
  git.stdin.end(input);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of git.stdout as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > MOST_ANSWER) git.kill();
    }
  } catch {
    // Its end says why.
  }
  return (await ended) === 0 ? Buffer.concat(parts) : undefined;
}

/** How it ended; undefined where it could not be started or was ended. */
async function codeOf(git: ReturnType<typeof startGit>): Promise<number | undefined> {
  try {
    const [code] = (await once(git, 'close')) as [number | null];
    return code ?? undefined;
  } catch {
    return undefined;
  }
}
