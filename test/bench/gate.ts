// How the gate bears many requests at once: 200 hooks' requests, as 200 connections, to a window and through one window to another.
//   node test/run.mjs bench
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adapter as claudeCode } from '../../src/agents/claude-code.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import { blindWorld } from '../../src/core/world.ts';
import { decide } from '../../src/core/decide.ts';
import { askGate } from '../../src/gate/client.ts';
import { startGate, type Gate } from '../../src/gate/server.ts';
import { Sessions } from '../../src/gate/sessions.ts';
import { locateState, type State } from '../../src/gate/state.ts';
import { createJournal } from '../../src/journal/journal.ts';
import { verify } from '../../src/journal/read.ts';
import { ordinary } from './ordinary.ts';

const AT_ONCE = 200;
const ROUNDS = 10;

/** A window with everything it has in the editor but the person. */
function open(state: State, folder: string): Promise<Gate> {
  return startGate({
    state,
    folders: () => [folder],
    focused: () => false,
    services: {
      adapters: [claudeCode],
      decide: (action) => decide(action, blindWorld(), defaultPolicy),
      recorder: createJournal(state.journal, { now: Date.now, mask: (text) => text }),
      sessions: new Sessions({ folder: state.sessions, now: Date.now }),
      asker: { ask: () => Promise.resolve({ answer: 'deny' }) },
      mask: (text) => text,
      now: Date.now,
      answerWithin: () => 60_000,
    },
  });
}

function request(command: string, cwd: string): Parameters<typeof askGate>[0] {
  const payload = { hook_event_name: 'PreToolUse', session_id: 'bench', transcript_path: '/home/dev/.claude/x.jsonl', cwd, permission_mode: 'default', tool_name: 'Bash', tool_input: { command }, tool_use_id: 't' };
  return { agent: 'claude-code', payload: JSON.stringify(payload), env: { HOME: '/home/dev', PATH: '/usr/bin' }, cwd, pid: process.pid };
}

/** Milliseconds until each of the requests is answered, sent all at once. */
async function together(state: State, cwd: string): Promise<{ readonly times: readonly number[]; readonly lost: number }> {
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, async (_, index) => {
    const result = await askGate(request(ordinary[index % ordinary.length] ?? 'ls', cwd), { state, deadline: Date.now() + 60_000 });
    return { result, time: performance.now() - began };
  }));
  return { times: answers.map(({ time }) => time), lost: answers.filter(({ result }) => 'failure' in result).length };
}

function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'il-bench-'));
  const state = locateState({ INTERLOCK_HOME: join(home, 'il') }, home);
  const gates = [await open(state, '/one'), await open(state, '/two')];
  const rows = [];
  for (const [way, cwd] of [['to the window that leads', '/one'], ['through it to another window', '/two']] as const) {
    await together(state, cwd);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await together(state, cwd));
    const times = rounds.flatMap((one) => one.times);
    rows.push({ [`${AT_ONCE} at once`]: way, lost: rounds.reduce((sum, { lost }) => sum + lost, 0), 'first ms': Math.round(percentile(times, 0)), 'median ms': Math.round(percentile(times, 50)), 'p99 ms': Math.round(percentile(times, 99)), 'all ms (median round)': Math.round(percentile(rounds.map((one) => Math.max(...one.times)), 50)) });
  }
  await Promise.all(gates.map((gate) => gate.close()));
  console.table(rows);
  const { records, problems } = await verify(state.journal);
  console.log(`${records} records in the journal, ${problems.length} problems; ${Math.round(process.memoryUsage().rss / 1_048_576)} MB resident, both windows and all ${AT_ONCE} clients in one process`);
  rmSync(home, { recursive: true, force: true });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
