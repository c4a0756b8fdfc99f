import type { Analysis, Database, Place } from '../analysis.ts';
import { clientTarget } from '../database-target.ts';
import type { Effect, Verb } from '../effect.ts';
import { own } from '../own.ts';
import { placed } from '../placed.ts';

interface RedisLoss {
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly why: string;
  readonly saferWay: string;
  /** Words one of which must stand behind it. */
  readonly needs?: RegExp;
}

const keepCopy = 'Run BGSAVE and keep the dump file first, and check which server this is.';

/** https://redis.io/docs/latest/commands/ : commands by their first one or two words. */
const byService = 'Let the service manager stop it.';
const byPerson = 'Let a person change who may do what.';
const replica: RedisLoss = { id: 'replicaof', verb: 'overwrite', kind: 'database', why: 'Makes this server a copy of another one; its own keys are thrown away.', saferWay: keepCopy };
const reloaded: RedisLoss = { id: 'debug-reload', verb: 'overwrite', kind: 'all databases', why: 'Throws away what is in memory and loads the files again: what was not saved is lost.', saferWay: keepCopy };
const index: RedisLoss = { id: 'index-drop', verb: 'drop', kind: 'search index', why: 'Drops a search index, with DD also every document in it.', saferWay: 'Keep its definition first: FT.INFO.' };

/** https://redis.io/docs/latest/commands/ : commands by their first one or two words. */
const losses: Readonly<Record<string, RedisLoss>> = {
  FLUSHALL: { id: 'flushall', verb: 'truncate', kind: 'all databases', why: 'Deletes every key of every database on the Redis server.', saferWay: keepCopy },
  FLUSHDB: { id: 'flushdb', verb: 'truncate', kind: 'database', why: 'Deletes every key of this Redis database.', saferWay: keepCopy },
  SHUTDOWN: { id: 'shutdown', verb: 'stop', kind: 'server', why: 'Stops the Redis server; with NOSAVE what is not on disk yet is lost.', saferWay: byService },
  DEBUG: { id: 'shutdown', verb: 'stop', kind: 'server', needs: /^(?:SEGFAULT|PANIC|RESTART|CRASH-AND-RECOVER|CRASH-AND-ABORT|OOM|ASSERT)$/, why: 'Makes the Redis server crash: what is not on disk yet is lost.', saferWay: byService },
  'DEBUG SLEEP': { id: 'pause', verb: 'stop', kind: 'server', why: 'Makes the Redis server answer nobody for that long.', saferWay: byService },
  'CLIENT PAUSE': { id: 'pause', verb: 'stop', kind: 'server', why: 'Makes the Redis server hold up its clients for that long.', saferWay: byService },
  'DEBUG RELOAD': reloaded,
  'DEBUG LOADAOF': reloaded,
  // The settings that decide what is written to disk, what is thrown away when memory is short, and who gets in.
  'CONFIG SET': { id: 'config-set', verb: 'overwrite', kind: 'server setting', needs: /^(?:SAVE|APPENDONLY|APPENDFSYNC|DIR|DBFILENAME|MAXMEMORY|MAXMEMORY-POLICY|REQUIREPASS|MASTERAUTH|PROTECTED-MODE|REPLICAOF|SLAVEOF)$/, why: 'Changes what the Redis server writes to disk, throws away or lets in.', saferWay: 'Note the present value first: CONFIG GET.' },
  'CONFIG REWRITE': { id: 'config-rewrite', verb: 'overwrite', kind: 'configuration file', why: 'Writes the settings of the running server over its configuration file.', saferWay: 'Keep a copy of the file first.' },
  'SCRIPT FLUSH': { id: 'script-flush', verb: 'delete', kind: 'scripts', why: 'Deletes every cached script: clients that call one by its hash fail until they load it again.', saferWay: 'Let a person do it while nothing runs.' },
  'CLUSTER RESET': { id: 'cluster-reset', verb: 'delete', kind: 'cluster node', why: 'Makes this node forget its cluster, and with HARD its keys.', saferWay: keepCopy },
  'CLUSTER FLUSHSLOTS': { id: 'cluster-slots', verb: 'delete', kind: 'cluster node', why: 'Takes all slots from this node.', saferWay: keepCopy },
  'CLUSTER DELSLOTS': { id: 'cluster-slots', verb: 'delete', kind: 'cluster node', why: 'Takes slots from this node: keys in them cannot be reached.', saferWay: keepCopy },
  'CLUSTER DELSLOTSRANGE': { id: 'cluster-slots', verb: 'delete', kind: 'cluster node', why: 'Takes slots from this node: keys in them cannot be reached.', saferWay: keepCopy },
  'CLUSTER FORGET': { id: 'cluster-forget', verb: 'delete', kind: 'cluster node', why: 'Takes a node out of the cluster.', saferWay: 'Move its slots first.' },
  'CLUSTER FAILOVER': { id: 'failover', verb: 'stop', kind: 'primary', needs: /^(?:FORCE|TAKEOVER)$/, why: 'Takes over from the primary without asking it: what it has not copied yet is lost.', saferWay: 'Leave out FORCE and TAKEOVER.' },
  FAILOVER: { id: 'failover', verb: 'stop', kind: 'primary', needs: /^FORCE$/, why: 'Hands over to a replica without waiting: what it has not copied yet is lost.', saferWay: 'Leave out FORCE.' },
  'ACL DELUSER': { id: 'acl', verb: 'revoke', kind: 'user', why: 'Deletes users of the Redis server and ends their connections.', saferWay: byPerson },
  'ACL SETUSER': { id: 'acl', verb: 'revoke', kind: 'user', why: 'Changes what a user of the Redis server may do.', saferWay: byPerson },
  'ACL LOAD': { id: 'acl', verb: 'revoke', kind: 'users', why: 'Replaces all users of the Redis server with those of its file.', saferWay: byPerson },
  'FUNCTION FLUSH': { id: 'function-flush', verb: 'delete', kind: 'functions', why: 'Deletes all functions of the Redis server.', saferWay: 'Keep FUNCTION DUMP first.' },
  'FUNCTION DELETE': { id: 'function-flush', verb: 'delete', kind: 'functions', why: 'Deletes a library with its functions.', saferWay: 'Keep FUNCTION DUMP first.' },
  'FUNCTION RESTORE': { id: 'function-flush', verb: 'overwrite', kind: 'functions', needs: /^(?:FLUSH|REPLACE)$/, why: 'Replaces functions of the Redis server.', saferWay: 'Keep FUNCTION DUMP first.' },
  'FT.DROPINDEX': index,
  'FT.DROP': index,
  'GRAPH.DELETE': { id: 'graph-delete', verb: 'drop', kind: 'graph', why: 'Deletes a whole graph.', saferWay: keepCopy },
  'SENTINEL REMOVE': { id: 'sentinel', verb: 'delete', kind: 'watched primary', why: 'Makes Sentinel forget a primary: nothing takes over when it fails.', saferWay: 'Look first: SENTINEL MASTERS.' },
  'SENTINEL RESET': { id: 'sentinel', verb: 'delete', kind: 'watched primary', why: 'Makes Sentinel forget the replicas of primaries and any failover under way.', saferWay: 'Look first: SENTINEL MASTERS.' },
  'SENTINEL FAILOVER': { id: 'sentinel', verb: 'stop', kind: 'primary', why: 'Makes a replica take over from the primary.', saferWay: 'Look first: SENTINEL MASTERS.' },
  REPLICAOF: replica,
  SLAVEOF: replica,
};

/** What Redis commands, one a line, would lose. Deleting keys that are named one by one counts as limited. */
export function analyseRedis(text: string, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  analysis.spend(1);
  return text.split('\n').slice(0, 10_000).flatMap((line) => lineEffects(line, database)).slice(0, 50).map((effect) => placed(effect, place));
}

function lineEffects(line: string, database: Database): readonly Effect[] {
  const words = line.trim().slice(0, 65_536).split(/\s+/);
  const [first = '', second = ''] = words.slice(0, 2).map((word) => bare(word).toUpperCase());
  if (/^(?:EVAL|EVAL_RO|FCALL)$/.test(first)) return scriptEffects(line, database);
  if (/^(?:REPLICAOF|SLAVEOF)$/.test(first) && second === 'NO') return [];
  const loss = own(losses, `${first} ${second}`) ?? own(losses, first);
  if (loss) return !loss.needs || words.slice(1, 200).some((word) => loss.needs?.test(bare(word).toUpperCase())) ? [effectOf(loss, database, 'certain')] : [];
  const deletes = first === 'DEL' || first === 'UNLINK';
  if (deletes && words.slice(1).some((word) => /[$`]/.test(word))) return [effectOf(unknownKeys, database, 'likely')];
  return [];
}

function bare(word: string): string {
  return word.replace(/^["']|["']$/g, '');
}

const unknownKeys: RedisLoss = { id: 'del-unknown', verb: 'delete', kind: 'keys', why: 'Deletes Redis keys whose names are only known when it runs.', saferWay: 'List the keys first with SCAN and name them.' };

/** A Lua script calls commands by name. */
function scriptEffects(line: string, database: Database): readonly Effect[] {
  const called = [...line.matchAll(/redis\s*\.\s*p?call\s*\(\s*\\?["']([A-Za-z]{1,20})/g)].map((match) => (match[1] ?? '').toUpperCase());
  return called.flatMap((name) => {
    const loss = own(losses, name);
    if (loss) return [effectOf(loss, database, 'certain')];
    return name === 'DEL' || name === 'UNLINK' ? [effectOf(unknownKeys, database, 'likely')] : [];
  });
}

function effectOf(loss: RedisLoss, database: Database, certainty: Effect['certainty']): Effect {
  // A URL may hold a password.
  const name = database.name ?? database.connection?.replace(/^([a-z]+:\/\/).*@/i, '$1') ?? '';
  return {
    verb: loss.verb, resource: { kind: loss.kind, name, provider: 'redis' }, reversibility: 'irreversible', certainty, rule: `redis/${loss.id}`,
    why: loss.why, saferWay: loss.saferWay, target: clientTarget(database, undefined), docs: 'https://redis.io/docs/latest/commands/',
  };
}
