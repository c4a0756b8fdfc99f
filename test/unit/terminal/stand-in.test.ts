import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { harmlessText, needsNoAsking, realProgram, realStart, standInCall, wordsOf } from '../../../src/terminal/stand-in.ts';

const SHIM = String.raw`C:\Users\De Vries\AppData\Local\Interlock\shims\git.cmd`;
const PLAIN = String.raw`C:\il\shims\git.cmd`;
const COMSPEC = String.raw`C:\Windows\system32\cmd.exe`;

describe('the words of a stand-in that was started as a program', () => {
  const lines: readonly (readonly [what: string, line: string, file: string, tail: string | undefined])[] = [
    ['as PowerShell starts a batch file', `${COMSPEC} /c ""${SHIM}" show HEAD^"`, SHIM, 'show HEAD^'],
    ['without quotes around its path', `${COMSPEC} /c "${PLAIN} log --format=%h a&b"`, PLAIN, 'log --format=%h a&b'],
    ['with a quoted path to cmd.exe', `"${COMSPEC}" /C ""${PLAIN}" x"`, PLAIN, 'x'],
    ['in other letters', `${COMSPEC} /c "${PLAIN.toUpperCase()} status"`, PLAIN, 'status'],
    ['without words', `${COMSPEC} /c "${PLAIN}"`, PLAIN, ''],
    ['with quotes at its end', `${COMSPEC} /c ""${SHIM}" commit -m "a b""`, SHIM, 'commit -m "a b"'],
    ['by what starts cmd.exe itself, and escapes with carets', `${COMSPEC} /d /s /c "${PLAIN} ^"show^" ^"HEAD^^^""`, PLAIN, '"show" "HEAD^"'],
    ['another program', `${COMSPEC} /c "C:\\other\\git.cmd push"`, PLAIN, undefined],
    ['a program that only begins alike', `${COMSPEC} /c "${PLAIN}x push"`, PLAIN, undefined],
    ['more than one command', `${COMSPEC} /c "echo 1 & ${PLAIN} push"`, PLAIN, undefined],
    ['no command', COMSPEC, PLAIN, undefined],
  ];
  for (const [what, line, file, tail] of lines) {
    test(what, () => assert.equal(standInCall(['not', 'these'], { INTERLOCK_LINE: line, INTERLOCK_SHIM: file })?.tail, tail));
  }
  test('what cannot be understood is no call', () => assert.equal(standInCall([], { INTERLOCK_LINE: 'x', INTERLOCK_SHIM: PLAIN }), undefined));
  test('from a prompt the words are those of cmd.exe', () => assert.deepEqual(standInCall(['push', ''], {}), { words: ['push', ''] }));
});

describe('a command line is taken apart as programs do', () => {
  const lines: Readonly<Record<string, readonly string[]>> = {
    '': [], 'a b': ['a', 'b'], '  a\t b ': ['a', 'b'], '"a b" c': ['a b', 'c'], '""': [''], 'a"b c"d': ['ab cd'], 'a\\b': ['a\\b'], '\\\\server\\x': ['\\\\server\\x'],
    'a\\"b': ['a"b'], '"a\\\\" b': ['a\\', 'b'], '"a\\\\\\"b"': ['a\\"b'], '"a""b"': ['a"b'], 'HEAD^ a&b %x%': ['HEAD^', 'a&b', '%x%'], '"C:\\x y\\"': ['C:\\x y"'],
  };
  for (const [line, words] of Object.entries(lines)) test(line || 'nothing', () => assert.deepEqual(wordsOf(line), words));
});

describe('who is asked', () => {
  const agent = { CLAUDECODE: '1', INTERLOCK_HARMLESS: harmlessText({ first: ['status', 'rev-parse'] }) };
  const without = { CLAUDECODE: '1', INTERLOCK_HARMLESS: harmlessText({ without: ['-delete'] }) };
  const cases: readonly (readonly [what: string, words: readonly string[], env: Readonly<Record<string, string>>, passes: boolean])[] = [
    ['a person', ['push', '--force'], {}, true],
    ['a person, where a marker is empty', ['push', '--force'], { CLAUDECODE: '' }, true],
    ['an agent that forces', ['push', '--force'], agent, false],
    ['an agent that looks', ['status', '--short'], agent, true],
    ['an agent that names what may be a secret', ['status', 'api-token'], agent, false],
    ['an agent that says a long word', ['status', 'a'.repeat(20)], agent, false],
    ['an agent that says something odd', ['status', '$(x)'], agent, false],
    ['an agent that says nothing', [], agent, false],
    ['an agent that asks for the version', ['--version'], { CLAUDECODE: '1' }, true],
    ['an agent that asks for the version of something', ['--version', 'x'], { CLAUDECODE: '1' }, false],
    ['an agent that finds', ['src', '-name', 'a.ts'], without, true],
    ['an agent that finds and deletes', ['src', '-delete'], without, false],
    ['an agent, where nothing is known to be harmless', ['status'], { CLAUDECODE: '1', INTERLOCK_HARMLESS: '' }, false],
  ];
  for (const [what, words, env, passes] of cases) test(`${what}: ${passes ? 'nobody' : 'the gate'}`, () => assert.equal(needsNoAsking('git', { words }, env), passes));
  test('a script is always asked about', () => assert.equal(needsNoAsking('x.sh', { words: ['--version'] }, { CLAUDECODE: '1' }), false));
});

describe('the program that is stood in for', () => {
  const there = new Set(['C:\\il\\shims\\git.cmd', 'C:\\il\\shims\\.interlock-shims', 'C:\\Git\\cmd\\git.exe', 'C:\\node\\git.cmd', 'D:\\last\\git.bat']);
  const find = (env: Readonly<Record<string, string>>): string | undefined => realProgram('git', env, (path) => there.has(path));
  test('beyond the stand-ins', () => assert.equal(find({ Path: 'C:\\il\\shims;C:\\Git\\cmd;C:\\node' }), 'C:\\Git\\cmd\\git.exe'));
  test('the first folder counts before the first ending', () => assert.equal(find({ PATH: 'C:\\node;C:\\Git\\cmd' }), 'C:\\node\\git.cmd'));
  test('quotes around a folder mean nothing', () => assert.equal(find({ PATH: '"C:\\Git\\cmd"' }), 'C:\\Git\\cmd\\git.exe'));
  test('endings as the machine has them', () => assert.equal(find({ PATH: 'C:\\Git\\cmd;D:\\last', PATHEXT: '.BAT' }), 'D:\\last\\git.bat'));
  test('nowhere but in stand-ins', () => assert.equal(find({ PATH: 'C:\\il\\shims;relative' }), undefined));
});

describe('how it is started', () => {
  test('with the line as it was written', () => assert.deepEqual(realStart('C:\\g\\git.exe', { words: ['show', 'HEAD^'], tail: 'show  "HEAD^"' }), { program: 'C:\\g\\git.exe', args: ['show  "HEAD^"'], verbatim: true }));
  test('with the words of a prompt', () => assert.deepEqual(realStart('C:\\g\\git.exe', { words: ['a b', ''] }), { program: 'C:\\g\\git.exe', args: ['a b', ''], verbatim: false }));
  test('a batch file through cmd.exe', () => assert.deepEqual(realStart('C:\\n x\\npm.cmd', { words: [], tail: 'run a' }), { program: 'cmd.exe', args: ['/d', '/s', '/c', '""C:\\n x\\npm.cmd" run a"'], verbatim: true }));
  test('a word that cmd.exe would cut at is quoted for it', () => assert.deepEqual(realStart('C:\\n\\npm.cmd', { words: ['run', 'a&b', 'c"d', ''] }).args.at(-1), '""C:\\n\\npm.cmd" run "a&b" "c""d" """'));
});
