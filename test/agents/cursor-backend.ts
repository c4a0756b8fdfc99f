/**
 * A stand-in for Cursor's backend, on plain HTTP on 127.0.0.1: it says what the model wants done, step by step, and keeps every byte that the
 * agent sent. Cursor's agent asks it for all that runs on a server; tools, hooks and shells run in the agent. The messages are those of
 * `agent.v1.AgentService` and `aiserver.v1.BidiService` in the descriptors of `@cursor/sdk` 1.0.32, by field number.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type RecordedRequest, type Scenario, type Step, stepsOf, type ToolResult } from './scripted-model.ts';
import { bytesAt, decoded, encoded, type Message, numberAt, textAt } from './protobuf.ts';
import { newId } from './wire.ts';

/** A running stand-in. */
export interface CursorBackend {
  readonly baseUrl: string;
  /** What the model was told of each tool call, in order. */
  readonly results: readonly ToolResult[];
  /** Every message of the agent, in order, its bytes as text. */
  readonly requests: readonly RecordedRequest[];
  stop(): Promise<void>;
}

/** A tool that runs in the agent: its field in `ExecServerMessage` and in `ExecClientMessage`, and what stands in them. */
interface Tool {
  readonly field: number;
  readonly args: (input: Readonly<Record<string, unknown>>) => Message;
  /** Paths in the answer to what the model is told. */
  readonly says: readonly (readonly number[])[];
  /** Where the answer comes in pieces, the fields that end it. */
  readonly endsWith?: readonly number[];
}

type ToolStep = Exclude<Step, { readonly text: string }>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const callId = (): string => newId('tool');

const tools: Readonly<Record<string, Tool>> = {
  // Standard output and error, its exit, rejected, not permitted.
  Shell: { field: 14, args: ({ command }) => ({ 1: text(command), 3: 30_000, 4: callId() }), says: [[1, 1], [2, 1], [5, 3], [6, 3]], endsWith: [3, 5, 6] },
  // Success, error, rejected.
  Read: { field: 7, args: ({ path }) => ({ 1: text(path), 2: callId() }), says: [[1, 2], [2, 2], [3, 2]] },
  Write: { field: 3, args: ({ path, content }) => ({ 1: text(path), 2: text(content), 3: callId() }), says: [[3, 4], [5, 2], [6, 2]] },
  Delete: { field: 4, args: ({ path }) => ({ 1: text(path), 2: callId() }), says: [[1, 2], [4, 2], [6, 2], [7, 2]] },
  Mcp: { field: 11, args: mcpArgs, says: [[1, 1, 1, 1], [2, 1], [3, 1], [4, 1]] },
};

/** Arguments are a map of `google.protobuf.Value`, of which texts are enough here. */
function mcpArgs({ server, name, arguments: given }: Readonly<Record<string, unknown>>): Message {
  const entries = Object.entries(typeof given === 'object' && given !== null ? given : {}).map(([key, value]) => ({ 1: key, 2: { 3: text(value) } }));
  return { 1: `${text(server)}-${text(name)}`, 2: entries, 3: callId(), 4: text(server), 5: text(name), 9: text(server) };
}

const END_OF_STREAM = 2;

/** Starts a backend on a free port of 127.0.0.1. */
export async function startCursorBackend(scenario: Scenario): Promise<CursorBackend> {
  const results: ToolResult[] = [];
  const requests: RecordedRequest[] = [];
  const keep = ({ method = '', url = '' }: IncomingMessage, bytes: Buffer): void => void requests.push({ method, path: url, body: bytes.toString('utf8') });
  const run = createRun(stepsOf(scenario, requests), results);
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(incoming);
    // What is compressed could not be searched for secrets.
    if (incoming.headers['content-encoding'] !== undefined) throw new Error(`The agent sent ${incoming.headers['content-encoding']}.`);
    switch (incoming.url) {
      case '/auth/exchange_user_api_key':
        return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"accessToken":"a.b.c"}');
      case '/agent.v1.AgentService/RunSSE':
        response.writeHead(200, { 'content-type': 'application/connect+proto' });
        return run.listen(response);
      case '/aiserver.v1.BidiService/BidiAppend': {
        const message = bytesAt(body, 4) ?? Buffer.from(textAt(body, 1) ?? '', 'hex');
        keep(incoming, message);
        response.writeHead(200, { 'content-type': 'application/proto' }).end();
        return run.take(message);
      }
      default:
        // Settings of its maker, figures, experiments: nothing is set.
        keep(incoming, body);
        return void response.writeHead(200, { 'content-type': incoming.headers['content-type'] }).end(incoming.headers['content-type'] === 'application/json' ? '{}' : '');
    }
  };
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stand-in has no port.');
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    results,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Run {
  /** The stream that the agent listens to. */
  listen(response: ServerResponse): void;
  /** A message of the agent. */
  take(message: Buffer): void;
}

/** One turn of the conversation: it begins with the agent's request, and each answer brings the next step. */
function createRun(nextStep: () => Step, results: ToolResult[]): Run {
  const waiting: Buffer[] = [];
  let stream: ServerResponse | undefined;
  let call: { readonly id: number; readonly step: ToolStep; readonly tool: Tool; said: string } | undefined;
  const send = (frame: Buffer): void => void (stream ? stream.write(frame) : waiting.push(frame));
  const goOn = (id: number): void => {
    const step = nextStep();
    if ('text' in step) {
      call = undefined;
      // What it says, the end of the turn, the end of the stream.
      for (const frame of [framed({ 1: { 1: { 1: step.text } } }), framed({ 1: { 14: {} } }), frameOf(END_OF_STREAM, Buffer.from('{}'))]) send(frame);
      stream?.end();
      return;
    }
    const tool = tools[step.tool];
    if (!tool) throw new Error(`Cursor's agent has no tool ${step.tool}.`);
    call = { id, step, tool, said: '' };
    send(framed({ 2: { 1: id, 15: `exec-${id}`, [tool.field]: tool.args(step.input) } }));
  };
  const answered = (result: Buffer): void => {
    const answer = call && bytesAt(result, call.tool.field);
    if (!call || !answer || numberAt(result, 1) !== call.id) return;
    call.said += call.tool.says.map((path) => textAt(answer, ...path) ?? '').join('');
    if (call.tool.endsWith && !decoded(answer).some(([field]) => call?.tool.endsWith?.includes(field))) return;
    results.push({ tool: call.step.tool, input: call.step.input, text: call.said, isError: false });
    goOn(call.id + 1);
  };
  return {
    listen(response) {
      stream = response;
      response.flushHeaders();
      for (const frame of waiting.splice(0)) response.write(frame);
    },
    take(message) {
      const request = bytesAt(message, 1);
      const result = bytesAt(message, 2);
      if (request && !call) goOn(1);
      else if (result) answered(result);
    },
  };
}

function framed(message: Message): Buffer {
  return frameOf(0, encoded(message));
}

/** https://connectrpc.com/docs/protocol/#streaming-rpcs */
function frameOf(flags: number, bytes: Buffer): Buffer {
  const frame = Buffer.concat([Buffer.from([flags, 0, 0, 0, 0]), bytes]);
  frame.writeUInt32BE(bytes.length, 1);
  return frame;
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
