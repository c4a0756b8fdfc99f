import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadableConfig, type Adapter, type Decoded, type HookCall } from './adapter.ts';
import { type CallContext, usualShell } from './call-context.ts';
import { JsonObject, readPayload, shaped } from './payload.ts';
import { encodeForProxy, encodeOutputForProxy } from './proxy-answer.ts';
import { shellWord } from './shell-word.ts';

const PRODUCT = 'The ACP proxy';

/** A tool as the agent describes it when it asks its client for permission. https://agentclientprotocol.com/protocol/tool-calls */
const ToolCall = z.object({
  kind: z.optional(z.nullable(z.string())),
  title: z.optional(z.nullable(z.string())),
  rawInput: z.optional(z.unknown()),
  locations: z.optional(z.nullable(z.array(z.object({ path: z.string() })))),
  content: z.optional(z.nullable(z.array(z.looseObject({ type: z.string() })))),
});
const Diff = z.object({ type: z.literal('diff'), path: z.string(), newText: z.string() });

/** What the proxy says that an agent wants its client to do, or what the client gave back. */
const Request = z.object({
  session: z.string(),
  server: z.string(),
  cwd: z.string(),
  does: z.discriminatedUnion('method', [
    z.object({ method: z.literal('terminal/create'), sessionId: z.string(), command: z.string(), args: z.array(z.string()), env: z.record(z.string(), z.string()), cwd: z.optional(z.string()) }),
    z.object({ method: z.literal('fs/read_text_file'), sessionId: z.string(), path: z.string() }),
    z.object({ method: z.literal('fs/write_text_file'), sessionId: z.string(), path: z.string(), content: z.string() }),
    z.object({ method: z.literal('session/request_permission'), sessionId: z.string(), toolCall: ToolCall }),
    z.object({ method: z.literal('terminal/output'), sessionId: z.string() }),
  ]),
  /** Present once it was done. */
  output: z.optional(z.unknown()),
});
export type AcpProxyRequest = z.infer<typeof Request>;

/** Any agent that is started through `interlock acp` by a client of the Agent Client Protocol. The proxy stands in the client's own configuration, so there is no file of an agent to edit. */
export const adapter: Adapter = {
  id: 'acp',
  title: 'An ACP agent',
  timeoutSeconds: 600,
  holds: { shell: 'what its client runs for it, and what it asks permission for', read: 'what its client reads for it', write: 'what its client writes for it, and what it asks permission for', mcp: false, failure: true },
  limits: {
    canAsk: false,
    failsOpen: [],
    cannotSee: ['what an agent does itself without asking its client', 'agents that are not started through the proxy'],
  },
  tested: 'real client',
  docs: 'https://agentclientprotocol.com/protocol/overview',
  traces: [],
  installation: (home) => ({
    file: join(home, '.interlock', 'acp'),
    install: () => {
      throw new UnreadableConfig('Put `interlock acp --` before the agent’s command in the client’s configuration.');
    },
    uninstall: (text) => text,
    isInstalled: () => false,
  }),
  decode,
  encode: encodeForProxy,
  encodeOutput: encodeOutputForProxy,
};

function decode(call: HookCall): Decoded {
  const request = shaped(Request, readPayload(call.payload, PRODUCT), PRODUCT, 'the request');
  const { server, cwd, does } = request;
  const event = does.method;
  const context = { agent: 'acp', session: `${request.session}/${does.sessionId}`, cwd, workspaceRoots: [cwd], env: call.env };
  if ('output' in request) return { kind: 'output', event, action: { ...context, tool: 'other', name: event, input: { server } }, output: request.output, replaceable: true };
  const actions = actionsOf(does, server, context);
  const [action] = actions;
  if (action === undefined) return { kind: 'nothing', event };
  return actions.length === 1 ? { kind: 'action', event, action, call: nameOf(does), way: event } : { kind: 'actions', event, actions };
}

/** What a client permits it does next, in a request of its own: with the same name, unless variables make it another thing. */
function nameOf(does: AcpProxyRequest['does']): string {
  return JSON.stringify([does.sessionId, 'env' in does ? Object.entries(does.env).toSorted(([a], [b]) => a.localeCompare(b)) : []]);
}

function actionsOf(does: AcpProxyRequest['does'], server: string, context: CallContext): readonly Action[] {
  switch (does.method) {
    case 'terminal/create':
      return [shellAction(commandLine([does.command, ...does.args]), { ...context, cwd: does.cwd ?? context.cwd, env: { ...context.env, ...does.env } })];
    case 'fs/read_text_file':
      return [{ ...context, tool: 'read', path: does.path }];
    case 'fs/write_text_file':
      return [{ ...context, tool: 'write', path: does.path, content: does.content }];
    case 'session/request_permission':
      return permittedActions(does.toolCall, context);
    case 'terminal/output':
    default:
      return [{ ...context, tool: 'other', name: does.method, input: { server } }];
  }
}

/** What an agent would do once it is permitted; nothing where its request does not say, and its client's own question is all there is. */
function permittedActions({ kind, title, rawInput, locations, content }: z.infer<typeof ToolCall>, context: CallContext): readonly Action[] {
  const input = JsonObject.safeParse(rawInput).data ?? {};
  // Some give a command as the title alone: Gemini CLI as it is, others between backticks.
  const command = commandIn(input) ?? (kind === 'execute' ? title?.replace(/^`([^`]*)`$/, '$1') : undefined);
  if (command !== undefined) return [shellAction(command, { ...context, cwd: typeof input['cwd'] === 'string' ? input['cwd'] : context.cwd })];
  const writes = (content ?? []).flatMap((part) => {
    const diff = Diff.safeParse(part).data;
    return diff === undefined ? [] : [{ ...context, tool: 'write' as const, path: diff.path, content: diff.newText }];
  });
  if (writes.length > 0) return writes;
  if (kind === 'delete') return (locations ?? []).map(({ path }) => ({ ...context, tool: 'delete', path }));
  if (kind === 'read') return (locations ?? []).map(({ path }) => ({ ...context, tool: 'read', path }));
  if (kind === 'fetch' && typeof input['url'] === 'string') return [{ ...context, tool: 'http', method: 'GET', url: input['url'], headers: {} }];
  return [];
}

function commandIn(input: JsonObject): string | undefined {
  const { command, args } = input;
  const words = Array.isArray(command) ? command : typeof command === 'string' && Array.isArray(args) ? [command, ...(args as unknown[])] : command;
  if (typeof words === 'string') return words;
  return Array.isArray(words) && words.every((word): word is string => typeof word === 'string') ? commandLine(words) : undefined;
}

/** Words as the text of a shell; a word alone may be a whole line, as some agents send it, and a shell with a line is that line. */
function commandLine(words: readonly string[]): string {
  const [program = '', ...args] = words;
  const [option = '', line] = args;
  if (line !== undefined && args.length === 2 && /(?:^|\/)(?:ba|z)?sh$/.test(program) && /^-l?c$/.test(option)) return line;
  return args.length === 0 ? program : [program, ...args].map(shellWord).join(' ');
}

function shellAction(command: string, context: CallContext): Action {
  return { ...context, tool: 'shell', shell: usualShell(context), command };
}
