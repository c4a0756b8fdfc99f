import { hasOption, optionValue } from '../call.ts';
import type { Effect, RepositoryStake, TargetHint } from '../effect.ts';
import { isKnown, type Word } from '../shell/word.ts';
import type { GitCommand } from './command.ts';
import { gitEffect } from './effect.ts';

/** Remotes that put what they get into service. */
const deploying = /^(?:heroku|dokku|production|prod|live|scalingo|clever|piku)$|@heroku\.com|git\.heroku\.com/i;

const saferWay = 'Push to a new branch, and let a person replace the old one.';

/** What a push takes from the remote. https://git-scm.com/docs/git-push */
export function pushEffects(command: GitCommand): readonly Effect[] {
  const { call } = command;
  if (hasOption(call, '-n', '--dry-run')) return [];
  const [remote = optionValue(call, '--repo'), ...refs] = call.operands;
  const deleting = hasOption(call, '-d', '--delete');
  const removed = refs.filter((ref) => deleting || ref.text.startsWith(':')).map(destinationOf);
  const replaced = hasOption(call, '-f', '--force', '--force-with-lease', '--force-if-includes') ? refs.filter((ref) => !ref.text.startsWith(':')) : refs.filter((ref) => /(?:^|:)\+/.test(ref.text));
  const effects: Effect[] = [];
  if (hasOption(call, '--mirror', '--prune')) effects.push(mirrorEffect(command, remote));
  else if (replaced.length > 0 && !deleting) effects.push(...replaced.map((ref) => forceEffect(command, remote, destinationOf(ref))));
  else if (!deleting && hasOption(call, '-f', '--force', '--force-with-lease')) effects.push(forceEffect(command, remote, command.facts?.branch ?? ''));
  effects.push(...removed.map((name) => deleteEffect(command, remote, name)));
  if (effects.length === 0 && remote && deploying.test(remote.text)) effects.push(deployEffect(command, remote));
  return effects;
}

/** The name on the other side: the part after the colon. */
function destinationOf(ref: Word): string {
  const text = ref.text.replace(/^\+/, '');
  return text.slice(text.indexOf(':') + 1).replace(/^\+?refs\/(?:heads|tags)\//, '');
}

/** Without a remote in the command git finds it in its configuration, by the branch. */
function targetOf({ folder }: GitCommand, remote: Word | undefined, branch: string): TargetHint {
  const name = withoutCredentials(remote?.text ?? '');
  return { by: 'named', system: 'git', ...(name === '' ? {} : { name }), ...(branch === '' ? {} : { scope: branch }), ...(folder === undefined ? {} : { folder }) };
}

/** What the remote has at those names, or at any without one, is fetched first. Without the token of an address it may not be to be had, which is then said. */
function pushed(remote: Word | undefined, refs: readonly string[]): Omit<RepositoryStake, 'folder'> {
  return { push: { refs, ...(remote && isKnown(remote) ? { remote: withoutCredentials(remote.text) } : {}) } };
}

/** A remote may be given as a URL with a token in it. */
function withoutCredentials(remote: string): string {
  return remote.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
}

function forceEffect(command: GitCommand, remote: Word | undefined, branch: string): Effect {
  const shown = `${branch || 'the branch'} on ${withoutCredentials(remote?.text ?? '') || 'the remote'}`;
  const lease = hasOption(command.call, '--force-with-lease') && !hasOption(command.call, '-f', '--force');
  return gitEffect({
    id: 'push-force', verb: 'rewriteHistory', kind: 'remote branch', name: branch, saferWay, certainty: lease ? 'likely' : 'certain',
    why: `Replaces the history of ${shown}: commits that only others have are lost.`, target: targetOf(command, remote, branch), stake: pushed(remote, branch === '' ? [] : [branch]),
  }, command);
}

function mirrorEffect(command: GitCommand, remote: Word | undefined): Effect {
  const shown = withoutCredentials(remote?.text ?? '') || 'the remote';
  return gitEffect({
    id: 'push-mirror', verb: 'rewriteHistory', kind: 'remote repository', name: shown, saferWay,
    why: `Makes ${shown} the same as this repository: branches and tags that are only there are deleted.`, target: targetOf(command, remote, ''), stake: { ...pushed(remote, []), everyRef: true },
  }, command);
}

function deleteEffect(command: GitCommand, remote: Word | undefined, branch: string): Effect {
  return gitEffect({
    id: 'push-delete', verb: 'delete', kind: 'remote branch', name: branch, saferWay: 'Let a person delete it, after a look at what it holds.',
    why: `Deletes ${branch || 'a branch'} on ${withoutCredentials(remote?.text ?? '') || 'the remote'}.`, target: targetOf(command, remote, branch), stake: pushed(remote, branch === '' ? [] : [branch]),
  }, command);
}

function deployEffect(command: GitCommand, remote: Word): Effect {
  return gitEffect({
    id: 'push-deploy', verb: 'publish', kind: 'deployment', name: withoutCredentials(remote.text), certainty: 'likely', saferWay: 'Let a person deploy.',
    why: `Puts this code into service on ${withoutCredentials(remote.text)}.`, target: targetOf(command, remote, ''),
  }, command);
}
