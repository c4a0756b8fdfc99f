import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { DotenvProblem, dotenvEntries, withEntry, withoutEntry, withValue } from '../../../src/core/secrets/dotenv-entries.ts';
import { fromBytes, hiddenContent, shapeOfValue, toBytes } from '../../../src/core/secrets/hidden-entries.ts';

const values = (text: string): readonly (readonly [string, string])[] => dotenvEntries(text).map(({ name, value }) => [name, value]);

suite('entries of a dotenv file', () => {
  const rows: readonly (readonly [what: string, text: string, entries: readonly (readonly [string, string])[]])[] = [
    ['plain', 'A=1\nB=two words\n', [['A', '1'], ['B', 'two words']]],
    ['exported, spaced, with a colon', '  export A = 1\nB: 2\n', [['A', '1'], ['B', '2']]],
    ['quoted', `A='x # y'\nB="x\\ny"\nC=\`z\`\n`, [['A', 'x # y'], ['B', 'x\ny'], ['C', 'z']]],
    ['over several lines', 'A="one\ntwo"\nB=3\n', [['A', 'one\ntwo'], ['B', '3']]],
    ['comments', '# A=0\nA=1 # why\nB=a#b\nC= # none\n', [['A', '1'], ['B', 'a#b'], ['C', '']]],
    ['empty and unfinished', 'A=\nB=', [['A', ''], ['B', '']]],
    ['an open quote', 'A="x\nB=1\n', [['A', '"x'], ['B', '1']]],
    ['something after the quote', 'A="x"y\n', [['A', '"x"y']]],
    ['line ends of Windows and a byte order mark', '\u00ef\u00bb\u00bfA=1\r\nB="2"\r\n', [['A', '1'], ['B', '2']]],
    ['other lines', 'hello\n=x\n1A=2\n', []],
  ];
  for (const [what, text, entries] of rows) test(what, () => assert.deepEqual(values(text), entries));
});

const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/);
const plain = fc.stringMatching(/^[\w.\-/:@%+=,~ #'"$&|;()é漢\\]{0,24}$/);
const line = fc.oneof(
  fc.tuple(name, fc.constantFrom('=', ' = ', ': '), fc.stringMatching(/^[\w.\-/ ]{0,12}$/)).map(([key, sign, value]) => `${key}${sign}${value}`),
  fc.tuple(name, fc.stringMatching(/^[\w #.$]{0,12}$/), fc.constantFrom('"', "'", '`')).map(([key, value, quote]) => `export ${key}=${quote}${value}${quote} # note`),
  fc.stringMatching(/^#[ \w='"]{0,20}$/),
  fc.constantFrom('', '   ', 'garbage', 'A="unfinished', "B='", '\u00ff\u00fe'),
);
const file = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean()).map(([lines, end, last]) => lines.join(end) + (last ? end : ''));

/** The change, or nothing where it was refused in words. */
function attempt(change: () => string): string | undefined {
  try {
    return change();
  } catch (error) {
    assert.ok(error instanceof DotenvProblem, String(error));
    return undefined;
  }
}

suite('changes to single entries', () => {
  test('a new value is read back, and every other byte stays', () => {
    let made = 0;
    fc.assert(fc.property(file, fc.nat(), plain, (text, pick, value) => {
      const entries = dotenvEntries(text);
      const entry = entries[pick % Math.max(1, entries.length)];
      const bytes = toBytes(value);
      const changed = entry && attempt(() => withValue(text, entry, bytes));
      if (!entry || changed === undefined) return;
      made++;
      assert.equal(changed.slice(0, entry.start), text.slice(0, entry.start));
      assert.ok(changed.endsWith(text.slice(entry.end)));
      assert.deepEqual(values(changed), entries.map((other) => [other.name, other === entry ? bytes : other.value]));
    }), { numRuns: 1000 });
    assert.ok(made > 300, `${made} changes were made`);
  });
  test('an entry more comes after all that is there', () => {
    let made = 0;
    fc.assert(fc.property(file, name, plain, (text, key, value) => {
      const changed = attempt(() => withEntry(text, key, toBytes(value)));
      if (changed === undefined) return;
      made++;
      assert.ok(changed.startsWith(text));
      assert.deepEqual(values(changed), [...values(text), [key, toBytes(value)]]);
    }), { numRuns: 1000 });
    assert.ok(made > 300, `${made} entries were added`);
  });
  test('what is removed is one entry and nothing else', () => {
    fc.assert(fc.property(file, fc.nat(), (text, pick) => {
      const entries = dotenvEntries(text);
      const entry = entries[pick % Math.max(1, entries.length)];
      const changed = entry && attempt(() => withoutEntry(text, entry));
      if (!entry || changed === undefined) return;
      assert.equal(changed, text.slice(0, entry.from) + text.slice(entry.to));
      assert.deepEqual(values(changed), entries.filter((other) => other !== entry).map((other) => [other.name, other.value]));
    }), { numRuns: 1000 });
  });
  test('any bytes are read without an error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
      const bytes = Buffer.from(data).toString('latin1');
      for (const entry of dotenvEntries(bytes)) assert.ok(entry.from <= entry.start && entry.start <= entry.end && entry.end <= entry.to);
    }));
  });
  const refused: readonly (readonly [what: string, change: () => string])[] = [
    ['a name with a blank', () => withEntry('', 'A B', '1')],
    ['a name that is there', () => withEntry('A=1\n', 'A', '2')],
    ['a value of several lines', () => withEntry('', 'A', 'x\ny')],
    ['a line after an open quote', () => withEntry('A="x\n', 'B', 'a" #')],
    ['quotes of both kinds', () => withEntry('', 'A', `a'b"c`)],
  ];
  for (const [what, change] of refused) test(`${what} is refused`, () => assert.throws(change, DotenvProblem));
  test('the sign of an empty value keeps its comment', () => assert.equal(withValue('A= # why\n', dotenvEntries('A= # why\n')[0]!, 'x'), 'A=x # why\n'));
});

suite('values of other hidden files', () => {
  const content = (path: string, text: string): unknown => {
    const { format, entries } = hiddenContent(path, toBytes(text));
    return [format, ...entries.map((entry) => `${entry.name}=${entry.value}`)];
  };
  test('a dotenv file', () => assert.deepEqual(content('/w/.env.local', 'A=é\n'), ['dotenv', 'A=é']));
  test('JSON', () => assert.deepEqual(content('auth.json', '{"a":{"token":"x","n":1,"none":null},"list":["y"]}'), ['json', 'a.token=x', 'a.n=1', 'a.none=', 'list.0=y']));
  test('lines', () => assert.deepEqual(content('.npmrc', '; mine\nregistry=https://r.test/\n//r.test/:_authToken="abc"\n'), ['lines', 'registry=https://r.test/', '//r.test/:_authToken=abc']));
  test('a private key', () => assert.deepEqual((content('id_rsa', '-----BEGIN PRIVATE KEY-----\nabc=\n-----END PRIVATE KEY-----\n') as string[]).map((part) => part.slice(0, 11)), ['whole', 'private key']));
  test('nothing of a binary file', () => assert.deepEqual(content('a.p12', 'a\0b'), ['binary']));
  test('bytes that are no UTF-8 stay bytes', () => assert.equal(fromBytes('\u00ff'), '\u00ff'));
  test('shapes say what a value is and not which', () => assert.deepEqual(['', '42', 'true', 'https://x.test', 'abc'].map((value) => shapeOfValue(value).type), ['text', 'number', 'true or false', 'url', 'text']));
});
