/** The agents that are programs for Node: how each is run headless against a scripted model, with its own permission questions switched off. */
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { QUIET_ENV } from '../workbench/isolation.ts';
import { provisionNodeAgent } from '../workbench/provision.ts';
import type { Reaper } from '../workbench/reaper.ts';
import { chatCompletionsApi, chatToolResults } from './chat-completions-api.ts';
import { geminiApi, geminiToolResults } from './gemini-api.ts';
import { responsesApi, responsesToolResults } from './responses-api.ts';
import { type ModelProtocol, type RecordedRequest, type Scenario, startScriptedModel, type Step, type ToolResult } from './scripted-model.ts';

const RUN_LIMIT_MS = 90_000;

/** One agent: its files, its model's protocol and the calls of its tools. */
export interface NodeClient {
  readonly id: 'codex' | 'copilot' | 'gemini' | 'qwen';
  readonly title: string;
  /** As the modal calls it. */
  readonly agent: string;
  /** What lies in the home of a person who uses it. */
  readonly traces: Readonly<Record<string, string>>;
  readonly hookFile: string;
  readonly protocol: ModelProtocol;
  readonly toolResults: (requests: readonly RecordedRequest[]) => readonly ToolResult[];
  readonly args: (prompt: string, modelUrl: string) => readonly string[];
  readonly env: (modelUrl: string) => Readonly<Record<string, string>>;
  readonly shell: (command: string) => Step;
  readonly read: (path: string) => Step;
  readonly write: (path: string, content: string) => Step;
  /** What this host does when the hook is killed while it waits: a fact of the host, shown and not hidden. */
  readonly whenKilled: 'runs' | 'holds';
  readonly masksOutput: boolean;
}

export const nodeClients: readonly NodeClient[] = [
  {
    id: 'codex',
    title: 'Codex',
    agent: 'Codex',
    // It starts login shells, and the system's profile sets PATH anew.
    traces: { '.codex/config.toml': 'model = "gpt-5.5"\n[analytics]\nenabled = false\n', '.bash_profile': 'PATH=$TEST_PATH\n' },
    hookFile: '.codex/hooks.json',
    protocol: responsesApi,
    toolResults: responsesToolResults,
    // Trust in a hook is given in its own screen, which cannot be reached headless.
    args: (prompt, url) => ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', '--dangerously-bypass-hook-trust', '-c', 'model_provider="scripted"', '-c', `model_providers.scripted={name="scripted",base_url="${url}/v1",wire_api="responses",env_key="SCRIPTED_KEY"}`, prompt],
    env: () => ({ SCRIPTED_KEY: 'dummy-key-for-a-scripted-model' }),
    shell: (command) => ({ tool: 'exec_command', input: { cmd: command } }),
    // It has no tool for reading.
    read: (path) => ({ tool: 'exec_command', input: { cmd: `cat ${path}` } }),
    write: (path, content) => ({ tool: 'apply_patch', input: { patch: `*** Begin Patch\n*** Add File: ${path}\n${content.split('\n').map((line) => `+${line}`).join('\n')}\n*** End Patch\n` } }),
    whenKilled: 'runs',
    masksOutput: false,
  },
  {
    id: 'copilot',
    title: 'GitHub Copilot CLI',
    agent: 'GitHub Copilot',
    traces: { '.copilot/': '' },
    hookFile: '.copilot/hooks/interlock.json',
    protocol: chatCompletionsApi,
    toolResults: chatToolResults,
    args: (prompt) => ['-p', prompt, '--allow-all-tools', '--allow-all-paths'],
    env: (url) => ({ COPILOT_PROVIDER_BASE_URL: `${url}/v1`, COPILOT_PROVIDER_TYPE: 'openai', COPILOT_PROVIDER_API_KEY: 'dummy-key-for-a-scripted-model', COPILOT_MODEL: 'scripted', COPILOT_OFFLINE: 'true' }),
    shell: (command) => ({ tool: 'bash', input: { command, description: 'Work' } }),
    read: (path) => ({ tool: 'view', input: { path } }),
    write: (path, content) => ({ tool: 'create', input: { path, file_text: content } }),
    whenKilled: 'holds',
    masksOutput: false,
  },
  {
    id: 'gemini',
    title: 'Gemini CLI',
    agent: 'Gemini CLI',
    traces: { '.gemini/settings.json': '{\n  "security": { "auth": { "selectedType": "gemini-api-key" } },\n  "privacy": { "usageStatisticsEnabled": false }\n}\n' },
    hookFile: '.gemini/settings.json',
    protocol: geminiApi,
    toolResults: geminiToolResults,
    args: (prompt) => ['-p', prompt, '--yolo', '-m', 'gemini-2.5-flash'],
    env: (url) => ({ GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'dummy-key-for-a-scripted-model', GEMINI_CLI_TRUST_WORKSPACE: 'true' }),
    shell: (command) => ({ tool: 'run_shell_command', input: { command } }),
    read: (path) => ({ tool: 'read_file', input: { file_path: path } }),
    write: (path, content) => ({ tool: 'write_file', input: { file_path: path, content } }),
    whenKilled: 'runs',
    masksOutput: true,
  },
  {
    id: 'qwen',
    title: 'Qwen Code',
    agent: 'Qwen Code',
    traces: { '.qwen/settings.json': '{\n  "security": { "auth": { "selectedType": "openai" } },\n  "privacy": { "usageStatisticsEnabled": false }\n}\n' },
    hookFile: '.qwen/settings.json',
    protocol: chatCompletionsApi,
    toolResults: chatToolResults,
    args: (prompt) => ['-p', prompt, '--yolo'],
    env: (url) => ({ OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'dummy-key-for-a-scripted-model', OPENAI_MODEL: 'scripted' }),
    shell: (command) => ({ tool: 'run_shell_command', input: { command, is_background: false } }),
    read: (path) => ({ tool: 'read_file', input: { file_path: path } }),
    write: (path, content) => ({ tool: 'write_file', input: { file_path: path, content } }),
    whenKilled: 'runs',
    masksOutput: false,
  },
];

export interface ClientRun {
  readonly reaper: Reaper;
  readonly home: string;
  readonly workspace: string;
  readonly scenario: Scenario;
  /** Folders of the agent's PATH, first to last; the folder of its Node comes after them. */
  readonly path: readonly string[];
}

export interface ClientOutcome {
  readonly said: string;
  /** What the model was told of each tool call, in order. */
  readonly results: readonly ToolResult[];
  readonly requests: readonly RecordedRequest[];
}

/** Runs the agent to its end. */
export async function runClient(client: NodeClient, run: ClientRun): Promise<ClientOutcome> {
  const { node, program } = await provisionNodeAgent(client.id);
  const model = await startScriptedModel(client.protocol, run.scenario);
  const path = [...run.path, dirname(node)].join(delimiter);
  const temp = join(run.home, 'tmp');
  await mkdir(temp, { recursive: true });
  const child = run.reaper.spawn(program, client.args('Do the chore.', model.baseUrl), {
    cwd: run.workspace,
    env: { HOME: run.home, PATH: path, TEST_PATH: path, SHELL: '/bin/bash', LANG: 'C.UTF-8', TERM: 'dumb', TMPDIR: temp, ...QUIET_ENV, ...client.env(model.baseUrl) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => void run.reaper.kill(child), RUN_LIMIT_MS);
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  try {
    await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { said, results: client.toolResults(model.requests), requests: model.requests };
  } finally {
    clearTimeout(timer);
    await run.reaper.kill(child);
    await model.stop();
  }
}
