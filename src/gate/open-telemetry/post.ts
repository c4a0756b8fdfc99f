// Without "node:", which the editor does not put its proxy settings and certificates behind: it wraps these two by their plain names.
import { request as requestPlain, type ClientRequest, type IncomingMessage } from 'http';
import { request as requestSecure } from 'https';

/** What became of a request. `why` holds nothing that the collector wrote. */
export type Reply =
  | { readonly is: 'accepted'; readonly body: Buffer }
  /** It may work later: the collector says so, or could not be reached. */
  | { readonly is: 'later'; readonly why: string; readonly afterMs?: number }
  /** The collector cannot do anything with what these records are: fewer may do. */
  | { readonly is: 'unfit'; readonly why: string }
  /** Something has to be corrected first: the address, the headers. */
  | { readonly is: 'refused'; readonly why: string };

export interface PostOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** For the whole exchange, to the reply's last byte. */
  readonly withinMs: number;
  readonly stop: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const MAX_REPLY = 65_536;
/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes, and the timeout a proxy answers with. */
const retryable: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
const unfit: ReadonlySet<number> = new Set([400, 413, 422]);

/** Posts once, follows no redirection, and never rejects. */
export async function post(options: PostOptions): Promise<Reply> {
  const deadline = AbortSignal.timeout(options.withinMs);
  try {
    const response = await send(options, AbortSignal.any([deadline, options.stop]));
    return replyOf(response, await bodyOf(response), options.now());
  } catch (error) {
    if (deadline.aborted) return { is: 'later', why: `no answer within ${options.withinMs / 1000} s` };
    return { is: 'later', why: error instanceof Error && 'code' in error ? `the connection failed (${String(error.code)})` : 'the answer broke off' };
  }
}

function send({ url, headers, body }: PostOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/x-protobuf', 'content-length': body.length }, signal }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

/** All of it: of an answer that broke off nobody knows whether it would have named records that were not taken. */
async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REPLY) throw new Error('The answer is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function replyOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer, now: number): Reply {
  const why = `the collector answered ${statusCode}`;
  if (statusCode >= 200 && statusCode < 300) return { is: 'accepted', body };
  if (unfit.has(statusCode)) return { is: 'unfit', why };
  if (!retryable.has(statusCode)) return { is: 'refused', why };
  const afterMs = retryAfter(headers['retry-after'], now);
  return { is: 'later', why, ...(afterMs === undefined ? {} : { afterMs }) };
}

/** Seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const after = /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(after) ? undefined : Math.max(0, after);
}
