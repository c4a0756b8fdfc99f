import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { batchShim, canHaveBatchShims } from '../../../src/terminal/batch-shims.ts';
import { coveredPrograms } from '../../../src/terminal/covered-programs.ts';
import { installedOnWindows } from '../../../src/terminal/installed-programs.ts';
import { writeWindowsFiles } from '../../../src/terminal/windows-files.ts';

const place = { node: 'C:\\Program Files\\Code\\Code.exe', program: 'C:\\il\\bin\\hook.js', root: 'C:\\il' };
const lines = (program: string): readonly string[] => batchShim({ program, harmless: { first: ['status', 'rev-parse'] } }, place).split('\r\n');

describe('a batch file that stands in for a program', () => {
  const git = lines('git');
  test('has Windows line ends and nothing else', () => assert.ok(!batchShim({ program: 'git' }, place).replaceAll('\r\n', '').match(/[\r\n]/)));
  test('is known by its second line', () => assert.equal(git[1], 'rem Interlock: asks before an agent runs this program'));
  test('takes no variable apart before it has put its words where they are', () => assert.equal(git[2], 'setlocal EnableExtensions DisableDelayedExpansion'));
  test('names the words that need no asking', () => assert.ok(git.includes('set "INTERLOCK_HARMLESS=first status rev-parse"')));
  test('runs nothing but Node, with its words once and as they come', () => {
    const started = git.filter((line) => /^"[%!]INTERLOCK_NODE[%!]"/.test(line));
    assert.deepEqual(started, ['"!INTERLOCK_NODE!" "C:\\il\\bin\\hook.js" stand-in git', '"%INTERLOCK_NODE%" "C:\\il\\bin\\hook.js" stand-in git %*']);
    assert.equal(git.filter((line) => line.includes('%*')).length, 1);
  });
  test('what cmd.exe takes for more commands never runs: it ends with the program', () => assert.equal(git[git.indexOf('"!INTERLOCK_NODE!" "C:\\il\\bin\\hook.js" stand-in git') + 1], 'if not "!ERRORLEVEL!"=="1230195532" exit !ERRORLEVEL!'));
  test('without a Node it runs nothing', () => assert.deepEqual(git.slice(git.indexOf(':missing') + 1, -1).at(-1), 'exit /b 126'));
  test('nothing that only the launcher says is taken from the environment', () => {
    for (const name of ['INTERLOCK_REQUEST', 'INTERLOCK_SO_FAR', 'INTERLOCK_SINCE']) assert.ok(git.includes(`set "${name}="`), name);
  });
});

describe('there are batch files only where every path means itself', () => {
  const paths: readonly (readonly [path: string, can: boolean])[] = [
    ['C:\\il', true], ['C:\\Users\\De Vries\\il', true], ['C:\\Users\\Jürgen (x)\\il', true], ["C:\\Users\\d'A\\il", true],
    ['C:\\100%\\il', false], ['C:\\a!\\il', false], ['C:\\a^b', false], ['C:\\R&D', false], ['C:\\a=b', false], ['\\\\server\\il', false],
  ];
  for (const [root, can] of paths) test(`${root}: ${can ? 'yes' : 'no'}`, () => assert.equal(canHaveBatchShims({ ...place, root }), can));
});

describe('the programs of Windows that are covered', () => {
  test('are also the shells whose own commands no stand-in sees', () => {
    const programs = new Set(coveredPrograms('windows').map(({ program }) => program));
    for (const program of ['cmd', 'powershell', 'pwsh', 'diskpart', 'vssadmin', 'robocopy', 'git', 'terraform']) assert.ok(programs.has(program), program);
  });
  test('leave programs of that name alone elsewhere', () => {
    const programs = new Set(coveredPrograms().map(({ program }) => program));
    for (const program of ['cmd', 'print', 'net', 'sc', 'format']) assert.ok(!programs.has(program), program);
  });
});

describe('the folder of stand-ins', () => {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'il-windows-'));
  // Here paths of Windows are names of one file, so that all of it lies in one folder.
  before(() => process.chdir(folder));
  after(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  test('has those programs that are there, by their files without the ending, whatever its letters', async () => {
    mkdirSync('C:\\Git');
    mkdirSync('C:\\shims');
    for (const name of ['C:\\Git/Git.EXE', 'C:\\Git/terraform.cmd', 'C:\\Git/readme.txt', 'C:\\shims/kubectl.cmd', 'C:\\shims/.interlock-shims']) writeFileSync(name, '');
    const found = await installedOnWindows(['git', 'terraform', 'readme', 'kubectl', 'helm'].map((program) => ({ program })), { Path: 'C:\\Git;C:\\shims;C:\\missing;relative;' });
    assert.deepEqual(found.map(({ program }) => program), ['git', 'terraform']);
  });

  const written = new Map<string, string>();
  const write = async (programs: readonly string[], node = place.node): Promise<void> => writeWindowsFiles({ ...place, node, launcher: 'C:\\il\\hook.cmd' }, programs.map((program) => ({ program })), async (path, text) => void written.set(path, text));
  const shims = (): readonly string[] => readdirSync('C:\\il/shims').toSorted();

  test('has a batch file for each, and PowerShell its script', async () => {
    await write(['git', 'terraform', 'not a program', '..']);
    assert.deepEqual(shims(), ['.interlock-shims', 'git.cmd', 'terraform.cmd']);
    assert.equal(readFileSync('C:\\il/shims/git.cmd', 'utf8'), batchShim({ program: 'git' }, place));
    assert.deepEqual([...written.values()].map((text) => text.slice(0, 13)), ['\uFEFF# Interlock:']);
  });
  test('loses those of programs that are no longer covered, and nothing else', async () => {
    writeFileSync('C:\\il/shims/mine.cmd', '@echo off\r\n');
    await write(['git']);
    assert.deepEqual(shims(), ['.interlock-shims', 'git.cmd', 'mine.cmd']);
  });
  test('has none where a path means something to cmd.exe', async () => {
    await write(['git'], 'C:\\100%\\Code.exe');
    assert.deepEqual(shims(), ['.interlock-shims', 'mine.cmd']);
  });
});
