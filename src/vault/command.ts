import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { KeepFailed } from '../core/keeping.ts';
import { oneLine } from '../core/shown-text.ts';
import type { Entry, Manifest } from './manifest.ts';
import { chosen, type Restored, type Skip, type Withhold } from './restore.ts';
import { restoredText, restoreRecord } from './restored-text.ts';
import type { CopyFacts, Vault } from './vault.ts';

/** A call of the `restore` command that cannot be carried out; `message` says what is wrong and what to do. */
export class RestoreUsage extends Error {
  override readonly name = 'RestoreUsage';
}

export interface RestoreCommandOptions {
  readonly vault: Vault;
  /** Folder that relative paths are relative to. */
  readonly cwd: string;
  /** What whoever calls must not have put back, an agent perhaps. Throws where nobody can say. */
  readonly withhold: (manifest: Manifest, to: string | undefined) => Promise<Withhold>;
  /** Whether a folder decides if agents are watched. */
  readonly isGuarded: (folder: string) => boolean;
  /** Writes into the journal that something was restored. */
  readonly record: (what: string, manifest: Manifest) => Promise<void>;
  /** Resolves when the reader has taken the text. */
  readonly write: (text: string) => Promise<void>;
}

export const restoreUsage = `  cli.js restore [--json]                          what is kept in the vault, newest first
  cli.js restore ID --list                         what is in a copy
  cli.js restore ID [FILE…] [--to FOLDER] [--json] brings back all of a copy, or these files and folders; never over newer work
`;

const options = { to: { type: 'string' }, list: { type: 'boolean' }, json: { type: 'boolean' } } as const;

const LONGEST_TITLE = 200;

/**
 * The `restore` command. Gives the exit code: 1 where something was not brought back.
 * @throws RestoreUsage
 */
export async function runRestore(argv: readonly string[], call: RestoreCommandOptions): Promise<number> {
  const { values: { to, list = false, json = false }, positionals: [id, ...files] } = parsed(argv);
  if (id === undefined) {
    if (to !== undefined || list) throw new RestoreUsage('Say which copy: cli.js restore lists them with their ids.');
    return writeOverview(await call.vault.overview(), json, call.write);
  }
  const manifest = await manifestOf(id, call.vault);
  const wanted = files.map((file) => wantedPath(file, manifest, call.cwd));
  if (list) return writeEntries(wanted.length > 0 ? chosen(manifest, wanted) : manifest.entries, json, call.write);
  const folder = to === undefined ? undefined : folderOf(to, call);
  const restored = await restore(manifest, wanted, folder, call);
  await record(manifest, restored, folder, call);
  await call.write(json ? `${JSON.stringify({ id, ...(folder === undefined ? {} : { to: folder }), ...restored })}\n` : textOf(manifest, restored, folder));
  return restored.skipped.length === 0 ? 0 : 1;
}

function parsed(argv: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new RestoreUsage(error instanceof Error ? `${error.message} cli.js help shows what there is.` : 'The options could not be read.');
  }
}

async function manifestOf(id: string, vault: Vault): Promise<Manifest> {
  try {
    return await vault.manifest(id);
  } catch (error) {
    throw new RestoreUsage(`${error instanceof Error ? error.message : 'The copy cannot be read.'} cli.js restore lists those that are kept.`);
  }
}

/** A path as the manifest has it, links in its folder resolved. */
function wantedPath(file: string, manifest: Manifest, cwd: string): string {
  const path = realPlace(resolve(cwd, file));
  if (chosen(manifest, [path]).length === 0) throw new RestoreUsage(`${path} is not in this copy. cli.js restore ${manifest.id} --list shows what is.`);
  return path;
}

/** Of a path that may not exist: the folders that do, without links, and the rest as it is. */
function realPlace(path: string): string {
  const rest = [basename(path)];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      return join(realpathSync(folder), ...rest);
    } catch (error) {
      if (dirname(folder) === folder) throw error;
      rest.unshift(basename(folder));
    }
  }
}

function folderOf(to: string, { cwd, isGuarded }: RestoreCommandOptions): string {
  if (to === '') throw new RestoreUsage('--to needs a folder.');
  const path = resolve(cwd, to);
  const facts = lstatSync(path, { throwIfNoEntry: false });
  const place = facts ? realpathOrSay(path) : realPlace(path);
  if (facts && !lstatSync(place).isDirectory()) throw new RestoreUsage(`${path} is no folder. Name one that is, or one that does not exist yet.`);
  if (isGuarded(place)) throw new RestoreUsage(`${place} decides whether agents on this machine are watched. Name another folder.`);
  return place;
}

function realpathOrSay(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new RestoreUsage(`${path} is a link that leads nowhere. Name another folder.`);
  }
}

async function restore(manifest: Manifest, files: readonly string[], to: string | undefined, { vault, withhold }: RestoreCommandOptions): Promise<Restored> {
  try {
    return await vault.restore(manifest, { ...(files.length > 0 ? { files } : {}), ...(to === undefined ? {} : { to }), overwriteNewer: false, withhold: await withhold(manifest, to) });
  } catch (error) {
    // What is there now could not be kept first.
    if (error instanceof KeepFailed) throw new RestoreUsage(`Nothing was restored. ${error.message}`);
    throw error;
  }
}

async function record(manifest: Manifest, restored: Restored, to: string | undefined, call: RestoreCommandOptions): Promise<void> {
  try {
    await call.record(restoreRecord(manifest, restored, to), manifest);
  } catch (error) {
    throw new Error(`${restoredText(restored)} But the journal could not be written, so nothing there says so: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function writeOverview(copies: readonly CopyFacts[], json: boolean, write: (text: string) => Promise<void>): Promise<number> {
  if (copies.length === 0 && !json) await write('Nothing is kept.\n');
  for (const copy of copies) await write(json ? `${JSON.stringify(factsOf(copy))}\n` : rowText(copy));
  return 0;
}

function factsOf({ manifest: { id, at, agent, session, title, git }, files, bytes, gone }: CopyFacts): Record<string, unknown> {
  return { id, time: new Date(at).toISOString(), agent, session, title, files, bytes, repositories: git.map(({ root }) => root), gone };
}

function rowText({ manifest: { id, at, agent, title, git }, files, bytes, gone }: CopyFacts): string {
  const details = [`${files} ${files === 1 ? 'file' : 'files'}`, sizeText(bytes), ...git.map(({ root }) => `repository ${root}`), gone === 0 ? 'whole' : `${gone} of its contents ${gone === 1 ? 'is' : 'are'} gone`];
  return `${id}  ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}  ${agent}: ${oneLine(title, LONGEST_TITLE)}  (${details.map((detail) => oneLine(detail, LONGEST_TITLE)).join(' · ')})\n`;
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

async function writeEntries(entries: readonly Entry[], json: boolean, write: (text: string) => Promise<void>): Promise<number> {
  for (const entry of entries) {
    const size = entry.type === 'file' ? entry.size : undefined;
    await write(json ? `${JSON.stringify({ path: entry.path, type: entry.type, ...(size === undefined ? {} : { size }) })}\n` : `${entry.type.padEnd(6)}  ${(size === undefined ? '' : sizeText(size)).padStart(9)}  ${nameText(entry.path)}\n`);
  }
  return 0;
}

const LONGEST_PATH = 4_096;

/** A name may hold anything, also what would move the cursor of a terminal. */
function nameText(path: string): string {
  return oneLine(path, LONGEST_PATH);
}

const marks: Readonly<Record<Skip, string>> = { newer: 'newer', damaged: 'damaged', moved: 'moved', odd: 'no content', failed: 'failed', guard: 'guard file', secret: 'hidden' };

/** What to do about what was left, each told once. */
const advice: Partial<Readonly<Record<Skip, string>>> = {
  newer: 'What is newer is never replaced from the command line. “Interlock: Restore Kept Files…” in the editor shows the difference first; --to FOLDER puts the copies elsewhere.',
  damaged: 'The content of a damaged copy is not what it was when it was kept, and is never written.',
  moved: 'A folder on the way has become a link. Move the link away, or use --to FOLDER.',
  failed: 'Look whether the folders may be written to and the disk has room, then call this again: what is back already is not touched.',
  guard: 'What decides whether agents are watched comes back in the editor only: “Interlock: Restore Kept Files…”.',
  secret: 'Files that are hidden from agents come back only where they were. Leave out --to for them.',
};

function textOf(manifest: Manifest, restored: Restored, to: string | undefined): string {
  const whys = new Set(restored.skipped.map(({ why }) => why));
  const lines = [
    ...restored.skipped.map(({ path, why }) => `${marks[why].padEnd(10)}  ${nameText(path)}`),
    restoredText(restored),
    ...(Object.keys(advice) as Skip[]).flatMap((why) => (whys.has(why) ? (advice[why] ?? []) : [])),
    ...(manifest.git.some(({ remotes }) => remotes.some(({ refs }) => refs.length > 0)) ? ['What a remote had before is pushed back in the editor only: “Interlock: Restore Kept Files…”.'] : []),
    ...(to !== undefined && manifest.git.length > 0 ? ['Branches, stashes and the index of a repository come back without --to only.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
