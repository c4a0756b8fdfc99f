import type * as z from 'zod/mini';
import type { ProxyAnswer as Answer } from '../../agents/proxy-answer.ts';
import type { Line } from './json-lines.ts';

/** What has become of a question, or of an output. */
export type ProxyAnswer = z.infer<typeof Answer>;

/** The two sides of a proxy and the gate. `Deed` is what is asked about. */
export interface ProxyPorts<Deed> {
  readonly toClient: (line: Buffer) => Promise<void>;
  readonly toServer: (line: Buffer) => Promise<void>;
  /** Whether something may be done. Never rejects; denies where it cannot be found out. */
  readonly ask: (does: Deed, signal: AbortSignal) => Promise<ProxyAnswer>;
  /** An output without the values of secrets. Never rejects; denies where it cannot be searched. */
  readonly mask: (does: Deed, output: unknown) => Promise<ProxyAnswer>;
  /** Something that neither side can be told; the session is over. */
  readonly fail: (why: string) => void;
}

/** Stands between a client and the program behind it. Each resolves once the next line may be read, which is before a person has answered. */
export interface Proxy {
  fromClient(line: Line): Promise<void>;
  fromServer(line: Line): Promise<void>;
  /** The client has gone: nobody waits for anything any more. */
  close(): void;
}
