import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { loadCompiled, writeCompiled } from '../../../src/gate/compiled.ts';

const folder = mkdtempSync(join(tmpdir(), 'il-compiled-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

function bundle(text: string): string {
  const file = join(folder, `bundle-${count++}.js`);
  writeFileSync(file, text);
  return file;
}

const says = (what: string): string => `exports.said = () => ${JSON.stringify(what)}; exports.near = require('node:path').basename(__filename);`;
const said = (file: string): readonly [string, string] => {
  const { exports, from } = loadCompiled(file);
  return [(exports as { said: () => string }).said(), from];
};
/** In a process that has not seen the text: V8 remembers what it has compiled. */
const saidAnew = (file: string): unknown => {
  const script = `const { loadCompiled } = require(${JSON.stringify(join(import.meta.dirname, '../../../src/gate/compiled.ts'))}); const { exports, from } = loadCompiled(${JSON.stringify(file)}); console.log(JSON.stringify([exports.said(), from]))`;
  return JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { encoding: 'utf8' }));
};
const compile = (file: string): Promise<void> => writeCompiled(file, (exports) => (exports as { said: () => string }).said());

describe('a compiled bundle', () => {
  test('is loaded instead of its text, and does the same', async () => {
    const file = bundle(says('one'));
    assert.deepEqual(said(file), ['one', 'source']);
    await compile(file);
    assert.deepEqual(saidAnew(file), ['one', 'compiled']);
  });
  test('of a text that was replaced by one of the same length is not used', async () => {
    const file = bundle(says('one'));
    await compile(file);
    writeFileSync(file, says('two'));
    assert.deepEqual(said(file), ['two', 'source']);
  });
  for (const [name, spoil] of [
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 200)],
    ['empty', () => Buffer.alloc(0)],
    ['of another V8', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, bytes.indexOf(10) + 1), Buffer.alloc(4_096, 7)])],
    ['of another file', (bytes: Buffer) => Buffer.concat([Buffer.from('1 2 3\n'), bytes.subarray(bytes.indexOf(10) + 1)])],
  ] as const) {
    test(`that is ${name} is not used`, async () => {
      const file = bundle(says('one'));
      await compile(file);
      writeFileSync(`${file}.compiled`, spoil(readFileSync(`${file}.compiled`)));
      assert.deepEqual(saidAnew(file), ['one', 'source']);
    });
  }
  test('is not kept when the text is replaced meanwhile', async () => {
    const file = bundle(says('one'));
    await writeCompiled(file, () => writeFileSync(file, says('two')));
    assert.equal(existsSync(`${file}.compiled`), false);
  });
});
