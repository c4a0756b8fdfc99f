import { randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KeepFailed } from '../core/keeping.ts';
import type { Budget } from './bounds.ts';
import { git, tryGit } from './git-run.ts';
import type { KeptRepository } from './manifest.ts';
import type { ObjectStore } from './objects.ts';
import type { Repository } from './repository.ts';
import { HIDDEN, type Tips } from './repository-state.ts';

const BUNDLE_MS = 60_000;
const CHECK_MS = 20_000;

/**
 * Holds on to objects with one commit, whose parents are the commits and whose tree are the contents, under a hidden ref: git lets
 * nothing go that it reaches. Nothing new but that commit is written into the repository.
 * @throws KeepFailed
 */
export async function pin(root: string, id: string, at: number, tips: Tips, budget: Budget): Promise<NonNullable<KeptRepository['pin']>> {
  const all = await commitOf(root, id, at, [...tips.commits, ...tips.records], tips);
  // A reflog may name commits of which parts are gone already; pinned, they would make git's own housekeeping fail.
  const commit = (await isWhole(root, all, budget)) ? all : await commitOf(root, id, at, [...tips.commits], tips);
  if (commit !== all && !(await isWhole(root, commit, budget))) throw new KeepFailed('No copy was kept: objects are missing from the repository.');
  const ref = `${HIDDEN}${id}/pins`;
  const tags = [...tips.tags].map((object, number) => `create ${HIDDEN}${id}/tags/${number} ${object}\n`);
  await git(root, ['update-ref', '--stdin'], { input: [`create ${ref} ${commit}\n`, ...tags].join('') });
  return { ref, commit };
}

/**
 * Takes all hidden refs of a repository into a file of the vault and removes them: what rewrites or sends every ref would take them too.
 * @throws KeepFailed
 */
export async function moveOut({ root }: Repository, store: ObjectStore, budget: Budget, drafts: string): Promise<NonNullable<KeptRepository['bundle']>> {
  const refs = await hiddenRefs(root);
  const draft = join(drafts, randomBytes(12).toString('hex'));
  try {
    await git(root, ['bundle', 'create', '-q', draft, '--stdin'], { input: `${refs.join('\n')}\n`, limitMs: budget.remaining(BUNDLE_MS) });
    const facts = lstatSync(draft);
    budget.take(facts.size, 0);
    await budget.makeRoom();
    const stored = await store.add(draft, facts);
    // On the disk before the refs go.
    await store.settle([stored]);
    await git(root, ['update-ref', '--stdin'], { input: refs.map((ref) => `delete ${ref}\n`).join('') });
    return { ...stored, pins: [...new Set(refs.map((ref) => ref.slice(HIDDEN.length).split('/')[0] ?? ''))] };
  } finally {
    await rm(draft, { force: true });
  }
}

/** Puts hidden refs back from a bundle; false where it does not fit. */
export async function bringBack(root: string, bundle: string, id: string): Promise<boolean> {
  const { status } = await tryGit(root, ['fetch', '-q', '--no-tags', '--no-write-fetch-head', bundle, `+${HIDDEN}${id}/*:${HIDDEN}${id}/*`], { limitMs: BUNDLE_MS });
  return status === 0;
}

/** Removes the hidden refs of one copy. Does nothing where there is no such repository any more. */
export async function unpin(root: string, id: string): Promise<void> {
  const refs = await hiddenRefs(root, id).catch(() => []);
  if (refs.length > 0) await tryGit(root, ['update-ref', '--stdin'], { input: refs.map((ref) => `delete ${ref}\n`).join('') }).catch(() => undefined);
}

async function hiddenRefs(root: string, id = ''): Promise<readonly string[]> {
  const output = await git(root, ['for-each-ref', '--format=%(refname)', `${HIDDEN}${id}`]);
  return output.toString('utf8').split('\n').filter((ref) => ref !== '');
}

async function commitOf(root: string, id: string, at: number, parents: readonly string[], { contents }: Tips): Promise<string> {
  const lines = [...contents].map(([object, type], number) => `${type === 'tree' ? '040000' : '100644'} ${type} ${object}\t${number}\0`);
  const tree = (await git(root, ['mktree', '-z'], { input: lines.join('') })).toString('utf8').trim();
  const who = `Interlock <interlock@localhost> ${Math.floor(at / 1000)} +0000`;
  const text = [`tree ${tree}`, ...[...new Set(parents)].map((parent) => `parent ${parent}`), `author ${who}`, `committer ${who}`, '', `kept before ${id}`, ''].join('\n');
  return (await git(root, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input: text })).toString('utf8').trim();
}

/** Only what no ref reaches is looked at. */
async function isWhole(root: string, commit: string, budget: Budget): Promise<boolean> {
  const { status } = await tryGit(root, ['rev-list', '--objects', '--quiet', commit, '--not', '--all'], { limitMs: budget.remaining(CHECK_MS) });
  return status === 0;
}
