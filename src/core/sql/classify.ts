import { destructiveVerb } from '../verbs.ts';
import { administered } from './administration.ts';
import { alter } from './alter.ts';
import { destructiveFunctions, dropModifiers, droppable, harmlessHeads, nameListEnds, proceduralHeads, runningFunctions, transactionWords } from './heads.ts';
import { afterModifiers, countFirst, dumpFirst, loss, namedLosses, namesFrom, spelledOut, type Classified, type Loss, type Nested } from './loss.ts';
import { isDefinition, wordAt, type Statement } from './statements.ts';
import type { Token } from './tokenize.ts';
import { unlimited } from './where.ts';

const nothing: Classified = { losses: [], nested: [] };
/** PREPARE within EXPLAIN within PREPARE: deeper is no SQL. */
const maxLevels = 3;

/** Classifies one statement by its first words, through parentheses, EXPLAIN, WITH and PREPARE. */
export function classify(statement: Statement, unseparated: boolean): Classified {
  const { tokens } = statement;
  if (tokens.length === 0) return nothing;
  const found = startsOf(tokens).map(({ from, to }) => classifyAt(tokens, from, to));
  const scanned = unseparated && !isDefinition(tokens, 0) && wordAt(tokens, 0) !== 'MERGE' ? [scan(tokens, 1, tokens.length)] : [];
  return joinAll([...found, ...scanned, functionsCalled(tokens)]);
}

function joinAll(parts: readonly Classified[]): Classified {
  return { losses: parts.flatMap((part) => part.losses), nested: parts.flatMap((part) => part.nested) };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where statements begin in it: after `EXPLAIN ANALYZE`, in each `WITH x AS (…)` and after the last of these. */
function startsOf(tokens: readonly Token[], level = 0): readonly Range[] {
  let from = 0;
  while (tokens[from]?.text === '(' && from < tokens.length) from++;
  const head = wordAt(tokens, from);
  if (head === 'EXPLAIN') return explained(tokens, from + 1);
  if (head === 'WITH') return withParts(tokens, from);
  if (head === 'PREPARE' && level < maxLevels) {
    const as = tokens.findIndex((_, index) => index > from && wordAt(tokens, index) === 'AS');
    if (as > 0) return startsOf(tokens.slice(as + 1), level + 1).map((range) => ({ from: range.from + as + 1, to: range.to + as + 1 }));
  }
  return [{ from, to: tokens.length }];
}

/** EXPLAIN only runs its statement when it is to ANALYZE it. */
function explained(tokens: readonly Token[], from: number): readonly Range[] {
  for (let at = from; at < Math.min(tokens.length, from + 40); at++) {
    const word = wordAt(tokens, at);
    if (!/^(?:DELETE|UPDATE|WITH|MERGE|INSERT|SELECT|CREATE|TRUNCATE|DROP)$/.test(word)) continue;
    const analysed = tokens.slice(from, at).some((_, index) => /^ANALY[ZS]E$/.test(wordAt(tokens, from + index)) && !/^(?:false|off|0)$/i.test(tokens[from + index + 1]?.text ?? ''));
    if (!analysed) return [];
    return startsOf(tokens.slice(at)).map((range) => ({ from: range.from + at, to: range.to + at }));
  }
  return [];
}

function withParts(tokens: readonly Token[], from: number): readonly Range[] {
  const base = tokens[from]?.depth ?? 0;
  const parts: Range[] = [];
  for (let at = from + 1; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.text === '(' && token.kind === 'symbol' && token.depth === base && /^(?:AS|MATERIALIZED)$/.test(wordAt(tokens, at - 1))) {
      let to = at + 1;
      while (to < tokens.length && !(tokens[to]?.depth === base && tokens[to]?.text === ')' && tokens[to]?.kind === 'symbol')) to++;
      parts.push({ from: at + 1, to });
      at = to;
    } else if (token.depth === base && /^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|REPLACE|VALUES|TABLE)$/.test(wordAt(tokens, at))) {
      return [...parts, { from: at, to: tokens.length }];
    }
  }
  return parts;
}

function classifyAt(tokens: readonly Token[], from: number, to: number): Classified {
  const head = wordAt(tokens, from);
  const range = tokens.slice(from, to);
  switch (head) {
    case 'DROP':
      return losing(drop(range));
    case 'TRUNCATE':
      return losing(truncate(range));
    case 'DELETE':
      return losing(deleteRows(range));
    case 'UPDATE':
      return losing(updateRows(range));
    case 'MERGE':
      return losing(merge(range));
    case 'ALTER':
      return losing(isDefinition(tokens, from) ? [] : alter(range));
    case 'GRANT':
    case 'REVOKE':
    case 'DENY':
      return losing([rights(range, head)]);
    case 'COPY':
      return { losses: administered(range), nested: programs(range) };
    case 'CREATE':
      return losing(replaceTable(range));
    case 'INSERT':
      return losing(overwriteRows(range, 1));
    case 'LOAD':
      return losing(overwriteRows(range, 2));
    case 'CALL':
      return losing(routine(namesFrom(range, 1)[0] ?? ''));
    case 'DO':
      return { losses: [], nested: strings(range).map((text) => ({ language: 'sql' as const, text })) };
    case 'EXEC':
    case 'EXECUTE':
    case 'PREPARE':
      return executed(range);
    default:
      return otherwise(tokens, from, to, head);
  }
}

function otherwise(tokens: readonly Token[], from: number, to: number, head: string): Classified {
  if (head === 'BEGIN' && transactionWords.has(wordAt(tokens, from + 1))) return nothing;
  if (proceduralHeads.has(head)) return scan(tokens, from, to);
  if (head.startsWith('XP_') || head.startsWith('SP_')) return executed(tokens.slice(from, to));
  const administration = administered(tokens.slice(from, to));
  if (administration.length > 0) return losing(administration);
  if (harmlessHeads.has(head)) return nothing;
  // T-SQL's variables and labels, PL/pgSQL's assignments and labels.
  if (tokens.slice(from, from + 4).some((token, index, all) => token.text === ':' && all[index + 1]?.text === '=')) return nothing;
  const shown = tokens.slice(from, Math.min(to, from + 6)).map((token) => token.text).join(' ').slice(0, 60);
  return losing([{ ...loss('unknown-statement', 'runUnknown', 'statement', shown, 'Runs a statement that could not be read: {name}', 'Write the statement out, so that it can be read before it runs.'), certainty: 'unknown' }]);
}

function losing(losses: readonly Loss[]): Classified {
  return { losses, nested: [] };
}

function strings(tokens: readonly Token[]): readonly string[] {
  return tokens.filter((token) => token.kind === 'string').map((token) => token.text);
}

function drop(tokens: readonly Token[]): readonly Loss[] {
  let at = 1;
  while (dropModifiers.has(wordAt(tokens, at))) at++;
  const known = droppable.find(([words]) => words.every((word, index) => wordAt(tokens, at + index) === word));
  const length = known?.[0].length ?? lengthOfKind(tokens, at);
  const dropped = known?.[1] ?? { kind: spelledOut(tokens.slice(at, at + length)).toLowerCase() || 'object', holdsData: false };
  if (dropped.kind === 'prepare') return [];
  at += length;
  while (/^(?:IF|EXISTS|CONCURRENTLY|BY)$/.test(wordAt(tokens, at))) at++;
  const isTemporary = tokens.slice(0, at).some((_, index) => /^TEMP(?:ORARY)?$/.test(wordAt(tokens, index)));
  const names = namesFrom(tokens, at).filter((name) => !isTemporaryName(name));
  if (isTemporary || (names.length === 0 && namesFrom(tokens, at).length > 0)) return [];
  return namedLosses(names).map((name): Loss => ({
    ...loss(`drop-${dropped.kind.replace(/ .*$/, '')}`, 'drop', dropped.kind, name, dropped.holdsData ? `Drops the ${dropped.kind} {name} with everything in it.` : `Drops the ${dropped.kind} {name}.`, dropped.holdsData ? dumpFirst : 'Keep its definition, so that it can be made again.'),
    reversibility: dropped.holdsData ? 'irreversible' : 'recoverable',
  }));
}

/** Words of a kind nobody listed: `DROP FILE FORMAT f` has two, since a name follows them. */
function lengthOfKind(tokens: readonly Token[], at: number): number {
  let length = 1;
  while (length < 3 && isPlain(tokens, at + length) && (wordAt(tokens, at + length + 1) === 'IF' || isPlain(tokens, at + length + 1))) length++;
  return length;
}

function isPlain(tokens: readonly Token[], at: number): boolean {
  return /^(?:word|name|string)$/.test(tokens[at]?.kind ?? '') && !nameListEnds.has(wordAt(tokens, at)) && !/^(?:IF|EXISTS)$/.test(wordAt(tokens, at));
}

/** Tables that end with the session anyway. */
function isTemporaryName(name: string): boolean {
  return /^#|^(?:pg_temp|temp|tempdb)\./i.test(name);
}

function truncate(tokens: readonly Token[]): readonly Loss[] {
  let at = 1;
  while (/^(?:TABLE|TABLES|ALL|ONLY|IF|EXISTS|DATABASE|FROM)$/.test(wordAt(tokens, at))) at++;
  const whole = wordAt(tokens, 1) === 'ALL' || wordAt(tokens, 1) === 'DATABASE';
  const names = namesFrom(tokens, at).filter((name) => !isTemporaryName(name));
  if (names.length === 0 && namesFrom(tokens, at).length > 0) return [];
  return namedLosses(names).map((name) => loss('truncate', 'truncate', whole ? 'database' : 'table', name, whole ? 'Empties every table of {name}.' : 'Empties the table {name}.', dumpFirst));
}

function deleteRows(tokens: readonly Token[]): readonly Loss[] {
  const from = tokens.findIndex((_, index) => wordAt(tokens, index) === 'FROM');
  let at = from < 0 ? 1 : from + 1;
  while (/^(?:ONLY|LOW_PRIORITY|QUICK|IGNORE)$/.test(wordAt(tokens, at))) at++;
  const name = namesFrom(tokens, at)[0] ?? '';
  if (isTemporaryName(name)) return [];
  return unlimited(tokens, loss('delete-all', 'delete', 'rows', name, 'Deletes all rows of {name}.', countFirst));
}

function updateRows(tokens: readonly Token[]): readonly Loss[] {
  if (!tokens.some((_, index) => wordAt(tokens, index) === 'SET')) return [];
  let at = 1;
  while (/^(?:ONLY|LOW_PRIORITY|IGNORE|OR|REPLACE|ROLLBACK|ABORT|FAIL)$/.test(wordAt(tokens, at))) at++;
  // `UPDATE TOP (10) t`: some rows, nobody knows which.
  if (wordAt(tokens, at) === 'TOP') at = tokens.findIndex((token, index) => index > at && token.text === ')') + 1;
  const name = namesFrom(tokens, at)[0] ?? '';
  if (isTemporaryName(name)) return [];
  return unlimited(tokens, loss('update-all', 'overwrite', 'rows', name, 'Overwrites a value in all rows of {name}.', countFirst));
}

/** A MERGE deletes what its source does not have when it is told to. */
function merge(tokens: readonly Token[]): readonly Loss[] {
  const deletes = tokens.some((_, index) => wordAt(tokens, index) === 'THEN' && wordAt(tokens, index + 1) === 'DELETE');
  const bySource = tokens.some((_, index) => wordAt(tokens, index) === 'BY' && wordAt(tokens, index + 1) === 'SOURCE');
  if (!deletes || !bySource) return [];
  const name = namesFrom(tokens, wordAt(tokens, 1) === 'INTO' ? 2 : 1)[0] ?? '';
  return [{ ...loss('merge-delete', 'delete', 'rows', name, 'Deletes the rows of {name} that the source does not have.', countFirst), certainty: 'likely' }];
}

function rights(tokens: readonly Token[], head: string): Loss {
  const to = tokens.findIndex((_, index) => /^(?:TO|FROM)$/.test(wordAt(tokens, index)));
  const name = to < 0 ? '' : (namesFrom(tokens, to + 1)[0] ?? '');
  return { ...loss(head.toLowerCase(), 'revoke', 'access rights', name, head === 'GRANT' ? 'Gives {name} more rights in the database.' : 'Takes rights in the database away from {name}.', 'Let a person change who may do what.'), reversibility: 'reversible' };
}

/** `COPY … FROM|TO PROGRAM '…'` runs a command on the database server. */
function programs(tokens: readonly Token[]): readonly Nested[] {
  return tokens.flatMap((token, index) => (token.kind === 'string' && wordAt(tokens, index - 1) === 'PROGRAM' ? [{ language: 'shell' as const, text: token.text }] : []));
}

/** `CREATE OR REPLACE TABLE` drops the table that is there. */
function replaceTable(tokens: readonly Token[]): readonly Loss[] {
  if (wordAt(tokens, 1) !== 'OR' || wordAt(tokens, 2) !== 'REPLACE') return [];
  const at = tokens.findIndex((_, index) => index < 8 && /^(?:TABLE|DATABASE|SCHEMA)$/.test(wordAt(tokens, index)));
  const temporary = tokens.slice(0, 6).some((_, index) => /^TEMP(?:ORARY)?$/.test(wordAt(tokens, index)));
  if (at < 0 || temporary) return [];
  const kind = wordAt(tokens, at).toLowerCase();
  return [{ ...loss('replace-table', 'overwrite', kind, namesFrom(tokens, afterModifiers(tokens, at + 1))[0] ?? '', `Replaces the ${kind} {name}, if there is one, with a new one.`, dumpFirst), certainty: 'likely' }];
}

/** `INSERT OVERWRITE t`, BigQuery's `LOAD DATA OVERWRITE t`. */
function overwriteRows(tokens: readonly Token[], at: number): readonly Loss[] {
  if (wordAt(tokens, at) !== 'OVERWRITE') return [];
  const name = /^(?:TABLE|INTO)$/.test(wordAt(tokens, at + 1)) ? at + 2 : at + 1;
  return [loss('insert-overwrite', 'overwrite', 'table', namesFrom(tokens, name)[0] ?? '', 'Replaces all rows of the table {name}.', dumpFirst)];
}

/** SQL in strings, and SQL Server's way to the command line. */
function executed(tokens: readonly Token[]): Classified {
  const shell = tokens.some((_, index) => wordAt(tokens, index) === 'XP_CMDSHELL');
  const texts = strings(tokens);
  const called = /^EXEC(?:UTE)?$/.test(wordAt(tokens, 0)) ? (namesFrom(tokens, 1)[0] ?? '') : wordAt(tokens, 0);
  return { losses: routine(called), nested: texts.filter((text) => shell || firstWords.test(beginningOf(text))).map((text) => ({ language: shell ? 'cmd' : 'sql', text }) as const) };
}

/** A procedure or function of somebody's own whose name says that it destroys. */
function routine(name: string): readonly Loss[] {
  const plain = name.slice(name.lastIndexOf('.') + 1).replace(/^sp_?/i, '');
  const verb = destructiveVerb(plain);
  return verb === undefined || !/[a-z0-9][_A-Z]/.test(plain) ? [] : [{ ...loss('routine', verb, 'routine', name, 'Runs {name}, which by its name cannot be undone.', 'Read what it does first.'), certainty: 'likely' }];
}

function functionsCalled(tokens: readonly Token[]): Classified {
  const losses: Loss[] = [...routineSelected(tokens)];
  const nested: Nested[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.text !== '(' || token.kind !== 'symbol') continue;
    const name = wordAt(tokens, index - 1);
    const known = destructiveFunctions.get(name);
    const argument = tokens[index + 1]?.kind === 'string' ? (tokens[index + 1] as Token).text : '';
    if (known) losses.push(loss('function', known.verb, known.kind, argument, known.why, dumpFirst));
    if (runningFunctions.has(name)) nested.push(...strings(tokens.slice(index, index + 10)).filter(looksLikeSql).map((text) => ({ language: 'sql' as const, text })));
    if (name === 'SYS_EXEC' || name === 'SYS_EVAL') nested.push({ language: 'shell', text: argument });
  }
  return { losses, nested };
}

/** `SELECT truncate_all('public')`: a function called for what it does, not for what it gives. */
function routineSelected(tokens: readonly Token[]): readonly Loss[] {
  if (wordAt(tokens, 0) !== 'SELECT') return [];
  const at = tokens.findIndex((token) => token.text === '(' && token.kind === 'symbol');
  const name = tokens.slice(1, at).map((token) => token.text).join('');
  return at > 1 && at < 7 && /(?:^|\.)(?:truncate|drop|delete|purge|wipe|destroy)_\w+$/i.test(name) && !destructiveFunctions.has(wordAt(tokens, at - 1)) ? routine(name) : [];
}

const scanned: ReadonlySet<string> = new Set(['DROP', 'TRUNCATE', 'DELETE', 'UPDATE', 'ALTER', 'GRANT', 'REVOKE', 'EXECUTE', 'EXEC', 'SHUTDOWN']);
/** Before these words the same words mean something else: `ON DELETE CASCADE`, `FOR UPDATE`, `GRANT SELECT, DELETE`. */
const notAStart: ReadonlySet<string> = new Set(['ON', 'FOR', 'OR', 'AFTER', 'BEFORE', 'OF', 'KEY', 'GRANT', 'REVOKE', 'CREATE', 'AS', 'TO', 'SELECT', 'TABLE', 'ALTER', 'IS', 'AND', 'NOT']);

/** Looks for statements anywhere in procedural text. */
function scan(tokens: readonly Token[], from: number, to: number): Classified {
  const starts: number[] = [];
  for (let at = from; at < to; at++) {
    const before = tokens[at - 1];
    if (scanned.has(wordAt(tokens, at)) && !notAStart.has(wordAt(tokens, at - 1)) && before?.text !== ',' && before?.text !== '.' && before?.text !== '=') starts.push(at);
  }
  const parts = starts.map((start, index) => {
    const limit = starts[index + 1] ?? to;
    const stop = tokens.slice(start, limit).findIndex((token, offset) => offset > 0 && (token.kind === 'end' || wordAt(tokens, start + offset) === 'END'));
    const part = classifyAt(tokens, start, stop < 0 ? limit : start + stop);
    return { ...part, losses: part.losses.map((found): Loss => (found.certainty === 'certain' ? { ...found, certainty: 'likely' } : found)) };
  });
  return joinAll(parts);
}

/** Every statement in the text of a procedure body. */
export function classifyBody(tokens: readonly Token[]): Classified {
  return scan(tokens, 0, tokens.length);
}

const firstWords = /^(?:select|insert|update|delete|merge|create|alter|drop|truncate|grant|revoke|explain|exec|execute|declare|begin|copy|vacuum|pragma|replace|call|do|purge|restore)\b/i;
const beginnings = /^(?:select\s|insert\s+(?:or\s+\w+\s+)?(?:into|overwrite)|update\s+\S+[\s\S]*\bset\b|delete\s+(?:from|\w+\s+from|top)|merge\s+into|(?:create|alter|drop)\s+(?:or\s+replace\s+)?[a-z]+\s+\S|truncate\s+\S|grant\s[\s\S]*\bto\b|revoke\s[\s\S]*\bfrom\b|explain\s|exec(?:ute)?\s|declare\s|begin\b|copy\s[\s\S]*\b(?:to|from)\b|vacuum\b|pragma\s|replace\s+into|call\s+\w+\s*\(|do\s+(?:\$|')|purge\s|restore\s+database)/i;

function beginningOf(text: string): string {
  return text.slice(0, 2000).replace(/^(?:\s|--[^\n]*\n|\/\*[^*]*\*\/|[(;])+/, '').slice(0, 400);
}

/** True when the text begins like a statement and not like a sentence; for strings of which nobody says what they are. */
export function looksLikeSql(text: string): boolean {
  return beginnings.test(beginningOf(text)) || /^with\s+(?:recursive\s+)?\w+\s+as\s*\(/i.test(beginningOf(text));
}
