/**
 * A model that does what a scenario says: an HTTP server on 127.0.0.1 that speaks a provider's API, answers each turn of the agent with the
 * next step and keeps every request, so that a test can ask what the agent told its model.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** One answer of the model: a tool it wants called, or a closing text. */
export type Step = { readonly tool: string; readonly input: Readonly<Record<string, unknown>> } | { readonly text: string };

/** Steps in order; a function is called with all requests so far when its turn comes. After the last step the model says that it is done. */
export type Scenario = readonly (Step | ((requests: readonly RecordedRequest[]) => Step))[];

/** A request as it came in; `body` is the parsed JSON, or the text where it is none. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What a tool call gave back, as the agent told the model. */
export interface ToolResult {
  readonly tool: string;
  readonly input: unknown;
  readonly text: string;
  readonly isError: boolean;
}

/** An answer to send. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** One provider's API. */
export interface ModelProtocol {
  /** Answers `request`; takes a step of the scenario only for a turn of the agent itself, not for its side requests (titles, token counts). */
  reply(request: RecordedRequest, nextStep: () => Step): Reply;
}

/** A running scripted model. */
export interface ScriptedModel {
  readonly baseUrl: string;
  /** Every request so far, in order. */
  readonly requests: readonly RecordedRequest[];
  stop(): Promise<void>;
}

const DONE: Step = { text: 'Done.' };

/** Starts a model on a free port of 127.0.0.1. */
export async function startScriptedModel(protocol: ModelProtocol, scenario: Scenario): Promise<ScriptedModel> {
  const requests: RecordedRequest[] = [];
  const nextStep = stepsOf(scenario, requests);
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = parsed(await readBody(incoming));
    const request = { method: incoming.method ?? '', path: incoming.url ?? '', body };
    requests.push(request);
    const reply = protocol.reply(request, nextStep);
    response.writeHead(reply.status, { 'content-type': reply.contentType }).end(reply.body);
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The scripted model has no port.');
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Gives out the steps of a scenario, one at each call. */
export function stepsOf(scenario: Scenario, requests: readonly RecordedRequest[]): () => Step {
  let taken = 0;
  return () => {
    const step = scenario[taken] ?? DONE;
    taken += 1;
    return typeof step === 'function' ? step(requests) : step;
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('The request is too large for a test.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
