import type { Decoded, HookAnswer } from '../agents/adapter.ts';
import { adapters } from '../agents/all.ts';
import type { Outcome, Recorder } from '../core/recording.ts';
import { maskerBy } from '../core/shell/masked-command.ts';
import { createJournal } from '../journal/journal.ts';
import { defaultVaultBounds } from '../vault/bounds.ts';
import { Vault } from '../vault/vault.ts';
import { noBackups } from './backups.ts';
import type { GateFailure } from './client.ts';
import { decideToday } from './decide-today.ts';
import { callOf, judge, refuse } from './judge.ts';
import { hiddenIn, maskSecrets } from './mask-secrets.ts';
import { MaskedStream } from './masked-stream.ts';
import { failure as failureText } from './messages.ts';
import { placesOf } from './places.ts';
import { loadSnapshot, type PolicySnapshot } from './policy-snapshot.ts';
import type { HookRequest } from './protocol.ts';
import { Sessions } from './sessions.ts';
import type { State } from './state.ts';
import { withParents, withTeams } from './team-policies.ts';
import { createDiskWorld } from './world/disk-world.ts';
import { SecretIndex } from './world/secret-index.ts';

/** Answers for the editor, which did not. Never rejects. */
export async function answerAlone(state: State, request: HookRequest, failure: GateFailure): Promise<HookAnswer> {
  if (failure === 'editor closed' || failure === 'no answer in time') return refuseAlone(state, request, failure);
  if (failure === 'unusable answer') return refuseAlone(state, request, 'error', 'The editor gave an answer that cannot be used.');
  const snapshot = await loadSnapshot(state);
  return 'problem' in snapshot ? refuseAlone(state, request, 'error', `${snapshot.problem} Start the editor once to have it written again.`) : judgeAlone(state, request, snapshot);
}

/** A deny in the agent's own way, for a call of which nothing is known. `why` must hold nothing of it. */
export function denyUnread(agent: string, why: string): HookAnswer {
  const text = failureText(why);
  return adapters.find(({ id }) => id === agent)?.encode({ decision: 'deny', ...text }, undefined) ?? { stdout: '', stderr: `${text.toAgent}\n`, exitCode: 2 };
}

/** What a tool gave back may be larger than what the editor takes: a picture, or a text that is masked here. It needs no answer of a person. */
export function passLarge(state: State, request: HookRequest): Promise<HookAnswer> | undefined {
  const adapter = adapters.find(({ id }) => id === request.agent);
  if (adapter?.isPicture?.(request.payload)) return Promise.resolve(adapter.encode({ decision: 'allow' }, undefined));
  return adapter?.encodeOutput !== undefined && isOutput(() => adapter.decode(callOf(request))) ? refuseAlone(state, request, 'error') : undefined;
}

function isOutput(decode: () => Decoded): boolean {
  try {
    return decode().kind === 'output';
  } catch {
    return false;
  }
}

/** Judges a request with the same core and the last policy, and nobody to ask. Never rejects. */
export async function judgeAlone(state: State, request: HookRequest, snapshot: PolicySnapshot): Promise<HookAnswer> {
  const indexes = indexesOf(state, request);
  const policy = await withTeams(state, withParents(placesOf(request, adapters)), snapshot.policy);
  return judge(request, {
    adapters,
    mask: (text) => maskSecrets(text, indexes()),
    decide: (action) => decideToday(action, createDiskWorld({ secretsIn: (text) => indexes().flatMap((index) => index.match(text)), isTestValue: (value) => indexes().some((index) => index.isTestValue(value)) }), policy),
    keeper: new Vault({ folder: state.vault, bounds: () => defaultVaultBounds, describe: ({ agent, tool }) => `${agent}: ${tool}` }),
    backups: noBackups(policy.backups),
    recorder: recorderOf(state, indexes),
    sessions: new Sessions({ folder: state.sessions, now: Date.now }),
    now: Date.now,
    answerWithin: () => 0,
    masker: maskerBy(state.launcher),
  });
}

/** Refuses a request that the editor did not answer, and writes it down. Never rejects. */
function refuseAlone(state: State, request: HookRequest, by: Outcome['by'], detail?: string): Promise<HookAnswer> {
  const indexes = indexesOf(state, request);
  return refuse(request, { adapters, mask: (text) => maskSecrets(text, indexes()), recorder: recorderOf(state, indexes) }, by, detail);
}

/** What a command in some folder prints, without its secrets, as it comes. Throws as `SecretIndex.load`. */
export function streamAlone(state: State, folder: string): MaskedStream {
  const indexes = withParents([folder]).map((each) => SecretIndex.load(each, state.secrets));
  return new MaskedStream((text) => hiddenIn(text, indexes));
}

function recorderOf(state: State, indexes: () => readonly SecretIndex[]): Recorder {
  return createJournal(state.journal, { now: Date.now, mask: (text) => maskSecrets(text, indexes()) });
}

/** What the editor has found of secrets in the folders of a request and in those above; read when first needed. */
function indexesOf(state: State, request: HookRequest): () => readonly SecretIndex[] {
  let loaded: readonly SecretIndex[] | undefined;
  return () => (loaded ??= withParents(placesOf(request, adapters)).map((folder) => SecretIndex.load(folder, state.secrets)));
}
