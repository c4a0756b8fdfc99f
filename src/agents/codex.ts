import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Answer, type Decoded, type HookAnswer, type HookCall, type HookEnd, type WindowsHooks } from './adapter.ts';
import { type CallContext, rootsOf, usualShell } from './call-context.ts';
import type { HookList } from './hook-entries.ts';
import { hookFile, hookGroup, tomlValues } from './hook-file.ts';
import { hookLine, isBatch } from './hook-line.ts';
import { INSIDE_COMMANDS } from './limits.ts';
import { patchActions } from './patch.ts';
import { JsonObject, jsonOutput, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Codex';
const ID = 'codex';
const TIMEOUT_SECONDS = 600;
/** The session's shell, and cmd.exe where that is not known. Its quotes are lost on the way to cmd.exe. */
const windows: WindowsHooks = { shell: 'powershell or cmd', source: 'https://github.com/openai/codex/blob/main/codex-rs/hooks/src/engine/command_runner.rs', limit: 'a launcher whose path holds a blank, where it knows no shell of the session and takes cmd.exe' };
/** Masking is quick; what takes longer than this has failed. */
const OUTPUT_TIMEOUT_SECONDS = 60;

const Request = z.object({ hook_event_name: z.string(), session_id: z.string(), cwd: z.string() });
const ToolRequest = z.object({ tool_name: z.string(), tool_input: JsonObject });
const Command = z.object({ command: z.string() });
/** Text of a command, whether it failed or not; an object of an MCP tool. */
const ToolOutput = z.object({ tool_response: z.optional(z.unknown()) });

/** Events it documents that carry nothing to judge. `PermissionRequest` comes after `PreToolUse`, which has judged the same action. */
const silentEvents = new Set(['PermissionRequest', 'PreCompact', 'PostCompact', 'UserPromptSubmit', 'SessionStart', 'SessionEnd', 'SubagentStart', 'SubagentStop', 'Stop', 'Interrupt']);

/** Codex: command line, editor extension and desktop app, which read the same file. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: 'once you have approved the hook (/hooks)', read: 'it has no read tool', write: 'its patches', mcp: true, output: 'until Codex stops waiting for the command', failure: false },
  limits: {
    canAsk: false,
    failsOpen: [
      'It runs a hook only after you have approved it: type /hooks in Codex once after installing. Until then nothing is held.',
      'A hook that is killed, takes too long, ends with an error or says something that cannot be read lets the action through, and what a tool gave back unmasked.',
      'features.hooks = false in its settings switches hooks off.',
    ],
    cannotSee: ['text sent to a shell that already runs', 'JavaScript in code mode', 'its own web search', INSIDE_COMMANDS, 'what a command prints after Codex has stopped waiting for it: it reaches the model unmasked'],
  },
  tested: 'real client',
  docs: 'https://developers.openai.com/codex/hooks',
  traces: ['.codex'],
  programs: ['codex'],
  installation: (home) => hookFile(join(home, '.codex', 'hooks.json'), lists),
  project: (folder) => hookFile(join(folder, '.codex', 'hooks.json'), lists),
  // https://developers.openai.com/codex/config-advanced: a PATH there would take the place of every other.
  shells: (home, { variables }) => tomlValues(join(home, '.codex', 'config.toml'), ['shell_environment_policy', 'set'], variables),
  windows,
  canary: {
    requests: (event, name, cwd) => [{ session_id: name, turn_id: name, transcript_path: null, cwd, hook_event_name: event, model: 'unknown', permission_mode: 'default', tool_name: 'Bash', tool_input: { command: name }, ...(event === 'PostToolUse' ? { tool_response: '' } : {}), tool_use_id: name }],
    refusal: readDeny,
    shell: [process.env['SHELL'] || '/bin/sh', '-lc'],
  },
  decode,
  encode,
  encodeOutput,
};

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  const { hook_event_name: event, session_id: session, cwd } = shaped(Request, payload, PRODUCT, 'the request');
  if (silentEvents.has(event)) return { kind: 'nothing', event };
  if (event !== 'PreToolUse' && event !== 'PostToolUse') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { tool_name: name, tool_input: input } = shaped(ToolRequest, payload, PRODUCT, 'the request');
  const context = { agent: ID, session, cwd, workspaceRoots: rootsOf(cwd), env: call.env };
  const actions = name === 'apply_patch' ? patchActions(shaped(Command, input, PRODUCT, 'the patch').command, context) : [actionOf(name, input, context)];
  const [action] = actions;
  if (action === undefined) throw new UnreadablePayload(`${PRODUCT} sent a patch that names no file.`);
  if (event === 'PostToolUse') return { kind: 'output', event, action, output: shaped(ToolOutput, payload, PRODUCT, 'the request').tool_response, replaceable: true };
  return name === 'apply_patch' ? { kind: 'actions', event, actions } : { kind: 'action', event, action };
}

function actionOf(name: string, input: JsonObject, context: CallContext): Action {
  const mcp = /^mcp__(.+?)__(.+)$/.exec(name);
  if (mcp) return { ...context, tool: 'mcp', server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
  if (name !== 'Bash' && typeof input['command'] !== 'string') return { ...context, tool: 'other', name, input };
  const { command } = shaped(Command, input, PRODUCT, `the input of ${name.slice(0, 60)}`);
  return { ...context, tool: 'shell', shell: usualShell(context), command };
}

/**
 * An allow would be an error without a changed input, and an error lets the action run as well: nothing is said. With exit code 2 the
 * text on standard error is the reason and must not be empty.
 */
function encode(answer: Answer, event: string | undefined): HookAnswer {
  if (answer.decision === 'allow') return { stdout: '{}\n', stderr: '', exitCode: 0 };
  if (event === 'PostToolUse') return blocked(answer.toAgent || 'Held back by Interlock.');
  const output = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: answer.toAgent } };
  return { stdout: `${JSON.stringify(output)}\n`, stderr: `${answer.toAgent || 'Refused by Interlock.'}\n`, exitCode: 2 };
}

/**
 * What is said in place of a result that is blocked takes its place, in code mode too; the exit code is not shown then:
 * https://github.com/openai/codex/pull/28365
 */
function blocked(reason: string): HookAnswer {
  return { stdout: `${JSON.stringify({ decision: 'block', reason })}\n`, stderr: '', exitCode: 0 };
}

function encodeOutput(output: unknown): HookAnswer {
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return blocked(`It ran. This is what it gave back, with secrets hidden; its exit code is not shown.\n${text}`);
}

const Blocked = z.object({ decision: z.literal('block'), reason: z.string() });

/** Exit code 2 and its text, or the JSON that takes a result's place. */
function readDeny({ stdout, stderr, exitCode }: HookEnd, event: string): string | undefined {
  if (exitCode === 2) return stderr;
  return event === 'PostToolUse' && exitCode === 0 ? jsonOutput(stdout, Blocked)?.reason : undefined;
}

/** The person approves this very text; it must stay the same from version to version, or Codex skips it until they approve it again. */
function lists(launcher: string): readonly HookList[] {
  const command = hookLine(launcher, ID, windows.shell);
  const onWindows = isBatch(launcher) ? { commandWindows: command } : {};
  const list = (event: string, timeout: number): HookList => hookGroup(event, '*', { type: 'command', command, ...onWindows, timeout });
  return [list('PreToolUse', TIMEOUT_SECONDS), list('PostToolUse', OUTPUT_TIMEOUT_SECONDS)];
}
