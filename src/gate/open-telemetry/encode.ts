import { createHash } from 'node:crypto';
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, type LogRecordProcessor, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { Entry, Severity } from './entry.ts';

/** What sends: the same on every record of a batch, but for the workspace. */
export interface Sender {
  readonly host: string;
  readonly user: string;
  readonly version: string;
}

/** https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const severityNumbers: Readonly<Record<Severity, number>> = { INFO: 9, INFO2: 10, WARN: 13, WARN2: 14, ERROR: 17 };

/** Gathers what a provider's loggers emit. */
class Gatherer implements LogRecordProcessor {
  readonly records: ReadableLogRecord[] = [];
  onEmit(record: ReadableLogRecord): void {
    this.records.push(record);
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

/** An OTLP request with all entries, as OpenTelemetry's SDK writes it: a resource for each workspace. */
export function encode(entries: readonly Entry[], sender: Sender, now: number): Uint8Array {
  const gatherer = new Gatherer();
  const loggers = new Map<string | undefined, ReturnType<LoggerProvider['getLogger']>>();
  for (const { time, severity, event, body, attributes, workspace } of entries) {
    const logger = loggers.get(workspace) ?? new LoggerProvider({ resource: resourceOf(sender, workspace), processors: [gatherer] }).getLogger('interlock', sender.version);
    loggers.set(workspace, logger);
    logger.emit({ timestamp: time, observedTimestamp: now, severityNumber: severityNumbers[severity], severityText: severity, eventName: event, body, attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value])) });
  }
  return ProtobufLogsSerializer.serializeRequest(gatherer.records) ?? new Uint8Array();
}

/** Names are those of OpenTelemetry where it has one. https://opentelemetry.io/docs/specs/semconv/registry/attributes/ */
function resourceOf({ host, user, version }: Sender, workspace: string | undefined): ReturnType<typeof resourceFromAttributes> {
  return resourceFromAttributes({ 'service.name': 'interlock', 'service.version': version, 'host.name': host, 'user.hash': userHash(user), ...(workspace === undefined ? {} : { 'interlock.workspace.name': workspace }) });
}

/**
 * Without salt: a salt of the machine would make one person with two machines two people, and say no more than the host's name. So it tells
 * people apart and is no secret: whoever has a list of user names finds the name.
 */
function userHash(user: string): string {
  return createHash('sha256').update(user.toLowerCase()).digest('hex');
}

/** What of an accepted request was not taken all the same, and what the collector says of it. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

/** Reads the reply to an accepted request. One that cannot be read says nothing: the request was accepted. */
export function partialSuccessIn(body: Uint8Array): PartialSuccess {
  try {
    const { rejectedLogRecords = 0, errorMessage = '' } = ProtobufLogsSerializer.deserializeResponse(body).partialSuccess ?? {};
    return { rejected: Math.max(0, rejectedLogRecords), message: errorMessage };
  } catch {
    return { rejected: 0, message: '' };
  }
}
