import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';
import { knownWord } from '../shell/word.ts';

/** `redis-cli [options] [COMMAND [ARG…]]`; without a command it reads commands from its input. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const url = optionValue(call, '-u')?.text ?? optionValue(call, '-h')?.text;
  const number = optionValue(call, '-n')?.text;
  const database = { client: 'redis-cli', ...(url === undefined ? {} : { connection: url }), ...(number === undefined ? {} : { name: `database ${number}` }) };
  const operands = call.operands.length > 0 ? [knownWord(call.operands.map((word) => word.text).join(' '))] : [];
  return sqlEffects(call, { inline: [], files: ['--eval'], operands }, database, analysis);
}

export const rule: Rule = {
  tool: 'redis-cli',
  title: 'Redis CLI',
  programs: ['redis-cli', 'valkey-cli', 'keydb-cli'],
  docs: 'https://redis.io/docs/latest/develop/tools/cli/',
  valueOptions: ['-h', '-p', '-s', '-a', '--user', '--pass', '-u', '-r', '-i', '-n', '-d', '--sni', '--cacert', '--cacertdir', '--cert', '--key', '--tls-ciphers', '--rdb', '--functions-rdb', '--pattern', '--quoted-pattern', '--count', '--eval', '--intrinsic-latency', '--cluster', '-t', '-X', '--memkeys-samples'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'redis-cli FLUSHALL', by: 'redis/flushall' },
      { command: 'redis-cli -h cache.example.com -n 2 flushdb async', by: 'redis/flushdb' },
      { command: 'echo FLUSHALL | redis-cli -u redis://cache.example.com', by: 'redis/flushall' },
      { command: `redis-cli --scan --pattern 'session:*' | xargs redis-cli DEL`, by: 'redis/del-unknown' },
      { command: 'redis-cli shutdown nosave', by: 'redis/shutdown' },
    ],
    passes: ['redis-cli ping', 'redis-cli GET flushall', 'redis-cli DEL session:4', `redis-cli --scan --pattern 'x*'`, 'redis-cli INFO'],
  },
};
