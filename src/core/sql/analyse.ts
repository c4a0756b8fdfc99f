import type { Analysis, Database, Place } from '../analysis.ts';
import { clientTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import { fileText, unseenFile } from '../inputs.ts';
import { placed } from '../placed.ts';
import { sentence } from '../sentence.ts';
import { classify, classifyBody } from './classify.ts';
import { orderOf } from './client-commands.ts';
import { dialectsOf, type Dialect } from './dialect.ts';
import type { Classified, Loss, Nested } from './loss.ts';
import { analyseMongo } from './mongo.ts';
import { analyseRedis } from './redis.ts';
import { secretCopies } from './secret-copies.ts';
import { statementsOf, wordAt, type Statement } from './statements.ts';
import { tokenize, type Token } from './tokenize.ts';

/** Findings of one text beyond this many say nothing new. */
const maxEffects = 50;

/**
 * What the text would do to a database. Chooses the language by the client: SQL in the dialect it takes,
 * the Mongo shell's JavaScript, Redis commands. What only reads or adds gives nothing.
 */
export function analyseSql(text: string, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  analysis.spend(1 + Math.ceil(text.length / 8));
  if (/^(?:mongo|mongosh)$|mongo/i.test(database.client)) return analyseMongo(text, database, place, analysis);
  if (/redis|valkey|keydb|dragonfly/i.test(database.client)) return analyseRedis(text, database, place, analysis);
  const found = dialectsOf(database.client, text).flatMap((dialect) => inDialect(text, dialect, database, place, analysis));
  return withoutRepeats(found).slice(0, maxEffects).map((effect) => placed(effect, place));
}

function inDialect(text: string, dialect: Dialect, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  const tokens = tokenize(text, dialect);
  const statements = statementsOf(tokens);
  const made = madeHere(statements);
  return statements.flatMap((statement) => {
    if (statement.command !== undefined) return commandEffects(statement.command, dialect, database, place, analysis);
    const { losses, nested } = classify(statement, dialect.unseparated);
    return [...kept(losses, made, database).map((loss) => effectOf(loss, database, place)), ...secretCopies(statement, database, place), ...nested.flatMap((inner) => nestedEffects(inner, dialect, database, place, analysis))];
  });
}

/** Losses that count: a database in memory, and what the same text makes anew or made itself, cost nothing. */
function kept(losses: readonly Loss[], made: ReadonlyMap<string, 'table' | 'definition'>, database: Database): readonly Loss[] {
  if (isInMemory(database)) return [];
  return losses.filter((loss) => {
    const name = loss.name.toLowerCase();
    const known = made.get(name) ?? made.get(`${loss.kind} ${name}`);
    return !known || !['drop', 'truncate', 'delete', 'overwrite'].includes(loss.verb) || (loss.kind === 'column');
  });
}

function isInMemory(database: Database): boolean {
  const { connection } = database;
  return connection !== undefined && /^(?:(?:file|sqlite(?:\+\w+)?):(?:\/\/\/?)?)?:memory:|mode=memory/.test(connection);
}

/** Tables the text itself creates from nothing, and definitions (views, functions, …) it writes anew. */
function madeHere(statements: readonly Statement[]): ReadonlyMap<string, 'table' | 'definition'> {
  const made = new Map<string, 'table' | 'definition'>();
  const dropped = new Set<string>();
  for (const { tokens } of statements) {
    if (wordAt(tokens, 0) === 'DROP') dropped.add(lastName(tokens));
    if (wordAt(tokens, 0) !== 'CREATE') continue;
    const at = tokens.findIndex((_, index) => index < 8 && /^(?:TABLE|VIEW|INDEX|FUNCTION|PROCEDURE|TRIGGER|POLICY)$/.test(wordAt(tokens, index)));
    if (at < 0) continue;
    const kind = wordAt(tokens, at).toLowerCase();
    const first = wordAt(tokens, at + 1) === 'IF' ? at + 4 : at + 1;
    const name = (tokens[first + 1]?.text === '.' ? `${tokens[first]?.text ?? ''}.${tokens[first + 2]?.text ?? ''}` : (tokens[first]?.text ?? '')).toLowerCase();
    const isNew = kind === 'table' && first === at + 1 && wordAt(tokens, 1) !== 'OR' && !dropped.has(name);
    if (isNew) made.set(name, 'table');
    if (kind !== 'table') made.set(`${kind} ${name}`, 'definition');
  }
  return made;
}

/** The name a DROP names first, however it is qualified. */
function lastName(tokens: readonly Token[]): string {
  const at = tokens.findIndex((token, index) => index > 1 && !/^(?:IF|EXISTS|TABLE)$/.test(wordAt(tokens, index)) && token.kind !== 'symbol');
  return (tokens[at + 1]?.text === '.' ? `${tokens[at]?.text ?? ''}.${tokens[at + 2]?.text ?? ''}` : (tokens[at]?.text ?? '')).toLowerCase();
}

function effectOf(loss: Loss, database: Database, place: Place): Effect {
  return {
    verb: loss.verb,
    resource: { kind: loss.kind, name: loss.name, provider: database.client },
    reversibility: loss.reversibility,
    certainty: loss.certainty,
    rule: `sql/${loss.id}`,
    why: sentence(loss.why, loss.name, loss.kind),
    saferWay: loss.saferWay,
    target: clientTarget(database, place.cwd),
  };
}

function nestedEffects(inner: Nested, dialect: Dialect, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  if (inner.language === 'shell') return analysis.shell(inner.text, place);
  if (inner.language === 'cmd') return analysis.cmd(inner.text, place);
  // A statement of its own, unless it opens the block of a procedure.
  if (!/^\s*(?:begin|declare|<<)/i.test(inner.text)) return analysis.sql(inner.text, database, place);
  const { losses, nested }: Classified = classifyBody(tokenize(inner.text, dialect));
  // One level of strings inside a body is as deep as EXECUTE goes in practice; deeper ones count against the depth of the whole.
  return [...kept(losses, new Map(), database).map((loss) => effectOf(loss, database, place)), ...nested.flatMap((deeper) => (deeper.language === 'sql' ? analysis.sql(deeper.text, database, place) : nestedEffects(deeper, dialect, database, place, analysis)))];
}

/** The client's own commands that run something. */
function commandEffects(command: string, dialect: Dialect, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  const order = orderOf(command, dialect.commands);
  if (order === undefined) return [];
  const target = clientTarget(database, place.cwd);
  switch (order.kind) {
    case 'shell':
      return analysis.shell(order.text, place);
    case 'cmd':
      return analysis.cmd(order.text, place);
    case 'generated':
      return [unseenFile('sql/generated', 'statement', '', target)];
    case 'restore':
      return isInMemory(database) ? [] : [effectOf({ id: 'client-restore', verb: 'overwrite', kind: 'database', name: database.connection ?? '', reversibility: 'irreversible', certainty: 'certain', why: 'Replaces the database {name} with the content of a file.', saferWay: 'Restore into a new file.' }, database, place)];
    case 'file':
      return fileEffects(order.path, target, database, place, analysis);
  }
}

/** SQL in a file the client is told to run. */
function fileEffects(path: string, target: Effect['target'], database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  const file = fileText(path, place.cwd, analysis);
  if (file.kind === 'text') return analysis.sql(file.text, database, place);
  return file.kind === 'absent' ? [] : [unseenFile('sql/unseen-file', 'SQL file', path, target)];
}

/** Two dialects mostly find the same. */
function withoutRepeats(effects: readonly Effect[]): readonly Effect[] {
  const seen = new Set<string>();
  return effects.filter((effect) => {
    const key = `${effect.rule}\n${effect.resource.name}\n${effect.certainty}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
