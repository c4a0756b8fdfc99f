import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Answer, type Decoded, type EncodeCommand, type HookAnswer, type HookCall, type Installation } from './adapter.ts';
import { type CallContext, inputReader, rootsOf } from './call-context.ts';
import { adapter as cursor } from './cursor.ts';
import { adapter as devin, isFromDevin } from './devin.ts';
import { adapter as droid, isFromDroid } from './droid.ts';
import { adapter as grok, isFromGrok } from './grok.ts';
import { answerForGuest, decodedForGuest, type Guest } from './guests.ts';
import type { HookList } from './hook-entries.ts';
import { plainHookFile, settingValues } from './hook-file.ts';
import { hookProgram, SHARED_LAUNCHER, SHARED_SCRIPT } from './hook-line.ts';
import { INSIDE_COMMANDS } from './limits.ts';
import { JsonObject, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Claude Code';
const ID = 'claude-code';
/** Masking is quick; what takes longer than this has failed. */
const OUTPUT_TIMEOUT_SECONDS = 60;
/** The longest it allows without being told, and it takes no longer one from us: https://code.claude.com/docs/en/hooks */
const TIMEOUT_SECONDS = 600;
/**
 * Who reads Claude Code's settings as well, by default or where they are told to.
 * https://docs.devin.ai/cli/extensibility/hooks/overview, https://docs.x.ai/build/features/hooks
 */
const guests: readonly Guest[] = [
  { adapter: cursor, sent: (payload) => 'cursor_version' in payload },
  { adapter: grok, sent: isFromGrok },
  { adapter: droid, sent: isFromDroid },
  { adapter: devin, sent: isFromDevin },
];

const Request = z.object({
  hook_event_name: z.string(),
  session_id: z.string(),
  transcript_path: z.string(),
  cwd: z.string(),
  permission_mode: z.optional(z.string()),
});

const ToolRequest = z.object({
  tool_name: z.string(),
  tool_input: JsonObject,
  mcp_server: z.optional(z.object({ name: z.string() })),
});

/** Events it documents that carry nothing to judge or mask. We ask for none of them; a person may have added us there. */
const silentEvents = new Set([
  'PostToolBatch', 'PermissionRequest', 'PermissionDenied', 'Notification', 'UserPromptSubmit',
  'UserPromptExpansion', 'SessionStart', 'SessionEnd', 'Stop', 'StopFailure', 'SubagentStart', 'SubagentStop', 'PreCompact', 'PostCompact',
  'ConfigChange', 'FileChanged', 'CwdChanged', 'DirectoryAdded', 'Elicitation', 'ElicitationResult', 'InstructionsLoaded', 'WorktreeCreate',
  'WorktreeRemove', 'TaskCreated', 'TaskCompleted', 'TeammateIdle', 'Setup', 'PreModelSwitch', 'PostModelSwitch', 'MessageDisplay',
]);

/** What a tool gave back: `error` of one that failed, and all that a command which failed has printed. */
const ToolOutput = z.object({ tool_response: z.optional(z.unknown()), error: z.optional(z.string()) });

/** What `Read` gives back of a picture. */
const Picture = z.object({ hook_event_name: z.literal('PostToolUse'), tool_response: z.object({ type: z.literal('image') }) });

const Command = z.object({ command: z.string() });
const FilePath = z.object({ file_path: z.string() });
const Write = z.object({ file_path: z.string(), content: z.string() });
const Edit = z.object({ file_path: z.string(), new_string: z.string() });
const MultiEdit = z.object({ file_path: z.string(), edits: z.array(z.object({ new_string: z.string() })) });
const NotebookEdit = z.object({ notebook_path: z.string(), new_source: z.optional(z.string()) });
const Grep = z.object({ pattern: z.string(), path: z.optional(z.string()), glob: z.optional(z.string()) });
const WebFetch = z.object({ url: z.string() });

/** Claude Code: command line, editor extension and desktop app. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, output: 'since 2.1.121, not of a command that fails', failure: 'since 2.1.295' },
  limits: {
    canAsk: true,
    failsOpen: [
      'Before version 2.1.295 it does not know onFailure, and a hook that is killed or takes too long lets the action through.',
      'A settings file with disableAllHooks, --bare or --setting-sources project switches hooks of the user settings off.',
      'One faulty entry anywhere in the user settings makes it ignore the whole file.',
    ],
    cannotSee: ['files named with @ in a prompt', 'what the editor attaches to a prompt', INSIDE_COMMANDS, 'what a failing command prints: it reaches the model unmasked, unless nobody is asked (bypassPermissions) and it is known to print secrets'],
  },
  tested: 'real client',
  docs: 'https://code.claude.com/docs/en/hooks',
  traces: ['.claude', '.claude.json'],
  programs: ['claude'],
  installation: (home) => hooksAt(join(home, '.claude', 'settings.json')),
  project: (folder) => hooksAt(join(folder, '.claude', 'settings.json')),
  managed: (platform) => hooksAt(`${managedFolders[platform] ?? '/etc/claude-code/'}managed-settings.d${platform === 'win32' ? '\\' : '/'}interlock.json`),
  // https://code.claude.com/docs/en/settings (env): for its own process and for all that it starts.
  shells: (home, { variables }) => settingValues(join(home, '.claude', 'settings.json'), ['env'], variables),
  canary: {
    requests: (event, name, cwd) => [{ session_id: name, transcript_path: join(cwd, '.claude', 'projects', `${name}.jsonl`), cwd, permission_mode: 'default', hook_event_name: event, tool_name: 'Bash', tool_input: { command: name }, ...outputs[event], tool_use_id: name }],
    env: (cwd) => ({ CLAUDECODE: '1', CLAUDE_PROJECT_DIR: cwd }),
  },
  decode,
  encode,
  isPicture,
  encodeOutput,
};

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  const handedOn = decodedForGuest(guests, payload, call);
  if (handedOn !== undefined) return handedOn;
  const other = otherProduct(payload);
  if (other !== undefined) throw new UnreadablePayload(`This request came from ${other} through Claude Code's settings file, and Interlock does not read ${other}'s requests there. Nothing was judged, so nothing may run.`);
  const request = shaped(Request, payload, PRODUCT, 'the request');
  const event = request.hook_event_name;
  if (silentEvents.has(event)) return { kind: 'nothing', event };
  if (event !== 'PreToolUse' && event !== 'PostToolUse' && event !== 'PostToolUseFailure') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { tool_name: name, tool_input: input, mcp_server: server } = shaped(ToolRequest, payload, PRODUCT, 'the request');
  const project = call.env['CLAUDE_PROJECT_DIR'] || request.cwd;
  const context = { agent: ID, session: request.session_id, cwd: request.cwd, workspaceRoots: rootsOf(project), env: call.env };
  const action = actionOf(name, input, server?.name, context);
  if (event === 'PreToolUse') return { kind: 'action', event, action, ...rewritable(name, input, request.permission_mode) };
  const { tool_response: response, error } = shaped(ToolOutput, payload, PRODUCT, 'the request');
  return event === 'PostToolUse' ? { kind: 'output', event, action, output: response, replaceable: true } : { kind: 'output', event, action, output: error ?? '', replaceable: false };
}

/** Products whose requests may come through this file and are not read in it, told apart by what only they send. */
function otherProduct(payload: JsonObject): string | undefined {
  const tool = payload['tool_name'];
  const transcript = typeof payload['transcript_path'] === 'string' ? payload['transcript_path'] : '';
  if ('hookEventName' in payload) return 'Grok Build';
  if ('toolName' in payload || 'toolArgs' in payload) return 'Copilot';
  if ('turn_id' in payload) return 'Codex';
  if (/[\\/]\.qwen[\\/]/.test(transcript)) return 'Qwen Code';
  if (!('transcript_path' in payload) && 'timestamp' in payload) return 'Copilot';
  // All of Claude Code's own tools begin with a capital.
  if (typeof tool === 'string' && !/^(?:[A-Z]|mcp__)/.test(tool)) return 'timestamp' in payload ? 'VS Code' : 'another agent';
  return undefined;
}

/**
 * Where it asks nobody, what it decides is the same for a changed command: its deny rules look into a group in braces, its allow rules
 * do not (both seen with 2.1.330). An answer without a decision leaves its own rules to it.
 */
function rewritable(name: string, input: JsonObject, mode: string | undefined): { readonly encodeCommand?: EncodeCommand } {
  if (name !== 'Bash' || mode !== 'bypassPermissions' || input['run_in_background'] === true) return {};
  return { encodeCommand: (command) => ({ stdout: `${JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', updatedInput: { ...input, command } } })}\n`, stderr: '', exitCode: 0 }) };
}

/** What a request holds besides when the tool is over. */
const outputs: Readonly<Record<string, object>> = { PostToolUse: { tool_response: { stdout: '', stderr: '', interrupted: false, isImage: false } }, PostToolUseFailure: { error: 'Exit code 127', is_interrupt: false } };

function actionOf(name: string, input: JsonObject, server: string | undefined, context: CallContext): Action {
  const as = inputReader(PRODUCT, name, input);
  if (name.startsWith('mcp__')) return { ...context, tool: 'mcp', ...mcpTool(name, server), arguments: input };
  switch (name) {
    case 'PowerShell':
      return { ...context, tool: 'shell', shell: 'powershell', command: as(Command).command };
    case 'Read':
      return { ...context, tool: 'read', path: as(FilePath).file_path };
    case 'Write': {
      const { file_path: path, content } = as(Write);
      return { ...context, tool: 'write', path, content };
    }
    case 'Edit': {
      const { file_path: path, new_string: content } = as(Edit);
      return { ...context, tool: 'write', path, content, partial: true };
    }
    case 'MultiEdit': {
      const { file_path: path, edits } = as(MultiEdit);
      return { ...context, tool: 'write', path, content: edits.map((edit) => edit.new_string).join('\n'), partial: true };
    }
    case 'NotebookEdit': {
      const { notebook_path: path, new_source: content = '' } = as(NotebookEdit);
      return { ...context, tool: 'write', path, content, partial: true };
    }
    case 'Grep': {
      const { pattern, path, glob } = as(Grep);
      return { ...context, tool: 'search', pattern, path: path || context.cwd, ...(glob === undefined ? {} : { glob }) };
    }
    case 'WebFetch':
      return { ...context, tool: 'http', method: 'GET', url: as(WebFetch).url, headers: {} };
    case 'Bash':
    case 'Monitor':
      return { ...context, tool: 'shell', shell: 'bash', command: as(Command).command };
    default:
      // A tool that is not known yet but runs a command is judged by the command. Glob is no search: it shows names, never contents.
      return typeof input['command'] === 'string'
        ? { ...context, tool: 'shell', shell: 'bash', command: input['command'] }
        : { ...context, tool: 'other', name, input };
  }
}

/** `mcp__<server>__<tool>`, where the server's name may hold underscores itself. */
function mcpTool(name: string, server: string | undefined): { server: string; name: string } {
  const rest = name.slice('mcp__'.length);
  const written = server?.replace(/[^A-Za-z0-9_-]/g, '_');
  if (server !== undefined && written !== undefined && rest.startsWith(`${written}__`)) return { server, name: rest.slice(written.length + 2) };
  const gap = rest.indexOf('__');
  return gap < 0 ? { server: server ?? rest, name: rest } : { server: server ?? rest.slice(0, gap), name: rest.slice(gap + 2) };
}

/**
 * Saying nothing leaves its own question to its person; an allow would take it away. A deny is given by exit code, by JSON and by
 * text at once: exit code 2 holds whatever became of the output, while exit code 0 with a cut-off answer lets the action run.
 */
function encode(answer: Answer, event: string | undefined): HookAnswer {
  const forGuest = answerForGuest(guests, answer, event);
  if (forGuest !== undefined) return forGuest;
  if (answer.decision === 'allow') return { stdout: '{}\n', stderr: '', exitCode: 0 };
  if (event?.startsWith('PostToolUse')) return { stdout: `${JSON.stringify({ decision: 'block', reason: answer.toAgent })}\n`, stderr: `${answer.toAgent}\n`, exitCode: 2 };
  const output = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: answer.toAgent } };
  return { stdout: `${JSON.stringify(output)}\n`, stderr: `${answer.toAgent}\n`, exitCode: 2 };
}

function isPicture(payload: string): boolean {
  try {
    return Picture.safeParse(JSON.parse(payload)).success;
  } catch {
    return false;
  }
}

/** An output that does not have the tool's own shape is dropped, and the model sees the real one. */
function encodeOutput(output: unknown, event: string): HookAnswer {
  return { stdout: `${JSON.stringify({ hookSpecificOutput: { hookEventName: event, updatedToolOutput: output } })}\n`, stderr: '', exitCode: 0 };
}

/** https://code.claude.com/docs/en/settings */
const managedFolders: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: '/Library/Application Support/ClaudeCode/', win32: 'C:\\Program Files\\ClaudeCode\\' };

function hooksAt(file: string): Installation {
  // Comments make it drop the whole file (seen with 2.1.330).
  return plainHookFile(PRODUCT, true, file, lists);
}

/** Started without a shell, so that no character of the path means anything. A batch file cannot be started so. */
function lists(launcher: string): readonly HookList[] {
  const start = hookProgram(launcher, ID);
  const list = (event: string, timeout: number): HookList => ({
    path: ['hooks', event],
    entry: { matcher: '*', hooks: [{ type: 'command', ...start, timeout, onFailure: 'block' }] },
    isOurs: (entry) => isOurs(entry, launcher, start),
  });
  return [list('PreToolUse', TIMEOUT_SECONDS), list('PostToolUse', OUTPUT_TIMEOUT_SECONDS), list('PostToolUseFailure', OUTPUT_TIMEOUT_SECONDS)];
}

const Group = z.object({ hooks: z.array(z.object({ command: z.string(), args: z.optional(z.array(z.string())) })).check(z.minLength(1)) });

function isOurs(entry: unknown, launcher: string, start: ReturnType<typeof hookProgram>): boolean {
  const group = Group.safeParse(entry);
  const isStart = (command: string, args: readonly string[]): boolean => command === start.command && args.join('\0') === start.args.join('\0');
  return group.success && group.data.hooks.every(({ command, args = [] }) => isStart(command, args) || ((command === launcher || args.includes(launcher === SHARED_LAUNCHER ? SHARED_SCRIPT : launcher)) && args.at(-1) === ID));
}
