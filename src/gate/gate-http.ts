import { chmod, unlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readText, sendJson, TooLarge } from './http-json.ts';
import { HookRequest, MAX_REQUEST_BYTES, type GateStatus } from './protocol.ts';

/** What a window does with each request of the protocol. */
export interface Routes {
  readonly hook: (request: HookRequest, response: ServerResponse) => Promise<void>;
  readonly status: () => GateStatus;
  /** Only where this window leads. */
  readonly windows?: (body: unknown, response: ServerResponse) => void;
  readonly log: (line: string) => void;
}

/** A server of the protocol; it listens nowhere yet. */
export function createGateServer(routes: Routes): Server {
  const server = createServer((request, response) => {
    respond(routes, request, response).catch((error: unknown) => {
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

async function respond(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.on('error', () => undefined);
  switch (`${request.method} ${request.url}`) {
    case 'GET /v1/status':
      sendJson(response, 200, routes.status());
      return;
    case 'POST /v1/hook': {
      const parsed = HookRequest.safeParse(await readBody(request));
      if (parsed.success) await routes.hook(parsed.data, response);
      else sendJson(response, 400, { error: 'The request is not one of a hook program, or too large.' });
      return;
    }
    case 'POST /v1/windows':
      if (routes.windows === undefined) sendJson(response, 409, { error: 'This window does not lead.' });
      else routes.windows(await readBody(request), response);
      return;
    default:
      sendJson(response, 404, { error: 'Not found.' });
  }
}

/** The body as JSON; undefined where it is none or too large. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse(await readText(request, MAX_REQUEST_BYTES));
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
