import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects, wholeDatabaseEffect } from '../sql/sources.ts';
import { knownWord } from '../shell/word.ts';

const docs = 'https://redis.io/docs/latest/develop/tools/cli/';

/** `redis-cli [options] [COMMAND [ARG…]]`; without a command it reads commands from its input. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const cluster = optionValue(call, '--cluster')?.text;
  return cluster === undefined ? commandEffects(call, analysis) : clusterEffects(cluster, call, analysis);
}

/** `redis-cli --cluster COMMAND HOST:PORT …` works on every node of a cluster. https://redis.io/docs/latest/operate/oss_and_stack/management/scaling/ */
function clusterEffects(command: string, call: Call, analysis: Analysis): readonly Effect[] {
  const [host, ...words] = call.operands;
  const database = { client: 'redis-cli', tool: 'redis-cli', connection: host?.text ?? '' };
  if (command === 'call') return analysis.sql(words.map((word) => word.text).join(' '), database, placeOf(call.invocation));
  const whole = { saferWay: 'Look first: redis-cli --cluster check.', docs };
  if (command === 'del-node') return [wholeDatabaseEffect(call, database, { ...whole, verb: 'delete', rule: 'redis-cli/del-node', resource: { kind: 'cluster node', name: words[0]?.text ?? '', provider: 'redis' }, why: 'Takes a node out of the cluster and empties it.' })];
  if (command === 'import' && hasOption(call, '--cluster-replace')) return [wholeDatabaseEffect(call, database, { ...whole, verb: 'overwrite', rule: 'redis-cli/import-replace', resource: { kind: 'keys', name: host?.text ?? '', provider: 'redis' }, why: 'Writes keys of another server over those of the cluster.' })];
  if (command === 'fix' && hasOption(call, '--cluster-fix-with-unreachable-masters')) return [wholeDatabaseEffect(call, database, { ...whole, verb: 'overwrite', rule: 'redis-cli/fix', resource: { kind: 'slots', name: host?.text ?? '', provider: 'redis' }, why: 'Gives the slots of nodes that cannot be reached to others; their keys are lost.' })];
  return [];
}

function commandEffects(call: Call, analysis: Analysis): readonly Effect[] {
  const url = optionValue(call, '-u')?.text ?? optionValue(call, '-h')?.text;
  const number = optionValue(call, '-n')?.text;
  const database = { client: 'redis-cli', tool: 'redis-cli', ...(url === undefined ? {} : { connection: url }), ...(number === undefined ? {} : { name: `database ${number}` }) };
  const operands = call.operands.length > 0 ? [knownWord(call.operands.map((word) => word.text).join(' '))] : [];
  return sqlEffects(call, { inline: [], files: ['--eval'], operands }, database, analysis);
}

export const rule: Rule = {
  tool: 'redis-cli',
  title: 'Redis CLI',
  programs: ['redis-cli', 'valkey-cli', 'keydb-cli'],
  docs,
  valueOptions: ['-h', '-p', '-s', '-a', '--user', '--pass', '-u', '-r', '-i', '-n', '-d', '--sni', '--cacert', '--cacertdir', '--cert', '--key', '--tls-ciphers', '--rdb', '--functions-rdb', '--pattern', '--quoted-pattern', '--count', '--eval', '--intrinsic-latency', '--cluster', '-t', '-X', '--memkeys-samples', '--cluster-from', '--cluster-to', '--cluster-slots', '--cluster-threshold', '--cluster-weight', '--cluster-replicas', '--cluster-timeout', '--cluster-pipeline'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'redis-cli FLUSHALL', by: 'redis/flushall' },
      { command: 'redis-cli -h cache.example.com -n 2 flushdb async', by: 'redis/flushdb' },
      { command: 'echo FLUSHALL | redis-cli -u redis://cache.example.com', by: 'redis/flushall' },
      { command: `redis-cli --scan --pattern 'session:*' | xargs redis-cli DEL`, by: 'redis/del-unknown' },
      { command: 'redis-cli shutdown nosave', by: 'redis/shutdown' },
      { command: 'redis-cli CONFIG SET save ""', by: 'redis/config-set' },
      { command: 'redis-cli -h cache.example.com config set maxmemory 1mb', by: 'redis/config-set' },
      { command: 'redis-cli CONFIG REWRITE', by: 'redis/config-rewrite' },
      { command: 'redis-cli -h cache.example.com DEBUG SLEEP 30', by: 'redis/pause' },
      { command: 'redis-cli client pause 60000 ALL', by: 'redis/pause' },
      { command: 'redis-cli -u redis://cache.example.com SCRIPT FLUSH', by: 'redis/script-flush' },
      { command: 'redis-cli FT.DROPINDEX products DD', by: 'redis/index-drop' },
      { command: 'redis-cli --cluster call cache.example.com:6379 FLUSHALL', by: 'redis/flushall' },
      { command: 'valkey-cli -h cache.example.com flushall sync', by: 'redis/flushall' },
      { command: 'redis-cli --cluster del-node 10.0.0.7:6379 07c37d', by: 'del-node' },
      { command: 'redis-cli --cluster import 10.0.0.7:6379 --cluster-from 10.0.0.9:6379 --cluster-replace', by: 'import-replace' },
      { command: 'redis-cli --cluster fix 10.0.0.7:6379 --cluster-fix-with-unreachable-masters', by: 'fix' },
    ],
    passes: ['redis-cli ping', 'redis-cli GET flushall', 'redis-cli DEL session:4', `redis-cli --scan --pattern 'x*'`, 'redis-cli INFO', 'redis-cli CONFIG GET save', 'redis-cli --cluster check 10.0.0.7:6379', 'redis-cli --cluster info 10.0.0.7:6379', 'redis-cli SCRIPT EXISTS x', 'redis-cli DEBUG OBJECT session:4', 'redis-cli CLIENT LIST', 'redis-cli CLIENT UNPAUSE', 'redis-cli --cluster call 10.0.0.7:6379 PING'],
  },
};
