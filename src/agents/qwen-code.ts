import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Answer, type Decoded, type HookAnswer, type HookCall, type HookEnd, type WindowsHooks } from './adapter.ts';
import { type CallContext, inputReader, rootsOf, usualShell } from './call-context.ts';
import { manyReads } from './file-reads.ts';
import type { HookList } from './hook-entries.ts';
import { hookFile, hookGroup } from './hook-file.ts';
import { hookLine, isBatch } from './hook-line.ts';
import { INSIDE_COMMANDS } from './limits.ts';
import { JsonObject, jsonOutput, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Qwen Code';
const ID = 'qwen-code';
/** Seconds; a value of 1000 or more would be taken for milliseconds. */
const TIMEOUT_SECONDS = 600;
/** Its own choice is Git's bash, cmd.exe or PowerShell, by what it was started from; a hook may name its shell. */
const windows: WindowsHooks = { shell: 'powershell', source: 'https://github.com/QwenLM/qwen-code/blob/main/packages/core/src/hooks/hookRunner.ts', limit: 'versions that do not know the `shell` of a hook and are not started from PowerShell' };
/** Masking is quick; what takes longer than this has failed. */
const OUTPUT_TIMEOUT_SECONDS = 60;

const Request = z.object({ hook_event_name: z.string(), session_id: z.string(), cwd: z.string() });
const ToolRequest = z.object({ tool_name: z.string(), tool_input: JsonObject });
/** `llmContent` is what the model is shown; `error` all that a tool which failed has said. */
const ToolOutput = z.object({ tool_response: z.optional(z.object({ llmContent: z.optional(z.unknown()) })), error: z.optional(z.string()) });

const Shell = z.object({ command: z.string(), directory: z.optional(z.string()) });
/** Older builds say `absolute_path`. */
const Read = z.union([z.object({ file_path: z.string() }), z.object({ absolute_path: z.string() })]);
const ReadMany = z.object({ paths: z.array(z.string()) });
const Write = z.object({ file_path: z.string(), content: z.string() });
const Edit = z.object({ file_path: z.string(), new_string: z.string() });
const Grep = z.object({ pattern: z.string(), path: z.optional(z.string()), glob: z.optional(z.string()) });
const Fetch = z.object({ url: z.string() });

/** Qwen Code. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, output: 'not of a command that fails', failure: false },
  limits: {
    canAsk: false,
    failsOpen: ['A hook that is killed, takes too long, ends with a code other than 2 or is missing lets the action through, and what a tool gave back unmasked.', 'Settings of the project can switch hooks of the user settings off.'],
    cannotSee: ['files named with @ in a prompt', INSIDE_COMMANDS, 'what a failing command prints: it reaches the model unmasked'],
  },
  tested: 'real client',
  docs: 'https://qwenlm.github.io/qwen-code-docs/en/users/features/hooks/',
  traces: ['.qwen'],
  programs: ['qwen'],
  installation: (home) => hookFile(join(home, '.qwen', 'settings.json'), lists),
  project: (folder) => hookFile(join(folder, '.qwen', 'settings.json'), lists),
  windows,
  canary: {
    requests: (event, name, cwd) => [{ session_id: name, transcript_path: '', cwd, hook_event_name: event, timestamp: new Date(0).toISOString(), permission_mode: 'default', tool_name: 'run_shell_command', tool_input: { command: name }, ...outputs[event], tool_use_id: name }],
    refusal: readDeny,
    shell: ['bash', '-c'],
    env: (cwd) => ({ QWEN_CODE: '1', QWEN_PROJECT_DIR: cwd, GEMINI_PROJECT_DIR: cwd, CLAUDE_PROJECT_DIR: cwd }),
  },
  decode,
  encode,
  encodeOutput,
};

/** Those we ask for. */
const knownEvents = new Set(['PreToolUse', 'PostToolUse', 'PostToolUseFailure']);

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  const { hook_event_name: event, session_id: session, cwd } = shaped(Request, payload, PRODUCT, 'the request');
  // It has thirty events; one that comes before a tool and is not known yet is not let through unseen.
  if (!knownEvents.has(event) && (!('tool_input' in payload) || /^(?:Post|Permission)/.test(event))) return { kind: 'nothing', event };
  if (!knownEvents.has(event)) throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { tool_name: name, tool_input: input } = shaped(ToolRequest, payload, PRODUCT, 'the request');
  const project = call.env['QWEN_PROJECT_DIR'] || cwd;
  const actions = actionsOf(name, input, { agent: ID, session, cwd, workspaceRoots: rootsOf(project), env: call.env });
  const [action] = actions;
  if (action === undefined) throw new UnreadablePayload(`${PRODUCT} asked to read no file at all.`);
  if (event === 'PreToolUse') return actions.length === 1 ? { kind: 'action', event, action } : { kind: 'actions', event, actions };
  const { tool_response: response, error } = shaped(ToolOutput, payload, PRODUCT, 'the request');
  return event === 'PostToolUse' ? { kind: 'output', event, action, output: response?.llmContent, replaceable: true } : { kind: 'output', event, action, output: error ?? '', replaceable: false };
}

function actionsOf(name: string, input: JsonObject, context: CallContext): readonly Action[] {
  const as = inputReader(PRODUCT, name, input);
  const mcp = /^mcp__(.+?)__(.+)$/.exec(name);
  if (mcp) return [{ ...context, tool: 'mcp', server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input }];
  switch (name) {
    case 'run_shell_command': {
      const { command, directory } = as(Shell);
      return [{ ...context, tool: 'shell', shell: usualShell(context), command, cwd: directory ? join(context.cwd, directory) : context.cwd }];
    }
    case 'read_file': {
      const read = as(Read);
      return [{ ...context, tool: 'read', path: 'file_path' in read ? read.file_path : read.absolute_path }];
    }
    case 'read_many_files':
      return manyReads(as(ReadMany).paths, context);
    case 'write_file': {
      const { file_path: path, content } = as(Write);
      return [{ ...context, tool: 'write', path, content }];
    }
    case 'edit': {
      const { file_path: path, new_string: content } = as(Edit);
      return [{ ...context, tool: 'write', path, content, partial: true }];
    }
    case 'grep_search': {
      const { pattern, path, glob } = as(Grep);
      return [{ ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) }];
    }
    case 'web_fetch':
      return [{ ...context, tool: 'http', method: 'GET', url: as(Fetch).url, headers: {} }];
    default:
      return typeof input['command'] === 'string'
        ? [{ ...context, tool: 'shell', shell: 'bash', command: input['command'] }]
        : [{ ...context, tool: 'other', name, input }];
  }
}

/** With exit code 2 it takes the text on standard error for the reason and does not look at JSON. */
function encode(answer: Answer, event: string | undefined): HookAnswer {
  if (answer.decision === 'allow') return { stdout: '{}\n', stderr: '', exitCode: 0 };
  if (event?.startsWith('PostToolUse')) return stopped(answer.toAgent);
  const output = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: answer.toAgent } };
  return { stdout: `${JSON.stringify(output)}\n`, stderr: `${answer.toAgent}\n`, exitCode: 2 };
}

/** To stop there takes the result back: the model is given the reason in its place and goes on. What a failing tool said stays. */
function stopped(stopReason: string): HookAnswer {
  return { stdout: `${JSON.stringify({ continue: false, stopReason })}\n`, stderr: '', exitCode: 0 };
}

/** It tells its person that the tool was not run, and shows them the same text. */
function encodeOutput(output: unknown): HookAnswer {
  return stopped(typeof output === 'string' ? output : JSON.stringify(output));
}

/** What a request holds besides when the tool is over. */
const outputs: Readonly<Record<string, object>> = { PostToolUse: { tool_response: { llmContent: '' } }, PostToolUseFailure: { error: 'Exit code 127' } };

const Stopped = z.object({ continue: z.literal(false), stopReason: z.string() });

/** Exit code 2 and its text, or the JSON that takes a result back. */
function readDeny({ stdout, stderr, exitCode }: HookEnd, event: string): string | undefined {
  if (exitCode === 2) return stderr;
  return event.startsWith('PostToolUse') && exitCode === 0 ? jsonOutput(stdout, Stopped)?.stopReason : undefined;
}

function lists(launcher: string): readonly HookList[] {
  const list = (event: string, timeout: number): HookList => hookGroup(event, '.*', { type: 'command', command: hookLine(launcher, ID, windows.shell), ...(isBatch(launcher) ? { shell: 'powershell' } : {}), timeout });
  return [list('PreToolUse', TIMEOUT_SECONDS), list('PostToolUse', OUTPUT_TIMEOUT_SECONDS), list('PostToolUseFailure', OUTPUT_TIMEOUT_SECONDS)];
}
