import type { Action, ShellAction } from '../core/action.ts';
import type { PluginCall } from './plugin-host.ts';
import type { WindowsShell } from './windows-line.ts';

/** What a hook program is called with. */
export interface HookCall {
  /** Event name from the command line, for agents whose payload does not carry it. */
  readonly event?: string;
  /** Standard input as the agent wrote it. */
  readonly payload: string;
  /** The hook program's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The hook program's working folder. */
  readonly cwd: string;
}

/** What a hook program says and how it ends. */
export interface HookAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Lets another command run in the place of the one that was asked for, where the host takes one without deciding otherwise for it. */
export type EncodeCommand = (command: string) => HookAnswer;

/** A payload that carries no action to judge is answered with "no opinion". */
export type Decoded =
  | {
      readonly kind: 'action';
      readonly action: Action;
      readonly event: string;
      /** The agent's own name of this call of a tool, where it runs hooks of several files for one call. */
      readonly call?: string;
      /** Of a call that one file's hook, or a proxy, is shown several times: which time this is. */
      readonly way?: string;
      readonly encodeCommand?: EncodeCommand;
      /** True for a command whose output the model is shown as it is, though that of others is masked; false where another hook sees to it. */
      readonly shown?: boolean;
    }
  /** A command that comes once more, as an action, when it is about to run: until then it may be given another form. */
  | { readonly kind: 'draft'; readonly action: ShellAction; readonly event: string; readonly encodeCommand: EncodeCommand }
  /** One request that does several things, such as a patch of many files: it runs as a whole or not at all. */
  | { readonly kind: 'actions'; readonly actions: readonly Action[]; readonly event: string }
  /** What a tool gave back, on its way to the model; not `replaceable` where the host shows it whatever a hook says. */
  | { readonly kind: 'output'; readonly action: Action; readonly output: unknown; readonly replaceable: boolean; readonly event: string }
  | { readonly kind: 'nothing'; readonly event: string };

/** What the agent is told. */
export type Answer =
  | { readonly decision: 'allow' }
  | { readonly decision: 'deny'; readonly toAgent: string; readonly toPerson: string };

/** What an agent's hooks cannot do, shown honestly in the coverage view. */
export interface Limits {
  /** The host asks its own person when told to. */
  readonly canAsk: boolean;
  /** What happens when the hook crashes, is killed or takes too long, despite everything the adapter sets. */
  readonly failsOpen: readonly string[];
  readonly cannotSee: readonly string[];
  /** Its person hardly sees that something was refused. */
  readonly refusesSilently?: true;
  /** A refusal ends what it is at: it is never told to try again in another form. */
  readonly refusalEndsTask?: true;
}

/** True or false, or a few words where neither is the whole truth. */
export type Extent = boolean | string;

/** What an agent's hooks hold before it happens, for the table of agents. */
export interface Holds {
  readonly shell: Extent;
  readonly read: Extent;
  readonly write: Extent;
  readonly mcp: Extent;
  /** What tools give back is masked on its way to the model; without a word it is where the adapter can say so, and is not elsewhere. */
  readonly output?: string;
  /** The action is held, too, when the hook crashes, is killed or takes too long. */
  readonly failure: Extent;
}

/** How it is known that an adapter fits its agent: the agent itself was run with it, sent what it is tested with, or is described so. */
export type Tested = 'real client' | 'recorded payload' | 'documented payload';

/** How a hook is started: as a line that a shell reads, as a program with its words, or as a plugin, a file of JavaScript that the agent loads. */
export type HookStart = { readonly line: string } | { readonly program: string; readonly args: readonly string[] } | { readonly plugin: string };

/** One of our hooks, as it stands in the agent's file. */
export interface InstalledHook {
  readonly event: string;
  readonly start: HookStart;
}

/** What a hook has written and how it ended; no exit code where it was killed. */
export type HookEnd = Omit<HookAnswer, 'exitCode'> & { readonly exitCode: number | undefined };

/** How an agent would run our hooks, so that they can be proved alive without it: they answer as they would answer the agent. See `core/canary.ts`. */
export interface Canary {
  /** What it would write to a hook of this event when something of this name is about to be done: a command, else a file or a tool. */
  requests(event: string, name: string, cwd: string): readonly object[];
  /** The shell it hands a hook's line to, line excluded; `sh -c` where not given. On Windows `Adapter.windows` says it. */
  readonly shell?: readonly string[];
  /** Variables it sets for its hooks. */
  env?(cwd: string): Readonly<Record<string, string>>;
  /** It runs hooks in the folder of the file they stand in, not where the action would run. */
  readonly besideFile?: true;
  /** How it calls a plugin of its own; what that comes to is written as `pluginHost` says. */
  readonly plugin?: PluginCall;
  /** The reason it would give its model for not going on; undefined where it would go on. Exit code 2 and its text where not given. */
  refusal?(end: HookEnd, event: string): string | undefined;
}

/** Where and how an agent's hooks are installed. `home` is the person's home folder. */
export interface Installation {
  /** Absolute path of the file that is edited. */
  readonly file: string;
  /** Files whose hooks the agent no longer runs once `file` is there. */
  readonly silences?: readonly string[];
  /**
   * The file's new text with our entries in it, all else untouched; `text` is undefined where there is no file yet.
   * @throws UnreadableConfig when the text cannot be edited safely.
   */
  install(text: string | undefined, launcher: string): string;
  /** The file's text without our entries; undefined where the whole file is ours, and goes. */
  uninstall(text: string, launcher: string): string | undefined;
  /** True when every entry we would install is in the text as we would write it. */
  isInstalled(text: string, launcher: string): boolean;
  /** Our hooks as they stand in the text, to be run as the agent would. Absent where there are none in a file. */
  hooks?(text: string, launcher: string): readonly InstalledHook[];
}

/** What the shells that an agent starts are to be given. */
export interface ForShells {
  readonly variables: Readonly<Record<string, string>>;
  /** The folder that is to come first on their PATH, for agents that can put something before what it is by then. */
  readonly shims: string;
}

/** The shell for a hook's line on Windows, and how that is known. */
export interface WindowsHooks {
  readonly shell: WindowsShell;
  /** The page or source that says so; absent where none was found. */
  readonly source?: string;
  /** What the line does not reach, in words that end a sentence. */
  readonly limit?: string;
}

/** Everything Interlock knows of one agent, in one file named after it. */
export interface Adapter {
  /** File name without extension, and the word the launcher is called with. */
  readonly id: string;
  readonly title: string;
  /** Longest time the host lets a hook run, as installed; seconds. */
  readonly timeoutSeconds: number;
  readonly holds: Holds;
  readonly limits: Limits;
  readonly tested: Tested;
  /** Where its maker documents its hooks. */
  readonly docs: string;
  /** Paths under the home folder whose presence says that the agent is used here. */
  readonly traces: readonly string[];
  /** Names of its programs that read the hooks when they start and not again, as far as that is known. */
  readonly programs?: readonly string[];
  installation(home: string): Installation;
  /** Hooks for everybody who works in a folder, in a file that is committed; its lines call `SHARED_LAUNCHER`. */
  readonly project?: (folder: string) => Installation;
  /** Hooks for everybody on the machine, in a file that only an administrator can write; its lines call `SHARED_LAUNCHER`. */
  readonly managed?: (platform: NodeJS.Platform) => Installation;
  /** Has its own settings give variables to the shells that it starts; absent where that is not documented. */
  readonly shells?: (home: string, given: ForShells) => Installation;
  /** They give none, and only let its shells have those that it was started with. */
  readonly shellsInherit?: true;
  /** How it runs the line of a hook on Windows; absent where no shell reads one: hooks are then started as a program, a file or a plugin. */
  readonly windows?: WindowsHooks;
  /** Absent where nothing but the agent itself can prove that its hooks are alive; they are then shown as installed, not as proved. */
  readonly canary?: Canary;
  /**
   * Turns a payload into an action.
   * @throws UnreadablePayload when it is not what this agent sends; the answer is then a deny that says why.
   */
  decode(call: HookCall): Decoded;
  /** `event` is the one `decode` gave; undefined when the payload could not be read. */
  encode(answer: Answer, event: string | undefined): HookAnswer;
  /** True for what a tool gave back that holds no text to mask, such as a picture: it may be larger than what is looked into. */
  isPicture?(payload: string): boolean;
  /** Hands the model this output in place of the tool's own; it has the same shape. Only for hosts whose `decode` gives outputs. */
  encodeOutput?(output: unknown, event: string): HookAnswer;
}

/** A hook payload that cannot be understood; `message` is fit for the agent and never repeats the payload. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload';
}

/** An agent's configuration file that cannot be edited without risk; `message` is fit for a person. */
export class UnreadableConfig extends Error {
  override readonly name = 'UnreadableConfig';
}
