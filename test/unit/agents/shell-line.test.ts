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
    ['names a word of a list, of a shell that says which have gaps', { line: 'rm "${x[1]}" $x', variables: { x: ['a', 'b'] }, arrays: 'bash' }, 'x=(a b); rm "${x[1]}" $x', env],
    ['names a word of a list with gaps', { line: 'rm "${x[5]}"', variables: { x: { loose: ['a', 'b'] } }, arrays: 'bash' }, 'rm "${x[5]}"', env],
    ['names a list with gaps', { line: 'rm "${x[@]}"', variables: { x: { loose: ['a', 'b'] } }, arrays: 'bash' }, 'x=(a b); rm "${x[@]}"', env],
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

  const ofZsh: readonly (readonly [name: string, line: string, variables: Record<string, string | string[] | { loose: string[] }>, command: string])[] = [
    ['a list', 'rm $x', { x: ['a', 'b c'] }, `x=(a 'b c'); rm "\${x[@]}"`],
    ['a list in braces, with text before it', 'rm ./${x}', { x: ['a', 'b'] }, 'x=(a b); rm ./"${x[@]}"'],
    ['a list with an empty word, which counts for nothing', 'rm $x', { x: ['a', ''] }, 'rm $x'],
    ['a list within quotes', 'rm "$x" "${x[*]}"', { x: ['a b'] }, `x=('a b'); rm "\${x[*]}" "\${x[*]}"`],
    ['the words of a list within quotes', 'rm "${x[@]}"', { x: ['a', ''] }, `x=(a ''); rm "\${x[@]}"`],
    ['a list within quotes, whose words something is put between', 'rm "$x"', { x: ['a', 'b'] }, 'rm "$x"'],
    ['an empty word of a list, which counts for nothing', 'rm $x[2] "$x[2]"', { x: ['a', ''] }, 'rm $x[2] "${x[1]}"'],
    ['words of a list', 'rm $x[1] "${x[-1]}"', { x: ['a', 'b'] }, 'x=(a b); rm "${x[0]}" "${x[1]}"'],
    ['a word that is none', 'rm $x[3]', { x: ['a', 'b'] }, 'rm $x[3]'],
    ['some words of a list', 'rm $x[1,2]', { x: ['a', 'b'] }, 'rm $x[1,2]'],
    ['a word by its name', 'rm $x[a]', { x: { loose: ['a', 'b'] } }, 'rm $x[a]'],
    ['the number of words of a list', 'rm ${#x}', { x: ['a', 'b'] }, 'rm ${#x}'],
    ['a list with something done to it', 'rm ${x:t} $x', { x: ['a', 'b'] }, 'rm ${x:t} "${x[@]}"'],
    ['a character of a text', 'rm $x[1]', { x: 'ab' }, 'rm $x[1]'],
    ['what looks like a list', `rm '$x' \\$x`, { x: ['a', 'b'] }, `x=(a b); rm '$x' \\$x`],
    ['a list within quotes within quotes', 'rm "$(echo "$x")"', { x: ['a', 'b'] }, 'rm "$(echo "$x")"'],
  ];
  for (const [name, line, variables, command] of ofZsh) {
    test(`of zsh names ${name}`, () => assert.equal(resolved({ line, cwd: '/', variables, arrays: 'zsh' }, {}).command, command));
  }
  test('of zsh that names what nobody knows takes nothing from the environment', () => {
    assert.deepEqual(resolved({ line: 'rm $x[1] $y[1]', cwd: '/', variables: { x: 'ab', y: ['a', ''] }, arrays: 'zsh' }, { x: 'never', y: 'never' }).env, {});
  });
  test('names the tenth parameter as its shell does', () => {
    const parameters = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'ten'];
    assert.equal(resolved({ line: 'rm $10', cwd: '/', parameters, variables: {}, arrays: 'zsh' }, {}).command, `set -- '' '' '' '' '' '' '' '' '' ten; rm \${10}`);
    assert.equal(resolved({ line: 'rm $10', cwd: '/', parameters, variables: {}, arrays: 'bash' }, {}).command, 'set -- 1; rm $10');
  });

  test('with a value that is not UTF-8 is refused', () => {
    for (const more of [{ variables: { x: { loose: ['\uFFFD'] } } }, { parameters: ['\uFFFD'] }, { variables: { x: '\uFFFD' } }, { variables: { x: ['\uFFFD'] } }]) {
      assert.throws(() => adapter.decode({ payload: JSON.stringify({ line: 'rm $x $1', cwd: '/', ...more }), env: {}, cwd: '/' }), /UTF-8/);
    }
  });
});
