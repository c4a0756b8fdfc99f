import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { heldRows, recentRows, sessionRows, waitingRows } from '../../../src/editor/activity-rows.ts';
import { type AgentCoverage, coverageRows } from '../../../src/editor/coverage-rows.ts';
import type { Standing } from '../../../src/gate/standing.ts';
import { bodyOf, type JournalRecord } from '../../../src/journal/record.ts';
import type { JournalEvent } from '../../../src/core/recording.ts';
import { whyPage } from '../../../src/editor/why-page.ts';
import { finding, question, shell } from './asked.ts';

/** An event as the journal gives it back. */
function recorded(event: JournalEvent): JournalRecord {
  return { ...bodyOf(event, (text) => text), seq: 1, time: '2026-01-02T03:04:05.000Z', prev: '', hash: '' };
}

const verdict = question(shell('x'), [finding]).verdict;
const titles = new Map([['claude-code', 'Claude Code']]);

suite('the Activity view', () => {
  const outcomes: readonly (readonly [event: JournalEvent, label: string, description: RegExp, icon: string])[] = [
    [{ type: 'action', action: shell('rm -rf notes'), verdict, outcome: { decision: 'deny', by: 'person' } }, 'rm -rf notes', /^denied by you · Claude Code · /, 'circle-slash'],
    [{ type: 'action', action: shell('x'), verdict, outcome: { decision: 'deny', by: 'no answer in time' } }, 'x', /^denied: no answer in time · /, 'circle-slash'],
    [{ type: 'action', action: shell('x'), verdict, outcome: { decision: 'deny', by: 'verdict' } }, 'x', /^denied · /, 'circle-slash'],
    [{ type: 'action', action: shell('x'), verdict, outcome: { decision: 'allow', by: 'person' } }, 'x', /^allowed by you · /, 'pass'],
    [{ type: 'action', action: shell('x', { agent: 'new-agent' }), verdict, outcome: { decision: 'allow', by: 'verdict' }, kept: { manifest: 'm1', files: 3, bytes: 9 } }, 'x', /^allowed · 3 files kept · new-agent · /, 'archive'],
    [{ type: 'action', action: shell('x'), verdict, outcome: { decision: 'deny', by: 'unmasked' } }, 'x', /^told to run it with its output masked · /, 'circle-slash'],
    [{ type: 'masked', action: shell('git log -p'), names: ['RAILWAY_TOKEN'], shown: false }, 'RAILWAY_TOKEN: hidden from the agent', /^git log -p · Claude Code · /, 'eye-closed'],
    [{ type: 'masked', action: shell('x'), names: ['A', 'B'], shown: true }, 'A, B: shown to the agent', /^x · Claude Code · /, 'warning'],
    [{ type: 'unreadable', agent: 'cursor', why: 'not JSON' }, 'A request of cursor could not be read', /^refused · /, 'warning'],
    [{ type: 'configuration', what: 'Hooks put into /a', by: 'person' }, 'Hooks put into /a', /^by person · /, 'gear'],
  ];
  for (const [event, label, description, icon] of outcomes) {
    test(`${event.type}: ${description.source}`, () => {
      const [row] = recentRows([recorded(event)], titles);
      assert.deepEqual([row?.label, row?.icon], [label, icon]);
      assert.match(row?.description ?? '', description);
    });
  }

  test('only what was kept can be restored', () => {
    const rows = recentRows([recorded(outcomes[0]![0]), recorded(outcomes[4]![0])], titles);
    assert.deepEqual(rows.map(({ manifest, contextValue }) => [manifest, contextValue]), [[undefined, 'explained'], ['m1', 'kept']]);
  });

  test('the reason and the rule stand in the tooltip', () => {
    assert.match(recentRows([recorded(outcomes[0]![0])], titles)[0]?.tooltip ?? '', /Deletes the volume vol-1 .* \(railway\/volume-delete, unknown\)/);
  });

  test('what says why it was held can be explained', () => {
    const rows = recentRows([recorded(outcomes[0]![0]), recorded(outcomes[8]![0])], titles);
    assert.deepEqual(rows.map(({ record, contextValue }) => [record?.type, contextValue]), [['action', 'explained'], [undefined, undefined]]);
  });

  test('rows stand under their session, the newest first, with the tries after a no', () => {
    const of = (session: string, by: 'person' | 'refused before'): JournalRecord => recorded({ type: 'action', action: shell('x', { session, cwd: '/work/shop' }), verdict, outcome: { decision: 'deny', by } });
    const sessions = sessionRows([of('b', 'refused before'), of('a', 'person'), of('b', 'refused before'), of('b', 'person'), recorded({ type: 'configuration', what: 'tagged', by: 'person' })], titles);
    assert.deepEqual(sessions.map(({ title, description, rows }) => [title, description, rows.length]), [
      ['Claude Code in shop', '3 entries · 3 stopped · tried again 2 times after a no', 3], ['Claude Code in shop', '1 entry · 1 stopped', 1], ['Interlock', '1 entry', 1],
    ]);
  });

  test('an answer has no row of its own, and a record nobody understands none at all', () => {
    assert.deepEqual(recentRows([recorded({ type: 'answer', action: shell('x'), question: 'q', answer: { answer: 'deny' }, delayMs: 1 }), { seq: 1, time: 'x', prev: '', hash: '', type: 'action' }], titles), []);
  });

  test('what waits is masked', () => {
    const [row] = waitingRows([question(shell('echo s3cr3t'), [finding])], (text) => text.replaceAll('s3cr3t', '•'));
    assert.equal(row?.label, 'echo •');
    assert.match(row?.description ?? '', /^Claude Code · until /);
  });
});

suite('why an action was held', () => {
  const page = (command: string, mask = (text: string): string => text): string => {
    const span = { start: command.indexOf('railway'), end: command.length };
    const event: JournalEvent = { type: 'action', action: shell(command), verdict: question(shell(command), [{ ...finding, span }]).verdict, outcome: { decision: 'deny', by: 'person' } };
    return whyPage({ ...bodyOf(event, mask), seq: 1, time: '2026-01-02T03:04:05.000Z', prev: '', hash: '' }, titles);
  };

  test('the consequence comes first, and the very part is marked', () => {
    const text = page('cd shop && railway volume delete');
    assert.match(text, /^# Deletes the volume vol&#45;1|^# Deletes the volume vol-1/);
    assert.match(text, /<pre><code>cd shop &amp;&amp; <mark>railway volume delete<\/mark><\/code><\/pre>/);
    assert.match(text, /Rule: <code>railway\/volume-delete<\/code>/);
  });

  test('a part is found although masking has moved it', () => {
    assert.match(page('TOKEN=0123456789 railway down', (text) => text.replaceAll('0123456789', '•')), /TOKEN=• <mark>railway down<\/mark>/);
  });

  test('text of an agent is no markup', () => {
    const text = page('echo "</code></pre>\n\n# Allowed\n[x](command:y)" && railway');
    assert.doesNotMatch(text.slice(2), /\n# |<\/code><\/pre>.*<\/code><\/pre>/s);
  });
});

suite('the Agents view', () => {
  const limits = { canAsk: true, failsOpen: ['A crash lets the action run.'], cannotSee: ['what the editor attaches'] };
  const agent = (title: string, standing: Standing, more: Partial<AgentCoverage> = {}): AgentCoverage => ({ adapter: { id: title.toLowerCase(), title, limits }, standing, file: '/home/dev/hooks.json', olderSessions: 0, lastAsked: undefined, ...more });
  const rows = (agents: readonly AgentCoverage[], terminalGuard = false, onWindows = false) => coverageRows(agents, terminalGuard, (at) => `at ${at}`, onWindows);
  const absent = agent('Absent', { state: 'absent' });
  const guarded = agent('Guarded', { state: 'guarded', provedAt: 12 });

  test('what is not guarded though it should be comes first, and the terminals last', () => {
    const agents = [absent, guarded, agent('Found', { state: 'found' }), agent('Unproved', { state: 'unproved' }), agent('Silenced', { state: 'silenced', by: [] }), agent('Dead', { state: 'not alive', why: 'It hangs.' })];
    assert.deepEqual(rows(agents).map(({ label, description, contextValue }) => [label, description, contextValue]), [
      ['Dead', 'not guarded: its hooks do not answer', 'deadAgent'],
      ['Silenced', 'not guarded: it does not run its hooks', 'guardedAgent'],
      ['Found', 'found, not guarded', 'foundAgent'],
      ['Unproved', 'hooks installed; only the agent itself can show that they answer', 'guardedAgent'],
      ['Guarded', 'guarded, its hooks answered at 12', 'guardedAgent'],
      ['Absent', 'not found on this machine', undefined],
      ['Agents’ terminals', 'off', undefined],
    ]);
  });

  const limitRows = ['Does not see what the editor attaches', 'A crash lets the action run.'];
  const cases: readonly (readonly [what: string, agent: AgentCoverage, labels: readonly string[]])[] = [
    ['a guarded agent with its file and limits', guarded, ['Hooks', ...limitRows]],
    ['when it last asked, and sessions that are older', agent('G', { state: 'guarded', provedAt: 1 }, { olderSessions: 2, lastAsked: 7 }), ['2 of its sessions began before it was guarded', 'Hooks', 'Last asked', ...limitRows]],
    ['why one is not alive, and the way to repair it', agent('D', { state: 'not alive', why: 'It hangs.' }), ['It hangs.', 'Repair', 'Hooks', ...limitRows]],
    ['everything that silences one', agent('S', { state: 'silenced', by: [{ why: 'Off in a.', file: '/a' }, { why: 'Not approved.' }] }), ['Off in a.', 'Not approved.', 'Hooks', ...limitRows]],
    ['the way to guard one', agent('F', { state: 'found' }), ['Guard It…', ...limitRows]],
    ['nothing of one that is not here', absent, []],
  ];
  for (const [what, shown, labels] of cases) {
    test(`shows ${what}`, () => assert.deepEqual(rows([shown, guarded]).find(({ label }) => label === shown.adapter.title)?.children.map(({ label }) => label), labels));
  }

  test('says on Windows what a hook does not reach there, and where agents’ terminals are guarded', () => {
    const shown = agent('W', { state: 'guarded', provedAt: 1 }, { adapter: { id: 'w', title: 'W', limits, windows: { shell: 'unknown', limit: 'a path with a blank' } } });
    const labels = (onWindows: boolean): readonly (readonly string[])[] => rows([shown], true, onWindows).map(({ description, children }) => [description, ...children.slice(1).map(({ label }) => label)]);
    assert.deepEqual(labels(true), [['guarded, its hooks answered at 1', ...limitRows, 'Does not reach a path with a blank'], ['guarded where PowerShell reads its profile']]);
    assert.deepEqual(labels(false), [['guarded, its hooks answered at 1', ...limitRows], ['guarded']]);
  });

  test('a click opens the file that silences, and repairs what is not alive', () => {
    const [dead, silenced] = rows([agent('D', { state: 'not alive', why: 'It hangs.' }), agent('S', { state: 'silenced', by: [{ why: 'Off in a.', file: '/a' }] })]);
    assert.deepEqual(dead?.children.find(({ command }) => command)?.command, 'interlock.repairHooks');
    assert.equal(dead?.children.find(({ command }) => command)?.agent, 'd');
    assert.equal(silenced?.children[0]?.file, '/a');
  });

  test('is empty where no agent is, so that the welcome text shows', () => {
    assert.deepEqual(rows([absent], true), []);
  });
});

suite('what holds agents back', () => {
  const session = { id: 's', agent: 'claude-code', folder: '/work/shop', locked: false, refusals: ['Deletes b', 'Deletes a'], at: 1 };
  const rows = (stopped: boolean, locked: boolean): readonly unknown[] => heldRows(stopped, [{ ...session, locked }], () => 'Claude Code in shop').map(({ label, description, session: id, contextValue }) => [label, description, id, contextValue]);
  test('a stop, then each session with what was refused to it', () => {
    assert.deepEqual(rows(true, false), [['All agents are stopped', 'nothing they ask for is run or read', undefined, 'stopped'], ['Deletes b', 'Claude Code in shop is not asked again', 's', 'refused']]);
  });
  test('of those that were refused something only the newest', () => {
    const sessions = Array.from({ length: 40 }, (_, at) => ({ ...session, id: String(at), locked: at < 7 }));
    assert.deepEqual(heldRows(false, sessions, () => 'x').map((row) => row.session), Array.from({ length: 12 }, (_, at) => String(at)));
  });
  test('a lock', () => assert.deepEqual(rows(false, true), [['Claude Code in shop', 'locked, may only read', 's', 'locked']]));
});
