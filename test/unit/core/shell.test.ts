import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, assert as check, constantFrom, property } from 'fast-check';
import { TooMuch } from '../../../src/core/analysis.ts';
import type { Invocation } from '../../../src/core/invocation.ts';
import { invocationsOf } from './invocations.ts';

const env = { HOME: '/home/dev', TARGET: '/srv/data' };

const invocations = (text: string): Invocation[] => invocationsOf(text, env);
const argvs = (text: string): string[][] => invocations(text).filter(({ argv }) => argv.length > 0).map(({ argv }) => argv.map((word) => word.text));

function table(cases: Readonly<Record<string, string[][]>>): void {
  for (const [text, expected] of Object.entries(cases)) it(text.replaceAll('\n', '⏎'), () => assert.deepEqual(argvs(text), expected));
}

describe('a program hidden by quoting', () => {
  table({
    'rm -rf a': [['rm', '-rf', 'a']],
    "r'm' -r\"f\" a": [['rm', '-rf', 'a']],
    'r\\m -rf a': [['rm', '-rf', 'a']],
    "$'\\x72m' a": [['rm', 'a']],
    "echo 'rm -rf a'": [['echo', 'rm -rf a']],
    'echo "a;rm -rf b"': [['echo', 'a;rm -rf b']],
    'git commit -m "x" # rm -rf a': [['git', 'commit', '-m', 'x']],
  });
});

describe('a program reached through separators and groups', () => {
  table({
    'a; b && c || d & e': [['a'], ['b'], ['c'], ['d'], ['e']],
    '(a; b)': [['a'], ['b']],
    '{ a; b; }': [['a'], ['b']],
    'if a; then b; elif c; then d; else e; fi': [['a'], ['b'], ['c'], ['d'], ['e']],
    'case x in y) rm a;; *) rm b;; esac': [['rm', 'a'], ['rm', 'b']],
    '! time rm a': [['rm', 'a']],
    'coproc rm a': [['rm', 'a']],
    '[[ -n $(rm a) ]]': [['rm', 'a']],
    '(( x = $(rm a) ))': [['rm', 'a']],
    'echo $(rm a)': [['rm', 'a'], ['echo', '$(rm a)']],
    'echo `rm a`': [['rm', 'a'], ['echo', '`rm a`']],
    'cat <(rm a)': [['rm', 'a'], ['cat', '<(rm a)']],
    'x=${y:-$(rm a)}': [['rm', 'a']],
    'x=(1 $(rm a))': [['rm', 'a']],
    'cat <<EOF\n$(rm a)\nEOF': [['rm', 'a'], ['cat']],
    "cat <<'EOF'\n$(rm a)\nEOF": [['cat']],
  });
});

describe('a path hidden in variables', () => {
  table({
    'X=a; rm $X': [['rm', 'a']],
    'X="a b"; rm $X': [['rm', 'a', 'b']],
    'X="a b"; rm "$X"': [['rm', 'a b']],
    'rm $TARGET/x': [['rm', '/srv/data/x']],
    'A=(one "two three"); rm "${A[@]}"': [['rm', 'one', 'two three']],
    'rm ${X:-/tmp/y}': [['rm', '/tmp/y']],
    'X=a; X+=b; rm $X': [['rm', 'ab']],
    'X=a.txt; rm ${X%.txt}': [['rm', 'a']],
    'f() { rm "${@:2}"; }; f x a b': [['rm', 'a', 'b']],
    'set -- x a b; rm "${@:2:1}"': [['set', '--', 'x', 'a', 'b'], ['rm', 'a']],
    'set -- x "a b"; rm "${@: -1}"': [['set', '--', 'x', 'a b'], ['rm', 'a b']],
    'set -- x a; rm "${@:0}"': [['set', '--', 'x', 'a'], ['rm', '${@:0}']],
    'set -- x a; rm "${@:$n}"': [['set', '--', 'x', 'a'], ['rm', '${@:$n}']],
    'set -- x/*; rm "${@:2}"': [['set', '--', 'x/*'], ['rm', '${@:2}']],
    'set -- a.c b.c; rm "${@%.c}"': [['set', '--', 'a.c', 'b.c'], ['rm', 'a', 'b']],
    'set -- a b; rm "${@:-c}"': [['set', '--', 'a', 'b'], ['rm', 'a', 'b']],
    'rm "${@:-c}"': [['rm', 'c']],
    'rm ${@:+-rf} d': [['rm', 'd']],
    'set -- $x a; rm "${@:2}"': [['set', '--', '$x', 'a'], ['rm', '${@:2}']],
    'A=(x a b); rm "${A[@]:1}"': [['rm', 'a', 'b']],
    'A=(a.c b.c); rm "${A[@]/.c/.d}"': [['rm', 'a.d', 'b.d']],
    'set -- 1 2 3 4 5 6 7 8 9 a; rm ${10}': [['set', '--', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a'], ['rm', 'a']],
    'rm {a,b}/{1..2}': [['rm', 'a/1', 'a/2', 'b/1', 'b/2']],
    'rm ~/x ~': [['rm', '/home/dev/x', '/home/dev']],
    'export D=/x; rm $D': [['export', 'D=/x'], ['rm', '/x']],
    'rm $(echo a)': [['echo', 'a'], ['rm', 'a']],
    'rm "$(printf %s/%s a b)"': [['printf', '%s/%s', 'a', 'b'], ['rm', 'a/b']],
    'read X <<< a; rm $X': [['read', 'X'], ['rm', 'a']],
  });

  it('an unset variable is a hole that may be nothing', () => {
    const word = invocations('rm -rf "$UNSET/"*')[0]?.argv[2];
    assert.equal(word?.text, '$UNSET/*');
    assert.deepEqual(word.holes, [{ start: 0, end: 6, mayBeEmpty: true }]);
    assert.deepEqual(word.globs, [7]);
  });
});

describe('a command hidden in loops, functions and aliases', () => {
  table({
    'for f in a b; do rm $f; done': [['rm', 'a'], ['rm', 'b']],
    'f() { rm -rf "$1"; }; f x': [['rm', '-rf', 'x']],
    'f() { f; }; f': [['f']],
    "alias d='rm -rf'; d x": [['alias', 'd=rm -rf'], ['rm', '-rf', 'x']],
    'echo "a\nb" | while read x; do rm $x; done': [['echo', 'a\nb'], ['rm', 'a'], ['rm', 'b']],
    'while true; do rm a; done': [['true'], ['rm', 'a']],
  });
});

describe('a folder changed on the way', () => {
  const folderOf = (text: string): string | undefined => invocations(text).findLast(({ program }) => program === 'rm')?.cwd;
  const cases: Readonly<Record<string, string | undefined>> = {
    'cd /x && rm a': '/x',
    'cd x; rm a': '/w/x',
    'cd ..; rm a': '/',
    '(cd /x); rm a': '/w',
    'cd /x; cd -; rm a': '/w',
    'pushd /x; popd; rm a': '/w',
    'cd; rm a': '/home/dev',
    'cd "$UNKNOWN" && rm a': undefined,
  };
  for (const [text, folder] of Object.entries(cases)) it(text, () => assert.equal(folderOf(text), folder));
});

describe('what a program is fed', () => {
  const fed = (text: string): [string | undefined, boolean | undefined, boolean | undefined] => {
    const last = invocations(text).at(-1);
    return [last?.stdin?.text, last?.stdin?.known, last?.promptsAnswered];
  };
  it('a pipe from echo', () => assert.deepEqual(fed('echo "drop table x" | psql'), ['drop table x\n', true, false]));
  it('a here-document', () => assert.deepEqual(fed('psql <<EOF\ndrop table x\nEOF'), ['drop table x\n', true, false]));
  it('a pipe from anything else', () => assert.deepEqual(fed('curl x | sh'), ['', false, false]));
  it('base64', () => assert.deepEqual(fed('echo cm0gLXJmIGE= | base64 -d | sh'), ['rm -rf a', true, false]));
  it('yes', () => assert.deepEqual(fed('yes | terraform destroy')[2], true));
  it('echo y', () => assert.deepEqual(fed('echo y | terraform destroy')[2], true));
});

describe('text nobody should walk', () => {
  it('an unclosed block keeps what came before and says so', () => {
    const analysisOf = (text: string): boolean => argvs(text).some(([program]) => program === 'rm');
    assert.ok(analysisOf('rm -rf x\nif true; then'));
  });
  it('deep nesting is refused', () => assert.throws(() => invocations('$('.repeat(60)), TooMuch));
  it('a very long text is refused', () => assert.throws(() => invocations('a '.repeat(200_000)), TooMuch));
  it('a bomb of braces stays bounded', () => assert.ok(argvs('rm {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}')[0]!.length <= 513));
  it('any text ends in a walk or in TooMuch', () => {
    const pieces = constantFrom('rm', ' ', '-rf', '$(', ')', '`', '"', "'", '{', '}', ',', ';', '|', '&', '<<EOF', '\n', '$X', '${X', '}', 'for x in', 'do', 'done', 'if', 'fi', '((', '))', '[[', ']]', 'f()', '=', 'a', '~', '*', '>', '<(');
    check(property(array(pieces, { maxLength: 60 }), (parts) => {
      try {
        invocations(parts.join(''));
      } catch (error) {
        assert.ok(error instanceof TooMuch, String(error));
      }
    }), { numRuns: 500 });
  });
});
