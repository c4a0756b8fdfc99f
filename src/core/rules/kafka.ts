import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'kafka',
  title: 'Kafka',
  programs: ['kafka-topics', 'kafka-topics.sh', 'kafka-consumer-groups', 'kafka-consumer-groups.sh', 'kafka-delete-records', 'kafka-delete-records.sh', 'kafka-acls', 'kafka-acls.sh', 'kafka-configs', 'kafka-configs.sh'],
  docs: 'https://kafka.apache.org/documentation/#basic_ops',
  valueOptions: ['--bootstrap-server', '--topic', '--group', '--offset-json-file', '--command-config', '--config', '--zookeeper', '--to-datetime', '--to-offset', '--entity-type', '--entity-name'],
  safeOptions: ['-h'],
  target: { system: 'kafka', option: ['--bootstrap-server', '--zookeeper'] },
  operations: [
    { id: 'topic-delete', words: [], needs: ['--delete', '--delete-offsets'], verb: 'delete', kind: 'topic', reversibility: 'irreversible', name: [{ option: ['--topic'] }, { option: ['--group'] }], why: 'Deletes {name} with its messages or offsets.', saferWay: 'Keep a copy of the data first.' },
    { id: 'offsets', words: [], needs: ['--reset-offsets', '--offset-json-file'], unless: ['--dry-run'], verb: 'overwrite', kind: 'offsets', reversibility: 'irreversible', name: [{ option: ['--group'] }, { option: ['--offset-json-file'] }], why: 'Changes what {name} has read, or deletes messages.', saferWay: 'Show it first: --dry-run.' },
  ],
  cases: {
    caught: [
      { command: 'kafka-topics --bootstrap-server k.example.com:9092 --delete --topic orders', by: 'topic-delete' },
      { command: 'kafka-topics.sh --delete --topic "orders.*" --bootstrap-server b', by: 'topic-delete' },
      { command: 'kafka-consumer-groups --bootstrap-server b --delete --group g', by: 'topic-delete' },
      { command: 'kafka-consumer-groups.sh --bootstrap-server b --group g --reset-offsets --to-earliest --execute --all-topics', by: 'offsets' },
      { command: 'kafka-delete-records --bootstrap-server b --offset-json-file o.json', by: 'offsets' },
    ],
    passes: ['kafka-topics --list --bootstrap-server b', 'kafka-topics --describe --topic orders --bootstrap-server b', 'kafka-topics --create --topic x --bootstrap-server b', 'kafka-consumer-groups --bootstrap-server b --describe --group g', 'kafka-consumer-groups --group g --reset-offsets --to-earliest --dry-run --bootstrap-server b'],
  },
};
