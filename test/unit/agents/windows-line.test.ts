import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, test } from 'node:test';
import type { HookStart } from '../../../src/agents/adapter.ts';
import { adapters } from '../../../src/agents/all.ts';
import { powershellWord, windowsLine, windowsProgram, windowsStarts, type WindowsShell } from '../../../src/agents/windows-line.ts';

const PLAIN = String.raw`C:\Users\dev\AppData\Local\Interlock\hook.cmd`;
const BLANK = String.raw`C:\Users\De Vries\AppData\Local\Interlock\hook.cmd`;
const POWERSHELL = 'powershell.exe -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand';

/** What PowerShell is asked to run by a line that ends in its encoded form. */
function decoded(line: string): string {
  assert.match(line, /^[A-Za-z0-9+/=. -]+$/, 'a character that a shell could take for something');
  assert.ok(line.startsWith(`${POWERSHELL} `), line);
  return Buffer.from(line.slice(POWERSHELL.length + 1), 'base64').toString('utf16le');
}

const called = (path: string): string => `$global:LASTEXITCODE = 2; & '${path}' gemini-cli; exit $global:LASTEXITCODE`;
const anywhere = String.raw`C:\\Users\\dev\\AppData\\Local\\Interlock\\hook.cmd gemini-cli ; exit $LASTEXITCODE`;

describe('the line for a launcher whose path is plain', () => {
  const lines: Readonly<Record<WindowsShell, string>> = {
    powershell: called(PLAIN),
    'powershell call': `${PLAIN} gemini-cli`,
    cmd: `${PLAIN} gemini-cli`,
    'powershell or cmd': anywhere,
    'program or PowerShell': PLAIN,
    unknown: anywhere,
  };
  for (const [shell, line] of Object.entries(lines)) test(`by ${shell}`, () => assert.equal(windowsLine(PLAIN, 'gemini-cli', shell as WindowsShell), line));
});

describe('the line for a launcher whose path holds', () => {
  const paths: readonly (readonly [what: string, path: string, inPowerShell?: string])[] = [
    ['a blank', BLANK],
    ['an apostrophe', String.raw`C:\Users\d'Arc\hook.cmd`, String.raw`C:\Users\d''Arc\hook.cmd`],
    ['a typographic apostrophe, which PowerShell takes for one', 'C:\\Users\\d’Arc\\hook.cmd', 'C:\\Users\\d’’Arc\\hook.cmd'],
    ['an ampersand', String.raw`C:\Users\R&D\hook.cmd`],
    ['what looks like a variable to cmd.exe', String.raw`C:\Users\%USERNAME%\hook.cmd`],
    ['what looks like a variable to PowerShell', String.raw`C:\Users\$HOME\hook.cmd`],
    ['a bracket', String.raw`C:\Users\x (y)\hook.cmd`],
    ['a caret', String.raw`C:\Users\x^y\hook.cmd`],
    ['a backtick', 'C:\\Users\\x`y\\hook.cmd'],
    ['a share', String.raw`\\server\home\hook.cmd`],
  ];
  for (const [what, path, inPowerShell = path] of paths) {
    test(`${what}: PowerShell gets it as one word`, () => assert.equal(windowsLine(path, 'gemini-cli', 'powershell'), called(inPowerShell)));
    test(`${what}: cmd.exe gets no character of it`, () => assert.equal(decoded(windowsLine(path, 'gemini-cli', 'cmd')), called(inPowerShell)));
    test(`${what}: a shell that is not known gets no character of it`, () => assert.equal(decoded(windowsLine(path, 'gemini-cli', 'unknown')), called(inPowerShell)));
    test(`${what}: a word behind the call operator`, () => assert.equal(windowsLine(path, 'gemini-cli', 'powershell call'), `'${inPowerShell}' gemini-cli`));
  }
  test('letters of any language: nothing', () => assert.equal(windowsLine('C:\\Users\\Jürgen\\hook.cmd', 'gemini-cli', 'cmd'), 'C:\\Users\\Jürgen\\hook.cmd gemini-cli'));
});

describe('the launcher as a program of Windows', () => {
  test('through cmd.exe', () => assert.deepEqual(windowsProgram(PLAIN, ['cursor']), { command: 'cmd.exe', args: ['/d', '/c', PLAIN, 'cursor'] }));
  test('a blank is quoted on the way and stays', () => assert.deepEqual(windowsProgram(BLANK, ['cursor']).args, ['/d', '/c', BLANK, 'cursor']));
  test('what cmd.exe would cut at goes through PowerShell', () => {
    const { command, args } = windowsProgram(String.raw`C:\R&D\hook.cmd`, ['gemini-cli']);
    assert.equal(decoded([command, ...args].join(' ')), called(String.raw`C:\R&D\hook.cmd`));
  });
});

describe('a word of PowerShell', () => {
  for (const [text, word] of [['a', "'a'"], ['', "''"], ["it's", "'it''s'"], ['‘a’‚‛', "'‘‘a’’‚‚‛‛'"], ['$x `n "y"', "'$x `n \"y\"'"]] as const) test(text || 'nothing', () => assert.equal(powershellWord(text), word));
});

describe('a line is proved alive by the shell it is for', () => {
  const byPowerShell = { program: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', 'x y'] };
  const byCmd = { program: 'cmd.exe', args: ['/d', '/s', '/c', '"x y"'], verbatim: true };
  const starts: Readonly<Record<WindowsShell, readonly object[]>> = {
    powershell: [byPowerShell],
    'powershell call': [{ ...byPowerShell, args: [...byPowerShell.args.slice(0, -1), '$OutputEncoding = [Text.UTF8Encoding]::new(); $input | & x y; exit $LASTEXITCODE'] }],
    cmd: [byCmd],
    'powershell or cmd': [byPowerShell, byCmd],
    'program or PowerShell': [byPowerShell],
    unknown: [byPowerShell, byCmd],
  };
  for (const [shell, start] of Object.entries(starts)) test(shell, () => assert.deepEqual(windowsStarts('x y', shell as WindowsShell), start));
  test('one word is a program', () => assert.deepEqual(windowsStarts('x', 'program or PowerShell'), [{ ...byCmd, args: ['/d', '/s', '/c', '"x"'] }]));
});

test('the bash of Git reads the line for any shell as the launcher, its words and its code', { skip: process.platform === 'win32' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'il '));
  try {
    writeFileSync(join(folder, PLAIN), '#!/bin/sh\nprintf "%s." "$#" "$@"\nexit 2\n', { mode: 0o755 });
    const { stdout, status } = spawnSync('bash', ['-c', windowsLine(PLAIN, 'gemini-cli', 'unknown')], { encoding: 'utf8', env: { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` } });
    assert.deepEqual({ stdout, status }, { stdout: '1.gemini-cli.', status: 2 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('what each agent is given on Windows', () => {
  const line = (text: string): HookStart => ({ line: text });
  const through = (id: string): HookStart => ({ program: 'cmd.exe', args: ['/d', '/c', PLAIN, id] });
  const call = (id: string): HookStart => line(called(PLAIN).replace('gemini-cli', id));
  const any = (id: string): HookStart => line(anywhere.replace('gemini-cli', id));
  const bare = (words: string): HookStart => line(`${PLAIN} ${words}`);
  const expected: Readonly<Record<string, HookStart>> = {
    'claude-code': through('claude-code'), auggie: through('auggie'),
    'gemini-cli': call('gemini-cli'), 'qwen-code': call('qwen-code'), copilot: call('copilot'), windsurf: call('windsurf'),
    cursor: bare('cursor'), droid: bare('droid'), antigravity: bare('antigravity PreToolUse'),
    codex: any('codex'), devin: any('devin'), kiro: any('kiro'),
    grok: line(PLAIN),
  };
  for (const adapter of adapters) {
    const installation = adapter.installation('C:\\Users\\dev');
    const starts = installation.hooks?.(installation.install(undefined, PLAIN), PLAIN).map(({ start }) => start) ?? [];
    // Plugins and files of their own are started in other ways.
    if (starts.every((start) => 'plugin' in start || ('program' in start && start.program === 'powershell.exe') || !('line' in start || start.args.includes(PLAIN)))) continue;
    test(adapter.title, () => assert.deepEqual(new Set(starts.map((start) => JSON.stringify(start))), new Set([JSON.stringify(expected[adapter.id])])));
    test(`${adapter.title}: a line has the shell it is for`, () => assert.equal(adapter.windows !== undefined, starts.some((start) => 'line' in start)));
    for (const launcher of [PLAIN, BLANK, String.raw`C:\R&D\hook.cmd`]) {
      test(`${adapter.title}: ${launcher} is known again and goes without a trace`, () => {
        const text = installation.install('{"version": 1}\n', launcher);
        assert.equal(installation.isInstalled(text, launcher), true);
        assert.deepEqual(JSON.parse(installation.uninstall(text, launcher) ?? '{"version":1}'), { version: 1 });
      });
    }
  }
});
