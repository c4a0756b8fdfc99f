import { adapters } from '../agents/all.ts';
import { decide } from '../core/decide.ts';
import type { Recorder } from '../core/recording.ts';
import { createJournal } from '../journal/journal.ts';
import { defaultVaultBounds } from '../vault/bounds.ts';
import { Vault } from '../vault/vault.ts';
import type { JudgeServices } from './judge.ts';
import { maskSecrets } from './mask-secrets.ts';
import type { PolicySnapshot } from './policy-file.ts';
import type { State } from './state.ts';
import { createDiskWorld } from './world/disk-world.ts';

/** The journal as a hook program writes it. */
export function aloneRecorder(state: State): Recorder {
  return createJournal(state.journal, { now: Date.now, mask: maskSecrets });
}

/** What a hook program judges with while no editor runs: the same core and the last policy, and nobody to ask. */
export function aloneServices(state: State, { policy }: PolicySnapshot): JudgeServices {
  return {
    adapters,
    // A world remembers what it has seen, so each action gets its own.
    decide: (action) => decide(action, createDiskWorld({ secretsIn: () => [] }), policy),
    keeper: new Vault({ folder: state.vault, bounds: () => defaultVaultBounds, describe: ({ tool }) => tool }),
    recorder: aloneRecorder(state),
    now: Date.now,
    answerWithin: () => 0,
  };
}
