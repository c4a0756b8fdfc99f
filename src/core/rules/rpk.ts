import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'rpk',
  title: 'Redpanda',
  programs: ['rpk'],
  docs: 'https://docs.redpanda.com/current/reference/rpk/',
  valueOptions: ['-X', '--brokers', '--profile', '-o', '--offset', '-p', '--partitions', '--config', '-b', '-s', '--set', '--to', '--topics', '--user', '--allow-principal', '--deny-principal', '--timeout', '-d', '--to-file', '-t', '--topic'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'kafka', option: ['--brokers'], scope: ['--profile'] },
  operations: [
    { id: 'trim', words: ['topic', 'trim-prefix'], verb: 'truncate', kind: 'topic', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the older messages of {name}.', saferWay: 'Look first: rpk topic describe.' },
    { id: 'topic-delete', words: ['topic', 'delete'], verb: 'delete', kind: 'topic', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the topic {name} with its messages.', saferWay: 'Look first: rpk topic describe.' },
    { id: 'retention', words: ['topic', 'alter-config'], value: { of: ['-s', '--set'], fits: /^(?:retention\.(?:ms|bytes)|cleanup\.policy|retention\.local)/ }, verb: 'delete', kind: 'topic', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Changes how long messages of {name} are kept.', saferWay: 'Look first: rpk topic describe -c.' },
    { id: 'group', words: ['group', 'delete|seek|offset-delete'], verb: 'overwrite', kind: 'consumer group', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Changes or deletes what {name} has read.', saferWay: 'Keep its offsets first: rpk group describe.' },
    { id: 'broker-out', words: ['redpanda', 'admin', 'brokers', 'decommission*'], verb: 'delete', kind: 'broker', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Takes the broker {name} out of the cluster for good.', saferWay: 'Look first: rpk redpanda admin brokers list.' },
    { id: 'stop', words: ['redpanda', 'stop'], verb: 'stop', kind: 'broker', reversibility: 'reversible', name: [], why: 'Stops the broker; what uses it stops working.', saferWay: 'Let the service manager stop it.' },
  ],
  unlisted: 'Redpanda resource',
  cases: {
    caught: [
      { command: 'rpk topic delete orders', by: 'topic-delete' },
      { command: 'rpk group delete g', by: 'group' },
      { command: 'rpk acl delete --allow-principal x', by: 'unlisted' },
      { command: 'rpk topic trim-prefix orders -o end', by: 'trim' },
      { command: 'rpk -X brokers=k.example.com:9092 topic delete orders', by: 'topic-delete' },
      { command: 'docker exec redpanda rpk topic delete -r "orders.*"', by: 'topic-delete' },
      { command: 'rpk topic alter-config orders --set retention.ms=1000', by: 'retention' },
      { command: 'rpk group seek billing --to start', by: 'group' },
      { command: 'rpk --profile prod group offset-delete billing -t orders', by: 'group' },
      { command: 'rpk redpanda admin brokers decommission 3', by: 'broker-out' },
      { command: 'rpk --profile prod redpanda admin brokers decommission 3 --force', by: 'broker-out' },
      { command: 'sudo rpk redpanda stop', by: 'stop' },
      { command: 'rpk security user delete app', by: 'unlisted' },
      { command: 'rpk container purge', by: 'unlisted' },
    ],
    passes: ['rpk topic list', 'rpk cluster info', 'rpk topic create x', 'rpk group describe g', 'rpk topic consume orders', 'rpk topic alter-config orders --set max.message.bytes=1', 'rpk redpanda admin brokers list', 'rpk group list'],
  },
};
