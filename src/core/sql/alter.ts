import { afterModifiers, countFirst, dumpFirst, loss, maxNames, namesFrom, type Loss } from './loss.ts';
import { wordAt } from './statements.ts';
import type { Token } from './tokenize.ts';
import { unlimited } from './where.ts';

const keepDefinition = 'Keep its definition, so that it can be made again.';

/** What `ALTER …` loses, by the kind of object it changes. */
export function alter(tokens: readonly Token[]): readonly Loss[] {
  switch (wordAt(tokens, 1)) {
    case 'USER':
    case 'ROLE':
    case 'LOGIN':
    case 'GROUP':
      return alterAccount(tokens);
    case 'SYSTEM':
      return alterSystem(tokens);
    case 'DATABASE':
    case 'SCHEMA':
    case 'KEYSPACE':
    case 'ACCOUNT':
    case 'RANGE':
      return alterDatabase(tokens);
    case 'PUBLICATION':
    case 'SUBSCRIPTION':
    case 'EXTENSION':
    case 'SERVER':
    case 'AVAILABILITY':
      return clauses(tokens, 2, (at) => (wordAt(tokens, at) === 'DROP' || wordAt(tokens, at) === 'REMOVE' ? membership(tokens, at) : []));
    default:
      return alterTable(tokens);
  }
}

/** What each clause at the outermost level loses. */
function clauses(tokens: readonly Token[], from: number, read: (at: number) => readonly Loss[]): readonly Loss[] {
  const base = tokens[0]?.depth ?? 0;
  const losses: Loss[] = [];
  for (let at = from; at < tokens.length && losses.length < maxNames; at++) if (tokens[at]?.depth === base) losses.push(...read(at));
  return losses.slice(0, maxNames);
}

function named(tokens: readonly Token[]): string {
  let at = 2;
  while (/^(?:TABLE|VIEW)$/.test(wordAt(tokens, at))) at++;
  return namesFrom(tokens, afterModifiers(tokens, at))[0] ?? '';
}

/** `… DROP …`, `… TRUNCATE PARTITION`, and ClickHouse's `ALTER TABLE … DELETE`. */
function alterTable(tokens: readonly Token[]): readonly Loss[] {
  const table = named(tokens);
  return [...clauses(tokens, 2, (at) => tableClause(tokens, at, table)), ...retention(tokens, table)];
}

function tableClause(tokens: readonly Token[], at: number, table: string): readonly Loss[] {
  switch (wordAt(tokens, at)) {
    case 'DROP':
      return alterDrop(tokens, at, table);
    case 'TRUNCATE':
      return [loss('truncate', 'truncate', 'partition', table, 'Empties a partition of the table {name}.', dumpFirst)];
    case 'DELETE':
      return wordAt(tokens, at - 1) === 'ON' ? [] : unlimited(tokens.slice(at), loss('delete-all', 'delete', 'rows', table, 'Deletes all rows of {name}.', countFirst));
    case 'UPDATE':
      return wordAt(tokens, at - 1) === 'ON' ? [] : unlimited(tokens.slice(at), loss('update-all', 'overwrite', 'rows', table, 'Changes all rows of {name}.', countFirst));
    case 'DISCARD':
      return [loss('discard-tablespace', 'delete', 'table', table, 'Deletes the data file of the table {name}.', dumpFirst)];
    case 'CLEAR':
      return wordAt(tokens, at + 1) === 'COLUMN' ? [loss('alter-drop', 'truncate', 'column', table, 'Empties a column of the table {name}.', dumpFirst)] : [];
    case 'REPLACE':
      return wordAt(tokens, at + 1) === 'PARTITION' ? [loss('replace-partition', 'overwrite', 'partition', table, 'Replaces a partition of the table {name} with that of another.', dumpFirst)] : [];
    case 'UNFREEZE':
      return [loss('unfreeze', 'delete', 'frozen copy', table, 'Deletes the frozen copy of {name}. This removes the way back.', dumpFirst)];
    case 'LEVEL':
      return wordAt(tokens, at - 1) === 'ROW' || wordAt(tokens, at - 1) === 'SECURITY' ? [] : rowSecurity(tokens, at, table);
    case 'SECURITY':
      return rowSecurity(tokens, at, table);
    default:
      return [];
  }
}

/** https://www.postgresql.org/docs/current/ddl-rowsecurity.html */
function rowSecurity(tokens: readonly Token[], at: number, table: string): readonly Loss[] {
  const before = tokens.slice(Math.max(0, at - 4), at).map((_, index) => wordAt(tokens, Math.max(0, at - 4) + index));
  if (!before.includes('ROW') || !(before.includes('DISABLE') || before.includes('NO'))) return [];
  return [{ ...loss('row-security', 'revoke', 'row protection', table, 'Takes the protection off the rows of {name}: who may read the table reads all of it.', 'Add a policy that lets through what is missing.'), reversibility: 'reversible' }];
}

function alterDrop(tokens: readonly Token[], at: number, table: string): readonly Loss[] {
  const what = wordAt(tokens, at + 1);
  // These take a rule off a column; the data stays.
  if (/^(?:DEFAULT|NOT|IDENTITY|EXPRESSION|AUTO_INCREMENT)$/.test(what)) return [];
  if (/^(?:CONSTRAINT|PRIMARY|FOREIGN|INDEX|KEY|CHECK|TRIGGER|POLICY|PROJECTION|STATISTICS|LABEL|TAG)$/.test(what)) {
    const name = namesFrom(tokens, afterModifiers(tokens, at + 2))[0] ?? '';
    return [{ ...loss('alter-drop-rule', 'drop', what.toLowerCase(), name || table, `Drops the ${what.toLowerCase()} {name}.`, keepDefinition), reversibility: 'recoverable' }];
  }
  const kind = /^(?:PARTITION|DETACHED|PART)$/.test(what) ? 'partition' : 'column';
  const name = namesFrom(tokens, afterModifiers(tokens, at + (/^(?:COLUMN|ATTRIBUTE)$/.test(what) || kind === 'partition' ? 2 : 1)))[0] ?? '';
  return [loss('alter-drop', 'drop', kind, table === '' ? name : `${table}.${name}`, `Drops the ${kind} {name} with its data.`, dumpFirst)];
}

/** Something is taken out of a publication, an extension, a group of servers; the thing itself stays. */
function membership(tokens: readonly Token[], at: number): readonly Loss[] {
  const owner = `${wordAt(tokens, 1).toLowerCase()} ${namesFrom(tokens, 2)[0] ?? ''}`.trim();
  const what = tokens.slice(at + 1, at + 4).map((token) => token.text).join(' ');
  return [{ ...loss('alter-drop-rule', 'drop', 'member', what, `Takes {name} out of the ${owner}.`, keepDefinition), reversibility: 'recoverable' }];
}

/** What an account may do or how it logs in, in the words of several databases. */
const accountWords = /^(?:PASSWORD|IDENTIFIED|SUPERUSER|NOSUPERUSER|CREATEROLE|NOCREATEROLE|BYPASSRLS|NOBYPASSRLS|REPLICATION|NOREPLICATION|LOGIN|NOLOGIN|LOCK|UNLOCK|DISABLE|DISABLED|VALID|MEMBER|USER|RSA_PUBLIC_KEY)$/;

function alterAccount(tokens: readonly Token[]): readonly Loss[] {
  if (!tokens.some((_, at) => at > 2 && accountWords.test(wordAt(tokens, at)))) return [];
  return [{ ...loss('alter-account', 'revoke', 'account', namesFrom(tokens, 2)[0] ?? '', 'Changes how {name} logs in or what it may do.', 'Let a person change who may do what.'), reversibility: 'reversible' }];
}

/** Settings on which the safety of the data hangs. https://www.postgresql.org/docs/current/runtime-config-wal.html */
const durability = /^(?:ARCHIVE_MODE|ARCHIVE_COMMAND|ARCHIVE_LIBRARY|WAL_LEVEL|WAL_KEEP_SIZE|MAX_SLOT_WAL_KEEP_SIZE|FSYNC|FULL_PAGE_WRITES|SYNCHRONOUS_COMMIT|PRIMARY_CONNINFO|HBA_FILE|ALL)$/;

function alterSystem(tokens: readonly Token[]): readonly Loss[] {
  if (/^(?:KILL|DISCONNECT)$/.test(wordAt(tokens, 2))) return [{ ...loss('kill-session', 'stop', 'session', '', 'Ends a session and takes back what it has not committed.', 'Ask who is connected first.'), reversibility: 'reversible' }];
  if (!/^(?:SET|RESET)$/.test(wordAt(tokens, 2)) || !durability.test(wordAt(tokens, 3))) return [];
  return [loss('server-settings', 'overwrite', 'server setting', tokens[3]?.text ?? '', 'Changes {name}, on which backups or the safety of what is written hang.', 'Let a person change how the server keeps its data.')];
}

/** https://learn.microsoft.com/en-us/sql/t-sql/statements/alter-database-transact-sql-set-options */
function alterDatabase(tokens: readonly Token[]): readonly Loss[] {
  const name = namesFrom(tokens, afterModifiers(tokens, 2))[0] ?? '';
  const own = clauses(tokens, 3, (at): readonly Loss[] => {
    const word = wordAt(tokens, at);
    if (/^(?:SINGLE_USER|RESTRICTED_USER|OFFLINE|EMERGENCY|READ_ONLY)$/.test(word) || (word === 'ALLOW_CONNECTIONS' && !/^(?:TRUE|ON)$/i.test(tokens.at(-1)?.text ?? ''))) {
      return [{ ...loss('close-database', 'stop', 'database', name, 'Shuts others out of the database {name}; what they have not committed is taken back.', 'Ask who is connected first.'), reversibility: 'reversible' }];
    }
    if ((word === 'RECOVERY' && wordAt(tokens, at + 1) === 'SIMPLE') || word === 'NOARCHIVELOG') return [loss('log-chain', 'delete', 'transaction log', name, 'Ends the log backups of {name}: it can no longer be restored to a point in time. This removes the way back.', 'Keep the recovery model.')];
    if (word === 'RESETLOGS') return [loss('reset-logs', 'overwrite', 'database', name, 'Opens {name} with new logs: what came after the restored point is lost.', dumpFirst)];
    return word === 'DROP' || word === 'REMOVE' ? membership(tokens, at) : [];
  });
  return [...own, ...retention(tokens, name)];
}

/** Options by which rows or their older versions go by themselves after a time. */
const expiry = /^(?:DEFAULT_TIME_TO_LIVE|EXPIRATION_TIMESTAMP|PARTITION_EXPIRATION_DAYS|DEFAULT_TABLE_EXPIRATION_DAYS|DEFAULT_PARTITION_EXPIRATION_DAYS)$/;
const history = /^(?:DATA_RETENTION_TIME_IN_DAYS|MAX_TIME_TRAVEL_HOURS|TTLSECONDS|DELTA\.DELETEDFILERETENTIONDURATION|DELTA\.LOGRETENTIONDURATION)$/;

function retention(tokens: readonly Token[], name: string): readonly Loss[] {
  for (let at = 3; at < tokens.length; at++) {
    const word = tokens[at]?.kind === 'symbol' ? '' : (tokens[at]?.text ?? '').toUpperCase();
    if (history.test(word)) return [{ ...loss('retention', 'delete', 'older versions', name, 'Changes how long older versions of {name} are kept. This removes the way back.', 'Leave the retention as it is.'), certainty: 'likely' }];
    const ends = expiry.test(word) && !/^(?:0|NULL)$/i.test(tokens[at + 2]?.text ?? '');
    if (ends || (word === 'TTL' && wordAt(tokens, at - 1) === 'MODIFY')) return [{ ...loss('expiry', 'delete', 'rows', name, 'Has what is older than the new limit deleted from {name}.', countFirst), certainty: 'likely' }];
  }
  return [];
}
