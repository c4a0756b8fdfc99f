import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Decoded, type HookCall, type WindowsHooks } from './adapter.ts';
import { textAnswers } from './answer-forms.ts';
import { type CallContext, inputReader, rootsOf } from './call-context.ts';
import type { HookList } from './hook-entries.ts';
import { hookFile } from './hook-file.ts';
import { hookLine } from './hook-line.ts';
import { CODE_LOST, INSIDE_COMMANDS, MASKED_COMMANDS, ONLY_A_REFUSAL_HOLDS, OUTPUTS } from './limits.ts';
import { JsonObject, notFrom, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Kiro';
const ID = 'kiro';
/** Seconds. 0 would lift the limit, but an older build may take it for no time at all. */
const TIMEOUT_SECONDS = 600;
const windows: WindowsHooks = { shell: 'unknown', limit: CODE_LOST };

const Request = z.object({ hook_event_name: z.string(), cwd: z.string(), session_id: z.optional(z.string()) });
const ToolRequest = z.object({ tool_name: z.string(), tool_input: JsonObject });

/** The command line begins its events with a small letter up to version 2. */
const silentEvents = new Set(['posttooluse', 'sessionstart', 'agentspawn', 'userpromptsubmit', 'stop', 'postfilecreate', 'postfilesave', 'postfiledelete', 'pretaskexec', 'posttaskexec', 'manual']);

const Command = z.object({ command: z.string(), cwd: z.optional(z.string()) });
/** One file, or several with a way of reading each. */
const Read = z.union([z.object({ path: z.string() }), z.object({ operations: z.array(z.object({ path: z.string(), mode: z.optional(z.string()), pattern: z.optional(z.string()) })).check(z.minLength(1)) })]);
const Change = z.object({
  path: z.string(),
  command: z.optional(z.string()),
  file_text: z.optional(z.string()),
  content: z.optional(z.string()),
  text: z.optional(z.string()),
  new_str: z.optional(z.string()),
  newStr: z.optional(z.string()),
});
const Write = z.union([Change, z.object({ operations: z.array(Change).check(z.minLength(1)) })]);
const Path = z.object({ path: z.string() });
const Grep = z.object({ pattern: z.string(), path: z.optional(z.string()), include: z.optional(z.string()) });

/** Its tools by what they do, under the names of the command line's versions, without underscores. */
const shellTools = new Set(['executebash', 'shell', 'executecmd', 'executepwsh']);
const readTools = new Set(['fsread', 'read', 'readfile']);
const writeTools = new Set(['fswrite', 'write', 'strreplace', 'fsappend']);
const deleteTools = new Set(['deletefile', 'fsdelete']);

/** Kiro: the editor from 1.0.182 on, and its command line from version 3 on. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, output: MASKED_COMMANDS, failure: false },
  limits: {
    canAsk: false,
    failsOpen: [
      ONLY_A_REFUSAL_HOLDS,
      'The editor before 1.0.182 and the command line before version 3 keep hooks elsewhere, and read none of these.',
      'Any hook can be switched off in its list of hooks.',
    ],
    cannotSee: [INSIDE_COMMANDS, OUTPUTS],
  },
  tested: 'documented payload',
  docs: 'https://kiro.dev/docs/hooks/',
  traces: ['.kiro'],
  installation: (home) => hookFile(join(home, '.kiro', 'hooks', 'interlock.json'), lists, [{ path: ['version'], value: 'v1' }]),
  windows,
  canary: { requests: (event, name, cwd) => [{ hook_event_name: event, cwd, session_id: name, tool_name: 'execute_bash', tool_input: { command: name } }], refusal: textAnswers.refusal },
  decode,
  encode: textAnswers.encode,
};

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  // Claude Code and its kin send the same keys, and with them where the conversation is written down.
  if ('transcript_path' in payload) throw notFrom(PRODUCT);
  const { hook_event_name: event, cwd, session_id: session = '' } = shaped(Request, payload, PRODUCT, 'the request');
  if (silentEvents.has(event.toLowerCase())) return { kind: 'nothing', event };
  if (event.toLowerCase() !== 'pretooluse') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { tool_name: name, tool_input: input } = shaped(ToolRequest, payload, PRODUCT, 'the request');
  const actions = actionsOf(name, input, { agent: ID, session, cwd, workspaceRoots: rootsOf(cwd), env: call.env });
  const [action] = actions;
  return actions.length === 1 && action !== undefined ? { kind: 'action', event, action } : { kind: 'actions', event, actions };
}

function actionsOf(name: string, input: JsonObject, context: CallContext): readonly Action[] {
  const as = inputReader(PRODUCT, name, input);
  const mcp = /^@([^/]+)\/(.+)$/.exec(name);
  if (mcp) return [{ ...context, tool: 'mcp', server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input }];
  // All of its own tools begin with a small letter.
  if (/^[A-Z]/.test(name)) throw new UnreadablePayload(`${PRODUCT} sent a tool under another product's name.`);
  const plain = name.replaceAll('_', '').toLowerCase();
  if (shellTools.has(plain)) {
    const { command, cwd } = as(Command);
    return [{ ...context, tool: 'shell', shell: plain === 'executepwsh' || (plain !== 'executebash' && context.env['OS'] === 'Windows_NT') ? 'powershell' : 'bash', command, cwd: cwd ? join(context.cwd, cwd) : context.cwd }];
  }
  if (readTools.has(plain)) {
    const read = as(Read);
    return 'path' in read ? [{ ...context, tool: 'read', path: read.path }] : read.operations.map(({ path, mode, pattern }) => (mode === 'Search' ? { ...context, tool: 'search', path, pattern: pattern ?? '' } : { ...context, tool: 'read', path }));
  }
  if (writeTools.has(plain)) {
    const write = as(Write);
    return ('path' in write ? [write] : write.operations).map((change) => written(change, plain, context));
  }
  if (deleteTools.has(plain)) return [{ ...context, tool: 'delete', path: as(Path).path }];
  if (plain === 'grep' || plain === 'grepsearch') {
    const { pattern, path, include: glob } = as(Grep);
    return [{ ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) }];
  }
  if (typeof input['command'] === 'string') return [{ ...context, tool: 'shell', shell: 'bash', command: input['command'] }];
  if (typeof input['url'] === 'string') return [{ ...context, tool: 'http', method: 'GET', url: input['url'], headers: {} }];
  return [{ ...context, tool: 'other', name, input }];
}

/** A file made anew holds all that is known of it; any other change puts something into a file. */
function written(change: z.output<typeof Change>, tool: string, context: CallContext): Action {
  const { path, command, file_text: whole, content = whole, new_str: part = change.newStr ?? change.text } = change;
  const makes = content !== undefined && part === undefined && tool !== 'fsappend' && (command === undefined || command === 'create');
  return { ...context, tool: 'write', path, content: content ?? part ?? '', ...(makes ? {} : { partial: true }) };
}

const Hook = z.object({ action: z.object({ command: z.string() }) });

function lists(launcher: string): readonly HookList[] {
  const command = hookLine(launcher, ID, windows.shell);
  return [{
    path: ['hooks'],
    entry: { name: 'interlock', trigger: 'PreToolUse', matcher: '.*', action: { type: 'command', command }, timeout: TIMEOUT_SECONDS, enabled: true },
    isOurs: (entry) => Hook.safeParse(entry).data?.action.command === command,
  }];
}
