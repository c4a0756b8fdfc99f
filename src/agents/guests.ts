import type { Adapter, Answer, Decoded, HookAnswer, HookCall } from './adapter.ts';
import type { JsonObject } from './payload.ts';

/** An agent that runs the hooks of another agent's file as well, with requests of its own kind. */
export interface Guest {
  readonly adapter: Adapter;
  /** True for a request that only it sends. */
  readonly sent: (payload: JsonObject, env: HookCall['env']) => boolean;
}

/** The request as the agent that sent it means it; undefined where no guest did. Its event says whose it is, for the answer. */
export function decodedForGuest(guests: readonly Guest[], payload: JsonObject, call: HookCall): Decoded | undefined {
  const adapter = guests.find(({ sent }) => sent(payload, call.env))?.adapter;
  if (adapter === undefined) return undefined;
  const decoded = adapter.decode(call);
  const event = `${adapter.id}:${decoded.event}`;
  if (decoded.kind !== 'action' && decoded.kind !== 'draft') return { ...decoded, event };
  // Whether the guest runs a file of its own, where it would ask once more, nobody knows here.
  const { encodeCommand, ...rest } = decoded;
  return { ...rest, kind: 'action', event, shown: adapter.encodeOutput === undefined || encodeCommand !== undefined };
}

/** The answer in the way of the guest the event belongs to; undefined where it is no guest's. */
export function answerForGuest(guests: readonly Guest[], answer: Answer, event: string | undefined): HookAnswer | undefined {
  const adapter = guests.find((guest) => event?.startsWith(`${guest.adapter.id}:`))?.adapter;
  return adapter?.encode(answer, event?.slice(adapter.id.length + 1));
}
