import type { Adapter } from '../agents/adapter.ts';
import { actionsOf, callOf } from './judge.ts';
import type { HookRequest } from './protocol.ts';

/** The folders a request belongs to, best first. Hook programs often run in another folder than the action would. */
export function placesOf(request: HookRequest, adapters: readonly Adapter[]): readonly string[] {
  try {
    const decoded = adapters.find(({ id }) => id === request.agent)?.decode(callOf(request));
    const [first] = decoded ? actionsOf(decoded) : [];
    if (first !== undefined) return [first.cwd, ...first.workspaceRoots, request.cwd];
  } catch {
    // Whoever judges it will say why it cannot be read.
  }
  return [request.cwd];
}
