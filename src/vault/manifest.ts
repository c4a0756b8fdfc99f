import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** Times are milliseconds since the epoch, paths absolute with links resolved, modes the permission bits. */
const entrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('file'), path: z.string(), mode: z.number(), modified: z.number(), size: z.number(), sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }),
  z.object({ type: z.literal('folder'), path: z.string(), mode: z.number(), modified: z.number() }),
  z.object({ type: z.literal('link'), path: z.string(), target: z.string() }),
]);

/** Uncommitted work of a repository, as a commit under a hidden ref; `git stash apply --index <commit>` brings it back. */
const gitWorkSchema = z.object({ root: z.string(), ref: z.string(), commit: z.string() });

const manifestSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  at: z.number(),
  agent: z.string(),
  session: z.string(),
  /** The action in one line, secrets masked. */
  title: z.string(),
  entries: z.array(entrySchema),
  /** Folders whose content an install makes again, and things that have no content: not copied. */
  leftOut: z.array(z.string()),
  git: z.array(gitWorkSchema),
});

export type Entry = z.infer<typeof entrySchema>;
export type FileEntry = Extract<Entry, { type: 'file' }>;
export type GitWork = z.infer<typeof gitWorkSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

/** Ids sort by time and fit a file name and a git ref. */
export function newManifestId(now: number): string {
  return `${new Date(now).toISOString().replace(/[-:]/g, '').replace('.', '')}-${randomBytes(4).toString('hex')}`;
}

const ID = /^[0-9TZ]{1,32}-[0-9a-f]{8}$/;

/** Writes a manifest whole or not at all. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${manifest.id}.json`);
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(manifest));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

/** @throws UnreadableManifest */
export async function readManifest(folder: string, id: string): Promise<Manifest> {
  if (!ID.test(id)) throw new UnreadableManifest('There is no such copy.');
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8')));
  } catch (error) {
    throw new UnreadableManifest('The list of what was copied cannot be read.', { cause: error });
  }
}

/** All manifests that can be read, newest first. */
export async function listManifests(folder: string): Promise<readonly Manifest[]> {
  const names = await readdir(folder).catch(() => []);
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  const read = await Promise.all(ids.toSorted().toReversed().map((id) => readManifest(folder, id).catch(() => undefined)));
  return read.filter((manifest) => manifest !== undefined);
}

class UnreadableManifest extends Error {
  override readonly name = 'UnreadableManifest';
}
