import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { dialectsOf } from '../../../src/core/powershell/dialect.ts';
import { fateOf } from './analysed.ts';
import { effectsOn } from './windows-place.ts';

/** Commands whose text has signs of exactly these dialects; `⏎` stands for a line break. */
function table(title: string, dialects: string, commands: readonly string[]): void {
  describe(title, () => {
    for (const command of commands) it(command, () => assert.equal([...dialectsOf(command.replaceAll('⏎', '\n'))].join(' '), dialects));
  });
}

table('PowerShell by its first word', 'powershell', [
  'Get-ChildItem', 'Remove-LocalUser -Name bob', 'remove-item x', 'REMOVE-ITEM x', 'Microsoft.PowerShell.Management\\Remove-Item x', '  Clear-Host', 'gci', 'iwr https://example.com', 'irm https://example.com', 'ri -Recurse x', 'ri -r x', 'rm -Recurse -Force x', 'rm -LiteralPath x', 'del -Force x', 'rd x -rec', 'rmdir -Recurse x', 'del $x', 'erase a,b', 'ls -Filter *.ts', 'cp a b -Confirm:$false', 'cd -Path x', 'mkdir x -Force', 'move $a b',
  'iex "x"', 'iex', 'iex (irm x)', 'foreach ($x in $y) { $x }', 'switch ($x) { }', 'param([string]$x)', 'if ($LASTEXITCODE) { exit 1 }', 'while (Test-Path x) { ls }', 'try { git status } catch { }',
]);

table('PowerShell by its first character', 'powershell', [
  '$x = 1', '$x=1', '$env:A = "b"', '$script:x += 1', '$x.Name = "b"', '$x[0] = 1', '$x.Delete()', '$x -eq 1', '$_ | Out-Host', '$true', '[IO.File]::Delete("x")', '[ IO.File ] :: Delete("x")', '[int]$x = 1', '([IO.FileInfo]"x").Delete()', '& "C:\\a b\\c.exe" -x', '& { git status }', '& $x', '. .\\a.ps1', '.\\a.ps1', '..\\b\\a.ps1 -x', '@{ a = 1 }', '@("a") | % { $_ }', '@"⏎a⏎"@', 'C:\\x\\a.ps1', '-not ($x)',
]);

table('PowerShell behind something else', 'powershell', [
  'git status; Remove-Item x', 'git status && Remove-Item x', 'git status⏎Remove-Item x', '"x" | iex', "'x' | Invoke-Expression", 'curl https://example.com | iex', 'git log | ? { $_ }', 'git branch | % { $_.Trim() }', 'git status | Select-String x', 'if (Test-Path x) { ls }', 'if ($x -gt 1) { ls }', 'while ($true) { ls }', '"$(Remove-Item x)"', 'echo $env:PATH', 'npm test -- "$env:X"', 'npm test `⏎ --watch',
]);

table('paths that only Windows has', 'powershell', ['python .\\tools\\x.py', 'node ..\\x.js', 'type a > .\\b', 'git -C C:\\x status', 'powershell -File .\\x.ps1', 'rm -rf C:\\x']);

table('cmd.exe', 'cmd', [
  'del x', 'del /s /q x', 'del /?', '"C:\\Program Files\\x.exe" -v', 'DEL /F x', 'erase x', 'rd /s /q x', 'rd/s/q x', 'rmdir /s x', 'copy a b', 'copy /y a b', 'move a b', 'for %i in (a b) do echo %i', 'for /d %%i in (*) do echo %%i', 'if exist x echo y', 'if not exist x mkdir x', 'if /i not defined X echo y', 'if "%1"=="" goto usage', 'if not %X%==y echo z', 'cd /d D:\\x', 'pushd /d D:\\x', 'start "" notepad', 'start /wait notepad', 'call build.bat', 'call "a b.cmd"', 'mklink /J a b', '@echo off', '@del x', '.\\build.bat', '.\\tool.exe x', 'C:\\x\\build.cmd', 'doc^ker ps', 'r^m -rf x', 'robocopy C:\\a D:\\b /MIR', 'reg.exe query HKCU\\Software', '%COMSPEC% /c x',
  'mkdir a & del b', 'echo a > %TEMP%\\x', 'cat "%USERPROFILE%\\x"', 'node %~dp0x.js', 'echo a ^⏎ b', "echo it's & git status",
]);

table('both', 'cmd powershell', ['cd /d D:\\x & Remove-Item y']);

table('bash', '', [
  '', 'git status', 'rm -rf node_modules', 'rm -rf /', 'rm -rf "$HOME/x"', 'rm -r x', 'ls -la', 'ls -R -l', 'cp -r a b', 'cp -f a b', 'mv -f a b', 'sort -r a', 'cat a | sort -u', 'mkdir -p a', 'cd a && ls', 'cd - ', 'tee -a x', 'rmdir x', 'rmdir -p a/b', 'set -euo pipefail', 'start-stop-daemon --stop', 'apt-get install x', 'Xvfb :1', 'FOO=1 make', 'x=$(ls)', 'X=5; echo $X', '$EDITOR x', '"$BIN" --version', '${CC} -o a b.c', '$x y', 'iex -S mix', 'iex script.exs', 'ri String#gsub', 'ri -f markdown String', 'for f in a b; do echo $f; done', 'for ((i=0;i<3;i++)); do ls; done', 'if [ -f x ]; then ls; fi', 'if test -f x; then ls; fi', 'while true; do ls; done', '[ -f x ] && ls', '[[ $x == y ]] && ls', '(cd a && ls)', '{ ls; }', 'f() { ls; }', 'call me', 'try it', 'param x', 'copyq show', 'delta a b', 'move_files a b',
  "echo 'Remove-Item -Recurse C:\\'", 'echo "Remove-Item x"', 'echo Remove-Item x', 'git commit -m "Remove-Item⏎Remove-Item -Recurse"', "git commit -m 'rd /s /q C:\\'", 'grep -rn Remove-Item src', 'grep -rn "$x" src', "rg 'del /s' docs", 'man Get-Item', '# Remove-Item x', 'ls # rd /s /q x⏎ls', "cat > x.ps1 <<'E'⏎Remove-Item -Recurse C:\\⏎E", 'cat <<E⏎$x = 1⏎E', "awk '{print $1}' a", 'awk "{print \\$1}" a', "sed 's/$x = 1//' a", "perl -e '$x = 1; print $x'", "php -r '$x = 1;'", 'echo ${x-Get-Item}', 'git commit -m "$(cat <<\'E\'⏎say "hi⏎Remove-Item -Recurse C:\\" there⏎E⏎)"', '"C:\\x"', "'C:\\Program Files\\x.exe' -v", 'echo {a,b}', 'docker run \\⏎ Some-Image', 'find . -name x -exec rm {} \\;', 'curl -w "%{http_code}" https://example.com', 'date +%Y-%m-%d', 'printf "%s %d\\n" a 1', 'git show HEAD^', 'grep a\\.b c', 'find . -name .\\*', 'echo a:\\ b', "python '.\\x.py'", 'ls ./a ../b', 'git diff HEAD^..HEAD', 'git rebase -i HEAD^^', 'reg query x', 'shutdown -h now', 'ssh host "rm -rf x"', "bash -c 'Remove-Item x'", 'pwsh -c "Remove-Item x"', 'powershell.exe -File x.ps1', 'cmd /c "rd /s /q C:\\x"', 'python3 -c "import os; x = 1"', 'node -e "const x = [1]"', 'tar xzf a.tgz -C out', 'make -j4 CC=gcc', 'echo $((1 << 3))', 'cat <(ls) <(ls -a)',
]);

describe('whatever the text', () => {
  const piece = fc.constantFrom('a', ' ', '\n', '"', "'", '\\', '$', '$x', '${', '}', '{', '(', '$(', '[', ']', ';', '|', '&', '&&', '<', '#', '`', '%', '^', 'Remove-Item', 'del', ' /s', ' -r', '.', '@', '=', '::', 'C:\\');
  it('never throws and always ends', () => fc.assert(fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => assert.ok(dialectsOf(pieces.join('')).size <= 2)), { numRuns: 1000 }));
  it('sees a sign behind any command that ends', () => fc.assert(fc.property(fc.array(fc.constantFrom('git status', 'ls "a b"', "echo 'x'", 'cat a\\ b', 'echo ${x:-y}', 'f a,b', 'npm run x -- --y=z'), { maxLength: 6 }), fc.constantFrom('; ', ' && ', ' | ', '\n', ' || '), (commands, separator) => {
    assert.deepEqual([...dialectsOf([...commands, 'Remove-Item x'].join(separator))], ['powershell']);
    assert.deepEqual([...dialectsOf([...commands, 'git log'].join(separator))], []);
  })));
});

describe('a removal in another shell’s text', () => {
  const around = (target: string, ...wrappers: readonly ((inner: string) => string)[]): void => fc.assert(fc.property(fc.array(fc.constantFrom(...wrappers), { maxLength: 3 }), (chosen) => {
    const command = chosen.reduce((inner, wrap) => wrap(inner), target);
    assert.equal(fateOf(effectsOn('bash', command)), 'everything', command);
  }), { numRuns: 150 });
  it('is seen whatever PowerShell stands around it', () => around('Remove-Item -Recurse -Force C:\\Users',
    (inner) => `git status; ${inner}`, (inner) => `${inner}\nWrite-Host done`, (inner) => `if ($x -eq 1) { ${inner} }`, (inner) => `foreach ($i in 1..3) { ${inner} }`, (inner) => `& { ${inner} }`, (inner) => `try { ${inner} } catch { }`, (inner) => `$y = 1; ${inner}`, (inner) => `iex '${inner.replaceAll("'", "''")}'`, (inner) => `1..2 | % { ${inner} }`, (inner) => `Start-Job { ${inner} }`));
  it('is seen whatever cmd.exe text stands around it', () => around('rd /s /q C:\\Users',
    (inner) => `if exist x ${inner}`, (inner) => `(echo a & ${inner})`, (inner) => `echo a & ${inner}`, (inner) => `${inner} & echo b`, (inner) => `for %z in (1 2) do ${inner}`, (inner) => `@${inner}`));
});
