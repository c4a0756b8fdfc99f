import { KeepFailed } from '../core/keeping.ts';
import type { Budget } from './bounds.ts';
import { git, gitLine, tryGit } from './git-run.ts';
import type { KeptRepository } from './manifest.ts';
import { HIDDEN, readHead } from './repository-state.ts';

const REMOTE_MS = 15_000;
const MOST_REFS = 5_000;

export interface PushStake {
  /** Name or address; absent: the one git would push to. */
  readonly remote?: string;
  /** Names on the remote, short or full; none: every branch and tag. */
  readonly refs: readonly string[];
}

/**
 * Fetches what a push is about to replace or remove, under hidden refs below `place`.
 * @throws KeepFailed when the remote cannot be asked without a prompt, or not in time
 */
export async function keepRemote(root: string, place: string, stake: PushStake, budget: Budget): Promise<KeptRepository['remotes'][number]> {
  const name = stake.remote ?? (await usualRemote(root));
  const all = await refsOf(root, name, budget.remaining(REMOTE_MS));
  if (all === undefined) throw new KeepFailed('No copy was kept: the remote could not be asked what it has.');
  const refs = all.filter(({ name: ref }) => isMeant(ref, stake.refs));
  if (refs.length > MOST_REFS) throw new KeepFailed(`No copy was kept: the remote has more than ${MOST_REFS} branches and tags.`);
  if (refs.length > 0) {
    const specs = refs.map(({ name: ref }, number) => `${ref}:${HIDDEN}${place}/${number}`);
    const fetched = await tryGit(root, ['fetch', '-q', '--no-tags', '--no-write-fetch-head', '--refmap=', '--stdin', name], { input: `${specs.join('\n')}\n`, limitMs: budget.remaining(REMOTE_MS) });
    if (fetched.status !== 0) throw new KeepFailed('No copy was kept: what the remote has could not be fetched.');
  }
  return { name: withoutCredentials(name), refs };
}

/** A ref of a remote, its full name and what it points to. */
interface RemoteRef {
  readonly name: string;
  readonly object: string;
}

/** All refs of a remote; undefined where it cannot be asked without a prompt, or not in time. */
async function refsOf(root: string, remote: string, limitMs: number): Promise<readonly RemoteRef[] | undefined> {
  const { status, output } = await tryGit(root, ['ls-remote', '--refs', '--', remote], { limitMs });
  if (status !== 0) return undefined;
  return [...output.toString('utf8').matchAll(/^([0-9a-f]{40,64})\t(refs\/\S+)$/gm)].map(([, object = '', name = '']) => ({ object, name }));
}

/** A ref of a remote that is another one by now than when a copy was made. */
export interface RemoteChange {
  readonly root: string;
  readonly remote: string;
  /** Its full name: `refs/heads/main`. */
  readonly ref: string;
  readonly before: string;
  /** Absent where the remote has none of this name any more. */
  readonly now?: string;
}

/** What has become of a remote's refs since a copy was made; undefined where it cannot be asked without a prompt, or not in time. */
export async function remoteChanges(root: string, { name, refs }: KeptRepository['remotes'][number]): Promise<readonly RemoteChange[] | undefined> {
  const there = await refsOf(root, name, REMOTE_MS);
  if (there === undefined) return undefined;
  const objects = new Map(there.map((ref) => [ref.name, ref.object]));
  return refs.filter((ref) => objects.get(ref.name) !== ref.object).map((ref) => {
    const now = objects.get(ref.name);
    return { root, remote: name, ref: ref.name, before: ref.object, ...(now === undefined ? {} : { now }) };
  });
}

/**
 * Pushes back what a remote had, where it still has what it was seen to have.
 * @returns false where the remote refused, could not be reached or has something else by now
 */
export async function pushBack({ root, remote, ref, before, now = '' }: RemoteChange): Promise<boolean> {
  const pushed = await tryGit(root, ['push', '-q', `--force-with-lease=${ref}:${now}`, '--', remote, `${before}:${ref}`], { limitMs: REMOTE_MS });
  return pushed.status === 0;
}

/** A name of the command is the end of a full one. */
function isMeant(ref: string, names: readonly string[]): boolean {
  if (names.length === 0) return /^refs\/(?:heads|tags)\//.test(ref);
  return names.some((name) => ref === name || ref === `refs/heads/${name}` || ref === `refs/tags/${name}` || ref === `refs/${name}`);
}

/** https://git-scm.com/docs/git-push#_description */
async function usualRemote(root: string): Promise<string> {
  const { ref } = await readHead(root);
  const branch = ref?.replace(/^refs\/heads\//, '') ?? '';
  for (const key of [`branch.${branch}.pushRemote`, 'remote.pushDefault', `branch.${branch}.remote`]) {
    const value = await gitLine(root, ['config', '--get', key]);
    if (value !== undefined) return value;
  }
  const remotes = (await git(root, ['remote'])).toString('utf8').split('\n').filter((name) => name !== '');
  return remotes.length === 1 && remotes[0] !== undefined ? remotes[0] : 'origin';
}

/** A remote may be given as an address with a token in it. */
function withoutCredentials(remote: string): string {
  return remote.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
}
