import type { Action } from './action.ts';
import type { ConnectionHints, Effect, Span } from './effect.ts';
import type { Folder, Invocation } from './invocation.ts';
import type { EnvironmentLoads } from './secrets/environment-loads.ts';
import type { Word } from './shell/word.ts';
import type { Tunnel } from './tunnels.ts';
import type { World } from './world.ts';

/** Where a nested piece of text would be run. */
export interface Place {
  readonly cwd: Folder;
  readonly env: Readonly<Record<string, string>>;
  /** Span of the text that holds it, used for findings inside it. */
  readonly span?: Span;
  /** True where its questions would be answered without a person. */
  readonly promptsAnswered?: boolean;
}

export type CodeLanguage = 'python' | 'javascript' | 'ruby' | 'perl' | 'php';

/** An HTTP request as far as the command or code says. `undefined` where not known. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body?: string;
  /** Files whose content would be sent. */
  readonly uploads: readonly string[];
}

/** A statement's way to its database: the client and the connection it names, if any. */
export interface Database extends Omit<ConnectionHints, 'url' | 'database'> {
  /** `psql`, `mysql`, `sqlite3`, `mongosh`, `redis-cli`, an ORM's or MCP server's name. */
  readonly client: string;
  /** The program whose way of finding its connection counts where none is named; absent for what only shares its language. */
  readonly tool?: string;
  /** Host, URL, connection string or file as the command names it. */
  readonly connection?: string;
  readonly name?: string;
}

/**
 * What the analysers hand each other. They call one another through it, so that a rule, a language or a
 * wrapper can hold any other to any depth without knowing it, and the bounds are kept in one place.
 */
export interface Analysis {
  readonly action: Action;
  readonly world: World;
  /** Absolute paths that only a person may change, besides those every installation has. */
  readonly guardPaths: readonly string[];
  /** The person's home folder as the action's environment names it. */
  readonly home: string | undefined;
  readonly depth: number;
  /**
   * Takes `steps` from what this action may cost.
   * @throws TooMuch when nothing is left; the action is then held as too large to look into.
   */
  spend(steps: number): void;
  /**
   * True the first time this action comes to a task of that key. Running the same task again adds nothing to what is known,
   * and without it tasks that call each other would never end.
   */
  isNew(task: string): boolean;
  /** Whether what the action prints may hold secrets, so that it must be masked; the analysers note it where they find it. */
  readonly output: { masked: boolean };
  /** Files read only to fill the environment, and whether the action may show it. */
  readonly loads: EnvironmentLoads;
  /** Tunnels the action opens; the analysers note them where they find them. */
  readonly tunnels: Tunnel[];
  /** `positional`: what `$1`, `$2`, … stand for. */
  shell(command: string, place: Place, positional?: readonly Word[]): readonly Effect[];
  powershell(command: string, place: Place): readonly Effect[];
  cmd(command: string, place: Place): readonly Effect[];
  invocation(invocation: Invocation): readonly Effect[];
  code(language: CodeLanguage, text: string, place: Place): readonly Effect[];
  sql(text: string, database: Database, place: Place): readonly Effect[];
  http(request: HttpRequest, place: Place): readonly Effect[];
}

/** The action is larger or deeper than what may be looked into in bounded time. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}
