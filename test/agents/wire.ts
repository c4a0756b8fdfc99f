/** How the scripted providers write their answers. */
import type { Reply } from './scripted-model.ts';

export function jsonReply(status: number, value: unknown): Reply {
  return { status, contentType: 'application/json', body: JSON.stringify(value) };
}

/** Server-sent events; `last` is what some providers end with, as it is. */
export function eventStream(events: readonly { readonly event?: string; readonly data: unknown }[], last?: string): Reply {
  const lines = events.map(({ event, data }) => `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`);
  return { status: 200, contentType: 'text/event-stream', body: lines.join('') + (last === undefined ? '' : `data: ${last}\n\n`) };
}

/** Unique per answer: an agent drops a tool call whose id it has seen. */
export function newId(prefix: string): string {
  return `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`;
}
