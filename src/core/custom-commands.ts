import type { Call } from './call.ts';
import type { Effect, TargetHint } from './effect.ts';
import type { Rule } from './rule.ts';
import { textOf, type Word } from './shell/word.ts';
import { destructiveName, wordsOfName } from './verbs.ts';

/** Verbs that are seldom said of anything but data. */
const weighty: ReadonlySet<string> = new Set(['delete', 'clear', 'empty', 'destroy', 'purge', 'wipe', 'drop', 'truncate', 'erase', 'nuke', 'obliterate', 'expunge', 'flush', 'reset']);
/** What frameworks' own commands clear all the time, and what only ends by itself. */
const passing = /^(?:cache|caches|tmp|temp|log|logs|session|sessions|asset|assets|test|tests|expired|old|stale|token|tokens|cookie|cookies|password|passwords|view|views|route|routes|config|opcache|pool|queue|metadata)$/;

/**
 * A command that a project adds to its framework, such as `manage.py purge_customers`, judged by its name: its code is
 * found only by running it.
 */
export function customCommandEffects(word: Word | undefined, call: Call, { tool, title, docs }: Pick<Rule, 'tool' | 'title' | 'docs'>, target: TargetHint): readonly Effect[] {
  const name = textOf(word);
  const found = name === undefined ? undefined : destructiveName(name);
  if (name === undefined || !found || !weighty.has(found.word) || found.noun === '' || wordsOfName(name).some((part) => passing.test(part))) return [];
  const { env, span } = call.invocation;
  return [{
    verb: found.verb, resource: { kind: 'data', name: found.noun, provider: title }, reversibility: 'irreversible', certainty: 'likely', rule: `${tool}/custom-command`,
    why: `Runs ${name}, a command of this project that by its name cannot be undone.`, saferWay: 'Read what the command does first.', target, env, docs, ...(span ? { span } : {}),
  }];
}
