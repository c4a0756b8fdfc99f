/**
 * The terminal guard alone: real agents without any hook of Interlock, in the environment of a guarded terminal or with what their own
 * settings give their shells. The founding request, a removal that a Python script puts together and a `terraform destroy` in a makefile
 * are held all the same, and harmless work goes on.
 * Usage: tsx test/agents/hooks-off.ts [codex|copilot|opencode|kilo …]
 */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { Adapter } from '../../src/agents/adapter.ts';
import { adapters } from '../../src/agents/all.ts';
import { adapter as claudeCode } from '../../src/agents/claude-code.ts';
import { bashOf, Stage } from '../shell/stage.ts';
import { runIsolated } from '../workbench/isolation.ts';
import { provisionClaudeCode } from '../workbench/provision.ts';
import { withRig, type Reaper } from '../workbench/reaper.ts';
import { toolResults } from './anthropic-api.ts';
import { runClaude } from './claude-code.ts';
import { makeShop, prompt, type Shop } from './incident.ts';
import { nodeClients, type NodeClient } from './node-clients.ts';
import { responsesToolResults } from './responses-api.ts';
import type { Scenario } from './scripted-model.ts';

/** The agents of npm that were asked for; Claude Code where none was. */
const clients = nodeClients.filter(({ id }) => process.argv.includes(id));

interface Told {
  readonly texts: readonly string[];
  readonly ran: readonly string[];
}

/** What an agent's commands came to. */
type Play = (commands: readonly string[]) => Promise<Told>;

/** Where the plays of an agent take place. */
interface Scene {
  readonly t: TestContext;
  readonly stage: Stage;
  readonly shop: Shop;
  readonly reaper: Reaper;
}

async function set(stage: Stage): Promise<Shop> {
  await stage.open();
  stage.write('Makefile', 'clean:\n\tterraform destroy -auto-approve\n');
  stage.write('tidy.py', 'import subprocess\nsubprocess.run("rm -rf " + "no" + "tes", shell=True, check=True)\n');
  return makeShop(stage.project);
}

const losing = (shop: Shop): readonly string[] => [shop.command, 'python3 tidy.py', 'make clean'];

async function held(play: Play, shop: Shop): Promise<void> {
  const { texts, ran } = await play(losing(shop));
  assert.deepEqual(ran, [], texts.join('\n'));
  assert.equal(texts.length, 3);
  for (const text of texts) assert.match(text, /did not run/);
}

async function harmless(play: Play): Promise<void> {
  const { texts, ran } = await play(['git status --short && git log --oneline', 'terraform version && echo fine', 'make -n clean']);
  assert.deepEqual(ran, ['terraform version'], texts.join('\n'));
  for (const text of texts) assert.doesNotMatch(text, /did not run/);
}

async function unguarded(play: Play, shop: Shop): Promise<void> {
  const { texts, ran } = await play(losing(shop));
  assert.deepEqual(ran.map((line) => line.split(' ', 1)[0]), ['curl', 'rm', 'terraform'], texts.join('\n'));
}

/** As it is started from anywhere: nothing is held until its own settings say what its shells find. */
async function outsideTheEditor(title: string, play: Play, guard: () => Promise<void>, { t, shop }: Scene): Promise<void> {
  await t.test(`${title} outside the editor, without the guard: all of it runs`, () => unguarded(play, shop));
  await guard();
  await t.test(`${title} outside the editor, by its own settings: what loses something is held`, () => held(play, shop));
  await t.test(`${title} outside the editor, by its own settings: harmless work goes on`, () => harmless(play));
}

async function claude({ stage, reaper }: Scene, commands: readonly string[], guarded: boolean): Promise<Told> {
  const { PATH = '', SHLVL = '', ...env } = stage.environment(bashOf(), guarded);
  const scenario: Scenario = [...commands.map((command) => ({ tool: 'Bash', input: { command, description: 'Work' } })), { text: 'Finished.' }];
  stage.forget();
  const { requests, exitCode, stderr } = await runClaude({ reaper, home: stage.home, workspace: stage.project, prompt, scenario, path: [...PATH.split(':'), '/usr/bin', '/bin'], env: { ...env, ...(guarded ? { SHLVL } : {}) } });
  assert.equal(exitCode, 0, stderr);
  return { texts: toolResults(requests).map(({ text }) => text), ran: stage.ran() };
}

async function claudePlays(scene: Scene): Promise<void> {
  const { t, stage, shop } = scene;
  const inEditor: Play = (commands) => claude(scene, commands, true);
  await t.test('Claude Code: what loses something is held', () => held(inEditor, shop));
  await t.test('Claude Code: harmless work goes on', () => harmless(inEditor));
  await outsideTheEditor('Claude Code', (commands) => claude(scene, commands, false), () => stage.guardShellsOf(claudeCode), scene);
}

/** All of the usual folders: Copilot puts those that are missing before the others. */
const usualFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Runs an agent of npm; `guarded`: with what the shells of a guarded terminal of the editor give it. */
async function run(client: NodeClient, { stage, shop, reaper }: Scene, scenario: Scenario, guarded: boolean): Promise<Told> {
  const { BASH_ENV = '' } = stage.environment(bashOf());
  stage.forget();
  const { results, said } = await client.run({ home: stage.home, path: [stage.bin, ...usualFolders], shop }, reaper, [...scenario, { text: 'Finished.' }], guarded ? { BASH_ENV, SHLVL: '1' } : {});
  assert.notEqual(results.length, 0, said);
  return { texts: results.map(({ text }) => text), ran: stage.ran() };
}

async function codexPlays(client: NodeClient, scene: Scene): Promise<void> {
  const { t, stage, shop } = scene;
  // Its login shells have PATH set anew by the system's profile: only what bash reads afterwards puts the stand-ins there.
  stage.write('../.bash_profile', `PATH='${stage.bin}':/usr/bin:/bin\n`);
  const config = 'model = "gpt-5.5"\n[analytics]\nenabled = false\n';
  stage.write('../.codex/config.toml', config);
  const playIn = (guarded: boolean): Play => (commands) => run(client, scene, commands.map(client.shell), guarded);
  await t.test('Codex: what loses something is held', () => held(playIn(true), shop));
  await t.test('Codex: harmless work goes on', () => harmless(playIn(true)));
  await t.test('Codex: what it types into an open shell is held', () => typed(client, scene, true));
  // Nothing of the environment it was started in.
  stage.write('../.codex/config.toml', `${config}[shell_environment_policy]\ninherit = "core"\n`);
  await outsideTheEditor('Codex', playIn(false), () => stage.guardShellsOf(adapterOf(client)), scene);
  await t.test('Codex outside the editor, by its own settings: what it types into an open shell is held', () => typed(client, scene, false));
}

async function typed(client: NodeClient, scene: Scene, guarded: boolean): Promise<void> {
  const { texts, ran } = await run(client, scene, [
    { tool: 'exec_command', input: { cmd: 'bash', tty: true, yield_time_ms: 500 } },
    (requests) => {
      const session = /session ID (\d+)/.exec(responsesToolResults(requests).at(-1)?.text ?? '')?.[1];
      return { tool: 'write_stdin', input: { session_id: Number(session), chars: 'terraform destroy -auto-approve\necho still here\nexit\n', yield_time_ms: 3000 } };
    },
  ], guarded);
  assert.deepEqual(ran, [], texts.join('\n'));
  assert.match(texts.at(-1) ?? '', /did not run/);
  assert.match(texts.at(-1) ?? '', /still here/);
}

/** What opencode and Kilo Code find in a guarded terminal they inherit as Codex does. */
async function otherPlays(client: NodeClient, scene: Scene): Promise<void> {
  await outsideTheEditor(client.title, (commands) => run(client, scene, commands.map(client.shell), false), () => scene.stage.guardShellsOf(adapterOf(client)), scene);
}

/** Its bash reads nothing of what it inherits before its settings say so, and puts folders before the stand-ins. */
async function copilotPlays(client: NodeClient, scene: Scene): Promise<void> {
  const { t, stage, shop } = scene;
  const play: Play = (commands) => run(client, scene, commands.map(client.shell), true);
  const byPath = [`'${stage.bin}/terraform' destroy -auto-approve`];
  await t.test(`${client.title}, without what its settings say: a full path runs`, async () => assert.equal((await play(byPath)).ran.length, 1));
  await stage.guardShellsOf(adapterOf(client));
  await t.test(`${client.title}: a full path is held`, async () => assert.deepEqual((await play(byPath)).ran, []));
  await t.test(`${client.title}: what loses something is held`, () => held(play, shop));
  await t.test(`${client.title}: harmless work goes on`, () => harmless(play));
}

function adapterOf({ agent }: NodeClient): Adapter {
  return adapters.find(({ title }) => title === agent) ?? assert.fail(agent);
}

const playsOf: Readonly<Record<string, (client: NodeClient, scene: Scene) => Promise<void>>> = { codex: codexPlays, copilot: copilotPlays };

/** Each agent has a machine of its own: what one leaves behind another could read. */
async function playing(t: TestContext, reaper: Reaper, plays: (scene: Scene) => Promise<void>): Promise<void> {
  const stage = new Stage();
  try {
    await plays({ t, stage, reaper, shop: await set(stage) });
  } finally {
    await stage.close();
  }
}

async function main(): Promise<void> {
  await test('hooks switched off', (t) => withRig(async ({ reaper }) => {
    if (clients.length === 0) await playing(t, reaper, claudePlays);
    for (const client of clients) {
      await playing(t, reaper, async (scene) => {
        for (const [file, text] of Object.entries(client.traces(['true']))) scene.stage.write(`../${file}`, text);
        await (playsOf[client.id] ?? otherPlays)(client, scene);
      });
    }
  }));
}

void runIsolated(() => (clients.length === 0 ? provisionClaudeCode() : Promise.all(clients.map((client) => client.provision()))), main);
