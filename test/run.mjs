// Does all the set-up a command needs and runs it: the scripts of package.json call this with nothing installed yet.
//   node test/run.mjs start|test|agents|unit|replay|shell|crash|check|bench|bench:secrets|docs|package [options]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [task = '', ...options] = process.argv.slice(2);

/** Runs a program to its end and stops everything when it fails. */
function run(program, args, extra = {}) {
  const { status, signal, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...extra });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? (signal ? 128 : 1));
}

const bin = (name, args) => run(process.execPath, [join(root, 'node_modules', name, binaries[name]), ...args]);
const binaries = { typescript: 'bin/tsc', oxlint: 'bin/oxlint', knip: 'bin/knip.js', '@vscode/vsce': 'vsce' };
const node = (args) => run(process.execPath, ['--import', 'tsx', ...args]);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Installs the development dependencies unless the installed ones are those of the lock file. */
function dependencies() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return;
  step('Installing the development dependencies from the npm registry (about 180 MB)');
  run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' });
}

function step(name) {
  console.log(`\n── ${name}`);
}

/** Every test file below a folder. */
function testFiles(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true }).map(String).filter((file) => file.endsWith('.test.ts')).sort().map((file) => join(folder, file));
}

function lists() {
  run(process.execPath, ['esbuild.mjs', '--lists']);
}

function check() {
  lists();
  step('Lint');
  bin('oxlint', ['--type-aware', 'src', 'test']);
  step('Types');
  bin('typescript', []);
  step('Dead code');
  bin('knip', []);
}

function unit() {
  lists();
  step('Unit tests and cases');
  // Files at once: by itself Node leaves a processor out, of two every other one.
  node(['--require', './test/seed.cjs', '--test', `--test-concurrency=${availableParallelism()}`, '--test-reporter=./test/reporter.mjs', ...['test/unit', 'test/cases', 'test/fuzz', 'test/crash'].flatMap(testFiles)]);
}

/** Commands that lose something, run for real between a copy and its restore. */
function replay() {
  lists();
  step('Commands run for real: decide, keep, run, restore');
  node(['--test', '--test-reporter=./test/reporter.mjs', 'test/replay/every-command.ts']);
}

/** What starts in agents' shells, and what starts in a person's: bash, zsh, dash and fish. */
function shell() {
  lists();
  step('Real shells behind the terminal guard');
  node(['--test', '--test-reporter=./test/reporter.mjs', 'test/shell/every-shell.ts']);
}

/**
 * Kills a process at moments nobody chose while it keeps copies, sweeps old ones and writes the journal, and each process that a hook's
 * answer comes through: 200 times, or as often as is said.
 */
function crash() {
  lists();
  step('Crashes');
  run(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=./test/reporter.mjs', 'test/crash/crash.test.ts', 'test/crash/kill.test.ts'], { env: { ...process.env, CRASH_POINTS: options[0] ?? '200' } });
}

/** Builds and packages the extension as it would be published. */
function packageExtension() {
  step('Package');
  bin('@vscode/vsce', ['package', '--no-dependencies', '--out', 'dist/interlock.vsix']);
}

/** Writes the pages of docs/ anew: the unit tests hold them to what the rules say. */
function docs() {
  lists();
  node(['test/docs/write.ts']);
}

/** Measures what is to be fast: prints figures and judges none. */
function bench() {
  lists();
  step('Build');
  run(process.execPath, ['esbuild.mjs', '--production', '--bench']);
  step('How fast an action is judged');
  node(['test/bench/decide.ts']);
  step('How long a hook takes');
  node(['test/bench/hook.ts']);
  step('How the gate bears many requests at once');
  node(['test/bench/gate.ts']);
  step('How fast secrets are found');
  node(['test/bench/scan.ts']);
  step('How fast the journal is searched');
  node(['test/bench/journal.ts']);
  step('What a stand-in of the terminal guard costs');
  node(['test/bench/shim.ts']);
  step('How fast files are kept and brought back');
  node(['test/bench/vault.ts']);
}

/** Measures how many secrets are found, hidden and masked, on a folder of labelled examples. */
function benchSecrets() {
  lists();
  node(['test/bench/secrets.ts', ...options]);
}

const tasks = {
  check,
  unit,
  bench,
  'bench:secrets': benchSecrets,
  docs,
  replay,
  shell,
  crash,
  package: packageExtension,
  agents() {
    packageExtension();
    step('Every agent that runs offline, the packaged extension, a real workbench');
    node(['test/agents/every-agent.ts', ...options]);
    if (options.includes('light')) return;
    step('Hooks that answer too late');
    node(['test/agents/late-answers.ts']);
    step('Codex, Copilot, opencode and Kilo Code without hooks, behind the terminal guard');
    node(['test/agents/hooks-off.ts', 'codex', 'copilot', 'opencode', 'kilo']);
  },
  start() {
    packageExtension();
    node(['test/workbench/start.ts', ...options]);
  },
  test() {
    check();
    unit();
    replay();
    shell();
    packageExtension();
    step('Extension host tests in a real workbench');
    node(['test/workbench/host.ts']);
    step('Scenes in a real workbench');
    node(['test/workbench/scenes.ts']);
    step('A real agent, the packaged extension, a real workbench');
    node(['test/agents/first-light.ts']);
    step('A real agent without hooks, behind the terminal guard');
    node(['test/agents/hooks-off.ts']);
    step('Cursor’s agent and VS Code’s agent mode');
    node(['test/agents/every-agent.ts', 'light']);
  },
};

const chosen = tasks[task];
if (!chosen) {
  console.error(`There is no task “${task}”. Known: ${Object.keys(tasks).join(', ')}.`);
  process.exit(2);
}
dependencies();
chosen();
