/** A collector for tests: takes OTLP over HTTP, and reads it with the classes that OpenTelemetry generated from the official protobuf files. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import protocol from 'otlp-descriptors/build/src/generated/root.js';
import * as z from 'zod/mini';

/** What protobufjs generates for each message; the package has no types of them. */
interface MessageClass {
  decode(bytes: Uint8Array): object;
  encode(message: object): { finish(): Uint8Array };
  toObject(message: object, options: { readonly longs: unknown }): unknown;
}
interface LogsProtocol {
  readonly opentelemetry: { readonly proto: { readonly collector: { readonly logs: { readonly v1: { readonly ExportLogsServiceRequest: MessageClass; readonly ExportLogsServiceResponse: MessageClass } } } } };
}
const { ExportLogsServiceRequest, ExportLogsServiceResponse } = (protocol as unknown as LogsProtocol).opentelemetry.proto.collector.logs.v1;

const Single = z.object({ stringValue: z.optional(z.string()), boolValue: z.optional(z.boolean()), intValue: z.optional(z.string()), doubleValue: z.optional(z.number()) });
const KeyValues = z.array(z.object({ key: z.string(), value: z.extend(Single, { arrayValue: z.optional(z.object({ values: z._default(z.array(Single), []) })) }) }));
const Request = z.object({
  resourceLogs: z.array(
    z.object({
      resource: z.object({ attributes: KeyValues }),
      scopeLogs: z.array(z.object({ scope: z.object({ name: z.string() }), logRecords: z.array(z.object({ timeUnixNano: z.string(), severityNumber: z.number(), eventName: z.string(), body: Single, attributes: KeyValues })) })),
    }),
  ),
});

type Value = string | number | boolean | readonly Value[] | undefined;

/** A log record as it arrived. */
interface Received {
  readonly resource: Readonly<Record<string, Value>>;
  readonly scope: string;
  readonly timeMs: number;
  readonly severity: number;
  readonly event: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, Value>>;
}

/**
 * What becomes of one request. `hang`: no answer ever; `taken`: none either, and its records are taken. `cut`: its connection breaks off while
 * the body comes in; `half`: while the answer goes out, its records taken.
 */
type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly rejected?: number; readonly message?: string } | 'hang' | 'taken' | 'cut' | 'half';

export interface CollectorDouble {
  readonly url: string;
  readonly port: number;
  /** What was taken. */
  readonly received: Received[];
  /** Bytes and headers of all requests that came in whole. */
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers']; readonly bytes: Buffer; readonly at: number }[];
  /** Answers to come; afterwards everything is taken. */
  readonly answers: Answer[];
  /** Resolves once it holds. */
  until(holds: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** @param port a free one where none is given */
export async function startCollector(port = 0): Promise<CollectorDouble> {
  const received: Received[] = [];
  const requests: CollectorDouble['requests'] = [];
  const answers: Answer[] = [];
  const sockets = new Set<Socket>();
  let watchers: (() => void)[] = [];
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = answers.shift() ?? { status: 200 };
    if (answer === 'cut') {
      request.once('data', () => request.socket.destroy());
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    requests.push({ path: request.url ?? '', headers: request.headers, bytes, at: Date.now() });
    if (answer === 'hang') return changed();
    if (answer === 'taken' || answer === 'half' || answer.status < 300) received.push(...recordsIn(bytes));
    if (answer === 'taken') return changed();
    if (answer === 'half') {
      response.writeHead(200, { 'content-length': 100 });
      response.write(Buffer.alloc(10), () => response.destroy());
      return changed();
    }
    const { status, headers, rejected, message } = answer;
    const reply = rejected === undefined && message === undefined ? {} : { partialSuccess: { rejectedLogRecords: rejected ?? 0, errorMessage: message ?? '' } };
    response.writeHead(status, { 'content-type': 'application/x-protobuf', ...headers }).end(ExportLogsServiceResponse.encode(reply).finish());
    changed();
  };
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`, port: address.port, received, requests, answers,
    until: (holds) =>
      new Promise((resolve, reject) => {
        const end = (): void => {
          watchers = watchers.filter((each) => each !== look);
          clearTimeout(timer);
        };
        const look = (): void => {
          if (!holds()) return;
          end();
          resolve();
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`It did not come to that. Received: ${JSON.stringify(received.map(({ body }) => body))}, requests: ${requests.length}`));
        }, 20_000);
        watchers.push(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** @throws where the bytes are no such message */
function recordsIn(bytes: Buffer): readonly Received[] {
  const { resourceLogs } = Request.parse(ExportLogsServiceRequest.toObject(ExportLogsServiceRequest.decode(bytes), { longs: String }));
  return resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ scope, logRecords }) =>
      logRecords.map((record): Received => ({
        resource: valuesOf(resource.attributes), scope: scope.name, timeMs: Number(BigInt(record.timeUnixNano) / 1_000_000n), severity: record.severityNumber, event: record.eventName,
        body: record.body.stringValue ?? '', attributes: valuesOf(record.attributes),
      })),
    ),
  );
}

function valuesOf(pairs: z.infer<typeof KeyValues>): Readonly<Record<string, Value>> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value.arrayValue?.values.map(singleOf) ?? singleOf(value)]));
}

function singleOf({ stringValue, boolValue, intValue, doubleValue }: z.infer<typeof Single>): Value {
  return stringValue ?? boolValue ?? (intValue === undefined ? doubleValue : Number(intValue));
}
