import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Decoded, type HookAnswer, type ForShells, type HookCall, type Installation } from './adapter.ts';
import { type CallContext, inputReader, rootsOf } from './call-context.ts';
import { INSIDE_COMMANDS } from './limits.ts';
import { MARK, ownFile } from './own-file.ts';
import { patchActions } from './patch.ts';
import { JsonObject, readPayload, shaped } from './payload.ts';
import { askSource, encodeForPlugin, encodeOutputForPlugin, pluginRefusal } from './plugin-source.ts';

/** opencode, or what was made from it: plugins, tools and requests are the same. https://opencode.ai/docs/plugins/ */
interface OpencodeHost extends Pick<Adapter, 'id' | 'title' | 'docs' | 'traces'> {
  /** The plugin's file, under the home folder. */
  readonly plugin: readonly string[];
  /** The plugin that its shells get variables from, beside it. */
  readonly shellPlugin: string;
  /** What starts it without plugins, and what else lets actions through. */
  readonly withoutPlugin: readonly string[];
}

const TIMEOUT_SECONDS = 600;

/** Everything of such a host. */
export function opencodeAdapter({ id, title, docs, traces, plugin, shellPlugin, withoutPlugin }: OpencodeHost): Adapter {
  return {
    id,
    title,
    timeoutSeconds: TIMEOUT_SECONDS,
    holds: { shell: true, read: true, write: true, mcp: true, failure: true },
    limits: {
      canAsk: false,
      failsOpen: [...withoutPlugin, 'A plugin that is loaded later, such as one of the project, may change a request after it was allowed.'],
      cannotSee: [
        'files named with @ in a prompt',
        'commands you type after ! and those of command templates',
        INSIDE_COMMANDS,
        'what a tool says that breaks off with an error, and what a command printed before you interrupted it: they reach the model unmasked',
      ],
    },
    tested: 'real client',
    docs,
    traces,
    installation: (home) => pluginAt(join(home, ...plugin), id),
    shells: (home, given) => shellsPluginAt(join(home, ...plugin, '..', shellPlugin), given),
    canary: { requests: canaryRequests, env: () => ({ OPENCODE: '1', AGENT: '1' }), plugin: callPlugin, refusal: pluginRefusal },
    decode: (call) => decode(call, id, title),
    encode: encodeForPlugin,
    isPicture,
    encodeOutput,
  };
}

/** The arguments of a plugin's function, and where opencode works. */
const Request = z.object({
  hook: z.string(),
  directory: z.string(),
  /** The root of the repository; `/` where there is none. */
  worktree: z.optional(z.string()),
  input: z.object({ tool: z.string(), sessionID: z.string(), args: z.optional(JsonObject) }),
  output: JsonObject,
});

const Shell = z.object({ command: z.string(), workdir: z.optional(z.string()) });
const FilePath = z.object({ filePath: z.string() });
const Path = z.object({ path: z.string() });
const Write = z.object({ filePath: z.string(), content: z.string() });
const Edit = z.object({ filePath: z.string(), newString: z.string() });
const Patch = z.object({ patchText: z.string() });
const Grep = z.object({ pattern: z.string(), path: z.optional(z.string()), include: z.optional(z.string()) });
const Fetch = z.object({ url: z.string() });
const NotebookEdit = z.object({ path: z.string(), source: z.optional(z.string()) });

const wholePicture = z.string().check(z.regex(/^(?:data:image\/[\w.+-]{1,20};base64,)?(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR)[A-Za-z0-9+/]*={0,2}$/));
/** A picture that was read, or that an MCP tool made. */
const Picture = z.object({
  hook: z.literal('tool.execute.after'),
  output: z.union([
    z.object({ output: z.literal('Image read successfully'), attachments: z.array(z.object({ url: wholePicture })) }),
    z.object({ output: z.optional(z.undefined()), content: z.array(z.object({ type: z.literal('image'), data: wholePicture })) }),
  ]),
});

/** Tools of their own that touch nothing Interlock judges, with names that look like those of MCP tools, which are `<server>_<tool>`. */
const harmless = new Set([
  'plan_enter', 'plan_exit', 'list_mcp_resources', 'list_mcp_resource_templates', 'read_mcp_resource', 'agent_manager', 'agent_manager_models', 'background_process', 'board_post', 'board_read',
  'browser_open', 'cancel_wakeup', 'cron_create', 'cron_delete', 'cron_list', 'get_context_info', 'goal_report', 'kilo_local_recall', 'kilo_memory_recall', 'kilo_memory_save', 'link_pr', 'notify_user',
  'open_plan', 'repo_clone', 'repo_overview', 'schedule_wakeup', 'semantic_search',
]);

const BEFORE = 'tool.execute.before';
const AFTER = 'tool.execute.after';

/** It calls each function that a plugin exports, and then the hook of that name in all that they gave. One that throws ends the tool's call. */
const callPlugin = `async (plugin, { hook, directory, input, output }) => {
  const given = await Promise.all(Object.values(plugin).map((start) => start({ directory, worktree: directory, client: {}, project: {}, $: () => undefined })));
  const hooks = given.map((each) => each[hook]).filter(Boolean);
  if (hooks.length === 0) throw new Error('The plugin has no ' + hook + '.');
  try {
    for (const each of hooks) await each(input, output);
  } catch (error) {
    return error.message;
  }
}`;

function canaryRequests(hook: string, name: string, directory: string): readonly object[] {
  const call = { tool: 'bash', sessionID: name, callID: name };
  const args = { command: name, description: '' };
  return [{ hook, directory, ...(hook === BEFORE ? { input: call, output: { args } } : { input: { ...call, args }, output: { title: '', output: '', metadata: {} } }) }];
}

function pluginAt(file: string, id: string): Installation {
  const start = { plugin: file };
  return ownFile(file, [{ event: BEFORE, start }, { event: AFTER, start }], (launcher) => `${askSource(launcher, id, TIMEOUT_SECONDS)}
/** A tool does not run after a hook that throws, and what it gave back is not shown. */
export const Interlock = async ({ directory, worktree }) => ({
  'tool.execute.before': async (input, output) => {
    await ask({ hook: 'tool.execute.before', directory, worktree, input, output });
  },
  'tool.execute.after': async (input, output) => {
    // Metadata is for the person's screen and never reaches the model.
    const { metadata, ...shown } = output;
    const answer = await ask({ hook: 'tool.execute.after', directory, worktree, input, output: shown }).catch((error) => {
      throw new Error('It ran, but what it gave back is withheld. ' + error.message);
    });
    if (answer.output) Object.assign(output, answer.output);
  },
});
`);
}

/** A terminal of the person has no call of a tool. Variables that are set already may be the person's own. */
function shellsPluginAt(file: string, { variables, shims }: ForShells): Installation {
  return ownFile(file, [], () => `// ${MARK}
const variables = ${JSON.stringify(variables)};
const shims = ${JSON.stringify(shims)};

/** Has what a command starts be judged too. */
export const InterlockShells = async () => ({
  'shell.env': async ({ callID }, { env }) => {
    if (!callID) return;
    for (const [name, value] of Object.entries(variables)) if (!process.env[name]) env[name] = value;
    const path = env.PATH ?? process.env.PATH ?? '';
    if (!path.startsWith(shims + ':')) env.PATH = shims + ':' + path;
  },
});
`);
}

function decode(call: HookCall, id: string, product: string): Decoded {
  const { hook: event, directory: cwd, worktree, input, output } = shaped(Request, readPayload(call.payload, product), product, 'the request');
  if (event !== BEFORE && event !== AFTER) throw new UnreadablePayload(`${product} sent an event that is not known.`);
  const root = worktree === undefined || worktree === '/' || worktree === '' ? cwd : worktree;
  const context = { agent: id, session: input.sessionID, cwd, workspaceRoots: rootsOf(root), env: call.env };
  const args = event === BEFORE ? shaped(z.object({ args: JsonObject }), output, product, 'the request').args : (input.args ?? {});
  const actions = actionsOf(input.tool, args, context, product);
  const [action] = actions;
  if (action === undefined) throw new UnreadablePayload(`${product} sent a patch in which no file is named.`);
  if (event === AFTER) return { kind: 'output', event, action, output, replaceable: true };
  return actions.length === 1 ? { kind: 'action', event, action } : { kind: 'actions', event, actions };
}

function isPicture(payload: string): boolean {
  try {
    return Picture.safeParse(JSON.parse(payload)).success;
  } catch {
    return false;
  }
}

const Attached = z.object({ output: z.string(), attachments: z.array(z.object({ url: z.string() })) });
const Parts = z.object({ content: z.array(z.looseObject({ data: z.optional(z.string()), resource: z.optional(z.object({ blob: z.optional(z.string()) })) })) });
const data = /^(?:data:[\w.+/-]{1,80};base64,)?[A-Za-z0-9+/]*={0,2}\s*$/;
const HELD_BACK = '<hidden: a file that holds a secret>';

/** A file in which a secret was hidden is no file any more, and a model's maker refuses a request with one in it: words take its place. */
function encodeOutput(output: unknown): HookAnswer {
  const attached = Attached.safeParse(output);
  if (attached.success) {
    const { attachments, output: text } = attached.data;
    const whole = attachments.filter(({ url }) => !url.startsWith('data:') || data.test(url));
    return encodeOutputForPlugin(whole.length === attachments.length ? output : { ...(output as object), attachments: whole, output: `${text}\n${HELD_BACK}` });
  }
  const parts = Parts.safeParse(output);
  if (!parts.success) return encodeOutputForPlugin(output);
  const content = parts.data.content.map((part) => (data.test(part.data ?? part.resource?.blob ?? '') ? part : { type: 'text', text: HELD_BACK }));
  return encodeOutputForPlugin({ ...(output as object), content });
}

function actionsOf(name: string, input: JsonObject, context: CallContext, product: string): readonly Action[] {
  const as = inputReader(product, name, input);
  switch (name) {
    case 'bash':
      return [shellAction(as(Shell), context)];
    case 'read':
      return [{ ...context, tool: 'read', path: as(FilePath).filePath }];
    case 'write': {
      const { filePath: path, content } = as(Write);
      return [{ ...context, tool: 'write', path, content }];
    }
    case 'edit': {
      const { filePath: path, newString: content } = as(Edit);
      return [{ ...context, tool: 'write', path, content, partial: true }];
    }
    case 'apply_patch':
    case 'patch':
      return patchActions(as(Patch).patchText, context);
    case 'grep': {
      const { pattern, path, include } = as(Grep);
      return [{ ...context, tool: 'search', pattern, path: path || context.cwd, ...(include === undefined ? {} : { glob: include }) }];
    }
    case 'webfetch':
      return [{ ...context, tool: 'http', method: 'GET', url: as(Fetch).url, headers: {} }];
    // Kilo's own: a notebook open in the editor, a file sent to the person's telephone.
    case 'notebook_read':
    case 'send_file':
      return [{ ...context, tool: 'read', path: as(Path).path }];
    case 'notebook_edit': {
      const { path, source: content = '' } = as(NotebookEdit);
      return [{ ...context, tool: 'write', path, content, partial: true }];
    }
    case 'notebook_execute':
      return [{ ...context, tool: 'other', name, input, unseen: 'a cell of a notebook' }];
    case 'generate_image':
      return [{ ...context, tool: 'write', path: as(Path).path }];
    default:
      return [otherAction(name, input, context)];
  }
}

/** A tool that is not known, or that names no file: judged by its command where it has one. */
function otherAction(name: string, input: JsonObject, context: CallContext): Action {
  const shell = Shell.safeParse(input);
  if (shell.success) return shellAction(shell.data, context);
  const gap = name.indexOf('_');
  if (gap < 1 || harmless.has(name)) return { ...context, tool: 'other', name, input };
  return { ...context, tool: 'mcp', server: name.slice(0, gap), name: name.slice(gap + 1), arguments: input };
}

function shellAction({ command, workdir }: z.infer<typeof Shell>, context: CallContext): Action {
  const { env, cwd } = context;
  const isWindows = env['OS'] === 'Windows_NT' && !/bash/i.test(env['SHELL'] ?? '');
  return { ...context, tool: 'shell', shell: isWindows ? 'powershell' : 'bash', command, cwd: workdir ? resolve(cwd, workdir) : cwd };
}
