import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, parseCall, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf, readWord } from '../inputs.ts';
import type { Invocation } from '../invocation.ts';
import { unseenText } from './interpreters.ts';
import { fedWord, isFed, knownWord, textOf, type Hole, type Word } from './word.ts';

/** A program that is no shell and runs commands given somewhere among its own words. */
interface Host {
  readonly programs: readonly string[];
  readonly valueOptions: readonly string[];
  /** The commands, each as the text a shell would be given. */
  commands(call: Call, analysis: Analysis): readonly Word[];
}

const hosts: readonly Host[] = [
  // https://www.gnu.org/software/gawk/manual/html_node/I_002fO-Functions.html
  { programs: ['awk', 'gawk', 'mawk', 'nawk'], valueOptions: ['-f', '--file', '-F', '--field-separator', '-v', '--assign', '-e', '--source', '-i', '--include', '-E', '--exec'], commands: awkCommands },
  // https://www.gnu.org/software/sed/manual/html_node/Extended-Commands.html
  { programs: ['sed', 'gsed'], valueOptions: ['-e', '--expression', '-f', '--file', '-l', '--line-length'], commands: sedCommands },
  { programs: ['vim', 'vi', 'nvim', 'ex', 'view', 'gvim'], valueOptions: ['-c', '--cmd', '-S', '-u', '-i', '-w'], commands: vimCommands },
  { programs: ['nc', 'ncat', 'netcat'], valueOptions: ['-e', '--exec', '-c', '--sh-exec', '-p', '--source-port', '-w', '--wait', '-s', '-i'], commands: ({ options }) => valuesOf(options, '-e', '--exec', '-c', '--sh-exec') },
  { programs: ['socat'], valueOptions: ['-b', '-t', '-T', '-L', '-W'], commands: socatCommands },
  // https://www.gnu.org/software/tar/manual/html_node/checkpoints.html, Running-External-Commands.html
  { programs: ['tar', 'gtar', 'bsdtar'], valueOptions: ['-I', '--use-compress-program', '--to-command', '--checkpoint-action', '-F', '--info-script', '--new-volume-script', '--rsh-command', '-f', '--file', '-C', '--directory', '-T', '-X'], commands: tarCommands },
  // https://man.openbsd.org/ssh_config
  { programs: ['ssh', 'scp', 'sftp'], valueOptions: ['-o', '-S', '-i', '-p', '-P', '-F', '-l', '-J', '-L', '-R', '-D', '-c', '-b', '-E', '-e', '-I', '-m', '-O', '-Q', '-W', '-w'], commands: sshCommands },
  { programs: ['rsync'], valueOptions: ['-e', '--rsh', '--rsync-path', '-f', '--filter', '--exclude', '--include'], commands: ({ options }) => valuesOf(options, '-e', '--rsh') },
];

const byProgram = new Map(hosts.flatMap((host) => host.programs.map((program) => [program, host] as const)));

/** Characters of a program that are searched. */
const longest = 64 * 1024;

/** A command that does nothing but start a shell. */
const plainShell = /^(?:exec\s+)?(?:(?:\/usr)?\/bin\/)?(?:env\s+)?(?:-u\s+\w+\s+)?(?:ba|z|da|k|a)?sh(?:\s+-[il]+)*$|^cmd(?:\.exe)?$|^powershell(?:\.exe)?$/;
const networkPrograms = new Set(['nc', 'ncat', 'netcat', 'socat']);

/** What the commands inside another program's own language would do: `awk '{system("…")}'`, `sed 's/…/…/e'`, `tar --to-command=…`. */
export function embeddedEffects(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const host = byProgram.get(invocation.program);
  if (!host) return [];
  const commands = host.commands(parseCall(invocation, host), analysis);
  return commands.flatMap((text) => {
    if (networkPrograms.has(invocation.program) && plainShell.test(text.text.trim())) return [openShell(invocation)];
    return [...analysis.shell(text.text, placeOf(invocation)), ...unseenText(text, invocation)];
  });
}

function openShell({ program, span }: Invocation): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'shell', name: program }, reversibility: 'irreversible', certainty: 'unknown', rule: 'shell/network-shell',
    why: 'Gives a shell on this machine to whoever is at the other end of the connection.', saferWay: 'Run the one command that is needed.', target: { by: 'path' }, ...(span ? { span } : {}),
  };
}

function valuesOf(options: Call['options'], ...names: readonly string[]): readonly Word[] {
  return names.flatMap((name) => options.get(name) ?? []).filter((word) => word !== undefined);
}

/** The texts of a program given as an operand or in options, with those read from files. */
function programTexts(call: Call, inline: readonly string[], files: readonly string[], analysis: Analysis): readonly string[] {
  const given = valuesOf(call.options, ...inline).map((word) => word.text);
  const read = valuesOf(call.options, ...files).flatMap((word) => readWord(word, call.invocation.cwd, analysis) ?? []);
  if (given.length + read.length > 0 || hasOption(call, ...inline, ...files)) return [...given, ...read].map((text) => text.slice(0, longest));
  return call.operands.slice(0, 1).map((word) => word.text.slice(0, longest));
}

/** The program itself, or the name of its file, where another program's output gives it. */
function fedProgram({ options, operands }: Call, inline: readonly string[], files: readonly string[]): readonly Word[] {
  const given = valuesOf(options, ...inline, ...files);
  return (given.length > 0 ? given : operands.slice(0, 1)).filter((word) => word.text === fedWord && isFed(word));
}

function awkCommands(call: Call, analysis: Analysis): readonly Word[] {
  const fed = fedProgram(call, ['-e', '--source'], ['-f', '--file', '-E', '--exec']);
  if (fed.length > 0) return fed;
  return programTexts(call, ['-e', '--source'], ['-f', '--file', '-E', '--exec'], analysis).flatMap((program) => {
    const calls = [...program.matchAll(/\bsystem\s*\(/g)].map((match) => awkText(program, match.index + match[0].length, /[)]/));
    const piped = [...program.matchAll(/\|&?\s*(?=")/g)].map((match) => awkText(program, match.index + match[0].length, /[;}\n)]/));
    const read = [...program.matchAll(/("(?:[^"\\\n]|\\.){0,512}")\s*\|&?\s*getline\b/g)].map((match) => awkText(match[1] ?? '', 0, /[;}\n]/));
    return [...calls, ...piped, ...read];
  });
}

/** An awk expression as text: strings put together as awk does, anything else an unknown part. */
function awkText(program: string, start: number, end: RegExp): Word {
  let text = '';
  const holes: Hole[] = [];
  const token = /"((?:[^"\\]|\\.)*)"|([)};\n])|\s+|[^"\s)};\n]+/gsy;
  token.lastIndex = start;
  for (let match = token.exec(program); match; match = token.exec(program)) {
    if (match[2] !== undefined && end.test(match[2])) break;
    if (match[1] !== undefined) text += awkString(match[1]);
    else if (match[0].trim() !== '' && holes.at(-1)?.end !== text.length) {
      const written = `$${/[A-Za-z_]\w*/.exec(match[0])?.[0] ?? 'field'}`;
      holes.push({ start: text.length, end: text.length + written.length, mayBeEmpty: true });
      text += written;
    }
    if (token.lastIndex - start > 4096) break;
  }
  return { text, holes, globs: [] };
}

function awkString(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))/gs, (_, octal?: string, hex?: string, letter?: string) => {
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
    if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
    return { n: '\n', t: '\t' }[letter ?? ''] ?? letter ?? '';
  });
}

/** `e command` runs it; the flag `e` of `s` runs what the line has become. */
function sedCommands(call: Call, analysis: Analysis): readonly Word[] {
  const fed = fedProgram(call, ['-e', '--expression'], ['-f', '--file']);
  if (fed.length > 0) return fed;
  return programTexts(call, ['-e', '--expression'], ['-f', '--file'], analysis).flatMap((script) => {
    const named = [...script.matchAll(/(?:^|[;{\n])[ \t]*(?:\d+|\$|\/[^/\n]*\/)?(?:,(?:\d+|\$|\/[^/\n]*\/))?[ \t]*e[ \t]+([^\n]+)/g)].map((match) => knownWord(match[1] ?? ''));
    const replaced = /^(?:[\d,$]*|\/[^/\n]*\/)s([^\w\s\\])(?:(?!\1)[^\\\n]|\\.)*\1((?:(?!\1)[^\\\n]|\\.)*)\1[gpiImM\d]*e/.exec(script.slice(0, 8192))?.[2];
    return replaced === undefined ? named : [...named, knownWord(replaced.replace(/\\(.)/g, '$1'))];
  });
}

function vimCommands(call: Call): readonly Word[] {
  const starting = call.invocation.argv.filter((word) => word.text.startsWith('+')).map((word) => word.text.slice(1));
  return [...valuesOf(call.options, '-c', '--cmd').map((word) => word.text), ...starting].flatMap((command) => {
    const shell = /^\s*:?\s*(?:silent!?\s+)?(?:%|[\d,.$]+)?!\s*([^\n]+)/.exec(command)?.[1] ?? /\bsystem\((["'])([^\n]*)\1\)/.exec(command)?.[2];
    return shell === undefined ? [] : [knownWord(shell)];
  });
}

/** `EXEC:…`, `SYSTEM:…` and a bare `SHELL`. http://www.dest-unreach.org/socat/doc/socat.html */
function socatCommands(call: Call): readonly Word[] {
  return call.operands.flatMap((word) => {
    const address = /^(?:EXEC|SYSTEM|SHELL)(?::([^\n]*))?$/i.exec(word.text);
    if (!address) return [];
    const command = (address[1] ?? 'sh').replace(/,(?:pty|stderr|setsid|sigint|sane|ctty|nofork|pipes|raw|echo=\d)\b.*$/, '');
    return [knownWord(/^\w+:$/.test(word.text) ? 'sh' : command.replace(/\\(.)/g, '$1').replace(/^"(.*)"$/, '$1'))];
  });
}

function tarCommands(call: Call): readonly Word[] {
  const actions = valuesOf(call.options, '--checkpoint-action').flatMap((word) => (word.text.startsWith('exec=') ? [knownWord(word.text.slice(5))] : []));
  return [...actions, ...valuesOf(call.options, '-I', '--use-compress-program', '--to-command', '-F', '--info-script', '--new-volume-script', '--rsh-command')];
}

/** Options of the configuration that run a program on this machine. */
function sshCommands(call: Call): readonly Word[] {
  const settings = valuesOf(call.options, '-o').flatMap((word) => {
    const command = /^\s*(?:ProxyCommand|LocalCommand|KnownHostsCommand)\s*[=\s]\s*([^\n]+)/i.exec(word.text)?.[1];
    return command === undefined || command === 'none' ? [] : [knownWord(command)];
  });
  const program = call.invocation.program === 'ssh' ? undefined : textOf(optionValue(call, '-S'));
  return program === undefined ? settings : [...settings, knownWord(program)];
}
