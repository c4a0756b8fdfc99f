import type { Analysis, CodeLanguage, Place } from '../analysis.ts';
import { hasOption, optionValue, parseCall } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { launchCmd, launchPowershell } from '../powershell/launch.ts';
import { isKnown, programOf, textOf, type Word } from './word.ts';

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
  { language: 'shell', programs: ['bash', 'sh', 'zsh', 'dash', 'ksh', 'ash', 'mksh', 'rbash'], inline: ['-c'], valueOptions: ['-c', '-o', '-O', '--rcfile', '--init-file'] },
  { language: 'python', programs: ['python', 'python2', 'python3', 'pypy', 'pypy3', 'ipython'], inline: ['-c'], valueOptions: ['-c', '-m', '-W', '-X', '--check-hash-based-pycs'] },
  { language: 'javascript', programs: ['node', 'nodejs', 'deno', 'bun', 'tsx', 'ts-node'], inline: ['-e', '--eval', '-p', '--print', '-pe'], valueOptions: ['-e', '--eval', '-p', '--print', '-pe', '-r', '--require', '--import', '--loader', '-C', '--conditions', '--env-file', '--env-file-if-exists', '--config'], subcommands: ['run', 'eval'] },
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
  return byProgram.get(program) ?? byProgram.get(program.replace(/[\d.]+$/, ''));
}

/** Effects of the text an interpreter would run; undefined where the program is none. */
export function interpret(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const interpreter = interpreterOf(invocation.program);
  if (!interpreter) return undefined;
  if (interpreter.language === 'powershell') return launchPowershell(invocation, analysis);
  if (interpreter.language === 'cmd') return launchCmd(invocation, analysis);
  const call = parseCall(invocation, { valueOptions: interpreter.valueOptions });
  // `bash -n` reads and runs nothing.
  if (interpreter.language === 'shell' && hasOption(call, '-n')) return [];
  // `bash -lc '…'`: the cluster's last letter takes the text.
  const inline = optionValue(call, ...interpreter.inline);
  if (inline) return runText(interpreter.language, inline, call.operands, invocation, analysis);
  const operands = interpreter.subcommands?.includes(call.operands[0]?.text ?? '') ? call.operands.slice(1) : call.operands;
  if (call.operands[0]?.text === 'eval' && operands[0]) return runText(interpreter.language, operands[0], [], invocation, analysis);
  // `python -m pytest`: an installed module, which reads its input as data.
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
    if (text === '-m' || !text.startsWith('-')) {
      const rest = argv.slice(text === '-m' ? at + 1 : at);
      return { ...invocation, argv: rest, program: programOf(rest[0]), redirections: [] };
    }
    if (interpreter.valueOptions.includes(text)) at++;
  }
  return undefined;
}

function placeOf(invocation: Invocation): Place {
  const { cwd, env, span, promptsAnswered } = invocation;
  return { cwd, env, promptsAnswered, ...(span ? { span } : {}) };
}

function runText(language: CodeLanguage | 'shell', text: Word, operands: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const place = placeOf(invocation);
  if (language !== 'shell') return analysis.code(language, text.text, place);
  // `bash -c text name arg…`: the first operand is `$0`.
  const effects = analysis.shell(text.text, place, operands.slice(1));
  return isKnown(text) || !isOneHole(text) || isOwnWriting(text.text) ? effects : [...effects, unseen('command', text.text, invocation)];
}

function isOneHole(text: Word): boolean {
  return text.text.trim() === text.text.slice(text.holes[0]?.start, text.holes[0]?.end);
}

/** `eval "$(ssh-agent)"`: what an installed program writes is as good as the program; what was fetched or decoded is not. */
function isOwnWriting(text: string): boolean {
  return text.trim().startsWith('$(') && !/\b(?:curl|wget|http|https|nc|ncat|base64|base32|xxd|openssl|cat|gunzip|zcat)\b/.test(text);
}

/** A script file is read and looked into; one that cannot be read is code nobody looked into. */
export function runFile(language: CodeLanguage | 'shell', file: Word, operands: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const path = textOf(file);
  if (path === undefined || invocation.cwd === undefined || !analysis.world.sighted) return [];
  const absolute = joinPath(invocation.cwd, path);
  const facts = analysis.world.stat(absolute);
  if (!facts) return [];
  const text = facts.size > maxScript ? undefined : analysis.world.read(absolute, maxScript);
  if (text === undefined) return facts.kind === 'folder' ? [] : [unseen('script', path, invocation)];
  const place = placeOf(invocation);
  return language === 'shell' ? analysis.shell(text, place, operands) : analysis.code(language, text, place);
}

function runInput(language: CodeLanguage | 'shell', invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const { stdin } = invocation;
  if (!stdin) return [];
  const effects = language === 'shell' ? analysis.shell(stdin.text, placeOf(invocation)) : analysis.code(language, stdin.text, placeOf(invocation));
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
