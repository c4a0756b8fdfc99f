import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WindowRegistration } from '../../../src/gate/protocol.ts';
import { ownerOf } from '../../../src/gate/windows.ts';

const window = (id: string, folders: readonly string[], focusedAt = 0): WindowRegistration => ({ id, pid: 1, socket: `/run/${id}`, folders: [...folders], focusedAt });

const cases: readonly [string, readonly string[], readonly WindowRegistration[], string | undefined][] = [
  ['the folder itself', ['/a/b'], [window('x', ['/c']), window('y', ['/a/b'])], 'y'],
  ['below the folder', ['/a/b/c'], [window('x', ['/c']), window('y', ['/a/b'])], 'y'],
  ['not a folder whose name only begins alike', ['/a/b-2'], [window('x', ['/c'], 1), window('y', ['/a/b'])], 'x'],
  ['the innermost of several', ['/a/b/c'], [window('x', ['/a']), window('y', ['/a/b']), window('z', ['/'])], 'y'],
  ['a trailing separator does not matter', ['/a/b'], [window('x', ['/c'], 1), window('y', ['/a/b/'])], 'y'],
  ['the same folder twice: the one with the focus last', ['/a'], [window('x', ['/a'], 1), window('y', ['/a'], 2)], 'y'],
  ['the first place that any folder holds', ['/q', '/a', '/c'], [window('x', ['/c']), window('y', ['/a'])], 'y'],
  ['no place is held: the one with the focus last', ['/q'], [window('x', ['/c'], 1), window('y', ['/a'], 2)], 'y'],
  ['no place is known', ['', 'relative'], [window('x', ['/c'], 2), window('y', ['relative'], 1)], 'x'],
  ['a name with dots is below', ['/a/..b'], [window('x', ['/c'], 1), window('y', ['/a'])], 'y'],
  ['a path that climbs out is not', ['/a/../c'], [window('x', ['/c']), window('y', ['/a'], 1)], 'x'],
  ['no window', ['/a'], [], undefined],
];
for (const [name, places, windows, expected] of cases) test(name, () => assert.equal(ownerOf(places, windows, 'posix')?.id, expected));

test('on Windows letters of either case are the same, and drives are not', () => {
  const windows = [window('x', ['D:\\work'], 1), window('y', ['C:\\Work'])];
  assert.deepEqual([['c:\\work\\api'], ['C:\\Work-2'], ['D:\\WORK\\x']].map((places) => ownerOf(places, windows, 'windows')?.id), ['y', 'x', 'x']);
});
