import * as z from 'zod/mini';
import type { AcpProxyRequest } from '../../agents/acp.ts';
import { HeldLines } from './held-lines.ts';
import { errorLine, INVALID_REQUEST, keyOf, lineOf, listLine, PARSE_ERROR, readLine, seenLine, shapedParams, why, withEnd, type Batch, type Message } from './json-rpc.ts';
import type { Line } from './json-lines.ts';
import type { Proxy, ProxyPorts } from './ports.ts';

/** What an agent wants done: the part of a request that says so. */
type Deed = AcpProxyRequest['does'];

/** Requests that the client has not answered. */
const MOST_OPEN = 10_000;

const Session = z.object({ sessionId: z.string() });
const Terminal = z.object({
  sessionId: z.string(), command: z.string(), args: z.optional(z.nullable(z.array(z.string()))), cwd: z.optional(z.nullable(z.string())),
  env: z.optional(z.nullable(z.array(z.object({ name: z.string(), value: z.string() })))),
});
const ReadFile = z.object({ sessionId: z.string(), path: z.string() });
const WriteFile = z.object({ sessionId: z.string(), path: z.string(), content: z.string() });
const Permission = z.object({ sessionId: z.string(), toolCall: z.looseObject({}), options: z.array(z.object({ optionId: z.string(), kind: z.string() })) });

/** A request that goes on only when it is allowed. */
interface Gated {
  readonly message: Message;
  readonly does: Deed;
}

/**
 * Stands between a client of the Agent Client Protocol and an agent. What the agent wants its client to run, read, write or permit goes
 * on once the gate allows it; what comes back of files and terminals is searched for secrets; everything else passes as it is.
 * https://agentclientprotocol.com/protocol/overview
 */
export class AcpProxy implements Proxy {
  private readonly ports: ProxyPorts<Deed>;
  /** Requests that wait for a person, by their sessions. */
  private readonly held = new HeldLines<readonly string[]>();
  /** What the client has not answered yet, by the id the agent gave it. */
  private readonly open = new Map<string, Deed>();

  constructor(ports: ProxyPorts<Deed>) {
    this.ports = ports;
  }

  /** A line of the agent. */
  async fromServer(line: Line): Promise<void> {
    if (line === undefined) return this.ports.toServer(errorLine(null, INVALID_REQUEST, 'Interlock has not sent this message on: it is too large to be looked into.'));
    let batch: Batch;
    let gated: readonly Gated[];
    try {
      batch = readLine(line);
    } catch (error) {
      return this.ports.toServer(errorLine(null, PARSE_ERROR, `Interlock has not sent this message on: ${why(error)}`));
    }
    try {
      gated = batch.messages.flatMap((message) => gatedOf(message) ?? []);
    } catch (error) {
      return this.refuse(batch, () => why(error));
    }
    if (gated.length === 0) return this.pass(batch, line);
    if (!this.held.hasRoomFor(line)) return this.refuse(batch, () => 'Too many requests wait for an answer already.');
    void this.hold(batch, gated, line);
  }

  /** A line of the client: what it gives back of files and terminals is masked. */
  async fromClient(line: Line): Promise<void> {
    if (line === undefined) return this.ports.fail('The client sent a message that is too large to be looked into.');
    const seen = await seenLine(line, (message) => this.seen(message));
    if (seen !== undefined) await this.ports.toServer(seen);
  }

  close(): void {
    this.held.stop(() => true);
  }

  /** Asks about everything in a line, and sends it on when all of it is allowed. */
  private async hold(batch: Batch, gated: readonly Gated[], line: Buffer): Promise<void> {
    await this.held.during(line, gated.map(({ does }) => does.sessionId), async (signal) => {
      for (const { message, does } of gated) {
        const answer = await this.ports.ask(does, signal);
        if (signal.aborted) return await this.refuse(batch, () => 'Cancelled.', true);
        if (!('decision' in answer) || answer.decision === 'deny') {
          const refused = 'why' in answer ? answer.why : 'Interlock gave an answer that cannot be used, so this was not run.';
          return await this.refuse(batch, (other) => (other === message ? refused : 'This came together with a request that was refused, so it was not sent on either.'));
        }
      }
      await this.pass(batch, line);
    });
  }

  /** Sends a line on as it is, and remembers the requests in it whose answers are masked. */
  private async pass(batch: Batch, line: Buffer): Promise<void> {
    for (const { id, method, params } of batch.messages) {
      if (method !== 'fs/read_text_file' && method !== 'terminal/output') continue;
      const key = keyOf(id);
      // Its answer could not be told from others, and would go by unmasked.
      if (key === undefined || this.open.has(key)) return this.refuse(batch, () => 'It has no id of its own.');
      if (this.open.size >= MOST_OPEN) return this.refuse(batch, () => 'The client has left too many requests without an answer.');
      this.open.set(key, { method: 'terminal/output', sessionId: Session.safeParse(params).data?.sessionId ?? '' });
    }
    await this.ports.toClient(withEnd(line));
  }

  private async seen(message: Message): Promise<Message> {
    if (message.method === 'session/cancel') this.cancel(message);
    const key = message.method === undefined ? keyOf(message.id) : undefined;
    const does = key === undefined ? undefined : this.open.get(key);
    if (key === undefined || does === undefined) return message;
    this.open.delete(key);
    if (message.error !== undefined) return message;
    const answer = await this.ports.mask(does, message.result);
    if ('output' in answer) return { ...message, result: answer.output };
    return answer.decision === 'allow' ? message : { id: message.id, error: { code: INVALID_REQUEST, message: answer.why } };
  }

  /** The person has ended the turn: what still waits is not done. */
  private cancel(message: Message): void {
    const { data } = Session.safeParse(message.params);
    this.held.stop((sessions) => data === undefined || sessions.includes(data.sessionId));
  }

  /** Answers every request of a line in the client's place. */
  private async refuse(batch: Batch, reason: (message: Message) => string, cancelled = false): Promise<void> {
    const answers = batch.messages.flatMap<object>((message) => refusalOf(message, reason(message), cancelled) ?? []);
    if (answers.length > 0) await this.ports.toServer(batch.together ? listLine(answers) : lineOf(answers[0] ?? {}));
  }
}

/**
 * What a request of an agent would do; undefined where it does nothing that is judged.
 * @throws Unreadable where that cannot be said.
 */
function gatedOf(message: Message): Gated | undefined {
  const { method, params } = message;
  switch (method) {
    case 'terminal/create': {
      const { sessionId, command, args, cwd, env } = shapedParams(Terminal, params, ['sessionId', 'command', 'args', 'cwd', 'env']);
      return { message, does: { method, sessionId, command, args: args ?? [], env: Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])), ...(cwd ? { cwd } : {}) } };
    }
    case 'fs/read_text_file': {
      const { sessionId, path } = shapedParams(ReadFile, params, ['sessionId', 'path']);
      return { message, does: { method, sessionId, path } };
    }
    case 'fs/write_text_file': {
      const { sessionId, path, content } = shapedParams(WriteFile, params, ['sessionId', 'path', 'content']);
      return { message, does: { method, sessionId, path, content } };
    }
    case 'session/request_permission': {
      const { sessionId, toolCall } = shapedParams(Permission, params, ['sessionId', 'toolCall', 'options']);
      return { message, does: { method, sessionId, toolCall } };
    }
    default:
      return undefined;
  }
}

/** The answer to a request that is not sent on, as its sender expects one; undefined for what expects none. */
function refusalOf({ id, method, params }: Message, reason: string, cancelled: boolean): Message | undefined {
  if (id === undefined || method === undefined) return undefined;
  if (method !== 'session/request_permission') return { id, error: { code: INVALID_REQUEST, message: reason } };
  const options = Permission.safeParse(params).data?.options ?? [];
  const no = options.find(({ kind }) => kind === 'reject_once') ?? options.find(({ kind }) => kind === 'reject_always');
  return { id, result: { outcome: cancelled || no === undefined ? { outcome: 'cancelled' } : { outcome: 'selected', optionId: no.optionId } } };
}
