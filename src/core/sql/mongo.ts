import type { Analysis, Database, Place } from '../analysis.ts';
import { callsIn, type CodeCall } from '../code/calls.ts';
import { evaluate, type Context } from '../code/evaluate.ts';
import { programOf } from '../code/program.ts';
import { scopeOf } from '../code/scope.ts';
import { textOfValue, type Value } from '../code/value.ts';
import { clientTarget } from '../database-target.ts';
import type { Effect, Verb } from '../effect.ts';
import { fileText, unseenFile } from '../inputs.ts';
import { own } from '../own.ts';
import { placed } from '../placed.ts';
import { sentence } from '../sentence.ts';

interface MongoLoss {
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly why: string;
  /** The filter must not narrow it down. */
  readonly unfiltered?: boolean;
  /** The first argument names the resource, not the collection. */
  readonly named?: boolean;
  /** It can be made again or taken back. */
  readonly recoverable?: boolean;
}

const rights: MongoLoss = { id: 'rights', verb: 'revoke', kind: 'user or role', why: 'Changes how {name} logs in or what it may do.', named: true, recoverable: true };
const indexes: MongoLoss = { id: 'drop-index', verb: 'drop', kind: 'index', why: 'Drops indexes of {name}: what needs them becomes slow, and unique ones no longer hold.', recoverable: true };

/** https://www.mongodb.com/docs/manual/reference/method/ */
const methods = {
  dropDatabase: { id: 'drop-database', verb: 'drop', kind: 'database', why: 'Drops the whole database with every collection in it.' },
  drop: { id: 'drop-collection', verb: 'drop', kind: 'collection', why: 'Drops the collection {name} with everything in it.' },
  dropCollection: { id: 'drop-collection', verb: 'drop', kind: 'collection', why: 'Drops the collection {name} with everything in it.', named: true },
  deleteMany: { id: 'delete-all', verb: 'delete', kind: 'documents', why: 'Deletes every document of {name}.', unfiltered: true },
  remove: { id: 'delete-all', verb: 'delete', kind: 'documents', why: 'Deletes every document of {name}.', unfiltered: true },
  updateMany: { id: 'update-all', verb: 'overwrite', kind: 'documents', why: 'Changes every document of {name}.', unfiltered: true },
  dropUser: { id: 'drop-user', verb: 'revoke', kind: 'user', why: 'Removes the database user {name}.', named: true },
  dropAllUsers: { id: 'drop-user', verb: 'revoke', kind: 'users', why: 'Removes all users of the database.' },
  dropRole: { id: 'drop-role', verb: 'revoke', kind: 'role', why: 'Removes the database role {name}.', named: true },
  dropAllRoles: { id: 'drop-role', verb: 'revoke', kind: 'roles', why: 'Removes all roles of the database.' },
  shutdownServer: { id: 'shutdown', verb: 'stop', kind: 'server', why: 'Stops the database server.' },
  convertToCapped: { id: 'capped', verb: 'truncate', kind: 'collection', why: 'Caps the collection {name}: what does not fit is thrown away.' },
  dropIndex: indexes,
  dropIndexes: indexes,
  dropSearchIndex: indexes,
  revokeRolesFromUser: rights,
  revokePrivilegesFromRole: rights,
  grantRolesToUser: rights,
  changeUserPassword: rights,
  updateUser: rights,
} as const satisfies Readonly<Record<string, MongoLoss>>;

/** Commands by the key that names them: `db.runCommand({ dropDatabase: 1 })`. https://www.mongodb.com/docs/manual/reference/command/ */
const commands: Readonly<Record<string, MongoLoss>> = {
  dropDatabase: methods.dropDatabase,
  drop: methods.drop,
  shutdown: methods.shutdownServer,
  dropUser: methods.dropUser,
  dropAllUsersFromDatabase: methods.dropAllUsers,
  dropRole: methods.dropRole,
  dropAllRolesFromDatabase: methods.dropAllRoles,
  dropIndexes: indexes,
  convertToCapped: methods.convertToCapped,
  updateUser: rights,
  revokeRolesFromUser: rights,
  removeShard: { id: 'remove-shard', verb: 'delete', kind: 'shard', why: 'Takes the shard {name} out of the cluster.' },
  replSetReconfig: { id: 'reconfigure', verb: 'overwrite', kind: 'replica set', why: 'Changes who belongs to the replica set.' },
};

/** Calls on the replica set itself. https://www.mongodb.com/docs/manual/reference/method/js-replication/ */
const replicaSet: Readonly<Record<string, MongoLoss>> = {
  'rs.remove': { id: 'reconfigure', verb: 'delete', kind: 'member', why: 'Takes the member {name} out of the replica set.', named: true },
  'rs.stepDown': { id: 'step-down', verb: 'stop', kind: 'primary', why: 'Makes the primary step down: writes fail until another takes over.' },
};
const forced: MongoLoss = { id: 'reconfigure', verb: 'overwrite', kind: 'replica set', why: 'Forces another set of members on the replica set: writes the majority has not seen may be lost.' };
const replaced: MongoLoss = { id: 'out', verb: 'overwrite', kind: 'collection', why: 'Replaces the collection {name} with the result.' };
const overwritten: MongoLoss = { id: 'rename-over', verb: 'overwrite', kind: 'collection', why: 'Replaces the collection {name} with another one.' };
const expiring: MongoLoss = { id: 'ttl-index', verb: 'delete', kind: 'documents', why: 'Has documents of {name} deleted when their time is over.', recoverable: true };

const dumpFirst = 'Run mongodump first, and check which cluster this connection reaches.';

/** What a Mongo shell script would lose. It is JavaScript, so it is read as that too. */
export function analyseMongo(text: string, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  const program = programOf('javascript', text);
  analysis.spend(1 + Math.ceil(program.tokens.length / 4));
  const calls = callsIn(program, new Set());
  const context: Context = { program, scope: scopeOf(program, calls), env: place.env, home: analysis.home, cwd: place.cwd, spend: () => analysis.spend(0.05), known: new Map() };
  const found = calls.flatMap((call) => callEffects(call, context, database, place, analysis));
  // Node's modules are at hand in mongosh.
  const asCode = /\brequire\s*\(|\bprocess\b/.test(text) ? analysis.code('javascript', text, place) : [];
  return [...found, ...asCode].slice(0, 50).map((effect) => placed(effect, place));
}

function callEffects(call: CodeCall, context: Context, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  const argument = (index: number): Value | undefined => (call.args[index] ? evaluate(call.args[index], context) : undefined);
  if (call.callee === 'load') return loaded(textOfValue(argument(0)), database, place, analysis);
  if (call.method === 'runCommand' || call.method === 'adminCommand') return commandEffects(argument(0), database, place);
  if (call.method === 'renameCollection') return isOn(argument(1)) ? [effectOf(overwritten, textOfValue(argument(0)) ?? '', database, place)] : [];
  if (call.callee === 'rs.reconfig') return argument(1)?.kind === 'object' && isOn(entry(argument(1), 'force')) ? [effectOf(forced, '', database, place)] : [];
  const known = own(replicaSet, call.callee);
  if (known) return [effectOf(known, known.named ? (textOfValue(argument(0)) ?? '') : '', database, place)];
  if (!call.receiver || !isOnDatabase(call)) return [];
  const loss = own<MongoLoss>(methods, call.method);
  if (!loss) return compoundLosses(call, argument).map(({ loss: found, name }) => effectOf(found, name, database, place));
  if (loss.unfiltered && filters(argument(0))) return [];
  return [effectOf(loss, (loss.named ? textOfValue(argument(0)) : undefined) ?? collectionOf(call), database, place)];
}

interface NamedLoss {
  readonly loss: MongoLoss;
  readonly name: string;
}

/** Methods that lose something only with certain arguments. */
function compoundLosses(call: CodeCall, argument: (index: number) => Value | undefined): readonly NamedLoss[] {
  const name = collectionOf(call);
  switch (call.method) {
    case 'update':
      return isOn(entry(argument(2), 'multi')) && !filters(argument(0)) ? [{ loss: methods.updateMany, name }] : [];
    case 'createIndex':
    case 'ensureIndex':
      return entry(argument(1), 'expireAfterSeconds') ? [{ loss: expiring, name }] : [];
    case 'aggregate': {
      const stages = [argument(0), argument(1), argument(2)].flatMap((value) => (value?.kind === 'list' ? value.items : value ? [value] : []));
      return stages.flatMap((stage) => (entry(stage, '$out') ? [{ loss: replaced, name: textOfValue(entry(stage, '$out')) ?? textOfValue(entry(entry(stage, '$out'), 'coll')) ?? '' }] : []));
    }
    case 'bulkWrite': {
      const value = argument(0);
      const writes = value?.kind === 'list' ? value.items : [];
      return writes.flatMap((write) => (['deleteMany', 'updateMany'] as const).flatMap((kind) => (entry(write, kind) && !filters(entry(entry(write, kind), 'filter')) ? [{ loss: methods[kind], name }] : [])));
    }
    default:
      return [];
  }
}

function entry(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === 'object' ? value.entries.get(key) : undefined;
}

/** `db.x.drop()`, `db.getSiblingDB('x').dropDatabase()`, `db['x'].drop()`; not `list.remove(x)`. */
function isOnDatabase(call: CodeCall): boolean {
  return /^(?:db|conn|client|getSiblingDB\(\)|\w+DB|\w+\(\)|db\[\])(?:\.|$)/i.test(call.callee) || /getCollection\(\)|collection\(\)/.test(call.callee);
}

function filters(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value.kind !== 'object') return true;
  return [...value.entries].some(([, condition]) => !letsAllThrough(condition));
}

/** `{ $exists: true }` and `{ $ne: null }` hold for nearly every document. */
function letsAllThrough(condition: Value): boolean {
  if (condition.kind !== 'object' || condition.entries.size !== 1) return false;
  return isOn(condition.entries.get('$exists')) || /^null$/.test(writtenValue(condition.entries.get('$ne')));
}

function writtenValue(value: Value | undefined): string {
  return value?.kind === 'unknown' ? value.written : '';
}

function isOn(value: Value | undefined): boolean {
  return value?.kind === 'flag' && value.on;
}

function collectionOf(call: CodeCall): string {
  const parts = call.callee.split('.').slice(1, -1).filter((part) => !part.endsWith(')'));
  return parts.join('.');
}

function commandEffects(value: Value | undefined, database: Database, place: Place): readonly Effect[] {
  // A command without arguments may be named by a string.
  const named = own(commands, textOfValue(value) ?? '');
  if (named) return [effectOf(named, '', database, place)];
  if (value?.kind !== 'object') return [];
  const [key] = value.entries.keys();
  if (key === undefined) return [];
  const target = textOfValue(value.entries.get(key)) ?? '';
  if (key === 'delete') return deletesAll(value) ? [effectOf(methods.deleteMany, target, database, place)] : [];
  if (key === 'renameCollection') return isOn(value.entries.get('dropTarget')) ? [effectOf(overwritten, textOfValue(value.entries.get('to')) ?? '', database, place)] : [];
  const loss = own(commands, key);
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
  return file.kind === 'absent' ? [] : [unseenFile('mongo/unseen-file', 'Mongo script', path, clientTarget(database, place.cwd))];
}

function effectOf(loss: MongoLoss, name: string, database: Database, place: Place): Effect {
  const shown = name === '' ? (database.name ?? '') : name;
  return {
    verb: loss.verb, resource: { kind: loss.kind, name: shown, provider: 'mongodb' }, reversibility: loss.recoverable ? 'recoverable' : 'irreversible', certainty: 'certain', rule: `mongo/${loss.id}`,
    why: sentence(loss.why, shown, loss.kind), saferWay: dumpFirst, target: clientTarget(database, place.cwd), docs: 'https://www.mongodb.com/docs/manual/reference/method/',
  };
}
