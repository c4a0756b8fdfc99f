/**
 * Every agent that can be run offline: the real client, a scripted model, the packaged extension in a real workbench and a person's
 * answers in its modal. Claude Code is in first-light.ts.
 * Usage: tsx test/agents/every-agent.ts [light|heavy|AGENT …] [TITLES]
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { runIsolated } from '../workbench/isolation.ts';
import { answerQuickInput, dialog, pressButton, pressEscape, quickInput, runCommand, screenshot } from '../workbench/page.ts';
import { provisionBrowser, provisionCodeServer } from '../workbench/provision.ts';
import { withRig, type Reaper } from '../workbench/reaper.ts';
import { acpGemini } from './acp-gemini.ts';
import type { Client, ClientOutcome } from './client.ts';
import { cursorSdk } from './cursor-sdk.ts';
import { nodeClients } from './node-clients.ts';
import { readRecords, recordsIn } from './recording-bin.ts';
import type { Scenario } from './scripted-model.ts';
import { setStage, type Stage } from './stage.ts';
import { vscodeAgentMode } from './vscode-agent-mode.ts';

const pictures = join(import.meta.dirname, '../../test-results');
const groups: Readonly<Record<string, readonly Client[]>> = { light: [cursorSdk, vscodeAgentMode], heavy: [...nodeClients, acpGemini] };
const everyClient = Object.values(groups).flat();
const named = (word: string): readonly Client[] => groups[word] ?? everyClient.filter(({ id }) => id === word);
const wanted = process.argv.slice(2).flatMap(named);
const clients = wanted.length === 0 ? everyClient : wanted;
const wantedTitle = new RegExp(process.argv.slice(2).find((word) => named(word).length === 0) ?? '');

type Play = (client: Client, stage: Stage, reaper: Reaper) => Promise<void>;

function play(client: Client, stage: Stage, reaper: Reaper, scenario: Scenario): Promise<ClientOutcome> {
  return client.run(stage, reaper, [...scenario, { text: 'Finished.' }]);
}

function told(outcome: ClientOutcome, index: number): string {
  return outcome.results[index]?.text ?? assert.fail(`the model was told nothing about call ${index + 1}: ${outcome.said.slice(-2000)}`);
}

const calls = (stage: Stage): number => readRecords(stage.bin.markerFile).length;

const harmless: Play = async (client, stage, reaper) => {
  const outcome = await play(client, stage, reaper, [client.shell('echo ready > ready.txt; cat ready.txt')]);
  assert.match(told(outcome, 0), /ready/);
  assert.ok(existsSync(join(stage.shop.folder, 'ready.txt')));
  rmSync(join(stage.shop.folder, 'ready.txt'));
};

const secrets: Play = async (client, stage, reaper) => {
  // Some hosts do not let their file tools near an ignored file at all.
  const outcome = await play(client, stage, reaper, [client.shell('cat .env'), client.read(stage.shop.noteFile)]);
  assert.match(told(outcome, 0), /\.env/, 'it says which file');
  assert.match(told(outcome, 1), /volume script: <hidden:/, 'a masked view is given');
  const received = JSON.stringify(outcome.requests);
  for (const token of [stage.shop.stagingToken, stage.shop.noteToken]) assert.ok(!received.includes(token), 'the model has received a token');
};

const guards: Play = async (client, stage, reaper) => {
  const file = join(stage.home, client.hookFile);
  const before = readFileSync(file, 'utf8');
  const outcome = await play(client, stage, reaper, [client.write(file, '{}'), client.shell(`echo '{}' > ${file}`)]);
  // Some hosts refuse the first by themselves, outside the folder they work in.
  assert.match(told(outcome, 1), /decides whether agents/);
  assert.equal(readFileSync(file, 'utf8'), before);
};

const denied: Play = async (client, stage, reaper) => {
  const before = calls(stage);
  const running = play(client, stage, reaper, [client.shell(stage.shop.command)]);
  const asked = await dialog(stage.window.page, 60_000);
  assert.match(asked.message, /not known to be staging/i);
  assert.match(asked.detail, new RegExp(`Agent: ${client.agent}`));
  await pressEscape(stage.window.page);
  const outcome = await running;
  if (client.reach !== 'permissions') assert.match(told(outcome, 0), /Do not try to reach the same result/);
  assert.equal(calls(stage), before);
};

const allowed: Play = async (client, stage, reaper) => {
  const before = calls(stage);
  const running = play(client, stage, reaper, [client.shell(stage.shop.command)]);
  await dialog(stage.window.page, 60_000);
  await pressButton(stage.window.page, 'Allow Once…');
  await quickInput(stage.window.page);
  await answerQuickInput(stage.window.page, stage.shop.volume);
  const outcome = await running;
  assert.equal(calls(stage), before + 1, `the model was told: ${told(outcome, 0)}`);
};

const mcpDeletion: Play = async (client, stage, reaper) => {
  const before = calls(stage);
  const deletion = client.deleteVolume(stage.shop.volume);
  const running = play(client, stage, reaper, [deletion]);
  const asked = await dialog(stage.window.page, 60_000);
  assert.match(asked.message, /volume/i);
  assert.match(asked.detail, /delete_volume/);
  await pressEscape(stage.window.page);
  assert.match(told(await running, 0), /Do not try to reach the same result/);
  assert.equal(calls(stage), before);
  const again = play(client, stage, reaper, [deletion]);
  await dialog(stage.window.page, 60_000);
  await pressButton(stage.window.page, 'Allow Once…');
  await quickInput(stage.window.page);
  await answerQuickInput(stage.window.page, stage.shop.volume);
  assert.match(told(await again, 0), /is gone/);
  assert.equal(calls(stage), before + 1);
};

/** Commands whose output is no file's, so that it can only be masked on its way to the model. */
const masked: Play = async (client, stage, reaper) => {
  const { stagingToken, noteToken, envFile, folder } = stage.shop;
  await writeFile(join(folder, 'server.log'), `started\ndeploy with ${noteToken}\nready\n`);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'shop', scripts: { show: 'sort server.log' } }));
  // As `docker compose config` does, which fills in what .env holds.
  await writeFile(join(stage.bin.folder, 'docker'), `#!/bin/sh\necho 'services:'\nsed 's/^/      /' '${envFile}'\n`, { mode: 0o755 });
  const commands = ['set -a; . ./.env; env', 'git log -p', 'docker compose config', 'npm run --silent show'];
  const outcome = await play(client, stage, reaper, commands.map((command) => client.shell(command)));
  const received = JSON.stringify(outcome.requests);
  // Where a host does not let outputs be replaced this shows what the coverage view says.
  for (const token of [stagingToken, noteToken]) assert.equal(received.includes(token), client.masksOutput === 'none', JSON.stringify(outcome.results));
  if (client.masksOutput === 'none') return;
  assert.match(told(outcome, 0), /RAILWAY_TOKEN=<hidden:/);
  assert.match(told(outcome, 1), /volume script: <hidden:/);
  assert.match(told(outcome, 2), /RAILWAY_TOKEN=<hidden:/);
  assert.match(told(outcome, 3), /started/, 'the rest is shown');
};

const failing: Play = async (client, stage, reaper) => {
  const outcome = await play(client, stage, reaper, [client.shell('git log -p; false')]);
  assert.equal(JSON.stringify(outcome.requests).includes(stage.shop.noteToken), client.masksOutput !== 'all');
};

const killed: Play = async (client, stage, reaper) => {
  const before = calls(stage);
  const running = play(client, stage, reaper, [client.shell(stage.shop.command)]);
  await dialog(stage.window.page, 60_000);
  for (const pid of processesOf('.interlock/hook')) process.kill(pid, 'SIGKILL');
  await running;
  assert.equal(calls(stage) > before ? 'runs' : 'holds', client.whenKilled);
  await pressButton(stage.window.page, 'Deny');
};

const noEditor: Play = async (client, stage, reaper) => {
  const before = calls(stage);
  const outcome = await play(client, stage, reaper, [client.shell(stage.shop.command)]);
  if (client.reach !== 'permissions') assert.match(told(outcome, 0), /no editor/i);
  assert.equal(calls(stage), before);
};

/** The launcher and the program it runs, whose parent is the launcher. */
function processesOf(part: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return pid !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').some((word) => word.endsWith(part));
    } catch {
      return false;
    }
  });
}

/** As the person sees it in the Agents view: its hooks were run and refused, unless the agent itself is known not to run them yet. */
const shown: Play = async ({ agent, notYet }, { window: { page } }) => {
  await runCommand(page, 'Interlock: Focus on Agents View');
  await page.getByRole('treeitem', { name: new RegExp(`^${agent}, ${notYet ? 'not guarded: it does not run its hooks' : 'guarded, its hooks answered'}`) }).waitFor({ timeout: 60_000 });
};

const withEditor: readonly (readonly [name: string, play: Play])[] = [
  ['the Agents view shows whether it is guarded', shown],
  ['a harmless command runs', harmless],
  ['secrets are refused with a masked view', secrets],
  ['its own hooks cannot be taken out', guards],
  ['denied in the modal, the founding command never ran', denied],
  ['allowed with the typed name, it ran once', allowed],
  ['a deletion through an MCP server waits as well', mcpDeletion],
  ['what programs print is masked where the host lets it be', masked],
  ['what a failing program prints', failing],
  ['the hook is killed while it waits', killed],
];

const playsOf = ({ reach }: Client): typeof withEditor => (reach === 'permissions' ? withEditor.filter(([, steps]) => [harmless, denied, allowed].includes(steps)) : withEditor);

/** Keeps a picture of what the person saw when a play failed. */
async function played(steps: Play, client: Client, stage: Stage, reaper: Reaper): Promise<void> {
  try {
    await steps(client, stage, reaper);
  } catch (error) {
    await screenshot(stage.window.page, join(pictures, `failed-${client.id}.png`)).catch(() => undefined);
    throw error;
  }
}

async function main(): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await test('every agent', (t) => withRig(async ({ reaper, folder }) => {
    const volumes = [process.execPath, join(import.meta.dirname, 'volumes-mcp.mjs'), recordsIn(folder)] as const;
    const traces = Object.assign({}, ...clients.map((client) => client.traces(volumes)));
    const stage = await setStage({ reaper, folder, ...clients.find(({ workbench }) => workbench)?.workbench, traces, hookFiles: clients.map(({ hookFile }) => hookFile) });
    for (const client of clients) for (const [name, steps] of playsOf(client).filter(([title]) => wantedTitle.test(title))) await t.test(`${client.title}: ${name}`, () => played(steps, client, stage, reaper));
    await stage.workbench.kill();
    for (const client of clients.filter(({ workbench }) => !workbench)) await t.test(`${client.title}: without an editor it is refused`, () => noEditor(client, stage, reaper));
  }));
}

void runIsolated(() => Promise.all([provisionCodeServer(), provisionBrowser(), ...clients.map((client) => client.provision())]), main);
