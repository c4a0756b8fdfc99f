import type { Environment, Verb } from '../effect.ts';
import type { Decision } from '../verdict.ts';

/** How bad a loss is, which together with the verb picks the row of the table. */
export type Severity =
  /** Build output, caches, installed packages, own temporary files. */
  | 'regenerable'
  /** On this machine, and all of it is in git or will be in the vault. */
  | 'local-recoverable'
  | 'local-lost'
  | 'staging'
  /** Production, or a target nobody could name. */
  | 'production'
  /** A whole disk, home, root or drive. */
  | 'everything';

export interface TableRow {
  readonly verbs: readonly Verb[];
  readonly severities: readonly Severity[];
  readonly decision: Decision;
  /** For `ask`: the person types the resource's name instead of clicking. */
  readonly typed?: boolean;
  /** Why, in words that a modal can print. */
  readonly because: string;
}

/** A resource somebody has placed in an environment. */
export interface ResourceMapping {
  /** Exact name, id or host, or a glob. */
  readonly match: string;
  readonly environment: Environment;
}

export type PolicySource = 'built-in' | 'user' | 'team' | 'managed';

export interface Policy {
  /** First matching row wins. */
  readonly table: readonly (TableRow & { readonly source: PolicySource })[];
  readonly resources: readonly ResourceMapping[];
  /** The tags of workspace folders, by absolute path. */
  readonly tags: readonly { readonly folder: string; readonly environment: Environment }[];
  /** Absolute paths no agent may write to: hook files, launcher, policy, journal, vault. */
  readonly guardPaths: readonly string[];
  /** Globs of files whose content no agent may see, on top of the built-in names; and of files that are fine to see. */
  readonly hiddenFiles: readonly string[];
  readonly clearFiles: readonly string[];
}
