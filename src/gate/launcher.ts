import { execFile } from 'node:child_process';
import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { adapters } from '../agents/all.ts';
import { TIME_TO_ANSWER } from './bounds.ts';
import { UNNAMED } from './hook-call.ts';
import { posixNodes } from './nodes.ts';
import { createState, type State } from './state.ts';
import { writeAtomic } from './write-atomic.ts';

export interface LauncherSource {
  /** The editor's own Node: `process.execPath`. */
  readonly node: string;
  /** Path of the extension's dist/hook.js; the messenger, engine.js and the file of its rules lie beside it. */
  readonly program: string;
}

/** What the launcher and the messenger tell Node; nobody else may. */
const handedOn = ['INTERLOCK_REQUEST', 'INTERLOCK_SECONDS', 'INTERLOCK_SO_FAR', 'INTERLOCK_SINCE'];

/** Variables with which a workspace could make Node or Perl run something else, or say more than the answer. */
const takenAway = [
  'NODE_OPTIONS', 'NODE_PATH', 'NODE_REPL_EXTERNAL_MODULE', 'NODE_V8_COVERAGE', 'NODE_DEBUG', 'NODE_PENDING_DEPRECATION', 'NODE_COMPILE_CACHE',
  'NODE_ICU_DATA', 'NODE_CHANNEL_FD', 'VSCODE_INSPECTOR_OPTIONS', 'ELECTRON_NO_ASAR', 'LD_PRELOAD', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES',
  'PERL5OPT', 'PERL5LIB', 'PERL_USE_UNSAFE_INC', 'PERLLIB', 'PERL5DB', 'PERLIO', 'PERL_UNICODE', 'PERLIO_DEBUG', 'PERL_MEM_LOG',
];

const MESSENGER = 'messenger.pl';
const STANDBY = 'standby.js';
const COMPILER = 'compile-engine.js';
const COMPILE_MS = 60_000;
const PROGRAM_MODE = 0o600;

/**
 * Copies the hook program into the state folder and writes the launcher that runs it, so that neither lies in a folder that goes away
 * with the extension's version. Each is replaced in one step: an agent may be running it.
 */
export async function installLauncher(state: State, source: LauncherSource): Promise<void> {
  await createState(state);
  await installProgram(dirname(source.program), dirname(state.program));
  const text = state.platform === 'windows' ? windowsLauncher(state, source.node) : posixLauncher(state, source.node);
  await writeAtomic(state.launcher, text, 0o755);
}

/** What is read comes before what reads it: a hook of the version before may still load it, a new one must find its own. */
async function installProgram(from: string, to: string): Promise<void> {
  const rules = (await readdir(from)).filter(isRuleFile);
  for (const name of [...rules, 'engine.js', 'hook.js', STANDBY, COMPILER, MESSENGER]) await writeAnew(join(to, name), await readFile(join(from, name)));
  const old = (await readdir(to)).filter((name) => isRuleFile(name) && !rules.includes(name));
  for (const name of old) await rm(join(to, name), { force: true });
}

/** A file that is already as it should be stays: what `compileProgram` has made of it still holds. */
async function writeAnew(file: string, data: Buffer): Promise<void> {
  const [old, facts] = await Promise.all([readFile(file), lstat(file)]).catch(() => []);
  if (old?.equals(data) && facts?.isFile() && (facts.mode & 0o777) === PROGRAM_MODE) return;
  await writeAtomic(file, data, PROGRAM_MODE);
}

/**
 * Has the editor's Node compile the engine ahead, for hooks that find no editor. What comes of it is of use to this Node alone; any
 * other one compiles for itself each time.
 */
export async function compileProgram(state: State, node: string): Promise<void> {
  await promisify(execFile)(node, [join(dirname(state.program), COMPILER)], { env: { ELECTRON_RUN_AS_NODE: '1' }, timeout: COMPILE_MS });
}

/** The build names the file after what is in it. */
function isRuleFile(name: string): boolean {
  return /^rules-[0-9a-f]+\.js$/.test(name);
}

/**
 * With an editor there, the messenger carries the call; Node does in all other cases. Both run as a child and are not put in the shell's
 * place: what crashes or is killed must end as a refusal, and exit code 2 is the only one that every agent takes for one. A messenger that
 * could not be started (126, 127), read (255) or connect (75) has left standard input alone.
 */
function posixLauncher(state: State, node: string): string {
  return `#!/bin/sh
# What coding agents run to ask Interlock. Written by the extension each time it starts; changes are lost.
true 2>/dev/null >&1 || exit 2
true 2>/dev/null <&0 || exec </dev/null
true 2>/dev/null >&2 || exec 2>/dev/null
INTERLOCK_HOME=${word(state.root)}
INTERLOCK_CALLER_PATH=$PATH
INTERLOCK_LAUNCHER=$$
ELECTRON_RUN_AS_NODE=1
PATH=/usr/bin:/bin:/usr/sbin:/sbin
export INTERLOCK_HOME INTERLOCK_CALLER_PATH INTERLOCK_LAUNCHER ELECTRON_RUN_AS_NODE PATH
unset ${[...handedOn, ...takenAway].join(' ')}

program=${word(state.program)}
node=
[ -r "$program" ] && for found in ${[node, ...posixNodes].map(word).join(' ')} "$HOME/.volta/bin/node" "$HOME/.asdf/shims/node"; do
  [ -f "$found" ] && [ -x "$found" ] && node=$found && break
done

finish() {
  case $1 in
    0 | 2) exit "$1" ;;
  esac
  echo "Interlock's hook ended without an answer (code $1), so this was not run." >&2
  exit 2
}

socket=${word(state.socket)}
messenger=${word(join(dirname(state.program), MESSENGER))}
[ $# -gt 0 ] || set -- ${UNNAMED}
case $1 in
${timeLimits()}
  *) seconds= ;;
esac
[ -n "$seconds" ] && INTERLOCK_SECONDS=$seconds && export INTERLOCK_SECONDS
listening=
for each in "$socket" ${word(state.run)}/standby*.sock; do
  [ -S "$each" ] && listening=1
done
if [ -n "$seconds" ] && [ -n "$listening" ] && [ -r "$messenger" ] && [ -x /usr/bin/perl ]; then
  PERL_BADLANG=0 /usr/bin/perl "$messenger" "$socket" ${word(state.key)} "$seconds" $$ "$node" "$program" "$@"
  code=$?
  case $code in
    75 | 126 | 127 | 255) ;;
    *) finish $code ;;
  esac
fi

if [ -n "$node" ]; then
  "$node" "$program" "$@"
  finish $?
fi
echo "Interlock cannot look at this: neither the editor's Node nor another one can run $program. Nothing was run. Start the editor once, then try again." >&2
exit 2
`;
}

/** Branches of a `case` on the agent: the seconds in which an answer counts. */
function timeLimits(): string {
  return adapters.map(({ id, timeoutSeconds }) => `  ${id}) seconds=${timeoutSeconds - TIME_TO_ANSWER} ;;`).join('\n');
}

/** One word for \`sh\`. */
function word(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function windowsLauncher(state: State, node: string): string {
  const lines = [
    '@echo off',
    'rem What coding agents run to ask Interlock. Written by the extension each time it starts; changes are lost.',
    'setlocal DisableDelayedExpansion',
    'chcp 65001 >nul',
    `set "INTERLOCK_HOME=${batch(state.root)}"`,
    'set "INTERLOCK_CALLER_PATH=%PATH%"',
    'set "ELECTRON_RUN_AS_NODE=1"',
    ...[...handedOn, ...takenAway].map((name) => `set "${name}="`),
    'set "AGENT=%~1"',
    `if not defined AGENT set "AGENT=${UNNAMED}"`,
    'rem What stands behind the words of a line for several shells is for the others.',
    'set "EVENT=%~2"',
    'if "%EVENT%"=="exit" set "EVENT="',
    'if defined EVENT set EVENT="%EVENT%"',
    ...adapters.map(({ id, timeoutSeconds }) => `if "%AGENT%"=="${id}" set "INTERLOCK_SECONDS=${timeoutSeconds - TIME_TO_ANSWER}"`),
    `set "PROGRAM=${batch(state.program)}"`,
    `set "NODE=${batch(node)}"`,
    'if not exist "%NODE%" set "NODE=%ProgramFiles%\\nodejs\\node.exe"',
    'if not exist "%NODE%" goto missing',
    'if not exist "%PROGRAM%" goto missing',
    '"%NODE%" "%PROGRAM%" "%AGENT%" %EVENT%',
    'if %ERRORLEVEL% EQU 0 exit /b 0',
    'if %ERRORLEVEL% EQU 2 exit /b 2',
    "echo Interlock's hook ended without an answer, so this was not run. 1>&2",
    'exit /b 2',
    ':missing',
    "echo Interlock cannot look at this: neither the editor's Node nor another one was found. Nothing was run. Start the editor once, then try again. 1>&2",
    'exit /b 2',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** Text inside \`set "NAME=…"\`. Windows paths hold no quotes. */
function batch(text: string): string {
  return text.replaceAll('%', '%%');
}
