import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Answer, type Decoded, type EncodeCommand, type HookAnswer, type HookCall, type HookEnd, type WindowsHooks } from './adapter.ts';
import { type CallContext, inputReader, rootsOf, usualShell } from './call-context.ts';
import type { HookList, RequiredKey } from './hook-entries.ts';
import { hookFile, settingValues } from './hook-file.ts';
import { hookLine, isBatch } from './hook-line.ts';
import { INSIDE_COMMANDS } from './limits.ts';
import { patchActions } from './patch.ts';
import { JsonObject, jsonOutput, readPayload, shaped } from './payload.ts';

/** Its part in VS Code: https://code.visualstudio.com/docs/copilot/customization/hooks */
const PRODUCT = 'GitHub Copilot';
const ID = 'copilot';
const TIMEOUT_SECONDS = 3600;
const windows: WindowsHooks = { shell: 'powershell', source: 'https://docs.github.com/en/copilot/reference/hooks-configuration' };
/** Masking is quick; what takes longer than this has failed. */
const OUTPUT_TIMEOUT_SECONDS = 60;
/** Put before the event of a request that VS Code's own agent mode sent: it is answered in another form. */
const FROM_VSCODE = 'vscode:';

/** As the command line sends it; older builds write the arguments as JSON in a string. */
const CliRequest = z.object({ sessionId: z.string(), cwd: z.string(), toolName: z.optional(z.string()), toolArgs: z.optional(z.union([JsonObject, z.string()])) });
/** What a tool gave back: a command that failed is one that worked for the command line. `error` of a tool that did not work at all. */
const CliOutput = z.object({ toolResult: z.optional(JsonObject), error: z.optional(z.unknown()) });
/** As VS Code's agent mode sends it; its documentation writes the same names in camel case. */
const EditorRequest = z.object({ hook_event_name: z.string(), session_id: z.optional(z.string()), cwd: z.optional(z.string()) });
const EditorTool = z.object({ tool_name: z.string(), tool_input: JsonObject, tool_response: z.optional(z.unknown()) });
const documentedNames: Readonly<Record<string, string>> = { hookEventName: 'hook_event_name', sessionId: 'session_id', toolName: 'tool_name', toolInput: 'tool_input' };

const silentEvents = new Set(['UserPromptSubmit', 'SessionStart', 'SessionEnd', 'Stop', 'SubagentStart', 'SubagentStop', 'PreCompact', 'ErrorOccurred']);

const Command = z.object({ command: z.string() });
const Path = z.object({ path: z.string() });
const Create = z.object({ path: z.string(), file_text: z.string() });
const Edit = z.object({ path: z.string(), new_str: z.optional(z.string()) });
const Patch = z.union([z.object({ patch: z.string() }), z.object({ input: z.string() })]);
const Grep = z.object({ pattern: z.string(), path: z.optional(z.string()), glob: z.optional(z.string()) });
const Fetch = z.object({ url: z.string() });

const FilePath = z.object({ filePath: z.string() });
const CreateFile = z.object({ filePath: z.string(), content: z.string() });
const ReplaceString = z.object({ filePath: z.string(), newString: z.string() });
const MultiReplace = z.object({ replacements: z.array(z.object({ filePath: z.string(), newString: z.string() })).check(z.minLength(1)) });
const InsertEdit = z.object({ filePath: z.string(), code: z.string() });
const NotebookEdit = z.object({ filePath: z.string(), newCode: z.optional(z.union([z.string(), z.array(z.string())])) });
const Task = z.object({ task: z.object({ command: z.string(), args: z.optional(z.array(z.string())) }) });
const PatchInput = z.object({ input: z.string() });
const GrepSearch = z.object({ query: z.string(), includePattern: z.optional(z.string()) });
const FetchPage = z.object({ urls: z.array(z.string()).check(z.minLength(1)) });

const required: readonly RequiredKey[] = [{ path: ['version'], value: 1 }];

/** Copilot's command line, its sessions in VS Code that run on it, and VS Code's own agent mode, which all read the same folder. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, output: 'command line: yes; VS Code’s agent mode: of commands known to print secrets', failure: 'command line: unless it takes too long; VS Code’s agent mode: no' },
  limits: {
    canAsk: false,
    failsOpen: [
      'A hook that takes too long lets the action through.',
      'One that fails after a tool lets what the tool gave back through unmasked.',
      'In VS Code’s own agent mode a hook that crashes or is killed does so too.',
      'disableAllHooks in a repository’s settings, and chat.useHooks false in VS Code, switch hooks off.',
    ],
    cannotSee: ['files attached to a prompt', INSIDE_COMMANDS, 'in VS Code’s own agent mode what a tool gives back: it reaches the model unmasked, except of commands that are known to print secrets'],
    refusesSilently: true,
  },
  tested: 'real client',
  docs: 'https://docs.github.com/en/copilot/reference/hooks-configuration',
  traces: ['.copilot'],
  programs: ['copilot'],
  installation: (home) => hookFile(join(home, '.copilot', 'hooks', 'interlock.json'), lists, required),
  project: (folder) => hookFile(join(folder, '.github', 'hooks', 'interlock.json'), lists, required),
  managed: (platform) => hookFile(platform === 'win32' ? 'C:\\ProgramData\\GitHub\\Copilot\\policy.d\\interlock.json' : '/etc/github-copilot/policy.d/interlock.json', lists, required),
  windows,
  // By default its bash reads no BASH_ENV, and folders of its own come before what it inherits: `copilot help config`.
  shells: (home) => settingValues(join(home, '.copilot', 'settings.json'), [], { bashEnv: true }),
  shellsInherit: true,
  canary: { requests: canaryRequests, env: (cwd) => ({ COPILOT_CLI: '1', COPILOT_PROJECT_DIR: cwd, CLAUDE_PROJECT_DIR: cwd }), refusal: readDeny },
  decode,
  encode,
  encodeOutput,
};

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  if ('hook_event_name' in payload) return decodedOfEditor(payload, call);
  if ('hookEventName' in payload) return decodedOfEditor(Object.fromEntries(Object.entries(payload).map(([key, value]) => [documentedNames[key] ?? key, value])), call);
  return decodedOfCli(payload, call);
}

function decodedOfCli(payload: JsonObject, call: HookCall): Decoded {
  const { sessionId: session, cwd, toolName: name, toolArgs: args } = shaped(CliRequest, payload, PRODUCT, 'the request');
  // What comes after a tool carries its result or error, and no other event than ours names a tool.
  const event = 'toolResult' in payload ? 'postToolUse' : name === undefined ? 'other' : 'error' in payload ? 'postToolUseFailure' : 'preToolUse';
  if (name === undefined) return { kind: 'nothing', event };
  const input = typeof args === 'string' ? readPayload(args, PRODUCT) : (args ?? {});
  const actions = cliActions(name, input, { agent: ID, session, cwd, workspaceRoots: rootsOf(cwd), env: call.env });
  if (event === 'preToolUse') return decoded(event, actions);
  const { toolResult: result, error } = shaped(CliOutput, payload, PRODUCT, 'the request');
  return decodedOutput(event, actions, result ?? error, result !== undefined);
}

function decodedOfEditor(payload: JsonObject, call: HookCall): Decoded {
  const { hook_event_name: event, session_id: session = '', cwd = call.cwd } = shaped(EditorRequest, payload, PRODUCT, 'the request');
  if (silentEvents.has(event)) return { kind: 'nothing', event: FROM_VSCODE + event };
  if (event !== 'PreToolUse' && event !== 'PostToolUse') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { tool_name: name, tool_input: input, tool_response: response } = shaped(EditorTool, payload, PRODUCT, 'the request');
  // The command line writes Claude Code's names where a hook is put under this event's name, which ours never is.
  if (/^[A-Z]/.test(name)) throw new UnreadablePayload(`${PRODUCT} sent a tool under another product's name.`);
  const context = { agent: ID, session, cwd, workspaceRoots: rootsOf(cwd), env: call.env };
  const actions = editorActions(name, input, context);
  return event === 'PreToolUse' ? decoded(FROM_VSCODE + event, actions, { shown: true, ...rewritable(name, input) }) : decodedOutput(FROM_VSCODE + event, actions, response, false);
}

/** A command that is left running goes on printing when the answer to it is over. */
function rewritable(name: string, input: JsonObject): { readonly encodeCommand?: EncodeCommand } {
  if (name !== 'run_in_terminal' || input['isBackground'] === true) return {};
  return { encodeCommand: (command) => ({ stdout: `${JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', updatedInput: { ...input, command } } })}\n`, stderr: '', exitCode: 0 }) };
}

function decoded(event: string, actions: readonly Action[], command: { readonly shown?: boolean; readonly encodeCommand?: EncodeCommand } = {}): Decoded {
  const [action] = actions;
  if (action === undefined) throw new UnreadablePayload(`${PRODUCT} sent a patch that names no file.`);
  return actions.length === 1 ? { kind: 'action', event, action, ...command } : { kind: 'actions', event, actions };
}

function decodedOutput(event: string, [action]: readonly Action[], output: unknown, replaceable: boolean): Decoded {
  return action === undefined ? { kind: 'nothing', event } : { kind: 'output', event, action, output, replaceable };
}

function cliActions(name: string, input: JsonObject, context: CallContext): readonly Action[] {
  const as = inputReader(PRODUCT, name, input);
  switch (name) {
    case 'bash':
    case 'powershell':
      return [{ ...context, tool: 'shell', shell: name, command: as(Command).command }];
    case 'view':
      return [{ ...context, tool: 'read', path: as(Path).path }];
    case 'create': {
      const { path, file_text: content } = as(Create);
      return [{ ...context, tool: 'write', path, content }];
    }
    case 'edit': {
      const { path, new_str: content = '' } = as(Edit);
      return [{ ...context, tool: 'write', path, content, partial: true }];
    }
    case 'apply_patch': {
      const patch = as(Patch);
      return patchActions('patch' in patch ? patch.patch : patch.input, context);
    }
    case 'grep': {
      const { pattern, path, glob } = as(Grep);
      return [{ ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) }];
    }
    case 'web_fetch':
      return [{ ...context, tool: 'http', method: 'GET', url: as(Fetch).url, headers: {} }];
    case 'write_bash':
    case 'write_powershell':
      return [{ ...context, tool: 'other', name, input, unseen: 'text that is sent to a shell' }];
    case 'glob':
    case 'task':
    case 'ask_user':
      return [{ ...context, tool: 'other', name, input }];
    default:
      return [otherAction(name, '-', input, context)];
  }
}

function editorActions(name: string, input: JsonObject, context: CallContext): readonly Action[] {
  const as = inputReader(PRODUCT, name, input);
  switch (name) {
    case 'run_in_terminal':
    case 'send_to_terminal':
      return [{ ...context, tool: 'shell', shell: usualShell(context), command: as(Command).command }];
    case 'read_file':
    case 'view_image':
      return [{ ...context, tool: 'read', path: as(FilePath).filePath }];
    case 'create_file': {
      const { filePath: path, content } = as(CreateFile);
      return [{ ...context, tool: 'write', path, content }];
    }
    case 'replace_string_in_file': {
      const { filePath: path, newString: content } = as(ReplaceString);
      return [{ ...context, tool: 'write', path, content, partial: true }];
    }
    case 'multi_replace_string_in_file':
      return as(MultiReplace).replacements.map(({ filePath: path, newString: content }) => ({ ...context, tool: 'write', path, content, partial: true }));
    case 'insert_edit_into_file': {
      const { filePath: path, code: content } = as(InsertEdit);
      return [{ ...context, tool: 'write', path, content, partial: true }];
    }
    case 'apply_patch':
      return patchActions(as(PatchInput).input, context);
    case 'grep_search': {
      const { query: pattern, includePattern: glob } = as(GrepSearch);
      return [{ ...context, tool: 'search', pattern, path: context.cwd, ...(glob === undefined ? {} : { glob }) }];
    }
    case 'edit_notebook_file': {
      const { filePath: path, newCode = '' } = as(NotebookEdit);
      return [{ ...context, tool: 'write', path, content: typeof newCode === 'string' ? newCode : newCode.join('\n'), partial: true }];
    }
    case 'create_and_run_task': {
      const { command, args = [] } = as(Task).task;
      return [{ ...context, tool: 'shell', shell: usualShell(context), command: [command, ...args].join(' ') }];
    }
    case 'run_task':
      return [{ ...context, tool: 'other', name, input, unseen: 'a task of the workspace' }];
    case 'run_notebook_cell':
      return [{ ...context, tool: 'other', name, input, unseen: 'a cell of a notebook' }];
    case 'run_vscode_command':
      return [{ ...context, tool: 'other', name, input, unseen: 'a command of the editor' }];
    case 'install_extension':
      return [{ ...context, tool: 'other', name, input, unseen: 'an extension that is installed' }];
    case 'fetch_webpage':
      return as(FetchPage).urls.map((url) => ({ ...context, tool: 'http', method: 'GET', url, headers: {} }));
    default:
      return [name.startsWith('mcp_') ? otherAction(name.slice('mcp_'.length), '_', input, context) : otherAction(name, undefined, input, context)];
  }
}

/** Tools of MCP servers are named `<server>-<tool>`, or `mcp_<server>_<tool>` in the editor; where the server's name ends nobody says. */
function otherAction(name: string, divider: string | undefined, input: JsonObject, context: CallContext): Action {
  const at = divider === undefined ? -1 : name.indexOf(divider);
  if (at > 0) return { ...context, tool: 'mcp', server: name.slice(0, at), name: name.slice(at + 1), arguments: input };
  return typeof input['command'] === 'string' ? { ...context, tool: 'shell', shell: 'bash', command: input['command'] } : { ...context, tool: 'other', name, input };
}

/**
 * Saying nothing leaves their own question to their person; an allow would take it away. The command line takes a deny from flat fields
 * and holds on exit code 2 as well; the editor's agent mode takes it from exit code 2, with the reason on standard error.
 */
function encode(answer: Answer, event: string | undefined): HookAnswer {
  if (answer.decision === 'allow') return { stdout: '{}\n', stderr: '', exitCode: 0 };
  if (event === 'postToolUse') return encodeOutput({ resultType: 'success', textResultForLlm: answer.toAgent });
  const decision = { permissionDecision: 'deny', permissionDecisionReason: answer.toAgent };
  if (event?.startsWith(FROM_VSCODE)) {
    const output = { hookSpecificOutput: { hookEventName: 'PreToolUse', ...decision, additionalContext: answer.toAgent } };
    return { stdout: `${JSON.stringify(output)}\n`, stderr: `${answer.toAgent}\n`, exitCode: 2 };
  }
  // With exit code 2 the command line says only that the hook failed; with 0 it gives the model the reason.
  return { stdout: `${JSON.stringify(decision)}\n`, stderr: '', exitCode: event === undefined ? 2 : 0 };
}

/** https://docs.github.com/en/copilot/reference/hooks-configuration, "postToolUse output"; the editor's agent mode has nothing like it. */
function encodeOutput(output: unknown): HookAnswer {
  return { stdout: `${JSON.stringify({ modifiedResult: output })}\n`, stderr: '', exitCode: 0 };
}

/** Both that read the file: the command line, and VS Code's own agent mode. */
function canaryRequests(event: string, name: string, cwd: string): readonly object[] {
  const cli = { sessionId: name, timestamp: 0, cwd, toolName: 'bash', toolArgs: { command: name }, ...outputs[event] };
  if (event === 'postToolUseFailure') return [cli];
  const editor = { timestamp: new Date(0).toISOString(), hook_event_name: event === 'postToolUse' ? 'PostToolUse' : 'PreToolUse', session_id: name, tool_name: 'run_in_terminal', tool_input: { command: name }, ...(event === 'postToolUse' ? { tool_response: '' } : {}), tool_use_id: name, cwd };
  return [cli, editor];
}

/** What a request of the command line holds besides when the tool is over. */
const outputs: Readonly<Record<string, object>> = { postToolUse: { toolResult: { resultType: 'success', textResultForLlm: '' } }, postToolUseFailure: { error: 'Exit code 127' } };

const Denied = z.object({ permissionDecision: z.literal('deny'), permissionDecisionReason: z.string() });
const Replaced = z.object({ modifiedResult: z.object({ textResultForLlm: z.string() }) });

/** The command line takes the JSON, the editor the exit code. */
function readDeny({ stdout, stderr, exitCode }: HookEnd): string | undefined {
  if (exitCode === 2) return stderr;
  return exitCode === 0 ? (jsonOutput(stdout, Denied)?.permissionDecisionReason ?? jsonOutput(stdout, Replaced)?.modifiedResult.textResultForLlm) : undefined;
}

function lists(launcher: string): readonly HookList[] {
  const start = { [isBatch(launcher) ? 'powershell' : 'bash']: hookLine(launcher, ID, windows.shell) };
  const command = Object.values(start)[0];
  const list = (event: string, timeoutSec: number): HookList => ({
    path: ['hooks', event],
    entry: { type: 'command', ...start, timeoutSec },
    isOurs: (entry) => {
      const hook = Hook.safeParse(entry).data;
      return (hook?.bash ?? hook?.powershell) === command;
    },
  });
  return [list('preToolUse', TIMEOUT_SECONDS), list('postToolUse', OUTPUT_TIMEOUT_SECONDS), list('postToolUseFailure', OUTPUT_TIMEOUT_SECONDS)];
}

const Hook = z.object({ bash: z.optional(z.string()), powershell: z.optional(z.string()) });
