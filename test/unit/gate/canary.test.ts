import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Adapter } from '../../../src/agents/adapter.ts';
import { adapters } from '../../../src/agents/all.ts';
import { adapter as amp } from '../../../src/agents/amp.ts';
import { adapter as opencode } from '../../../src/agents/opencode.ts';
import { canaryAnswer, canaryName, canaryOf, canaryWitness } from '../../../src/core/canary.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { lifeOf, proveAlive, type Life } from '../../../src/gate/canary.ts';
import { installHooks, ownPlace } from '../../../src/gate/install.ts';
import { judge } from '../../../src/gate/judge.ts';
import { installLauncher } from '../../../src/gate/launcher.ts';
import { saveSnapshot } from '../../../src/gate/policy-snapshot.ts';
import { startGate, type Gate } from '../../../src/gate/server.ts';
import { locateState, type State } from '../../../src/gate/state.ts';
import { commandRequest, MemoryRecorder, services, TestAsker, temporaryState } from './gate-fixture.ts';

const built = mkdtempSync(join(tmpdir(), 'il-canary-'));
const removals: string[] = [built];
before(() => {
  execFileSync(process.execPath, ['esbuild.mjs', '--production', `--out=${built}`]);
});
after(() => removals.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })));

interface Place {
  readonly home: string;
  readonly state: State;
  readonly adapter: Adapter;
  readonly file: string;
}

interface Case {
  readonly when: string;
  /** What is done to a home in which the hooks are installed and a window answers. */
  readonly break?: (place: Place) => void;
  readonly closed?: boolean;
  readonly limit?: number;
  /** Concerns what the agents share, so that one of them shows it. */
  readonly shared?: true;
  readonly expected: Life | RegExp;
  /** Of agents for which it is otherwise, by id. */
  readonly otherwise?: Readonly<Record<string, RegExp>>;
}

const launcher = (text: string) => ({ state }: Place): void => writeFileSync(state.launcher, `#!/bin/sh\n${text}\n`);
const edit = (change: (text: string) => string) => ({ file }: Place): void => writeFileSync(file, change(readFileSync(file, 'utf8')));

const refusesEverything = /refuses everything, because it does not work\. It said: /;
/** What stands in the agent's file refuses by itself: a plugin, a script. */
const inItsFile = { amp: refusesEverything, cline: refusesEverything, kilo: refusesEverything, opencode: refusesEverything };

const cases: readonly Case[] = [
  { when: 'all is well', expected: { alive: true, by: 'editor' } },
  { when: 'no window answers', closed: true, expected: { alive: true, by: 'no editor' } },
  { when: 'the launcher is missing', break: ({ state }) => rmSync(state.launcher), expected: /could not be started: its program is not there/, otherwise: inItsFile },
  { when: 'the launcher may not be executed', break: ({ state }) => chmodSync(state.launcher, 0o600), expected: /could not be started: its program cannot be executed/, otherwise: inItsFile },
  { when: 'the hook’s programs are missing', shared: true, break: ({ state }) => rmSync(dirname(state.program), { recursive: true }), expected: /refuses everything, because it does not work\. It said: Interlock cannot look at this/ },
  { when: 'the launcher says nothing', shared: true, break: launcher('exit 0'), expected: /an answer that lets actions through/ },
  { when: 'the launcher allows', shared: true, break: launcher('echo "{}"'), expected: /an answer that lets actions through/ },
  { when: 'the launcher writes garbage', break: launcher('echo "<html>"; exit 0'), expected: /an answer that lets actions through/, otherwise: { ...inItsFile, antigravity: refusesEverything } },
  { when: 'the launcher crashes', shared: true, break: launcher('exit 1'), expected: /ended with code 1/ },
  { when: 'the launcher is killed', shared: true, break: launcher('kill -9 $$'), expected: /was killed|ended with code 137/ },
  { when: 'the launcher repeats what it is sent', shared: true, break: launcher('said=$(cat); echo "$said"; echo "$said" >&2; exit 2'), expected: /refuses everything|ended with code 2/ },
  { when: 'the launcher hangs', break: launcher('sleep 600'), limit: 300, expected: /did not answer in time/ },
  { when: 'the hook line was edited', break: edit((text) => text.replace('.interlock/hook', '.interlock/hoak')), expected: /missing or were changed/ },
  { when: 'the time limit was edited', shared: true, break: edit((text) => text.replace(/("timeout(?:Sec)?": )\d+/, '$11')), expected: /missing or were changed/ },
  { when: 'the file is gone', shared: true, break: ({ file }) => rmSync(file), expected: /is not there/ },
  { when: 'the file is no JSON any more', shared: true, break: edit((text) => text.slice(0, -3)), expected: /cannot be read|missing or were changed/ },
];

/** A file of the agent's with a hook of somebody else in it; undefined where the whole file is ours. */
function otherHooks(id: string, event: string, command: string): object | undefined {
  const group = [{ matcher: '*', hooks: [{ type: 'command', command }] }];
  switch (id) {
    case 'amp':
    case 'cline':
    case 'kilo':
    case 'opencode':
      return undefined;
    case 'antigravity':
      return { mine: { [event]: group } };
    case 'droid':
      return { [event]: group };
    case 'kiro':
      return { version: 'v1', hooks: [{ name: 'mine', trigger: event, action: { type: 'command', command } }] };
    case 'cursor':
    case 'windsurf':
      return { hooks: { [event]: [{ command }] } };
    case 'copilot':
      return { hooks: { [event]: [{ type: 'command', bash: command }] } };
    default:
      return { hooks: { [event]: group } };
  }
}

/** A home whose name a shell could trip over (Grok takes no dollar sign in it), with the agent's hooks and a hook of somebody else in the file. */
async function fresh(adapter: Adapter): Promise<Place> {
  const home = mkdtempSync(join(tmpdir(), adapter.id === 'grok' ? "il é' " : "il é'$(x) "));
  removals.push(home);
  const state = locateState({}, home, 'posix');
  const { file } = adapter.installation(home);
  mkdirSync(dirname(file), { recursive: true });
  const [event = ''] = adapter.installation(home).hooks?.(adapter.installation(home).install(undefined, state.launcher), state.launcher).map((hook) => hook.event) ?? [];
  const other = otherHooks(adapter.id, event, `touch ${join(home, 'ran')}; exit 1`);
  if (other) writeFileSync(file, JSON.stringify(other, undefined, 2));
  await installLauncher(state, { node: process.execPath, program: join(built, 'hook.js') });
  await saveSnapshot(state, { policy: defaultPolicy, answerSeconds: 60 });
  await installHooks(adapter, home, state);
  return { home, state, adapter, file };
}

async function withGate<Result>(state: State, closed: boolean, work: (recorder: MemoryRecorder) => Promise<Result>): Promise<Result> {
  const recorder = new MemoryRecorder();
  const gate: Gate | undefined = closed ? undefined : await startGate({ state, folders: () => [], focused: () => true, services: services({ adapters, asker: new TestAsker('deny'), recorder }) });
  try {
    return await work(recorder);
  } finally {
    await gate?.close();
  }
}

for (const adapter of adapters.filter(({ canary }) => canary !== undefined)) {
  describe(`the canary of ${adapter.title}`, () => {
    for (const { when, break: damage, closed = false, limit = 30_000, expected: usual, otherwise } of cases.filter(({ shared }) => !shared || adapter.id === 'cursor')) {
      const expected = otherwise?.[adapter.id] ?? usual;
      test(`${expected instanceof RegExp ? 'is not alive' : 'is alive'} when ${when}`, async () => {
        const place = await fresh(adapter);
        await withGate(place.state, closed, async (recorder) => {
          damage?.(place);
          const life = await proveAlive({ adapter, place: ownPlace(adapter, place.home, place.state), platform: 'posix', env: { PATH: '/usr/bin:/bin', HOME: place.home }, cwd: place.home, limit });
          if (expected instanceof RegExp) assert.match(life.alive === false ? life.why : JSON.stringify(life), expected);
          else assert.deepEqual(life, expected);
          assert.deepEqual(recorder.events, [], 'nothing of it is in the journal');
          assert.throws(() => readFileSync(join(place.home, 'ran')), 'a hook of somebody else was run');
        });
      });
    }
  });
}

describe('the canary of a plugin', () => {
  const plugins: readonly (readonly [what: string, of: { readonly opencode: string; readonly amp: string }, why: RegExp])[] = [
    ['is no JavaScript', { opencode: 'export const = ;', amp: 'export default func' }, /ended with code 1\. It said: The plugin cannot be loaded: /],
    ['fails while it is loaded', { opencode: 'throw new Error("no")', amp: 'import "node:nothing"' }, /The plugin cannot be loaded: /],
    ['asks before nothing', { opencode: 'export const Interlock = async () => ({});', amp: 'export default () => undefined' }, /The plugin (?:has no tool\.execute\.before|does not listen to tool\.call)\./],
    ['exports nothing', { opencode: '', amp: '' }, /ended with code 1/],
    ['lets everything through', { opencode: 'export const Interlock = async () => ({ "tool.execute.before": async () => undefined });', amp: 'export default (amp) => amp.on("tool.call", async () => ({ action: "allow" }))' }, /an answer that lets actions through/],
    ['refuses in words of its own', { opencode: 'export const Interlock = async () => ({ "tool.execute.before": async () => { throw new Error("No.") } });', amp: 'export default (amp) => amp.on("tool.call", async () => ({ action: "reject-and-continue", message: "No." }))' }, /refuses everything, because it does not work\. It said: No\./],
    ['never answers', { opencode: 'export const Interlock = async () => new Promise(() => setTimeout(() => undefined, 60_000));', amp: 'export default () => new Promise(() => setTimeout(() => undefined, 60_000))' }, /did not answer in time/],
  ];
  for (const adapter of [opencode, amp]) {
    for (const [what, texts, why] of plugins) {
      test(`of ${adapter.title} is not alive when it ${what}`, async () => {
        const place = await fresh(adapter);
        writeFileSync(place.file, texts[adapter === amp ? 'amp' : 'opencode']);
        const own = ownPlace(adapter, place.home, place.state);
        const life = await proveAlive({ adapter, place: { ...own, installation: { ...own.installation, isInstalled: () => true } }, platform: 'posix', env: { HOME: place.home }, cwd: place.home, limit: 3_000 });
        assert.match(life.alive === false ? life.why : JSON.stringify(life), why);
      });
    }
    test(`of ${adapter.title} is loaded as its host would, whatever Node is told to load besides`, async () => {
      const { home, state } = await fresh(adapter);
      const life = await proveAlive({ adapter, place: ownPlace(adapter, home, state), platform: 'posix', env: { HOME: home, NODE_OPTIONS: '--require /nowhere.js' }, cwd: home, limit: 30_000 });
      assert.deepEqual(life, { alive: true, by: 'no editor' });
    });
  }
});

const name = canaryName('0123456789abcdef0123456789abcdef');
const ended = (stderr: string, exitCode: number | undefined): Life => lifeOf({ stdout: '', stderr, exitCode }, {}, 'PreToolUse', name);
const refuse = (text: string): Life => ended(text, 2);

describe('a canary', () => {
  test('is refused by every judge, also where the policy would allow it', async () => {
    const { state, remove } = temporaryState();
    try {
      const answer = await judge(commandRequest(name, state.root), services({ asker: new TestAsker('allow') }));
      assert.equal(answer.exitCode, 2);
      assert.equal(canaryWitness(answer.stderr, name), 'editor');
    } finally {
      remove();
    }
  });

  test('proves nothing where the policy cannot be asked', async () => {
    const answer = await judge(commandRequest(name), services({ decide: () => { throw new Error('broken'); } }));
    assert.equal(answer.exitCode, 2);
    assert.equal(canaryWitness(answer.stderr, name), undefined);
  });

  const none = [`${name} && rm -rf /`, `rm -rf / # ${name}`, ` ${name}`, `${name}\n`, name.slice(0, -1), `${name}0`, name.toUpperCase(), 'interlock-canary-'];
  for (const command of none) {
    test(`is not ${JSON.stringify(command)}`, () => {
      assert.equal(canaryOf({ tool: 'shell', shell: 'bash', command, agent: 'x', session: '', cwd: '/', workspaceRoots: [], env: {} }), undefined);
    });
  }

  test('counts only with an answer to its own name', () => {
    assert.deepEqual(refuse(canaryAnswer(name, 'editor')), { alive: true, by: 'editor' });
    assert.equal(refuse(canaryAnswer(canaryName('f'.repeat(32)), 'editor')).alive, false);
    assert.equal(refuse(canaryAnswer(name, 'nobody')).alive, false);
    assert.equal(refuse(`${name} refused`).alive, false);
  });

  test('counts only as a refusal that the agent takes for one', () => {
    for (const code of [0, 1, 3, 127, undefined]) assert.equal(ended(canaryAnswer(name, 'editor'), code).alive, false);
  });
});
