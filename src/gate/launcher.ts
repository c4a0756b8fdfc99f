import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createState, type State } from './state.ts';
import { writeAtomic } from './write-atomic.ts';

export interface LauncherSource {
  /** The editor's own Node: `process.execPath`. */
  readonly node: string;
  /** Path of the extension's dist/hook.js; engine.js and the file of its rules lie beside it. */
  readonly program: string;
}

/** Variables with which a workspace could make Node run something else, or say more than the answer. */
const takenAway = [
  'NODE_OPTIONS', 'NODE_PATH', 'NODE_REPL_EXTERNAL_MODULE', 'NODE_V8_COVERAGE', 'NODE_DEBUG', 'NODE_PENDING_DEPRECATION', 'NODE_COMPILE_CACHE',
  'NODE_ICU_DATA', 'NODE_CHANNEL_FD', 'VSCODE_INSPECTOR_OPTIONS', 'ELECTRON_NO_ASAR', 'LD_PRELOAD', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES',
];

const posixNodes = ['/usr/local/bin/node', '/opt/homebrew/bin/node', '/usr/bin/node', '/opt/local/bin/node', '/snap/bin/node'];

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
  for (const name of [...rules, 'engine.js', 'hook.js']) await writeAtomic(join(to, name), await readFile(join(from, name)), 0o600);
  const old = (await readdir(to)).filter((name) => isRuleFile(name) && !rules.includes(name));
  for (const name of old) await rm(join(to, name), { force: true });
}

/** The build names the file after what is in it. */
function isRuleFile(name: string): boolean {
  return /^rules-[0-9a-f]+\.js$/.test(name);
}

/**
 * Node runs as a child and is not put in the shell's place: a Node that crashes or is killed must end as a refusal, and exit code 2 is
 * the only one that every agent takes for one.
 */
function posixLauncher(state: State, node: string): string {
  return `#!/bin/sh
# What coding agents run to ask Interlock. Written by the extension each time it starts; changes are lost.
INTERLOCK_HOME=${word(state.root)}
INTERLOCK_CALLER_PATH=$PATH
ELECTRON_RUN_AS_NODE=1
PATH=/usr/bin:/bin:/usr/sbin:/sbin
export INTERLOCK_HOME INTERLOCK_CALLER_PATH ELECTRON_RUN_AS_NODE PATH
unset ${takenAway.join(' ')}
program=${word(state.program)}
for node in ${[node, ...posixNodes].map(word).join(' ')} "$HOME/.volta/bin/node" "$HOME/.asdf/shims/node"; do
  [ -f "$node" ] && [ -x "$node" ] || continue
  [ -r "$program" ] || break
  "$node" "$program" "$@"
  code=$?
  case $code in
    0 | 2) exit $code ;;
  esac
  echo "Interlock's hook ended without an answer (code $code), so this was not run." >&2
  exit 2
done
echo "Interlock cannot look at this: neither the editor's Node nor another one can run $program. Nothing was run. Start the editor once, then try again." >&2
exit 2
`;
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
    ...takenAway.map((name) => `set "${name}="`),
    `set "PROGRAM=${batch(state.program)}"`,
    `set "NODE=${batch(node)}"`,
    'if not exist "%NODE%" set "NODE=%ProgramFiles%\\nodejs\\node.exe"',
    'if not exist "%NODE%" goto missing',
    'if not exist "%PROGRAM%" goto missing',
    '"%NODE%" "%PROGRAM%" %*',
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
