import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { adapter as claudeCode } from '../../../src/agents/claude-code.ts';
import { adapter as cursor } from '../../../src/agents/cursor.ts';
import { standBy } from '../../../src/gate/standby.ts';
import { standbySocket } from '../../../src/gate/state.ts';
import { buildPrograms, guardedHome, runProgram, type Home } from './installed-home.ts';

let built: ReturnType<typeof buildPrograms>;
before(() => {
  built = buildPrograms();
});
after(() => built.remove());

const Report = z.object({
  agents: z.array(z.object({ id: z.string(), standing: z.looseObject({ state: z.string() }) })),
  gate: z.object({ window: z.optional(z.object({ pid: z.number() })) }),
  launcher: z.object({ state: z.string() }),
  policyProblems: z.array(z.string()),
  collector: z.optional(z.looseObject({ state: z.string() })),
  sound: z.boolean(),
});

interface Case {
  readonly when: string;
  readonly break?: (home: Home) => void;
  readonly code: 0 | 1;
  readonly states: Readonly<Record<string, string>>;
  readonly says: RegExp;
}

/** A journal of which something waits, and how far it has been sent. */
const collected = (more: object) => ({ state }: Home): void => {
  mkdirSync(state.journal, { recursive: true });
  writeFileSync(join(state.journal, '2026-11-22.jsonl'), 'x'.repeat(100));
  writeFileSync(join(state.root, 'open-telemetry.json'), JSON.stringify({ version: 1, place: { file: '2026-11-22.jsonl', offset: 10, seq: 1, hash: 'h' }, endpoint: 'https://c.example/v1/logs', rejected: 2, ...more }));
};

const cases: readonly Case[] = [
  { when: 'all that is found is guarded', code: 0, states: { 'claude-code': 'guarded', cursor: 'guarded', codex: 'absent' }, says: /Every agent found here is guarded/ },
  { when: 'the launcher is missing', break: ({ state }) => rmSync(state.launcher), code: 1, states: { 'claude-code': 'not alive', cursor: 'not alive' }, says: /NO {2}Claude Code: NOT guarded, its hooks do not answer\n.*could not be started/ },
  { when: 'an agent is not guarded', break: ({ home }) => mkdirSync(join(home, '.codex')), code: 1, states: { codex: 'found', cursor: 'guarded' }, says: /NO {2}Codex: found and NOT guarded/ },
  {
    when: 'a folder switches hooks off',
    break: ({ home }) => {
      mkdirSync(join(home, 'shop', '.claude'), { recursive: true });
      writeFileSync(join(home, 'shop', '.claude', 'settings.local.json'), '{"disableAllHooks":true}');
    },
    code: 1,
    states: { 'claude-code': 'silenced', cursor: 'guarded' },
    says: /disableAllHooks is true in .*shop\/\.claude\/settings\.local\.json/,
  },
  { when: 'nothing is sent', code: 0, states: {}, says: /Collector {3}none: records stay on this machine/ },
  { when: 'records are sent', break: collected({ sent: '2026-11-22T12:00:00.000Z' }), code: 0, states: {}, says: /Collector {3}https:\/\/c\.example\/v1\/logs, last sent 2026-11-22T12:00:00\.000Z; 1 KB wait; 2 records were not taken/ },
  { when: 'a collector cannot be reached', break: collected({ failing: { since: '2026-11-22T12:00:00.000Z', why: 'the collector answered 503' } }), code: 0, states: {}, says: /NOT reached since 2026-11-22T12:00:00\.000Z: the collector answered 503; 1 KB wait/ },
  { when: 'a policy has a mistake', break: ({ state }) => writeFileSync(join(state.root, 'user-policy.jsonc'), '{ "rows": [{}] }'), code: 0, states: {}, says: /Policy {6}.*user-policy\.jsonc:1:/ },
];

describe('the doctor', () => {
  for (const { when, break: damage, code, states, says } of cases) {
    test(`ends with ${code} when ${when}`, async () => {
      const place = await guardedHome(built.dist, [claudeCode, cursor]);
      try {
        mkdirSync(join(place.home, 'shop'), { recursive: true });
        damage?.(place);
        const cli = (more: readonly string[]): ReturnType<typeof runProgram> => runProgram(join(built.dist, 'cli.js'), ['doctor', ...more], place.home, join(place.home, 'shop'));
        const json = cli(['--json']);
        const report = Report.parse(JSON.parse(json.stdout));
        assert.equal(json.code, code, json.stdout);
        assert.equal(report.sound, code === 0);
        assert.equal(report.gate.window, undefined);
        for (const [id, state] of Object.entries(states)) assert.equal(report.agents.find((agent) => agent.id === id)?.standing.state, state, id);
        const text = cli([]);
        assert.equal(text.code, code);
        assert.match(text.stdout, says);
        assert.match(text.stdout, /This shell\n {2}-- {2}The terminal guard is not in force here/);
        assert.match(text.stdout, /none answers: what needs a person is refused/);
      } finally {
        place.remove();
      }
    });
  }

  test('names the process that stands by', async () => {
    const place = await guardedHome(built.dist, [claudeCode]);
    mkdirSync(join(place.home, 'shop'), { recursive: true });
    const answer = { stdout: '', stderr: '', exitCode: 0 };
    const ended = standBy({ state: place.state, loadEngine: async () => ({ answerAlone: async () => answer }), checkEvery: 20 });
    try {
      for (let tries = 0; tries < 500 && !existsSync(standbySocket(place.state)); tries++) await pause(10);
      // Not in this process's own time: it is the one that answers.
      const { stdout } = await promisify(execFile)(process.execPath, [join(built.dist, 'cli.js'), 'doctor'], { cwd: join(place.home, 'shop'), env: { HOME: place.home, PATH: process.env['PATH'] } });
      assert.match(stdout, new RegExp(`Standby     process ${process.pid} answers hooks`));
    } finally {
      place.remove();
      await ended;
    }
  });
});
