/** The agents of npm: how each is run headless against a scripted model, with its own permission questions switched off. */
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { QUIET_ENV } from '../workbench/isolation.ts';
import { provisionNodeAgent } from '../workbench/provision.ts';
import type { Reaper } from '../workbench/reaper.ts';
import { chatCompletionsApi, chatToolResults } from './chat-completions-api.ts';
import { type Client, type ClientFacts, type ClientOutcome, type McpServer, saidUntilEnd } from './client.ts';
import { geminiApi, geminiToolResults } from './gemini-api.ts';
import { responsesApi, responsesToolResults } from './responses-api.ts';
import { type ModelProtocol, type RecordedRequest, type Scenario, startScriptedModel, type ToolResult } from './scripted-model.ts';
import type { Stage } from './stage.ts';

/** One agent: its model's protocol, and how it is started. */
interface NodeProgram extends ClientFacts {
  readonly id: Parameters<typeof provisionNodeAgent>[0];
  readonly protocol: ModelProtocol;
  readonly toolResults: (requests: readonly RecordedRequest[]) => readonly ToolResult[];
  readonly args: (prompt: string, modelUrl: string) => readonly string[];
  readonly env: (modelUrl: string) => Readonly<Record<string, string>>;
}

/** As most agents write their MCP servers down. */
const mcpServers = ([command, ...args]: McpServer): string => JSON.stringify({ volumes: { command, args } });

const programs: readonly NodeProgram[] = [
  {
    id: 'codex',
    title: 'Codex',
    agent: 'Codex',
    // It starts login shells, and the system's profile sets PATH anew.
    traces: ([command, ...args]) => ({
      '.codex/config.toml': `model = "gpt-5.5"\n[analytics]\nenabled = false\n[mcp_servers.volumes]\ncommand = ${JSON.stringify(command)}\nargs = ${JSON.stringify(args)}\n`,
      '.bash_profile': 'PATH=${TEST_PATH:-$PATH}\n',
    }),
    hookFile: '.codex/hooks.json',
    notYet: true,
    protocol: responsesApi,
    toolResults: responsesToolResults,
    // Trust in a hook is given in its own screen, which cannot be reached headless.
    args: (prompt, url) => ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', '--dangerously-bypass-hook-trust', '-c', 'model_provider="scripted"', '-c', `model_providers.scripted={name="scripted",base_url="${url}/v1",wire_api="responses",env_key="SCRIPTED_KEY"}`, prompt],
    env: () => ({ SCRIPTED_KEY: 'dummy-key-for-a-scripted-model' }),
    shell: (command) => ({ tool: 'exec_command', input: { cmd: command } }),
    // It has no tool for reading.
    read: (path) => ({ tool: 'exec_command', input: { cmd: `cat ${path}` } }),
    write: (path, content) => ({ tool: 'apply_patch', input: { patch: `*** Begin Patch\n*** Add File: ${path}\n${content.split('\n').map((line) => `+${line}`).join('\n')}\n*** End Patch\n` } }),
    deleteVolume: (volumeId) => ({ tool: 'mcp__volumes.delete_volume', input: { volumeId } }),
    whenKilled: 'runs',
    masksOutput: 'all',
  },
  {
    id: 'copilot',
    title: 'GitHub Copilot CLI',
    agent: 'GitHub Copilot',
    traces: (volumes) => ({ '.copilot/mcp-config.json': `{"mcpServers":${mcpServers(volumes)}}\n` }),
    hookFile: '.copilot/hooks/interlock.json',
    protocol: chatCompletionsApi,
    toolResults: chatToolResults,
    args: (prompt) => ['-p', prompt, '--allow-all-tools', '--allow-all-paths'],
    env: (url) => ({ COPILOT_PROVIDER_BASE_URL: `${url}/v1`, COPILOT_PROVIDER_TYPE: 'openai', COPILOT_PROVIDER_API_KEY: 'dummy-key-for-a-scripted-model', COPILOT_MODEL: 'scripted', COPILOT_OFFLINE: 'true' }),
    shell: (command) => ({ tool: 'bash', input: { command, description: 'Work' } }),
    read: (path) => ({ tool: 'view', input: { path } }),
    write: (path, content) => ({ tool: 'create', input: { path, file_text: content } }),
    deleteVolume: (volumeId) => ({ tool: 'volumes-delete_volume', input: { volumeId } }),
    whenKilled: 'holds',
    masksOutput: 'all',
  },
  {
    id: 'gemini',
    title: 'Gemini CLI',
    agent: 'Gemini CLI',
    traces: (volumes) => ({ '.gemini/settings.json': `{\n  "security": { "auth": { "selectedType": "gemini-api-key" } },\n  "privacy": { "usageStatisticsEnabled": false },\n  "mcpServers": ${mcpServers(volumes)}\n}\n` }),
    hookFile: '.gemini/settings.json',
    protocol: geminiApi,
    toolResults: geminiToolResults,
    args: (prompt) => ['-p', prompt, '--yolo', '-m', 'gemini-2.5-flash'],
    env: (url) => ({ GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'dummy-key-for-a-scripted-model', GEMINI_CLI_TRUST_WORKSPACE: 'true' }),
    shell: (command) => ({ tool: 'run_shell_command', input: { command } }),
    read: (path) => ({ tool: 'read_file', input: { file_path: path } }),
    write: (path, content) => ({ tool: 'write_file', input: { file_path: path, content } }),
    deleteVolume: (volumeId) => ({ tool: 'mcp_volumes_delete_volume', input: { volumeId } }),
    whenKilled: 'runs',
    masksOutput: 'all',
  },
  {
    id: 'qwen',
    title: 'Qwen Code',
    agent: 'Qwen Code',
    traces: (volumes) => ({ '.qwen/settings.json': `{\n  "security": { "auth": { "selectedType": "openai" } },\n  "privacy": { "usageStatisticsEnabled": false },\n  "mcpServers": ${mcpServers(volumes)}\n}\n` }),
    hookFile: '.qwen/settings.json',
    protocol: chatCompletionsApi,
    toolResults: chatToolResults,
    args: (prompt) => ['-p', prompt, '--yolo'],
    env: (url) => ({ OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'dummy-key-for-a-scripted-model', OPENAI_MODEL: 'scripted' }),
    shell: (command) => ({ tool: 'run_shell_command', input: { command, is_background: false } }),
    read: (path) => ({ tool: 'read_file', input: { file_path: path } }),
    write: (path, content) => ({ tool: 'write_file', input: { file_path: path, content } }),
    deleteVolume: (volumeId) => ({ tool: 'mcp__volumes__delete_volume', input: { volumeId } }),
    whenKilled: 'runs',
    masksOutput: 'those of commands that work',
  },
  opencodeClient({
    id: 'opencode',
    title: 'opencode',
    configFile: '.config/opencode/opencode.json',
    hookFile: '.config/opencode/plugins/interlock.js',
    env: { OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1', OPENCODE_DISABLE_MODELS_FETCH: '1' },
  }),
  opencodeClient({
    id: 'kilo',
    title: 'Kilo Code',
    configFile: '.config/kilo/kilo.json',
    hookFile: '.config/kilo/plugin/interlock.js',
    env: { KILO_DISABLE_AUTOUPDATE: '1', KILO_DISABLE_LSP_DOWNLOAD: '1', KILO_DISABLE_MODELS_FETCH: '1', KILO_DISABLE_SESSION_INGEST: '1', KILO_TELEMETRY_LEVEL: 'off' },
  }),
];

/** What such an agent needs of a stage: an editor is not among it. */
type Place = Pick<Stage, 'home' | 'path' | 'shop'>;

export interface NodeClient extends Client {
  /** Needs no editor. `env`: what its shells would inherit from the terminal that it was started in. */
  run(place: Place, reaper: Reaper, scenario: Scenario, env?: Readonly<Record<string, string>>): Promise<ClientOutcome>;
}

export const nodeClients: readonly NodeClient[] = programs.map((program) => ({
  ...program,
  provision: () => provisionNodeAgent(program.id),
  run: (stage, reaper, scenario, env = {}) => runProgram({ ...program, env: (url) => ({ ...env, ...program.env(url) }) }, stage, reaper, scenario),
}));

/** opencode, and what was made from it: one command line and one form of settings. */
function opencodeClient({ configFile, env, ...client }: Pick<NodeProgram, 'id' | 'title' | 'hookFile'> & { readonly configFile: string; readonly env: Readonly<Record<string, string>> }): NodeProgram {
  const model = { tool_call: true, limit: { context: 100_000, output: 4_000 } };
  const provider = { npm: '@ai-sdk/openai-compatible', options: { baseURL: '{env:SCRIPTED_URL}/v1', apiKey: 'dummy-key-for-a-scripted-model' }, models: { scripted: model } };
  const config = (volumes: McpServer): object => ({ model: 'scripted/scripted', small_model: 'scripted/scripted', share: 'disabled', autoupdate: false, permission: { '*': 'allow', read: 'allow', external_directory: 'allow' }, provider: { scripted: provider }, mcp: { volumes: { type: 'local', command: volumes } } });
  return {
    ...client,
    agent: client.title,
    traces: (volumes) => ({ [configFile]: JSON.stringify(config(volumes)) }),
    protocol: chatCompletionsApi,
    toolResults: chatToolResults,
    args: (prompt) => ['run', prompt],
    env: (url) => ({ ...env, SCRIPTED_URL: url }),
    shell: (command) => ({ tool: 'bash', input: { command, description: 'Work' } }),
    read: (filePath) => ({ tool: 'read', input: { filePath } }),
    write: (filePath, content) => ({ tool: 'write', input: { filePath, content } }),
    deleteVolume: (volumeId) => ({ tool: 'volumes_delete_volume', input: { volumeId } }),
    whenKilled: 'holds',
    masksOutput: 'all',
  };
}

async function runProgram(client: NodeProgram, stage: Place, reaper: Reaper, scenario: Scenario): Promise<ClientOutcome> {
  const { node, program } = await provisionNodeAgent(client.id);
  const model = await startScriptedModel(client.protocol, scenario);
  // The folder of its Node comes after the recording tools.
  const path = [...stage.path, dirname(node)].join(delimiter);
  const temp = join(stage.home, 'tmp');
  await mkdir(temp, { recursive: true });
  const child = reaper.spawn(program, client.args('Do the chore.', model.baseUrl), {
    cwd: stage.shop.folder,
    env: { HOME: stage.home, PATH: path, TEST_PATH: path, SHELL: '/bin/bash', LANG: 'C.UTF-8', TERM: 'dumb', TMPDIR: temp, ...QUIET_ENV, ...client.env(model.baseUrl) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const said = await saidUntilEnd(child, reaper);
    return { said, results: client.toolResults(model.requests), requests: model.requests };
  } finally {
    await reaper.kill(child);
    await model.stop();
  }
}
