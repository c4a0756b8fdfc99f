import { chmod, unlink } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CALL_TYPE, ID_HEADER, MAX_REQUEST_BYTES } from './bounds.ts';
import { PROOF_HEADER } from './gate-key.ts';
import { parseCall } from './hook-call.ts';
import { readBytes, sendJson, sendText, TooLarge } from './http-json.ts';
import { HookRequest, PASSED_ON_HEADER, RequestId, WithdrawnRequest } from './protocol.ts';

/** A hook's request as it came in. */
export interface Asked {
  readonly request: HookRequest;
  /** The same when it is asked again. */
  readonly id: string;
  /** True where the leading window has passed it on. */
  readonly passedOn: boolean;
}

/** What a window does with each request of the protocol. */
export interface Routes {
  readonly hook: (asked: Asked, response: ServerResponse) => Promise<void>;
  /** Nobody waits any more for the answer to the request of that id. */
  readonly withdrawn: (id: string) => void;
  /** Says who this window is; `id` is what its proof is to be of. */
  readonly status: (id: string, response: ServerResponse) => void;
  /** Only where this window leads. */
  readonly windows?: (body: unknown, proof: string | undefined, response: ServerResponse) => void;
  readonly log: (line: string) => void;
}

/** Requests of hooks and their bytes. */
export interface Room {
  readonly requests: number;
  readonly bytes: number;
}

/** What is held at once. Whoever comes when there is no room is to ask again a little later. */
const DEFAULT_ROOM: Room = { requests: 1_000, bytes: 134_217_728 };

/** What is held of requests that wait for an answer. */
type Taken = { -readonly [Key in keyof Room]: Room[Key] };

/** A server of the protocol; it listens nowhere yet. */
export function createGateServer(routes: Routes, room: Room = DEFAULT_ROOM): Server {
  const taken: Taken = { requests: 0, bytes: 0 };
  const take = (request: IncomingMessage, response: ServerResponse): boolean => takeRoom(taken, room, request, response);
  const server = createServer((request, response) => {
    respond(routes, take, request, response).catch((error: unknown) => {
      routes.log(`a request failed: ${error instanceof Error ? error.name : 'unknown error'}`);
      sendJson(response, 500, { error: 'The request failed.' });
    });
  });
  // A person may take their time; only the sending of a request has a limit.
  server.timeout = 0;
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.on('clientError', (_, connection) => connection.destroy());
  return server;
}

async function respond(routes: Routes, take: (request: IncomingMessage, response: ServerResponse) => boolean, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.on('error', () => undefined);
  switch (`${request.method} ${request.url}`) {
    case 'GET /v1/status':
      routes.status(header(request, ID_HEADER) ?? '', response);
      return;
    case 'POST /v1/hook':
      if (take(request, response)) await respondToHook(routes, request, response);
      else sendJson(response, 503, { error: 'Too many requests are waiting.' });
      return;
    case 'POST /v1/withdrawn': {
      const parsed = WithdrawnRequest.safeParse(await readBody(request));
      if (parsed.success) routes.withdrawn(parsed.data.id);
      sendJson(response, parsed.success ? 200 : 400, {});
      return;
    }
    case 'POST /v1/windows':
      if (routes.windows === undefined) sendJson(response, 409, { error: 'This window does not lead.' });
      else routes.windows(await readBody(request), header(request, PROOF_HEADER), response);
      return;
    default:
      sendJson(response, 404, { error: 'Not found.' });
  }
}

/** Keeps room for a request until it is answered; false where there is none. */
function takeRoom(taken: Taken, room: Room, request: IncomingMessage, response: ServerResponse): boolean {
  const declared = Number(request.headers['content-length'] ?? MAX_REQUEST_BYTES);
  const bytes = Math.min(declared, MAX_REQUEST_BYTES);
  if (taken.requests >= room.requests || taken.bytes + bytes > room.bytes) return false;
  taken.requests += 1;
  taken.bytes += bytes;
  response.once('close', () => {
    taken.requests -= 1;
    taken.bytes -= bytes;
  });
  return true;
}

async function respondToHook(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parsed = HookRequest.safeParse(await readBody(request));
  const id = RequestId.safeParse(header(request, ID_HEADER));
  if (parsed.success) await routes.hook({ request: parsed.data, id: id.success ? id.data : randomUUID(), passedOn: header(request, PASSED_ON_HEADER) !== undefined }, response);
  else sendJson(response, 400, { error: 'The request is not one of a hook program, or too large.' });
}

/** Answers with text and, where there is a key, the proof that it comes from here. */
export function sendProven(response: ServerResponse, text: string, proof: string | undefined): void {
  sendText(response, 200, text, proof === undefined ? {} : { [PROOF_HEADER]: proof });
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** What the body says; undefined where it cannot be read or is too large. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  try {
    const bytes = await readBytes(request, MAX_REQUEST_BYTES);
    return request.headers['content-type'] === CALL_TYPE ? parseCall(bytes) : JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** Makes a server listen on a socket that only its owner can use. Rejects with `EADDRINUSE` when there is one already. */
export function listen(socket: string, server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => {
      server.removeListener('error', reject);
      server.on('error', () => undefined);
      if (process.platform === 'win32') resolve(server);
      else chmod(socket, 0o600).then(() => resolve(server), reject);
    });
  });
}

/** Removes a socket file that nobody listens on any more. */
export async function removeStale(socket: string): Promise<void> {
  if (process.platform !== 'win32') await unlink(socket).catch(() => undefined);
}

/** Ends all connections; also removes the server's socket file. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
