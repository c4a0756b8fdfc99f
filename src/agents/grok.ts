import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadableConfig, UnreadablePayload, type Adapter, type Decoded, type HookCall, type WindowsHooks } from './adapter.ts';
import { decisionAnswers } from './answer-forms.ts';
import { type CallContext, inputReader, rootsOf, usualShell } from './call-context.ts';
import type { HookList } from './hook-entries.ts';
import { hookGroup, plainHookFile } from './hook-file.ts';
import { hookLine } from './hook-line.ts';
import { CODE_LOST, INSIDE_COMMANDS, MASKED_COMMANDS, ONLY_A_REFUSAL_HOLDS, OUTPUTS } from './limits.ts';
import { JsonObject, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Grok Build';
const ID = 'grok';
const answers = decisionAnswers('deny');
/** It would wait for 5 seconds only by itself. */
const TIMEOUT_SECONDS = 600;
/** It hands a line with a blank to PowerShell, and starts one without as a program: it is known by what it sends then. */
const windows: WindowsHooks = { shell: 'program or PowerShell', source: 'https://github.com/stablyai/orca/pull/15595', limit: CODE_LOST };

/** Newer builds send the names of Claude Code beside their own. */
const Request = z.object({ hookEventName: z.string(), sessionId: z.optional(z.string()), cwd: z.optional(z.string()), workspaceRoot: z.optional(z.string()) });
const ToolRequest = z.object({ toolName: z.string(), toolInput: JsonObject, toolUseId: z.optional(z.string()), toolInputTruncated: z.optional(z.boolean()) });

const Command = z.object({ command: z.string() });
/** `target_file` of its own tools; other spellings of builds that were seen. */
const File = z.union([z.object({ target_file: z.string() }), z.object({ file_path: z.string() }), z.object({ path: z.string() })]);
const Write = z.intersection(File, z.object({ content: z.optional(z.string()), contents: z.optional(z.string()) }));
const Replace = z.intersection(File, z.object({ new_string: z.string() }));
const Grep = z.object({ pattern: z.string(), path: z.optional(z.string()), glob: z.optional(z.string()) });
const Fetch = z.object({ url: z.string() });

/** Grok Build: xAI's command line. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, output: MASKED_COMMANDS, failure: false },
  limits: {
    canAsk: false,
    failsOpen: [
      ONLY_A_REFUSAL_HOLDS,
      'Any hook can be switched off in its list of hooks (/hooks).',
    ],
    cannotSee: ['commands you type in its bash mode', INSIDE_COMMANDS, OUTPUTS],
  },
  tested: 'documented payload',
  docs: 'https://docs.x.ai/build/features/hooks',
  traces: ['.grok'],
  installation: (home) => plainHookFile(PRODUCT, false, join(home, '.grok', 'hooks', 'interlock.json'), lists),
  windows,
  canary: {
    requests: (_event, name, cwd) => [{ hookEventName: 'pre_tool_use', sessionId: name, cwd, workspaceRoot: cwd, toolName: 'run_terminal_command', toolUseId: name, toolInput: { command: name }, toolInputTruncated: false }],
    env: (cwd) => ({ GROK_HOOK_EVENT: 'pre_tool_use', GROK_HOOK_NAME: 'interlock', GROK_SESSION_ID: 'interlock', GROK_WORKSPACE_ROOT: cwd, CLAUDE_PROJECT_DIR: cwd }),
    refusal: answers.refusal,
  },
  decode,
  encode: answers.encode,
};

/** True for a request that only Grok sends, through whichever file of hooks: it runs those of Claude Code and Cursor, too. */
export function isFromGrok(payload: JsonObject, env: HookCall['env']): boolean {
  return 'hookEventName' in payload && ('workspaceRoot' in payload || env['GROK_HOOK_EVENT'] !== undefined || env['GROK_SESSION_ID'] !== undefined);
}

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  const { hookEventName, sessionId: session = '', cwd: folder, workspaceRoot } = shaped(Request, payload, PRODUCT, 'the request');
  const event = hookEventName.replaceAll('_', '').toLowerCase();
  const project = workspaceRoot || call.env['GROK_WORKSPACE_ROOT'] || folder || call.cwd;
  // It has nineteen events, and we ask for one; one that comes before a tool and is not known yet is not let through unseen.
  if (event !== 'pretooluse' && (!('toolInput' in payload) || /^(?:post|permission)/.test(event))) return { kind: 'nothing', event };
  if (event !== 'pretooluse') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  if (payload['toolInputTruncated'] === true) throw new UnreadablePayload(`${PRODUCT} cut off what the tool is called with, so it cannot be looked into. Do it in smaller steps.`);
  const { toolName: name, toolInput: input, toolUseId: id } = shaped(ToolRequest, payload, PRODUCT, 'the request');
  const action = actionOf(name, input, { agent: ID, session, cwd: folder || project, workspaceRoots: rootsOf(project), env: call.env });
  return { kind: 'action', event, action, ...(id === undefined ? {} : { call: id }) };
}

function actionOf(name: string, input: JsonObject, context: CallContext): Action {
  const as = inputReader(PRODUCT, name, input);
  // All of its own tools begin with a small letter.
  if (/^[A-Z]\w*$/.test(name) && !name.includes('__')) throw new UnreadablePayload(`${PRODUCT} sent a tool under another product's name.`);
  switch (name) {
    case 'run_terminal_command':
    case 'run_terminal_cmd':
    case 'monitor':
      return { ...context, tool: 'shell', shell: usualShell(context), command: as(Command).command };
    case 'read_file':
      return { ...context, tool: 'read', path: pathOf(as(File)) };
    case 'write': {
      const { content, contents = content ?? '', ...file } = as(Write);
      return { ...context, tool: 'write', path: pathOf(file), content: contents };
    }
    case 'search_replace': {
      const { new_string: content, ...file } = as(Replace);
      return { ...context, tool: 'write', path: pathOf(file), content, partial: true };
    }
    case 'delete_file':
      return { ...context, tool: 'delete', path: pathOf(as(File)) };
    case 'grep': {
      const { pattern, path, glob } = as(Grep);
      return { ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) };
    }
    case 'web_fetch':
      return { ...context, tool: 'http', method: 'GET', url: as(Fetch).url, headers: {} };
    default: {
      // Tools of MCP servers are named <server>__<tool>.
      const at = name.indexOf('__');
      if (at > 0) return { ...context, tool: 'mcp', server: name.slice(0, at), name: name.slice(at + 2), arguments: input };
      return typeof input['command'] === 'string' ? { ...context, tool: 'shell', shell: 'bash', command: input['command'] } : { ...context, tool: 'other', name, input };
    }
  }
}

function pathOf(file: z.output<typeof File>): string {
  return 'target_file' in file ? file.target_file : 'file_path' in file ? file.file_path : file.path;
}

/** Without a matcher it is asked for every tool. What looks like a variable in the path would be taken for one. */
function lists(launcher: string): readonly HookList[] {
  if (launcher.includes('$')) throw new UnreadableConfig(`The path of the state folder has a dollar sign in it, which ${PRODUCT} takes for a variable.`);
  return [hookGroup('PreToolUse', '', { type: 'command', command: hookLine(launcher, ID, windows.shell), timeout: TIMEOUT_SECONDS })];
}
