// What an agent waits for before each action: the whole of a hook's process, over an empty shell and over bare Node.
//   node test/run.mjs bench
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compileProgram, installLauncher } from '../../src/gate/launcher.ts';
import { startingFile } from '../../src/gate/standby-start.ts';
import { locateState, standbySocket, type State } from '../../src/gate/state.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 100);
const dist = join(import.meta.dirname, '../../dist');
const home = mkdtempSync(join(tmpdir(), 'il-bench-'));
const workspace = join(home, 'project');
const empty = join(home, 'empty.js');

const payload = JSON.stringify({
  session_id: 's1', transcript_path: join(home, '.claude/projects/x.jsonl'), cwd: workspace, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: 'git status --short', description: 'Show what has changed' }, tool_use_id: 'toolu_1',
});

type Row = readonly [program: string, ...words: string[]];

/** Milliseconds until the process has ended. One that does not end as it should is no measurement. */
function timed([program, ...words]: Row): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(program, words, { input: payload, cwd: workspace, env: { ...process.env, HOME: home }, encoding: 'utf8' });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return took;
}

async function stateWithLauncher(name: string): Promise<State> {
  const state = locateState({ INTERLOCK_HOME: join(home, name) }, home);
  await installLauncher(state, { node: process.execPath, program: join(dist, 'hook.js') });
  // As the editor does when it starts.
  await compileProgram(state, process.execPath);
  return state;
}

function startEditor(state: State): Promise<ChildProcess> {
  const editor = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'editor.ts'), state.root, workspace], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    editor.stdout.once('data', () => resolve(editor));
    editor.once('exit', () => reject(new Error('The editor did not start.')));
  });
}

/** What the first hook has started for those after it. */
async function standsBy(state: State): Promise<void> {
  for (let waited = 0; !existsSync(standbySocket(state)) || existsSync(startingFile(state)); waited += 50) {
    if (waited > 10_000) throw new Error('Nothing stands by.');
    await pause(50);
  }
}

function figures(times: readonly number[]): { readonly fastest: number; readonly median: number; readonly p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (percent: number): number => sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
  return { fastest: at(0), median: at(50), p99: at(99) };
}

async function main(): Promise<void> {
  mkdirSync(workspace);
  writeFileSync(empty, '');
  const quick = await stateWithLauncher('quick');
  const plain = await stateWithLauncher('plain');
  unlinkSync(join(plain.root, 'bin', 'messenger.pl'));
  const alone = await stateWithLauncher('alone');
  const first = await stateWithLauncher('first');
  // So that none of its hooks starts what would answer the next.
  writeFileSync(startingFile(first), '');
  utimesSync(startingFile(first), new Date(), new Date(Date.now() + 3_600_000));
  const editors = [await startEditor(quick), await startEditor(plain)];
  const curl = '/usr/bin/curl';
  const rows: Readonly<Record<string, Row>> = {
    'an empty /bin/sh': ['/bin/sh', '-c', ':'],
    'bare Node': [process.execPath, empty],
    'hook, editor running': [quick.launcher, 'claude-code'],
    'hook, editor running, no Perl': [plain.launcher, 'claude-code'],
    'hook, no editor, the first': [first.launcher, 'claude-code'],
    'hook, no editor, a later one': [alone.launcher, 'claude-code'],
    // Why it is Perl: this is what a shell with curl would add its own time to.
    ...(existsSync(curl) ? { 'curl alone, editor running': [curl, '-q', '-s', '-o', '/dev/null', '--noproxy', '*', '--unix-socket', quick.socket, 'http://gate/v1/status'] as const } : {}),
  };
  timed([alone.launcher, 'claude-code']);
  await standsBy(alone);
  const times = new Map(Object.keys(rows).map((name) => [name, [] as number[]]));
  // In turn, so that what else the machine does meanwhile meets all of them.
  for (let round = 0; round < ROUNDS; round++) for (const [name, row] of Object.entries(rows)) times.get(name)?.push(timed(row));
  for (const editor of editors) editor.kill();
  const measured = Object.fromEntries([...times].map(([name, taken]) => [name, figures(taken)]));
  const over = (name: string, base: string, figure: 'fastest' | 'median'): number => (measured[name]?.[figure] ?? NaN) - (measured[base]?.[figure] ?? NaN);
  const table = Object.entries(measured).map(([name, { fastest, median, p99 }]) => ({
    process: name, 'fastest ms': fastest.toFixed(1), 'median ms': median.toFixed(1), 'p99 ms': p99.toFixed(1),
    'over /bin/sh': `${over(name, 'an empty /bin/sh', 'fastest').toFixed(1)} / ${over(name, 'an empty /bin/sh', 'median').toFixed(1)}`,
    'over Node': `${over(name, 'bare Node', 'fastest').toFixed(1)} / ${over(name, 'bare Node', 'median').toFixed(1)}`,
  }));
  console.log(`\nA hook’s whole process (${ROUNDS} rounds; differences: fastest / median)`);
  console.table(table);
}

void main().finally(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
