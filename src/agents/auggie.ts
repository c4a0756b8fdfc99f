import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Decoded, type HookCall } from './adapter.ts';
import { permissionAnswers } from './answer-forms.ts';
import { type CallContext, inputReader, usualShell } from './call-context.ts';
import type { HookList } from './hook-entries.ts';
import { hookFile, hookGroup } from './hook-file.ts';
import { hookProgram } from './hook-line.ts';
import { INSIDE_COMMANDS, MASKED_COMMANDS, ONLY_A_REFUSAL_HOLDS, OUTPUTS } from './limits.ts';
import { patchActions } from './patch.ts';
import { JsonObject, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Auggie';
const ID = 'auggie';
const TIMEOUT_SECONDS = 600;

const Request = z.object({ hook_event_name: z.string(), conversation_id: z.string(), workspace_roots: z.array(z.string()) });
const ToolRequest = z.object({ tool_name: z.string(), tool_input: JsonObject, is_mcp_tool: z.optional(z.boolean()) });

const silentEvents = new Set(['PostToolUse', 'Stop', 'SessionStart', 'SessionEnd', 'Notification', 'PromptSubmit']);

const Launch = z.object({ command: z.string(), cwd: z.optional(z.string()) });
const View = z.object({ path: z.string(), search_query_regex: z.optional(z.string()) });
const Save = z.object({ path: z.string(), file_content: z.string() });
const Path = z.object({ path: z.string() });
const Remove = z.object({ file_paths: z.array(z.string()).check(z.minLength(1)) });
const Patch = z.object({ input: z.string() });
const Fetch = z.object({ url: z.string() });

/** Augment's command line. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: 'without the server’s name', output: MASKED_COMMANDS, failure: false },
  limits: {
    canAsk: false,
    failsOpen: [ONLY_A_REFUSAL_HOLDS, 'Augment switches hooks on for an account: where it has not, none is run.'],
    cannotSee: ['what its index hands to the model', 'remote agents', INSIDE_COMMANDS, OUTPUTS],
  },
  tested: 'documented payload',
  docs: 'https://docs.augmentcode.com/cli/hooks',
  traces: ['.augment'],
  installation: (home) => hookFile(join(home, '.augment', 'settings.json'), lists),
  canary: {
    requests: (event, name, cwd) => [{ hook_event_name: event, conversation_id: name, workspace_roots: [cwd], tool_name: 'launch-process', tool_input: { command: name, cwd, wait: true, max_wait_seconds: 60 }, is_mcp_tool: false }],
    env: (cwd) => ({ AUGMENT_PROJECT_DIR: cwd, AUGMENT_CONVERSATION_ID: 'interlock', AUGMENT_HOOK_EVENT: 'PreToolUse', AUGMENT_TOOL_NAME: 'launch-process' }),
    refusal: permissionAnswers.refusal,
  },
  decode,
  encode: permissionAnswers.encode,
};

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  if ('cursor_version' in payload) throw new UnreadablePayload(`This request came from Cursor and not from ${PRODUCT}, so Interlock does not read it here. Nothing was judged, so nothing may run.`);
  const { hook_event_name: event, conversation_id: session, workspace_roots: workspaceRoots } = shaped(Request, payload, PRODUCT, 'the request');
  if (silentEvents.has(event)) return { kind: 'nothing', event };
  if (event !== 'PreToolUse') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { tool_name: name, tool_input: input, is_mcp_tool: isMcp } = shaped(ToolRequest, payload, PRODUCT, 'the request');
  const context = { agent: ID, session, cwd: workspaceRoots[0] ?? call.cwd, workspaceRoots, env: call.env };
  const actions = isMcp === true ? [{ ...context, tool: 'mcp' as const, server: '', name, arguments: input }] : actionsOf(name, input, context);
  const [action] = actions;
  if (action === undefined) throw new UnreadablePayload(`${PRODUCT} sent a patch that names no file.`);
  return actions.length === 1 ? { kind: 'action', event, action } : { kind: 'actions', event, actions };
}

function actionsOf(name: string, input: JsonObject, context: CallContext): readonly Action[] {
  const as = inputReader(PRODUCT, name, input);
  switch (name) {
    case 'launch-process': {
      const { command, cwd } = as(Launch);
      return [{ ...context, tool: 'shell', shell: usualShell(context), command, cwd: cwd || context.cwd }];
    }
    case 'write-process':
      return [{ ...context, tool: 'other', name, input, unseen: 'text that is sent to a shell' }];
    case 'view': {
      // Of a folder it shows the names only.
      if (input['type'] === 'directory') return [{ ...context, tool: 'other', name, input }];
      return [{ ...context, tool: 'read', path: as(View).path }];
    }
    case 'save-file': {
      const { path, file_content: content } = as(Save);
      return [{ ...context, tool: 'write', path, content }];
    }
    case 'str-replace-editor':
      return [{ ...context, tool: 'write', path: as(Path).path, content: newTexts(input), partial: true }];
    case 'apply_patch':
      return patchActions(as(Patch).input, context);
    case 'remove-files':
      return as(Remove).file_paths.map((path) => ({ ...context, tool: 'delete', path }));
    case 'web-fetch':
      return [{ ...context, tool: 'http', method: 'GET', url: as(Fetch).url, headers: {} }];
    default:
      // Its editor tool has a `command` as well, which is none: only tools that are not known are taken at their word.
      return typeof input['command'] === 'string' ? [{ ...context, tool: 'shell', shell: 'bash', command: input['command'] }] : [{ ...context, tool: 'other', name, input }];
  }
}

/** Replacements are numbered: `new_str_1`, `new_str_2`, … */
function newTexts(input: JsonObject): string {
  return Object.entries(input).flatMap(([key, value]) => (/^new_str(?:_\d+)?$/.test(key) && typeof value === 'string' ? [value] : [])).join('\n');
}

/**
 * With arguments beside it the command is started without a shell. `.*` is the one pattern that means tools of MCP
 * servers as well. Its timeouts are milliseconds.
 */
function lists(launcher: string): readonly HookList[] {
  return [hookGroup('PreToolUse', '.*', { type: 'command', ...hookProgram(launcher, ID), timeout: TIMEOUT_SECONDS * 1000 })];
}
