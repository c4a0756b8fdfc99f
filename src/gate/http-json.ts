import { existsSync } from 'node:fs';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** Nobody listens there. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** The other side went away before it had answered. */
class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** A request that is larger than may be sent. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

/** Headers that a request or an answer has besides those of every one. */
type Headers = Readonly<Record<string, string>>;

/** Keeps Node from asking whether the host is an IP address, for which it compiles a pattern that takes longer than the request. */
const NO_HOST = '';
const MAX_REPLY_BYTES = 1_048_576;

/**
 * Sends a request to a socket and gives the whole reply.
 * @throws NotConnected, ConnectionLost, or the signal's reason when it aborts.
 */
export async function send(socket: string, method: 'GET' | 'POST', path: string, body: string, signal: AbortSignal, headers: Headers = {}): Promise<Reply> {
  if (signal.aborted) throw reasonOf(signal);
  // Most hooks that find no editor find no socket either, and need not load what speaks through one.
  if (process.platform !== 'win32' && !existsSync(socket)) throw new NotConnected('There is no socket.');
  const open = await opener();
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const request = open({ socket, method, path, body, headers }, (response) => {
      readText(response, MAX_REPLY_BYTES).then((text) => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }), failed);
    });
    const failed = (error: unknown): void => {
      signal.removeEventListener('abort', aborted);
      reject(error);
      request.destroy();
    };
    const aborted = (): void => failed(reasonOf(signal));
    signal.addEventListener('abort', aborted, { once: true });
    onFailure(request, failed);
    request.once('close', () => signal.removeEventListener('abort', aborted));
  });
}

/**
 * Sends a request whose reply stays open for as long as both sides live.
 * @returns once the other side has accepted: a way to end it, and what is called when the other side ends it
 * @throws NotConnected, ConnectionLost
 */
export async function hold(socket: string, path: string, body: string, headers: Headers, ended: () => void): Promise<{ close(): void }> {
  const open = await opener();
  return new Promise((resolve, reject) => {
    let over = false;
    const request = open({ socket, method: 'POST', path, body, headers }, (response) => {
      response.resume();
      if (response.statusCode !== 200) {
        reject(new ConnectionLost(`The request was answered with status ${response.statusCode}.`));
        request.destroy();
        return;
      }
      response.once('close', () => {
        if (!over) ended();
      });
      resolve({
        close: () => {
          over = true;
          request.destroy();
        },
      });
    });
    onFailure(request, reject);
  });
}

interface Message {
  readonly socket: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Headers;
}

type Open = (message: Message, answered: (response: IncomingMessage) => void) => ClientRequest;

/** Opens requests. Node's own client takes a sixth of a bare start to load. */
async function opener(): Promise<Open> {
  const { request: startRequest } = await import('node:http');
  return ({ socket, method, path, body, headers }, answered) => {
    const options = { socketPath: socket, method, path, agent: false, servername: NO_HOST, headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } };
    const request = startRequest(options, answered);
    request.end(body);
    return request;
  };
}

/** An error before the connection stands means that nobody listens, one after it that somebody went away. */
function onFailure(request: ClientRequest, failed: (error: Error) => void): void {
  let connected = false;
  request.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => (connected = true));
    else connected = true;
  });
  request.on('error', (error) => failed(connected ? new ConnectionLost(error.message) : new NotConnected(error.message)));
}

/**
 * The text of a message.
 * @throws TooLarge, ConnectionLost
 */
async function readText(message: IncomingMessage, limit: number): Promise<string> {
  return (await readBytes(message, limit)).toString('utf8');
}

/**
 * All that a message holds.
 * @throws TooLarge, ConnectionLost
 */
export function readBytes(message: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) reject(new TooLarge(`More than ${limit} bytes.`));
      else chunks.push(chunk);
    });
    let whole = false;
    message.once('end', () => {
      whole = true;
      resolve(Buffer.concat(chunks));
    });
    message.once('error', (error) => reject(new ConnectionLost(error.message)));
    message.once('close', () => {
      if (!whole) reject(new ConnectionLost('The message was cut off.'));
    });
  });
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, JSON.stringify(value), {});
}

/** Answers with text that is JSON already. */
export function sendText(response: ServerResponse, status: number, text: string, headers: Headers): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason));
}
