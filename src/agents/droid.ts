import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Decoded, type HookCall, type WindowsHooks } from './adapter.ts';
import { permissionAnswers } from './answer-forms.ts';
import { type CallContext, inputReader, rootsOf, usualShell } from './call-context.ts';
import type { HookList } from './hook-entries.ts';
import { hookGroupAt, plainHookFile } from './hook-file.ts';
import { hookLine } from './hook-line.ts';
import { INSIDE_COMMANDS, MASKED_COMMANDS, OUTPUTS } from './limits.ts';
import { JsonObject, notFrom, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Droid';
const ID = 'droid';
const TIMEOUT_SECONDS = 600;
const windows: WindowsHooks = { shell: 'cmd', source: 'https://github.com/entireio/cli/pull/2349' };

const Request = z.object({ hook_event_name: z.string(), session_id: z.string(), transcript_path: z.string(), cwd: z.string() });
const ToolRequest = z.object({ tool_name: z.string(), tool_input: JsonObject });

const silentEvents = new Set(['PostToolUse', 'Notification', 'UserPromptSubmit', 'Stop', 'SubagentStop', 'PreCompact', 'SessionStart', 'SessionEnd']);

const Command = z.object({ command: z.string() });
const FilePath = z.object({ file_path: z.string() });
const Create = z.object({ file_path: z.string(), content: z.string() });
const Edit = z.object({ file_path: z.string(), new_str: z.string() });
const Grep = z.object({ pattern: z.string(), path: z.optional(z.string()), glob_pattern: z.optional(z.string()) });
const Fetch = z.object({ url: z.string() });
const Connector = z.object({ action: z.string(), toolName: z.optional(z.string()), toolArguments: z.optional(JsonObject) });

/** Factory's Droid: command line and desktop app. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, output: MASKED_COMMANDS, failure: false },
  limits: {
    canAsk: false,
    failsOpen: [
      'A hook that is killed, takes too long, ends with a code other than 2, says something cut off or is missing lets the action through.',
      'A comment or a byte order mark makes it ignore the whole file.',
      'hooksDisabled in its settings switches hooks off, and so does an organisation’s allowManagedHooksOnly.',
    ],
    cannotSee: ['hooks that were put in after its session began: it asks for /hooks first', INSIDE_COMMANDS, OUTPUTS],
  },
  tested: 'recorded payload',
  docs: 'https://docs.factory.ai/harness/hooks',
  traces: ['.factory'],
  installation: (home) => ({
    ...plainHookFile(PRODUCT, false, join(home, '.factory', 'hooks.json'), lists),
    // It reads the first of these files and no other (seen with 0.225.2).
    silences: [join(home, '.factory', 'hooks', 'hooks.json'), join(home, '.factory', 'settings.json')],
  }),
  windows,
  canary: {
    requests: (event, name, cwd) => [{ session_id: name, transcript_path: join(cwd, '.factory', 'sessions', `${name}.jsonl`), cwd, permission_mode: 'off', hook_event_name: event, tool_name: 'Execute', tool_input: { command: name } }],
    env: (cwd) => ({ FACTORY_PROJECT_DIR: cwd }),
    refusal: permissionAnswers.refusal,
  },
  decode,
  encode: permissionAnswers.encode,
};

/** True for a request that only Droid sends, through whichever file of hooks. */
export function isFromDroid(payload: JsonObject): boolean {
  return typeof payload['transcript_path'] === 'string' && /[\\/]\.factory[\\/]/.test(payload['transcript_path']);
}

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  const { hook_event_name: event, session_id: session, cwd } = shaped(Request, payload, PRODUCT, 'the request');
  if (!isFromDroid(payload) && call.env['FACTORY_PROJECT_DIR'] === undefined) throw notFrom(PRODUCT);
  if (silentEvents.has(event)) return { kind: 'nothing', event };
  if (event !== 'PreToolUse') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { tool_name: name, tool_input: input } = shaped(ToolRequest, payload, PRODUCT, 'the request');
  const project = call.env['FACTORY_PROJECT_DIR'] || cwd;
  return { kind: 'action', event, action: actionOf(name, input, { agent: ID, session, cwd, workspaceRoots: rootsOf(project), env: call.env }) };
}

function actionOf(name: string, input: JsonObject, context: CallContext): Action {
  const as = inputReader(PRODUCT, name, input);
  const mcp = /^mcp__(.+?)__(.+)$/.exec(name) ?? /^([^_].*?)___(.+)$/.exec(name);
  if (mcp) return { ...context, tool: 'mcp', server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
  switch (name) {
    case 'Execute':
      return { ...context, tool: 'shell', shell: usualShell(context), command: as(Command).command };
    case 'Read':
      return { ...context, tool: 'read', path: as(FilePath).file_path };
    case 'Create': {
      const { file_path: path, content } = as(Create);
      return { ...context, tool: 'write', path, content };
    }
    case 'Edit': {
      const { file_path: path, new_str: content } = as(Edit);
      return { ...context, tool: 'write', path, content, partial: true };
    }
    case 'Grep': {
      const { pattern, path, glob_pattern: glob } = as(Grep);
      return { ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) };
    }
    case 'FetchUrl':
      return { ...context, tool: 'http', method: 'GET', url: as(Fetch).url, headers: {} };
    case 'ConnectorSearch': {
      // Its own way to the tools of services the organisation has connected, named <service>__<tool>.
      const { action, toolName = '', toolArguments = {} } = as(Connector);
      if (action !== 'call_tool') return { ...context, tool: 'other', name, input };
      const [server = '', ...rest] = toolName.split('__');
      return { ...context, tool: 'mcp', server, name: rest.join('__'), arguments: toolArguments };
    }
    default:
      return typeof input['command'] === 'string' ? { ...context, tool: 'shell', shell: 'bash', command: input['command'] } : { ...context, tool: 'other', name, input };
  }
}

/** Its file is the map of events itself: under a key of their own it does not see them. */
function lists(launcher: string): readonly HookList[] {
  return [hookGroupAt(['PreToolUse'], '*', { type: 'command', command: hookLine(launcher, ID, windows.shell), timeout: TIMEOUT_SECONDS })];
}
