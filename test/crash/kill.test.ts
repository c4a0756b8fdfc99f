import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { claudeTool } from '../unit/agents/payloads.ts';
import { startingFile } from '../../src/gate/standby-start.ts';
import { standbySocket } from '../../src/gate/state.ts';
import { buildHook, start, type Ended, type Place } from '../unit/gate/launcher-fixture.ts';
import { standbysOf } from '../unit/gate/standby-processes.ts';

// A few for every change; `node test/run.mjs crash` takes as many as it is told.
const rounds = Number(process.env['CRASH_POINTS'] ?? 10);
const ANSWER_MS = 60;
const LONGEST_MS = 400;

const { fresh, program, remove } = buildHook();
after(remove);
const windowProgram = join(program, '..', 'window.cjs');
buildSync({ entryPoints: [new URL('window.ts', import.meta.url).pathname], outfile: windowProgram, bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'] });

const victims = ['the launcher', 'what the launcher started', 'the window that leads', 'the window of the folder', 'both windows'] as const;
type Victim = (typeof victims)[number];
const moments = ['at any moment', 'once the question is open', 'as the answer is given'] as const;

/** The windows of one editor: the first to open leads, the second has the workspace. */
class Windows {
  private readonly open = new Map<string, ChildProcess>();
  private readonly place: Place;
  private readonly log: string;

  constructor(place: Place, log: string) {
    this.place = place;
    this.log = log;
  }

  async reopen(): Promise<void> {
    for (const folder of [this.place.home, this.place.workspace]) {
      if (this.open.get(folder)?.exitCode === null && this.open.get(folder)?.signalCode === null) continue;
      const child = spawn(process.execPath, [windowProgram, this.place.state.root, folder, this.log, String(ANSWER_MS)], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise<void>((ready, fails) => {
        child.stdout.once('data', () => ready());
        child.once('close', () => fails(new Error('The window did not open.')));
      });
      this.open.set(folder, child);
    }
  }

  kill(...folders: readonly string[]): void {
    for (const folder of folders) this.open.get(folder)?.kill('SIGKILL');
  }
}

/** The processes that one started, as Linux shows them. */
function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((each) => parentOf(each) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    // The name in brackets may hold anything.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** Waits until one of the lines is there, the hook has ended or it has been long enough. */
async function comesTo(log: string, lines: readonly string[], ended: () => boolean): Promise<void> {
  for (let waited = 0; waited < 5_000 && !ended(); waited += 5) {
    const said = readFileSync(log, 'utf8').split('\n');
    if (lines.some((line) => said.includes(line))) return;
    await pause(5);
  }
}

function kill(victim: Victim, hook: ChildProcess, windows: Windows, { home, workspace }: Place): void {
  switch (victim) {
    case 'the launcher': hook.kill('SIGKILL'); break;
    case 'what the launcher started': for (const pid of childrenOf(hook.pid ?? 0)) killIfThere(pid); break;
    case 'the window that leads': windows.kill(home); break;
    case 'the window of the folder': windows.kill(workspace); break;
    case 'both windows': windows.kill(home, workspace); break;
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** Whatever it printed: the agent goes by the code. */
const isAllow = ({ code }: Ended): boolean => code === 0;

for (const how of ['messenger', 'Node'] as const) {
  test(`of ${rounds} hooks by ${how} with something killed under them none lets through what nobody allowed`, { timeout: rounds * 30_000 }, async (t) => {
    const place = await fresh();
    if (how === 'Node') rmSync(join(place.state.program, '..', 'messenger.pl'));
    const log = join(place.home, 'log');
    writeFileSync(log, '');
    const windows = new Windows(place, log);
    t.after(() => windows.kill(place.home, place.workspace));
    const seen = { allowed: 0, refused: 0, killed: 0 };
    for (let round = 0; round < rounds; round++) {
      await windows.reopen();
      const victim = victims[round % victims.length] ?? 'the launcher';
      const moment = moments[Math.floor(Math.random() * moments.length)] ?? 'at any moment';
      const { child, ended } = start(place);
      let over = false;
      void ended.then(() => (over = true));
      child.stdin?.end(claudeTool('Bash', { command: `git push --force origin round-${round}` }, { cwd: place.workspace, session_id: `round ${round}`, transcript_path: `${place.home}/.claude/x.jsonl` }));
      if (moment === 'at any moment') await pause(Math.random() * LONGEST_MS);
      else await comesTo(log, moment === 'once the question is open' ? [`asked ${round}`] : [`allow ${round}`, `deny ${round}`], () => over);
      if (!over) kill(victim, child, windows, place);
      const end = await ended;
      const about = `round ${round}, ${victim} killed ${moment}: ${JSON.stringify(end)}`;
      if (isAllow(end)) assert.ok(readFileSync(log, 'utf8').split('\n').includes(`allow ${round}`), about);
      else assert.ok(end.code === 2 || (victim === 'the launcher' && child.signalCode === 'SIGKILL'), about);
      seen[isAllow(end) ? 'allowed' : end.code === 2 ? 'refused' : 'killed'] += 1;
    }
    t.diagnostic(`${seen.allowed} allowed by a person, ${seen.refused} refused, ${seen.killed} launchers killed`);
    assert.ok(rounds < 10 || (seen.allowed > 0 && seen.refused > 0), 'too little was done to be worth killing');
  });
}

test(`of ${rounds} hooks without an editor and with something killed under them none lets through what nobody allowed`, { timeout: rounds * 30_000 }, async (t) => {
  const place = await fresh();
  t.after(() => standbysOf(place.state).forEach(killIfThere));
  const seen = { refused: 0, killed: 0, standbysKilled: 0 };
  for (let round = 0; round < rounds; round++) {
    const victim = (['the launcher', 'what the launcher started', 'what stands by'] as const)[round % 3];
    if (victim === 'what stands by') await standsBy(place);
    const { child, ended } = start(place);
    let over = false;
    void ended.then(() => (over = true));
    child.stdin?.end(claudeTool('Bash', { command: `git push --force origin round-${round}` }, { cwd: place.workspace, session_id: `round ${round}`, transcript_path: `${place.home}/.claude/x.jsonl` }));
    await pause(Math.random() * (victim === 'what stands by' ? ANSWER_MS : LONGEST_MS));
    const standbys = standbysOf(place.state);
    if (victim === 'what stands by') standbys.forEach(killIfThere);
    else if (!over && victim === 'the launcher') child.kill('SIGKILL');
    else if (!over) for (const pid of childrenOf(child.pid ?? 0)) killIfThere(pid);
    const end = await ended;
    assert.ok(end.code === 2 || (victim === 'the launcher' && child.signalCode === 'SIGKILL'), `round ${round}, ${victim} killed: ${JSON.stringify(end)}`);
    seen[end.code === 2 ? 'refused' : 'killed'] += 1;
    if (victim === 'what stands by') seen.standbysKilled += standbys.length;
  }
  t.diagnostic(`${seen.refused} refused, ${seen.killed} launchers killed, ${seen.standbysKilled} that stood by killed`);
  assert.ok(rounds < 10 || (seen.refused > 0 && seen.standbysKilled > 0), 'too little was done to be worth killing');
});

/** Has hooks run until one stands by. One that was killed as it began would be waited for. */
async function standsBy(place: Place): Promise<void> {
  rmSync(startingFile(place.state), { force: true });
  for (let tries = 0; tries < 100 && !(standbysOf(place.state).length > 0 && existsSync(standbySocket(place.state))); tries++) {
    const { child, ended } = start(place);
    child.stdin?.end(claudeTool('Bash', { command: 'git status' }, { cwd: place.workspace, transcript_path: `${place.home}/.claude/x.jsonl` }));
    await ended;
    await pause(ANSWER_MS);
  }
}
