import type { Environment, Verb } from '../effect.ts';
import type { Decision } from '../verdict.ts';
import type { BackupCommands } from './backups.ts';
import type { CountCommand } from './counts.ts';

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

/** An environment that somebody can name; what nobody can name counts as production. */
export type KnownEnvironment = Exclude<Environment, 'unknown'>;

export interface TableRow {
  readonly verbs: readonly Verb[];
  readonly severities: readonly Severity[];
  /** Absent: any. `production` covers what nobody can name. */
  readonly environments?: readonly KnownEnvironment[];
  /** Rules' tools (`terraform`) or whole rule ids (`terraform/destroy`). Absent: any. */
  readonly tools?: readonly string[];
  /** Globs of files and folders, each with all below; only effects on files can fit. A glob without a leading `/` fits at any depth. */
  readonly paths?: readonly string[];
  readonly decision: Decision;
  /** For `ask`: the person types the resource's name instead of clicking. */
  readonly typed?: boolean;
  /** Why, in words that a modal can print. */
  readonly because: string;
}

/** A row as it stands in a policy. */
export interface PolicyRow extends TableRow {
  readonly source: PolicySource;
  /** It can only make stricter what the other rows say, as a team's row always does: one of a file that cannot be read in full. */
  readonly tightens?: true;
  /** Absolute folder in which its globs are looked for. */
  readonly folder?: string;
}

/** A resource somebody has placed in an environment. */
export interface ResourceMapping {
  /** Exact name, id or host, or a glob. */
  readonly match: string;
  readonly environment: Environment;
}

/** What an allow rule is about: one command letter by letter, one resource of one rule, one operation of a tool, or one credential at one host. */
type AllowedAct =
  | { readonly command: string }
  /** A rule id, `terraform/destroy`, and the resource's exact name or a glob. */
  | { readonly rule: string; readonly resource: string }
  /** Both parts of a rule id. */
  | { readonly tool: string; readonly operation: string }
  /** The salted fingerprint of a known value, and the host it may be spent at. */
  | { readonly credential: string; readonly host: string };

/** What somebody answers for, so that nobody is asked. */
export type AllowRule = AllowedAct & {
  /** Absolute. For a command the folder it runs in; for the others one that holds that folder and every file concerned. Absent: anywhere. */
  readonly folder?: string;
  readonly owner: string;
  readonly reason: string;
  /** `2026-12-31`: the last day (UTC) on which it counts. */
  readonly expires?: string;
};

export type PolicyAllowRule = AllowRule & {
  readonly source: 'user' | 'managed';
  /** Its last day is over: it counts for nothing, and findings say so. */
  readonly expired?: true;
};

export type PolicySource = 'built-in' | 'user' | 'team' | 'managed';

export interface Policy {
  /** Of each source the first row that fits counts, and of all sources the strictest; the built-in rows only where no other says anything. */
  readonly table: readonly PolicyRow[];
  /** First match wins. */
  readonly resources: readonly ResourceMapping[];
  /** Mappings that can only make stricter what is otherwise known of a resource. */
  readonly raises: readonly ResourceMapping[];
  /** The tags of workspace folders, by absolute path. */
  readonly tags: readonly { readonly folder: string; readonly environment: Environment }[];
  readonly allow: readonly PolicyAllowRule[];
  /** Absolute paths no agent may write to: hook files, launcher, policy, journal, vault. */
  readonly guardPaths: readonly string[];
  /** Globs of files whose content no agent may see, on top of the built-in names; and of files that are fine to see. */
  readonly hiddenFiles: readonly string[];
  readonly clearFiles: readonly string[];
  /** How rows are counted before a person is asked; the first that fits. */
  readonly counts: readonly CountCommand[];
  /** What is backed up before something elsewhere is lost; the first that fits. */
  readonly backups: readonly BackupCommands[];
}
