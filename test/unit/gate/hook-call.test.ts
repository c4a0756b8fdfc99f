import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCall } from '../../../src/gate/hook-call.ts';

const call = (...variables: readonly string[]): string => JSON.stringify(parseCall(Buffer.from(['claude-code', '', '/w', '7', ...variables, '', '{}'].join('\0'))));

test('a call is the same in whichever order its variables come', () => {
  assert.equal(call('B=2', 'A=1', 'INTERLOCK_CALLER_PATH=/bin'), call('INTERLOCK_CALLER_PATH=/bin', 'A=1', 'B=2'));
  assert.notEqual(call('B=2', 'A=1'), call('B=2', 'A=2'));
});
test('of a variable that comes twice the last counts, as it does to a program', () => assert.equal(call('A=1', 'B=2', 'A=3'), call('A=3', 'B=2')));
