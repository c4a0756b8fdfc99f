import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter as shell } from '../../../src/agents/shell.ts';
import { coveredCmdlets, powershellScript, profileInstallation } from '../../../src/terminal/powershell.ts';
import { agentMarkers } from '../../../src/terminal/markers.ts';
import { effectsOn } from '../core/windows-place.ts';

const script = powershellScript({ shims: 'C:\\il\\shims', launcher: "C:\\d'A\\hook.cmd" });

describe('what PowerShell reads in an agent’s session', () => {
  test('ends at once where no marker is set', () => {
    const [, condition = ''] = /^if \(-not \((.*)\)\) \{ return \}$/m.exec(script) ?? [];
    assert.deepEqual(condition.split(' -or '), agentMarkers.map((name) => `$env:${name}`));
    assert.ok(script.indexOf('return }') < script.indexOf('function'));
  });
  test('only what Windows PowerShell 5.1 knows stands in it', () => assert.doesNotMatch(script, /\?\?|\?\.|&&|\|\||-Parallel|clean \{|ternary/));
  test('is ASCII, whatever the encoding it is read in', () => assert.doesNotMatch(script, /[^\n\x20-\x7E]/));
  for (const { name, module } of coveredCmdlets) {
    test(`${name} asks before it becomes the cmdlet, with the words it was given`, () => {
      const [body = ''] = new RegExp(`^function global:${name} \\{\\n[^]*?^\\}`, 'm').exec(script) ?? [];
      const asks = body.indexOf(`$allowed = _InterlockAllows '${name}' $args`);
      assert.ok(asks > 0 && asks < body.indexOf(`${module}\\${name} @args`));
      // A `throw` behind which PowerShell goes on, as where errors are silenced, must not be followed by the cmdlet.
      assert.deepEqual(body.split('\n').filter((line) => line.includes('@args') && !/^ {2}else(?:if \(\$MyInvocation\.ExpectingInput\))? \{ (?:\$items \| )?[\w.]+\\[\w-]+ @args \}$/.test(line)), []);
      assert.match(body, /if \(-not \(\$allowed -is \[bool\] -and \$allowed\)\) \{ throw '[^']*' \}\n {2}elseif/);
    });
  }
  test('what only looks is not stood in for', () => assert.doesNotMatch(script, /function global:(?:Get|Test|Select|Write)-/));
  test('no word can end the string that it is sent in', () => assert.ok(script.includes(String.raw`-replace "['\u2018\u2019\u201A\u201B]", '$0$0'`)));
});

describe('the rules know what is covered', () => {
  const calls: Readonly<Record<string, string>> = {
    'Remove-Item': "'src' -Recurse -Force", 'Clear-Item': "'src'", 'Clear-Content': "'notes.md'", 'Move-Item': "'notes.md' 'src' -Force", 'Copy-Item': "'notes.md' 'src' -Force", 'Remove-ItemProperty': "'HKLM:\\Software\\X' 'y'", 'Clear-ItemProperty': "'HKLM:\\Software\\X' 'y'",
    'Set-Content': "'notes.md' 'b'", 'New-Item': "'notes.md' -Force", 'Stop-Process': "-Name 'code'", 'Stop-Service': "'x'", 'Set-Service': "'x' -StartupType 'Disabled'", 'Stop-Computer': '', 'Restart-Computer': '', 'Remove-PSDrive': "'X'", 'Clear-RecycleBin': '-Force', 'Restore-Computer': "'3'", 'Disable-ComputerRestore': "'C:\\'",
    'Out-File': "'notes.md'", 'Export-Csv': "'notes.md'", 'Export-Clixml': "'notes.md'", 'Invoke-RestMethod': "'https://api.example/v1/volumes/1' -Method 'Delete'", 'Invoke-WebRequest': "'https://api.example/v1/volumes/1' -Method 'Delete'",
    'Compress-Archive': "'src' 'notes.md' -Force", 'Format-Volume': "-DriveLetter 'D'", 'Clear-Disk': "-Number '1' -RemoveData", 'Initialize-Disk': "-Number '1'", 'Remove-Partition': "-DriveLetter 'D'", 'Reset-PhysicalDisk': "-FriendlyName 'x'",
  };
  for (const { name } of coveredCmdlets) {
    test(`${name} loses something`, () => assert.notDeepEqual(effectsOn('powershell', `${name} ${calls[name] ?? assert.fail('no call')}`), []));
  }
});

describe('what PowerShell sends is judged as PowerShell', () => {
  const action = (request: object): unknown => {
    const decoded = shell.decode({ payload: JSON.stringify(request), env: {}, cwd: '/' });
    return decoded.kind === 'action' && decoded.action.tool === 'shell' ? [decoded.action.shell, decoded.action.command, decoded.action.cwd] : decoded;
  };
  test('a cmdlet with its words', () => assert.deepEqual(action({ powershell: "Remove-Item 'C:\\x' -Recurse", cwd: 'C:\\w' }), ['powershell', "Remove-Item 'C:\\x' -Recurse", 'C:\\w']));
  test('a program with its words is not', () => assert.deepEqual(action({ argv: ['git', 'push', '--force'], cwd: 'C:\\w' }), ['bash', 'git push --force', 'C:\\w']));
  test('a word that is no text is refused', () => assert.throws(() => shell.decode({ payload: JSON.stringify({ powershell: 'Remove-Item \uFFFD', cwd: 'C:\\w' }), env: {}, cwd: '/' })));
});

describe('the line in a profile', () => {
  const profile = profileInstallation('C:\\p\\profile.ps1', 'C:\\il\\shell\\interlock.ps1');
  const originals: readonly (readonly [what: string, text: string])[] = [
    ['empty', ''], ['a line', 'Set-Alias g git\r\n'], ['a line without an end', 'Set-Alias g git'], ['Unix line ends', 'a\nb\n'], ['blank lines at its end', 'a\r\n\r\n\r\n'], ['a mark and a line', '\uFEFFa\r\n'],
  ];
  for (const [what, text] of originals) {
    test(`${what}: goes in once and out without a trace`, () => {
      const installed = profile.install(text, '');
      assert.equal(profile.isInstalled(installed, ''), true);
      assert.equal(profile.install(installed, ''), installed);
      assert.equal(profile.uninstall(installed, '') ?? '', text);
    });
    test(`${what}: what is written behind it later stays`, () => assert.equal(profile.uninstall(`${profile.install(text, '')}later\r\n`, ''), `${text}${text === '' ? '' : ''}later\r\n`));
  }
  test('a profile of its own goes', () => assert.equal(profile.uninstall(profile.install(undefined, ''), ''), undefined));
  test('reads one line in a person’s own session', () => assert.match(profile.install(undefined, ''), /^# [^\r\n]*\r\nif \(\$env:CLAUDECODE -or [^\r\n]*\) \{ if \(Test-Path [^\r\n]*\r\n# [^\r\n]*\r\n$/));
  test('of another place it is put right', () => {
    const moved = profileInstallation('C:\\p\\profile.ps1', 'D:\\other.ps1');
    assert.equal(moved.isInstalled(profile.install('a\r\n', ''), ''), false);
    assert.equal(moved.uninstall(moved.install(profile.install('a\r\n', ''), ''), ''), 'a\r\n');
  });
  test('one that somebody changed is left alone', () => assert.throws(() => profile.install('# Interlock: begin. x\r\n', '')));
  test('a path beyond ASCII is spelt in ASCII', () => {
    const text = profileInstallation('p', 'C:\\Jürgen\\i.ps1').install(undefined, '');
    assert.doesNotMatch(text, /[^\r\n\x20-\x7E]/);
    assert.ok(text.includes(`(-join [char[]](67,58,92,74,252,114,103,101,110,92,105,46,112,115,49))`));
  });
});
