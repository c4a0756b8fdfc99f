import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { readRule } from '../../../src/gate/rule-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'il-rules-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const one = "(require, give) => { give({ tool: 'one', title: require('./names.ts').title }); }\n";
const two = '(require, give) => { give({ tool: "two" }); }\n';
const nothing = '(require, give) => {}\n';
const file = join(folder, 'rules-1.js');
writeFileSync(file, one + two + nothing);
const read = (at: number, length: number) => readRule(file, at, length, (path) => (path === './names.ts' ? { title: 'One' } : undefined));

describe('a rule in the file of all rules', () => {
  test('is handed the modules it imports', () => assert.deepEqual({ ...read(0, one.length - 1) }, { tool: 'one', title: 'One' }));
  test('is found by its place', () => assert.equal(read(one.length, two.length - 1).tool, 'two'));
  test('that gives nothing is an error', () => assert.throws(() => read(one.length + two.length, nothing.length - 1), /holds no rule/));
  test('of another build is an error', () => assert.throws(() => read(one.length + 3, two.length - 1)));
  test('beyond the end of the file is an error', () => assert.throws(() => read(one.length, 10_000), /ends before/));
  test('without the file is an error', () => assert.throws(() => readRule(join(folder, 'none.js'), 0, 1, () => undefined), /ENOENT/));
});
