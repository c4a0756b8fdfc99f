import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'confluent',
  title: 'Confluent',
  programs: ['confluent', 'ccloud'],
  docs: 'https://docs.confluent.io/confluent-cli/current/overview.html',
  valueOptions: ['--cluster', '--environment', '--context', '--config', '--partitions', '--topic', '--subject', '--version', '--principal', '--operation', '--service-account', '--offset'],
  safeOptions: ['-h'],
  target: { system: 'confluent', option: ['--context', '--environment', '--cluster'] },
  operations: [
    { id: 'topic-delete', words: ['kafka', 'topic', 'delete'], verb: 'delete', kind: 'topic', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the topic {name} with its messages.', saferWay: 'Look first: confluent kafka topic describe.' },
    { id: 'retention', words: ['kafka', 'topic', 'update'], value: { of: ['--config'], fits: /(?:^|,)(?:retention\.(?:ms|bytes)|cleanup\.policy)=/ }, verb: 'delete', kind: 'topic', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Changes how long messages of {name} are kept.', saferWay: 'Look first: confluent kafka topic describe.' },
    { id: 'cluster-delete', words: ['kafka', 'cluster', 'delete'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the cluster {name} with every topic in it.', saferWay: 'List it first and let a person delete it.' },
    { id: 'environment-delete', words: ['environment', 'delete'], verb: 'delete', kind: 'environment', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the environment {name} with every cluster in it.', saferWay: 'List it first and let a person delete it.' },
    { id: 'schema-delete', words: ['schema-registry', 'schema|subject', 'delete'], verb: 'delete', kind: 'schema', reversibility: 'irreversible', name: [{ option: ['--subject'] }], why: 'Deletes schemas of {name}: messages that use them can no longer be read.', saferWay: 'Keep them first: confluent schema-registry schema describe.' },
  ],
  unlisted: 'Confluent resource',
  cases: {
    caught: [
      { command: 'confluent kafka topic delete orders --force', by: 'topic-delete' },
      { command: 'confluent --context prod kafka topic delete orders --cluster lkc-1', by: 'topic-delete' },
      { command: 'confluent kafka topic update orders --config retention.ms=1000', by: 'retention' },
      { command: 'confluent kafka cluster delete lkc-1 --force', by: 'cluster-delete' },
      { command: 'confluent environment delete env-1 --force', by: 'environment-delete' },
      { command: 'confluent --context prod environment delete env-1', by: 'environment-delete' },
      { command: 'sudo confluent environment delete env-1', by: 'environment-delete' },
      { command: 'confluent schema-registry schema delete --subject orders-value --version all', by: 'schema-delete' },
      { command: 'confluent --context prod schema-registry schema delete --subject a --version 1', by: 'schema-delete' },
      { command: 'confluent schema-registry schema delete --version latest --subject b --permanent', by: 'schema-delete' },
      { command: 'confluent connect cluster delete lcc-1 --force', by: 'unlisted' },
      { command: 'confluent iam service-account delete sa-1', by: 'unlisted' },
    ],
    passes: ['confluent kafka topic list', 'confluent kafka topic consume orders', 'confluent kafka topic create orders', 'confluent environment list', 'confluent kafka topic update orders --config max.message.bytes=1'],
  },
};
