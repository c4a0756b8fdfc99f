import type { Adapter } from '../agents/adapter.ts';
import { callOf } from './judge.ts';
import type { HookRequest } from './protocol.ts';

/** The folders a request belongs to, best first. Hook programs often run in another folder than the action would. */
export function placesOf(request: HookRequest, adapters: readonly Adapter[]): readonly string[] {
  try {
    const decoded = adapters.find(({ id }) => id === request.agent)?.decode(callOf(request));
    if (decoded?.kind === 'action') return [decoded.action.cwd, ...decoded.action.workspaceRoots, request.cwd];
  } catch {
    // Whoever judges it will say why it cannot be read.
  }
  return [request.cwd];
}
