import * as z from 'zod/mini';
import type { AcpProxyRequest } from '../../agents/acp.ts';
import { errorLine, INVALID_REQUEST, keyOf, lineOf, listLine, PARSE_ERROR, readLine, readLoosely, shapedParams, why, withEnd, type Batch, type Message } from './json-rpc.ts';
import type { Line } from './json-lines.ts';
import type { Proxy, ProxyPorts } from './ports.ts';

/** What an agent wants done: the part of a request that says so. */
type Deed = AcpProxyRequest['does'];

/** Requests that wait for a person at once, and those the client has not answered. */
const MOST_HELD = 256;
const MOST_OPEN = 10_000;
/** Permissions that were asked for and not used yet, and how long they count: the client's own question may come in between. */
const MOST_PERMITTED = 256;
const PERMITTED_MS = 120_000;

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
  readonly session: string;
  readonly does: Deed;
}

/**
 * Stands between a client of the Agent Client Protocol and an agent. What the agent wants its client to run, read, write or permit goes
 * on once the gate allows it; what comes back of files and terminals is searched for secrets; everything else passes as it is.
 * https://agentclientprotocol.com/protocol/overview
 */
export class AcpProxy implements Proxy {
  private readonly ports: ProxyPorts<Deed>;
  private readonly held = new Set<{ readonly session: string; readonly stop: AbortController }>();
  /** What the client has not answered yet, by the id the agent gave it. */
  private readonly open = new Map<string, Deed>();
  /** What was permitted and comes once more when it is done: the person is not asked twice. Each counts once. */
  private readonly permitted = new Set<string>();

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
    if (this.held.size >= MOST_HELD) return this.refuse(batch, () => 'Too many requests wait for an answer already.');
    void this.hold(batch, gated, line);
  }

  /** A line of the client: what it gives back of files and terminals is masked. */
  async fromClient(line: Line): Promise<void> {
    if (line === undefined) return this.ports.fail('The client sent a message that is too large to be looked into.');
    const read = readLoosely(line);
    if (read === undefined) return;
    const { batch, exact } = read;
    let changed = !exact;
    const messages: Message[] = [];
    for (const message of batch.messages) {
      if (message.method === 'session/cancel') this.cancel(message);
      const seen = await this.seen(message);
      changed ||= seen !== message;
      messages.push(seen);
    }
    if (!changed) return this.ports.toServer(withEnd(line));
    return this.ports.toServer(batch.together ? listLine(messages) : lineOf(messages[0] ?? {}));
  }

  close(): void {
    for (const { stop } of this.held) stop.abort();
  }

  /** Asks about everything in a line, and sends it on when all of it is allowed. */
  private async hold(batch: Batch, gated: readonly Gated[], line: Buffer): Promise<void> {
    const held = { session: gated[0]?.session ?? '', stop: new AbortController() };
    this.held.add(held);
    try {
      for (const { message, session, does } of gated) {
        const key = keyOfDeed(session, does);
        if (does.method !== 'session/request_permission' && this.permitted.delete(key)) continue;
        const answer = await this.ports.ask(does, held.stop.signal);
        if (held.stop.signal.aborted) return await this.refuse(batch, () => 'Cancelled.', true);
        if (!('decision' in answer) || answer.decision === 'deny') {
          const refused = 'why' in answer ? answer.why : 'Interlock gave an answer that cannot be used, so this was not run.';
          return await this.refuse(batch, (other) => (other === message ? refused : 'This came together with a request that was refused, so it was not sent on either.'));
        }
        if (does.method === 'session/request_permission') for (const later of laterDeeds(does)) this.permit(keyOfDeed(session, later));
      }
      await this.pass(batch, line);
    } finally {
      this.held.delete(held);
    }
  }

  private permit(key: string): void {
    if (this.permitted.size >= MOST_PERMITTED) return;
    this.permitted.add(key);
    setTimeout(() => this.permitted.delete(key), PERMITTED_MS).unref();
  }

  /** Sends a line on as it is, and remembers the requests in it whose answers are masked. */
  private async pass(batch: Batch, line: Buffer): Promise<void> {
    for (const message of batch.messages) {
      const key = message.method === undefined ? undefined : keyOf(message.id);
      if (key === undefined || (message.method !== 'fs/read_text_file' && message.method !== 'terminal/output')) continue;
      if (this.open.size >= MOST_OPEN) return this.refuse(batch, () => 'The client has left too many requests without an answer.');
      this.open.set(key, message.method === 'terminal/output' ? { method: 'terminal/output' } : { method: 'fs/read_text_file', path: '' });
    }
    await this.ports.toClient(withEnd(line));
  }

  private async seen(message: Message): Promise<Message> {
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
    for (const { session, stop } of this.held) if (data === undefined || session === data.sessionId) stop.abort();
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
      const { sessionId: session, command, args, cwd, env } = shapedParams(Terminal, params, ['sessionId', 'command', 'args', 'cwd', 'env']);
      return { message, session, does: { method, command, args: args ?? [], env: Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])), ...(cwd ? { cwd } : {}) } };
    }
    case 'fs/read_text_file': {
      const { sessionId: session, path } = shapedParams(ReadFile, params, ['sessionId', 'path']);
      return { message, session, does: { method, path } };
    }
    case 'fs/write_text_file': {
      const { sessionId: session, path, content } = shapedParams(WriteFile, params, ['sessionId', 'path', 'content']);
      return { message, session, does: { method, path, content } };
    }
    case 'session/request_permission': {
      const { sessionId: session, toolCall } = shapedParams(Permission, params, ['sessionId', 'toolCall', 'options']);
      return { message, session, does: { method, toolCall } };
    }
    default:
      return undefined;
  }
}

const Diff = z.object({ type: z.literal('diff'), path: z.string(), newText: z.string() });
const Command = z.object({ command: z.string(), cwd: z.optional(z.string()) });

/** The very requests by which a client does what its person has just permitted. */
function laterDeeds({ toolCall }: Extract<Deed, { method: 'session/request_permission' }>): readonly Deed[] {
  const writes = (toolCall.content ?? []).flatMap((part): readonly Deed[] => {
    const { data } = Diff.safeParse(part);
    return data === undefined ? [] : [{ method: 'fs/write_text_file', path: data.path, content: data.newText }];
  });
  // A title says it to the person; what it permits is what the request holds.
  const { data } = Command.safeParse(toolCall.rawInput);
  return data === undefined ? writes : [...writes, { method: 'terminal/create', command: data.command, args: [], env: {}, ...(data.cwd === undefined ? {} : { cwd: data.cwd }) }];
}

/** What is done in which session. A command with an environment of its own is another one. */
function keyOfDeed(session: string, does: Deed): string {
  switch (does.method) {
    case 'terminal/create':
      return JSON.stringify([session, does.method, textOf(does), does.cwd, does.env]);
    case 'fs/write_text_file':
      return JSON.stringify([session, does.method, does.path, does.content]);
    default:
      return JSON.stringify([session, does.method]);
  }
}

/** The line a shell is given, where all that is started is a shell. */
function textOf({ command, args }: Extract<Deed, { method: 'terminal/create' }>): string {
  const [option, text] = args;
  return /(?:^|\/)(?:ba|z)?sh$/.test(command) && args.length === 2 && text !== undefined && /^-l?c$/.test(option ?? '') ? text : [command, ...args].join('\0');
}

/** The answer to a request that is not sent on, as its sender expects one; undefined for what expects none. */
function refusalOf({ id, method, params }: Message, reason: string, cancelled: boolean): Message | undefined {
  if (id === undefined || method === undefined) return undefined;
  if (method !== 'session/request_permission') return { id, error: { code: INVALID_REQUEST, message: reason } };
  const options = Permission.safeParse(params).data?.options ?? [];
  const no = options.find(({ kind }) => kind === 'reject_once') ?? options.find(({ kind }) => kind === 'reject_always');
  return { id, result: { outcome: cancelled || no === undefined ? { outcome: 'cancelled' } : { outcome: 'selected', optionId: no.optionId } } };
}
