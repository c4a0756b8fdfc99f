import { hasOption, optionValue, parseCall, type Call } from '../call.ts';
import type { Invocation } from '../invocation.ts';
import { joinWords } from './expand.ts';
import { isKnown, knownWord, programOf, textOf, unknownWord, type Word } from './word.ts';

/** A program that runs another program given among its own words. */
interface Wrapper {
  readonly programs: readonly string[];
  readonly valueOptions?: readonly string[];
  /** Operands of its own before the program it runs, e.g. the duration of `timeout`. */
  readonly operands?: number;
  /** Subcommand that makes it run a program: `run` of `op run`. */
  readonly subcommand?: readonly string[];
  /** `NAME=value` operands before the program set its environment. */
  readonly assignments?: boolean;
  /** Options whose presence means that nothing is run. */
  readonly idle?: readonly string[];
  /** The words it gives the program are not all in the command: they come from its input. */
  readonly feeds?: boolean;
  /** Its words are put together again and run as shell text. */
  readonly joins?: boolean;
  /** Where the program runs, when that is not here: this machine's files are then not the ones it sees. */
  readonly elsewhere?: 'container' | 'host';
}

/** Every wrapper with the options it takes before the program it runs, from its manual. */
const wrappers: readonly Wrapper[] = [
  { programs: ['sudo'], valueOptions: ['-u', '--user', '-g', '--group', '-h', '--host', '-p', '--prompt', '-C', '--close-from', '-D', '--chdir', '-R', '--chroot', '-r', '--role', '-t', '--type', '-T', '--command-timeout', '-U', '--other-user'], assignments: true, idle: ['-l', '--list', '-v', '--validate', '-K', '-k'] },
  { programs: ['doas'], valueOptions: ['-u', '-C', '-a'] },
  { programs: ['env'], valueOptions: ['-u', '--unset', '-C', '--chdir', '-S', '--split-string'], assignments: true },
  { programs: ['nohup', 'time', 'setsid', 'exec', 'command', 'builtin', 'then', 'do', 'unbuffer', 'chronic', 'caffeinate', 'eatmydata', 'fakeroot', 'proxychains', 'proxychains4', 'torsocks', 'dumb-init', 'tini'], valueOptions: ['-f', '--format', '-o', '--output', '-a'], idle: ['-v', '-V'] },
  { programs: ['nice', 'ionice', 'chrt', 'taskset'], valueOptions: ['-n', '--adjustment', '-c', '--class', '--classdata', '-p', '-u'] },
  { programs: ['timeout', 'gtimeout'], valueOptions: ['-k', '--kill-after', '-s', '--signal'], operands: 1 },
  { programs: ['stdbuf'], valueOptions: ['-i', '-o', '-e', '--input', '--output', '--error'] },
  { programs: ['watch'], valueOptions: ['-n', '--interval'], joins: true },
  { programs: ['flock'], valueOptions: ['-w', '--timeout', '-E'], operands: 1 },
  { programs: ['strace', 'ltrace', 'valgrind'], valueOptions: ['-o', '-e', '-p', '-s'] },
  { programs: ['xargs', 'gxargs'], valueOptions: ['-I', '-L', '-n', '-P', '-d', '-a', '-E', '-s', '--max-args', '--max-procs', '--delimiter', '--arg-file', '--replace', '--max-lines', '--max-chars'], feeds: true },
  { programs: ['parallel'], valueOptions: ['-j', '--jobs', '-a', '--arg-file', '-I', '--colsep', '--delay'], idle: ['--dry-run', '--dryrun'], feeds: true },
  { programs: ['npx', 'bunx', 'pnpx', 'uvx'], valueOptions: ['-p', '--package', '--from', '--with', '-w', '--workspace'], idle: ['--help', '--version'] },
  { programs: ['npm', 'pnpm', 'yarn'], subcommand: ['exec', 'dlx', 'x'], valueOptions: ['-p', '--package', '-C', '--dir', '--filter', '-F', '-w', '--workspace', '--prefix'] },
  { programs: ['bun'], subcommand: ['x'] },
  { programs: ['poetry', 'uv', 'pipenv', 'rye', 'pdm', 'hatch', 'conda', 'mamba'], subcommand: ['run'], valueOptions: ['--with', '--from', '-n', '--name', '-p', '--python', '--directory', '--project', '--env-file', '--extra', '--group'] },
  { programs: ['bundle'], subcommand: ['exec'] },
  { programs: ['railway', 'doppler', 'op', 'infisical', 'chamber', 'aws-vault', 'teller', 'varlock'], subcommand: ['run', 'exec'], valueOptions: ['-e', '--environment', '-s', '--service', '-p', '--project', '-c', '--config', '--env-file', '--account', '--env', '--path'] },
  { programs: ['heroku'], subcommand: ['run', 'run:detached'], valueOptions: ['-a', '--app', '-r', '--remote', '-s', '--size', '-e', '--env', '--type'], elsewhere: 'container' },
  { programs: ['sail'], elsewhere: 'container' },
  { programs: ['dotenv', 'dotenvx', 'direnv', 'env-cmd', 'cross-env', 'with-env'], subcommand: ['run', 'exec', '--'], valueOptions: ['-e', '-f', '--file', '-c'], assignments: true },
  { programs: ['docker', 'podman', 'nerdctl'], subcommand: ['exec'], operands: 1, valueOptions: ['-u', '--user', '-w', '--workdir', '-e', '--env', '--env-file', '--detach-keys', '-H', '--host', '-c', '--context'], elsewhere: 'container' },
  { programs: ['docker-compose'], subcommand: ['exec', 'run'], operands: 1, valueOptions: ['-u', '--user', '-w', '--workdir', '-e', '--env', '-f', '--file', '-p', '--project-name', '--index', '-v', '--volume', '--name', '--entrypoint', '--publish', '-l', '--label'], elsewhere: 'container' },
  { programs: ['kubectl', 'oc', 'k3s'], subcommand: ['exec'], operands: 1, valueOptions: ['-n', '--namespace', '-c', '--container', '--context', '--kubeconfig', '--cluster', '-f', '--filename'], elsewhere: 'container' },
  { programs: ['ssh'], operands: 1, valueOptions: ['-b', '-c', '-D', '-E', '-e', '-F', '-I', '-i', '-J', '-L', '-l', '-m', '-O', '-o', '-p', '-Q', '-R', '-S', '-W', '-w'], elsewhere: 'host', joins: true },
  // Linux under Windows: its files are not the ones seen here.
  { programs: ['wsl'], valueOptions: ['-d', '--distribution', '-u', '--user', '--cd', '--shell-type'], idle: ['-l', '--list', '--status', '--shutdown', '--update', '--help', '--version', '--unregister', '--export', '--import', '--install', '--terminate', '-t', '--set-default', '-s', '--set-version', '--mount', '--unmount'], elsewhere: 'container', joins: true },
  { programs: ['eval'], joins: true },
  { programs: ['busybox', 'toybox'] },
];

const byProgram = new Map<string, readonly Wrapper[]>();
for (const wrapper of wrappers) for (const program of wrapper.programs) byProgram.set(program, [...(byProgram.get(program) ?? []), wrapper]);

export interface Unwrapped {
  readonly invocation: Invocation;
  /** Name of the host it would run on; `container` for one inside a container; undefined for here. */
  readonly elsewhere: string | undefined;
}

/** The invocation inside a wrapper's; undefined where the program is no wrapper or runs nothing. */
export function unwrap(invocation: Invocation): Unwrapped | undefined {
  for (const wrapper of byProgram.get(invocation.program) ?? []) {
    const inner = unwrapAs(wrapper, invocation);
    if (inner) return inner;
  }
  return undefined;
}

function unwrapAs(wrapper: Wrapper, invocation: Invocation): Unwrapped | undefined {
  let words = invocation.argv.slice(1);
  if (wrapper.subcommand) {
    const at = subcommandAt(words, wrapper);
    if (at < 0) return undefined;
    words = words.slice(at + 1);
  }
  const end = endOfOwnWords(words, wrapper);
  const own: Call = parseCall({ ...invocation, argv: [invocation.argv[0] as Word, ...words.slice(0, end.own)] }, { valueOptions: wrapper.valueOptions ?? [] });
  if (wrapper.idle && hasOption(own, ...wrapper.idle)) return undefined;
  const splitString = invocation.program === 'env' ? optionValue(own, '-S', '--split-string') : undefined;
  const rest = feed(wrapper, invocation, own, [...(splitString ? splitWords(splitString) : []), ...words.slice(end.rest)]);
  if (rest.length === 0) return undefined;
  const argv = wrapper.joins ? [knownWord('sh'), knownWord('-c'), joinWords(rest, invocation.span)] : rest;
  const folder = optionValue(own, '--chdir') ?? (invocation.program === 'env' ? optionValue(own, '-C') : invocation.program === 'sudo' ? optionValue(own, '-D') : undefined);
  return {
    invocation: {
      ...invocation,
      argv,
      program: programOf(argv[0]),
      env: { ...invocation.env, ...end.assignments },
      redirections: [],
      cwd: wrapper.elsewhere ? undefined : folder ? textOf(folder) : invocation.cwd,
    },
    elsewhere: wrapper.elsewhere === 'host' ? (own.operands[0]?.text ?? 'another host') : wrapper.elsewhere,
  };
}

/** Where the subcommand stands; only options and their values may come before it. */
function subcommandAt(words: readonly Word[], wrapper: Wrapper): number {
  const takesValue = new Set(wrapper.valueOptions ?? []);
  for (let at = 0; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    if (wrapper.subcommand?.includes(text)) return at;
    if (!text.startsWith('-')) return -1;
    if (takesValue.has(text)) at++;
  }
  return -1;
}

/** Splits a wrapper's own options, operands and assignments from the words of what it runs. */
function endOfOwnWords(words: readonly Word[], wrapper: Wrapper): { own: number; rest: number; assignments: Record<string, string> } {
  const takesValue = new Set(wrapper.valueOptions ?? []);
  const assignments: Record<string, string> = {};
  let operands = wrapper.operands ?? 0;
  let at = 0;
  for (; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    if (text === '--') {
      if (operands > 0) continue;
      return { own: at, rest: at + 1, assignments };
    }
    if (text.startsWith('-') && text.length > 1) {
      if (takesValue.has(text)) at++;
      continue;
    }
    const assignment = wrapper.assignments ? /^([A-Za-z_]\w*)=(.*)$/s.exec(text) : null;
    if (assignment?.[1]) assignments[assignment[1]] = assignment[2] ?? '';
    else if (operands > 0) operands--;
    else break;
  }
  return { own: at, rest: at, assignments };
}

/** Words that come from the input, or after `:::`: known ones as they are, anything else as one unknown word. */
function feed(wrapper: Wrapper, invocation: Invocation, own: Call, argv: Word[]): Word[] {
  if (!wrapper.feeds) return argv;
  const colons = argv.findIndex((word) => /^:::\+?$/.test(word.text));
  const given = colons < 0 ? argv : argv.slice(0, colons);
  const program = given.length > 0 ? given : [knownWord('echo')];
  const { stdin } = invocation;
  const words = colons >= 0 ? argv.slice(colons + 1) : stdin?.known ? splitWords(knownWord(stdin.text)) : [unknownWord('$input')];
  const mark = optionValue(own, '-I', '--replace')?.text ?? (hasOption(own, '-i') || invocation.program === 'parallel' ? '{}' : undefined);
  if (mark === undefined || !program.some((word) => word.text.includes(mark))) return [...program, ...words];
  return program.flatMap((word) => (word.text.includes(mark) ? words.map((value) => substitute(word, mark, value)) : [word]));
}

function substitute(word: Word, mark: string, value: Word): Word {
  const at = word.text.indexOf(mark);
  const text = word.text.slice(0, at) + value.text + word.text.slice(at + mark.length);
  const holes = isKnown(value) ? word.holes : [{ start: at, end: at + value.text.length, mayBeEmpty: false }];
  return { ...word, text, holes, globs: word.globs };
}

function splitWords(word: Word): Word[] {
  return word.text.split(/\s+/).filter(Boolean).slice(0, 256).map((text) => (isKnown(word) ? knownWord(text) : unknownWord(text)));
}
