/**
 * Hooks that answer too late: each real agent, with Interlock's own hooks of it, a time limit of one second and a launcher that
 * refuses after four. Whether the action is held all the same is what docs/agents.md says of the agent under *fails closed*.
 * Usage: tsx test/agents/late-answers.ts [AGENT …]
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { adapters } from '../../src/agents/all.ts';
import { runIsolated } from '../workbench/isolation.ts';
import { openPage, statusItem } from '../workbench/page.ts';
import { provisionBrowser, provisionClaudeCode, provisionCodeServer } from '../workbench/provision.ts';
import { type Reaper, withRig } from '../workbench/reaper.ts';
import { startWorkbench } from '../workbench/workbench.ts';
import { toolResults } from './anthropic-api.ts';
import { runClaude } from './claude-code.ts';
import type { ClientFacts } from './client.ts';
import { cursorSdk } from './cursor-sdk.ts';
import { makeShop } from './incident.ts';
import { type NodeClient, nodeClients } from './node-clients.ts';
import { makeRecordingBin, recordsIn } from './recording-bin.ts';
import { vsix } from './stage.ts';
import { vscodeAgentMode } from './vscode-agent-mode.ts';

/** What is needed of an agent here. */
type LateClient = Pick<ClientFacts, 'id' | 'title' | 'traces' | 'hookFile' | 'shell'> & Pick<NodeClient, 'provision' | 'run'>;

const claudeCode: LateClient = {
  id: 'claude',
  title: 'Claude Code',
  traces: () => ({}),
  hookFile: '.claude/settings.json',
  shell: (command) => ({ tool: 'Bash', input: { command, description: 'Work' } }),
  provision: provisionClaudeCode,
  async run({ home, shop, path }, reaper, scenario) {
    const { stdout, stderr, requests } = await runClaude({ reaper, home, workspace: shop.folder, path, scenario, prompt: 'Do the chore.' });
    return { said: stdout + stderr, results: toolResults(requests), requests };
  },
};

/** In a workbench of its own. The extension changes no hooks there, as nobody has asked it to guard. */
const vscode: LateClient = {
  ...vscodeAgentMode,
  provision: () => Promise.all([provisionCodeServer(), provisionBrowser()]),
  async run({ home, shop }, reaper, scenario) {
    const { prepare, ...inWorkbench } = vscodeAgentMode.workbench;
    const workbench = await startWorkbench({ reaper, folder: shop.folder, home, vsix: [vsix], ...inWorkbench });
    const window = await openPage(workbench, { reaper, home, ...(prepare ? { prepare } : {}) });
    // The extensions are there once this one is.
    await statusItem(window.page, 'interlock');
    return vscodeAgentMode.run({ home, window }, reaper, scenario);
  },
};

const wanted = process.argv.slice(2);
const clients: readonly LateClient[] = [claudeCode, cursorSdk, vscode, ...nodeClients].filter(({ id }) => wanted.length === 0 || wanted.includes(id));

/** Says that it was asked, and refuses when nobody waits for it any more. */
const LATE = `#!/bin/sh
cat > /dev/null
: > "$HOME/asked"
sleep 4
echo '{"decision":"deny","reason":"Too late."}'
echo 'Too late.' >&2
exit 2
`;

/** Our hooks of the agent as they would be installed, with the least time that can be set. */
function hurried(text: string): string {
  return text.replaceAll(/("timeout(?:Sec)?": |const limitMs = )(\d+)/g, (_, key: string, limit: string) => key + (Number(limit) >= 10_000 ? '1000' : '1'));
}

async function write(file: string, text: string, mode = 0o600): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode });
}

async function play(client: LateClient, reaper: Reaper, folder: string): Promise<void> {
  const home = join(folder, 'home');
  const file = join(home, client.hookFile);
  const adapter = adapters.find((each) => each.traces.length > 0 && each.installation(home).file === file) ?? assert.fail(`no adapter writes ${file}`);
  // Not where the extension would put its own.
  const launcher = join(home, 'late-hook');
  const traces = client.traces([process.execPath, join(import.meta.dirname, 'volumes-mcp.mjs'), recordsIn(folder)]);
  for (const [trace, text] of Object.entries(traces)) if (!trace.endsWith('/')) await write(join(home, trace), text);
  const before = traces[client.hookFile];
  const installed = adapter.installation(home).install(before, launcher);
  assert.notEqual(hurried(installed), installed);
  await write(file, hurried(installed));
  await write(launcher, LATE, 0o755);
  const shop = await makeShop(join(folder, 'shop'));
  const bin = await makeRecordingBin(folder);
  const outcome = await client.run({ home, shop, path: [bin.folder, '/usr/local/bin', '/usr/bin', '/bin'] }, reaper, [client.shell('echo ran > late.txt'), { text: 'Finished.' }]);
  assert.ok(existsSync(join(home, 'asked')), `the hook was not asked: ${outcome.said.slice(-2000)}`);
  const holds = !existsSync(join(shop.folder, 'late.txt'));
  const { failure } = adapter.holds;
  assert.equal(holds, failure === true || String(failure).startsWith('since '), JSON.stringify(outcome.results));
  // Each in its own words.
  if (holds) assert.match(outcome.results[0]?.text ?? '', /did not answer in time|timed out/);
}

async function main(): Promise<void> {
  await test('hooks that answer too late', async (t) => {
    for (const client of clients) await t.test(client.title, () => withRig(({ reaper, folder }) => play(client, reaper, folder)));
  });
}

void runIsolated(() => Promise.all(clients.map((client) => client.provision())), main);
