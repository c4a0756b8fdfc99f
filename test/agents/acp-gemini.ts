/** Gemini CLI as an agent of the Agent Client Protocol behind `interlock acp`, with its own hooks off and a client that says yes to all it is asked. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { QUIET_ENV } from '../workbench/isolation.ts';
import { provisionNodeAgent } from '../workbench/provision.ts';
import type { Reaper } from '../workbench/reaper.ts';
import { saidUntilEnd, type Client, type ClientOutcome } from './client.ts';
import { geminiApi, geminiToolResults } from './gemini-api.ts';
import { nodeClients } from './node-clients.ts';
import { startScriptedModel, type Scenario } from './scripted-model.ts';
import type { Stage } from './stage.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const gemini = nodeClients.find(({ id }) => id === 'gemini') ?? assert.fail('Gemini CLI is not among the agents.');

export const acpGemini: Client = {
  ...gemini,
  id: 'acp',
  title: 'Gemini CLI behind the ACP proxy',
  agent: 'An ACP agent',
  // What a client may refuse has no reason in this protocol, and what the agent does itself no client sees.
  reach: 'permissions',
  run,
};

const Message = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  method: z.string().optional(),
  result: z.looseObject({ sessionId: z.string().optional() }).nullish(),
  params: z.looseObject({ path: z.string().optional(), content: z.string().optional(), options: z.array(z.object({ optionId: z.string(), kind: z.string() })).optional() }).optional(),
});

async function run(stage: Stage, reaper: Reaper, scenario: Scenario): Promise<ClientOutcome> {
  const { node, program } = await provisionNodeAgent('gemini');
  const model = await startScriptedModel(geminiApi, scenario);
  const settings = join(stage.home, 'gemini-without-hooks.json');
  await writeFile(settings, JSON.stringify({ hooksConfig: { enabled: false } }));
  const temp = join(stage.home, 'tmp');
  await mkdir(temp, { recursive: true });
  const child = reaper.spawn(process.execPath, [cli, 'acp', '--', program, '--acp', '-m', 'gemini-2.5-flash'], {
    cwd: stage.shop.folder,
    env: {
      HOME: stage.home, PATH: [...stage.path, dirname(node)].join(delimiter), SHELL: '/bin/bash', LANG: 'C.UTF-8', TERM: 'dumb', TMPDIR: temp, ...QUIET_ENV,
      GOOGLE_GEMINI_BASE_URL: model.baseUrl, GEMINI_API_KEY: 'dummy-key-for-a-scripted-model', GEMINI_CLI_TRUST_WORKSPACE: 'true', GEMINI_CLI_SYSTEM_SETTINGS_PATH: settings,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  converse(child, stage.shop.folder);
  try {
    const said = await saidUntilEnd(child, reaper);
    return { said, results: geminiToolResults(model.requests), requests: model.requests };
  } finally {
    await reaper.kill(child);
    await model.stop();
  }
}

/** The client's part: one prompt, and a yes to everything. https://agentclientprotocol.com/protocol/overview */
function converse(child: ChildProcess, cwd: string): void {
  const say = (message: object): void => void child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const replies: Readonly<Record<string, (message: z.infer<typeof Message>) => Promise<unknown>>> = {
    'session/request_permission': async ({ params }) => ({ outcome: { outcome: 'selected', optionId: params?.options?.find(({ kind }) => kind === 'allow_once')?.optionId } }),
    'fs/read_text_file': async ({ params }) => ({ content: await readFile(params?.path ?? '', 'utf8') }),
    'fs/write_text_file': async ({ params }) => {
      await writeFile(params?.path ?? '', params?.content ?? '');
      return null;
    },
  };
  createInterface({ input: child.stdout ?? assert.fail('no output') }).on('line', (line) => {
    const message = Message.safeParse(JSON.parse(line)).data;
    if (message === undefined) return;
    const reply = message.method === undefined ? undefined : replies[message.method];
    if (reply) void reply(message).then((result) => say({ id: message.id, result }), () => say({ id: message.id, error: { code: -32_603, message: 'failed' } }));
    else if (message.method === undefined && message.id === 'start') say({ id: 'session', method: 'session/new', params: { cwd, mcpServers: [] } });
    else if (message.method === undefined && message.id === 'session') say({ id: 'prompt', method: 'session/prompt', params: { sessionId: message.result?.sessionId, prompt: [{ type: 'text', text: 'Do the chore.' }] } });
    else if (message.method === undefined && message.id === 'prompt') child.kill();
  });
  say({ id: 'start', method: 'initialize', params: { protocolVersion: 1, clientCapabilities: { fs: { readTextFile: true, writeTextFile: true }, terminal: true } } });
}
