import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Hidden } from '../../../src/core/secrets/mask.ts';
import { MaskedStream } from '../../../src/gate/masked-stream.ts';

const token = 'tok-7f3a9c51e0b24d68';
const find = (text: string): readonly Hidden[] => [...text.matchAll(new RegExp(token, 'g'))].map(({ index }) => ({ start: index, end: index + token.length, name: 'TOKEN' }));
const hole = `<hidden:TOKEN · ${token.length} chars · real value is on disk, do not edit>`;

function through(pieces: readonly string[], given = find): string {
  const stream = new MaskedStream(given);
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
}

/** The text cut at some places. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [0, ...places.map((place) => place % (text.length + 1)).toSorted((a, b) => a - b), text.length];
  return at.slice(1).map((end, index) => text.slice(at[index], end));
}

const filler = fc.array(fc.constantFrom('a line of words\n', 'x', '\n', 'word '), { maxLength: 40 }).chain((few) => fc.integer({ min: 1, max: 900 }).map((times) => few.join('').repeat(times)));

describe('output that is masked as it comes', () => {
  test('is the same whatever the pieces it comes in, and shows no value', () => {
    fc.assert(fc.property(fc.array(filler, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(), { maxLength: 30 }), (parts, places) => {
      const text = parts.join(token);
      const masked = through(cut(text, places));
      assert.equal(masked, text.replaceAll(token, hole));
    }), { numRuns: 60 });
  });
  test('gives lines out before the end', () => {
    const stream = new MaskedStream(find);
    const first = stream.push('a line of words\n'.repeat(20_000));
    assert.ok(first.length > 200_000 && first.endsWith('\n'));
    assert.equal((first + stream.end()).length, 320_000);
  });
  test('holds back a value that would only begin in what is given out', () => {
    for (const at of [65_530, 65_536, 81_910, 81_920, 81_930]) assert.equal(through([`${'x'.repeat(at - 5)}${token.slice(0, 7)}`, `${token.slice(7)}${'y'.repeat(90_000)}`]).includes(token.slice(7)), false);
  });
  test('gives out nothing of a part that could not be searched', () => {
    const text = 'secret words\n'.repeat(20_000);
    const masked = through([text], () => undefined as never);
    assert.equal(masked.includes('secret words'), false);
    assert.match(masked, /^<hidden: 65536 characters that could not be searched/);
  });
});
