import type { Analysis, Database, Place } from '../analysis.ts';
import { callsIn, type CodeCall } from '../code/calls.ts';
import { evaluate, type Context } from '../code/evaluate.ts';
import { programOf } from '../code/program.ts';
import { scopeOf } from '../code/scope.ts';
import { textOfValue, type Value } from '../code/value.ts';
import type { Effect, Verb } from '../effect.ts';
import { fileText, unseenFile } from '../inputs.ts';
import { placed } from '../placed.ts';
import { sentence } from '../sentence.ts';

interface MongoLoss {
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly why: string;
  /** The filter must not narrow it down. */
  readonly unfiltered?: boolean;
}

/** https://www.mongodb.com/docs/manual/reference/method/ */
const methods: Readonly<Record<string, MongoLoss>> = {
  dropDatabase: { id: 'drop-database', verb: 'drop', kind: 'database', why: 'Drops the whole database with every collection in it.' },
  drop: { id: 'drop-collection', verb: 'drop', kind: 'collection', why: 'Drops the collection {name} with everything in it.' },
  dropCollection: { id: 'drop-collection', verb: 'drop', kind: 'collection', why: 'Drops the collection {name} with everything in it.' },
  deleteMany: { id: 'delete-all', verb: 'delete', kind: 'documents', why: 'Deletes every document of {name}.', unfiltered: true },
  remove: { id: 'delete-all', verb: 'delete', kind: 'documents', why: 'Deletes every document of {name}.', unfiltered: true },
  updateMany: { id: 'update-all', verb: 'overwrite', kind: 'documents', why: 'Changes every document of {name}.', unfiltered: true },
  dropUser: { id: 'drop-user', verb: 'revoke', kind: 'user', why: 'Removes the database user {name}.' },
  dropAllUsers: { id: 'drop-user', verb: 'revoke', kind: 'users', why: 'Removes all users of the database.' },
  dropRole: { id: 'drop-role', verb: 'revoke', kind: 'role', why: 'Removes the database role {name}.' },
  shutdownServer: { id: 'shutdown', verb: 'stop', kind: 'server', why: 'Stops the database server.' },
};

/** Commands by the key that names them: `db.runCommand({ dropDatabase: 1 })`. */
const commands: Readonly<Record<string, MongoLoss>> = {
  dropDatabase: methods['dropDatabase'] as MongoLoss,
  drop: methods['drop'] as MongoLoss,
  shutdown: methods['shutdownServer'] as MongoLoss,
  dropUser: methods['dropUser'] as MongoLoss,
  dropAllUsersFromDatabase: methods['dropAllUsers'] as MongoLoss,
};

const dumpFirst = 'Run mongodump first, and check which cluster this connection reaches.';

/** What a Mongo shell script would lose. It is JavaScript, so it is read as that too. */
export function analyseMongo(text: string, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  const program = programOf('javascript', text);
  analysis.spend(1 + Math.ceil(program.tokens.length / 4));
  const calls = callsIn(program, new Set());
  const context: Context = { program, scope: scopeOf(program, calls), env: place.env, home: analysis.home, cwd: place.cwd, spend: () => analysis.spend(0.05), known: new Map() };
  const own = calls.flatMap((call) => callEffects(call, context, database, place, analysis));
  // Node's modules are at hand in mongosh.
  const asCode = /\brequire\s*\(|\bprocess\b/.test(text) ? analysis.code('javascript', text, place) : [];
  return [...own, ...asCode].slice(0, 50).map((effect) => placed(effect, place));
}

function callEffects(call: CodeCall, context: Context, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  const argument = (index: number): Value | undefined => (call.args[index] ? evaluate(call.args[index], context) : undefined);
  if (call.callee === 'load') return loaded(textOfValue(argument(0)), database, place, analysis);
  if (call.method === 'runCommand' || call.method === 'adminCommand') return commandEffects(argument(0), database, place);
  if (call.method === 'renameCollection') return isOn(argument(1)) ? [effectOf({ id: 'rename-over', verb: 'overwrite', kind: 'collection', why: 'Replaces the collection {name} with another one.' }, textOfValue(argument(0)) ?? '', database, place)] : [];
  const loss = Object.hasOwn(methods, call.method) && call.receiver ? methods[call.method] : undefined;
  if (!loss || !isOnDatabase(call)) return [];
  if (loss.unfiltered && filters(argument(0))) return [];
  const named = call.method === 'dropCollection' || call.method.startsWith('dropUser') || call.method === 'dropRole' ? textOfValue(argument(0)) : undefined;
  return [effectOf(loss, named ?? collectionOf(call), database, place)];
}

/** `db.x.drop()`, `db.getSiblingDB('x').dropDatabase()`, `db['x'].drop()`; not `list.remove(x)`. */
function isOnDatabase(call: CodeCall): boolean {
  return /^(?:db|conn|client|getSiblingDB\(\)|\w+DB|\w+\(\)|db\[\])(?:\.|$)/i.test(call.callee) || /getCollection\(\)|collection\(\)/.test(call.callee);
}

function filters(value: Value | undefined): boolean {
  if (value === undefined) return false;
  return !(value.kind === 'object' && value.entries.size === 0);
}

function isOn(value: Value | undefined): boolean {
  return value?.kind === 'flag' && value.on;
}

function collectionOf(call: CodeCall): string {
  const parts = call.callee.split('.').slice(1, -1).filter((part) => !part.endsWith(')'));
  return parts.join('.');
}

function commandEffects(value: Value | undefined, database: Database, place: Place): readonly Effect[] {
  if (value?.kind !== 'object') return [];
  const [key] = value.entries.keys();
  if (key === undefined) return [];
  const target = textOfValue(value.entries.get(key)) ?? '';
  if (key === 'delete') return deletesAll(value) ? [effectOf(methods['deleteMany'] as MongoLoss, target, database, place)] : [];
  const loss = Object.hasOwn(commands, key) ? commands[key] : undefined;
  return loss ? [effectOf(loss, key === 'dropDatabase' ? '' : target, database, place)] : [];
}

/** `{ delete: 'x', deletes: [{ q: {}, limit: 0 }] }`. */
function deletesAll(command: Value & { readonly kind: 'object' }): boolean {
  const deletes = command.entries.get('deletes');
  if (deletes?.kind !== 'list') return true;
  return deletes.items.some((item) => item.kind !== 'object' || !filters(item.entries.get('q')));
}

function loaded(path: string | undefined, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  if (path === undefined) return [];
  const file = fileText(path, place.cwd, analysis);
  if (file.kind === 'text') return analysis.sql(file.text, database, place);
  return file.kind === 'absent' ? [] : [unseenFile('mongo/unseen-file', 'Mongo script', path, targetOf(database, place))];
}

function targetOf(database: Database, place: Place): Effect['target'] {
  const { client, connection } = database;
  return { by: 'database', tool: client, folder: place.cwd ?? '', ...(connection === undefined ? {} : { url: connection }) };
}

function effectOf(loss: MongoLoss, name: string, database: Database, place: Place): Effect {
  const shown = name === '' ? (database.name ?? '') : name;
  return {
    verb: loss.verb, resource: { kind: loss.kind, name: shown, provider: 'mongodb' }, reversibility: 'irreversible', certainty: 'certain', rule: `mongo/${loss.id}`,
    why: sentence(loss.why, shown, loss.kind), saferWay: dumpFirst, target: targetOf(database, place), docs: 'https://www.mongodb.com/docs/manual/reference/method/',
  };
}
