import type { Verb } from '../effect.ts';

/** What statements are about, as data. */

/** First words of statements that lose nothing by themselves. */
export const harmlessHeads: ReadonlySet<string> = new Set([
  'SELECT', 'INSERT', 'VALUES', 'TABLE', 'FROM', 'SHOW', 'DESCRIBE', 'DESC', 'USE', 'SET', 'RESET', 'START', 'COMMIT', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE', 'CREATE', 'COMMENT', 'ANALYZE', 'ANALYSE',
  'VACUUM', 'REINDEX', 'CLUSTER', 'REFRESH', 'CHECKPOINT', 'LISTEN', 'UNLISTEN', 'NOTIFY', 'LOCK', 'UNLOCK', 'FETCH', 'MOVE', 'CLOSE', 'OPEN', 'DEALLOCATE', 'DISCARD', 'CALL', 'LOAD', 'COPY', 'IMPORT', 'EXPORT',
  'SECURITY', 'REASSIGN', 'PRAGMA', 'ATTACH', 'DETACH', 'REPLACE', 'HANDLER', 'HELP', 'CHECK', 'CHECKSUM', 'REPAIR', 'OPTIMIZE', 'FLUSH', 'CACHE', 'UNCACHE', 'KILL', 'INSTALL', 'XA', 'CHANGE', 'PUT', 'GET',
  'LIST', 'LS', 'DBCC', 'PRINT', 'RAISERROR', 'THROW', 'WAITFOR', 'BACKUP', 'DUMP', 'PIVOT', 'UNPIVOT', 'SUMMARIZE', 'SYSTEM', 'EXISTS', 'WATCH', 'UNDROP', 'SIGNAL', 'RENAME', 'CONSISTENCY', 'TRACING', 'PAGING',
  'EXPAND', 'APPLY', 'ASSERT', 'BULK', 'ENABLE', 'FORCE', 'RESUME', 'UNSET', 'CAPTURE', 'SERIALIZE', 'CONNECT', 'EXCHANGE', 'FLASHBACK', 'RESTORE', 'MSCK', 'ADD', 'BINLOG', 'STOP', 'GO', 'EXIT', 'QUIT', 'RETURN', 'UNLOAD', 'UPSERT', 'SEND', 'RECEIVE', 'SAVE', 'REVERT', 'OUTPUT', 'CLONE', 'ROWS', 'PIPE', 'FORK', 'NONE', 'EXECUTE', 'EXEC', 'PREPARE', 'CLEAR',
]);

/** Words that open procedural text; what destroys is looked for anywhere in it. */
export const proceduralHeads: ReadonlySet<string> = new Set(['BEGIN', 'DECLARE', 'IF', 'ELSE', 'ELSIF', 'END', 'WHILE', 'LOOP', 'FOR', 'FOREACH', 'REPEAT', 'CASE', 'TRY', 'CATCH', 'WHEN', 'THEN', 'EXCEPTION', 'PERFORM', 'RAISE', 'NULL', 'ITERATE', 'LEAVE']);

/** What may follow BEGIN when it only opens a transaction. */
export const transactionWords: ReadonlySet<string> = new Set(['', 'TRANSACTION', 'TRAN', 'WORK', 'ISOLATION', 'READ', 'DEFERRABLE', 'NOT', 'DEFERRED', 'IMMEDIATE', 'EXCLUSIVE', 'CONCURRENT']);

export interface Dropped {
  readonly kind: string;
  /** Data goes with it; without it only a definition does, which can be written again. */
  readonly holdsData: boolean;
}

/** What DROP can be said of, by the words after it. */
export const droppable: readonly (readonly [words: readonly string[], dropped: Dropped])[] = [
  [['TABLE', 'FUNCTION'], { kind: 'function', holdsData: false }],
  [['SNAPSHOT', 'TABLE'], { kind: 'snapshot', holdsData: true }],
  [['DATABASE', 'LINK'], { kind: 'link to a database', holdsData: false }],
  [['DATABASE', 'SCOPED', 'CREDENTIAL'], { kind: 'credential', holdsData: true }],
  [['USER', 'MAPPING', 'FOR'], { kind: 'mapping of a user', holdsData: false }],
  [['PLUGGABLE', 'DATABASE'], { kind: 'database', holdsData: true }],
  [['NAMED', 'COLLECTION'], { kind: 'named collection', holdsData: true }],
  [['DICTIONARY'], { kind: 'dictionary', holdsData: true }],
  [['MODEL'], { kind: 'model', holdsData: true }],
  [['STREAM'], { kind: 'stream', holdsData: true }],
  [['TOPIC'], { kind: 'topic', holdsData: true }],
  [['ACCOUNT'], { kind: 'account', holdsData: true }],
  [['TABLE'], { kind: 'table', holdsData: true }],
  [['DATABASE'], { kind: 'database', holdsData: true }],
  [['SCHEMA'], { kind: 'schema', holdsData: true }],
  [['KEYSPACE'], { kind: 'keyspace', holdsData: true }],
  [['MATERIALIZED', 'VIEW'], { kind: 'materialized view', holdsData: false }],
  [['VIEW'], { kind: 'view', holdsData: false }],
  [['OWNED'], { kind: 'everything owned by a role', holdsData: true }],
  [['TABLESPACE'], { kind: 'tablespace', holdsData: true }],
  [['EXTENSION'], { kind: 'extension', holdsData: true }],
  [['COLUMN'], { kind: 'column', holdsData: true }],
  [['PARTITION'], { kind: 'partition', holdsData: true }],
  [['STAGE'], { kind: 'stage', holdsData: true }],
  [['SNAPSHOT'], { kind: 'snapshot', holdsData: true }],
  [['BUCKET'], { kind: 'bucket', holdsData: true }],
  [['TYPE'], { kind: 'type', holdsData: true }],
  [['SEQUENCE'], { kind: 'sequence', holdsData: true }],
  [['ROLE'], { kind: 'role', holdsData: true }],
  [['USER'], { kind: 'user', holdsData: true }],
  [['LOGIN'], { kind: 'login', holdsData: true }],
  [['SUBSCRIPTION'], { kind: 'subscription', holdsData: true }],
  [['PUBLICATION'], { kind: 'publication', holdsData: false }],
];

/** Words between DROP and what is dropped. */
export const dropModifiers: ReadonlySet<string> = new Set(['IF', 'EXISTS', 'TEMP', 'TEMPORARY', 'FOREIGN', 'EXTERNAL', 'TRANSIENT', 'DYNAMIC', 'ICEBERG', 'HYBRID', 'LIVE', 'UNIQUE', 'PUBLIC', 'EVENT', 'CONCURRENTLY', 'LOCAL', 'GLOBAL']);

/** Words that end a list of names. */
export const nameListEnds: ReadonlySet<string> = new Set(['CASCADE', 'RESTRICT', 'PURGE', 'ON', 'SYNC', 'FORCE', 'WITH', 'WHERE', 'SET', 'USING', 'RESTART', 'CONTINUE', 'IDENTITY', 'CONSTRAINTS', 'FROM', 'AS', 'RETURNING', 'LIMIT', 'ORDER', 'JOIN', 'INNER', 'LEFT', 'PARTITION', 'REUSE', 'DROP', 'KEEP', 'OUTPUT', 'STORAGE', 'NO', 'COMMENT', 'BY', 'INCLUDING']);

interface FunctionLoss {
  readonly verb: Verb;
  readonly kind: string;
  readonly why: string;
}

/** Functions that lose something when a SELECT calls them. */
export const destructiveFunctions: ReadonlyMap<string, FunctionLoss> = new Map<string, FunctionLoss>([
  // https://www.postgresql.org/docs/current/functions-admin.html
  ['PG_DROP_REPLICATION_SLOT', { verb: 'delete', kind: 'replication slot', why: 'Deletes the replication slot {name}: what copies through it must begin anew.' }],
  ['PG_REPLICATION_ORIGIN_DROP', { verb: 'delete', kind: 'replication origin', why: 'Makes the server forget how far it has copied from {name}.' }],
  ['PG_TERMINATE_BACKEND', { verb: 'stop', kind: 'sessions', why: 'Ends sessions and takes back what they have not committed.' }],
  ['PG_PROMOTE', { verb: 'stop', kind: 'standby', why: 'Ends replication: the standby becomes a server of its own.' }],
  ['PG_FILE_UNLINK', { verb: 'delete', kind: 'file of the server', why: 'Deletes the file {name} on the database server.' }],
  // https://www.postgresql.org/docs/current/lo-funcs.html
  ['LO_UNLINK', { verb: 'delete', kind: 'large object', why: 'Deletes the large object {name}.' }],
  // https://docs.timescale.com/api/latest/hypertable/drop_chunks/
  ['DROP_CHUNKS', { verb: 'delete', kind: 'chunks of a table', why: 'Deletes the chunks of {name} with their rows.' }],
  ['ADD_RETENTION_POLICY', { verb: 'delete', kind: 'chunks of a table', why: 'Has older rows of {name} deleted from now on.' }],
]);

/** Functions that run the SQL in their arguments: on another server, later, or as a query of their own. */
export const runningFunctions: ReadonlySet<string> = new Set(['DBLINK', 'DBLINK_EXEC', 'DBLINK_SEND_QUERY', 'SCHEDULE', 'SCHEDULE_IN_DATABASE', 'QUERY_TO_XML', 'RUN_COMMAND_ON_WORKERS', 'RUN_COMMAND_ON_SHARDS', 'RUN_COMMAND_ON_PLACEMENTS']);
