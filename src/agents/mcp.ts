import { join } from 'node:path';
import * as z from 'zod/mini';
import { UnreadableConfig, type Adapter, type Decoded, type HookCall } from './adapter.ts';
import { readPayload, shaped } from './payload.ts';
import { encodeForProxy, encodeOutputForProxy } from './proxy-answer.ts';

const PRODUCT = 'The MCP proxy';

/** What the proxy says that a client is about to do, or what a server gave back for it. */
const Request = z.object({
  session: z.string(),
  server: z.string(),
  cwd: z.string(),
  /** A call of a tool, or the reading of a resource. */
  does: z.discriminatedUnion('method', [
    z.object({
      method: z.literal('tools/call'),
      name: z.string(),
      arguments: z.record(z.string(), z.unknown()),
      annotations: z.optional(z.object({ readOnlyHint: z.optional(z.boolean()), destructiveHint: z.optional(z.boolean()) })),
    }),
    z.object({ method: z.literal('resources/read'), uri: z.string(), path: z.optional(z.string()) }),
    z.object({ method: z.literal('other'), name: z.string() }),
  ]),
  /** Present once it was done. */
  output: z.optional(z.unknown()),
});
export type McpProxyRequest = z.infer<typeof Request>;

/** Any client of any MCP server that is started through `interlock mcp`. The proxy stands in the client's own configuration, so there is no file of an agent to edit. */
export const adapter: Adapter = {
  id: 'mcp',
  title: 'An MCP client',
  timeoutSeconds: 600,
  holds: { shell: false, read: 'resources that are files', write: false, mcp: 'servers started through `interlock mcp`', failure: true },
  limits: {
    canAsk: false,
    failsOpen: [],
    cannotSee: ['servers that are not started through the proxy', 'what a server does of its own accord'],
  },
  tested: 'documented payload',
  docs: 'https://modelcontextprotocol.io/specification/2025-06-18/basic/transports',
  traces: [],
  installation: (home) => ({
    file: join(home, '.interlock', 'mcp'),
    install: () => {
      throw new UnreadableConfig('Put `interlock mcp --` before the server’s command in the client’s configuration.');
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
  const action = actionOf(request, call);
  const event = request.does.method;
  return 'output' in request ? { kind: 'output', event, action, output: request.output, replaceable: true } : { kind: 'action', event, action };
}

function actionOf({ session, server, cwd, does }: McpProxyRequest, { env }: HookCall): Extract<Decoded, { kind: 'action' }>['action'] {
  const context = { agent: 'mcp', session, cwd, workspaceRoots: [cwd], env };
  switch (does.method) {
    case 'tools/call':
      return { ...context, tool: 'mcp', server, name: does.name, arguments: does.arguments, ...(does.annotations === undefined ? {} : { annotations: hints(does.annotations) }) };
    case 'resources/read':
      return does.path === undefined ? { ...context, tool: 'other', name: 'resources/read', input: { server, uri: does.uri } } : { ...context, tool: 'read', path: does.path };
    case 'other':
    default:
      return { ...context, tool: 'other', name: does.name, input: { server } };
  }
}

function hints({ readOnlyHint, destructiveHint }: { readonly readOnlyHint?: boolean | undefined; readonly destructiveHint?: boolean | undefined }): { readonly readOnlyHint?: boolean; readonly destructiveHint?: boolean } {
  return { ...(readOnlyHint === undefined ? {} : { readOnlyHint }), ...(destructiveHint === undefined ? {} : { destructiveHint }) };
}
