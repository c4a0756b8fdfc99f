import type { Certainty, Reversibility, Verb } from '../effect.ts';
import { dumpFirst, loss, namesFrom, spelledOut, type Loss } from './loss.ts';
import { wordAt } from './statements.ts';
import type { Token } from './tokenize.ts';

/** A statement about the server, its logs, copies and sessions. */
interface Phrase {
  /** Its first words; alternatives parted by `|`. */
  readonly words: readonly string[];
  /** One of these words must follow somewhere. */
  readonly holds?: readonly string[];
  /** None of these may. */
  readonly lacks?: readonly string[];
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  /** What its name is: the one behind the words, or the whole statement. */
  readonly name?: 'next' | 'whole';
  readonly why: string;
  readonly saferWay: string;
  readonly reversibility?: Reversibility;
  readonly certainty?: Certainty;
}

const askFirst = 'Ask who is connected first.';
const byService = 'Let the service manager stop it.';
const wayBack = ' This removes the way back.';

const phrases: readonly Phrase[] = [
  { words: ['RESTORE'], lacks: ['FILELISTONLY', 'HEADERONLY', 'LABELONLY', 'VERIFYONLY'], id: 'restore', verb: 'overwrite', kind: 'database', name: 'next', why: 'Replaces the database {name} with an older copy.', saferWay: dumpFirst },
  // https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/FLASHBACK-TABLE.html
  { words: ['FLASHBACK'], lacks: ['DROP'], id: 'restore', verb: 'overwrite', kind: 'table or database', why: 'Takes the table or database back to an earlier state: what came after is lost.', saferWay: dumpFirst },
  { words: ['SHUTDOWN'], id: 'shutdown', verb: 'stop', kind: 'database server', why: 'Stops the database server.', saferWay: byService },
  { words: ['RESTART'], id: 'shutdown', verb: 'stop', kind: 'database server', why: 'Stops the database server and starts it again.', saferWay: byService },
  { words: ['PURGE'], id: 'purge', verb: 'delete', kind: 'log or recycle bin', name: 'whole', why: `Deletes what a restore would need ({name}).${wayBack}`, saferWay: dumpFirst },
  // https://dev.mysql.com/doc/refman/8.4/en/replication-statements.html
  { words: ['RESET', 'MASTER|BINARY'], id: 'reset-logs', verb: 'delete', kind: 'binary logs', why: `Deletes all binary logs of the server.${wayBack}`, saferWay: dumpFirst },
  { words: ['RESET', 'REPLICA|SLAVE'], id: 'reset-replica', verb: 'delete', kind: 'replication settings', why: 'Makes the server forget where its replication stands, with ALL also from whom it copies.', saferWay: 'Note the position first: SHOW REPLICA STATUS.' },
  { words: ['STOP', 'REPLICA|SLAVE|GROUP_REPLICATION'], id: 'stop-replication', verb: 'stop', kind: 'replication', why: 'Stops replication: the copy falls behind.', saferWay: 'Look at it first: SHOW REPLICA STATUS.', reversibility: 'reversible' },
  // https://dev.mysql.com/doc/refman/8.4/en/clone.html
  { words: ['CLONE', 'INSTANCE'], id: 'clone-over', verb: 'overwrite', kind: 'database server', why: 'Drops all data of this server and puts that of another in its place.', saferWay: 'Clone into a new folder: DATA DIRECTORY.' },
  { words: ['UNINSTALL'], id: 'uninstall', verb: 'drop', kind: 'plugin', name: 'whole', why: 'Takes out what the server may need ({name}).', saferWay: 'Look at what uses it first.', reversibility: 'recoverable' },
  { words: ['SET', 'PASSWORD'], id: 'alter-account', verb: 'revoke', kind: 'account', why: 'Changes the password of an account; whatever logs in with the old one stops working.', saferWay: 'Let a person change who may do what.', reversibility: 'reversible' },
  { words: ['SET', 'GLOBAL|PERSIST', 'READ_ONLY|SUPER_READ_ONLY|OFFLINE_MODE'], id: 'server-mode', verb: 'stop', kind: 'database server', why: 'Changes whether the server takes writes.', saferWay: 'Ask which server of the group this is.', reversibility: 'reversible' },
  { words: ['SET', 'GLOBAL|PERSIST', 'BINLOG_EXPIRE_LOGS_SECONDS|EXPIRE_LOGS_DAYS'], id: 'retention', verb: 'delete', kind: 'binary logs', why: `Changes how long binary logs are kept.${wayBack}`, saferWay: 'Leave the retention as it is.', certainty: 'likely' },
  { words: ['KILL'], lacks: ['QUERY', 'MUTATION', 'TRANSACTION'], id: 'kill-session', verb: 'stop', kind: 'session', name: 'whole', why: 'Ends a session and takes back what it has not committed.', saferWay: askFirst, reversibility: 'reversible' },
  // https://clickhouse.com/docs/sql-reference/statements/system
  { words: ['SYSTEM', 'SHUTDOWN|KILL'], id: 'shutdown', verb: 'stop', kind: 'database server', why: 'Stops the database server.', saferWay: byService },
  { words: ['SYSTEM', 'DROP'], holds: ['REPLICA'], id: 'drop-replica', verb: 'drop', kind: 'replica', name: 'whole', why: 'Makes the cluster forget a copy of its tables ({name}).', saferWay: 'Look first: SELECT * FROM system.replicas.' },
  { words: ['SYSTEM', 'UNFREEZE'], id: 'unfreeze', verb: 'delete', kind: 'frozen copy', name: 'whole', why: `Deletes frozen copies ({name}).${wayBack}`, saferWay: 'List them first.' },
  // https://docs.snowflake.com/en/sql-reference/sql/remove
  { words: ['REMOVE|RM', '@'], id: 'remove-files', verb: 'delete', kind: 'files of a stage', name: 'whole', why: 'Deletes files that wait in a stage ({name}).', saferWay: 'List them first: LIST.' },
  { words: ['COPY', 'INTO'], holds: ['PURGE'], id: 'remove-files', verb: 'delete', kind: 'files of a stage', why: 'Deletes the files of the stage once they are loaded.', saferWay: 'Leave out PURGE.', certainty: 'likely' },
  // https://docs.delta.io/latest/delta-utility.html#remove-files-no-longer-referenced-by-a-delta-table
  { words: ['VACUUM'], holds: ['RETAIN'], id: 'retention', verb: 'delete', kind: 'older versions', name: 'next', why: `Deletes the older versions of {name}.${wayBack}`, saferWay: 'Show what would go: DRY RUN.' },
  // https://learn.microsoft.com/en-us/sql/t-sql/database-console-commands/dbcc-checkdb-transact-sql
  { words: ['DBCC'], holds: ['REPAIR_ALLOW_DATA_LOSS'], id: 'repair-loss', verb: 'delete', kind: 'database', name: 'whole', why: 'Repairs the database by throwing away what cannot be read.', saferWay: 'Restore a backup instead.' },
  { words: ['BACKUP', 'LOG'], holds: ['TRUNCATE_ONLY', 'NO_LOG', 'NUL', 'NUL:'], id: 'log-chain', verb: 'delete', kind: 'transaction log', why: `Throws the transaction log away.${wayBack}`, saferWay: 'Back the log up to a file.' },
  // https://www.sqlite.org/pragma.html#pragma_writable_schema
  { words: ['PRAGMA', 'WRITABLE_SCHEMA'], holds: ['ON', '1', 'TRUE', 'YES'], id: 'writable-schema', verb: 'overwrite', kind: 'database', why: 'Lets the schema be written by hand, which can make the whole database unreadable.', saferWay: 'Change tables with ALTER TABLE.', certainty: 'likely' },
  // https://www.postgresql.org/docs/current/sql-reassign-owned.html
  { words: ['REASSIGN', 'OWNED'], id: 'reassign', verb: 'revoke', kind: 'ownership', name: 'whole', why: 'Hands everything a role owns to another; nobody can tell afterwards what was whose.', saferWay: 'Change the owner of single objects.' },
];

const byHead = new Map<string, readonly Phrase[]>();
for (const phrase of phrases) for (const head of (phrase.words[0] ?? '').split('|')) byHead.set(head, [...(byHead.get(head) ?? []), phrase]);

/** What a statement about the server as a whole loses. */
export function administered(tokens: readonly Token[]): readonly Loss[] {
  const phrase = byHead.get(wordAt(tokens, 0))?.find((candidate) => isSaid(candidate, tokens));
  if (!phrase) return [];
  const { id, verb, kind, why, saferWay, reversibility = 'irreversible', certainty = 'certain' } = phrase;
  const name = phrase.name === 'whole' ? spelledOut(tokens) : phrase.name === 'next' ? (namesFrom(tokens, nameAt(tokens, phrase.words.length))[0] ?? '') : '';
  return [{ ...loss(id, verb, kind, name, why, saferWay), reversibility, certainty }];
}

function isSaid({ words, holds, lacks }: Phrase, tokens: readonly Token[]): boolean {
  if (!words.every((alternatives, at) => alternatives.split('|').includes(wordAt(tokens, at) || (tokens[at]?.text ?? '')))) return false;
  const mentions = (wanted: readonly string[]): boolean => tokens.slice(0, 200).some(({ text }) => wanted.includes(text.toUpperCase()));
  return (!holds || mentions(holds)) && !(lacks && mentions(lacks));
}

function nameAt(tokens: readonly Token[], at: number): number {
  return /^(?:DATABASE|TABLE|KEYSPACE|SCHEMA)$/.test(wordAt(tokens, at)) ? at + 1 : at;
}
