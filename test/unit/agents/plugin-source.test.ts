import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { UnreadableConfig, type Adapter } from '../../../src/agents/adapter.ts';
import { adapter as amp } from '../../../src/agents/amp.ts';
import { adapter as kilo } from '../../../src/agents/kilo.ts';
import { adapter as opencode } from '../../../src/agents/opencode.ts';

const folder = mkdtempSync(join(tmpdir(), 'il plugin ü '));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

type Handler = (...args: object[]) => Promise<unknown>;
interface Hooks { readonly 'tool.execute.before': Handler; readonly 'tool.execute.after': Handler }

/** A stand-in for the launcher; its standard input is in a file afterwards. */
function launcher(name: string, script: string): string {
  const path = join(folder, `${name} it's`);
  writeFileSync(path, `#!/bin/sh\ncat > '${join(folder, name)}.stdin'\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

let loads = 0;

/** Loads the plugin as its host would, from a file. The limit is what a host's user would never wait for in a test. */
async function load(adapter: Adapter, path: string, limitMs = 600_000): Promise<Record<string, unknown>> {
  const text = adapter.installation('/home/dev').install(undefined, path);
  assert.ok(text.includes('const limitMs = 600000;'));
  const file = join(folder, `plugin-${loads++}.mjs`);
  writeFileSync(file, text.replace('const limitMs = 600000;', `const limitMs = ${limitMs};`));
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

async function hooksOf(adapter: Adapter, path: string, limitMs?: number): Promise<Hooks> {
  const { Interlock } = await load(adapter, path, limitMs);
  assert.ok(typeof Interlock === 'function');
  return (await (Interlock as (host: object) => Promise<Hooks>)({ directory: '/work', worktree: '/', client: {}, $: () => undefined }));
}

interface Handlers { readonly 'tool.call': Handler; readonly 'tool.result': Handler }

/** The handlers that Amp is given, by their event. */
async function handlersOf(path: string, limitMs?: number, helpers?: object): Promise<Handlers> {
  const handlers: Record<string, Handler> = {};
  const { default: plugin } = await load(amp, path, limitMs);
  assert.ok(typeof plugin === 'function');
  (plugin as (host: object) => void)({ on: (event: string, handler: Handler) => (handlers[event] = handler), ...(helpers ? { helpers } : {}) });
  assert.deepEqual(Object.keys(handlers), ['tool.call', 'tool.result']);
  return handlers as unknown as Handlers;
}

const allow = launcher('allow', `echo '{"decision":"allow"}'`);
const deny = launcher('deny', `echo '{"decision":"deny","reason":"Not this one."}'; echo 'Not this one.' >&2; exit 2`);
const call = { tool: 'bash', sessionID: 'ses_1', callID: 'call_1' };
const ampCall = { toolUseID: 't', tool: 'Bash', input: { cmd: 'ls' }, thread: { id: 'T-1' } };

/** Everything but a valid allow, and what the agent is told then. */
const refusals: readonly (readonly [name: string, path: string, told: RegExp, limitMs?: number])[] = [
  ['a deny', deny, /^Not this one\.$/],
  ['a deny of which only the text came through', launcher('cut', `printf '{"decision":"de'; echo 'Not this one.' >&2; exit 2`), /^Not this one\.$/],
  ['an allow that ended as a refusal', launcher('code', `echo '{"decision":"allow"}'; exit 2`), /without an answer/],
  ['an allow that is cut off', launcher('half', `printf '{"decision":"allo'`), /without an answer/],
  ['an allow with something before it', launcher('noise', `echo hello; echo '{"decision":"allow"}'`), /without an answer/],
  ['another word', launcher('word', `echo '{"decision":"allowed"}'`), /without an answer/],
  ['a list', launcher('list', `echo '["allow"]'`), /without an answer/],
  ['null', launcher('null', `echo null`), /without an answer/],
  ['nothing', launcher('nothing', 'exit 0'), /without an answer/],
  ['a crash', launcher('crash', `echo 'it broke' >&2; exit 139`), /^it broke$/],
  ['a kill', launcher('kill', 'kill -9 $$'), /without an answer/],
  ['a kill after an allow', launcher('late', `echo '{"decision":"allow"}'; kill -9 $$`), /without an answer/],
  ['an endless wait', launcher('hang', 'exec sleep 20'), /in time/, 300],
  ['an endless wait of what it has started', launcher('child', 'sleep 2'), /in time/, 300],
  ['no launcher', join(folder, 'missing', 'hook'), /could not be started: .*missing/],
  ['a launcher that may not be run', (() => { const path = join(folder, 'plain'); writeFileSync(path, 'x'); return path; })(), /could not be started/],
];

for (const adapter of [opencode, kilo]) {
  describe(`the plugin of ${adapter.title}`, () => {
    test('an allow lets it run, after the request was handed over whole', async () => {
      const hooks = await hooksOf(adapter, allow);
      const command = `echo ${'ü'.repeat(200_000)}`;
      assert.equal(await hooks['tool.execute.before'](call, { args: { command } }), undefined);
      assert.deepEqual(JSON.parse(readFileSync(join(folder, 'allow.stdin'), 'utf8')), { hook: 'tool.execute.before', directory: '/work', worktree: '/', input: call, output: { args: { command } } });
    });
    for (const [name, path, told, limitMs] of refusals) {
      test(`held, and what came back withheld: ${name}`, async () => {
        const hooks = await hooksOf(adapter, path, limitMs);
        await assert.rejects(hooks['tool.execute.before'](call, { args: { command: 'ls' } }), { message: told });
        await assert.rejects(hooks['tool.execute.after'](call, { title: 'ls', output: 'SECRET', metadata: {} }), ({ message }: Error) => message.startsWith('It ran, but what it gave back is withheld. ') && told.test(message.slice(43)) && !message.includes('SECRET'));
      });
    }
    test('held: arguments that no JSON can hold', async () => {
      const args: Record<string, unknown> = {};
      args['self'] = args;
      await assert.rejects((await hooksOf(adapter, allow))['tool.execute.before'](call, { args }));
    });
    test('a launcher that answers without reading is believed', async () => {
      const path = join(folder, 'deaf');
      writeFileSync(path, `#!/bin/sh\necho '{"decision":"allow"}'\n`);
      chmodSync(path, 0o755);
      assert.equal(await (await hooksOf(adapter, path))['tool.execute.before'](call, { args: { command: 'x'.repeat(500_000) } }), undefined);
    });
    test('what came back stays where nothing is hidden in it', async () => {
      const output = { title: 'ls', output: 'a b', metadata: { output: 'a b' } };
      await (await hooksOf(adapter, allow))['tool.execute.after']({ ...call, args: { command: 'ls' } }, output);
      assert.deepEqual(output, { title: 'ls', output: 'a b', metadata: { output: 'a b' } });
      assert.deepEqual(JSON.parse(readFileSync(join(folder, 'allow.stdin'), 'utf8')).output, { title: 'ls', output: 'a b' }, 'what is for the screen only is not sent');
    });
    test('what is masked takes its place in the very object', async () => {
      const output = { title: 'ls', output: 'SECRET', metadata: { exit: 0 }, content: [{ type: 'text', text: 'SECRET' }] };
      const path = launcher('mask', `echo '{"decision":"allow","output":{"title":"ls","output":"<hidden>","content":[{"type":"text","text":"<hidden>"}]}}'`);
      await (await hooksOf(adapter, path))['tool.execute.after'](call, output);
      assert.deepEqual(output, { title: 'ls', output: '<hidden>', metadata: { exit: 0 }, content: [{ type: 'text', text: '<hidden>' }] });
    });
    test('many at once are all answered', async () => {
      const hooks = await hooksOf(adapter, allow);
      const results = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => hooks['tool.execute.before'](call, { args: { command: `echo ${at}` } })));
      assert.ok(results.every(({ status }) => status === 'fulfilled'));
    });
    test('it exports nothing but the one function that its host calls', async () => assert.deepEqual(Object.keys(await load(adapter, allow)), ['Interlock']));
  });
}

describe('the plugin of Amp', () => {
  test('an allow lets it run, with the command that Amp finds in it', async () => {
    const handlers = await handlersOf(allow, undefined, { shellCommandFromToolCall: () => ({ command: 'ls', dir: '/x' }) });
    assert.deepEqual(await handlers['tool.call'](ampCall), { action: 'allow' });
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'allow.stdin'), 'utf8')), { event: 'tool.call', payload: ampCall, shell: { command: 'ls', dir: '/x' } });
  });
  test('a build without that helper', async () => assert.deepEqual(await (await handlersOf(allow))['tool.call'](ampCall), { action: 'allow' }));
  test('held: the helper fails', async () => {
    const handlers = await handlersOf(allow, undefined, { shellCommandFromToolCall: () => { throw new Error('no such tool'); } });
    assert.deepEqual(await handlers['tool.call'](ampCall), { action: 'reject-and-continue', message: 'no such tool' });
  });
  for (const [name, path, told, limitMs] of refusals) {
    test(`held, and what came back withheld: ${name}`, async () => {
      const handlers = await handlersOf(path, limitMs);
      const { action, message } = (await handlers['tool.call'](ampCall)) as { action: string; message: string };
      assert.equal(action, 'reject-and-continue');
      assert.match(message, told);
      const shown = (await handlers['tool.result']({ ...ampCall, status: 'done', output: 'SECRET' })) as { status: string; error: string; output: string };
      assert.equal(shown.status, 'error');
      assert.ok(shown.output === shown.error && shown.error.startsWith('It ran, but') && !shown.error.includes('SECRET'));
    });
  }
  test('what came back stays where nothing is hidden in it', async () => assert.equal(await (await handlersOf(allow))['tool.result']({ ...ampCall, status: 'done', output: 'a' }), undefined));
  test('what is masked takes its place', async () => {
    const handlers = await handlersOf(launcher('ampmask', `echo '{"decision":"allow","output":{"output":"<hidden>"}}'`));
    assert.deepEqual(await handlers['tool.result']({ ...ampCall, status: 'done', output: 'SECRET' }), { status: 'done', output: '<hidden>' });
  });
});

for (const adapter of [opencode, kilo, amp]) {
  describe(`the file of the plugin of ${adapter.title}`, () => {
    const plugin = adapter.installation('/home/dev');
    const text = plugin.install(undefined, '/home/dev/.interlock/hook');
    test('installing twice changes nothing', () => assert.equal(plugin.install(text, '/home/dev/.interlock/hook'), text));
    test('it is known again, and all of it goes', () => assert.deepEqual([plugin.isInstalled(text, '/home/dev/.interlock/hook'), plugin.uninstall(text, '')], [true, undefined]));
    test('for another launcher it is written anew', () => {
      assert.equal(plugin.isInstalled(text, '/other/hook'), false);
      assert.ok(plugin.install(text, '/other/hook').includes('"/other/hook"'));
    });
    test('one line taken out is not installed, is put right, and goes too', () => {
      const weak = text.replace(/^.*await ask.*$/m, '');
      assert.deepEqual([plugin.isInstalled(weak, '/home/dev/.interlock/hook'), plugin.install(weak, '/home/dev/.interlock/hook') === text, plugin.uninstall(weak, '')], [false, true, undefined]);
    });
    test('an empty file is in nobody’s way', () => assert.equal(plugin.install(' \n', '/home/dev/.interlock/hook'), text));
    test('what somebody else wrote is left alone', () => {
      const theirs = 'export const Mine = async () => ({});\n';
      assert.throws(() => plugin.install(theirs, '/home/dev/.interlock/hook'), UnreadableConfig);
      assert.deepEqual([plugin.isInstalled(theirs, '/home/dev/.interlock/hook'), plugin.uninstall(theirs, '')], [false, theirs]);
    });
    test('a path is data, whatever is in it', async () => {
      const odd = join(folder, '"; process.exit(0); `${1}` \u2028');
      writeFileSync(odd, `#!/bin/sh\necho '{"decision":"allow"}'\n`);
      chmodSync(odd, 0o755);
      if (adapter === amp) assert.deepEqual(await (await handlersOf(odd))['tool.call'](ampCall), { action: 'allow' });
      else assert.equal(await (await hooksOf(adapter, odd))['tool.execute.before'](call, { args: {} }), undefined);
    });
    test('a batch file is run by its shell', () => assert.match(plugin.install(undefined, 'C:\\Users\\d e\\hook.cmd'), new RegExp(`const command = \\["cmd\\.exe","/d","/c","C:\\\\\\\\Users\\\\\\\\d e\\\\\\\\hook\\.cmd","${adapter.id}"\\];`)));
    test('it is small enough to be read', () => assert.ok(text.split('\n').length < 90));
  });
}

describe('the plugin that guards shells', () => {
  const shims = '/home/dev/.interlock/shims';
  const given = { BASH_ENV: '/home/dev/.interlock/shell/bash-env', ZDOTDIR: '/home/dev/.interlock/shell/zsh' };

  /** What a shell gets besides the environment of its agent. */
  async function environmentFrom(environment: Record<string, string>, callID: string | undefined, before: Record<string, string> = {}): Promise<Record<string, string>> {
    const text = opencode.shells?.('/home/dev', { variables: given, shims }).install(undefined, '/home/dev/.interlock/hook') ?? '';
    const file = join(folder, `shells-${loads++}.mjs`);
    writeFileSync(file, text);
    const { InterlockShells } = (await import(pathToFileURL(file).href)) as { readonly InterlockShells: () => Promise<{ readonly 'shell.env': Handler }> };
    const hooks = await InterlockShells();
    const { PATH, BASH_ENV, ZDOTDIR } = process.env;
    const output = { env: { ...before } };
    try {
      for (const name of ['PATH', 'BASH_ENV', 'ZDOTDIR']) delete process.env[name];
      Object.assign(process.env, environment);
      await hooks['shell.env']({ cwd: '/work', ...(callID === undefined ? {} : { sessionID: 's', callID }) }, output);
    } finally {
      for (const [name, value] of Object.entries({ PATH, BASH_ENV, ZDOTDIR })) if (value === undefined) delete process.env[name]; else process.env[name] = value;
    }
    return output.env;
  }

  const cases: readonly (readonly [name: string, environment: Record<string, string>, before: Record<string, string>, after: Record<string, string>])[] = [
    ['has the stand-ins come first, and bash and zsh find the guard’s files', { PATH: '/usr/bin' }, {}, { ...given, PATH: `${shims}:/usr/bin` }],
    ['keeps what another plugin has put before PATH', { PATH: '/usr/bin' }, { PATH: '/venv/bin:/usr/bin' }, { ...given, PATH: `${shims}:/venv/bin:/usr/bin` }],
    ['changes nothing of a terminal that is guarded', { PATH: `${shims}:/usr/bin`, ...given }, {}, {}],
    ['leaves variables of the person alone', { PATH: '/usr/bin', BASH_ENV: '/mine' }, {}, { ZDOTDIR: given.ZDOTDIR, PATH: `${shims}:/usr/bin` }],
  ];
  for (const [name, environment, before, after] of cases) test(name, async () => assert.deepEqual(await environmentFrom(environment, 'call_1', before), after));
  test('leaves a terminal of the person alone', async () => assert.deepEqual(await environmentFrom({ PATH: '/usr/bin' }, undefined), {}));
});
