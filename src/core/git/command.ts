import type { Analysis } from '../analysis.ts';
import { parseCall, sliceWord, type Call } from '../call.ts';
import { joinPath } from '../files/path.ts';
import type { Folder, Invocation } from '../invocation.ts';
import { own } from '../own.ts';
import { knownWord, textOf, type Word } from '../shell/word.ts';
import type { GitFacts } from '../world.ts';

/** One call of git with its global options taken off. https://git-scm.com/docs/git */
export interface GitCommand {
  readonly subcommand: string;
  /** The subcommand's own words; the subcommand itself stands in the program's place. */
  readonly call: Call;
  /** Where it works: `-C`, `--work-tree` and the current folder together. */
  readonly folder: Folder;
  /** Settings given with `-c`. */
  readonly settings: readonly { readonly key: string; readonly value: Word }[];
  /**
   * What git knows of the repository; undefined where the disk may not be consulted, the folder is not known,
   * or git's lists are not the whole truth.
   */
  readonly facts: GitFacts | undefined;
  /** False only where the folder is known to lie in no repository. */
  readonly inRepository: boolean;
}

/** Global options that take the next word. */
const globalValues = new Set(['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path', '--super-prefix', '--config-env', '--attr-source', '--list-cmds']);

/** Options with a value, by subcommand; of those whose effects matter. */
const valueOptions: Readonly<Record<string, readonly string[]>> = {
  checkout: ['-b', '-B', '--orphan', '--conflict', '--pathspec-from-file', '-t', '-U', '--unified', '--inter-hunk-context'],
  switch: ['-c', '-C', '--create', '--force-create', '--orphan', '--conflict'],
  restore: ['-s', '--source', '--conflict', '--pathspec-from-file', '-U', '--unified', '--inter-hunk-context'],
  reset: ['--pathspec-from-file'],
  clean: ['-e', '--exclude'],
  push: ['-o', '--push-option', '--receive-pack', '--exec', '--repo'],
  branch: ['-u', '--set-upstream-to', '--contains', '--no-contains', '--points-at', '--format', '--sort', '--color', '--column'],
  rebase: ['-x', '--exec', '--onto', '-s', '--strategy', '-X', '--strategy-option', '-C', '--empty'],
  tag: ['-m', '--message', '-F', '--file', '-u', '--local-user', '--format', '--sort', '--contains'],
  config: ['-f', '--file', '--blob', '--type', '--default', '--value', '--comment'],
  reflog: ['--expire', '--expire-unreachable'],
  commit: ['-m', '--message', '-F', '--file', '-C', '--reuse-message', '-c', '--reedit-message', '--fixup', '--squash', '--author', '--date', '-t', '--template', '--cleanup', '--trailer', '--pathspec-from-file'],
  merge: ['-m', '--message', '-F', '--file', '-s', '--strategy', '-X', '--strategy-option', '--into-name', '--cleanup'],
  gc: [],
  stash: ['-m', '--message', '--pathspec-from-file'],
  worktree: ['-b', '-B', '--reason', '--expire'],
  rm: ['--pathspec-from-file'],
  'filter-branch': ['--env-filter', '--tree-filter', '--index-filter', '--parent-filter', '--msg-filter', '--commit-filter', '--tag-name-filter', '--subdirectory-filter', '--setup', '-d', '--original', '--state-branch'],
  submodule: ['-b', '--branch', '--name', '--reference', '--depth', '--jobs', '-j'],
};

/** Git takes any beginning of a long option for it. https://git-scm.com/docs/gitcli */
const abbreviable = ['--hard', '--merge', '--keep', '--force', '--delete', '--discard-changes', '--worktree', '--pathspec-from-file', '--mirror', '--prune', '--root', '--reset', '--abort', '--no-verify', '--unset', '--unset-all', '--expire', '--expire-unreachable', '--dry-run'];

/** Takes a git invocation apart; undefined where it names no subcommand. */
export function readGit(given: Invocation, analysis: Analysis): GitCommand | undefined {
  const invocation = withoutDash(given);
  const settings = settingsFromEnvironment(invocation);
  let folder = folderFromEnvironment(invocation, analysis);
  let at = 1;
  for (; at < invocation.argv.length; at++) {
    const word = invocation.argv[at] as Word;
    if (!word.text.startsWith('-')) break;
    const equals = word.text.indexOf('=');
    const name = equals > 0 && word.text.startsWith('--') ? word.text.slice(0, equals) : word.text;
    const value = equals > 0 && word.text.startsWith('--') ? sliceWord(word, equals + 1) : globalValues.has(name) ? invocation.argv[++at] : undefined;
    if (name === '-c' && value) settings.push(settingOf(value));
    else if ((name === '-C' || name === '--work-tree') && value) folder = moved(folder, value, analysis);
  }
  // Where letter case does not tell files apart `git-SUBMODULE` is found as well.
  const subcommand = textOf(invocation.argv[at])?.toLowerCase();
  if (subcommand === undefined) return undefined;
  const call = parseCall({ ...invocation, argv: invocation.argv.slice(at) }, { valueOptions: own(valueOptions, subcommand) ?? [], abbreviable });
  const looked = analysis.world.sighted && folder !== undefined ? analysis.world.git(folder) : undefined;
  const facts = looked?.truncated && looked.dirty.length + looked.untracked.length === 0 ? undefined : looked;
  return { subcommand, call, folder, settings, facts, inRepository: !analysis.world.sighted || folder === undefined || looked !== undefined };
}

/** `git-reset --hard` is `git reset --hard`. */
function withoutDash(invocation: Invocation): Invocation {
  if (!invocation.program.startsWith('git-')) return invocation;
  return { ...invocation, program: 'git', argv: [knownWord('git'), knownWord(invocation.program.slice(4)), ...invocation.argv.slice(1)] };
}

function folderFromEnvironment(invocation: Invocation, analysis: Analysis): Folder {
  const tree = invocation.env.GIT_WORK_TREE;
  const cwd = invocation.cwd ?? (analysis.action.cwd === '' ? analysis.action.workspaceRoots[0] : undefined);
  return tree === undefined ? cwd : joinPath(cwd ?? '', tree, analysis.world.platform);
}

/** Most settings that are read from variables. */
const mostSettings = 64;

/** Settings that variables stand for. https://git-scm.com/docs/git-config#ENVIRONMENT */
function settingsFromEnvironment({ env }: Invocation): { readonly key: string; readonly value: Word }[] {
  const count = Math.min(Number(env.GIT_CONFIG_COUNT ?? 0) || 0, mostSettings);
  const numbered = Array.from({ length: Math.max(0, count) }, (_, at) => `${env[`GIT_CONFIG_KEY_${at}`] ?? ''}=${env[`GIT_CONFIG_VALUE_${at}`] ?? ''}`);
  const quoted = [...(env.GIT_CONFIG_PARAMETERS ?? '').matchAll(/'([^'=]+)'?='?([^']*)'/g)].slice(0, mostSettings).map(([, key, value]) => `${key}=${value}`);
  return [...numbered, ...quoted].map((text) => settingOf(knownWord(text)));
}

function settingOf(value: Word): { readonly key: string; readonly value: Word } {
  const equals = value.text.indexOf('=');
  return { key: (equals < 0 ? value.text : value.text.slice(0, equals)).toLowerCase(), value: sliceWord(value, equals < 0 ? value.text.length : equals + 1) };
}

function moved(folder: Folder, to: Word, analysis: Analysis): Folder {
  const path = textOf(to);
  if (path === undefined) return undefined;
  const expanded = path === '~' || path.startsWith('~/') ? (analysis.home === undefined ? undefined : analysis.home + path.slice(1)) : path;
  if (expanded === undefined) return undefined;
  return folder === undefined && !expanded.startsWith('/') ? undefined : joinPath(folder ?? '', expanded, analysis.world.platform);
}
