import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import { landingPlaces } from '../files/landing.ts';
import { guardChanges, pathEffects } from '../files/path-effects.ts';
import { count } from '../files/wording.ts';
import { own } from '../own.ts';
import { isFed, isKnown, type Word } from '../shell/word.ts';
import { readGit, type GitCommand } from './command.ts';
import { gitEffect } from './effect.ts';
import { hookEffects } from './hooks.ts';
import { aliasEffects, embeddedEffects } from './embedded.ts';
import { looksLikeFile, matching } from './pathspec.ts';
import { pushEffects } from './push.ts';
import { redirectEffects } from './redirect.ts';
import { discardEffects } from './uncommitted.ts';

type Operation = (command: GitCommand, analysis: Analysis) => readonly Effect[];

/** What each subcommand can lose; one that is not listed loses nothing. */
const operations: Readonly<Record<string, Operation>> = {
  reset: resetEffects,
  checkout: checkoutEffects,
  switch: switchEffects,
  restore: restoreEffects,
  'checkout-index': (command) => (hasOption(command.call, '-f', '--force') ? discardEffects(command, { id: 'checkout-index', specs: command.call.operands }) : []),
  'read-tree': (command) => (hasOption(command.call, '--reset') && hasOption(command.call, '-u') ? discardEffects(command, { id: 'read-tree', specs: [] }) : []),
  clean: cleanEffects,
  stash: stashEffects,
  branch: branchEffects,
  tag: tagEffects,
  'update-ref': (command) => (hasOption(command.call, '-d') ? [refEffect('update-ref', command.call.operands[0]?.text ?? '', command)] : []),
  push: pushEffects,
  remote: redirectEffects,
  config: redirectEffects,
  'send-email': sendEmailEffects,
  rm: removeEffects,
  mv: moveEffects,
  rebase: rebaseEffects,
  merge: abortEffects,
  'cherry-pick': abortEffects,
  revert: abortEffects,
  am: abortEffects,
  'filter-branch': (command) => [historyEffect('filter-branch', command)],
  'filter-repo': (command) => (hasOption(command.call, '--dry-run', '--analyze') ? [] : [historyEffect('filter-repo', command)]),
  reflog: reflogEffects,
  gc: (command) => (isEager(optionValue(command.call, '--prune')?.text) ? [pruneEffect('gc-prune', command)] : []),
  prune: (command) => (hasOption(command.call, '-n', '--dry-run') ? [] : [pruneEffect('prune', command)]),
  worktree: worktreeEffects,
  submodule: submoduleEffects,
};

/** Names under which git starts its subcommands as programs of their own. */
export const dashedPrograms: readonly string[] = Object.keys(operations).map((name) => `git-${name}`);

/** The effects of one call of git. */
export function gitEffects(call: Call, analysis: Analysis): readonly Effect[] {
  const command = readGit(call.invocation, analysis);
  if (!command) return [];
  const alias = aliasEffects(command, analysis);
  if (alias) return alias;
  const operation = hasOption(command.call, '-h') ? undefined : own(operations, command.subcommand);
  const found = operation?.(command, analysis) ?? [];
  return [...(operation && found.length === 0 ? suppliedOption(command) : found), ...hookEffects(command, analysis), ...guardEffectsOf(command, analysis), ...embeddedEffects(command, analysis)];
}

/** Where another program's output stands where an option may, nobody can say that it is not `--hard`, `--abort` or `-f`. */
function suppliedOption(command: GitCommand): readonly Effect[] {
  const { call } = command;
  const supplied = call.operands.some((word) => isFed(word) && word.holes[0]?.start === 0 && !call.afterDashes.includes(word));
  return supplied ? discardEffects(command, { id: 'supplied-option', specs: [], kept: true, saferWay: 'Put -- before the words another program supplies.' }) : [];
}

/** Subcommands that put files in the working tree or take them away. */
const changingFiles = new Set(['checkout', 'restore', 'rm', 'mv']);

/** Putting back an older guard file changes the guard as much as writing one. */
function guardEffectsOf(command: GitCommand, analysis: Analysis): readonly Effect[] {
  const { call, subcommand } = command;
  if (!changingFiles.has(subcommand) || hasOption(call, '--cached') || (hasOption(call, '-S', '--staged') && !hasOption(call, '-W', '--worktree'))) return [];
  const recursive = subcommand === 'rm' || subcommand === 'mv';
  return guardChanges(call.operands, { recursive }, { ...call.invocation, cwd: command.folder }, analysis);
}

function resetEffects(command: GitCommand): readonly Effect[] {
  const { call, facts } = command;
  if (!hasOption(call, '--hard', '--merge', '--keep')) return [];
  // With --keep git refuses where uncommitted changes would go.
  const discarded = hasOption(call, '--hard', '--merge') ? discardEffects(command, { id: 'reset-hard', specs: [] }) : [];
  const target = call.operands[0]?.text ?? 'HEAD';
  // Without git's word the loss of the working tree says it all.
  if (target === 'HEAD' || target === '@' || !facts || facts.unpushed === 0) return discarded;
  return [...discarded, gitEffect({
    id: 'reset-commits', verb: 'rewriteHistory', kind: 'commits', stake: {}, name: facts.branch ?? '', reversibility: 'recoverable', certainty: 'likely', saferWay: 'Keep a branch at the old place first: git branch backup.',
    why: facts.unpushed === undefined ? `Moves ${facts.branch ?? 'the branch'} to ${target}: commits no remote has leave it.` : `Moves ${facts.branch ?? 'the branch'} to ${target}: ${count(facts.unpushed, 'commit')} no remote has leave it.`,
  }, command)];
}

function checkoutEffects(command: GitCommand): readonly Effect[] {
  const { call, facts } = command;
  if (hasOption(call, '-p', '--patch') && !call.invocation.promptsAnswered) return [];
  if (hasOption(call, '-f', '--force') && call.afterDashes.length === 0) return discardEffects(command, { id: 'checkout-force', specs: [] });
  if (optionValue(call, '--pathspec-from-file')) return discardEffects(command, { id: 'checkout-paths', specs: [] });
  if (call.afterDashes.length > 0) return discardEffects(command, { id: 'checkout-paths', specs: call.afterDashes, untracked: call.operands.length > call.afterDashes.length });
  if (hasOption(call, '-B')) return [movedEffect(optionValue(call, '-B'), command)];
  if (hasOption(call, '-b', '--orphan', '--detach', '-t', '--track')) return [];
  const [first, ...rest] = call.operands;
  if (!first) return [];
  // Without `--` the first word may be a branch or a path.
  const isPath = namesFiles(first) || first.text === '.' || first.text.startsWith('./') || first.text.startsWith(':/') || (facts ? isKnown(first) && matching(facts.dirty, [first], command, facts).length > 0 : looksLikeFile(first) && !/^v?\d/.test(first.text));
  const specs = isPath ? call.operands : rest;
  return specs.length > 0 ? discardEffects(command, { id: 'checkout-paths', specs, untracked: !isPath }) : [];
}

/** A path as it stands: no pattern, and nothing that only the shell knows. */
function isPlain(word: Word): boolean {
  return isKnown(word) && word.globs.length === 0 && !/^:|[*?[]/.test(word.text);
}

/** Words another program supplies: those of `xargs`, and lists of files. */
function namesFiles(word: Word): boolean {
  return isFed(word) || (word.holes[0]?.start === 0 && /^(?:\$\(|`)\s*(?:git\s+(?:diff|ls-files|status)|find|fd|ls)\b/.test(word.text));
}

function switchEffects(command: GitCommand): readonly Effect[] {
  const { call } = command;
  if (hasOption(call, '-f', '--force', '--discard-changes')) return discardEffects(command, { id: 'switch-discard', specs: [] });
  return hasOption(call, '-C', '--force-create') ? [movedEffect(optionValue(call, '-C', '--force-create'), command)] : [];
}

/** A branch that exists is set to another place; what it held stays in the reflog. */
function movedEffect(branch: Word | undefined, command: GitCommand): Effect {
  const name = branch?.text ?? '';
  return gitEffect({ id: 'branch-move', verb: 'discard', kind: 'branch', stake: {}, name, reversibility: 'recoverable', certainty: 'likely', why: `Moves the branch ${name}, if there is one: commits that only it holds leave it.`, saferWay: 'Use a new name.' }, command);
}

/** Giving up a merge or rebase throws away the conflicts that were solved so far. */
function abortEffects(command: GitCommand): readonly Effect[] {
  return hasOption(command.call, '--abort') ? discardEffects(command, { id: 'abort', specs: [], kept: true, saferWay: 'Look at what was changed first: git diff.' }) : [];
}

function restoreEffects(command: GitCommand): readonly Effect[] {
  const { call } = command;
  if (hasOption(call, '-p', '--patch') && !call.invocation.promptsAnswered) return [];
  if (hasOption(call, '-S', '--staged') && !hasOption(call, '-W', '--worktree')) return [];
  const fromFile = optionValue(call, '--pathspec-from-file') !== undefined;
  return call.operands.length > 0 || fromFile ? discardEffects(command, { id: 'restore', specs: fromFile ? [] : call.operands, untracked: optionValue(call, '-s', '--source') !== undefined }) : [];
}

function cleanEffects(command: GitCommand, analysis: Analysis): readonly Effect[] {
  const { call, facts } = command;
  const forced = hasOption(call, '-f', '--force') || command.settings.some(({ key, value }) => key === 'clean.requireforce' && /^(?:false|no|0|off)$/i.test(value.text)) || (hasOption(call, '-i', '--interactive') && call.invocation.promptsAnswered);
  if (!forced || hasOption(call, '-n', '--dry-run') || !command.inRepository) return [];
  const saferWay = 'Look at the list first: git clean -n, or put the files aside with git stash -u.';
  const ignoredToo = hasOption(call, '-x', '-X');
  const name = call.operands.map((word) => word.text).join(', ');
  if (!facts) {
    return [gitEffect({ id: 'clean', verb: 'delete', kind: 'untracked files', stake: { files: ignoredToo ? 'ignored' : 'untracked' }, name, saferWay, certainty: 'likely', why: `Deletes every untracked file${name ? ` in ${name}` : ''}${ignoredToo ? ', and those git ignores such as .env' : ''}. Git has no copy of them.` }, command)];
  }
  // Folders that hold nothing, and names that are not UTF-8, are in no list of files.
  const stake = { files: ignoredToo ? ('ignored' as const) : ('untracked' as const), ...(call.operands.length > 0 && call.operands.every(isPlain) ? { below: call.operands.map((word) => joinPath(command.folder ?? facts.root, word.text)) } : {}) };
  const excluded = new Set((call.options.get('-e') ?? []).concat(call.options.get('--exclude') ?? []).map((word) => word?.text.replace(/^\/|\/$/g, '')));
  const untracked = hasOption(call, '-X') ? [] : matching(facts.untracked, call.operands, command, facts).filter((path) => !path.split('/').some((part) => excluded.has(part)));
  const ignored = ignoredToo ? (analysis.world.losses(call.operands.length > 0 && call.operands.every(isKnown) ? call.operands.map((word) => joinPath(command.folder ?? facts.root, word.text)) : [facts.root])?.ignored ?? 1) : 0;
  if (untracked.length + ignored === 0 && !facts.truncated) return [];
  const parts = [...(untracked.length > 0 || facts.truncated ? [`${facts.truncated ? 'more than ' : ''}${count(untracked.length, 'untracked file')}`] : []), ...(ignored > 0 ? [`${count(ignored, 'file')} that git ignores`] : [])];
  return [gitEffect({
    id: 'clean', verb: 'delete', kind: 'untracked files', stake, name: untracked.length > 0 && untracked.length <= 3 ? untracked.join(', ') : name, saferWay,
    why: `Deletes ${parts.join(' and ')}. Git has no copy of them.`, paths: untracked.map((path) => joinPath(facts.root, path)),
  }, command)];
}

/** True where the text may put work aside before it throws it away. */
function stashesFirst({ action }: Analysis): boolean {
  return action.tool !== 'shell' || action.command.indexOf('stash') !== action.command.lastIndexOf('stash');
}

function stashEffects(command: GitCommand, analysis: Analysis): readonly Effect[] {
  const { call, facts } = command;
  const [what, which] = call.operands;
  if (what?.text !== 'drop' && what?.text !== 'clear') return [];
  // Work that is there now may be stashed earlier in the same line.
  if (!command.inRepository || (facts && facts.stashes + facts.dirty.length + facts.untracked.length === 0)) return [];
  const all = what.text === 'clear';
  const stashes = facts && facts.stashes > 0 ? count(facts.stashes, 'stash').replace(/stashs$/, 'stashes') : 'all stashes';
  return [gitEffect({
    id: all ? 'stash-clear' : 'stash-drop', verb: 'discard', kind: 'stash', stake: stashesFirst(analysis) ? { files: 'untracked' } : {}, name: which?.text ?? (all ? 'all' : 'stash@{0}'), certainty: facts?.stashes === 0 ? 'likely' : 'certain',
    why: all ? `Throws away ${stashes}: work that is kept nowhere else.` : `Throws away ${which?.text ?? 'the last stash'}: work that is kept nowhere else.`, saferWay: 'Bring it back first with git stash apply, or make a branch of it: git stash branch.',
  }, command)];
}

function branchEffects(command: GitCommand): readonly Effect[] {
  const { call } = command;
  if (hasOption(call, '-r', '--remotes')) return [];
  const deletes = hasOption(call, '-D') || (hasOption(call, '-d', '--delete') && hasOption(call, '-f', '--force'));
  if (deletes) return call.operands.map((word) => refEffect('branch-delete', word.text, command));
  const [branch, start] = call.operands;
  if (!branch) return [];
  if (!hasOption(call, '-d', '--delete', '-l', '--list') && mayBeOptions(branch)) return [gitEffect({ id: 'branch-unknown', verb: 'runUnknown', kind: 'branch', name: branch.text, certainty: 'unknown', why: `Hands git branch words that only ${branch.text} knows, which may delete or move branches.`, saferWay: 'Quote it, or write -- before it.' }, command)];
  // Git refuses where commits would go with it.
  if (hasOption(call, '-d', '--delete')) return [gitEffect({ id: 'branch-merged', verb: 'delete', kind: 'branch', stake: { records: 'reflog' }, name: call.operands.map((word) => word.text).join(', '), reversibility: 'recoverable', why: 'Deletes a branch whose commits are on another one, and the record of where it was.', saferWay: 'Keep it until the work is released.' }, command)];
  const forced = hasOption(call, '-f', '--force');
  if (hasOption(call, '-M', '-C') || (forced && hasOption(call, '-m', '--move', '-c', '--copy'))) return [movedEffect(call.operands.at(-1), command)];
  if (!forced) return [];
  return [gitEffect({ id: 'branch-force', verb: 'rewriteHistory', kind: 'branch', stake: {}, name: branch.text, reversibility: 'recoverable', why: `Moves ${branch.text} to ${start?.text ?? 'HEAD'}: commits that only it holds leave it.`, saferWay: 'Make a new branch.' }, command)];
}

/** True for the output of a command that becomes words of its own, options among them. */
function mayBeOptions({ holes }: Word): boolean {
  return holes.some(({ start, splits }) => start === 0 && splits === true);
}

/** https://git-scm.com/docs/git-send-email */
function sendEmailEffects(command: GitCommand): readonly Effect[] {
  const { call } = command;
  if (hasOption(call, '--dry-run', '--dump-aliases')) return [];
  const to = optionValue(call, '--to', '--cc')?.text ?? '';
  return [gitEffect({ id: 'send-email', verb: 'publish', kind: 'mail', name: to, why: `Mails patches to ${to || 'the list'}, which cannot be taken back.`, saferWay: 'Look at them first: git send-email --dry-run.', target: { by: 'named', system: 'mail' } }, command)];
}

function refEffect(id: string, name: string, command: GitCommand): Effect {
  const shown = name.replace(/^refs\/(?:heads|tags)\//, '');
  return gitEffect({ id, verb: 'delete', kind: 'branch', stake: { records: 'reflog', tags: true }, name: shown, why: `Deletes ${shown || 'a branch'} even if its commits are nowhere else.`, saferWay: 'Use git branch -d, which refuses to delete commits that are nowhere else.' }, command);
}

function tagEffects(command: GitCommand): readonly Effect[] {
  if (!hasOption(command.call, '-d', '--delete')) return [];
  const name = command.call.operands.map((word) => word.text).join(', ');
  return name === '' ? [] : [gitEffect({ id: 'tag-delete', verb: 'delete', kind: 'tag', stake: { tags: true }, name, reversibility: 'recoverable', why: `Deletes the tag ${name} in this repository.`, saferWay: 'Make a new tag with another name.' }, command)];
}

/** `git rm` itself refuses to delete changed files unless forced. */
function removeEffects(command: GitCommand): readonly Effect[] {
  const { call, facts } = command;
  if (hasOption(call, '--cached', '-n', '--dry-run') || !command.inRepository) return [];
  const specs: readonly Word[] = call.operands;
  if (specs.length === 0) return [];
  const name = specs.map((word) => word.text).join(', ');
  const saferWay = 'Use git rm --cached, which leaves the files on disk.';
  const ignoreFile = specs.some((word) => /^(?:\.|\*|:\/|(?:\.\/)?\.gitignore)$/.test(word.text)) ? { ignoreFile: true as const } : {};
  if (!hasOption(call, '-f', '--force')) return [gitEffect({ id: 'rm', verb: 'delete', kind: 'tracked files', stake: ignoreFile, name, reversibility: 'recoverable', why: `Deletes ${name}; git has a copy.`, saferWay }, command)];
  const dirty = facts ? matching(facts.dirty, specs, command, facts) : undefined;
  const kept = dirty ? dirty.length === 0 : specs.every(looksLikeFile);
  return [gitEffect({
    id: 'rm', verb: 'delete', kind: 'tracked files', stake: facts ? ignoreFile : { ...ignoreFile, files: 'changed' }, name, reversibility: kept ? 'recoverable' : 'irreversible', saferWay,
    why: dirty && dirty.length > 0 ? `Deletes ${name}, uncommitted changes in ${count(dirty.length, 'file')} included.` : `Deletes ${name} from the working tree.`,
    ...(dirty && facts ? { paths: dirty.map((path) => joinPath(facts.root, path)) } : {}),
  }, command)];
}

/** Rebased commits stay in the reflog, and git refuses while there is uncommitted work; rewriting from the very first commit is not an everyday thing. */
function rebaseEffects(command: GitCommand): readonly Effect[] {
  return hasOption(command.call, '--root') ? [historyEffect('rebase-root', command, 'recoverable')] : abortEffects(command);
}

function historyEffect(id: string, command: GitCommand, reversibility: 'irreversible' | 'recoverable' = 'irreversible'): Effect {
  return gitEffect({ id, verb: 'rewriteHistory', kind: 'git history', stake: id === 'rebase-root' ? {} : { everyRef: true }, name: command.facts?.branch ?? '', reversibility, why: 'Rewrites every commit it touches: the old ones leave the repository and no longer fit anybody’s copy.', saferWay: 'Do it in a fresh clone.' }, command);
}

/** Without force git refuses to replace a file. */
function moveEffects(command: GitCommand, analysis: Analysis): readonly Effect[] {
  const { call } = command;
  const destination = call.operands.at(-1);
  if (!destination || !hasOption(call, '-f', '--force') || hasOption(call, '-n', '--dry-run')) return [];
  const place = { ...call.invocation, cwd: command.folder };
  const replaced = landingPlaces({ sources: call.operands.slice(0, -1), destination }, place, analysis);
  return pathEffects(replaced, { verb: 'overwrite', recursive: false, rule: 'git/mv', docs: 'https://git-scm.com/docs/git-mv', saferWay: 'Leave out --force.' }, place, analysis);
}

/** True for a date that spares nothing of the last day; git's own are weeks. https://git-scm.com/docs/git-gc */
function isEager(date: string | undefined): boolean {
  return date !== undefined && !/^(?:never|false|\d+[. ]?(?:days?|weeks?|months?|years?)(?:[. ]ago)?)$/i.test(date);
}

function reflogEffects(command: GitCommand): readonly Effect[] {
  const { call } = command;
  const what = call.operands[0]?.text;
  if ((what !== 'expire' && what !== 'delete') || hasOption(call, '-n', '--dry-run')) return [];
  // Without a date only what git would let go anyway expires.
  if (what === 'expire' && !isEager(optionValue(call, '--expire')?.text) && !isEager(optionValue(call, '--expire-unreachable')?.text)) return [];
  return [gitEffect({ id: 'reflog-expire', verb: 'delete', kind: 'reflog', stake: { records: 'reflog' }, name: call.operands.slice(1).map((word) => word.text).join(', '), why: 'Deletes git’s record of earlier states. This removes the way back from a bad reset or rebase.', saferWay: 'Leave it: git expires old entries by itself.' }, command)];
}

function pruneEffect(id: string, command: GitCommand): Effect {
  return gitEffect({ id, verb: 'delete', kind: 'unreachable commits', stake: { records: 'objects', tags: true }, name: '', why: 'Deletes commits no branch holds any more, those of dropped stashes and resets included. This removes the way back.', saferWay: 'Run git gc without --prune, which keeps two weeks.' }, command);
}

function worktreeEffects(command: GitCommand, analysis: Analysis): readonly Effect[] {
  const { call } = command;
  const [what, ...paths] = call.operands;
  // Without force git refuses where there is uncommitted work.
  if (what?.text !== 'remove' || !hasOption(call, '-f', '--force')) return [];
  return pathEffects(paths, { verb: 'delete', recursive: true, rule: 'git/worktree-remove', docs: 'https://git-scm.com/docs/git-worktree', saferWay: 'Leave out --force, so that git refuses where work would be lost.' }, { ...call.invocation, cwd: command.folder }, analysis);
}

function submoduleEffects(command: GitCommand): readonly Effect[] {
  const { call } = command;
  const [what, ...paths] = call.operands;
  if ((what?.text !== 'deinit' && what?.text !== 'update') || !hasOption(call, '-f', '--force')) return [];
  const name = paths.map((word) => word.text).join(', ');
  const effect = gitEffect({ id: `submodule-${what.text}`, verb: 'discard', kind: 'uncommitted changes', stake: {}, name, certainty: 'likely', why: `Throws away changes made inside ${name || 'every submodule'}.`, saferWay: 'Leave out --force, so that git refuses where work would be lost.' }, command);
  const { folder, facts } = command;
  const named = folder === undefined ? [] : paths.filter((word) => isKnown(word) && word.text !== '.').map((word) => joinPath(folder, word.text));
  if (named.length === 0) return [effect];
  // A submodule that is taken out of use goes from the configuration too.
  return [{ ...effect, paths: what.text === 'deinit' && facts ? [...named, joinPath(facts.root, '.git/config')] : named, recursive: true }];
}
