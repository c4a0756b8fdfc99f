import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import type { McpProxyRequest } from '../../agents/mcp.ts';
import type { Line } from './json-lines.ts';
import { HeldLines } from './held-lines.ts';
import { errorLine, INVALID_REQUEST, keyOf, lineOf, listLine, type Message, PARSE_ERROR, readLine, seenLine, shapedParams, Unreadable, why, withEnd, type Batch } from './json-rpc.ts';
import type { Proxy, ProxyPorts } from './ports.ts';

/** What is done: the part of a request that says so. */
type Deed = McpProxyRequest['does'];
type Ports = ProxyPorts<Deed>;

/** Requests that a server has not answered. */
const MOST_OPEN = 10_000;
const MOST_TOOLS = 5_000;

/** Requests whose results a model reads. */
const readByModels: ReadonlySet<string> = new Set(['tools/call', 'resources/read', 'prompts/get', 'tasks/result']);
/** What a server says of its own accord, and a model or a log keeps. */
const saidUnasked: ReadonlySet<string> = new Set(['notifications/message', 'notifications/progress', 'sampling/createMessage']);

const CallParams = z.object({ name: z.string(), arguments: z.optional(z.record(z.string(), z.unknown())) });
const ReadParams = z.object({ uri: z.string() });
const CancelParams = z.object({ requestId: z.union([z.string(), z.number()]) });
const Annotations = z.object({ readOnlyHint: z.optional(z.boolean()), destructiveHint: z.optional(z.boolean()) });
const ToolList = z.object({ tools: z.array(z.object({ name: z.string(), annotations: z.optional(z.unknown()) })) });

/**
 * Stands between a client of the Model Context Protocol and a server. Calls of tools and readings of resources go on once the gate allows
 * them; what comes back is searched for secrets; everything else passes as it is, in both directions, while calls wait.
 * https://modelcontextprotocol.io/specification/
 */
export class McpProxy implements Proxy {
  private readonly ports: Ports;
  /** Calls that wait for a person, by the ids the client gave them. */
  private readonly held = new HeldLines<readonly string[]>();
  /** What the server has not answered yet, by the id the client gave it. */
  private readonly open = new Map<string, Deed>();
  private readonly annotations = new Map<string, z.infer<typeof Annotations>>();

  constructor(ports: Ports) {
    this.ports = ports;
  }

  /** A line of the client. Resolves once the next may be read, which is before a person has answered. */
  async fromClient(line: Line): Promise<void> {
    if (line === undefined) return this.ports.toClient(errorLine(null, INVALID_REQUEST, 'Interlock has not sent this message on: it is too large to be looked into.'));
    let batch: Batch;
    try {
      batch = readLine(line);
    } catch (error) {
      return this.ports.toClient(errorLine(null, PARSE_ERROR, `Interlock has not sent this message on: ${why(error)}`));
    }
    let gated: readonly Gated[];
    try {
      gated = batch.messages.flatMap((message) => gatedOf(message, (name) => this.annotations.get(name)) ?? []);
    } catch (error) {
      return this.refuse(batch, () => why(error));
    }
    if (this.cancels(batch)) return;
    if (gated.length === 0) return this.pass(batch, line);
    if (!this.held.hasRoomFor(line)) return this.refuse(batch, () => 'Too many calls wait for an answer already.');
    void this.hold(batch, gated, line);
  }

  /** A line of the server. Resolves once the next may be read. */
  async fromServer(line: Line): Promise<void> {
    if (line === undefined) return this.ports.fail('The server sent a message that is too large to be looked into.');
    const seen = await seenLine(line, (message) => this.seen(message));
    if (seen !== undefined) await this.ports.toClient(seen);
  }

  /** The client has gone: nobody waits for anything any more. */
  close(): void {
    this.held.stop(() => true);
  }

  /** Asks about everything in a line, and sends it on when all of it is allowed. */
  private async hold(batch: Batch, gated: readonly Gated[], line: Buffer): Promise<void> {
    await this.held.during(line, batch.messages.flatMap(({ id }) => keyOf(id) ?? []), async (signal) => {
      for (const { message, does } of gated) {
        const answer = await this.ports.ask(does, signal);
        // Whoever cancels a call expects no answer to it.
        if (signal.aborted) return;
        if ('decision' in answer && answer.decision === 'allow') continue;
        const refused = 'why' in answer ? answer.why : 'Interlock gave an answer that cannot be used, so this was not run.';
        await this.refuse(batch, (other) => (other === message ? refused : 'This came together with a call that was refused, so it was not sent on either.'));
        return;
      }
      await this.pass(batch, line);
    });
  }

  /** Sends a line on as it is. */
  private async pass(batch: Batch, line: Buffer): Promise<void> {
    for (const message of batch.messages) {
      const key = message.method === undefined ? undefined : keyOf(message.id);
      if (key === undefined) continue;
      const deed = this.notedDeed(message);
      if (deed === undefined) continue;
      if (this.open.size >= MOST_OPEN) return this.refuse(batch, () => 'The server has left too many requests without an answer.');
      this.open.set(key, deed);
    }
    await this.ports.toServer(withEnd(line));
  }

  /** What to remember of a request until it is answered; nothing where its result goes through unread. */
  private notedDeed(message: Message): Deed | undefined {
    const { method = '' } = message;
    if (method === LIST_TOOLS) return { method: 'other', name: LIST_TOOLS };
    if (!readByModels.has(method)) return undefined;
    return gatedOf(message, () => undefined)?.does ?? { method: 'other', name: method };
  }

  /** True for the message by which a client takes back a call that still waits: the server never heard of it. */
  private cancels({ messages, together }: Batch): boolean {
    const [message] = messages;
    if (together || message?.method !== 'notifications/cancelled') return false;
    const params = CancelParams.safeParse(message.params);
    if (!params.success) return false;
    const key = keyOf(params.data.requestId);
    return this.held.stop((ids) => ids.some((id) => id === key)) > 0;
  }

  /** Answers every request of a line in the server's place. */
  private async refuse(batch: Batch, reason: (message: Message) => string): Promise<void> {
    const answers = batch.messages.flatMap<object>((message) => refusalOf(message, reason(message)) ?? []);
    if (answers.length === 0) return;
    await this.ports.toClient(batch.together ? listLine(answers) : lineOf(answers[0] ?? {}));
  }

  /** The message as the client may see it; the same one where nothing is to be hidden. */
  private async seen(message: Message): Promise<Message> {
    const { method } = message;
    if (method !== undefined) return saidUnasked.has(method) ? this.masked(message, 'params', { method: 'other', name: method }) : message;
    const key = keyOf(message.id);
    const does = key === undefined ? undefined : this.open.get(key);
    if (key === undefined || does === undefined) return message;
    this.open.delete(key);
    if (does.method === 'other' && does.name === LIST_TOOLS) this.learn(message.result);
    else return this.masked(message, message.error === undefined ? 'result' : 'error', does);
    return message;
  }

  private async masked(message: Message, field: 'params' | 'result' | 'error', does: Deed): Promise<Message> {
    const answer = await this.ports.mask(does, message[field]);
    if ('output' in answer) return { ...message, [field]: answer.output };
    if (answer.decision === 'allow') return message;
    return field === 'params' ? { ...message, params: {} } : (refusalOf({ ...message, method: does.method }, answer.why) ?? message);
  }

  /** What the server says of its tools, in case that it calls one destructive. */
  private learn(result: unknown): void {
    const list = ToolList.safeParse(result);
    if (!list.success) return;
    for (const { name, annotations } of list.data.tools) {
      const hints = Annotations.safeParse(annotations);
      if (hints.success && this.annotations.size < MOST_TOOLS) this.annotations.set(name, hints.data);
    }
  }
}

const LIST_TOOLS = 'tools/list';

/** A message that goes on only when it is allowed. */
interface Gated {
  readonly message: Message;
  readonly does: Deed;
}

/**
 * What a message of a client would do; undefined where it does nothing that is judged.
 * @throws Unreadable where that cannot be said.
 */
function gatedOf(message: Message, hintsOf: (tool: string) => z.infer<typeof Annotations> | undefined): Gated | undefined {
  switch (message.method) {
    case 'tools/call': {
      const { name, arguments: given = {} } = shapedParams(CallParams, message.params, ['name', 'arguments']);
      const annotations = hintsOf(name);
      return { message, does: { method: 'tools/call', name, arguments: given, ...(annotations === undefined ? {} : { annotations }) } };
    }
    case 'resources/read': {
      const { uri } = shapedParams(ReadParams, message.params, ['uri']);
      const path = pathOf(uri);
      return { message, does: { method: 'resources/read', uri, ...(path === undefined ? {} : { path }) } };
    }
    default:
      return undefined;
  }
}

/** The file a resource is, where it is one of this machine. */
function pathOf(uri: string): string | undefined {
  if (uri.startsWith('/')) return uri;
  try {
    const url = new URL(uri);
    if (url.protocol !== 'file:') return undefined;
    url.host = '';
    return fileURLToPath(url);
  } catch {
    throw new Unreadable('The address of the resource cannot be read.');
  }
}

/** The answer to a request that is not sent on, as its sender expects one; undefined for what expects none. */
function refusalOf({ id, method }: Message, reason: string): Message | undefined {
  if (id === undefined || method === undefined) return undefined;
  if (method === 'tools/call') return { id, result: { content: [{ type: 'text', text: reason }], isError: true } };
  return { id, error: { code: INVALID_REQUEST, message: reason } };
}
