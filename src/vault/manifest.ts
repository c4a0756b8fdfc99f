import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

const storedFields = { size: z.number(), sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) };
const stored = z.object(storedFields);
const objectName = z.string().check(z.regex(/^[0-9a-f]{40,64}$/));

/** What every path has; times are milliseconds since the epoch, paths absolute with links resolved, modes the permission bits. */
const common = { path: z.string(), modified: z.number(), uid: z.number(), gid: z.number(), attributes: z.optional(z.record(z.string(), z.string())) };
const entrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('file'), ...common, ...storedFields, mode: z.number(), sparse: z.optional(z.literal(true)) }),
  z.object({ type: z.literal('folder'), ...common, mode: z.number() }),
  z.object({ type: z.literal('link'), ...common, target: z.string() }),
  /** Something without content of its own: recorded, neither read nor made again. */
  z.object({ type: z.literal('odd'), ...common, mode: z.number(), kind: z.enum(['fifo', 'socket', 'device']) }),
]);

/** A repository as it was. Its list of refs, stashes and changes is a content of the store, which most copies share. */
const repositorySchema = z.object({
  /** The working tree, or the repository itself where it is bare. */
  root: z.string(),
  state: stored,
  /** A commit under a hidden ref, whose parents and tree are all that the state names. */
  pin: z.optional(z.object({ ref: z.string(), commit: objectName })),
  /** The hidden refs of this and earlier copies, as a file; they are not in the repository any more. */
  bundle: z.optional(z.object({ ...storedFields, pins: z.array(z.string()) })),
  /** Refs of remotes as they were before a push. */
  remotes: z.array(z.object({ name: z.string(), refs: z.array(z.object({ name: z.string(), object: objectName })) })),
});

const manifestSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  at: z.number(),
  agent: z.string(),
  session: z.string(),
  /** The action in one line, secrets masked. */
  title: z.string(),
  entries: z.array(entrySchema),
  /** What was not copied, because it can be made again. */
  leftOut: z.array(z.string()),
  /** False where the machine has no tool for extended attributes. */
  attributes: z.boolean(),
  git: z.array(repositorySchema),
});

export type Entry = z.infer<typeof entrySchema>;
export type FileEntry = Extract<Entry, { type: 'file' }>;
export type KeptRepository = z.infer<typeof repositorySchema>;
export type Manifest = z.infer<typeof manifestSchema>;

/** Ids sort by time and fit a file name and a git ref. */
export function newManifestId(now: number): string {
  return `${new Date(now).toISOString().replace(/[-:]/g, '').replace('.', '')}-${randomBytes(4).toString('hex')}`;
}

const ID = /^[0-9TZ]{1,32}-[0-9a-f]{8}$/;
const DRAFT = '.new';
const NAME = '.json';

/** Writes a manifest whole or not at all. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${manifest.id}${NAME}`);
  const file = await open(`${path}${DRAFT}`, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(manifest));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}${DRAFT}`, path);
  if (process.platform === 'win32') return;
  const place = await open(folder, 'r');
  try {
    await place.sync();
  } finally {
    await place.close();
  }
}

/** @throws UnreadableManifest */
export async function readManifest(folder: string, id: string): Promise<Manifest> {
  if (!ID.test(id)) throw new UnreadableManifest('There is no such copy.');
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, `${id}${NAME}`), 'utf8')));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UnreadableManifest(missing ? 'There is no such copy.' : 'The list of what was copied cannot be read.', { cause: error });
  }
}

/** Ids of all manifests, readable or not, newest first. */
export async function manifestIds(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(NAME)).map((name) => name.slice(0, -NAME.length)).toSorted().toReversed();
}

/** All manifests that can be read, newest first. */
export async function listManifests(folder: string): Promise<readonly Manifest[]> {
  const manifests: Manifest[] = [];
  for (const id of await manifestIds(folder)) {
    const manifest = await readManifest(folder, id).catch(() => undefined);
    if (manifest) manifests.push(manifest);
  }
  return manifests;
}

/** Removes a manifest, and nothing of what it lists. */
export async function removeManifest(folder: string, id: string): Promise<void> {
  await rm(join(folder, `${id}${NAME}`), { force: true });
}

/** Drafts of manifests that a crash left behind. */
export async function manifestDrafts(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(`${NAME}${DRAFT}`)).map((name) => join(folder, name));
}

class UnreadableManifest extends Error {
  override readonly name = 'UnreadableManifest';
}
