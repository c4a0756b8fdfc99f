import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as fc from 'fast-check';
import { joinedLines } from '../../../src/gate/joined-lines.ts';
import { maskSecrets } from '../../../src/gate/mask-secrets.ts';
import { SecretIndex } from '../../../src/gate/world/secret-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'il-mask-'));
const token = randomUUID();
const file = `# Volumes\n\nThe railway token for the volume script: ${token}\n\nAsk before you resize anything. ${'And then ask again. '.repeat(6)}\n`;
let index: SecretIndex;

before(async () => {
  const root = join(folder, 'shop');
  mkdirSync(root);
  writeFileSync(join(root, 'notes.md'), file);
  index = SecretIndex.load(root, join(folder, 'store'));
  for await (const _ of index.scan()) continue;
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** As encoders write it: cut into lines. */
const lines = (text: string, width: number, end = '\n'): string => `${(text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end)}${end}`;
const encoded = (text: string): string => Buffer.from(text).toString('base64');

/** Every run of characters that would give the token away. */
function shown(text: string): string[] {
  const joined = text.replaceAll(/[\r\n]/g, '');
  const decoded = [0, 1, 2, 3].map((skip) => Buffer.from(joined.replaceAll(/<[^>]*>/g, '').slice(skip), 'base64').toString('latin1'));
  return [joined, ...decoded].filter((each) => each.includes(token));
}

describe('a known value on its way to the model', () => {
  const cases: readonly [string, () => string][] = [
    ['in a sentence', () => `it is ${token}, I think`],
    ['in base64 of a whole file', () => encoded(file)],
    ['in base64 cut at 76', () => lines(encoded(file), 76)],
    ['in base64 cut at 64 with Windows line ends', () => lines(encoded(file), 64, '\r\n')],
    ['in hex', () => Buffer.from(file).toString('hex')],
    ['in base64 cut at 20', () => lines(encoded(file), 20)],
    ['one character a line', () => lines(token, 1)],
    ['in hex cut into lines', () => lines(Buffer.from(file).toString('hex'), 60)],
    ['reversed', () => token.split('').toReversed().join('')],
    ['in the output of a diff', () => `+The railway token for the volume script: ${token}`],
  ];
  for (const [name, text] of cases) {
    test(`is masked ${name}`, () => {
      const masked = maskSecrets(text(), [index]);
      assert.match(masked, /<hidden:/);
      assert.deepEqual(shown(masked), []);
    });
  }
  const harmless: readonly [string, string][] = [
    ['words, one a line', 'src\ntest\nrailway\ntoken\nvolume\n'],
    ['a log', 'GET /health 200 3ms\nGET /health 200 2ms\n'],
    ['another identifier', `project ${randomUUID()}\n`],
    ['other data cut into lines', lines(encoded('nothing secret here, only a long text. '.repeat(12)), 76)],
  ];
  for (const [name, text] of harmless) test(`${name} stays as it is`, () => assert.equal(maskSecrets(text, [index]), text));
});

/** As programs dump bytes; `rows` of a value and what stands around it. */
const dump = (text: string, write: (row: Buffer, offset: number) => string): string => Array.from({ length: Math.ceil(text.length / 16) }, (_, row) => write(Buffer.from(text).subarray(row * 16, row * 16 + 16), row * 16)).join('\n');
const pairs = (row: Buffer, size: number): string => (row.toString('hex').match(new RegExp(`.{1,${size * 2}}`, 'g')) ?? []).join(' ');
const dumps: Readonly<Record<string, (text: string) => string>> = {
  xxd: (text) => dump(text, (row, offset) => `${offset.toString(16).padStart(8, '0')}: ${pairs(row, 2).padEnd(39)}  ${row.toString('latin1').replaceAll('\n', '.')}`),
  'hexdump -C': (text) => dump(text, (row, offset) => `${offset.toString(16).padStart(8, '0')}  ${pairs(row.subarray(0, 8), 1)}  ${pairs(row.subarray(8), 1)}  |${row.toString('latin1').replaceAll('\n', '.')}|`),
  hexdump: (text) => dump(text.length % 2 === 0 ? text : `${text} `, (row, offset) => `${offset.toString(16).padStart(7, '0')} ${pairs(Buffer.from(row).swap16(), 2)}`),
  'od -An -tx1': (text) => dump(text, (row) => ` ${pairs(row, 1)}`),
  'od -c': (text) => dump(text, (row, offset) => `${offset.toString(8).padStart(7, '0')}${[...row].map((code) => (code === 10 ? '  \\n' : `   ${String.fromCharCode(code)}`)).join('')}`),
};

describe('a dump of bytes with a secret in it goes whole', () => {
  for (const [program, write] of Object.entries(dumps)) {
    test(program, () => {
      const masked = maskSecrets(`before\n${write(`key: ${token}\n`)}\nafter\n`, [index]);
      assert.match(masked, /^before\n<hidden:[^\n]*>\nafter\n$/);
    });
    test(`${program} of what holds none stays as it is`, () => {
      const text = `before\n${write('only a long text about nothing.\n')}\nafter\n`;
      assert.equal(maskSecrets(text, [index]), text);
    });
  }
});

describe('lines put together again', () => {
  test('each character is found where it stood', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'B', '7', '+', ' ', '.'), maxLength: 90 })), fc.constantFrom('\n', '\r\n'), (parts, end) => {
      const text = parts.join(end);
      const joined = joinedLines(text);
      if (joined === undefined) return;
      assert.equal(joined.text.split('').map((_, at) => text[joined.originalOf(at)]).join(''), joined.text);
    }));
  });
  test('sentences are none', () => assert.equal(joinedLines('A line.\n\nAnd another.\n'), undefined));
});
