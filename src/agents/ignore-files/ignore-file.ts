import type { HiddenPatterns } from '../../core/secrets/name-patterns.ts';

/** Ways in which an agent comes to see a file. */
export const accesses = ['index', 'mention', 'read', 'search', 'edit'] as const;
export type Access = (typeof accesses)[number];

/** A file of an agent that says which files it may not see. It is a first fence, never the guard. */
export interface IgnoreFile {
  readonly id: string;
  /** The agent. */
  readonly title: string;
  /** Relative to the workspace folder, with forward slashes. */
  readonly path: string;
  /** What its vendor says it binds. */
  readonly binds: readonly Access[];
  /** What a command in the terminal may do with the files all the same. There is no word for "held": none of them holds it. */
  readonly terminal: 'open' | 'partly open';
  /** What it does not hold, one plain sentence each; the terminal first. */
  readonly leaks: readonly string[];
  /** What a person has to do before it counts, if anything. */
  readonly needs?: string;
  /** Chosen beforehand where it is offered. */
  readonly usual: boolean;
  /** The vendor's page. */
  readonly docs: string;
  readonly form: Form;
}

/** How the rules are written into one kind of file. Every function throws `UnreadableConfig` where the file cannot be edited safely. */
export interface Form {
  /** The file's new text with our rules in it, all else byte for byte as it was; `text` is undefined where there is no file yet. */
  install(text: string | undefined, hidden: HiddenPatterns): string;
  /** The text without our rules; undefined where the file was ours alone and goes. */
  uninstall(text: string): string | undefined;
  /** `none`: nothing of ours. `stale`: our rules are those of another policy. */
  state(text: string, hidden: HiddenPatterns): 'none' | 'stale' | 'current';
}
