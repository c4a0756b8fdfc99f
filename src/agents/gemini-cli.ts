import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Answer, type Decoded, type HookAnswer, type HookCall, type HookEnd, type WindowsHooks } from './adapter.ts';
import { type CallContext, inputReader, rootsOf, usualShell } from './call-context.ts';
import { manyReads } from './file-reads.ts';
import type { HookList } from './hook-entries.ts';
import { hookFile, hookGroup } from './hook-file.ts';
import { hookLine } from './hook-line.ts';
import { INSIDE_COMMANDS } from './limits.ts';
import { JsonObject, jsonOutput, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Gemini CLI';
const ID = 'gemini-cli';
const TIMEOUT_SECONDS = 600;
const windows: WindowsHooks = { shell: 'powershell', source: 'https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/utils/shell-utils.ts' };
const OUTPUT_TIMEOUT_SECONDS = 60;

const Request = z.object({ hook_event_name: z.string(), session_id: z.string(), cwd: z.string() });
const ToolRequest = z.object({
  tool_name: z.string(),
  tool_input: JsonObject,
  mcp_context: z.optional(z.object({ server_name: z.string(), tool_name: z.string() })),
});
/** `llmContent` is what the model is shown; of several parts where there is more than text. */
const ToolOutput = z.object({ tool_response: z.object({ llmContent: z.optional(z.unknown()) }) });

/** Events it documents that carry nothing to judge or mask. */
const silentEvents = new Set(['BeforeAgent', 'AfterAgent', 'BeforeModel', 'AfterModel', 'BeforeToolSelection', 'SessionStart', 'SessionEnd', 'PreCompress', 'Notification']);

const Shell = z.object({ command: z.string(), dir_path: z.optional(z.string()) });
const FilePath = z.object({ file_path: z.string() });
const ReadMany = z.object({ include: z.array(z.string()) });
const Write = z.object({ file_path: z.string(), content: z.string() });
const Replace = z.object({ file_path: z.string(), new_string: z.string() });
const Grep = z.object({ pattern: z.string(), dir_path: z.optional(z.string()), include: z.optional(z.string()), include_pattern: z.optional(z.string()) });
const Fetch = z.object({ prompt: z.string() });

/** Gemini CLI. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, failure: false },
  limits: {
    canAsk: false,
    failsOpen: ['A hook that is killed, takes too long or says nothing that can be read lets the action through.', 'Settings with hooksConfig.enabled false, of the project too, switch hooks off.'],
    cannotSee: ['files named with @ in a prompt', INSIDE_COMMANDS],
  },
  tested: 'real client',
  docs: 'https://github.com/google-gemini/gemini-cli/blob/main/docs/hooks/reference.md',
  traces: ['.gemini/settings.json', '.gemini/oauth_creds.json', '.gemini/installation_id'],
  programs: ['gemini'],
  installation: (home) => hookFile(join(home, '.gemini', 'settings.json'), lists),
  project: (folder) => hookFile(join(folder, '.gemini', 'settings.json'), lists),
  windows,
  canary: {
    requests: (event, name, cwd) => [{ session_id: name, transcript_path: '', cwd, hook_event_name: event, timestamp: new Date(0).toISOString(), tool_name: 'run_shell_command', tool_input: { command: name }, ...(event === 'AfterTool' ? { tool_response: { llmContent: '' } } : {}) }],
    shell: process.platform === 'win32' ? ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command'] : ['bash', '-c'],
    env: (cwd) => ({ GEMINI_CLI: '1', GEMINI_CWD: cwd, GEMINI_PROJECT_DIR: cwd, CLAUDE_PROJECT_DIR: cwd }),
    refusal: readDeny,
  },
  decode,
  encode,
  encodeOutput,
};

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  const { hook_event_name: event, session_id: session, cwd } = shaped(Request, payload, PRODUCT, 'the request');
  if (silentEvents.has(event)) return { kind: 'nothing', event };
  if (event !== 'BeforeTool' && event !== 'AfterTool') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { tool_name: name, tool_input: input, mcp_context: mcp } = shaped(ToolRequest, payload, PRODUCT, 'the request');
  const project = call.env['GEMINI_PROJECT_DIR'] || cwd;
  const context = { agent: ID, session, cwd, workspaceRoots: rootsOf(project), env: call.env };
  const actions = mcp ? [{ ...context, tool: 'mcp' as const, server: mcp.server_name, name: mcp.tool_name, arguments: input }] : actionsOf(name, input, context);
  const [action] = actions;
  if (action === undefined) throw new UnreadablePayload(`${PRODUCT} asked to read no file at all.`);
  if (event === 'BeforeTool') return actions.length === 1 ? { kind: 'action', event, action } : { kind: 'actions', event, actions };
  return { kind: 'output', event, action, output: shaped(ToolOutput, payload, PRODUCT, 'the request').tool_response.llmContent, replaceable: true };
}

function actionsOf(name: string, input: JsonObject, context: CallContext): readonly Action[] {
  const as = inputReader(PRODUCT, name, input);
  switch (name) {
    case 'run_shell_command': {
      const { command, dir_path: folder } = as(Shell);
      return [{ ...context, tool: 'shell', shell: usualShell(context), command, cwd: folder ? join(context.cwd, folder) : context.cwd }];
    }
    case 'read_file':
      return [{ ...context, tool: 'read', path: as(FilePath).file_path }];
    case 'read_many_files':
      return manyReads(as(ReadMany).include, context);
    case 'write_file': {
      const { file_path: path, content } = as(Write);
      return [{ ...context, tool: 'write', path, content }];
    }
    case 'replace': {
      const { file_path: path, new_string: content } = as(Replace);
      return [{ ...context, tool: 'write', path, content, partial: true }];
    }
    case 'grep_search':
    case 'search_file_content': {
      const { pattern, dir_path: path, include, include_pattern: glob = include } = as(Grep);
      return [{ ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) }];
    }
    case 'web_fetch':
      return urlsIn(as(Fetch).prompt, name, input, context);
    default:
      return typeof input['command'] === 'string'
        ? [{ ...context, tool: 'shell', shell: 'bash', command: input['command'] }]
        : [{ ...context, tool: 'other', name, input }];
  }
}

const MOST_URLS = 20;

/** It is told in words what to fetch. */
function urlsIn(prompt: string, name: string, input: JsonObject, context: CallContext): readonly Action[] {
  const urls = (prompt.match(/https?:\/\/[^\s"'<>]+/g) ?? []).slice(0, MOST_URLS);
  return urls.length === 0 ? [{ ...context, tool: 'other', name, input }] : urls.map((url) => ({ ...context, tool: 'http', method: 'GET', url, headers: {} }));
}

/** JSON is read whatever the exit code; one that is cut off is text, and text with exit code 2 is a refusal. */
function encode(answer: Answer, _event: string | undefined): HookAnswer {
  if (answer.decision === 'allow') return { stdout: '{}\n', stderr: '', exitCode: 0 };
  return { stdout: `${JSON.stringify({ decision: 'deny', reason: answer.toAgent })}\n`, stderr: `${answer.toAgent}\n`, exitCode: 2 };
}

/** The reason of a refusal takes the place of what the tool gave back. */
function encodeOutput(output: unknown): HookAnswer {
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return { stdout: `${JSON.stringify({ decision: 'deny', reason: text })}\n`, stderr: '', exitCode: 0 };
}

const Denied = z.object({ decision: z.literal('deny'), reason: z.string() });

/** It reads standard output first; a text that is no JSON denies with exit code 2. */
function readDeny({ stdout, stderr, exitCode }: HookEnd): string | undefined {
  if (exitCode !== 0 && exitCode !== 2) return undefined;
  return jsonOutput(stdout, Denied)?.reason ?? (exitCode === 2 && stdout.trim() === '' ? stderr : undefined);
}

function lists(launcher: string): readonly HookList[] {
  const command = hookLine(launcher, ID, windows.shell);
  // Its timeouts are milliseconds.
  const list = (event: string, seconds: number): HookList => hookGroup(event, '.*', { type: 'command', name: 'interlock', command, timeout: seconds * 1000 });
  return [list('BeforeTool', TIMEOUT_SECONDS), list('AfterTool', OUTPUT_TIMEOUT_SECONDS)];
}
