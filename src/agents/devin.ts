import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Decoded, type HookCall, type WindowsHooks } from './adapter.ts';
import { decisionAnswers } from './answer-forms.ts';
import { type CallContext, inputReader, rootsOf, usualShell } from './call-context.ts';
import type { HookList } from './hook-entries.ts';
import { hookFile, hookGroup } from './hook-file.ts';
import { hookLine } from './hook-line.ts';
import { CODE_LOST, INSIDE_COMMANDS, MASKED_COMMANDS, ONLY_A_REFUSAL_HOLDS, OUTPUTS } from './limits.ts';
import { JsonObject, notFrom, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Devin';
const ID = 'devin';
const answers = decisionAnswers('block');
const TIMEOUT_SECONDS = 600;
const windows: WindowsHooks = { shell: 'unknown', limit: CODE_LOST };

/** It says neither its folder nor its transcript; older builds of some tools may. */
const Request = z.object({ hook_event_name: z.string(), session_id: z.string(), cwd: z.optional(z.string()) });
const ToolRequest = z.object({ tool_name: z.string(), tool_input: JsonObject, tool_use_id: z.optional(z.string()) });

/** Events it documents that carry nothing to judge. `PermissionRequest` comes for what `PreToolUse` has judged. */
const silentEvents = new Set(['PostToolUse', 'PermissionRequest', 'UserPromptSubmit', 'Stop', 'PostCompaction', 'SessionStart', 'SessionEnd']);

const Command = z.object({ command: z.string() });
const FilePath = z.object({ file_path: z.string() });
const Write = z.object({ file_path: z.string(), content: z.string() });
const Edit = z.object({ file_path: z.string(), new_string: z.string() });
const Notebook = z.object({ notebook_path: z.string(), new_source: z.optional(z.string()) });
const Grep = z.object({ pattern: z.string(), path: z.optional(z.string()), glob_pattern: z.optional(z.string()) });

/** Devin's local agent: Devin Desktop, which was Windsurf, and its command line. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, output: MASKED_COMMANDS, failure: false },
  limits: {
    canAsk: false,
    failsOpen: [
      ONLY_A_REFUSAL_HOLDS,
      'Started with --config it reads another file and no hooks of this one.',
      'In a folder that is not trusted (Restricted Mode) no hooks run at all.',
    ],
    cannotSee: ['its cloud sessions', INSIDE_COMMANDS, OUTPUTS],
  },
  tested: 'documented payload',
  docs: 'https://docs.devin.ai/cli/extensibility/hooks/overview',
  traces: ['.config/devin', 'AppData/Roaming/devin', '.local/share/devin'],
  installation: (home) => hookFile(join(home, ...(/^[A-Za-z]:[\\/]/.test(home) ? ['AppData', 'Roaming'] : ['.config']), 'devin', 'config.json'), lists),
  windows,
  canary: {
    requests: (event, name) => [{ hook_event_name: event, session_id: name, prompt_id: name, tool_name: 'exec', tool_input: { command: name, shell_id: 'main' }, tool_use_id: name }],
    env: (cwd) => ({ DEVIN_PROJECT_DIR: cwd }),
    refusal: answers.refusal,
  },
  decode,
  encode: answers.encode,
};

/** True for a request that only Devin sends, through whichever file of hooks: Claude Code, whose files it runs as well, always says where it writes. */
export function isFromDevin(payload: JsonObject, env: HookCall['env']): boolean {
  return 'hook_event_name' in payload && 'session_id' in payload && !('transcript_path' in payload) && !('timestamp' in payload) && (!('cwd' in payload) || env['DEVIN_PROJECT_DIR'] !== undefined);
}

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  if (!isFromDevin(payload, call.env)) throw notFrom(PRODUCT);
  const { hook_event_name: event, session_id: session, cwd: folder } = shaped(Request, payload, PRODUCT, 'the request');
  if (silentEvents.has(event)) return { kind: 'nothing', event };
  if (event !== 'PreToolUse') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { tool_name: name, tool_input: input, tool_use_id: id } = shaped(ToolRequest, payload, PRODUCT, 'the request');
  const project = call.env['DEVIN_PROJECT_DIR'] || folder || call.cwd;
  const context = { agent: ID, session, cwd: folder || project, workspaceRoots: rootsOf(project), env: call.env };
  return { kind: 'action', event, action: actionOf(name, input, context), ...(id === undefined ? {} : { call: id }) };
}

function actionOf(name: string, input: JsonObject, context: CallContext): Action {
  const as = inputReader(PRODUCT, name, input);
  const mcp = /^mcp__(.+?)__(.+)$/.exec(name);
  if (mcp) return { ...context, tool: 'mcp', server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
  // All of its own tools begin with a small letter.
  if (/^[A-Z]/.test(name)) throw new UnreadablePayload(`${PRODUCT} sent a tool under another product's name.`);
  switch (name) {
    case 'exec':
      return { ...context, tool: 'shell', shell: usualShell(context), command: as(Command).command };
    case 'read':
      return { ...context, tool: 'read', path: as(FilePath).file_path };
    case 'notebook_read':
      return { ...context, tool: 'read', path: as(Notebook).notebook_path };
    case 'write': {
      const { file_path: path, content } = as(Write);
      return { ...context, tool: 'write', path, content };
    }
    case 'edit': {
      const { file_path: path, new_string: content } = as(Edit);
      return { ...context, tool: 'write', path, content, partial: true };
    }
    case 'notebook_edit': {
      const { notebook_path: path, new_source: content = '' } = as(Notebook);
      return { ...context, tool: 'write', path, content, partial: true };
    }
    case 'grep': {
      const { pattern, path, glob_pattern: glob } = as(Grep);
      return { ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) };
    }
    default:
      if (typeof input['command'] === 'string') return { ...context, tool: 'shell', shell: 'bash', command: input['command'] };
      if (name === 'webfetch' && typeof input['url'] === 'string') return { ...context, tool: 'http', method: 'GET', url: input['url'], headers: {} };
      return { ...context, tool: 'other', name, input };
  }
}

function lists(launcher: string): readonly HookList[] {
  // An empty matcher stands for every tool.
  return [hookGroup('PreToolUse', '', { type: 'command', command: hookLine(launcher, ID, windows.shell), timeout: TIMEOUT_SECONDS })];
}
