import type { Analysis, Database, Place } from '../analysis.ts';
import type { Effect, Verb } from '../effect.ts';
import { placed } from '../placed.ts';

interface RedisLoss {
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly why: string;
  readonly saferWay: string;
}

const keepCopy = 'Run BGSAVE and keep the dump file first, and check which server this is.';

/** https://redis.io/docs/latest/commands/ : commands by their first one or two words. */
const losses: Readonly<Record<string, RedisLoss>> = {
  FLUSHALL: { id: 'flushall', verb: 'truncate', kind: 'all databases', why: 'Deletes every key of every database on the Redis server.', saferWay: keepCopy },
  FLUSHDB: { id: 'flushdb', verb: 'truncate', kind: 'database', why: 'Deletes every key of this Redis database.', saferWay: keepCopy },
  SHUTDOWN: { id: 'shutdown', verb: 'stop', kind: 'server', why: 'Stops the Redis server; with NOSAVE what is not on disk yet is lost.', saferWay: 'Let the service manager stop it.' },
  'CLUSTER RESET': { id: 'cluster-reset', verb: 'delete', kind: 'cluster node', why: 'Makes this node forget its cluster, and with HARD its keys.', saferWay: keepCopy },
  'CLUSTER FLUSHSLOTS': { id: 'cluster-flushslots', verb: 'delete', kind: 'cluster node', why: 'Takes all slots from this node.', saferWay: keepCopy },
  'ACL DELUSER': { id: 'acl-deluser', verb: 'revoke', kind: 'user', why: 'Deletes users of the Redis server and ends their connections.', saferWay: 'Let a person change who may do what.' },
  'FUNCTION FLUSH': { id: 'function-flush', verb: 'delete', kind: 'functions', why: 'Deletes all functions of the Redis server.', saferWay: 'Keep FUNCTION DUMP first.' },
  REPLICAOF: { id: 'replicaof', verb: 'overwrite', kind: 'database', why: 'Makes this server a copy of another one; its own keys are thrown away.', saferWay: keepCopy },
  SLAVEOF: { id: 'replicaof', verb: 'overwrite', kind: 'database', why: 'Makes this server a copy of another one; its own keys are thrown away.', saferWay: keepCopy },
};

/** What Redis commands, one a line, would lose. Deleting keys that are named one by one counts as limited. */
export function analyseRedis(text: string, database: Database, place: Place, analysis: Analysis): readonly Effect[] {
  analysis.spend(1);
  return text.split('\n').slice(0, 10_000).flatMap((line) => lineEffects(line, database)).slice(0, 50).map((effect) => placed(effect, place));
}

function lineEffects(line: string, database: Database): readonly Effect[] {
  const words = line.trim().slice(0, 65_536).split(/\s+/);
  const [first = '', second = ''] = words.map((word) => word.replace(/^["']|["']$/g, '').toUpperCase());
  if (/^(?:EVAL|EVAL_RO|FCALL)$/.test(first)) return scriptEffects(line, database);
  if (/^(?:REPLICAOF|SLAVEOF)$/.test(first) && second === 'NO') return [];
  const loss = losses[first] ?? losses[`${first} ${second}`];
  if (loss) return [effectOf(loss, database, 'certain')];
  const deletes = first === 'DEL' || first === 'UNLINK';
  if (deletes && words.slice(1).some((word) => /[$`]/.test(word))) return [effectOf(unknownKeys, database, 'likely')];
  return [];
}

const unknownKeys: RedisLoss = { id: 'del-unknown', verb: 'delete', kind: 'keys', why: 'Deletes Redis keys whose names are only known when it runs.', saferWay: 'List the keys first with SCAN and name them.' };

/** A Lua script calls commands by name. */
function scriptEffects(line: string, database: Database): readonly Effect[] {
  const called = [...line.matchAll(/redis\s*\.\s*p?call\s*\(\s*\\?["']([A-Za-z]{1,20})/g)].map((match) => (match[1] ?? '').toUpperCase());
  return called.flatMap((name) => {
    const loss = losses[name];
    if (loss) return [effectOf(loss, database, 'certain')];
    return name === 'DEL' || name === 'UNLINK' ? [effectOf(unknownKeys, database, 'likely')] : [];
  });
}

function effectOf(loss: RedisLoss, database: Database, certainty: Effect['certainty']): Effect {
  const { connection, client } = database;
  return {
    verb: loss.verb, resource: { kind: loss.kind, name: database.name ?? connection ?? '', provider: 'redis' }, reversibility: 'irreversible', certainty, rule: `redis/${loss.id}`,
    why: loss.why, saferWay: loss.saferWay, target: { by: 'database', tool: client, folder: '', ...(connection === undefined ? {} : { url: connection }) }, docs: 'https://redis.io/docs/latest/commands/',
  };
}
