import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadableConfig, UnreadablePayload, type Adapter, type Answer, type Decoded, type HookAnswer, type HookCall, type HookEnd, type Installation, type WindowsHooks } from './adapter.ts';
import { type CallContext, inputReader, usualShell } from './call-context.ts';
import { adapter as grok, isFromGrok } from './grok.ts';
import { answerForGuest, decodedForGuest, type Guest } from './guests.ts';
import { body, hasEntries, withEntries, withoutEntries, type HookList } from './hook-entries.ts';
import { hooksIn } from './hook-file.ts';
import { hookLine } from './hook-line.ts';
import { INSIDE_COMMANDS } from './limits.ts';
import { JsonObject, jsonOutput, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Cursor';
const ID = 'cursor';
const TIMEOUT_SECONDS = 600;
/** Seen in `@cursor/sdk`: the payload is piped to what stands behind an `&` of its own, so that the line can begin with none. */
const windows: WindowsHooks = { shell: 'powershell call', source: 'https://www.npmjs.com/package/@cursor/sdk', limit: 'versions that hand the payload over as PowerShell text: Windows PowerShell then puts question marks for letters beyond ASCII' };

/** It runs Cursor's hooks as well: https://docs.x.ai/build/features/hooks */
const guests: readonly Guest[] = [{ adapter: grok, sent: isFromGrok }];

const Request = z.object({
  hook_event_name: z.string(),
  cursor_version: z.string(),
  conversation_id: z.optional(z.string()),
  workspace_roots: z.array(z.string()),
});

/** Events it documents that carry no action, or tell of one that is over. */
const silentEvents = new Set([
  'afterShellExecution', 'afterMCPExecution', 'afterFileEdit', 'afterTabFileEdit', 'afterAgentResponse', 'afterAgentThought', 'postToolUse',
  'postToolUseFailure', 'beforeSubmitPrompt', 'sessionStart', 'sessionEnd', 'preCompact', 'subagentStart', 'subagentStop', 'stop', 'workspaceOpen',
]);

/** Events whose answer is a permission. */
const gatedEvents = new Set(['beforeShellExecution', 'beforeMCPExecution', 'beforeReadFile', 'beforeTabFileRead', 'preToolUse']);

/**
 * MCP and read tools have an event of their own that comes later and shows more: the server's name, the content on its way to the
 * model. So has the shell, which shows the command as other hooks have changed it; here it can be changed. Everything else, tools of
 * the future included, is met here.
 */
const REMAINING_TOOLS = '^(?!Read$|MCP:)';

const ShellEvent = z.object({ command: z.string(), cwd: z.optional(z.string()) });
const McpEvent = z.object({ tool_name: z.string(), tool_input: z.union([z.string(), JsonObject]), mcp_server_name: z.optional(z.string()), mcp_server_url: z.optional(z.string()) });
const ReadEvent = z.object({ file_path: z.string(), content: z.optional(z.string()) });
const ToolEvent = z.object({ tool_name: z.string(), tool_input: JsonObject, cwd: z.optional(z.string()) });

const Shell = z.object({ command: z.string(), cwd: z.optional(z.string()) });
const FilePath = z.object({ file_path: z.string() });
const Write = z.object({ file_path: z.string(), content: z.string() });
const Grep = z.object({ pattern: z.string(), file_path: z.optional(z.string()), glob: z.optional(z.string()) });
const Fetch = z.object({ url: z.string() });

/** Cursor's agent in the editor, its command line and its SDK, which all read the same file. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, output: 'of commands known to print secrets', failure: true },
  limits: {
    canAsk: false,
    failsOpen: [
      'One event name it does not know, or two slashes inside any text of hooks.json, make it ignore the whole file.',
      'Hooks it takes over from Claude Code’s settings never fail closed.',
    ],
    cannotSee: ['text sent to a shell that already runs', 'files open in the editor that it attaches itself', 'cloud agents', INSIDE_COMMANDS, 'what a tool gives back: it reaches the model unmasked, except of commands that are known to print secrets'],
  },
  tested: 'real client',
  docs: 'https://cursor.com/docs/hooks',
  traces: ['.cursor'],
  installation: (home) => hooksAt(join(home, '.cursor', 'hooks.json')),
  project: (folder) => hooksAt(join(folder, '.cursor', 'hooks.json')),
  managed: (platform) => hooksAt(managedFiles[platform] ?? '/etc/cursor/hooks.json'),
  windows,
  canary: { requests: canaryRequests, env: (cwd) => ({ CURSOR_PROJECT_DIR: cwd, CLAUDE_PROJECT_DIR: cwd, CURSOR_VERSION: '1.0.0' }), besideFile: true, refusal: readDeny },
  decode,
  encode,
};

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  const handedOn = decodedForGuest(guests, payload, call);
  if (handedOn !== undefined) return handedOn;
  if (!('cursor_version' in payload)) throw new UnreadablePayload('This request did not come from Cursor, so Interlock does not read it here. Nothing was judged, so nothing may run.');
  const request = shaped(Request, payload, PRODUCT, 'the request');
  const event = request.hook_event_name;
  if (silentEvents.has(event)) return { kind: 'nothing', event };
  const context = { agent: ID, session: request.conversation_id ?? '', cwd: request.workspace_roots[0] ?? '', workspaceRoots: request.workspace_roots, env: call.env };
  const action = actionOf(event, payload, context);
  if (event !== 'preToolUse' || payload['tool_name'] !== 'Shell' || action.tool !== 'shell') return { kind: 'action', event, action };
  return { kind: 'draft', event, action, encodeCommand: (command) => encodeCommand(shaped(ToolEvent, payload, PRODUCT, 'the request').tool_input, command) };
}

function actionOf(event: string, payload: JsonObject, context: CallContext): Action {
  switch (event) {
    case 'beforeShellExecution': {
      const { command, cwd } = shaped(ShellEvent, payload, PRODUCT, 'the request');
      return shellAction(command, cwd, context);
    }
    case 'beforeMCPExecution': {
      const { tool_name: name, tool_input: input, mcp_server_name: server, mcp_server_url: url } = shaped(McpEvent, payload, PRODUCT, 'the request');
      return { ...context, tool: 'mcp', server: server || url || '', name, arguments: mcpArguments(input) };
    }
    case 'beforeReadFile':
    case 'beforeTabFileRead': {
      const { file_path: path, content } = shaped(ReadEvent, payload, PRODUCT, 'the request');
      return { ...context, tool: 'read', path, ...(content === undefined ? {} : { content }) };
    }
    case 'preToolUse':
      return toolAction(payload, context);
    default:
      throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  }
}

function toolAction(payload: JsonObject, given: CallContext): Action {
  const { tool_name: name, tool_input: input, cwd } = shaped(ToolEvent, payload, PRODUCT, 'the request');
  const context = { ...given, cwd: cwd || given.cwd };
  const as = inputReader(PRODUCT, name, input);
  if (name.startsWith('MCP:')) return { ...context, tool: 'mcp', server: '', name: name.slice('MCP:'.length), arguments: input };
  switch (name) {
    case 'Read':
      return { ...context, tool: 'read', path: as(FilePath).file_path };
    case 'Write': {
      // Edits arrive as the file's whole new content.
      const { file_path: path, content } = as(Write);
      return { ...context, tool: 'write', path, content };
    }
    case 'Delete':
      return { ...context, tool: 'delete', path: as(FilePath).file_path };
    case 'Grep': {
      const { pattern, file_path: path, glob } = as(Grep);
      return { ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) };
    }
    case 'Fetch':
      return { ...context, tool: 'http', method: 'GET', url: as(Fetch).url, headers: {} };
    case 'Shell': {
      const { command, cwd: folder } = as(Shell);
      return shellAction(command, folder, context);
    }
    case 'WriteShellStdin':
      // It says how much is sent to a running shell and never what.
      return { ...context, tool: 'other', name, input, unseen: 'text that is sent to a shell' };
    default:
      return typeof input['command'] === 'string' ? shellAction(input['command'], undefined, context) : { ...context, tool: 'other', name, input };
  }
}

/** The command line leaves `cwd` empty, meaning the workspace. */
function shellAction(command: string, cwd: string | undefined, context: CallContext): Action {
  return { ...context, tool: 'shell', shell: usualShell(context), command, cwd: cwd || context.cwd };
}

/** Arguments come as JSON in a string. */
function mcpArguments(input: string | JsonObject): JsonObject {
  if (typeof input !== 'string') return input;
  if (input.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(input);
  } catch {
    throw new UnreadablePayload(`${PRODUCT} sent the arguments of an MCP tool that are not valid JSON.`);
  }
  const object = JsonObject.safeParse(value);
  return object.success ? object.data : { arguments: value };
}

/**
 * An answer without `permission` is no opinion, and its own prompt stays. With exit code 2 it would show the raw output as the reason,
 * so a deny it can read goes out as JSON: a cut-off one blocks as well, as `failClosed` does. Where the event is not known, or not one
 * that asks for a permission, exit code 2 is what always blocks.
 */
function encode(answer: Answer, event: string | undefined): HookAnswer {
  const forGuest = answerForGuest(guests, answer, event);
  if (forGuest !== undefined) return forGuest;
  if (answer.decision === 'allow') return { stdout: '{}\n', stderr: '', exitCode: 0 };
  if (event === undefined || !gatedEvents.has(event)) return { stdout: '', stderr: `${answer.toAgent}\n`, exitCode: 2 };
  // The model is shown `user_message`; `agent_message` is read by some versions only.
  const output = { permission: 'deny', user_message: answer.toAgent, agent_message: answer.toAgent };
  return { stdout: `${JSON.stringify(output)}\n`, stderr: '', exitCode: 0 };
}

/** https://cursor.com/docs/hooks, "preToolUse": an answer without a permission leaves its own question to it. */
function encodeCommand(input: JsonObject, command: string): HookAnswer {
  return { stdout: `${JSON.stringify({ updated_input: { ...input, command } })}\n`, stderr: '', exitCode: 0 };
}

function canaryRequests(event: string, name: string, cwd: string): readonly object[] {
  const fields: Readonly<Record<string, object>> = {
    beforeShellExecution: { command: name, cwd, sandbox: false },
    beforeMCPExecution: { tool_name: name, tool_input: '{}', mcp_server_name: 'interlock', command: name },
    beforeReadFile: { file_path: join(cwd, name), content: '', attachments: [] },
    preToolUse: { tool_name: name, tool_input: {}, tool_use_id: name },
  };
  return [{ conversation_id: name, generation_id: name, model: 'unknown', ...fields[event], session_id: name, hook_event_name: event, cursor_version: '1.0.0', workspace_roots: [cwd], user_email: null, transcript_path: null }];
}

const Denied = z.object({ permission: z.literal('deny'), user_message: z.string() });

/** The JSON that says so, or exit code 2. */
function readDeny({ stdout, stderr, exitCode }: HookEnd): string | undefined {
  if (exitCode === 2) return stdout.trim() || stderr;
  return exitCode === 0 ? jsonOutput(stdout, Denied)?.user_message : undefined;
}

const managedFiles: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: '/Library/Application Support/Cursor/hooks.json', win32: 'C:\\ProgramData\\Cursor\\hooks.json' };

function hooksAt(file: string): Installation {
  return { file, install, uninstall: (text, launcher) => withoutEntries(text, lists(launcher)), isInstalled, hooks: (text, launcher) => hooksIn(text, lists(launcher)) };
}

function install(text: string | undefined, launcher: string): string {
  const edited = withEntries(text, lists(launcher), [{ path: ['version'], value: 1 }]);
  if (!isInstalled(edited, launcher)) throw new UnreadableConfig('The file has two slashes or a comment mark inside a text, or trailing commas, which make Cursor ignore all or part of it. Remove them first; nothing was changed.');
  return edited;
}

/** As Cursor reads it: it takes comments out without looking at quotes, then wants plain JSON, and drops the whole file when it is none. */
function isInstalled(text: string, launcher: string): boolean {
  const bare = withoutBlockComments(body(text).replace(/\/\/.*$/gm, ''));
  try {
    JSON.parse(bare);
  } catch {
    return false;
  }
  return hasEntries(text, lists(launcher)) && hasEntries(bare, lists(launcher));
}

function withoutBlockComments(text: string): string {
  let bare = '';
  for (let at = 0; ; ) {
    const open = text.indexOf('/*', at);
    const close = open < 0 ? -1 : text.indexOf('*/', open + 2);
    if (close < 0) return bare + text.slice(at);
    bare += text.slice(at, open);
    at = close + 2;
  }
}

function lists(launcher: string): readonly HookList[] {
  const command = hookLine(launcher, ID, windows.shell);
  // Without the comment marks that it would cut a line at.
  if (/\/\/|\/\*/.test(command)) throw new UnreadableConfig('The path of the state folder has two slashes or a comment mark in it, which Cursor cannot read.');
  const hook = { command, timeout: TIMEOUT_SECONDS, failClosed: true };
  const isOurs = (entry: unknown): boolean => Hook.safeParse(entry).data?.command === command;
  return [
    { path: ['hooks', 'beforeShellExecution'], entry: hook, isOurs },
    { path: ['hooks', 'beforeMCPExecution'], entry: hook, isOurs },
    { path: ['hooks', 'beforeReadFile'], entry: hook, isOurs },
    { path: ['hooks', 'preToolUse'], entry: { ...hook, matcher: REMAINING_TOOLS }, isOurs },
  ];
}

const Hook = z.object({ command: z.string() });
