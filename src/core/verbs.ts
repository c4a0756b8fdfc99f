import type { Verb } from './effect.ts';
import { own } from './own.ts';

/**
 * The verb rule: names of operations nobody has listed are judged by the verb in them. It holds API operations,
 * mutations, subcommands and MCP tools alike.
 */

/** Words that name the loss of something, with what they do. */
const destructive: Readonly<Record<string, Verb>> = {
  delete: 'delete', del: 'delete', deletes: 'delete', destroy: 'delete', remove: 'delete', rm: 'delete', erase: 'delete', wipe: 'delete', purge: 'delete',
  prune: 'delete', expunge: 'delete', obliterate: 'delete', nuke: 'delete', shred: 'delete', unlink: 'delete', uninstall: 'delete', trash: 'delete',
  deprovision: 'delete', decommission: 'delete', deregister: 'delete', rmdir: 'delete', rmtree: 'delete', bulkdelete: 'delete',
  drop: 'drop', dropdb: 'drop', truncate: 'truncate', flush: 'truncate', flushall: 'truncate', flushdb: 'truncate', empty: 'truncate', clear: 'truncate',
  reset: 'discard', discard: 'discard', terminate: 'stop', kill: 'stop', shutdown: 'stop', revoke: 'revoke', invalidate: 'revoke', unpublish: 'revoke',
  format: 'delete', overwrite: 'overwrite',
};

/** Destructive only with a weighty noun: these are as often said of a label or a screen. */
const weak: ReadonlySet<string> = new Set(['remove', 'rm', 'clear', 'reset', 'flush', 'empty', 'discard', 'del', 'trash', 'unlink', 'kill', 'format', 'invalidate', 'overwrite', 'drop']);

/** Nouns whose removal or reset nobody mourns. */
const light: ReadonlySet<string> = new Set([
  'cache', 'caches', 'console', 'terminal', 'screen', 'display', 'canvas', 'filter', 'filters', 'selection', 'selections', 'cursor', 'highlight', 'highlights',
  'breakpoint', 'breakpoints', 'label', 'labels', 'reaction', 'reactions', 'reviewer', 'reviewers', 'assignee', 'assignees', 'watcher', 'watchers', 'listener', 'listeners',
  'timer', 'timeout', 'interval', 'zoom', 'viewport', 'scroll', 'focus', 'style', 'styles', 'class', 'attribute', 'whitespace', 'duplicate', 'duplicates', 'prefix',
  'suffix', 'formatting', 'layout', 'counter', 'notification', 'notifications', 'badge', 'favorite', 'bookmark', 'star', 'view', 'context', 'buffer', 'code', 'text', 'document', 'date', 'number',
  'todo', 'todos', 'breadcrumb', 'breadcrumbs',
]);

/** Words that only look. */
export const readVerbs: ReadonlySet<string> = new Set([
  'get', 'list', 'read', 'show', 'describe', 'search', 'find', 'fetch', 'query', 'view', 'inspect', 'count', 'check', 'status', 'explain', 'lookup', 'browse',
  'preview', 'validate', 'verify', 'analyze', 'analyse', 'diff', 'compare', 'lint', 'ls', 'cat', 'head', 'tail', 'help', 'info', 'whoami', 'ping', 'watch', 'print',
  'plan', 'simulate', 'summarize', 'retrieve', 'select', 'exists', 'is', 'has', 'can', 'should', 'count', 'estimate', 'poll', 'wait',
]);

/** Words that make or change something without losing it. */
const makingVerbs: ReadonlySet<string> = new Set(['create', 'add', 'new', 'insert', 'make', 'set', 'update', 'edit', 'rename', 'enable', 'register', 'open', 'send', 'post', 'import', 'export', 'download', 'upload', 'copy', 'restore', 'undelete', 'undo', 'schedule', 'request', 'prevent', 'protect', 'cancel', 'mark']);

/** The words of an identifier in lower case: `volumeInstanceDelete`, `volume-instance-delete`, `volume_instance.delete`. */
export function wordsOfName(name: string): readonly string[] {
  return name
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** A name whose verb means a loss, taken apart. */
export interface DestructiveName {
  /** The word found in the name, e.g. `purge`. */
  readonly word: string;
  readonly verb: Verb;
  /** The rest of the name in plain words, e.g. `volume backup`; empty where nothing is left. */
  readonly noun: string;
}

/**
 * The destructive verb an operation's name is about, or undefined where it reads, makes or changes.
 * The verb stands first (`delete_volume`), last (`volumeDelete`) or after a prefix (`railway_delete_volume`).
 */
export function destructiveName(name: string): DestructiveName | undefined {
  const words = wordsOfName(name);
  const at = positionOfVerb(words);
  const word = words[at];
  const verb = word === undefined ? undefined : own(destructive, word);
  if (word === undefined || verb === undefined) return undefined;
  const others = words.filter((_, index) => index !== at);
  if (weak.has(word) && others.some((noun) => light.has(noun))) return undefined;
  // `delete-protection` is what one switches on.
  if (others[0] === 'protection' && (others.length === 1 || /^(?:enable|disable|on|off)$/.test(others[1] ?? ''))) return undefined;
  return { word, verb, noun: others.filter((noun) => noun !== 'by' && noun !== 'id').join(' ') };
}

/** What an operation of that name does, where its verb means a loss. */
export function destructiveVerb(name: string): Verb | undefined {
  return destructiveName(name)?.verb;
}

function positionOfVerb(words: readonly string[]): number {
  const isDestructive = (word: string | undefined): boolean => word !== undefined && Object.hasOwn(destructive, word);
  if (isDestructive(words[0])) return 0;
  const joined = words.findIndex((word, index) => (word === 'and' || word === 'or' || word === 'then') && isDestructive(words[index + 1]));
  if (joined >= 0) return joined + 1;
  const last = words.length - 1;
  // `listDelete` deletes a list, `getDelete` would be an odd name for a read.
  if (isDestructive(words[last])) return last;
  const first = words.findIndex((word) => isDestructive(word) || readVerbs.has(word) || makingVerbs.has(word));
  return isDestructive(words[first]) ? first : -1;
}

/** True when the name's first verb only looks and nothing in it destroys. */
export function isReadName(name: string): boolean {
  if (destructiveVerb(name)) return false;
  const verb = wordsOfName(name).find((word) => readVerbs.has(word) || makingVerbs.has(word));
  return verb !== undefined && readVerbs.has(verb);
}
