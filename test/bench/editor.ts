// A process that answers hooks as an editor's window does, with the engine as it is packaged. Says when it is there.
//   node --import tsx test/bench/editor.ts STATE-FOLDER WORKSPACE
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { adapters } from '../../src/agents/all.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Engine } from '../../src/gate/engine.ts';
import { startGate } from '../../src/gate/server.ts';
import { Sessions } from '../../src/gate/sessions.ts';
import { locateState } from '../../src/gate/state.ts';
import { createJournal } from '../../src/journal/journal.ts';

const [root = '', workspace = ''] = process.argv.slice(2);
const { engine } = createRequire(import.meta.url)(join(import.meta.dirname, '../../dist/engine.js')) as { readonly engine: Engine };
const state = locateState({ INTERLOCK_HOME: root });
const mask = (text: string): string => text;

void startGate({
  state,
  folders: () => [workspace],
  focused: () => true,
  services: {
    adapters,
    mask,
    decide: (action) => engine.decideHere(action, { secretsIn: () => [], isTestValue: () => false }, defaultPolicy),
    recorder: createJournal(state.journal, { now: Date.now, mask }),
    sessions: new Sessions({ folder: state.sessions, now: Date.now }),
    now: Date.now,
    answerWithin: () => 60_000,
  },
}).then(() => process.stdout.write('ready\n'));
