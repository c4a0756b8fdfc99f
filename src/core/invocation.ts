import type { Span } from './effect.ts';
import type { SecretSource, Word } from './shell/word.ts';

/** What a program reads from standard input, where the command says. */
export interface Input {
  /** The text as far as it is known; holes as written. */
  readonly text: string;
  /** False when (part of) the input comes from a command nobody can foresee. */
  readonly known: boolean;
  /** The secret in it; its text is then never known. */
  readonly secret?: SecretSource;
  /** The file, folder or database of this machine that is in it. */
  readonly data?: string;
}

/** A file the shell itself opens for the program. */
export interface Redirection {
  readonly kind: 'truncate' | 'append' | 'read';
  readonly target: Word;
  /** True where it takes something else than standard output: `2> errors.log`. */
  readonly otherwise?: boolean;
}

/** A path to a folder that may not be known: `cd "$X"` makes it so. */
export type Folder = string | undefined;

/** One program about to be run with its words, wherever the request for it stood: in a command line, a script, a string handed to a spawn call. */
export interface Invocation {
  /** Last part of the program's path without `.exe`; empty where it cannot be known. */
  readonly program: string;
  /** The words, the program itself first. */
  readonly argv: readonly Word[];
  /** The environment it would run in, prefix assignments included. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: Folder;
  readonly stdin?: Input;
  readonly redirections: readonly Redirection[];
  /** True where its questions would be answered without a person: `yes |`, `echo y |`. */
  readonly promptsAnswered: boolean;
  /** Where it stands in the action's text. */
  readonly span?: Span;
}
