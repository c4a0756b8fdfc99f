import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { adapter } from '../../../src/agents/shell.ts';
import { resolved, unresolved } from '../../../src/agents/shell-line.ts';

const env = { HOME: '/home/dev', what: 'exported', parameters: 'nothing' };

describe('a line of a shell', () => {
  const cases: readonly [string, Omit<Parameters<typeof resolved>[0], 'cwd'>, string, Record<string, string>][] = [
    ['names all parameters', { line: 'rm "$@"', parameters: ['a', 'b c'], variables: {} }, `set -- a 'b c'; rm "$@"`, env],
    ['names one parameter, and shows no other', { line: '> "${2}"', parameters: ['token', 'b', 'c'], variables: {} }, `set -- '' b; > "\${2}"`, env],
    ['names none', { line: 'rm a', parameters: ['token'], variables: {} }, 'rm a', env],
    ['names parameters that nobody knows', { line: 'rm "$1"', variables: {} }, 'set -- "$parameters"; rm "$1"', { HOME: '/home/dev', what: 'exported' }],
    ['has no parameters', { line: 'rm "$@"', parameters: [], variables: {} }, 'set -- ; rm "$@"', env],
    ['names a variable', { line: 'rm $x', variables: { x: 'a b' } }, 'rm $x', { ...env, x: 'a b' }],
    ['names one that hides an exported one', { line: 'rm ${what}', variables: { what: 'mine' } }, 'rm ${what}', { ...env, what: 'mine' }],
    ['names one that was too long to be sent', { line: 'rm $what', variables: {} }, 'rm $what', { HOME: '/home/dev' }],
    ['names one that is not set', { line: 'rm "$x"/*', variables: { x: null } }, 'unset x; rm "$x"/*', env],
    ['names a list', { line: 'rm "${x[@]}"', variables: { x: ['a', "b'"] } }, `x=(a 'b'\\'''); rm "\${x[@]}"`, env],
    ['names a word of a list', { line: 'rm "${x[@]}" "${x[1]}"', variables: { x: ['a', 'b'] } }, 'rm "${x[@]}" "${x[1]}"', env],
    ['names what changes by itself', { line: 'rm /tmp/$RANDOM', variables: { RANDOM: '7' } }, 'rm /tmp/$RANDOM', env],
    ['is of a shell that splits otherwise', { line: 'rm $x', variables: { x: 'a b' }, separators: '' }, `IFS=''; rm $x`, { ...env, x: 'a b' }],
    ['is of a shell that splits otherwise, with nothing to split', { line: 'rm $x', variables: { x: 'a' }, separators: '' }, 'rm $x', { ...env, x: 'a' }],
    ['was sent by files of a version before', { line: 'rm $what' }, 'rm $what', env],
    ['was sent by files of a version before, with parameters', { line: 'rm $1' }, 'set -- "$parameters"; rm $1', { HOME: '/home/dev', what: 'exported' }],
    ['names what every object has', { line: 'rm $constructor $__proto__', variables: {} }, 'rm $constructor $__proto__', env],
  ];
  for (const [name, request, command, wanted] of cases) {
    test(name, () => {
      assert.deepEqual(resolved({ cwd: '/', ...request }, env), { command, env: Object.fromEntries(Object.entries({ ...wanted }).filter(([key]) => key !== 'parameters' || command.includes('parameters') || request.variables === undefined)) });
      assert.equal(unresolved(command), request.line);
    });
  }

  test('means to a shell what it meant to the one it is from', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), fc.array(word, { maxLength: 4 }), word, (parameters, list, x) => {
        const line = `printf '%s\\0' "$@" "\${list[@]}" "$x"`;
        const { command, env: given } = resolved({ line, cwd: '/', parameters, variables: { list, x } }, {});
        assert.deepEqual(spawnSync('bash', ['-c', command], { encoding: 'utf8', env: given }).stdout.split('\0').slice(0, -1), [...parameters, ...list, x]);
        assert.equal(unresolved(command), line);
      }),
      { numRuns: 60 },
    );
  });

  test('with a value that is not UTF-8 is refused', () => {
    for (const more of [{ parameters: ['\uFFFD'] }, { variables: { x: '\uFFFD' } }, { variables: { x: ['\uFFFD'] } }]) {
      assert.throws(() => adapter.decode({ payload: JSON.stringify({ line: 'rm $x $1', cwd: '/', ...more }), env: {}, cwd: '/' }), /UTF-8/);
    }
  });
});
