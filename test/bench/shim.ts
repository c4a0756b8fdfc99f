// What a stand-in of the terminal guard costs over calling the program itself: whole processes, one beside the other.
//   node test/run.mjs bench
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coveredPrograms } from '../../src/terminal/covered-programs.ts';
import { writeShims } from '../../src/terminal/shims.ts';

const RUNS = 400;
/** Folders on PATH before the one with the program, as people have them. */
const FOLDERS = 12;

interface Kind {
  readonly what: string;
  readonly goal: number;
  readonly env: Readonly<Record<string, string>>;
}

const kinds: readonly Kind[] = [
  { what: 'in a person’s shell', goal: 2, env: {} },
  { what: 'in an agent’s shell, harmless words', goal: 3, env: { CLAUDECODE: '1' } },
];

function milliseconds(program: string, env: Readonly<Record<string, string>>): number {
  const began = process.hrtime.bigint();
  const { status } = spawnSync(program, ['get', 'pods', '-n', 'shop', '-o', 'wide'], { env, stdio: 'ignore' });
  const took = Number(process.hrtime.bigint() - began) / 1e6;
  if (status !== 0) throw new Error(`${program} did not run`);
  return took;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'il-bench-'));
  try {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync('/bin/true', join(bin, 'kubectl'));
    writeFileSync(join(folder, 'empty'), `#!/bin/sh\nexec '${join(bin, 'kubectl')}' "$@"\n`, { mode: 0o755 });
    await writeShims(join(folder, 'shims'), coveredPrograms().filter(({ program }) => program === 'kubectl'), '/launcher');
    const before = Array.from({ length: FOLDERS }, (_, at) => join(folder, `folder-${at}`, 'bin'));
    const PATH = [join(folder, 'shims'), ...before, bin, '/usr/bin', '/bin'].join(':');
    for (const { what, goal, env } of kinds) {
      const direct: number[] = [];
      const shimmed: number[] = [];
      const empty: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        direct.push(milliseconds(join(bin, 'kubectl'), { PATH, ...env }));
        shimmed.push(milliseconds(join(folder, 'shims', 'kubectl'), { PATH, ...env }));
        empty.push(milliseconds(join(folder, 'empty'), { PATH, ...env }));
      }
      const over = (times: readonly number[]): string => (median(times) - median(direct)).toFixed(2);
      console.log(`${what}: ${over(shimmed)} ms over ${median(direct).toFixed(2)} ms (median of ${RUNS}; at most ${goal} ms), of which any sh script takes ${over(empty)} ms`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
