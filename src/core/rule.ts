import type { Analysis } from './analysis.ts';
import type { Certainty, Effect, Reversibility, Verb } from './effect.ts';
import type { Call } from './call.ts';

/** Where the name of the affected resource is read from. Tried in order; the first that gives one wins. */
export type NameSource =
  /** The n-th operand after the operation's own words, from 0. */
  | { readonly operand: number }
  /** All operands after the operation's own words, joined. */
  | { readonly operands: 'all' }
  /** The value of the first of these options that is given. */
  | { readonly option: readonly string[] }
  | { readonly variable: string }
  /** The variables it sets on which data hangs, without their values. */
  | { readonly dataVariables: true }
  | { readonly text: string };

/** Where the environment of the affected resource is named. */
export type TargetSource = NamedTarget | DatabaseSource;

export interface NamedTarget {
  /** The system that keeps the names, e.g. `kubernetes`, `terraform`, `railway`. */
  readonly system: string;
  readonly option?: readonly string[];
  readonly variable?: readonly string[];
  /** Options that name a part of it, such as a namespace. */
  readonly scope?: readonly string[];
  /** Other options its placer asks for, by the name it knows them by: `{ kubeconfig: ['--kubeconfig'] }`. */
  readonly settings?: Readonly<Record<string, readonly string[]>>;
}

export interface DatabaseSource {
  /** The tool whose way of finding its connection the environment room knows; without one only a connection in the command counts. */
  readonly database: string;
  /** Options that name the connection. */
  readonly option?: readonly string[];
  /** The n-th operand names the connection, the operation's own words included. */
  readonly operand?: number;
  /** Options that name the configuration file, or its folder. */
  readonly config?: readonly string[];
  /** Options that name the environment the tool runs in. */
  readonly environment?: readonly string[];
  /** Options that name one of several connections. */
  readonly section?: readonly string[];
  /** Options that name a dotenv file. */
  readonly envFile?: readonly string[];
  /** Options that name the database on its server. */
  readonly name?: readonly string[];
  /** The script by whose place the project is found, and how many folders above it the project is: `php /srv/shop/artisan`. */
  readonly script?: { readonly name: string; readonly above: 0 | 1 };
  /** A word `@name` before the operation names the connection. */
  readonly alias?: true;
  /** Options whose `name=value` sets a variable of the configuration. */
  readonly sets?: readonly string[];
  /** `NAME=value` among the words sets a variable. */
  readonly assigns?: true;
}

/** One thing a tool can do that loses something. */
export interface Operation {
  /** Unique within the rule: `volume-delete`. */
  readonly id: string;
  /** Subcommand words in order; alternatives parted by `|`, a final `*` for the rest: `['volume', 'delete|rm']`, `['db:drop:*']`. Empty: any call of the program. */
  readonly words: readonly string[];
  /** At least one of these options must be given. */
  readonly needs?: readonly string[];
  /** None of these options may be given: the tool's own safe forms, such as `--dry-run`. */
  readonly unless?: readonly string[];
  /** The value of one of these options must fit: `{ of: ['--mode'], fits: /^complete$/i }`. Where none is given the value is empty. */
  readonly value?: { readonly of: readonly string[]; readonly fits: RegExp };
  /** Only where an operand sets a variable on which data hangs, such as `DATABASE_URL=…`. */
  readonly dataVariables?: true;
  readonly verb: Verb;
  /** Noun for the resource: `volume`. */
  readonly kind: string;
  readonly reversibility: Reversibility;
  readonly certainty?: Certainty;
  readonly name: readonly NameSource[];
  /** Overrides the rule's own target. */
  readonly target?: TargetSource;
  /** Consequence in one sentence; `{name}` stands for the resource's name (a stand-in phrase is used where none is known). */
  readonly why: string;
  readonly saferWay: string;
  /** True when backups, snapshots, versions or retention go: "this removes the way back". */
  readonly backup?: boolean;
}

/** A provider's HTTP interface that can change what it keeps. */
export interface ControlPlane {
  /** Host names; a leading `*.` stands for any subdomain, a final `.*` for any domain a server of one's own has. */
  readonly hosts: readonly string[];
  /** Ports that a server run by oneself listens on unless told otherwise. At other hosts than the above only listed paths count there. */
  readonly ports?: readonly number[];
  /** GraphQL mutations by name; one that is not listed follows the verb rule. */
  readonly mutations?: readonly HttpOperation[];
  /** Paths; `:x` stands for one segment, a final `*` for the rest. A request that is not listed follows the verb rule. */
  readonly paths?: readonly HttpOperation[];
  /** Requests that lose nothing although their method says so: `DELETE /user/starred/:owner/:repo`. */
  readonly harmless?: readonly string[];
  /** Requests that carry SQL, and the field of the body or the URL that holds it. `raw`: the body may be the statement itself. */
  readonly queries?: readonly { readonly request: string; readonly field: string; readonly raw?: true }[];
}

export interface HttpOperation extends Pick<Operation, 'id' | 'verb' | 'kind' | 'reversibility' | 'certainty' | 'why' | 'saferWay' | 'backup'> {
  /** A mutation's name, or `METHOD /path/:name`. */
  readonly request: string;
  /** Variable, argument or path parameter that names the resource. */
  readonly name: readonly string[];
  /** At least one of these fields must be carried, at any depth: `archived`, or with its value: `replace=true`. */
  readonly needs?: readonly string[];
  /** Only where it sets a variable on which data hangs, such as `DATABASE_URL`. */
  readonly dataVariables?: true;
}

/**
 * Calls that need no question in an agent's shell: what begins with one of these words, or what has no word that begins like one of
 * these. Only what stays harmless whatever else is said belongs here, so nothing that prints the content of files or takes a file to write.
 */
export type Harmless = { readonly first: readonly string[] } | { readonly without: readonly string[] };

interface Caught {
  readonly command: string;
  /** An operation of the rule, or `room/id` of what the rule hands its text to. */
  readonly by: string;
  /** Judged with the disk in sight: there, `notes.md` and two commits exist nowhere else. */
  readonly sighted?: true;
}

/**
 * Everything Interlock knows of one tool, in one file named after it.
 * Facts come from the tool's own documentation, linked in `docs`.
 */
export interface Rule {
  /** File name without extension, and first part of every finding's rule id. */
  readonly tool: string;
  /** The tool's name as people write it. */
  readonly title: string;
  /** Names the program goes by, also as a script or module of an interpreter: `php artisan`, `python -m alembic`. */
  readonly programs: readonly string[];
  /** npm packages that run it through npx and the like, when named differently. */
  readonly packages?: readonly string[];
  readonly docs: string;
  /** Options that take a value in the following word, global and of subcommands. */
  readonly valueOptions: readonly string[];
  /** True where every operand may be a task of its own: `rake db:drop db:create`. */
  readonly tasks?: boolean;
  /** `gnu`: `-rf` is two options. `single-dash`: `-auto-approve` is one (Go's flag package, Java tools). */
  readonly optionStyle?: 'gnu' | 'single-dash';
  /** Long options that may be shortened, as in `CallSyntax`. */
  readonly abbreviable?: readonly string[];
  /** Words that may stand before any operation without changing it: `gcloud beta projects delete`. */
  readonly prefixes?: readonly string[];
  /** Options that make any operation of the tool harmless. */
  readonly safeOptions?: readonly string[];
  /** Default place of the environment's name for all operations; absent: this machine's disk. */
  readonly target?: TargetSource;
  /** First match wins: list the particular before the general. */
  readonly operations: readonly Operation[];
  /** Kind of resource for subcommands that are not listed but whose verb means destruction; absent: the verb rule does not apply. */
  readonly unlisted?: string;
  /** Subcommands that lose something with this tool, besides those the verb rule knows: `{ deallocate: 'stop' }`. */
  readonly verbs?: Readonly<Record<string, Verb>>;
  /** Subcommands after which names and messages stand, in which no verb counts: `pub orders.delete`. */
  readonly namesAfter?: readonly string[];
  /** For some of the programs, calls that are sure to lose and show nothing, by a look so plain that a shell can take it. */
  readonly harmless?: Readonly<Record<string, Harmless>>;
  /** What data cannot say: reads the parsed call and gives the effects. Its findings are added to those of `operations`. */
  readonly inspect?: (call: Call, analysis: Analysis) => readonly Effect[];
  readonly controlPlane?: ControlPlane;
  readonly cases: {
    /** Commands that must be caught, each with the operation that must catch it. */
    readonly caught: readonly Caught[];
    /** Look-alikes that must pass without a finding. */
    readonly passes: readonly string[];
  };
}
