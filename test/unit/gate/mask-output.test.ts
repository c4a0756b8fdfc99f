import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { placeholder } from '../../../src/core/secrets/mask.ts';
import { maskOutput } from '../../../src/gate/mask-output.ts';
import { judge } from '../../../src/gate/judge.ts';
import { claudeTool } from '../agents/payloads.ts';
import { services } from './gate-fixture.ts';

const VALUE = ['a-value', 'nobody-has'].join('-');
const HIDDEN = placeholder('TOKEN', VALUE);
const PNG = `iVBORw0KGgo${'A'.repeat(200)}=`;
/** A detector may take the data of a picture for anything. */
const mask = (text: string): string => (text.endsWith(PNG) ? HIDDEN : text.replaceAll(VALUE, HIDDEN));

describe('what a tool gave back', () => {
  const cases: readonly [string, unknown, unknown, readonly string[]][] = [
    ['a text', `x ${VALUE}`, `x ${HIDDEN}`, ['TOKEN']],
    ['the fields of a command', { stdout: VALUE, stderr: '', interrupted: false }, { stdout: HIDDEN, stderr: '', interrupted: false }, ['TOKEN']],
    ['the parts of an MCP answer', [{ type: 'text', text: VALUE }, { type: 'text', text: 'b' }], [{ type: 'text', text: HIDDEN }, { type: 'text', text: 'b' }], ['TOKEN']],
    ['the lines of a file', { type: 'text', file: { content: `a\n${VALUE}\nb`, numLines: 3 } }, { type: 'text', file: { content: `a\n${HIDDEN}\nb`, numLines: 3 } }, ['TOKEN']],
    ['nothing secret', { stdout: 'ok', code: 0, list: [null, true] }, { stdout: 'ok', code: 0, list: [null, true] }, []],
    ['no output', undefined, undefined, []],
    ['a picture', { type: 'image', file: { base64: PNG, type: 'image/png' } }, { type: 'image', file: { base64: PNG, type: 'image/png' } }, []],
    ['a picture that a command prints', { stdout: `data:image/png;base64,${PNG}`, stderr: '', isImage: true }, { stdout: `data:image/png;base64,${PNG}`, stderr: '', isImage: true }, []],
    ['a picture attached to a result', { output: 'x', attachments: [{ type: 'file', mime: 'image/png', url: `data:image/png;base64,${PNG}` }] }, { output: 'x', attachments: [{ type: 'file', mime: 'image/png', url: `data:image/png;base64,${PNG}` }] }, []],
    ['a text attached as a picture', { attachments: [{ type: 'file', mime: 'image/png', url: VALUE }] }, { attachments: [{ type: 'file', mime: 'image/png', url: HIDDEN }] }, ['TOKEN']],
    ['a text beside a picture', { stdout: `data:image/png;base64,${PNG}`, stderr: VALUE, isImage: true }, { stdout: `data:image/png;base64,${PNG}`, stderr: HIDDEN, isImage: true }, ['TOKEN']],
    ['a text called a picture', { type: 'image', data: VALUE }, { type: 'image', data: HIDDEN }, ['TOKEN']],
    ['a text behind the first bytes of a picture', { type: 'image', data: `${PNG} ${VALUE}` }, { type: 'image', data: `${PNG} ${HIDDEN}` }, ['TOKEN']],
  ];
  for (const [name, output, expected, names] of cases) test(name, () => assert.deepEqual(maskOutput(output, mask), { output: expected, names }));

  test('a text that cannot be searched is left out', () => {
    const { output, names } = maskOutput({ stdout: VALUE }, () => { throw new Error('no'); });
    assert.ok(!JSON.stringify(output).includes(VALUE));
    assert.equal(names.length, 1);
  });
  test('what lies too deep to be followed is left out', () => {
    let deep: unknown = VALUE;
    for (let depth = 0; depth < 1_000; depth++) deep = [deep];
    assert.ok(!JSON.stringify(maskOutput(deep, mask).output).includes(VALUE));
  });
});

describe('an output on its way to the model', () => {
  const request = (event: string, more: object) => ({ agent: 'claude-code', payload: claudeTool('Bash', { command: 'ask printenv' }, { hook_event_name: event, ...more }), env: {}, cwd: '/work', pid: 1 });
  const after = (stdout: string) => request('PostToolUse', { tool_response: { stdout, stderr: '', interrupted: false } });

  test('is handed on masked, in its own shape', async () => {
    const given = services({ mask });
    const { stdout, exitCode } = await judge(after(`TOKEN=${VALUE}`), given);
    assert.equal(exitCode, 0);
    assert.deepEqual(JSON.parse(stdout), { hookSpecificOutput: { hookEventName: 'PostToolUse', updatedToolOutput: { stdout: `TOKEN=${HIDDEN}`, stderr: '', interrupted: false } } });
    assert.deepEqual(given.recorder.events.map((event) => event.type === 'masked' && [event.names, event.shown]), [[['TOKEN'], false]]);
  });
  test('is left alone where it holds no secret', async () => {
    const given = services({ mask });
    assert.deepEqual(JSON.parse((await judge(after('ok'), given)).stdout), {});
    assert.deepEqual(given.recorder.events, []);
  });
  test('is masked although the journal cannot be written', async () => {
    const given = services({ mask });
    given.recorder.broken = true;
    assert.ok(!(await judge(after(VALUE), given)).stdout.includes(VALUE));
  });
  test('of a command that failed is written down as shown', async () => {
    const given = services({ mask });
    assert.deepEqual(JSON.parse((await judge(request('PostToolUseFailure', { error: `Exit code 1\n${VALUE}` }), given)).stdout), {});
    assert.deepEqual(given.recorder.events.map((event) => event.type === 'masked' && [event.names, event.shown]), [[['TOKEN'], true]]);
  });
  test('nobody is asked about it', async () => {
    const given = services({ mask });
    await judge(after(VALUE), given);
    assert.deepEqual(given.recorder.outcomes(), []);
  });
});
