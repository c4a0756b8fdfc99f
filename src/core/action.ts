/** What is about to happen, whoever asks: the one form every agent's request is brought to before it is judged. */

type ShellKind = 'bash' | 'powershell' | 'cmd';

interface ActionContext {
  /** Id of the adapter that decoded the request, e.g. `claude-code`; `check` for the command line. */
  readonly agent: string;
  /** The agent's own session id; empty where it gives none. */
  readonly session: string;
  /** Absolute folder the action would run in; empty where the agent does not say. */
  readonly cwd: string;
  readonly workspaceRoots: readonly string[];
  /** The whole environment the action would run in. Nothing else is consulted. */
  readonly env: Readonly<Record<string, string>>;
}

export interface ShellAction extends ActionContext {
  readonly tool: 'shell';
  readonly shell: ShellKind;
  readonly command: string;
  /** True where what it prints reaches the model as it is: the host takes neither another output nor another command. */
  readonly shown?: boolean;
}

interface ReadAction extends ActionContext {
  readonly tool: 'read';
  readonly path: string;
  /** The content on its way to the model, where the host hands it over before the model sees it. */
  readonly content?: string;
}

export interface WriteAction extends ActionContext {
  readonly tool: 'write';
  readonly path: string;
  /** The whole new content, or the inserted text of an edit. */
  readonly content?: string;
  /** True when `content` replaces only a part of the file. */
  readonly partial?: boolean;
}

export interface DeleteAction extends ActionContext {
  readonly tool: 'delete';
  readonly path: string;
}

/** A search tool that would show matching lines of files to the model. */
interface SearchAction extends ActionContext {
  readonly tool: 'search';
  readonly path: string;
  readonly pattern: string;
  readonly glob?: string;
}

export interface McpAction extends ActionContext {
  readonly tool: 'mcp';
  readonly server: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Hints the server gave about the tool; a server's word, so they may only add caution. */
  readonly annotations?: { readonly readOnlyHint?: boolean; readonly destructiveHint?: boolean };
}

interface HttpAction extends ActionContext {
  readonly tool: 'http';
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A tool that carries no action Interlock judges (a to-do list, a sub-agent start). */
interface OtherAction extends ActionContext {
  readonly tool: 'other';
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Where the tool runs something that its request does not show: what that is, as the object of a sentence. */
  readonly unseen?: string;
}

export type Action = ShellAction | ReadAction | WriteAction | DeleteAction | SearchAction | McpAction | HttpAction | OtherAction;
