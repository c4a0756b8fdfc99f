import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { UnreadablePayload, type Adapter, type Answer, type Decoded, type HookAnswer, type HookCall, type HookEnd, type Installation } from './adapter.ts';
import { type CallContext, inputReader, usualShell } from './call-context.ts';
import { INSIDE_COMMANDS } from './limits.ts';
import { MARK, ownFile } from './own-file.ts';
import { patchActions } from './patch.ts';
import { JsonObject, jsonOutput, readPayload, shaped } from './payload.ts';
import { quoteWords, shellWord } from './shell-word.ts';
import { powershellWord } from './windows-line.ts';

const PRODUCT = 'Cline';
const ID = 'cline';
const TIMEOUT_SECONDS = 120;

const Request = z.object({ hookName: z.string(), taskId: z.string(), workspaceRoots: z.array(z.string()) });
const ToolRequest = z.object({ tool_call: z.object({ name: z.string(), input: z.unknown() }) });

/** Events that carry nothing to judge. */
const silentEvents = new Set(['tool_result', 'prompt_submit', 'agent_start', 'agent_resume', 'agent_abort', 'agent_end', 'agent_error', 'pre_compact', 'session_shutdown']);

const Argv = z.object({ command: z.string(), args: z.array(z.string()) });
const Command = z.union([z.string(), Argv, z.object({ command: z.string() }), z.object({ cmd: z.string() })]);
const File = z.union([z.string(), z.object({ path: z.string() }), z.object({ filePath: z.string() })]);
const Editor = z.object({ path: z.string(), new_text: z.string(), old_text: z.nullish(z.string()), insert_line: z.nullish(z.number()) });
const Patch = z.union([z.string(), z.object({ input: z.string() })]);
const Page = z.object({ url: z.string() });

/** Cline: command line, and the extension in the build made from it. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: true, failure: 'when the hook fails; not when it is killed or takes too long' },
  limits: {
    canAsk: false,
    failsOpen: [
      'A hook that is killed, or that takes longer than two minutes, lets the action through.',
      'CLINE_DIR, and hooks switched off in its settings, start it without the hook.',
      'The older build of its extension looks for hooks elsewhere and is not held.',
      'A refusal ends the whole task, not only the one call.',
    ],
    cannotSee: ['files named with @ in a prompt', 'tools that a provider runs itself, such as those of Claude Code', INSIDE_COMMANDS, 'what a tool gives back: it reaches the model unmasked, so commands that print secrets and nothing else are refused'],
    refusalEndsTask: true,
  },
  tested: 'documented payload',
  docs: 'https://docs.cline.bot/features/hooks',
  traces: ['.cline'],
  installation: (home) => {
    const folder = join(home, '.cline', 'hooks');
    return process.platform === 'win32' ? scriptAt(join(folder, 'PreToolUse.ps1'), ['powershell', '-File'], powershellHook) : scriptAt(join(folder, 'PreToolUse.sh'), ['/bin/sh'], posixHook);
  },
  canary: {
    requests: (_event, name, cwd) => [{ clineVersion: '', hookName: 'tool_call', timestamp: new Date(0).toISOString(), taskId: name, workspaceRoots: [cwd], userId: '', agent_id: name, parent_agent_id: null, iteration: 1, tool_call: { id: name, name: 'run_commands', input: { commands: [name] } }, preToolUse: { toolName: 'run_commands', parameters: { commands: name } } }],
    refusal,
  },
  decode,
  encode,
};

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  const { hookName: event, taskId, workspaceRoots } = shaped(Request, payload, PRODUCT, 'the request');
  if (silentEvents.has(event)) return { kind: 'nothing', event };
  if (event !== 'tool_call') throw new UnreadablePayload(`${PRODUCT} sent an event that is not known.`);
  const { name, input } = shaped(ToolRequest, payload, PRODUCT, 'the request').tool_call;
  const context = { agent: ID, session: taskId, cwd: workspaceRoots[0] ?? call.cwd, workspaceRoots, env: call.env };
  const actions = actionsOf(name, input, context);
  const [action] = actions;
  if (action === undefined) throw new UnreadablePayload(`${PRODUCT} asked for nothing at all with ${name.slice(0, 60)}.`);
  return actions.length === 1 ? { kind: 'action', event, action } : { kind: 'actions', event, actions };
}

function actionsOf(name: string, input: unknown, context: CallContext): readonly Action[] {
  const as = inputReader(PRODUCT, name, input);
  /** Its model may name one thing or a list of them, with or without their key, and all of them are done. */
  const many = <Schema extends z.ZodMiniType>(schema: Schema, ...keys: readonly string[]): readonly z.output<Schema>[] => {
    const fields = JsonObject.safeParse(input).data;
    const key = keys.find((each) => fields?.[each] !== undefined);
    const items = key === undefined ? input : fields?.[key];
    return (Array.isArray(items) ? (items as readonly unknown[]) : [items]).map((item) => as(schema, item));
  };
  switch (name) {
    case 'run_commands':
      return many(Command, 'commands').map((command) => shellAction(command, context));
    case 'read_files':
      return many(File, 'files', 'file_paths', 'paths').map((file) => ({ ...context, tool: 'read', path: typeof file === 'string' ? file : 'path' in file ? file.path : file.filePath }));
    case 'search_codebase':
      return many(z.string(), 'queries').map((pattern) => ({ ...context, tool: 'search', pattern, path: context.cwd }));
    case 'editor': {
      const { path, new_text: content, old_text: old, insert_line: line } = as(Editor);
      const isPart = typeof old === 'string' || typeof line === 'number';
      return [{ ...context, tool: 'write', path, content, ...(isPart ? { partial: true } : {}) }];
    }
    case 'apply_patch': {
      const patch = as(Patch);
      return patchActions(typeof patch === 'string' ? patch : patch.input, context);
    }
    case 'fetch_web_content':
      return many(Page, 'requests').map(({ url }) => ({ ...context, tool: 'http', method: 'GET', url, headers: {} }));
    default:
      return [otherAction(name, as(JsonObject), context)];
  }
}

function shellAction(given: z.infer<typeof Command>, context: CallContext): Action {
  const command = typeof given === 'string' ? given : 'cmd' in given ? given.cmd : 'args' in given ? quoteWords([given.command, ...given.args]) : given.command;
  return { ...context, tool: 'shell', shell: usualShell(context), command };
}

function otherAction(name: string, input: JsonObject, context: CallContext): Action {
  const gap = name.indexOf('__');
  if (gap > 0) return { ...context, tool: 'mcp', server: name.slice(0, gap), name: name.slice(gap + 2), arguments: input };
  const folder = input['cwd'];
  if (typeof input['command'] !== 'string') return { ...context, tool: 'other', name, input };
  return shellAction(input['command'], typeof folder === 'string' ? { ...context, cwd: resolve(context.cwd, folder) } : context);
}

const ALLOW = '{"cancel":false}';
const NO_ANSWER = JSON.stringify({ cancel: true, errorMessage: "Interlock's hook ended without an answer, so this was not run." });

/** Exit codes mean nothing to it: what is no JSON that cancels lets the action run. */
function encode(answer: Answer): HookAnswer {
  if (answer.decision === 'allow') return { stdout: `${ALLOW}\n`, stderr: '', exitCode: 0 };
  return { stdout: `${JSON.stringify({ cancel: true, errorMessage: answer.toAgent })}\n`, stderr: `${answer.toAgent}\n`, exitCode: 2 };
}

const Cancelled = z.object({ cancel: z.literal(true), errorMessage: z.string() });

function refusal({ stdout }: HookEnd): string | undefined {
  return jsonOutput(stdout, Cancelled)?.errorMessage;
}

/** It starts a file with the program that the first line names, or that its ending stands for. */
function scriptAt(file: string, [program, ...args]: readonly [string, ...string[]], source: (launcher: string) => string): Installation {
  return ownFile(file, [{ event: 'PreToolUse', start: { program, args: [...args, file] } }], source);
}

/** Whatever the launcher ends with, what the hook says is an allow or a refusal. */
function posixHook(launcher: string): string {
  return `#!/bin/sh
# ${MARK}
answer=$(${shellWord(launcher)} ${ID})
case $answer in
  '${ALLOW}' | '{"cancel":true,'*'"}') printf '%s\\n' "$answer" ;;
  *) printf '%s\\n' ${shellWord(NO_ANSWER)} ;;
esac
`;
}

/** What it is given on standard input goes to the launcher as it is: through `$input` Windows PowerShell would make ASCII of it. */
function powershellHook(launcher: string): string {
  return `# ${MARK}
$answer = (& ${powershellWord(launcher)} ${ID}) -join ''
if ($answer -ne '${ALLOW}' -and $answer -notlike '{"cancel":true,*}') { $answer = '${NO_ANSWER.replaceAll("'", "''")}' }
Write-Output $answer
`;
}
