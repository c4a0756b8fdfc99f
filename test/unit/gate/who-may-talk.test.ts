import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ShellAction } from '../../../src/core/action.ts';
import { decide } from '../../../src/core/decide.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { blindWorld } from '../../../src/core/world.ts';
import { isProven, proofOf, PROOF_HEADER } from '../../../src/gate/gate-key.ts';
import { ID_HEADER } from '../../../src/gate/bounds.ts';
import { type WindowRegistration } from '../../../src/gate/protocol.ts';
import { Sessions } from '../../../src/gate/sessions.ts';
import { createState } from '../../../src/gate/state.ts';
import { commandRequest } from './gate-fixture.ts';
import { ask, fresh, open, raw, said, until } from './open-windows.ts';

const stranger: WindowRegistration = { id: 'stranger', pid: 1, socket: '/tmp/stranger.sock', folders: ['/'], focusedAt: Number.MAX_SAFE_INTEGER };

describe('a window has to know the key', () => {
  const proofs: readonly [string, (key: string, body: string, state: ReturnType<typeof fresh>) => string | undefined][] = [
    ['none', () => undefined],
    ['an empty one', () => ''],
    ['any', () => 'a'.repeat(64)],
    ['the key itself', (key) => key],
    ['one of another purpose', (_, body, state) => proofOf(state, 'answer', body)],
    ['one of another window, overheard', (_, body, state) => proofOf(state, 'window', body.replace('stranger', 'somebody'))],
  ];
  for (const [name, proof] of proofs) {
    test(`refused: ${name}`, async (t) => {
      const state = fresh();
      const { gate } = await open(t, state, { answer: 'deny' });
      const body = JSON.stringify(stranger);
      const given = proof(readFileSync(state.key, 'utf8'), body, state);
      const { status } = await raw(state.socket, 'POST', '/v1/windows', body, given === undefined ? {} : { [PROOF_HEADER]: given });
      assert.deepEqual([status, gate.status().windows.length], [403, 1]);
      assert.equal(said(await ask(state, commandRequest('ask'))), 'deny');
    });
  }
  test('without a key nobody is believed', async (t) => {
    const state = fresh();
    await open(t, state);
    rmSync(state.key);
    assert.equal((await raw(state.socket, 'POST', '/v1/windows', JSON.stringify(stranger), { [PROOF_HEADER]: '' })).status, 403);
    writeFileSync(state.key, '');
    assert.deepEqual([proofOf(state, 'window', 'x'), isProven(state, 'window', 'x', undefined), isProven(state, 'window', 'x', '')], [undefined, false, false]);
  });
});

describe('an answer has to come from a window', () => {
  const answers: readonly [string, (id: string, text: string, state: ReturnType<typeof fresh>) => string | undefined][] = [
    ['without a proof', () => undefined],
    ['with any proof', () => '0'.repeat(64)],
    ['with the proof of another request’s answer', (_, text, state) => proofOf(state, 'answer', `another-request-0000\n${text}`)],
    ['with the proof of another answer', (id, _, state) => proofOf(state, 'answer', `${id}\n{}`)],
  ];
  for (const [name, proof] of answers) {
    test(`an allow ${name} is none`, async (t) => {
      const state = fresh();
      const { gate } = await open(t, state);
      await gate.close();
      const text = JSON.stringify({ stdout: '{}\n', stderr: '', exitCode: 0 });
      const impostor = createServer((request, response) => {
        const given = proof(String(request.headers[ID_HEADER]), text, state);
        response.writeHead(200, given === undefined ? {} : { [PROOF_HEADER]: given }).end(text);
      });
      await new Promise<void>((done) => impostor.listen(state.socket, done));
      t.after(() => impostor.close());
      assert.equal(said(await ask(state, commandRequest('allow'))), 'unusable answer');
    });
  }
  test('a window whose own socket was taken by somebody else cannot be spoken for', async (t) => {
    const state = fresh();
    await open(t, state, { folders: ['/one'] });
    const two = await open(t, state, { folders: ['/two'] });
    unlinkSync(two.gate.socket);
    const impostor = createServer((_, response) => void response.end(JSON.stringify({ stdout: '{}\n', stderr: '', exitCode: 0 })));
    await new Promise<void>((done) => impostor.listen(two.gate.socket, done));
    t.after(() => impostor.close());
    assert.equal(said(await ask(state, commandRequest('deny', '/two'))), 'unusable answer');
  });
});

describe('whoever listens in a window’s place is put aside', () => {
  const allow = JSON.stringify({ stdout: '{}\n', stderr: '', exitCode: 0 });
  test('while windows are open, and the person can read of it', async (t) => {
    const state = fresh();
    const windows = [await open(t, state, { folders: ['/one'] }), await open(t, state, { folders: ['/two'], answer: 'deny' })];
    unlinkSync(state.socket);
    const impostor = createServer((_, response) => void response.end(allow));
    await new Promise<void>((done) => impostor.listen(state.socket, done));
    t.after(() => impostor.close());
    // By raw HTTP, as a program asks that checks no proof.
    const answered = async (): Promise<string> => (await raw(state.socket, 'POST', '/v1/hook', JSON.stringify(commandRequest('deny'))).catch(() => ({ text: '' }))).text;
    while (!(await answered()).includes('"exitCode":2')) await new Promise((done) => setTimeout(done, 10));
    // Either window may have taken the lead; the other one is known to it a little later.
    await until(() => windows.some(({ gate }) => gate.leads() && gate.status().windows.length === 2));
    assert.equal(said(await ask(state, commandRequest('ask', '/two'))), 'deny');
    const told = windows.flatMap(({ used }) => used.recorder.events);
    assert.ok(told.some((event) => event.type === 'configuration' && event.what.includes('listened on Interlock’s socket')));
  });
  test('when the first window opens', async (t) => {
    const state = fresh();
    await createState(state);
    const impostor = createServer((_, response) => void response.end(JSON.stringify({ id: 'x', pid: 1, leads: true, windows: [] })));
    await new Promise<void>((done) => impostor.listen(state.socket, done));
    t.after(() => impostor.close());
    const { gate } = await open(t, state);
    assert.equal(gate.leads(), true);
    assert.equal(said(await ask(state, commandRequest('deny'))), 'deny');
  });
});

describe('the key', () => {
  test('is its owner’s alone', async (t) => {
    const state = fresh();
    await open(t, state);
    assert.equal(statSync(state.key).mode & 0o777, 0o600);
  });
  test('is made anew by the first window, and kept while others use it', async (t) => {
    const state = fresh();
    const keys: string[] = [];
    const note = (): unknown => keys.push(readFileSync(state.key, 'utf8'));
    const one = await open(t, state);
    note();
    const two = await open(t, state);
    note();
    await one.gate.close();
    await open(t, state);
    note();
    await two.gate.close();
    assert.equal(new Set(keys).size, 1);
    const later = fresh();
    await createState(later);
    writeFileSync(later.key, keys[0] ?? '');
    await open(t, later);
    assert.notEqual(readFileSync(later.key, 'utf8'), keys[0]);
  });
  test('cannot be read or changed by an agent', () => {
    const context = { agent: 't', session: '', cwd: '/w', workspaceRoots: ['/w'], env: { HOME: '/home/dev' } };
    const path = '/home/dev/.interlock/gate.key';
    const shell = (command: string): ShellAction => ({ ...context, tool: 'shell', shell: 'bash', command });
    const tries = [{ ...context, tool: 'read' as const, path }, { ...context, tool: 'write' as const, path, content: 'x' }, { ...context, tool: 'delete' as const, path }, shell(`cat ${path}`), shell(`base64 < ${path}`)];
    assert.deepEqual(tries.map((action) => decide(action, blindWorld(), defaultPolicy).decision), tries.map(() => 'deny'));
  });
});

describe('no message can grant anything', () => {
  const routes = ['/v1/allow', '/v1/unlock', '/v1/resume', '/v1/answer', '/v1/policy', '/v1/sessions', '/v1/withdrawn', '/v1/status', '/v1/windows'];
  for (const route of routes) {
    test(`POST ${route}`, async (t) => {
      const state = fresh();
      const sessions = new Sessions({ folder: state.sessions, now: Date.now });
      const { asker } = await open(t, state, { given: { sessions } });
      await sessions.stop();
      for (const body of ['{}', '{"id":"0123456789abcdef"}', '{"answer":"allow"}', JSON.stringify({ decision: 'allow' })]) assert.ok(!(await raw(state.socket, 'POST', route, body)).text.includes('"exitCode":0'));
      assert.equal(said(await ask(state, commandRequest('allow'))), 'deny');
      assert.deepEqual([sessions.isStopped(), asker.questions.length], [true, 0]);
    });
  }
});
