import { builtinAliases } from './aliases.ts';
import { cmdlets } from './cmdlets.ts';
import { programNames } from './programs.ts';
import { isListedLoss } from './system-cmdlets.ts';

/** The shells of Windows. */
export type Dialect = 'powershell' | 'cmd';

/** What follows a word that makes the two a sign of a dialect; read from the end of the word on. */
interface Sign {
  readonly dialect: Dialect;
  readonly follows: RegExp;
}

const anything = /(?:)/y;
const nothing = /[ \t]*(?:[;|&)}\n]|$)/y;
/** Parameters that no Unix program of an alias's name has, anywhere in the command. */
const parameter = /[^;|&\n]{0,400}?\s-(?:rec|recur|recurse|fo|force|path|literalpath|lp|filter|include|exclude|whatif|wi|confirm|ea|erroraction|destination|itemtype|scriptblock|computername|uri|method|outfile|infile|body|usebasicparsing)(?=[\s:;|&)}]|$)/iy;
/** Any beginning of `-Recurse`. */
const recurse = /[^;|&\n]{0,400}?\s-r[ecurs]{0,6}(?=[\s:;|&)}]|$)/iy;
const slashSwitch = /(?:\/[a-z]|[^;|&\n]{0,400}?\s\/[a-z?](?=[\s/:;|&)]|$))/iy;
const variable = /[^;|&\n]{0,400}?[$,]/y;
const backslash = /[^;|&\n]{0,400}?[\\%]/y;
const block = /\s*\([^\n{;]{1,200}\)\s*\{/y;
const bracket = /\s*(?:-\w+\s*)?\(\s*[$[(]/y;

const powershell = (...follows: readonly RegExp[]): readonly Sign[] => follows.map((pattern) => ({ dialect: 'powershell', follows: pattern }));
const cmd = (...follows: readonly RegExp[]): readonly Sign[] => follows.map((pattern) => ({ dialect: 'cmd', follows: pattern }));

/** Both shells have these: switches with a slash are cmd.exe's, parameters, variables and commas PowerShell's. */
const removes = [...cmd(slashSwitch), ...powershell(parameter, recurse, variable, nothing), ...cmd(anything)];
const copies = [...cmd(slashSwitch), ...powershell(parameter, variable), ...cmd(anything)];

/** Signs by the word at the head of a command, in lower case; the first that fits holds. */
const signsByWord: ReadonlyMap<string, readonly Sign[]> = new Map([
  ...Object.keys(builtinAliases).map((alias): [string, readonly Sign[]] => [alias, powershell(parameter)]),
  ...[...programNames].flatMap((program): [string, readonly Sign[]][] => [[program, cmd(backslash)], [`${program}.exe`, cmd(backslash)]]),
  ...['gci', 'iwr', 'irm', 'icm', 'clc', 'rni', 'sajb'].map((alias): [string, readonly Sign[]] => [alias, powershell(anything)]),
  ...['foreach', 'switch', 'param'].map((word): [string, readonly Sign[]] => [word, powershell(bracket)]),
  ['del', removes], ['erase', removes], ['rd', removes],
  ['copy', copies], ['move', copies],
  ['rmdir', [...cmd(slashSwitch), ...powershell(parameter, recurse)]],
  ['ri', powershell(parameter, recurse)],
  // Elixir's shell has the same name, and is given options or a file.
  ['iex', powershell(/\s*(?:$|[;|&)}\n('"$]|-c)/iy)],
  ['try', powershell(/\s*\{/y)],
  ['for', cmd(/\s+(?:\/[dflr]\b|%)/iy)],
  ['if', [...cmd(/\s+(?:\/i\s+)?(?:not\s+)?(?:(?:exist|defined|errorlevel)\s|"?[%!][^\s=]{1,60}==)/iy), ...powershell(block)]],
  ['elseif', powershell(block)], ['while', powershell(block)],
  ['cd', [...cmd(/\s+\/d\s/iy), ...powershell(parameter)]],
  ['pushd', [...cmd(/\s+\/d\s/iy), ...powershell(parameter)]],
  ['start', [...cmd(/\s+(?:""|\/[a-z])/iy), ...powershell(parameter)]],
  ['call', cmd(/\s+(?:"[^"\n]{1,200}\.(?:bat|cmd)"|[^\s"]+\.(?:bat|cmd)\b|:\w|(?:del|erase|rd|rmdir)\b)/iy)],
  ['mklink', cmd(anything)],
  ['echo', []], ['write', []],
]);

/** The dialect that a word at the head of a command is a sign of, with the text that follows it. */
export function dialectOfCommand(word: string, text: string, after: number): Dialect | undefined {
  if (word.includes('^') && /^[a-z]{1,20}(?:\^[a-z]{1,20}){1,20}$/i.test(word)) return 'cmd';
  if (word.includes('-') && isCmdlet(word.slice(word.lastIndexOf('\\') + 1))) return 'powershell';
  return signsByWord.get(word.toLowerCase())?.find(({ follows }) => fits(follows, text, after))?.dialect;
}

/** `Remove-Item`, in any letter case where the cmdlet is known. */
function isCmdlet(name: string): boolean {
  return /^[A-Z][a-z][A-Za-z]*-[A-Z][A-Za-z]\w*$/.test(name) || cmdlets.has(name.toLowerCase()) || isListedLoss(name.toLowerCase());
}

/** What a command of PowerShell may begin with besides a name, by the first character. bash cannot read it, or takes it for a program of an impossible name. */
const powershellHeads: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ['$', [
    // `$x = 1`, `$x.y += 1`, `$x::Delete()`
    /\$(?:\w+:)?\w+(?:\.\w+|\[[^\]\n]{1,60}\])*\s*(?:[-+*/]?=(?!=)|::)/y,
    /\$\w+(?:\.\w+)+\(/y,
    /\$\w+(?:\.\w+)*\s+-(?:and|or|eq|ne|gt|ge|lt|le|i?like|notlike|i?match|notmatch|contains|in|notin|is|replace|split|join|f)\s/iy,
    /\$(?:true|false|null|_|psitem|psscriptroot|lastexitcode)\b/iy,
  ]],
  // `[IO.File]::Delete('x')`, `[int]$x = 1`
  ['[', [/\[\s*[a-z_][\w.]*(?:\[\])?\s*\]\s*(?:::|[$'"@([])/iy]],
  ['&', [/&\s*["'${(.a-z]/iy]],
  ['.', [/\.\s+(?:\.{1,2}\\|[a-z]:\\|\{|\$)/iy, /\.{1,2}\\[\w.\\ -]{1,200}\.ps1\b/iy]],
  ['@', [/@[({]|@["']\r?\n/y]],
  ['%', [/%\s*\{/y]],
  ['?', [/\?\s*\{/y]],
  ['-', [/-not\s*[($]/iy]],
]);
const cmdHeads: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ['@', [/@+[a-z]/iy]],
  ['%', [/%[\w~:]{1,40}%/y]],
  ['.', [/\.{1,2}\\[\w.-]/y]],
  // In PowerShell a quoted path is only a text.
  ['"', [/"[a-z]:\\[^"\n]{1,250}"[ \t]+[\w/-]/iy]],
]);

/** The dialect that a command beginning with something other than a letter is a sign of. */
export function dialectOfHead(char: string, text: string, at: number): Dialect | undefined {
  const isAny = (patterns: readonly RegExp[] | undefined): boolean => patterns?.some((pattern) => fits(pattern, text, at)) === true;
  return isAny(powershellHeads.get(char)) ? 'powershell' : isAny(cmdHeads.get(char)) ? 'cmd' : undefined;
}

/** A program or script named by a path that only Windows has. */
export function dialectOfPath(text: string, at: number): Dialect | undefined {
  if (!fits(/[a-z]:\\/iy, text, at)) return undefined;
  return fits(/[^\s;|&]{1,260}\.ps1\b/iy, text, at) ? 'powershell' : 'cmd';
}

/** True for a path outside quotes whose backslashes bash would take out. */
export function isWindowsPath(text: string, at: number): boolean {
  return fits(/(?:\.{1,2}|[a-z]:)\\\w/iy, text, at);
}

const powershellMark = /\$\{?env:\w/iy;
const cmdMark = /%(?:userprofile|appdata|localappdata|home(?:path|drive)|system(?:drive|root)|windir|program(?:data|files)|temp|tmp|cd)%|%~dp0|\^\r?\n/iy;

/** The dialect that a variable or joined line is a sign of, wherever it stands. */
export function dialectOfMark(text: string, at: number): Dialect | undefined {
  return fits(powershellMark, text, at) ? 'powershell' : fits(cmdMark, text, at) ? 'cmd' : undefined;
}

function fits(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
