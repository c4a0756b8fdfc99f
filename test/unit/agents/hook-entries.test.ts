import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { array, assert as check, boolean, constantFrom, dictionary, jsonValue, option, property, record, string } from 'fast-check';
import { parse } from 'jsonc-parser';
import { hasEntries, withEntries, withoutEntries, type HookList } from '../../../src/agents/hook-entries.ts';

const entry = { command: 'ours' };
const isOurs = (value: unknown): boolean => typeof value === 'object' && value !== null && 'command' in value && value.command === 'ours';
const lists: readonly HookList[] = [
  { path: ['hooks', 'a'], entry, isOurs },
  { path: ['b'], entry, isOurs },
];

/** A file as somebody may have it: with other keys, with or without the lists, indented or not. */
const files = record({
    before: dictionary(string().filter((key) => !['hooks', 'b', '__proto__'].includes(key)), jsonValue()),
    hooks: option(record({ a: array(jsonValue(), { minLength: 1 }), other: jsonValue() }, { requiredKeys: [] }), { nil: undefined }),
    b: option(array(jsonValue(), { minLength: 1 }), { nil: undefined }),
    indent: constantFrom(undefined, 2, 4, '\t'),
    windows: boolean(),
  })
  .filter(({ hooks }) => hooks === undefined || Object.keys(hooks).length > 0)
  .map(({ before, hooks, b, indent, windows }) => {
    const text = JSON.stringify({ ...before, ...(hooks === undefined ? {} : { hooks }), ...(b === undefined ? {} : { b }) }, undefined, indent);
    return windows ? text.replaceAll('\n', '\r\n') : text;
  });

describe('entries in a configuration file', () => {
  test('any file: put in, found, put in again, taken out, and the rest as it was', () => {
    check(
      property(files, (text) => {
        const edited = withEntries(text, lists);
        assert.equal(hasEntries(edited, lists), true);
        assert.equal(withEntries(edited, lists), edited);
        assert.deepEqual(JSON.parse(withoutEntries(edited, lists)), JSON.parse(text));
      }),
    );
  });

  const exact: readonly [string, string][] = [
    ['indented', '{\n  "b": [\n    1\n  ]\n}\n'],
    ['tabs and Windows line ends', '{\r\n\t"b": [\r\n\t\t1\r\n\t],\r\n\t"hooks": {\r\n\t\t"a": [2]\r\n\t}\r\n}'],
    ['on one line', '{"b": [1], "hooks": {"a": [2]}}'],
    ['a line comment after the last entry', '{\n  "b": [\n    1 // one\n  ],\n  "hooks": { "a": [1] }\n}'],
    ['a comment between entries', '{\n  "b": [1, /* two */ 2],\n  "hooks": { "a": [1] } // hooks\n}'],
    ['comments before and after all', '// head\n{\n  "b": [1],\n  "hooks": { "a": [1] }\n}\n// tail\n'],
  ];
  for (const [name, text] of exact) test(`taken out to the byte: ${name}`, () => assert.equal(withoutEntries(withEntries(text, lists), lists), text));

  const odd: readonly [string, string][] = [
    ['a trailing comma', '{ "b": [1, ], "hooks": { "a": [1], }, }'],
    ['ours first', '{ "b": [{ "command": "ours" }, 1], "hooks": { "a": [{ "command": "ours" }] } }'],
    ['ours twice', '{ "b": [{ "command": "ours" }, 1, { "command": "ours", "old": true }] }'],
    ['ours after a line comment', '{ "b": [1, // one\n{ "command": "ours" }] }'],
    ['ours before a line comment', '{ "b": [{ "command": "ours" }, // ours\n 1] }'],
    ['ours between comments', '{ "b": [1 /* x */, /* y */ { "command": "ours" } /* z */, 2] }'],
  ];
  for (const [name, text] of odd) {
    test(`stays valid: ${name}`, () => {
      const edited = withEntries(text, lists);
      assert.equal(hasEntries(edited, lists), true);
      const without = withoutEntries(edited, lists);
      assert.equal(without.includes('ours"'), false);
      const kept = (parse(text) as { b?: unknown[] }).b?.filter((value) => !isOurs(value));
      assert.deepEqual((parse(without) as { b?: unknown[] }).b ?? [], kept ?? []);
    });
  }
});
