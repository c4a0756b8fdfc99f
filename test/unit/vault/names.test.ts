import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { formatAttributes, parseAttributes } from '../../../src/vault/attributes.ts';
import { bytesOf, onDisk, pathOf } from '../../../src/vault/disk-path.ts';

suite('names on disk', () => {
  test('any bytes come back from their text', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => assert.deepEqual(bytesOf(pathOf(Buffer.from(bytes))), Buffer.from(bytes))));
  });

  test('any text that is UTF-8 stays what it is, also through JSON', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(pathOf(Buffer.from(text)), text);
      assert.equal(onDisk(text), text);
    }));
  });

  for (const [danger, bytes, text] of [
    ['a latin name', [0x63, 0x61, 0x66, 0xe9], 'caf\uDCE9'],
    ['a character cut short', [0xe2, 0x82], '\uDCE2\uDC82'],
    ['an overlong slash', [0xc0, 0xaf], '\uDCC0\uDCAF'],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80], '\uDCED\uDCA0\uDC80'],
    ['a replacement character of its own', [0xef, 0xbf, 0xbd], '\uFFFD'],
  ] as const) {
    test(danger, () => {
      assert.equal(pathOf(Buffer.from(bytes)), text);
      assert.equal(JSON.parse(JSON.stringify(text)), text);
      assert.deepEqual(Buffer.from(onDisk(text)), Buffer.from(bytes));
    });
  }
});

suite('extended attributes', () => {
  const name = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => !text.includes('\0'));
  const value = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('hex'));

  test('what is written can be read back, whatever the names', () => {
    fc.assert(fc.property(fc.dictionary(name.map((text) => `/${text}`), fc.dictionary(name.map((text) => `user.${text}`), value, { minKeys: 1 })), (given) => {
      assert.deepEqual(Object.fromEntries([...parseAttributes(formatAttributes(new Map(Object.entries(given))))].map(([path, values]) => [path, { ...values }])), JSON.parse(JSON.stringify(given)));
    }));
  });

  test('the form of the tool', () => {
    const dump = '# file: /t/plain\nuser.foo=0x626172\n\n# file: /t/a\\012b=\\134\nuser.a\\075b=0x\n';
    assert.deepEqual([...parseAttributes(Buffer.from(dump))], [['/t/plain', { 'user.foo': '626172' }], ['/t/a\nb=\\', { 'user.a=b': '' }]]);
  });
});
