/** What an action would do to which resource: the form everything is reduced to before it is decided. */

export type Verb =
  | 'delete'
  | 'overwrite'
  | 'drop'
  | 'truncate'
  /** uncommitted work is thrown away */
  | 'discard'
  | 'rewriteHistory'
  | 'revoke'
  | 'stop'
  | 'publish'
  /** a secret or data leaves for somewhere it does not belong */
  | 'expose'
  /** a known secret's value is spent as a credential */
  | 'useCredential'
  | 'readSecret'
  /** code nobody could look into */
  | 'runUnknown'
  | 'weakenGuard';

/** `recoverable`: everything lost is still in git or will be in the vault. */
export type Reversibility = 'reversible' | 'recoverable' | 'irreversible';
export type Certainty = 'certain' | 'likely' | 'unknown';
export type Environment = 'production' | 'staging' | 'development' | 'local' | 'unknown';

/** A half-open range of UTF-16 offsets in the action's own text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Resource {
  /** A noun a person would use: `volume`, `table`, `namespace`, `folder`, `uncommitted changes`. */
  readonly kind: string;
  /** The name the person knows it by; empty where the action does not say. */
  readonly name: string;
  /** Who keeps it: `railway`, `kubernetes`, `local files`, … */
  readonly provider?: string;
}

/** What a command says of the database connection it wants. What it leaves out the tool takes from its own files and variables. */
export interface ConnectionHints {
  /** URL, connection string, host or file. */
  readonly url?: string;
  /** Name of the database on its server. */
  readonly database?: string;
  /** Configuration file, or folder, the tool is told to read. */
  readonly config?: string;
  /** Environment the tool is told to run in: `--env`. */
  readonly environment?: string;
  /** One of several connections of its configuration, or the variable that holds it. */
  readonly section?: string;
  /** Dotenv file the tool is told to read. */
  readonly envFile?: string;
  /** Variables set among the words: `rake db:drop RAILS_ENV=production`. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface DatabaseTarget extends ConnectionHints {
  readonly by: 'database';
  /** The place whose machine the tool itself runs on. */
  readonly within?: NamedHint;
  /** The tool whose way of finding its connection the environment room knows. */
  readonly tool: string;
  readonly folder: string;
}

/** Where to look for the environment of an effect's target; the environment room turns it into an `Environment`. */
export type TargetHint =
  /** On this machine's disk. */
  | { readonly by: 'path' }
  /** A network host, or a URL or connection string naming one. */
  | { readonly by: 'host'; readonly host: string; /** A login to the machine itself: a bare name is then an alias of the person's, not a service of a compose file. */ readonly login?: boolean; /** The file that says what an alias stands for, where it is not the person’s own. */ readonly config?: string }
  /** The database an ORM or client would load from its configuration in `folder`. */
  | DatabaseTarget
  /**
   * A context, profile, workspace, project or environment named by the tool; `name` absent means its current one.
   * `scope`: a part of it, such as a namespace. `folder`: where the tool looks for its configuration.
   */
  | NamedHint;

export interface NamedHint {
  readonly by: 'named';
  readonly system: string;
  /** The program that was called, where several share a system: `podman`, `awslocal`. */
  readonly program?: string;
  readonly name?: string;
  /** The option or variable that gave the name: `--context`. */
  readonly from?: string;
  readonly scope?: string;
  readonly folder?: string;
  /** True on another machine or in a container: what is configured here says nothing of it. */
  readonly distant?: true;
  /** What else the command says of the place, by the name its placer knows it by: `{ kubeconfig: ['/tmp/k'] }`. A plain flag has an empty text. */
  readonly settings?: Readonly<Record<string, readonly string[]>>;
}

/** What of a git repository an effect takes that lies in no path: refs, stashes, index, what a remote has. The vault holds on to it first. */
export interface RepositoryStake {
  /** Absolute folder of the working tree, or the repository itself. */
  readonly folder: string;
  /** Files that no commit holds go too, beside those the paths name: changed ones, also untracked ones, or also those git ignores. */
  readonly files?: 'changed' | 'untracked' | 'ignored';
  /** The list of what git ignores goes: what it ignored is untracked from then on. */
  readonly ignoreFile?: true;
  /** Absolute paths; untracked and ignored files elsewhere stay. */
  readonly below?: readonly string[];
  /** The reflog goes, and with it the way back to what only it holds; `objects`: what nothing points to goes as well. */
  readonly records?: 'reflog' | 'objects';
  /** Annotated tags lose their name. */
  readonly tags?: true;
  /** Every ref is rewritten or sent, hidden ones too. */
  readonly everyRef?: true;
  /** Refs of a remote are replaced or removed: these, or without any every branch and tag. `remote` absent: the one git pushes to. */
  readonly push?: { readonly remote?: string; readonly refs: readonly string[] };
}

export interface Effect {
  readonly verb: Verb;
  readonly resource: Resource;
  readonly reversibility: Reversibility;
  readonly certainty: Certainty;
  /** `<tool>/<operation>`, unique among all rules. */
  readonly rule: string;
  /** What would be lost, as one plain sentence that can open a modal. */
  readonly why: string;
  readonly saferWay?: string;
  readonly span?: Span;
  readonly target: TargetHint;
  /** The environment in which the command itself would run (env prefixes included), for finding the target. */
  readonly env?: Readonly<Record<string, string>>;
  /** Absolute local paths that would be lost or replaced. */
  readonly paths?: readonly string[];
  readonly repository?: RepositoryStake;
  /** True when the paths are removed with everything below them. */
  readonly recursive?: boolean;
  /** A whole disk, home, root or drive. */
  readonly everything?: boolean;
  /** Can be made again by a build or an install: build output, caches, installed packages, own temporary files. */
  readonly regenerable?: boolean;
  /** For `useCredential`: the known value, by its salted fingerprint, and the only host it is spent at. Absent where it may go elsewhere too. */
  readonly spent?: { readonly credential: string; readonly host: string };
  /** Page of the tool's documentation that says so. */
  readonly docs?: string;
}

/** An effect whose target's environment has been looked up. */
export interface LocatedEffect extends Effect {
  readonly environment: Environment;
  /** What it would belong to without a word that only tightens: it is judged as these too, and the strictest counts. */
  readonly also?: readonly Environment[];
  /** Why the environment is believed to be that, one plain clause each, for the modal. */
  readonly evidence: readonly string[];
}
