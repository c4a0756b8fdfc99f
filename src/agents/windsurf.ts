import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Decoded, type HookCall, type WindowsHooks } from './adapter.ts';
import { textAnswers } from './answer-forms.ts';
import { type CallContext, rootsOf, usualShell } from './call-context.ts';
import type { HookList } from './hook-entries.ts';
import { hookFile } from './hook-file.ts';
import { hookLine, isBatch } from './hook-line.ts';
import { INSIDE_COMMANDS, MASKED_COMMANDS, ONLY_A_REFUSAL_HOLDS, OUTPUTS } from './limits.ts';
import { JsonObject, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Windsurf Cascade';
const ID = 'windsurf';
/** Nobody says how long it waits and nothing can be set: short enough for what others take for granted. */
const TIMEOUT_SECONDS = 60;
const windows: WindowsHooks = { shell: 'powershell', source: 'https://docs.devin.ai/desktop/cascade/hooks' };

const Request = z.object({ agent_action_name: z.string(), trajectory_id: z.optional(z.string()), tool_info: JsonObject });
const Command = z.object({ command_line: z.string(), cwd: z.optional(z.string()) });
const FilePath = z.object({ file_path: z.string() });
const Write = z.object({ file_path: z.string(), edits: z.array(z.object({ new_string: z.string() })) });
const Mcp = z.object({ mcp_server_name: z.string(), mcp_tool_name: z.string(), mcp_tool_arguments: z.optional(JsonObject) });

/** Events that come before something which is no action. */
const silentEvents = new Set(['pre_user_prompt']);
const gatedEvents = ['pre_run_command', 'pre_read_code', 'pre_write_code', 'pre_mcp_tool_use'];

/** Cascade, the agent of Windsurf before it became Devin Desktop 3.9.19. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, output: MASKED_COMMANDS, failure: false },
  limits: {
    canAsk: false,
    failsOpen: [`${ONLY_A_REFUSAL_HOLDS} How long it waits is not documented.`],
    cannotSee: ['its plugin in JetBrains editors, which reads another file', 'what its search shows', INSIDE_COMMANDS, OUTPUTS],
  },
  tested: 'documented payload',
  docs: 'https://docs.devin.ai/desktop/cascade/hooks',
  traces: ['.codeium/windsurf'],
  installation: (home) => hookFile(join(home, '.codeium', 'windsurf', 'hooks.json'), lists),
  windows,
  canary: {
    requests: (event, name, cwd) => [{ agent_action_name: event, trajectory_id: name, execution_id: name, timestamp: new Date(0).toISOString(), tool_info: canaryInfo(event, name, cwd) }],
    refusal: textAnswers.refusal,
  },
  decode,
  encode: textAnswers.encode,
};

function decode(call: HookCall): Decoded {
  const { agent_action_name: event, trajectory_id: session = '', tool_info: info } = shaped(Request, readPayload(call.payload, PRODUCT), PRODUCT, 'the request');
  if (event.startsWith('post_') || silentEvents.has(event)) return { kind: 'nothing', event };
  // The hook runs in the workspace.
  return { kind: 'action', event, action: actionOf(event, info, { agent: ID, session, cwd: call.cwd, workspaceRoots: rootsOf(call.cwd), env: call.env }) };
}

function actionOf(event: string, info: JsonObject, context: CallContext): Action {
  const as = <Schema extends z.ZodMiniType>(schema: Schema): z.output<Schema> => shaped(schema, info, PRODUCT, 'the request');
  switch (event) {
    case 'pre_run_command': {
      const { command_line: command, cwd } = as(Command);
      return { ...context, tool: 'shell', shell: usualShell(context), command, cwd: cwd || context.cwd };
    }
    case 'pre_read_code':
      return { ...context, tool: 'read', path: as(FilePath).file_path };
    case 'pre_write_code': {
      const { file_path: path, edits } = as(Write);
      return { ...context, tool: 'write', path, content: edits.map((edit) => edit.new_string).join('\n'), partial: true };
    }
    case 'pre_mcp_tool_use': {
      const { mcp_server_name: server, mcp_tool_name: name, mcp_tool_arguments: input = {} } = as(Mcp);
      return { ...context, tool: 'mcp', server, name, arguments: input };
    }
    default:
      throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  }
}

function canaryInfo(event: string, name: string, cwd: string): object | undefined {
  const file = { file_path: join(cwd, name) };
  const infos: Readonly<Record<string, object>> = { pre_run_command: { command_line: name, cwd }, pre_read_code: file, pre_write_code: { ...file, edits: [] }, pre_mcp_tool_use: { mcp_server_name: 'interlock', mcp_tool_name: name, mcp_tool_arguments: {} } };
  return infos[event];
}

const Hook = z.object({ command: z.string() });

function lists(launcher: string): readonly HookList[] {
  const command = hookLine(launcher, ID, 'unknown');
  const onWindows = isBatch(launcher) ? { powershell: hookLine(launcher, ID, windows.shell) } : {};
  return gatedEvents.map((event) => ({ path: ['hooks', event], entry: { command, ...onWindows, show_output: false }, isOurs: (entry) => Hook.safeParse(entry).data?.command === command }));
}
