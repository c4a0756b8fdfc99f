import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Action } from '../../../src/core/action.ts';
import type { JournalEvent, Outcome } from '../../../src/core/recording.ts';
import { DenialPace, denialText } from '../../../src/editor/denial-text.ts';
import { finding } from '../gate/gate-fixture.ts';

const silent = new Map([['copilot', 'GitHub Copilot']]);
const action = (command: string, agent: string): Action => ({ tool: 'shell', shell: 'bash', command, agent, session: 's', cwd: '/w', workspaceRoots: [], env: {} });
const refused = (by: Outcome['by'], agent = 'copilot', decision: Outcome['decision'] = 'deny', command = 'rm -rf /'): JournalEvent => ({ type: 'action', action: action(command, agent), verdict: { decision: 'deny', findings: [finding('deny', { why: 'Deletes everything on this machine.' })] }, outcome: { decision, by } });

suite('a refusal without a question', () => {
  const cases: readonly (readonly [what: string, event: JournalEvent, text: string | undefined])[] = [
    ['by the policy is told', refused('verdict'), 'GitHub Copilot was refused: rm -rf / (Deletes everything on this machine)'],
    ['that was refused before is told', refused('refused before'), 'GitHub Copilot was refused: rm -rf / (Deletes everything on this machine)'],
    ['of a locked session says so', refused('locked'), 'GitHub Copilot was refused: rm -rf / (Its session is locked)'],
    ['while all are stopped says so', refused('stopped'), 'GitHub Copilot was refused: rm -rf / (All agents are stopped)'],
    ['that the person gave is not', refused('person'), undefined],
    ['of an agent that shows it itself is not', refused('verdict', 'claude-code'), undefined],
    ['is not made of what was allowed', refused('verdict', 'copilot', 'allow'), undefined],
    ['is not made of other records', { type: 'configuration', what: 'x', by: 'person' }, undefined],
  ];
  for (const [what, event, text] of cases) test(what, () => assert.equal(denialText(event, silent, (given) => given), text));

  test('holds no secret and nothing invisible', () => {
    const text = denialText(refused('verdict', 'copilot', 'deny', 'echo s3cr3t\u202e\nrm x'), silent, (given) => given.replaceAll('s3cr3t', '•'));
    assert.equal(text, 'GitHub Copilot was refused: echo •\\u{202e} ⏎ rm x (Deletes everything on this machine)');
  });
});

suite('notices of refusals', () => {
  test('come at most every ten seconds, the same one once a minute', () => {
    const pace = new DenialPace();
    const seen = ([['a', 0], ['b', 5_000], ['b', 10_000], ['b', 30_000], ['a', 31_000], ['a', 90_000], ['a', 91_000]] as const).map(([text, at]) => pace.allows(text, at));
    assert.deepEqual(seen, [true, false, true, false, true, false, true]);
  });
});
