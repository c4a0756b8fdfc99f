import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { beganBefore, parseProcesses, runningProcesses } from '../../../src/gate/running.ts';

const NOW = 10_000_000_000;
const listed = `      00:07 codex exec x
   01:00:00 node /usr/local/bin/gemini --yolo
 2-00:00:00 /home/dev/.local/bin/claude
      05:00 vim notes about claude
nonsense
`;

describe('running agents', () => {
  test('are read with the time they began at', () => {
    assert.deepEqual(parseProcesses(listed, NOW).map(({ began }) => NOW - began), [7_000, 3_600_000, 172_800_000, 300_000]);
  });

  const cases: readonly (readonly [programs: readonly string[], seconds: number, count: number])[] = [
    [['codex'], 10, 0],
    [['codex'], 5, 1],
    [['gemini'], 60, 1],
    [['claude'], 60, 1],
    [['claude', 'codex'], 1, 2],
    [[], 0, 0],
  ];
  for (const [programs, seconds, count] of cases) test(`${programs.join(' and ') || 'none'}, begun more than ${seconds} s ago: ${count}`, () => assert.equal(beganBefore(parseProcesses(listed, NOW), programs, NOW - seconds * 1000), count));

  test('this process is among those of the machine', async () => {
    const own = (await runningProcesses(Date.now())).find(({ words }) => words.join(' ').includes('running.test.ts'));
    assert.ok(own, 'it was not found');
    assert.ok(own.began <= Date.now() + 1000, 'it has begun');
  });
});
