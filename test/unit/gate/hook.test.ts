import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { after, describe, test, type TestContext } from 'node:test';
import type { Action } from '../../../src/core/action.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { maskerBy } from '../../../src/core/shell/masked-command.ts';
import { installLauncher } from '../../../src/gate/launcher.ts';
import { saveSnapshot } from '../../../src/gate/policy-snapshot.ts';
import { startGate, type Gate } from '../../../src/gate/server.ts';
import { locateState, type State } from '../../../src/gate/state.ts';
import { SecretIndex } from '../../../src/gate/world/secret-index.ts';
import { verify } from '../../../src/journal/read.ts';
import { claudeEvent, claudeTool, cursorEvent } from '../agents/payloads.ts';
import { decideByCommand, services, TestAsker } from './gate-fixture.ts';
import { buildHook, command, denied, run, start, type Ended, type Place } from './launcher-fixture.ts';

const { program, fresh, remove, removeAfterwards } = buildHook();
after(remove);

/** A folder whose secrets an editor has looked for: a token that only an index knows. */
async function indexed(place: Place): Promise<string> {
  const token = `${randomBytes(6).toString('hex')}-${randomBytes(6).toString('hex')}`;
  writeFileSync(join(place.workspace, '.env'), `DEPLOY_SECRET=${token}\n`);
  const index = SecretIndex.load(place.workspace, place.state.secrets);
  for await (const _ of index.scan()) continue;
  await index.save();
  return token;
}

describe('what a tool gave back, larger than the editor takes', () => {
  const large = (place: Place, text: string): string => claudeTool('Bash', { command: 'make' }, { hook_event_name: 'PostToolUse', cwd: place.workspace, transcript_path: `${place.home}/.claude/x.jsonl`, tool_response: { stdout: text, stderr: '', interrupted: false } });
  test('is replaced without its secrets', async () => {
    const place = await fresh();
    const token = await indexed(place);
    const filler = 'compiled one more file without a word\n'.repeat(20_000);
    const { code, stdout } = await run(place, large(place, `${filler}${filler}deploy with ${token} now\n${filler}`));
    const output = (JSON.parse(stdout) as { hookSpecificOutput: { updatedToolOutput: { stdout: string } } }).hookSpecificOutput.updatedToolOutput.stdout;
    assert.deepEqual([code, output.includes(token), output.includes('deploy with <hidden:'), output.startsWith(filler)], [0, false, true, true]);
  });
  test('is left as it is where there are none', async () => {
    const place = await fresh();
    assert.deepEqual(await run(place, large(place, 'compiled one more file without a word\n'.repeat(40_000))), { code: 0, stdout: '{}\n', stderr: '' });
  });
});

describe('the launcher as what masks the output of a command', () => {
  const inShell = (place: Place, text: string, shell = 'bash'): Promise<Ended> => {
    const child = spawn(shell, ['-c', text], { cwd: place.workspace, env: { HOME: place.home, PATH: '/usr/bin:/bin' }, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => (stdout += more));
    child.stderr.setEncoding('utf8').on('data', (more: string) => (stderr += more));
    child.stdin.end();
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  };
  const masked = (place: Place, text: string): string => maskerBy(place.state.launcher).wrap(text) ?? assert.fail('it was not wrapped');
  test('hides what the command prints on both its outputs, and keeps the rest, the status and the folder', async () => {
    const place = await fresh();
    const token = await indexed(place);
    mkdirSync(join(place.workspace, 'api'));
    const { code, stdout } = await inShell(place, `${masked(place, 'cat .env; cat .env >&2; echo done; cd api; false')}; echo "[$? $PWD]"`);
    assert.equal(stdout.includes(token), false);
    assert.deepEqual([code, stdout.match(/DEPLOY_SECRET=<hidden:/g)?.length, stdout.includes('done\n'), stdout.endsWith(`[1 ${place.workspace}/api]\n`)], [0, 2, true, true]);
  });
  test('hides a value that is printed in parts', async () => {
    const place = await fresh();
    const token = await indexed(place);
    const { stdout } = await inShell(place, masked(place, `printf %s ${token.slice(0, 9)}; sleep 0.2; printf '%s\\n' ${token.slice(9)}`));
    assert.deepEqual([stdout.includes(token.slice(9)), stdout.startsWith('<hidden:')], [false, true]);
  });
  test('hides what an agent is told to send through it, in any shell', async () => {
    const place = await fresh();
    const token = await indexed(place);
    const ask = (command: string): Promise<Ended> => run(place, JSON.stringify({ agent_action_name: 'pre_run_command', trajectory_id: 't', tool_info: { command_line: command, cwd: place.workspace } }), { args: ['windsurf'] });
    writeFileSync(join(place.workspace, 'deploy.log'), `deploy with ${token} now\n`);
    const { code, stderr } = await ask('cat deploy.log; echo done');
    assert.deepEqual([code, /Run it again in exactly this form/.test(stderr)], [2, true]);
    const told = stderr.trimEnd().split('\n').at(-1) ?? '';
    assert.deepEqual(await ask(told), { code: 0, stdout: '', stderr: '' });
    for (const shell of ['sh', 'bash']) {
      const { stdout } = await inShell(place, told, shell);
      assert.deepEqual([shell, stdout.includes(token), stdout.startsWith('deploy with <hidden:'), stdout.endsWith('done\n')], [shell, false, true, true]);
    }
  });
  test('shows nothing where it cannot run', async () => {
    const place = await fresh();
    const token = await indexed(place);
    const text = masked(place, 'cat .env');
    for (const name of readdirSync(join(place.state.program, '..'))) if (name.endsWith('.js')) rmSync(join(place.state.program, '..', name));
    const { stdout, stderr } = await inShell(place, text);
    assert.deepEqual([stdout.includes(token), stderr.includes(token)], [false, false]);
  });
});

describe('the hook program without an editor', () => {
  test('is small enough to load for each action', () => assert.ok(statSync(program).size < 300 * 1024, `${statSync(program).size} bytes`));
  test('lets harmless actions run', async () => {
    const place = await fresh();
    assert.deepEqual(await run(place, command(place, 'ls -la')), { code: 0, stdout: '{}\n', stderr: '' });
    assert.deepEqual(await run(place, claudeEvent('Stop')), { code: 0, stdout: '{}\n', stderr: '' });
  });
  test('refuses what needs a person, and says how to be asked', async () => {
    const place = await fresh();
    denied(await run(place, command(place, 'git push --force origin main')), /needs a person’s yes, and no editor with Interlock is running/);
  });
  test('refuses what the policy denies', async () => {
    const place = await fresh();
    denied(await run(place, command(place, 'rm -rf ~')), /Interlock refused this/);
  });
  test('decides by the last policy', async () => {
    const place = await fresh();
    const strict = { ...defaultPolicy, table: [{ verbs: ['rewriteHistory', 'publish'] as const, severities: ['local-lost', 'local-recoverable', 'staging', 'production'] as const, decision: 'deny' as const, because: 'this team never forces', source: 'team' as const }, ...defaultPolicy.table] };
    await saveSnapshot(place.state, { policy: strict, answerSeconds: 30 });
    denied(await run(place, command(place, 'git push --force origin main')), /This team never forces/);
  });
  test('goes by the policy of the request’s own workspace, in whatever window the last policy was saved', async () => {
    const place = await fresh();
    await saveSnapshot(place.state, { policy: defaultPolicy, answerSeconds: 30 });
    mkdirSync(join(place.workspace, '.interlock'));
    writeFileSync(join(place.workspace, 'ledger'), 'x');
    writeFileSync(join(place.workspace, '.interlock/policy.json'), '{ "table": [{ "verbs": ["delete"], "paths": ["ledger"], "decision": "deny", "because": "this team keeps it" }] }');
    denied(await run(place, command(place, 'rm ledger')), /This team keeps it/);
  });
  test('refuses everything while the last policy cannot be read', async () => {
    const place = await fresh();
    writeFileSync(place.state.policy, '{');
    denied(await run(place, command(place, 'ls')), /saved policy is not valid JSON/);
  });
  test('writes down what it decided', async () => {
    const place = await fresh();
    await Promise.all(['ls', 'git push --force origin main', 'pwd'].map((text) => run(place, command(place, text))));
    assert.deepEqual(await verify(place.state.journal), { records: 3, torn: 0, problems: [] });
  });
  test('refuses when it cannot write that down', async () => {
    const place = await fresh();
    rmSync(place.state.journal, { recursive: true });
    writeFileSync(place.state.journal, '');
    denied(await run(place, command(place, 'ls')), /journal could not be written/);
  });
  test('refuses an agent’s write to what guards it', async () => {
    const place = await fresh();
    for (const file of [place.state.policy, place.state.launcher, join(place.home, '.claude', 'settings.json')]) {
      denied(await run(place, claudeTool('Write', { file_path: file, content: '{}' }, { cwd: place.workspace })), /Interlock refused this/);
    }
  });
});

describe('input that is never an allow', () => {
  const secret = ['tok', 'en-in-the-request'].join('');
  const cases: readonly [string, string | Uint8Array, RegExp][] = [
    ['empty', '', /sent nothing to judge/],
    ['not UTF-8', Buffer.concat([Buffer.from('{"hook_event_name":"PreToolUse","x":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]), /not UTF-8/],
    ['cut off', claudeTool('Bash', { command: `echo ${secret}` }).slice(0, -5), /not valid JSON/],
    ['in a shape not known', claudeTool('Bash', { command: [secret] }), /in a form that is not known/],
    ['over the limit', claudeTool('Bash', { command: `echo ${'x'.repeat(1_100_000)}` }), /too large/],
    ['large', Buffer.alloc(8_000_000, 'x'), /too large/],
    ['endless', Buffer.alloc(20_000_000, 'x'), /too large/],
    ['a large call whose arguments say that it is a picture', claudeTool('mcp__a__b', { hook_event_name: 'PostToolUse', tool_response: { type: 'image' }, data: 'x'.repeat(1_100_000) }), /too large/],
    ['another product’s', JSON.stringify({ hookEventName: 'PreToolUse', toolName: 'run_terminal_command', toolInput: { command: secret } }), /came from Grok Build/],
  ];
  for (const [name, payload, why] of cases) {
    test(name, async () => {
      const ended = await run(await fresh(), payload);
      denied(ended, why);
      assert.equal((ended.stderr + ended.stdout).includes(secret), false);
    });
  }
  test('a large picture that a tool gave back is passed on', async () => {
    const picture = { type: 'image', file: { base64: 'A'.repeat(3_000_000), type: 'image/png' } };
    const ended = await run(await fresh(), claudeTool('Read', { file_path: '/a.png' }, { hook_event_name: 'PostToolUse', tool_response: picture }));
    assert.deepEqual([ended.code, ended.stdout], [0, '{}\n']);
  });
  test('for an agent nobody knows', async () => {
    const place = await fresh();
    for (const args of [['nobody'], ['constructor']]) {
      const ended = await run(place, command(place, 'ls'), { args });
      assert.deepEqual([ended.code, ended.stdout], [2, '']);
      assert.match(ended.stderr, /without the name of an agent/);
    }
  });
  test('started bare by an agent that leaves out the arguments of Claude Code’s hooks', async () => {
    const place = await fresh();
    const request = (what: string): string => JSON.stringify({ hookEventName: 'pre_tool_use', sessionId: 'g', cwd: place.workspace, workspaceRoot: place.workspace, toolName: 'run_terminal_command', toolUseId: 'c', toolInput: { command: what }, toolInputTruncated: false });
    const refused = await run(place, request('rm -rf ~'), { args: [] });
    assert.deepEqual([refused.code, (JSON.parse(refused.stdout) as { decision: string }).decision], [2, 'deny']);
    assert.deepEqual((({ code, stdout }) => [code, stdout])(await run(place, request('ls'), { args: [] })), [0, '{}\n']);
  });
  test('an environment over the limit', async () => {
    const place = await fresh();
    const env = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`BIG_${index}`, 'x'.repeat(100_000)]));
    denied(await run(place, command(place, 'ls'), { env }), /environment is too large/);
  });
  test('Cursor is told in its own way', async () => {
    const place = await fresh();
    const { code, stdout } = await run(place, cursorEvent('beforeShellExecution', { command: 'rm -rf ~', cwd: place.workspace }), { args: ['cursor'] });
    assert.deepEqual([code, (JSON.parse(stdout) as { permission: string }).permission], [0, 'deny']);
    const unread = await run(place, '{', { args: ['cursor'] });
    assert.deepEqual([unread.code, unread.stdout], [2, '']);
  });
});

describe('the hook program with an editor', () => {
  async function open(t: TestContext, place: Place, asker: TestAsker): Promise<{ gate: Gate; seen: Action[] }> {
    const seen: Action[] = [];
    const used = services({ asker, decide: (action) => (seen.push(action), decideByCommand(action)) });
    const gate = await startGate({ state: place.state, folders: () => [place.workspace], focused: () => true, services: used });
    t.after(() => gate.close());
    return { gate, seen };
  }

  test('says what the person says', async (t) => {
    const place = await fresh();
    const asker = new TestAsker('allow');
    await open(t, place, asker);
    assert.deepEqual(await run(place, command(place, 'ask')), { code: 0, stdout: '{}\n', stderr: '' });
    asker.answer = 'deny';
    denied(await run(place, command(place, 'ask')), /The person was asked and refused this/);
  });
  test('hands over the caller’s own environment', async (t) => {
    const place = await fresh();
    const { seen } = await open(t, place, new TestAsker());
    await run(place, command(place, 'allow'), { env: { PATH: '/opt/agent/bin:/usr/bin:/bin', KUBECONFIG: '/k' } });
    const { env } = seen[0] ?? assert.fail();
    assert.deepEqual([env['PATH'], env['KUBECONFIG'], env['HOME']], ['/opt/agent/bin:/usr/bin:/bin', '/k', place.home]);
    assert.deepEqual(Object.keys(env).filter((name) => /^(?:INTERLOCK|ELECTRON)_/.test(name)), []);
  });
  test('refuses when the editor closes while the question is open', async (t) => {
    const place = await fresh();
    const asker = new TestAsker();
    const { gate } = await open(t, place, asker);
    const ended = run(place, command(place, 'ask'));
    await asker.asked(1);
    await gate.close();
    denied(await ended, /The editor was closed before anybody answered/);
  });
  test('goes, with its question, when the agent ends the launcher', async (t) => {
    const place = await fresh();
    const asker = new TestAsker();
    await open(t, place, asker);
    const { child, ended } = start(place);
    child.stdin?.end(command(place, 'ask'));
    await asker.asked(1);
    child.kill('SIGKILL');
    while (asker.aborted.length === 0) await new Promise((done) => setTimeout(done, 10));
    assert.deepEqual([asker.aborted, (await ended).stdout], [['agent gone'], '']);
  });
});

describe('the launcher', () => {
  test('is nobody else’s to change, and neither is the program', async () => {
    const { state } = await fresh();
    assert.deepEqual([statSync(state.launcher).mode & 0o777, statSync(state.program).mode & 0o777], [0o755, 0o600]);
    assert.deepEqual(readdirSync(state.root).filter((name) => name.startsWith('.hook')), []);
  });
  test('does not let the workspace choose what Node runs', async () => {
    const place = await fresh();
    const trap = join(place.workspace, 'trap.js');
    writeFileSync(trap, `require('fs').writeFileSync(${JSON.stringify(join(place.home, 'trapped'))}, ''); process.exit(0);`);
    writeFileSync(join(place.workspace, 'node'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    denied(await run(place, command(place, 'rm -rf ~'), { env: { NODE_OPTIONS: `--require ${JSON.stringify(trap)}`, NODE_PATH: place.workspace, PATH: `${place.workspace}:/usr/bin:/bin` } }), /refused/);
    assert.equal(existsSync(join(place.home, 'trapped')), false);
  });
  test('refuses when the program is gone', async () => {
    const place = await fresh();
    rmSync(place.state.program);
    const ended = await run(place, command(place, 'ls'));
    assert.deepEqual([ended.code, ended.stdout], [2, '']);
    assert.match(ended.stderr, /Nothing was run\. Start the editor once/);
  });
  const ends: readonly [string, string][] = [
    ['fails', 'exit 1'],
    ['ends with another code', 'exit 7'],
    ['is killed', 'kill -9 $$'],
    ['runs out of memory', 'kill -ABRT $$'],
  ];
  for (const [name, script] of ends) {
    test(`refuses when Node ${name}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'il-node-'));
      removeAfterwards(folder);
      const node = join(folder, 'node');
      writeFileSync(node, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      const place = await fresh(node);
      const ended = await run(place, command(place, 'ls'));
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, /ended without an answer/);
    });
  }
  test('refuses when the program is cut off', async () => {
    const place = await fresh();
    copyFileSync(program, place.state.program);
    writeFileSync(place.state.program, readFileSync(program).subarray(0, 5_000));
    assert.equal((await run(place, command(place, 'ls'))).code, 2);
  });
  test('works in a folder that is gone, and in one that cannot be written', async () => {
    const place = await fresh();
    const locked = join(place.home, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o555);
    assert.equal((await run(place, command(place, 'ls'), { cwd: locked })).code, 0);
    const gone = join(place.home, 'gone');
    mkdirSync(gone);
    const { child, ended } = start(place, { cwd: gone });
    rmSync(gone, { recursive: true });
    child.stdin?.end(command(place, 'ls'));
    assert.equal((await ended).code, 0);
  });
  test('is replaced as a whole', async () => {
    const place = await fresh();
    const before = readFileSync(place.state.launcher, 'utf8');
    await installLauncher(place.state, { node: '/somewhere/else', program });
    assert.notEqual(readFileSync(place.state.launcher, 'utf8'), before);
    assert.ok(readFileSync(place.state.launcher, 'utf8').includes("'/somewhere/else'"));
  });
  test('on Windows names both with percent signs doubled', async () => {
    const { home } = await fresh();
    const folder = join(home, '100% mine');
    const state: State = { ...locateState({ INTERLOCK_HOME: folder }, home, 'posix'), platform: 'windows', launcher: join(folder, 'hook.cmd') };
    await installLauncher(state, { node: 'C:\\Ü\\Code.exe', program });
    const text = readFileSync(state.launcher, 'utf8');
    assert.ok(text.includes('100%% mine') && text.includes('set "NODE=C:\\Ü\\Code.exe"') && text.includes('exit /b 2'));
    assert.ok(!/[^\r]\n/.test(text));
    const lines = text.split('\r\n');
    // What a caller's environment says of a request that is under way is nobody's but the launcher's own.
    for (const name of ['INTERLOCK_REQUEST', 'INTERLOCK_SECONDS', 'INTERLOCK_SO_FAR', 'INTERLOCK_SINCE', 'NODE_OPTIONS']) assert.ok(lines.includes(`set "${name}="`), name);
    // What stands behind the agent's name in a line for several shells is no event.
    assert.ok(lines.indexOf('if "%EVENT%"=="exit" set "EVENT="') < lines.indexOf('"%NODE%" "%PROGRAM%" "%AGENT%" %EVENT%'));
    assert.ok(!text.includes('%*'));
    assert.ok(lines.indexOf('set "INTERLOCK_SECONDS="') < lines.findIndex((line) => line.startsWith('if "%AGENT%"=="claude-code" set "INTERLOCK_SECONDS=')));
  });
});
