import type { Analysis, CodeLanguage, Place } from '../analysis.ts';
import { hasOption, optionValue, parseCall } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { launchCmd, launchPowershell } from '../powershell/launch.ts';
import { codeReadRule, scriptReadEffects } from '../secrets/shell-reads.ts';
import { fedWord, isKnown, knownWord, programOf, textOf, type Word } from './word.ts';

/** A program that runs text it is given: inline, in a file, or on its input. */
interface Interpreter {
  readonly language: CodeLanguage | 'shell' | 'powershell' | 'cmd';
  readonly programs: readonly string[];
  /** Options whose value is the program text. */
  readonly inline: readonly string[];
  readonly valueOptions: readonly string[];
  /** Subcommands that may stand before a file: `deno run x.ts`. */
  readonly subcommands?: readonly string[];
}

const interpreters: readonly Interpreter[] = [
  { language: 'shell', programs: ['bash', 'sh', 'zsh', 'dash', 'ksh', 'ash', 'mksh', 'rbash', 'fish', 'csh', 'tcsh', 'nu', 'elvish', 'xonsh'], inline: [], valueOptions: [] },
  { language: 'python', programs: ['python', 'python2', 'python3', 'pypy', 'pypy3', 'ipython'], inline: ['-c'], valueOptions: ['-c', '-m', '-W', '-X', '--check-hash-based-pycs'] },
  { language: 'javascript', programs: ['node', 'nodejs', 'deno', 'bun', 'tsx', 'ts-node'], inline: ['-e', '--eval', '-p', '--print', '-pe'], valueOptions: ['-e', '--eval', '-p', '--print', '-pe', '-r', '--require', '--import', '--loader', '-C', '--conditions', '--env-file', '--env-file-if-exists', '--config', '--title'], subcommands: ['run', 'eval'] },
  { language: 'ruby', programs: ['ruby'], inline: ['-e'], valueOptions: ['-e', '-r', '-I', '-C', '-E'] },
  { language: 'perl', programs: ['perl'], inline: ['-e', '-E', '-pe', '-ne', '-lne', '-ple'], valueOptions: ['-e', '-E', '-I', '-M', '-pe', '-ne', '-lne', '-ple'] },
  { language: 'php', programs: ['php'], inline: ['-r'], valueOptions: ['-r', '-d', '-c', '-f', '-z'] },
  { language: 'powershell', programs: ['pwsh', 'powershell'], inline: [], valueOptions: [] },
  { language: 'cmd', programs: ['cmd'], inline: [], valueOptions: [] },
];

const byProgram = new Map(interpreters.flatMap((interpreter) => interpreter.programs.map((program) => [program, interpreter] as const)));
const maxScript = 256 * 1024;

/** The interpreter a program is, versions in its name aside (`python3.12`). */
function interpreterOf(program: string): Interpreter | undefined {
  const known = byProgram.get(program);
  return known ?? (/[\d.]$/.test(program) ? byProgram.get(program.replace(/[\d.]+$/, '')) : undefined);
}

export function isInterpreter(program: string): boolean {
  return interpreterOf(program) !== undefined;
}

/** Effects of the text an interpreter would run; undefined where the program is none. */
export function interpret(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const interpreter = interpreterOf(invocation.program);
  if (!interpreter) return undefined;
  if (interpreter.language === 'powershell') return launchPowershell(invocation, analysis);
  if (interpreter.language === 'cmd') return launchCmd(invocation, analysis);
  if (interpreter.language === 'shell') return runShell(invocation, analysis);
  const call = parseCall(invocation, { valueOptions: interpreter.valueOptions });
  const inline = optionValue(call, ...interpreter.inline);
  if (inline) return runText(interpreter.language, inline, call.operands, invocation, analysis);
  const operands = interpreter.subcommands?.includes(call.operands[0]?.text ?? '') ? call.operands.slice(1) : call.operands;
  if (call.operands[0]?.text === 'eval' && operands[0]) return runText(interpreter.language, operands[0], [], invocation, analysis);
  const module = interpreter.language === 'python' ? optionValue(call, '-m') : undefined;
  if (module) return runModule(module, invocation, analysis);
  if (hasOption(call, '-m', '--version', '-V', '-v')) return [];
  const file = operands[0];
  if (file && file.text !== '-') return runFile(interpreter.language, file, operands.slice(1), invocation, analysis);
  return runInput(interpreter.language, invocation, analysis);
}

/**
 * The call of the script or module an interpreter would run, as if it were a program: `php artisan migrate`, `python -m alembic upgrade head`.
 * Undefined where the program is no interpreter or runs text.
 */
export function scriptInvocation(invocation: Invocation): Invocation | undefined {
  const interpreter = interpreterOf(invocation.program);
  if (!interpreter || ['shell', 'powershell', 'cmd'].includes(interpreter.language)) return undefined;
  const { argv } = invocation;
  for (let at = 1; at < argv.length; at++) {
    const text = textOf(argv[at]) ?? '';
    if (interpreter.inline.includes(text)) return undefined;
    if (at === 1 && interpreter.subcommands?.includes(text)) continue;
    if (text === '-m' || !text.startsWith('-')) {
      const rest = argv.slice(text === '-m' ? at + 1 : at);
      return { ...invocation, argv: rest, program: packageOf(rest[0]) ?? programOf(rest[0]), redirections: [] };
    }
    if (interpreter.valueOptions.includes(text)) at++;
  }
  return undefined;
}

/** The package whose file is run by its path, or that deno runs by its name: `node node_modules/prisma/build/index.js`, `deno run npm:prisma`. */
function packageOf(script: Word | undefined): string | undefined {
  return /(?:(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\/[^/]|^npm:((?:@[^/]+\/)?[^/@]+))/.exec(textOf(script) ?? '')?.slice(1).find((name) => name !== undefined);
}

/** Options of shells that take the next word; `o` also at the end of a cluster (`-euo pipefail`). */
const startupOptions = ['--rcfile', '--init-file'];

/** How a shell's words are to be read. https://www.gnu.org/software/bash/manual/html_node/Invoking-Bash.html */
interface ShellCall {
  /** The first word that is no option: the text with `-c`, else the script. */
  readonly first: Word | undefined;
  readonly rest: readonly Word[];
  readonly runsText: boolean;
  /** It reads and runs nothing (`-n`). */
  readonly idle: boolean;
  /** Files it runs before anything else. */
  readonly startup: readonly Word[];
}

function parseShellCall({ argv }: Invocation): ShellCall {
  const letters = new Set<string>();
  const startup: Word[] = [];
  let at = 1;
  for (; at < argv.length; at++) {
    const text = argv[at]?.text ?? '';
    if (text === '--' || text === '-') {
      at += text === '-' ? 0 : 1;
      break;
    }
    if (!/^[-+]./.test(text) || argv[at]?.holes[0]?.start === 0) break;
    if (text.startsWith('--')) {
      const file = startupOptions.includes(text) ? argv[++at] : undefined;
      if (file) startup.push(file);
      continue;
    }
    for (const letter of text.slice(1)) {
      if (text.startsWith('-')) letters.add(letter);
      else letters.delete(letter);
      if (/^o$/i.test(letter)) at++;
    }
  }
  const reads = letters.has('s') && !letters.has('c');
  return { first: reads ? undefined : argv[at], rest: argv.slice(reads ? at : at + 1), runsText: letters.has('c'), idle: letters.has('n'), startup };
}

function runShell(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const { first, rest, runsText, idle, startup } = parseShellCall(invocation);
  if (idle) return [];
  const own = readFirst(invocation, analysis);
  const before = [...startup, ...(own === undefined ? [] : [knownWord(own)])].flatMap((file) => runFile('shell', file, [], invocation, analysis));
  if (!first || (!runsText && isStandardInput(first))) return [...before, ...(runsText ? [] : runInput('shell', invocation, analysis, rest))];
  return [...before, ...(runsText ? runText('shell', first, rest, invocation, analysis) : runFile('shell', first, rest, invocation, analysis))];
}

/** What bash reads before a script. The terminal guard's own file only looks, and reads the person's. */
function readFirst({ env }: Invocation, { home }: Analysis): string | undefined {
  return home !== undefined && env['BASH_ENV'] === `${home}/.interlock/shell/bash-env` ? env['INTERLOCK_BASH_ENV'] : env['BASH_ENV'];
}

function isStandardInput(file: Word): boolean {
  return /^(?:-|\/dev\/stdin|\/dev\/fd\/0|\/proc\/self\/fd\/0)$/.test(file.text);
}

function placeOf(invocation: Invocation): Place {
  const { cwd, env, span, promptsAnswered } = invocation;
  return { cwd, env, promptsAnswered, ...(span ? { span } : {}) };
}

function runText(language: CodeLanguage | 'shell', text: Word, operands: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const place = placeOf(invocation);
  // `bash -c text name arg…`: the first operand is `$0`.
  const effects = language === 'shell' ? analysis.shell(text.text, place, operands.slice(1)) : [...analysis.code(language, text.text, place), ...misplacedCommand(text.text, place, analysis)];
  return [...effects, ...unseenText(text, invocation)];
}

/** Words and options only: no language but a shell's is written like that. */
const commandLine = /^\s*[a-z][\w.-]{0,40}(?:\s+[\w./~*@:=+-]+){1,32}\s*$/;

/** A command line given to another language's interpreter fails there; who wrote it means to run it, and will. */
function misplacedCommand(text: string, place: Place, analysis: Analysis): readonly Effect[] {
  if (!commandLine.test(text)) return [];
  return analysis.shell(text, place).filter((effect) => !effect.regenerable).map((effect) => ({ ...effect, certainty: 'likely' }));
}

/** The effect of a text to be run that is nothing but one unknown part: nobody looked into it. */
export function unseenText(text: Word, invocation: Invocation): readonly Effect[] {
  return isKnown(text) || !isOneHole(text) || isOwnWriting(text.text) ? [] : [unseen('command', text.text, invocation)];
}

function isOneHole(text: Word): boolean {
  return text.text.trim() === text.text.slice(text.holes[0]?.start, text.holes[0]?.end);
}

/** `eval "$(ssh-agent)"`: what an installed program writes is as good as the program; what was fetched or decoded is not. */
function isOwnWriting(text: string): boolean {
  return /^[$<]\(/.test(text.trim()) && !/\b(?:curl|wget|http|https|nc|ncat|base64|base32|xxd|openssl|cat|gunzip|zcat)\b/.test(text);
}

/** `python -m package.module`: looked into where it lies in the project; an installed one reads its input as data. */
function runModule(module: Word, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const path = textOf(module)?.replaceAll('.', '/');
  if (path === undefined) return [];
  const candidates = ['', 'src/'].flatMap((folder) => [`${folder}${path}.py`, `${folder}${path}/__main__.py`]);
  const file = candidates.find((candidate) => analysis.world.stat(joinPath(invocation.cwd ?? '', candidate)) !== undefined);
  return file === undefined ? [] : runFile('python', knownWord(file), [], invocation, analysis);
}

/** A script file is read and looked into; one that cannot be read is code nobody looked into. */
export function runFile(language: CodeLanguage | 'shell', file: Word, operands: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const { world } = analysis;
  const substituted = world.written?.substituted(file.text);
  if (substituted && !substituted.known && isOwnWriting(file.text)) return [];
  if (substituted) return runInput(language, { ...invocation, stdin: substituted }, analysis, operands);
  const path = textOf(file);
  if (path === undefined) return file.text === fedWord ? [unseen('script', 'a file its input names', invocation)] : [];
  const absolute = joinPath(invocation.cwd ?? '', path);
  const facts = world.stat(absolute);
  const shown = language === 'shell' ? [] : scriptReadEffects(file, invocation, analysis);
  if (shown.length > 0) return shown;
  if (!facts) return world.distant ? [unseen('script', path, invocation)] : [];
  const text = facts.size > maxScript ? undefined : world.read(absolute, maxScript);
  if (text === undefined) return facts.kind === 'folder' ? [] : [unseen('script', path, invocation)];
  const place = placeOf(invocation);
  // A script that runs itself again adds nothing, and would never end.
  const words = language === 'shell' ? operands.map((word) => word.text) : [];
  if (!analysis.isNew(JSON.stringify(['script', absolute, words, place, invocation.stdin?.text, text]))) return [];
  if (language === 'shell') return analysis.shell(text, place, operands);
  const effects = analysis.code(language, text, place);
  // A program of the project reads its secrets to use them; one the line itself wrote may show them.
  return world.written?.has(absolute) ? effects : effects.filter(({ rule }) => rule !== codeReadRule);
}

/**
 * Version managers and tool chains, below the home folder: sourced to put programs on the search path, and installed software
 * like those programs. https://github.com/nvm-sh/nvm, https://sdkman.io/install, https://asdf-vm.com/guide/getting-started.html, https://rvm.io/rvm/install
 */
const versionManager = /^(?:\.nvm\/(?:nvm\.sh|bash_completion)|\.config\/nvm\/nvm\.sh|\.sdkman\/bin\/sdkman-init\.sh|\.asdf\/(?:asdf\.sh|completions\/asdf\.bash)|\.rvm\/scripts\/rvm|\.gvm\/scripts\/gvm|\.(?:cargo|deno|ghcup|local\/bin)\/env|(?:\.?(?:mini|ana)conda3?|miniforge3|mambaforge)\/etc\/profile\.d\/(?:conda|mamba)\.sh)$/;

/** Bytes up to which such a script is looked into all the same: what somebody put in its place is short. */
const shortScript = 8 * 1024;

function isVersionManager(path: string, { home, world }: Analysis): boolean {
  if ((world.stat(path)?.size ?? Infinity) <= shortScript) return false;
  return home !== undefined && world.written?.has(path) !== true && path.startsWith(`${home}/`) && versionManager.test(path.slice(home.length + 1));
}

/** The text of a script a shell would read into itself; undefined where nobody can tell. */
export function scriptText(file: Word, invocation: Invocation, analysis: Analysis): string | undefined {
  const { world } = analysis;
  const input = isStandardInput(file) ? invocation.stdin : world.written?.substituted(file.text);
  if (input) return input.known ? input.text : undefined;
  const path = textOf(file);
  const absolute = path === undefined ? undefined : joinPath(invocation.cwd ?? '', path);
  if (absolute !== undefined && isVersionManager(absolute, analysis)) return '';
  return absolute === undefined || (world.stat(absolute)?.size ?? Infinity) > maxScript ? undefined : world.read(absolute, maxScript);
}

function runInput(language: CodeLanguage | 'shell', invocation: Invocation, analysis: Analysis, operands: readonly Word[] = []): readonly Effect[] {
  const { stdin } = invocation;
  if (!stdin) return [];
  const place = placeOf(invocation);
  const effects = language === 'shell' ? analysis.shell(stdin.text, place, operands) : analysis.code(language, stdin.text, place);
  return stdin.known ? effects : [...effects, unseen('input', '', invocation)];
}

function unseen(kind: string, name: string, invocation: Invocation): Effect {
  return {
    verb: 'runUnknown',
    resource: { kind, name },
    reversibility: 'irreversible',
    certainty: 'unknown',
    rule: `shell/unseen-${kind}`,
    why: kind === 'input' ? 'Runs whatever another command writes, which nobody can see beforehand.' : `Runs a ${kind} nobody could look into${name ? `: ${name}` : ''}.`,
    saferWay: 'Write it to a file first, so that it can be read before it runs.',
    target: { by: 'path' },
    ...(invocation.span ? { span: invocation.span } : {}),
  };
}
