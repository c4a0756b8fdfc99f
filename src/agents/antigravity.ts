import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import type { Adapter, Answer, Decoded, HookAnswer, HookCall, HookEnd, Installation, WindowsHooks } from './adapter.ts';
import { type CallContext, inputReader, usualShell } from './call-context.ts';
import { body, type HookList } from './hook-entries.ts';
import { hookGroupAt, plainHookFile } from './hook-file.ts';
import { hookLine } from './hook-line.ts';
import { INSIDE_COMMANDS, MASKED_COMMANDS, OUTPUTS } from './limits.ts';
import { JsonObject, jsonOutput, readPayload, shaped } from './payload.ts';

const PRODUCT = 'Antigravity';
const ID = 'antigravity';
/** What it would not wait for by itself: 30 seconds. */
const TIMEOUT_SECONDS = 600;
const windows: WindowsHooks = { shell: 'cmd', source: 'https://antigravity.google/docs/hooks' };
const EVENT = 'PreToolUse';

const Request = z.object({ conversationId: z.string(), workspacePaths: z.array(z.string()) });
const ToolRequest = z.object({ toolCall: z.object({ name: z.string(), args: JsonObject }) });

const Run = z.object({ CommandLine: z.string(), Cwd: z.optional(z.string()) });
const View = z.object({ AbsolutePath: z.string() });
const WriteFile = z.object({ TargetFile: z.string(), CodeContent: z.string() });
const Replace = z.object({ TargetFile: z.string(), ReplacementContent: z.string() });
const MultiReplace = z.object({ TargetFile: z.string(), ReplacementChunks: z.array(z.object({ ReplacementContent: z.string() })) });
const Grep = z.object({ SearchPath: z.string(), Query: z.string() });
const Fetch = z.object({ Url: z.string() });
const Mcp = z.object({ ServerName: z.string(), ToolName: z.string(), Arguments: z.optional(z.union([JsonObject, z.string()])) });

/** Antigravity: the editor, the desktop app and its command line `agy`. */
export const adapter: Adapter = {
  id: ID,
  title: PRODUCT,
  timeoutSeconds: TIMEOUT_SECONDS,
  holds: { shell: true, read: true, write: true, mcp: 'not documented', output: MASKED_COMMANDS, failure: 'not documented' },
  limits: {
    canAsk: false,
    failsOpen: [
      'What it does when a hook crashes or takes too long is not documented. An answer that it cannot read denies.',
      'Any fault in the file makes it ignore the whole file. A file of the same name in ~/.gemini itself is loaded and none of its hooks is run.',
    ],
    cannotSee: ['text sent to a shell that already runs', INSIDE_COMMANDS, OUTPUTS],
  },
  tested: 'documented payload',
  docs: 'https://antigravity.google/docs/hooks',
  traces: ['.gemini/antigravity', '.gemini/antigravity-cli', '.antigravity'],
  installation,
  windows,
  canary: {
    requests: (_event, name, cwd) => [{ toolCall: { name: 'run_command', args: { CommandLine: name, Cwd: cwd, WaitMsBeforeAsync: 0 } }, stepIdx: 0, conversationId: name, workspacePaths: [cwd], transcriptPath: '', artifactDirectoryPath: '', modelName: 'unknown' }],
    shell: process.platform === 'win32' ? ['cmd.exe', '/c'] : ['sh', '-c'],
    env: () => ({ ANTIGRAVITY_CONVERSATION_ID: 'interlock' }),
    besideFile: true,
    refusal,
  },
  decode,
  encode,
};

function decode(call: HookCall): Decoded {
  const payload = readPayload(call.payload, PRODUCT);
  const { conversationId: session, workspacePaths } = shaped(Request, payload, PRODUCT, 'the request');
  // No field names the event: our line in the file does, and nobody else's lines call us.
  const event = call.event ?? ('toolCall' in payload && !('error' in payload) ? EVENT : 'other');
  if (event !== EVENT) return { kind: 'nothing', event };
  const { name, args } = shaped(ToolRequest, payload, PRODUCT, 'the request').toolCall;
  return { kind: 'action', event, action: actionOf(name, args, { agent: ID, session, cwd: workspacePaths[0] ?? '', workspaceRoots: workspacePaths, env: call.env }) };
}

function actionOf(name: string, input: JsonObject, context: CallContext): Action {
  const as = inputReader(PRODUCT, name, input);
  switch (name) {
    case 'run_command': {
      const { CommandLine: command, Cwd: cwd } = as(Run);
      return { ...context, tool: 'shell', shell: usualShell(context), command, cwd: cwd || context.cwd };
    }
    case 'send_command_input':
      return { ...context, tool: 'other', name, input, unseen: 'text that is sent to a shell' };
    case 'view_file':
      return { ...context, tool: 'read', path: as(View).AbsolutePath };
    case 'write_to_file': {
      const { TargetFile: path, CodeContent: content } = as(WriteFile);
      return { ...context, tool: 'write', path, content };
    }
    case 'replace_file_content': {
      const { TargetFile: path, ReplacementContent: content } = as(Replace);
      return { ...context, tool: 'write', path, content, partial: true };
    }
    case 'multi_replace_file_content': {
      const { TargetFile: path, ReplacementChunks: chunks } = as(MultiReplace);
      return { ...context, tool: 'write', path, content: chunks.map((chunk) => chunk.ReplacementContent).join('\n'), partial: true };
    }
    case 'grep_search': {
      const { SearchPath: path, Query: pattern } = as(Grep);
      return { ...context, tool: 'search', path, pattern };
    }
    case 'read_url_content':
      return { ...context, tool: 'http', method: 'GET', url: as(Fetch).Url, headers: {} };
    default:
      return otherAction(name, input, context);
  }
}

/** A step that names a server and its tool is a call of it, whatever the step is called. */
function otherAction(name: string, input: JsonObject, context: CallContext): Action {
  if (typeof input['CommandLine'] === 'string') return { ...context, tool: 'shell', shell: 'bash', command: input['CommandLine'] };
  const mcp = Mcp.safeParse(input).data;
  if (mcp === undefined) return { ...context, tool: 'other', name, input };
  const { ServerName: server, ToolName: tool, Arguments: given = {} } = mcp;
  return { ...context, tool: 'mcp', server, name: tool, arguments: typeof given === 'string' ? readPayload(given, PRODUCT) : given };
}

/**
 * Saying nothing denies, so an allow is said; its own question comes all the same. What its exit codes mean is not documented: the one
 * that always means that the hook has ended well goes with every answer.
 */
function encode(answer: Answer, event: string | undefined): HookAnswer {
  const output = answer.decision === 'deny' ? { decision: 'deny', reason: answer.toAgent } : event === EVENT ? { decision: 'allow' } : {};
  return { stdout: `${JSON.stringify(output)}\n`, stderr: answer.decision === 'deny' ? `${answer.toAgent}\n` : '', exitCode: 0 };
}

const Said = z.object({ decision: z.string(), reason: z.optional(z.string()) });

/** Whatever is not one of its other decisions denies, an empty answer too. What a hook that fails does is not documented. */
function refusal({ stdout, exitCode }: HookEnd): string | undefined {
  if (exitCode !== 0) return undefined;
  const said = jsonOutput(stdout, Said);
  return said !== undefined && ['allow', 'ask', 'force_ask', 'deny_unless_prior_grant'].includes(said.decision) ? undefined : (said?.reason ?? '');
}

const Named = z.object({ interlock: z.object({ enabled: z.optional(z.boolean()) }) });

/** The file is a map of named sets of hooks, each of which can be switched off. */
function installation(home: string): Installation {
  const inner = plainHookFile(PRODUCT, false, join(home, '.gemini', 'config', 'hooks.json'), lists);
  return { ...inner, isInstalled: (text, launcher) => inner.isInstalled(text, launcher) && Named.safeParse(JSON.parse(body(text))).data?.interlock.enabled !== false };
}

function lists(launcher: string): readonly HookList[] {
  return [hookGroupAt(['interlock', EVENT], '*', { type: 'command', command: hookLine(launcher, `${ID} ${EVENT}`, windows.shell), timeout: TIMEOUT_SECONDS })];
}
