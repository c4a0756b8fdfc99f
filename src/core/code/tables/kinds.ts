/** What a function does with its arguments, in the words of the tables. */
export type FunctionKind =
  /** Deletes the paths it is given, or what it is called on. `when`: only with this option set. */
  | { readonly does: 'delete'; readonly recursive: boolean; readonly paths: 'first' | 'all' | 'receiver'; readonly when?: string }
  /** Replaces the file named by an argument, or what it is called on. */
  | { readonly does: 'overwrite'; readonly path: number | 'receiver' }
  /** Opens a file; what the mode says decides. */
  | { readonly does: 'open'; readonly path: number; readonly mode: number }
  /** Gives the content of a file. */
  | { readonly does: 'read'; readonly path: number | 'receiver' }
  /** Runs a command line, a list of words, or either. `words`: every argument is one word. */
  | { readonly does: 'spawn'; readonly as: 'line' | 'list' | 'words' }
  /** Runs its argument as code of the same language. */
  | { readonly does: 'evaluate' }
  /** Sends a request. Without a method the options or the first argument name it. */
  | { readonly does: 'send'; readonly method?: string; readonly url: number; readonly body?: number; readonly options?: number }
  /** Hands text to a database. */
  | { readonly does: 'query'; readonly text: number }
  /** Changes the folder everything after it runs in. */
  | { readonly does: 'chdir' };

/** What is known of one language's functions. */
export interface CodeTable {
  /** By canonical name: `shutil.rmtree`. */
  readonly functions: Readonly<Record<string, FunctionKind>>;
  /** By the last part alone, whatever it is called on. */
  readonly methods: Readonly<Record<string, FunctionKind>>;
  /** Documentation of what is listed. */
  readonly docs: string;
}

export const deletesFile: FunctionKind = { does: 'delete', recursive: false, paths: 'first' };
export const deletesTree: FunctionKind = { does: 'delete', recursive: true, paths: 'first' };
export const deletesFiles: FunctionKind = { does: 'delete', recursive: false, paths: 'all' };
export const readsFile: FunctionKind = { does: 'read', path: 0 };
export const runsLine: FunctionKind = { does: 'spawn', as: 'line' };
export const runsList: FunctionKind = { does: 'spawn', as: 'list' };
export const runsWords: FunctionKind = { does: 'spawn', as: 'words' };
export const queries: FunctionKind = { does: 'query', text: 0 };
export const evaluates: FunctionKind = { does: 'evaluate' };
export const changesFolder: FunctionKind = { does: 'chdir' };

/** A request whose method is the function's own name. */
export function sends(method: string, body?: number): FunctionKind {
  return { does: 'send', method, url: 0, ...(body === undefined ? {} : { body }), options: body === undefined ? 1 : body + 1 };
}
