/**
 * The shell that an agent hands a hook's line to on Windows. `powershell call`: the line stands behind PowerShell's own `&`, with the
 * payload piped to it. `program or PowerShell`: a line without a blank is started without a shell.
 */
export type WindowsShell = 'powershell' | 'powershell call' | 'cmd' | 'powershell or cmd' | 'program or PowerShell' | 'unknown';

/** A line as Windows starts it; `verbatim`: the words stand in the command line as they are. */
export interface WindowsStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly verbatim?: true;
}

/** A path that is one word to cmd.exe and PowerShell without any quotes, so that no quotes can be lost on its way through an agent. */
const PLAIN_PATH = /^[A-Za-z]:[\p{L}\p{N}_.\\~-]+$/u;
/** The same with blanks, for cmd.exe, which takes quotes off where anything else stands in between: https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmd */
const PLAIN_WITH_BLANKS = /^[A-Za-z]:[\p{L}\p{N}_.\\~ -]+$/u;

/** One word of PowerShell, which takes typographic single quotes for its own: https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules */
export function powershellWord(text: string): string {
  return `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
}

/** The line by which an agent with this shell asks the launcher; `words` need no quotes anywhere. */
export function windowsLine(launcher: string, words: string, shell: WindowsShell): string {
  const plain = PLAIN_PATH.test(launcher);
  switch (shell) {
    case 'powershell':
      return call(launcher, words);
    case 'powershell call':
      return `${plain ? launcher : powershellWord(launcher)} ${words}`;
    case 'cmd':
      return plain ? `${launcher} ${words}` : encoded(launcher, words);
    case 'powershell or cmd':
      return plain ? anywhere(launcher, words) : call(launcher, words);
    case 'program or PowerShell':
      return plain ? launcher : encoded(launcher, words);
    case 'unknown':
      return plain ? anywhere(launcher, words) : encoded(launcher, words);
  }
}

/** How such a line is started, by each of the shells that it may come to. */
export function windowsStarts(line: string, shell: WindowsShell): readonly WindowsStart[] {
  switch (shell) {
    case 'powershell':
      return [byPowerShell(line)];
    case 'powershell call':
      return [byPowerShell(`$OutputEncoding = [Text.UTF8Encoding]::new(); $input | & ${line}; exit $LASTEXITCODE`)];
    case 'cmd':
      return [byCmd(line)];
    case 'program or PowerShell':
      return [/\s/.test(line) ? byPowerShell(line) : byCmd(line)];
    case 'powershell or cmd':
    case 'unknown':
      return [byPowerShell(line), byCmd(line)];
  }
}

/** The launcher as a program and its words, where no shell reads them: a batch file cannot be started by itself. */
export function windowsProgram(launcher: string, words: readonly string[]): { readonly command: string; readonly args: readonly string[] } {
  if (PLAIN_WITH_BLANKS.test(launcher)) return { command: 'cmd.exe', args: ['/d', '/c', launcher, ...words] };
  const [command, ...args] = encodedWords(launcher, words.join(' '));
  return { command, args };
}

/**
 * PowerShell ends with 1 whatever a program ended with, unless it is told to: https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_powershell_exe (-Command).
 * A launcher that is not there sets no code, so that the one of a refusal stands.
 */
function call(launcher: string, words: string): string {
  return `$global:LASTEXITCODE = 2; & ${powershellWord(launcher)} ${words}; exit $global:LASTEXITCODE`;
}

/**
 * One text for PowerShell, cmd.exe and the bash of Git: two backslashes are one to bash, and to Windows as well; to cmd.exe the end is
 * words for a batch file, which the launcher leaves alone, to the others an `exit` with the code of what was run.
 */
function anywhere(launcher: string, words: string): string {
  return `${launcher.replaceAll('\\', '\\\\')} ${words} ; exit $LASTEXITCODE`;
}

function encoded(launcher: string, words: string): string {
  return encodedWords(launcher, words).join(' ');
}

/** Words without a character that means anything to any shell. It takes a second PowerShell, and so a moment more. */
function encodedWords(launcher: string, words: string): readonly [string, ...string[]] {
  return ['powershell.exe', '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', Buffer.from(call(launcher, words), 'utf16le').toString('base64')];
}

function byPowerShell(line: string): WindowsStart {
  return { program: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', line] };
}

/** `/s` has it take off the outer quotes and nothing else. */
function byCmd(line: string): WindowsStart {
  return { program: 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}
