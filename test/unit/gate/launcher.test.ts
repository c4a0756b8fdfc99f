import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { after, describe, test, type TestContext } from 'node:test';
import type { Action } from '../../../src/core/action.ts';
import { ensureGateKey, proofOf } from '../../../src/gate/gate-key.ts';
import { startGate } from '../../../src/gate/server.ts';
import { claudeEvent, claudeTool, cursorEvent } from '../agents/payloads.ts';
import { decideByCommand, services, TestAsker } from './gate-fixture.ts';
import { buildHook, command, run, start, type Call, type Ended, type Place } from './launcher-fixture.ts';

const secret = ['hunter', '2-value'].join('');
const built = buildHook();
after(built.remove);

/** A place whose Node leaves a mark when it runs, so that it shows which way a call went. */
async function watched(): Promise<Place & { readonly usedNode: () => boolean }> {
  const folder = join((await built.fresh()).home, 'bin');
  const mark = join(folder, 'node-ran');
  mkdirSync(folder);
  writeFileSync(join(folder, 'node'), `#!/bin/sh\n: > "\${0%/*}/node-ran"\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });
  return { ...(await built.fresh(join(folder, 'node'))), usedNode: () => existsSync(mark) };
}

async function open(t: TestContext, place: Place): Promise<{ readonly asker: TestAsker; readonly seen: Action[] }> {
  const asker = new TestAsker('allow');
  const seen: Action[] = [];
  const used = services({ asker, decide: (action) => (seen.push(action), decideByCommand(action)), mask: (text) => text.replaceAll(secret, '<hidden>') });
  const gate = await startGate({ state: place.state, folders: () => [place.workspace], focused: () => true, services: used });
  t.after(() => gate.close());
  return { asker, seen };
}

/** The place as it is where there is no Perl. */
function withoutMessenger(place: Place): void {
  unlinkSync(join(place.state.root, 'bin', 'messenger.pl'));
}

describe('the messenger and Node give the same answer', () => {
  const output = (text: string, place: Place): string => claudeTool('Bash', { command: 'env' }, { cwd: place.workspace, hook_event_name: 'PostToolUse', tool_response: { stdout: text, stderr: '', interrupted: false, isImage: false } });
  type Case = readonly [name: string, by: 'messenger' | 'Node', payload: (place: Place) => string | Uint8Array, call?: Call];
  const cases: readonly Case[] = [
    ['what is allowed', 'messenger', (place) => command(place, 'allow')],
    ['what is denied', 'messenger', (place) => command(place, 'deny')],
    ['what a person allows', 'messenger', (place) => command(place, 'ask')],
    ['an event without an action', 'messenger', () => claudeEvent('Stop')],
    ['an agent that reads JSON and exit code 0 as a denial', 'messenger', (place) => cursorEvent('beforeShellExecution', { command: 'deny', cwd: place.workspace }), { args: ['cursor'] }],
    ['text of every alphabet, quotes and control characters', 'messenger', (place) => command(place, 'deny "é 漢 \u{1F600} \\ \u2028 \u0001 \ud800 \n\t\r\b\f"')],
    ['an output that is masked', 'messenger', (place) => output(`KEY=${secret}\n"é\\漢" \u0007`, place)],
    ['a long output with many lines', 'messenger', (place) => output(`KEY=${secret} "\\\n`.repeat(9_000), place)],
    ['a payload just below the limit', 'messenger', (place) => command(place, `deny ${'x'.repeat(900_000)}`)],
    ['a payload that has the limit in characters and more in bytes', 'Node', (place) => command(place, `deny ${'é'.repeat(700_000)}`)],
    ['a payload over the limit', 'Node', (place) => command(place, 'x'.repeat(1_100_000))],
    ['an endless payload', 'Node', () => Buffer.alloc(20_000_000, 'x')],
    ['a large picture', 'Node', () => claudeTool('Read', { file_path: '/a.png' }, { hook_event_name: 'PostToolUse', tool_response: { type: 'image', file: { base64: 'A'.repeat(3_000_000), type: 'image/png' } } })],
    ['nothing', 'messenger', () => ''],
    ['no JSON', 'messenger', () => '{"hook'],
    ['JSON behind a byte order mark', 'messenger', (place) => `\ufeff${command(place, 'allow')}`],
    ['zero bytes', 'messenger', (place) => command(place, 'allow').replace('{', '{\0')],
    ['a payload that looks like the end of another call', 'messenger', (place) => `\0\0${command(place, 'allow')}`],
    ['bytes that are no UTF-8', 'Node', (place) => Buffer.concat([Buffer.from(command(place, 'allow')), Buffer.from([0xff])])],
    ['an agent nobody knows', 'Node', (place) => command(place, 'allow'), { args: ['nobody'] }],
    ['no agent', 'messenger', (place) => command(place, 'allow'), { args: [] }],
    ['an event from the command line', 'messenger', (place) => command(place, 'allow'), { args: ['claude-code', 'PreToolUse'] }],
    ['variables of every kind', 'messenger', (place) => command(place, 'allow'), { env: { PATH: '/agent/bin:/bin', KUBECONFIG: '/k', EMPTY: '', 'LINES': 'a\nb=c\n', UTF8: 'é漢', INTERLOCK_SO_FAR: 'unusable answer', INTERLOCK_SINCE: '1', ELECTRON_RUN_AS_NODE: '0', LC_ALL: 'xx_YY.nowhere' } }],
    ['an environment over the limit', 'Node', (place) => command(place, 'allow'), { env: Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`BIG_${index}`, 'x'.repeat(100_000)])) }],
  ];
  for (const [name, by, payload, call] of cases) {
    test(name, async (t) => {
      const place = await watched();
      const { seen } = await open(t, place);
      const quick = await run(place, payload(place), call);
      assert.equal(place.usedNode() ? 'Node' : 'messenger', by);
      const actions = seen.splice(0);
      withoutMessenger(place);
      assert.deepEqual(quick, await run(place, payload(place), call));
      assert.deepEqual(actions, seen);
    });
  }
  test('a folder reached through a link', async (t) => {
    const place = await built.fresh();
    const { seen } = await open(t, place);
    const link = join(place.home, 'link');
    symlinkSync(place.workspace, link);
    const payload = claudeTool('Bash', { command: 'allow' }, { cwd: undefined });
    const quick = await run(place, payload, { cwd: link, env: { PWD: link } });
    withoutMessenger(place);
    assert.deepEqual(quick, await run(place, payload, { cwd: link, env: { PWD: link } }));
    assert.deepEqual(seen[0], seen[1]);
  });
});

describe('a gate that does not answer as it should is no allow', () => {
  const allow = '{"stdout":"{}\\n","stderr":"","exitCode":0}';
  const reply = (body: string, { status = '200 OK', length = Buffer.byteLength(body) }: { status?: string; length?: number } = {}): string => `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nX-Interlock-Proof: PROOF\r\nConnection: close\r\n\r\n${body}`;
  /** Every connection gets these bytes, whatever it asks, and then its end. They are proven where they say so. */
  async function answering(t: TestContext, place: Place, bytes: string | Uint8Array): Promise<void> {
    const server = createServer((connection) => {
      connection.on('error', () => undefined);
      connection.once('data', (asked) => {
        const id = /\r\nx-interlock-id: (\S+)/i.exec(asked.toString('latin1'))?.[1] ?? '';
        const body = typeof bytes === 'string' ? bytes.slice(bytes.indexOf('\r\n\r\n') + 4) : '';
        connection.end(typeof bytes === 'string' ? bytes.replace('PROOF', proofOf(place.state, 'answer', `${id}\n${body}`) ?? '') : bytes);
      });
    });
    ensureGateKey(place.state);
    await new Promise<void>((done) => server.listen(place.state.socket, done));
    t.after(() => server.close());
  }
  /** In Node's place stands a program that says why it was called, and what is on its standard input. */
  async function telling(): Promise<Place> {
    const folder = join((await built.fresh()).home, 'bin');
    mkdirSync(folder);
    writeFileSync(join(folder, 'node'), '#!/bin/sh\necho "${INTERLOCK_SO_FAR-from the start}" >&2\n/bin/cat >&2\nexit 2\n', { mode: 0o755 });
    return built.fresh(join(folder, 'node'));
  }
  test('an answer as it should be is one', async (t) => {
    const place = await telling();
    await answering(t, place, reply(allow));
    assert.deepEqual(await run(place, command(place, 'x')), { code: 0, stdout: '{}\n', stderr: '' });
  });
  const cases: readonly [name: string, soFar: string, reply: string | Uint8Array][] = [
    ['nothing', 'connection lost', ''],
    ['an answer that proves nothing', 'unusable answer', reply(allow).replace(/X-Interlock.*\r\n/, '')],
    ['an answer with the proof of another', 'unusable answer', reply(allow).replace('PROOF', 'a'.repeat(64))],
    ['that it has no room', 'from the start', reply('{}', { status: '503 Service Unavailable' })],
    ['no HTTP', 'connection lost', allow],
    ['half a head', 'connection lost', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['a head alone', 'unusable answer', 'HTTP/1.1 200 OK\r\nX-Interlock-Proof: PROOF\r\n\r\n'],
    ['half a body', 'connection lost', reply(allow.slice(0, 20), { length: allow.length })],
    ['a body without its last byte, of which nobody said the length', 'unusable answer', `HTTP/1.1 200 OK\r\nX-Interlock-Proof: PROOF\r\n\r\n${allow.slice(0, -1)}`],
    ['a body that is longer than was said', 'connection lost', reply(allow, { length: 10 })],
    ['a request it did not take', 'from the start', reply('{"error":"no"}', { status: '400 Bad Request' })],
    ['another status', 'unusable answer', reply(allow, { status: '500 Internal Server Error' })],
    ['a redirection', 'unusable answer', reply(allow, { status: '302 Found' })],
    ['success of another kind', 'unusable answer', reply(allow, { status: '204 No Content' })],
    ['garbage', 'unusable answer', reply('garbage')],
    ['an empty object', 'unusable answer', reply('{}')],
    ['no exit code', 'unusable answer', reply('{"stdout":"{}","stderr":""}')],
    ['an exit code in text', 'unusable answer', reply('{"stdout":"{}","stderr":"","exitCode":"0"}')],
    ['an exit code out of bounds', 'unusable answer', reply('{"stdout":"{}","stderr":"","exitCode":256}')],
    ['an exit code below zero', 'unusable answer', reply('{"stdout":"{}","stderr":"","exitCode":-1}')],
    ['an exit code that says more', 'unusable answer', reply('{"stdout":"{}","stderr":"","exitCode":0.5}')],
    ['no text', 'unusable answer', reply('{"stdout":null,"stderr":"","exitCode":0}')],
    ['two exit codes', 'unusable answer', reply('{"stdout":"","stderr":"","exitCode":2,"exitCode":0}')],
    ['text after the answer', 'unusable answer', reply(`${allow}x`)],
    ['two answers', 'unusable answer', reply(`${allow}${allow}`)],
    ['bytes of another program', 'connection lost', Buffer.from([0, 255, 254, 13, 10, 13, 10])],
    ['more than an answer may hold', 'unusable answer', reply(`{"stdout":"${'x'.repeat(5_000_000)}","stderr":"","exitCode":0}`)],
  ];
  for (const [name, soFar, bytes] of cases) {
    test(`${name}: Node is told “${soFar}” and gets the call`, async (t) => {
      const place = await telling();
      await answering(t, place, bytes);
      assert.deepEqual(await run(place, command(place, 'x')), { code: 2, stdout: '', stderr: `${soFar}\n${command(place, 'x')}` });
    });
  }
  for (const soFar of ['unusable answer', 'no answer in time']) {
    test(`Node refuses after “${soFar}” and asks nobody`, async (t) => {
      const place = await built.fresh();
      const { seen } = await open(t, place);
      const node = spawnSync(process.execPath, [place.state.program, 'claude-code'], { input: command(place, 'allow'), env: { INTERLOCK_HOME: place.state.root, INTERLOCK_SO_FAR: soFar }, cwd: place.workspace, encoding: 'utf8' });
      assert.deepEqual([node.status, seen], [2, []], node.stderr);
    });
  }
  test('an agent that sends nothing and does not end', async (t) => {
    const place = await built.fresh();
    await open(t, place);
    const { child, ended } = start(place);
    child.stdin?.write('{"hook_event_name":');
    assert.equal((await ended).code, 2);
    child.stdin?.destroy();
  });
});

/** Shells that may stand at /bin/sh: those of them that this machine has. */
const shells = ([['/bin/sh'], ['/bin/dash'], ['/bin/bash', '--posix'], ['/bin/busybox', 'sh'], ['/bin/zsh', '--emulate', 'sh'], ['/bin/ksh'], ['/bin/mksh']] as const).filter(([program]) => existsSync(program) && (program === '/bin/sh' || realpathSync(program) !== realpathSync('/bin/sh')));

describe('wherever it is called from', () => {
  type Around = (place: Place, call: Call) => Promise<Ended>;
  const simply: Around = (place, call) => run(place, command(place, 'allow'), call);
  const cases: readonly [string, Around][] = [
    ['as agents do', simply],
    ['no Node on PATH', (place, call) => simply(place, { ...call, env: { PATH: '/nowhere' } })],
    ['no PATH, no HOME', (place, call) => simply(place, { ...call, env: { PATH: '', HOME: '' } })],
    ['a proxy for everything', (place, call) => simply(place, { ...call, env: { http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9', ALL_PROXY: 'socks5://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' } })],
    ['HOME with quotes', (place, call) => simply(place, { ...call, env: { HOME: `${place.home}/"'\`$(exit 0)` } })],
    ['a language that is not installed', (place, call) => simply(place, { ...call, env: { LANG: 'xx_YY.UTF-8', LC_ALL: 'xx_YY.UTF-8' } })],
    ['a folder that cannot be written', (place, call) => {
      chmodSync(place.workspace, 0o555);
      return simply(place, call);
    }],
    ['a folder that is gone', async (place, call) => {
      const gone = join(place.home, 'gone');
      mkdirSync(gone);
      const { child, ended } = start(place, { ...call, cwd: gone });
      rmSync(gone, { recursive: true });
      child.stdin?.end(command(place, 'allow'));
      return ended;
    }],
    ['a temporary folder that is not there', (place, call) => simply(place, { ...call, env: { TMPDIR: '/nowhere' } })],
  ];
  for (const through of shells) {
    const shell = through.join(' ');
    for (const [name, around] of cases) {
      test(`${shell}: ${name}`, async (t) => {
        const place = await built.fresh();
        // What the shell itself has to say before its first line is not ours.
        const said = async (): Promise<unknown> => {
          const { code, stdout } = await around(place, { through });
          return { code, stdout };
        };
        // Without an editor `allow` is a program nobody knows, which is allowed all the same. That it is Node's doing is the same in any shell.
        if (through.length === 1) assert.deepEqual(await said(), { code: 0, stdout: '{}\n' });
        const { seen } = await open(t, place);
        assert.deepEqual(await said(), { code: 0, stdout: '{}\n' });
        assert.equal(seen.length, 1);
      });
    }
    test(`${shell}: closed ends`, async (t) => {
      const place = await built.fresh();
      await open(t, place);
      const [program = '', ...words] = [...through, place.state.launcher, 'claude-code'];
      const closed = (which: string): Promise<number | null> => new Promise((done) => {
        const child = spawn('/bin/sh', ['-c', `"$@" ${which}`, 'sh', program, ...words], { stdio: ['pipe', 'ignore', 'ignore'], cwd: place.workspace, env: { HOME: place.home, PATH: '/usr/bin:/bin' } });
        child.stdin.on('error', () => undefined).end(command(place, 'allow'));
        child.once('close', done);
      });
      // Nothing to judge; nobody to answer; nobody to explain to, which is no reason to refuse.
      assert.deepEqual([await closed('<&-'), await closed('>&-'), await closed('2>&-'), await closed('<&- >&- 2>&-')], [2, 2, 0, 2]);
    });
  }
});

describe('the workspace cannot choose what is run', () => {
  const traps: readonly [string, (trap: string, place: Place) => Record<string, string>][] = [
    ['PERL5OPT', (trap) => ({ PERL5OPT: `-M${trap}` })],
    ['PERL5LIB', (_, place) => ({ PERL5LIB: place.workspace })],
    ['PERL_USE_UNSAFE_INC', () => ({ PERL_USE_UNSAFE_INC: '1' })],
    ['PERL5DB', () => ({ PERL5DB: 'BEGIN { exit 0 }', PERL5OPT: '-d' })],
    ['PATH', (_, place) => ({ PATH: `${place.workspace}:/usr/bin:/bin` })],
    ['BASH_ENV', (_, place) => ({ BASH_ENV: join(place.workspace, 'perl'), ENV: join(place.workspace, 'perl') })],
  ];
  test('a module that Perl has not and the workspace has', async (t) => {
    const place = await watched();
    await open(t, place);
    const file = join(place.state.root, 'bin', 'messenger.pl');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Digest', 'Missing'));
    mkdirSync(join(place.workspace, 'Missing'));
    writeFileSync(join(place.workspace, 'Missing', 'SHA.pm'), 'exit 0;');
    assert.deepEqual([(await run(place, command(place, 'deny'), { env: { PERL_USE_UNSAFE_INC: '1' } })).code, place.usedNode()], [2, true]);
  });
  for (const [name, env] of traps) {
    test(name, async (t) => {
      const place = await built.fresh();
      await open(t, place);
      for (const module of ['Trap', 'strict', 'Cwd']) writeFileSync(join(place.workspace, `${module}.pm`), `open my $f, '>', '${join(place.workspace, 'trapped').replaceAll("'", "\\'")}'; exit 0;`);
      for (const program of ['perl', 'node', '[', 'true']) writeFileSync(join(place.workspace, program), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
      const ended = await run(place, command(place, 'deny'), { env: env('Trap', place) });
      assert.deepEqual([ended.code, existsSync(join(place.workspace, 'trapped'))], [2, false]);
    });
  }
  test('a socket that somebody else could have put there is not used', async (t) => {
    const place = await built.fresh();
    const { seen } = await open(t, place);
    chmodSync(place.state.run, 0o777);
    assert.equal((await run(place, command(place, 'allow'))).code, 0);
    assert.deepEqual(seen, []);
  });
});

describe('the messenger', () => {
  test('is valid for the Perl of this machine and loads no module but strict', () => {
    const script = 'local @ARGV = ("/nowhere/gate.sock", "", 1, getppid, "", "", "x"); END { print join " ", sort keys %INC; $? = 0 } do "./messenger.pl"';
    const loaded = execFileSync('/usr/bin/perl', ['-e', script], { cwd: dirname(built.program), encoding: 'utf8' });
    assert.equal(loaded, './messenger.pl strict.pm');
  });
  test('leaves the call to Node where Perl cannot check a proof', async (t) => {
    const place = await watched();
    const { seen } = await open(t, place);
    const file = join(place.state.root, 'bin', 'messenger.pl');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Digest/SHA.pm', 'Digest/Missing.pm'));
    assert.deepEqual([(await run(place, command(place, 'allow'))).code, place.usedNode(), seen.length], [0, true, 1]);
  });
  test('loads all that a proof is checked with where Perl’s module does not do with less', async (t) => {
    const place = await watched();
    const { seen } = await open(t, place);
    const file = join(place.state.root, 'bin', 'messenger.pl');
    const folder = join(place.home, 'perl');
    mkdirSync(join(folder, 'Digest'), { recursive: true });
    writeFileSync(join(folder, 'Digest/SHA.pm'), 'package Digest::SHA; require Fcntl; Fcntl::O_RDONLY(); shift @INC; delete $INC{"Digest/SHA.pm"}; require Digest::SHA; 1;');
    writeFileSync(file, `BEGIN { unshift @INC, '${folder.replaceAll("'", "\\'")}' }\n${readFileSync(file, 'utf8')}`);
    assert.deepEqual([(await run(place, command(place, 'allow'))).code, place.usedNode(), seen.length], [0, false, 1]);
  });
  test('is nobody else’s to change', async () => {
    const { state } = await built.fresh();
    assert.equal(statSync(join(state.root, 'bin', 'messenger.pl')).mode & 0o777, 0o600);
  });
  const ends: readonly [string, string, number][] = [
    ['cannot be read by Perl', '}{', 0],
    ['has a mistake', 'die "x"', 0],
    ['ends with another code', 'exit 7', 2],
    ['is killed', 'kill 9, $$', 2],
  ];
  for (const [name, script, code] of ends) {
    test(`${name}: ${code === 0 ? 'Node takes over' : 'a refusal'}`, async (t) => {
      const place = await built.fresh();
      await open(t, place);
      writeFileSync(join(place.state.root, 'bin', 'messenger.pl'), script);
      const ended = await run(place, command(place, 'allow'));
      assert.equal(ended.code, code, ended.stderr);
    });
  }
  test('ends with the launcher, and the question with it', async (t) => {
    const place = await watched();
    const { asker } = await open(t, place);
    asker.answer = undefined;
    const { child, ended } = start(place);
    child.stdin?.end(command(place, 'ask'));
    await asker.asked(1);
    child.kill('SIGKILL');
    while (asker.aborted.length === 0) await new Promise((done) => setTimeout(done, 10));
    assert.deepEqual([asker.aborted, (await ended).stdout, place.usedNode()], [['agent gone'], '', false]);
  });
  test('has the next window asked when one goes with the question open', async (t) => {
    const place = await built.fresh();
    const server = createServer((connection) => {
      connection.on('error', () => undefined);
      connection.once('data', () => {
        server.close();
        connection.destroy();
      });
    });
    await new Promise<void>((done) => server.listen(place.state.socket, done));
    const ended = run(place, command(place, 'ask'));
    await new Promise((done) => server.once('close', done));
    const { asker } = await open(t, place);
    assert.deepEqual([(await ended).code, asker.questions.length], [0, 1]);
  });
});
