import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Decoded, type HookCall, type Installation } from './adapter.ts';
import { type CallContext, inputReader, rootsOf, usualShell } from './call-context.ts';
import { INSIDE_COMMANDS } from './limits.ts';
import { ownFile } from './own-file.ts';
import { patchActions } from './patch.ts';
import { JsonObject, readPayload, shaped } from './payload.ts';
import { askSource, encodeForPlugin, encodeOutputForPlugin, pluginRefusal } from './plugin-source.ts';

const PRODUCT = 'Amp';
const ID = 'amp';
const TIMEOUT_SECONDS = 600;

/** An event as Amp gives it to a plugin, and the command that Amp itself finds in a tool. */
const Request = z.object({
  event: z.string(),
  payload: z.object({ tool: z.string(), input: JsonObject, thread: z.optional(z.object({ id: z.string() })), output: z.optional(z.unknown()), error: z.optional(z.unknown()) }),
  shell: z.nullish(z.object({ command: z.string(), dir: z.nullish(z.string()) })),
});

const Shell = z.object({ cmd: z.string(), cwd: z.optional(z.string()) });
const Path = z.object({ path: z.string() });
const Write = z.object({ path: z.string(), content: z.string() });
const Edit = z.object({ path: z.string(), new_str: z.string() });
const Grep = z.object({ pattern: z.string(), path: z.optional(z.string()), glob: z.optional(z.string()) });
const Patch = z.union([z.object({ patchText: z.string() }), z.object({ patch: z.string() }), z.object({ input: z.string() })]);
const Url = z.object({ url: z.string() });

/** It hands a plugin what to sign up with. A call that a handler does not let through ends with its message, a result that it fails with that. */
const callPlugin = `async (plugin, { event, payload }) => {
  const handlers = [];
  await plugin.default({
    on: (name, handler) => { if (name === event) handlers.push(handler); },
    helpers: { shellCommandFromToolCall: ({ input }) => ({ command: input.cmd, dir: null }) },
  });
  if (handlers.length === 0) throw new Error('The plugin does not listen to ' + event + '.');
  for (const handler of handlers) {
    const said = await handler(payload);
    if (said?.action === 'reject-and-continue') return said.message;
    if (said?.status === 'error') return said.error;
  }
}`;

/** Amp's command line. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, failure: 'when the hook fails; of the plugin itself it is not known' },
  limits: {
    canAsk: false,
    failsOpen: ['PLUGINS=off and an XDG_CONFIG_HOME other than ~/.config start it without the plugin; builds before May 2026 want PLUGINS=all.', 'What it does with a plugin that cannot be loaded is not known.'],
    cannotSee: ['files named with @ in a prompt', 'commands you type yourself', INSIDE_COMMANDS],
  },
  tested: 'documented payload',
  docs: 'https://ampcode.com/manual/plugin-api',
  traces: ['.config/amp', '.local/share/amp'],
  installation: (home) => plugin(join(home, '.config', 'amp', 'plugins', 'interlock.ts')),
  canary: {
    requests: (event, name) => [{ event, payload: { tool: 'Bash', input: { cmd: name }, toolUseID: name, thread: { id: name }, ...(event === 'tool.result' ? { status: 'done', output: '' } : {}) } }],
    plugin: callPlugin,
    refusal: pluginRefusal,
  },
  decode,
  encode: encodeForPlugin,
  encodeOutput: encodeOutputForPlugin,
};

/** What a handler does that throws is not documented, so none does. Older builds load only what has the first line. */
function plugin(file: string): Installation {
  const start = { plugin: file };
  return ownFile(file, [{ event: 'tool.call', start }, { event: 'tool.result', start }], (launcher) => `// @i-know-the-amp-plugin-api-is-wip-and-very-experimental-right-now
${askSource(launcher, ID, TIMEOUT_SECONDS)}
export default function (amp) {
  amp.on('tool.call', async (event) => {
    try {
      await ask({ event: 'tool.call', payload: event, shell: amp.helpers?.shellCommandFromToolCall?.(event) });
      return { action: 'allow' };
    } catch (error) {
      return { action: 'reject-and-continue', message: String(error.message) };
    }
  });
  amp.on('tool.result', async (event) => {
    try {
      const answer = await ask({ event: 'tool.result', payload: event });
      return answer.output ? { status: event.status, ...answer.output } : undefined;
    } catch (error) {
      const withheld = 'It ran, but what it gave back is withheld. ' + error.message;
      return { status: 'error', error: withheld, output: withheld };
    }
  });
}
`);
}

function decode(call: HookCall): Decoded {
  const { event, payload, shell } = shaped(Request, readPayload(call.payload, PRODUCT), PRODUCT, 'the request');
  if (event !== 'tool.call' && event !== 'tool.result') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const context = { agent: ID, session: payload.thread?.id ?? '', cwd: call.cwd, workspaceRoots: rootsOf(call.cwd), env: call.env };
  const actions = actionsOf(payload.tool, payload.input, context) ?? [shell ? shellAction(shell.command, shell.dir, context) : otherAction(payload.tool, payload.input, context)];
  const [action] = actions;
  if (action === undefined) throw new UnreadablePayload(`${PRODUCT} sent a patch in which no file is named.`);
  if (event === 'tool.result') return { kind: 'output', event, action, output: { output: payload.output, error: payload.error }, replaceable: true };
  return actions.length === 1 ? { kind: 'action', event, action } : { kind: 'actions', event, actions };
}

/** Undefined for a tool that is not known. */
function actionsOf(name: string, input: JsonObject, context: CallContext): readonly Action[] | undefined {
  const as = inputReader(PRODUCT, name, input);
  switch (name) {
    case 'Bash': {
      const { cmd, cwd } = as(Shell);
      return [shellAction(cmd, cwd, context)];
    }
    case 'Read':
      return [{ ...context, tool: 'read', path: as(Path).path }];
    case 'create_file': {
      const { path, content } = as(Write);
      return [{ ...context, tool: 'write', path, content }];
    }
    case 'edit_file': {
      const { path, new_str: content } = as(Edit);
      return [{ ...context, tool: 'write', path, content, partial: true }];
    }
    case 'undo_edit':
    case 'format_file':
      return [{ ...context, tool: 'write', path: as(Path).path, partial: true }];
    case 'apply_patch':
      return patchActions(Object.values(as(Patch))[0] ?? '', context);
    case 'Grep': {
      const { pattern, path, glob } = as(Grep);
      return [{ ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) }];
    }
    case 'read_web_page':
      return [{ ...context, tool: 'http', method: 'GET', url: as(Url).url, headers: {} }];
    default:
      return undefined;
  }
}

function otherAction(name: string, input: JsonObject, context: CallContext): Action {
  const [, server, tool] = /^mcp__(.+?)__(.+)$/.exec(name) ?? [];
  if (server !== undefined && tool !== undefined) return { ...context, tool: 'mcp', server, name: tool, arguments: input };
  const command = input['command'] ?? input['cmd'];
  return typeof command === 'string' ? shellAction(command, undefined, context) : { ...context, tool: 'other', name, input };
}

function shellAction(command: string, folder: string | null | undefined, context: CallContext): Action {
  return { ...context, tool: 'shell', shell: usualShell(context), command, cwd: folder ? resolve(context.cwd, folder) : context.cwd };
}
