// An editor's window in a process of its own, so that it can be killed. Its person says yes to even questions and no to odd ones, after a while.
//   node window.cjs HOME FOLDER LOG MILLISECONDS
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Verdict } from '../../src/core/verdict.ts';
import { startGate } from '../../src/gate/server.ts';
import { Sessions } from '../../src/gate/sessions.ts';
import { locateState } from '../../src/gate/state.ts';
import { finding, services, verdictOf } from '../unit/gate/gate-fixture.ts';

const [root = '', folder = '', log = '', milliseconds = '0'] = process.argv.slice(2);
const state = locateState({ INTERLOCK_HOME: root }, root);
const numberOf = (action: object): number => ('command' in action ? Number(/\d+$/.exec(String(action.command))?.[0]) : NaN);
const asker = {
  async ask({ action }: { readonly action: object }) {
    const number = numberOf(action);
    appendFileSync(log, `asked ${number}\n`);
    await pause(Number(milliseconds));
    const answer = number % 2 === 0 ? ('allow' as const) : ('deny' as const);
    // Before it is given: what was allowed without this line was allowed by nobody.
    appendFileSync(log, `${answer} ${number}\n`);
    return { answer };
  },
};
// Each loses something else, so that no earlier answer speaks for it.
const decide = (action: object): Verdict => verdictOf('ask', { findings: [finding('ask', { resource: { kind: 'branch', name: `round ${numberOf(action)}` }, paths: [] })] });
startGate({ state, folders: () => [folder], focused: () => false, services: services({ asker, decide, sessions: new Sessions({ folder: state.sessions, now: Date.now }) }) }).then(
  () => process.stdout.write('ready\n'),
  (error: unknown) => {
    throw error;
  },
);
