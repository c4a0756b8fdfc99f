import type { Analysis } from '../analysis.ts';
import { hasOption } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import { isSink } from '../files/places.ts';
import type { GitCommand } from './command.ts';
import { gitEffect } from './effect.ts';

/** Subcommands that run the project's hooks. https://git-scm.com/docs/githooks */
const runningHooks = new Set(['commit', 'push', 'merge', 'rebase', 'cherry-pick', 'am', 'pull', 'checkout', 'switch']);
/** Variables that switch hook managers off. https://typicode.github.io/husky/how-to.html#skipping-git-hooks, https://lefthook.dev/usage/env.html */
const switches = ['HUSKY', 'LEFTHOOK'];
const saferWay = 'Let the checks run, and mend what they find.';

/**
 * A project's own checks being passed by or switched off. They guard the code, not this machine, and all of it can be
 * put back: so it is kept and told, and interrupts nobody.
 */
export function hookEffects(command: GitCommand, analysis: Analysis): readonly Effect[] {
  if (command.subcommand === 'config') return settingEffects(command);
  const way = runningHooks.has(command.subcommand) ? wayAround(command, analysis) : undefined;
  if (way === undefined) return [];
  return [gitEffect({ id: 'skip-hooks', verb: 'discard', kind: 'project checks', name: way, reversibility: 'recoverable', saferWay, page: command.subcommand, why: `Does a ${command.subcommand} without the checks this project runs first (${way}).` }, command)];
}

/** The words that keep the hooks from running. */
function wayAround({ call, subcommand, settings }: GitCommand, { action }: Analysis): string | undefined {
  if (hasOption(call, '--no-verify')) return '--no-verify';
  // For push `-n` is a dry run, for merge it hides the summary.
  if (subcommand === 'commit' && hasOption(call, '-n')) return '-n';
  const path = settings.findLast(({ key }) => key === 'core.hookspath');
  if (path && isNowhere(path.value.text)) return 'core.hooksPath';
  // What the whole action's environment holds already is the person's own.
  const variable = switches.find((name) => /^(?:0|false)$/.test(call.invocation.env[name] ?? '') && action.env[name] === undefined);
  return variable && `${variable}=${call.invocation.env[variable]}`;
}

/** `git config core.hooksPath /dev/null`, `git config --unset core.hooksPath`. https://git-scm.com/docs/git-config */
function settingEffects(command: GitCommand): readonly Effect[] {
  const { call, facts } = command;
  const words = call.operands.map((word) => word.text);
  const unset = hasOption(call, '--unset', '--unset-all') || words[0] === 'unset';
  const at = words.findIndex((word) => word.toLowerCase() === 'core.hookspath');
  const value = words[at + 1];
  if (at < 0 || (!unset && (value === undefined || !isNowhere(value)))) return [];
  return [gitEffect({
    id: 'hooks-off', verb: 'overwrite', kind: 'git settings', name: 'core.hooksPath', reversibility: 'recoverable', certainty: 'likely', saferWay, page: 'config',
    why: 'Switches off the checks this project runs before a commit or push.', ...(facts ? { paths: [joinPath(facts.root, '.git/config')] } : {}),
  }, command)];
}

/** A folder that holds no hooks. */
function isNowhere(path: string): boolean {
  return path.trim() === '' || isSink(path);
}
