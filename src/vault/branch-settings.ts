import { tryGit } from './git-run.ts';

/** One value of a branch's own settings, as `git config` names it: `branch.main.merge`. */
export interface BranchSetting {
  readonly key: string;
  readonly value: string;
}

/**
 * Settings that are kept and the values they may have. None of them names a program, and a remote is a name: an address might be one that
 * runs something, or hold a password. https://git-scm.com/docs/git-config#Documentation/git-config.txt-branchnameremote
 */
const harmless: ReadonlyMap<string, RegExp> = new Map([
  ['remote', /^(?!-)[\w./-]{1,200}$/],
  ['pushremote', /^(?!-)[\w./-]{1,200}$/],
  ['merge', /^refs\/[^\s:]{1,500}$/],
  ['rebase', /^(?:true|false|merges|m|interactive|i|preserve|p)$/],
  ['description', /^[^\0]{0,4096}$/],
]);

/** Settings of branches in a repository's own configuration that can be set again. */
export async function readBranchSettings(root: string): Promise<readonly BranchSetting[]> {
  return (await allSettings(root)).filter(isHarmless);
}

/**
 * Gives branches that have come back the settings they had, where they have none by that name now.
 * @param names of the branches, without `refs/heads/`
 * @returns the names of those that got any, and whether all could be set
 */
export async function restoreBranchSettings(root: string, kept: readonly BranchSetting[], names: ReadonlySet<string>): Promise<ReadonlyMap<string, boolean>> {
  const wanted = kept.filter((setting) => isHarmless(setting) && names.has(partsOf(setting).branch));
  const done = new Map<string, boolean>();
  if (wanted.length === 0) return done;
  const now = new Set((await allSettings(root)).map(({ key }) => key));
  for (const { key, value } of wanted.filter((setting) => !now.has(setting.key))) {
    const { branch } = partsOf({ key });
    const { status } = await tryGit(root, ['config', '--local', '--add', '--', key, value]);
    done.set(branch, status === 0 && done.get(branch) !== false);
  }
  return done;
}

async function allSettings(root: string): Promise<readonly BranchSetting[]> {
  const { status, output } = await tryGit(root, ['config', '--local', '--no-includes', '-z', '--get-regexp', String.raw`^branch\.`]);
  if (status !== 0) return [];
  return output.toString('utf8').split('\0').filter((line) => line.includes('\n')).map((line) => ({ key: line.slice(0, line.indexOf('\n')), value: line.slice(line.indexOf('\n') + 1) }));
}

function isHarmless({ key, value }: BranchSetting): boolean {
  const { branch, name } = partsOf({ key });
  return key.startsWith('branch.') && branch !== '' && harmless.get(name)?.test(value) === true;
}

/** A branch may have dots in its name. */
function partsOf({ key }: Pick<BranchSetting, 'key'>): { readonly branch: string; readonly name: string } {
  const last = key.lastIndexOf('.');
  return { branch: key.slice('branch.'.length, last), name: key.slice(last + 1) };
}
