import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { excerpt, listed, oneLine, visible } from '../../../src/core/shown-text.ts';

suite('lists in words', () => {
  const cases: readonly (readonly [items: readonly string[], words: string])[] = [
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ];
  for (const [items, words] of cases) test(words || 'nothing', () => assert.equal(listed(items, 3), words));
});

/** Control characters but line feed and tab, characters without width, and those that change the direction of reading. */
const isHidden = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return (code < 32 && code !== 9 && code !== 10) || (code >= 0x7f && code < 0xa0) || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
};

suite('text that an agent wrote', () => {
  test('has nothing invisible left, and is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text);
        assert.deepEqual(Array.from(shown).filter(isHidden), []);
        assert.doesNotMatch(oneLine(text, 50), /\n/);
        assert.ok(oneLine(text, 50).length <= 50);
        assert.equal(visible(shown), shown);
      }),
    );
  });

  test('emoji, accents and other scripts stay as they are', () => {
    const text = 'déjà vu – 日本語 – ✅ – ❤️';
    assert.equal(visible(text), text);
  });
});

suite('a part of a long text', () => {
  const small = { characters: 40, lines: 4 };
  test('a text that fits is whole', () => assert.equal(excerpt('a\nb', 0, small), 'a\nb'));

  test('holds what it is about and counts the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12 })), fc.array(fc.string({ maxLength: 12 })), (before, after) => {
        const lead = before.map((line) => `${line.replaceAll(/[\n!]/g, '')}\n`).join('');
        const text = `${lead}!\n${after.map((line) => line.replaceAll(/[\n!]/g, '')).join('\n')}`;
        const shown = excerpt(text, lead.length, small);
        assert.ok(shown.includes('!'));
        const skipped = Number(/^… \((\d+) characters before\)\n/.exec(shown)?.[1] ?? 0);
        const rest = Number(/\n… \((\d+) more characters\)$/.exec(shown)?.[1] ?? 0);
        const middle = shown.replace(/^… .*\n/, '').replace(/\n… .*$/, '');
        assert.equal(text.slice(skipped, text.length - rest), middle);
      }),
    );
  });
});
