// A window of its own process, so that it can be killed: it answers as a person does who says yes after a while.
//   node window-process.js HOME FOLDER LOG MILLISECONDS
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startGate } from '../../../src/gate/server.ts';
import { Sessions } from '../../../src/gate/sessions.ts';
import { locateState } from '../../../src/gate/state.ts';
import { services } from './gate-fixture.ts';

const [root = '', folder = '', log = '', milliseconds = '0'] = process.argv.slice(2);
const state = locateState({ INTERLOCK_HOME: root }, root);
const asker = {
  async ask({ action }: { readonly action: { readonly tool: string; readonly command?: string } }) {
    appendFileSync(log, `${process.pid} ${action.command}\n`);
    await pause(Number(milliseconds));
    return { answer: 'allow' as const };
  },
};
startGate({ state, folders: () => [folder], focused: () => false, services: services({ asker, sessions: new Sessions({ folder: state.sessions, now: Date.now }) }) }).then(
  () => process.stdout.write('ready\n'),
  (error: unknown) => {
    throw error;
  },
);
