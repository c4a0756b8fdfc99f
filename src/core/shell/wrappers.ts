import { hasOption, isIn, optionValue, parseCall, type Call } from '../call.ts';
import type { Input, Invocation } from '../invocation.ts';
import { joinWords } from './expand.ts';
import { parseShell } from './parse.ts';
import { fedWord, isKnown, knownWord, programOf, textOf, unknownWord, type Word } from './word.ts';

/** A program that runs another program given among its own words. */
interface Wrapper {
  readonly programs: readonly string[];
  readonly valueOptions?: readonly string[];
  /** Operands of its own before the program it runs, e.g. the duration of `timeout`. */
  readonly operands?: number;
  /** Subcommand that makes it run a program: `run` of `op run`; of two words where it is: `app exec`. */
  readonly subcommand?: readonly string[];
  /** Options after which the program's words stand: `-c` of `nix develop`. */
  readonly after?: readonly string[];
  /** `NAME=value` operands before the program set its environment. */
  readonly assignments?: boolean;
  /** Options whose presence means that nothing is run. */
  readonly idle?: readonly string[];
  /** The words it gives the program are not all in the command: they come from its input. */
  readonly feeds?: boolean;
  /** Its words are put together again and run as shell text. */
  readonly joins?: boolean;
  /** Options whose value is run as shell text, wherever among its words they stand. */
  readonly text?: readonly string[];
  /** What it reads is run: as shell text, or as lines of a crontab. */
  readonly runsInput?: 'text' | 'crontab';
  /** It does something of its own besides, which its rule knows. */
  readonly acts?: true;
  /** Where the program runs, when that is not here: this machine's files are then not the ones it sees. */
  readonly elsewhere?: 'container' | 'host';
}

/** Every wrapper with the options it takes before the program it runs, from its manual. */
const wrappers: readonly Wrapper[] = [
  { programs: ['sudo'], valueOptions: ['-u', '--user', '-g', '--group', '-h', '--host', '-p', '--prompt', '-C', '--close-from', '-D', '--chdir', '-R', '--chroot', '-r', '--role', '-t', '--type', '-T', '--command-timeout', '-U', '--other-user'], assignments: true, idle: ['-l', '--list', '-v', '--validate', '-K', '-k'] },
  { programs: ['doas'], valueOptions: ['-u', '-C', '-a'] },
  { programs: ['env'], valueOptions: ['-u', '--unset', '-C', '--chdir', '-S', '--split-string', '-P', '-a', '--argv0'], assignments: true },
  { programs: ['command'], idle: ['-v', '-V'] },
  { programs: ['!', 'nohup', 'time', 'setsid', 'exec', 'builtin', 'then', 'do', 'unbuffer', 'chronic', 'caffeinate', 'eatmydata', 'fakeroot', 'proxychains', 'proxychains4', 'torsocks', 'dumb-init', 'tini'], valueOptions: ['-f', '--format', '-o', '--output', '-a'], idle: ['-V'] },
  // https://ss64.com/mac/arch.html
  { programs: ['arch'], valueOptions: ['-arch', '-e', '-d'] },
  { programs: ['nice', 'ionice', 'chrt', 'taskset'], valueOptions: ['-n', '--adjustment', '-c', '--class', '--classdata', '-p', '-u'] },
  { programs: ['timeout', 'gtimeout'], valueOptions: ['-k', '--kill-after', '-s', '--signal'], operands: 1 },
  { programs: ['stdbuf'], valueOptions: ['-i', '-o', '-e', '--input', '--output', '--error'] },
  { programs: ['ld.so', 'ld-linux.so.2', 'ld-linux-x86-64.so.2', 'ld-linux-aarch64.so.1', 'ld-musl-x86_64.so.1', 'ld-musl-aarch64.so.1'], valueOptions: ['--library-path', '--preload', '--audit', '--argv0', '--inhibit-rpath'], idle: ['--list', '--verify'] },
  { programs: ['systemd-run'], valueOptions: ['-u', '--unit', '-p', '--property', '-E', '--setenv', '--description', '--slice', '--on-active', '--on-calendar', '--on-boot', '--timer-property', '-M', '--machine', '-H', '--host', '--uid', '--gid', '--nice', '--working-directory', '--service-type'] },
  { programs: ['setpriv'], valueOptions: ['--reuid', '--regid', '--groups', '--inh-caps', '--ambient-caps', '--bounding-set', '--securebits', '--pdeathsig', '--selinux-label', '--apparmor-profile', '--ruid', '--euid', '--rgid', '--egid'] },
  { programs: ['unshare'], valueOptions: ['-S', '--setuid', '-G', '--setgid', '-R', '--root', '-w', '--wd', '--propagation', '--setgroups', '--map-user', '--map-group', '--map-users', '--map-groups'] },
  { programs: ['nsenter'], valueOptions: ['-t', '--target', '-S', '--setuid', '-G', '--setgid'] },
  { programs: ['chroot', 'gosu', 'su-exec', 'setarch', 'faketime', 'cpulimit'], operands: 1 },
  { programs: ['pkexec', 'linux32', 'linux64', 'xvfb-run', 'dbus-run-session', 'rlwrap', 'firejail', 'trickle', 'run-one', 'catchsegv'], valueOptions: ['--user', '-a', '-s', '--server-args', '-n', '-e', '-d', '-u'] },
  { programs: ['prlimit', 'numactl', 'cgexec', 'chpst', 'softlimit', 'schedtool'], valueOptions: ['-g', '-u', '-N', '-m', '-C', '-n', '-o'] },
  { programs: ['runuser'], text: ['-c', '--command', '--session-command'], valueOptions: ['-c', '--command', '--session-command', '-u', '--user', '-g', '--group', '-G', '--supp-group', '-s', '--shell'] },
  { programs: ['runuser'], valueOptions: ['-u', '--user', '-g', '--group', '-G', '--supp-group', '-s', '--shell'] },
  { programs: ['su', 'sg'], text: ['-c', '--command', '--session-command'], valueOptions: ['-c', '--command', '--session-command', '-g', '--group', '-G', '--supp-group', '-s', '--shell', '-w', '--whitelist-environment'] },
  { programs: ['script'], text: ['-c', '--command'], valueOptions: ['-c', '--command', '-I', '--log-in', '-O', '--log-out', '-B', '--log-io', '-T', '--log-timing', '-m', '--logging-format', '-E', '--echo', '-o', '--output-limit'] },
  // As macOS and BSD have it: https://man.freebsd.org/cgi/man.cgi?script
  { programs: ['script'], operands: 1, valueOptions: ['-t', '-T'] },
  { programs: ['nix-shell'], text: ['--run', '--command'], valueOptions: ['--run', '--command', '-p', '--packages', '-A', '--attr', '-I', '-i'] },
  { programs: ['nix'], after: ['-c', '--command'] },
  { programs: ['gdb', 'lldb'], after: ['--args', '--'] },
  { programs: ['flock'], text: ['-c', '--command'], valueOptions: ['-c', '--command', '-w', '--timeout', '-E'] },
  { programs: ['entr'] },
  { programs: ['tmux'], subcommand: ['send-keys', 'send', 'new-session', 'new', 'split-window', 'splitw', 'new-window', 'neww', 'run-shell', 'run', 'respawn-pane', 'respawnp', 'respawn-window', 'pipe-pane', 'pipep'], valueOptions: ['-L', '-S', '-f', '-t', '-s', '-n', '-c', '-x', '-y', '-F', '-e', '-l', '-p', '-N'], joins: true },
  { programs: ['screen'], subcommand: ['stuff', 'exec'], valueOptions: ['-S', '-p', '-r', '-c'], joins: true },
  { programs: ['screen'], valueOptions: ['-S', '-dmS', '-t', '-c', '-s', '-h', '-e', '-T', '-L', '-Logfile'], idle: ['-ls', '-list', '-r', '-x', '-X', '-wipe'] },
  { programs: ['at', 'batch'], valueOptions: ['-f', '-q', '-t'], idle: ['-l', '-d', '-r', '-c', '-V'], runsInput: 'text' },
  { programs: ['crontab'], valueOptions: ['-u'], idle: ['-l', '-r', '-e', '-T'], runsInput: 'crontab', acts: true },
  { programs: ['mise', 'rtx', 'asdf', 'fnm', 'rbenv', 'pyenv', 'volta', 'goenv', 'nodenv'], subcommand: ['exec', 'x', 'run'], valueOptions: ['--using', '--node', '-C', '--cd'] },
  { programs: ['lxc', 'incus', 'multipass'], subcommand: ['exec'], operands: 1, valueOptions: ['--cwd', '--env', '--user', '--group', '--mode', '--project'], elsewhere: 'container' },
  { programs: ['adb'], subcommand: ['shell', 'exec-out'], valueOptions: ['-s', '-t', '-H', '-P', '-L', '-e'], elsewhere: 'container', joins: true },
  { programs: ['limactl'], subcommand: ['shell'], operands: 1, valueOptions: ['--workdir', '--shell'], elsewhere: 'container' },
  { programs: ['vagrant'], text: ['-c', '--command'], valueOptions: ['-c', '--command'], elsewhere: 'container' },
  { programs: ['watch'], valueOptions: ['-n', '--interval'], joins: true },
  { programs: ['flock'], valueOptions: ['-w', '--timeout', '-E'], operands: 1 },
  { programs: ['strace', 'ltrace', 'valgrind'], valueOptions: ['-o', '-e', '-p', '-s'] },
  { programs: ['xargs', 'gxargs'], valueOptions: ['-I', '-L', '-n', '-P', '-d', '-a', '-E', '-s', '-J', '-R', '-S', '--max-args', '--max-procs', '--delimiter', '--arg-file', '--max-chars', '--process-slot-var'], idle: ['--help', '--version'], feeds: true },
  { programs: ['parallel'], valueOptions: ['-j', '--jobs', '-a', '--arg-file', '-I', '--colsep', '--delay'], idle: ['--dry-run', '--dryrun', '--help', '-h', '--version', '-V', '--citation'], feeds: true },
  { programs: ['npx', 'bunx', 'pnpx', 'uvx'], valueOptions: ['-p', '--package', '--from', '--with', '-w', '--workspace'], idle: ['--help', '--version'] },
  { programs: ['npm'], subcommand: ['exec', 'x'], valueOptions: ['-p', '--package', '-w', '--workspace', '--prefix'] },
  { programs: ['pnpm', 'yarn'], subcommand: ['exec', 'dlx', 'x'], valueOptions: ['-p', '--package', '-C', '--dir', '--filter', '-F', '--cwd'] },
  { programs: ['bun'], subcommand: ['x'] },
  { programs: ['poetry', 'uv', 'pipenv', 'rye', 'pdm', 'hatch', 'conda', 'mamba'], subcommand: ['run'], valueOptions: ['--with', '--from', '-n', '--name', '-p', '--python', '--directory', '--project', '--env-file', '--extra', '--group'] },
  { programs: ['bundle'], subcommand: ['exec'] },
  { programs: ['railway', 'doppler', 'op', 'infisical', 'teller', 'varlock'], subcommand: ['run', 'exec'], valueOptions: ['-e', '--environment', '-s', '--service', '-p', '--project', '-c', '--config', '--env-file', '--account', '--env', '--path'] },
  { programs: ['heroku'], subcommand: ['run', 'run:detached'], valueOptions: ['-a', '--app', '-r', '--remote', '-s', '--size', '-e', '--env', '--type'], elsewhere: 'container' },
  // Shells on machines of a platform.
  { programs: ['fly', 'flyctl'], subcommand: ['ssh console', 'console'], text: ['-C', '--command'], valueOptions: ['-C', '--command', '-a', '--app', '-c', '--config', '-r', '--region', '-A', '--address', '-u', '--user', '-g', '--process-group', '--machine', '-o', '--org', '-t', '--access-token'], elsewhere: 'host' },
  { programs: ['fly', 'flyctl'], subcommand: ['machine exec', 'machines exec', 'm exec'], operands: 1, valueOptions: ['-a', '--app', '-c', '--config', '--timeout', '-t', '--access-token'], joins: true, elsewhere: 'host' },
  { programs: ['railway'], subcommand: ['ssh'], valueOptions: ['-p', '--project', '-s', '--service', '-e', '--environment', '-d', '--deployment-instance', '-i', '--identity-file'], joins: true, elsewhere: 'host' },
  { programs: ['kamal'], subcommand: ['app exec', 'server exec'], valueOptions: ['-d', '--destination', '-c', '--config-file', '-h', '--hosts', '-r', '--roles', '-e', '--env', '-v', '--version'], joins: true, elsewhere: 'host' },
  { programs: ['kamal'], subcommand: ['accessory exec'], operands: 1, valueOptions: ['-d', '--destination', '-c', '--config-file', '-h', '--hosts'], joins: true, elsewhere: 'host' },
  { programs: ['modal'], subcommand: ['shell'], text: ['-c', '--cmd'], valueOptions: ['-c', '--cmd', '-e', '--env', '--image', '--volume', '--secret', '--add-local', '--add-python', '--gpu', '--cpu', '--memory', '--cloud', '--region'], elsewhere: 'host' },
  { programs: ['modal'], subcommand: ['container exec'], operands: 1, elsewhere: 'host' },
  { programs: ['doctl'], subcommand: ['compute ssh'], text: ['--ssh-command'], valueOptions: ['--ssh-command', '--ssh-user', '--ssh-key-path', '--ssh-port', '--context', '-t', '--access-token'], elsewhere: 'host' },
  { programs: ['hcloud'], subcommand: ['server ssh'], operands: 1, valueOptions: ['-u', '--user', '-p', '--port', '--context', '--config'], joins: true, elsewhere: 'host' },
  { programs: ['gh'], subcommand: ['codespace ssh', 'cs ssh'], after: ['--'], valueOptions: ['-c', '--codespace'], joins: true, elsewhere: 'host' },
  { programs: ['dokku'], subcommand: ['run', 'run:detached'], operands: 1, valueOptions: ['-e', '--env', '--cron-id', '--ttl-seconds'], elsewhere: 'host' },
  { programs: ['dokku'], subcommand: ['enter'], operands: 2, elsewhere: 'host' },
  { programs: ['vercel'], subcommand: ['env run'], valueOptions: ['-e', '--environment', '--git-branch', '--cwd', '-t', '--token', '-S', '--scope'] },
  { programs: ['netlify', 'ntl'], subcommand: ['dev:exec'], valueOptions: ['--context', '--filter'] },
  { programs: ['sail'], elsewhere: 'container' },
  { programs: ['aws-vault', 'chamber', 'direnv'], subcommand: ['exec'], operands: 1, valueOptions: ['-d', '--duration', '--region', '-t', '--mfa-token', '--prompt'] },
  { programs: ['dotenv', 'dotenvx', 'env-cmd', 'cross-env', 'with-env'], subcommand: ['run', 'exec', '--'], valueOptions: ['-e', '--env', '-f', '--file', '--env-file', '-c', '-v'], assignments: true },
  { programs: ['dotenv', 'env-cmd', 'with-env'], valueOptions: ['-e', '--environments', '-f', '--file', '-r', '--rc-file', '-c', '-v'], idle: ['-p', '--help', '--version'], assignments: true },
  // https://www.npmjs.com/package/cross-env
  { programs: ['cross-env'], assignments: true },
  { programs: ['cross-env-shell'], assignments: true, joins: true },
  { programs: ['docker', 'podman', 'nerdctl'], subcommand: ['exec'], operands: 1, valueOptions: ['-u', '--user', '-w', '--workdir', '-e', '--env', '--env-file', '--detach-keys', '-H', '--host', '-c', '--context', '--connection', '--url', '--identity'], elsewhere: 'container' },
  { programs: ['docker-compose'], subcommand: ['exec', 'run'], operands: 1, valueOptions: ['-u', '--user', '-w', '--workdir', '-e', '--env', '-f', '--file', '-p', '--project-name', '--index', '-v', '--volume', '--name', '--entrypoint', '--publish', '-l', '--label'], elsewhere: 'container' },
  { programs: ['kubectl', 'oc', 'k3s'], subcommand: ['exec'], operands: 1, valueOptions: ['-n', '--namespace', '-c', '--container', '--context', '--kubeconfig', '--cluster', '-f', '--filename'], elsewhere: 'container' },
  // https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/cli_tools/openshift-cli-oc
  { programs: ['oc'], subcommand: ['rsh'], operands: 1, valueOptions: ['-n', '--namespace', '-c', '--container', '--context', '--kubeconfig', '--cluster', '-f', '--filename', '--shell', '--pod-running-timeout'], elsewhere: 'container' },
  { programs: ['ssh'], operands: 1, valueOptions: ['-b', '-c', '-D', '-E', '-e', '-F', '-I', '-i', '-J', '-L', '-l', '-m', '-O', '-o', '-p', '-Q', '-R', '-S', '-W', '-w'], elsewhere: 'host', joins: true },
  // Linux under Windows: its files are not the ones seen here.
  { programs: ['wsl'], valueOptions: ['-d', '--distribution', '-u', '--user', '--cd', '--shell-type'], idle: ['-l', '--list', '--status', '--shutdown', '--update', '--help', '--version', '--unregister', '--export', '--import', '--install', '--terminate', '-t', '--set-default', '-s', '--set-version', '--mount', '--unmount'], elsewhere: 'container', joins: true },
  { programs: ['eval'], joins: true },
  { programs: ['busybox', 'toybox'] },
];

const byProgram = new Map<string, readonly Wrapper[]>();
for (const wrapper of wrappers) for (const program of wrapper.programs) byProgram.set(program, [...(byProgram.get(program) ?? []), wrapper]);

/** Every program known to run another. */
export const wrapperPrograms: readonly string[] = [...byProgram.keys()];

export function isWrapper(program: string): boolean {
  return byProgram.has(program);
}

export interface Unwrapped {
  readonly invocation: Invocation;
  /** The same program again with other words, once for each line of its input. */
  readonly more: readonly Invocation[];
  /** Name of the host it would run on; `container` for one inside a container; undefined for here. */
  readonly elsewhere: string | undefined;
  /** The wrapper does something of its own besides. */
  readonly acts: boolean;
}

/** Reads a file of the command's own machine; undefined where nobody can tell. */
export type ReadFile = (file: Word, invocation: Invocation) => string | undefined;

/** The invocation inside a wrapper's; undefined where the program is no wrapper or runs nothing. */
export function unwrap(invocation: Invocation, read: ReadFile = () => undefined): Unwrapped | undefined {
  for (const wrapper of byProgram.get(invocation.program) ?? []) {
    const inner = unwrapAs(wrapper, invocation, read);
    if (inner) return inner;
  }
  return undefined;
}

function unwrapAs(wrapper: Wrapper, invocation: Invocation, read: ReadFile): Unwrapped | undefined {
  let words = invocation.argv.slice(1);
  if (wrapper.subcommand) {
    const end = endOfSubcommand(words, wrapper);
    if (end < 0) return undefined;
    words = words.slice(end);
  }
  if (wrapper.after) {
    const at = words.findIndex((word) => wrapper.after?.includes(word.text));
    if (at < 0) return undefined;
    words = words.slice(at + 1);
  }
  const program = invocation.argv[0] as Word;
  const end = wrapper.text || wrapper.runsInput ? { own: words.length, rest: words.length, assignments: {} } : endOfOwnWords(words, wrapper);
  const own: Call = parseCall({ ...invocation, argv: [program, ...words.slice(0, end.own).filter((word) => !wrapper.text || word.text !== '--')] }, { valueOptions: wrapper.valueOptions ?? [] });
  if (wrapper.idle && hasOption(own, ...wrapper.idle)) return undefined;
  const base: Invocation = { ...invocation, env: { ...environmentOf(invocation, own), ...end.assignments }, redirections: [], cwd: wrapper.elsewhere ? undefined : folderOf(own, invocation) };
  const [first, ...more] = innerWords(wrapper, invocation, own, words.slice(end.rest), read).map((argv): Invocation => ({ ...base, argv, program: programOf(argv[0]) }));
  if (!first) return undefined;
  const elsewhere = wrapper.elsewhere === 'host' ? (own.operands[0]?.text ?? 'another host') : wrapper.elsewhere;
  const acts = wrapper.acts === true;
  if (!wrapper.runsInput) return { invocation: first, more, elsewhere, acts };
  return { invocation: { ...first, stdin: wrapper.runsInput === 'crontab' ? cronCommands(invocation.stdin) : invocation.stdin ?? { text: '', known: true } }, more, elsewhere, acts };
}

/** What a wrapper leaves of its own environment. https://www.gnu.org/software/coreutils/manual/html_node/env-invocation.html */
function environmentOf({ program, env, argv }: Invocation, own: Call): Invocation['env'] {
  if (program !== 'env') return env;
  if (hasOption(own, '-i', '--ignore-environment') || argv[1]?.text === '-') return {};
  const unset = new Set([...(own.options.get('-u') ?? []), ...(own.options.get('--unset') ?? [])].map((word) => word?.text));
  return unset.size === 0 ? env : Object.fromEntries(Object.entries(env).filter(([name]) => !unset.has(name)));
}

/** The words of each program a wrapper runs. */
function innerWords(wrapper: Wrapper, invocation: Invocation, own: Call, words: readonly Word[], read: ReadFile): readonly (readonly Word[])[] {
  if (wrapper.runsInput) return invocation.stdin ? [[knownWord('sh')]] : [];
  if (wrapper.text) {
    const text = optionValue(own, ...wrapper.text);
    return text ? [[knownWord('sh'), knownWord('-c'), text]] : [];
  }
  const splitString = invocation.program === 'env' ? optionValue(own, '-S', '--split-string') : undefined;
  const given = [...(splitString ? splitWords(splitString) : []), ...words];
  const lists = wrapper.feeds ? fed(invocation, own, given, read) : [given];
  return lists.filter((list) => list.length > 0).map((list) => (wrapper.joins ? [knownWord('sh'), knownWord('-c'), typedText(list, invocation)] : list));
}

/** Words as one text; names of keys that `tmux send-keys` takes, and a line end written out, are no part of it. */
function typedText(words: readonly Word[], invocation: Invocation): Word {
  const typed = invocation.program === 'tmux' ? words.filter((word) => !/^(?:Enter|C-[a-z]|KPEnter|Escape|Space|Tab)$/.test(word.text)) : words;
  const text = joinWords(typed, invocation.span);
  // What is typed into a terminal may be meant for another program than a shell.
  if (invocation.program === 'tmux' && !text.text.includes('\n') && parseShell(text.text).broken) return knownWord('', invocation.span);
  return isKnown(text) ? { ...text, text: text.text.replace(/(?:\\[nr]|\^M)+$/, '') } : text;
}

function folderOf(own: Call, { program, cwd }: Invocation): string | undefined {
  const folder = optionValue(own, '--chdir', '--working-directory') ?? (program === 'env' ? optionValue(own, '-C') : program === 'sudo' ? optionValue(own, '-D') : undefined);
  return folder ? textOf(folder) : cwd;
}

/** The commands of a crontab: each line but its five fields or `@daily`; `%` ends the line there. What is added to lines nobody can see (`crontab -l`) is looked at alone. https://man7.org/linux/man-pages/man5/crontab.5.html */
function cronCommands(input: Invocation['stdin']): Input {
  const lines = (input?.text ?? '').split('\n').filter((line) => !/^\s*(?:#|[A-Za-z_]\w*\s*=)/.test(line));
  return { text: lines.map((line) => line.replace(/^\s*(?:@\w+|\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s*/, '').replace(/%.*$/, '')).join('\n'), known: input !== undefined && (input.known || input.text !== '') };
}

/** Where the words after the subcommand begin; only options and their values may come before it. */
function endOfSubcommand(words: readonly Word[], wrapper: Wrapper): number {
  for (let at = 0; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    const named = wrapper.subcommand?.find((each) => (each.includes(' ') ? each.split(' ').every((word, index) => words[at + index]?.text === word) : each === text));
    if (named !== undefined) return at + named.split(' ').length;
    if (!text.startsWith('-')) return -1;
    if (isIn(wrapper.valueOptions ?? [], text)) at++;
  }
  return -1;
}

/** Splits a wrapper's own options, operands and assignments from the words of what it runs. */
function endOfOwnWords(words: readonly Word[], wrapper: Wrapper): { own: number; rest: number; assignments: Record<string, string> } {
  const assignments: Record<string, string> = {};
  let operands = wrapper.operands ?? 0;
  let at = 0;
  for (; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    if (text === '--') {
      if (operands > 0) continue;
      return { own: at, rest: at + 1, assignments };
    }
    if (text.startsWith('-') && (text.length > 1 || wrapper.assignments)) {
      // `xargs -i {} …` is written by people who mean `-I {}`.
      if (takesNext(text, wrapper.valueOptions ?? []) || (wrapper.feeds && text === '-i' && ['{}', fedWord].includes(words[at + 1]?.text ?? ''))) at++;
      continue;
    }
    const assignment = wrapper.assignments ? /^([A-Za-z_]\w*)=(.*)$/s.exec(text) : null;
    if (assignment?.[1]) assignments[assignment[1]] = assignment[2] ?? '';
    else if (operands > 0) operands--;
    else break;
  }
  return { own: at, rest: at, assignments };
}

/** True for an option whose value is the next word: `-u`, and the last of `-nu`. */
function takesNext(text: string, valueOptions: readonly string[]): boolean {
  if (isIn(valueOptions, text)) return true;
  if (text.startsWith('--') || text.length < 3) return false;
  const letters = Array.from(text.slice(1), (letter) => `-${letter}`);
  return letters.findIndex((letter) => isIn(valueOptions, letter)) === letters.length - 1;
}

/** Most programs one `xargs` or `parallel` is followed into. */
const mostFed = 64;

/** The programs run with words from the input, or after `:::`: known ones as they are, anything else as one unknown word. */
function fed(invocation: Invocation, own: Call, argv: readonly Word[], read: ReadFile): readonly (readonly Word[])[] {
  const parallel = invocation.program === 'parallel';
  const colons = parallel ? argv.findIndex((word) => /^:::\+?$/.test(word.text)) : -1;
  const given = colons < 0 ? argv : argv.slice(0, colons);
  const input = colons < 0 ? inputOf(invocation, own, read) : undefined;
  const mark = markOf(own, parallel);
  const program = given.length > 0 ? given : parallel ? [knownWord(mark ?? '{}')] : [knownWord('echo')];
  const marked = mark !== undefined && program.some((word) => word.text.includes(mark));
  const lines = marked || parallel;
  const words = colons >= 0 ? argv.slice(colons + 1).filter((word) => !/^:::\+?$/.test(word.text)) : input === undefined ? [unknownWord(fedWord)] : lines ? lineWords(input) : splitWords(knownWord(input));
  const commands = marked ? words.slice(0, mostFed).map((value) => program.map((word) => substitute(word, mark, value))) : [[...program, ...words]];
  // parallel hands a single word to a shell.
  return parallel && program.length === 1 ? commands.map((list) => [knownWord('sh'), knownWord('-c'), joinWords(list, invocation.span)]) : commands;
}

/** What it reads, where that is known. */
function inputOf(invocation: Invocation, own: Call, read: ReadFile): string | undefined {
  const file = optionValue(own, '-a', '--arg-file');
  if (file) return read(file, invocation);
  return invocation.stdin?.known ? invocation.stdin.text : undefined;
}

/** What stands for the input in the program's words: `{}`, or what `-I` says. */
function markOf(own: Call, parallel: boolean): string | undefined {
  const named = optionValue(own, '-I', '-J', '--replace')?.text;
  return named ?? (hasOption(own, '-i', '--replace') || parallel ? '{}' : undefined);
}

function lineWords(text: string): Word[] {
  return text.split(/[\n\0]/).filter(Boolean).slice(0, mostFed).map((line) => knownWord(line));
}

function substitute(word: Word, mark: string, value: Word): Word {
  if (!word.text.includes(mark)) return word;
  const pieces = word.text.split(mark);
  const known = isKnown(value);
  const text = pieces.join(value.text);
  let at = 0;
  const holes = known ? [] : pieces.slice(0, -1).map((piece) => {
    at += piece.length + value.text.length;
    return { start: at - value.text.length, end: at, mayBeEmpty: false };
  });
  return { ...word, text, holes: [...word.holes, ...holes], globs: word.globs };
}

function splitWords(word: Word): Word[] {
  return word.text.split(/\s+/).filter(Boolean).slice(0, 256).map((text) => (isKnown(word) ? knownWord(text) : unknownWord(text)));
}
