// How fast actions are judged, by the engine as it is packaged: ordinary commands, hostile ones, and how long its programs take to load.
//   node test/run.mjs bench
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShellAction } from '../../src/core/action.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import { blindWorld, type World } from '../../src/core/world.ts';
import type { Engine } from '../../src/gate/engine.ts';
import { hostile } from './hostile.ts';
import { ordinary } from './ordinary.ts';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../../dist');
const { engine } = createRequire(import.meta.url)(join(dist, 'engine.js')) as { readonly engine: Engine };

const action = (command: string): ShellAction => ({ tool: 'shell', shell: 'bash', command, agent: 'bench', session: '', cwd: '/home/dev/project', workspaceRoots: ['/home/dev/project'], env: { HOME: '/home/dev', PATH: '/usr/bin' } });

const names = Array.from({ length: 1000 }, (_, index) => `${'a'.repeat(index % 40)}${index}.ts`);
/** A disk on which everything that is not hidden exists and every folder holds a thousand files, so that whatever asks it has something to do. */
const crowded: World = { ...blindWorld(), sighted: true, stat: (path) => (path.includes('/.') ? undefined : { kind: /\.\w+$/.test(path) ? 'file' : 'folder', size: 100 }), list: () => names };

/** Milliseconds one judgement takes. */
function timed(command: string, world: World): number {
  const started = performance.now();
  engine.decide(action(command), world, defaultPolicy);
  return performance.now() - started;
}

const median = (numbers: readonly number[]): number => percentile(numbers, 50);

function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}

function ordinaryCommands(): void {
  const round = (): readonly number[] => ordinary.map((command) => timed(command, blindWorld()));
  // A session's engine has been compiled long before its thousandth command.
  for (let warming = 0; warming < 150; warming++) round();
  const rounds = Array.from({ length: 300 }, round);
  const times = rounds.flat();
  // Half of the rounds are faster: what else the machine does meanwhile is no cost of judging.
  const perRound = median(rounds.map((one) => one.reduce((sum, time) => sum + time, 0)));
  const row = { commands: ordinary.length, judged: times.length, 'per second': Math.round((ordinary.length * 1000) / perRound), 'p50 µs': Math.round(percentile(times, 50) * 1000), 'p99 µs': Math.round(percentile(times, 99) * 1000), 'worst µs': Math.round(percentile(times, 100) * 1000) };
  console.log('\nOrdinary commands on one core');
  console.table([row]);
  const slowest = ordinary.map((command, index) => ({ command: command.slice(0, 60), 'µs': Math.round(median(rounds.map((one) => one[index] ?? NaN)) * 1000) })).toSorted((a, b) => b['µs'] - a['µs']);
  console.table(slowest.slice(0, 5));
}

function hostileCommands(): void {
  const rows = Object.entries(hostile).map(([name, command]) => {
    // The first time counts too: an attack comes once.
    const first = timed(command, crowded);
    return { 'hostile input': name, KiB: Number((command.length / 1024).toFixed(1)), 'first ms': Number(first.toFixed(1)), 'then ms': Number(median(Array.from({ length: 5 }, () => timed(command, crowded))).toFixed(1)) };
  });
  console.log(`\nThe ten worst of ${rows.length} hostile inputs`);
  console.table(rows.toSorted((a, b) => b['first ms'] - a['first ms']).slice(0, 10));
}

/** Milliseconds in which a fresh process loads a program. */
function coldLoad(program: string): number {
  const script = `const started = performance.now(); require(${JSON.stringify(join(dist, program))}); process.stdout.write(String(performance.now() - started), () => process.exit(0))`;
  return Number(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', input: '' }).stdout);
}

function programs(): void {
  const loads = { 'hook.js': NaN, 'engine.js': NaN, 'engine-without-rules.js': NaN };
  for (const program of Object.keys(loads) as (keyof typeof loads)[]) loads[program] = Math.min(...Array.from({ length: 15 }, () => coldLoad(program)));
  // The extension needs the editor, and the command line runs something.
  const rows = ['hook.js', 'engine.js', 'cli.js', 'extension.js'].map((program) => ({ program, KB: Math.round(statSync(join(dist, program)).size / 1000), 'cold load ms': program in loads ? rounded(loads[program as keyof typeof loads]) : '' }));
  // What else the machine does meanwhile is no cost of loading.
  console.log('\nPrograms (fastest of 15 processes)');
  console.table([...rows, { program: 'of engine.js: all rules', KB: Math.round(statSync(rulesFile()).size / 1000), 'cold load ms': rounded(loads['engine.js'] - loads['engine-without-rules.js']) }]);
}

function rulesFile(): string {
  return join(dist, readdirSync(dist).find((name) => /^rules-.*\.js$/.test(name)) ?? 'rules.js');
}

function rounded(milliseconds: number): number {
  return Number(milliseconds.toFixed(1));
}

ordinaryCommands();
hostileCommands();
programs();
