import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect, Verb } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';

const docs = 'https://kafka.apache.org/documentation/#basic_ops';

interface Loss {
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly why: string;
  readonly saferWay: string;
}

const retentionSettings = /(?:^|,|\[)\s*(?:retention\.(?:ms|bytes)|cleanup\.policy|segment\.(?:ms|bytes)|min\.insync\.replicas|delete\.retention\.ms)\b/;

/** What a tool of Kafka loses with these options; each tool does one thing. */
function lossOf(program: string, call: Call): Loss | undefined {
  const says = (...options: readonly string[]): boolean => hasOption(call, ...options);
  const settings = ['--config', '--add-config', '--delete-config'].map((option) => optionValue(call, option)?.text ?? '');
  switch (program) {
    case 'kafka-topics':
      if (says('--delete')) return { id: 'topic-delete', verb: 'delete', kind: 'topic', why: 'Deletes the topic {name} with its messages.', saferWay: 'Keep a copy of the messages first.' };
      return says('--alter') && settings.some((text) => retentionSettings.test(text)) ? { id: 'retention', verb: 'delete', kind: 'topic', why: 'Changes how long messages of {name} are kept.', saferWay: 'Look first: kafka-configs --describe.' } : undefined;
    case 'kafka-configs':
      return says('--alter') && settings.some((text) => retentionSettings.test(text)) ? { id: 'retention', verb: 'delete', kind: 'topic', why: 'Changes how long messages of {name} are kept.', saferWay: 'Look first: kafka-configs --describe.' } : undefined;
    case 'kafka-consumer-groups':
      if (says('--delete', '--delete-offsets')) return { id: 'group-delete', verb: 'delete', kind: 'consumer group', why: 'Makes the consumer group {name} forget what it has read.', saferWay: 'Keep its offsets first: --describe.' };
      // Without --execute it only shows what it would do.
      return says('--reset-offsets') && says('--execute') ? { id: 'offsets', verb: 'overwrite', kind: 'offsets', why: 'Changes what {name} has read: messages are skipped or read again.', saferWay: 'Show it first: --dry-run.' } : undefined;
    case 'kafka-delete-records':
      return says('--offset-json-file') ? { id: 'records-delete', verb: 'truncate', kind: 'messages', why: 'Deletes messages up to the offsets in {name}.', saferWay: 'Keep a copy of the messages first.' } : undefined;
    case 'kafka-acls':
      return says('--remove') ? { id: 'acl-remove', verb: 'revoke', kind: 'access rights', why: 'Takes access to {name} away.', saferWay: 'List them first: kafka-acls --list.' } : undefined;
    case 'kafka-storage':
      return call.operands[0]?.text === 'format' ? { id: 'storage-format', verb: 'delete', kind: 'log folders', why: 'Formats the folders in which a broker keeps its messages.', saferWay: 'Look first: kafka-storage info.' } : undefined;
    case 'kafka-streams-application-reset':
      return says('--dry-run') ? undefined : { id: 'streams-reset', verb: 'overwrite', kind: 'application', why: 'Resets what {name} has read and deletes its internal topics.', saferWay: 'Show it first: --dry-run.' };
    case 'kafka-server-stop':
      return { id: 'server-stop', verb: 'stop', kind: 'broker', why: 'Stops the broker; what uses it stops working.', saferWay: 'Let the service manager stop it.' };
    case 'zookeeper-shell':
      return call.operands.some(({ text }) => /^(?:deleteall|rmr)\b/.test(text)) ? { id: 'zookeeper-delete', verb: 'delete', kind: 'nodes', why: 'Deletes what ZooKeeper keeps of the cluster.', saferWay: 'Look first: ls.' } : undefined;
    default:
      return undefined;
  }
}

function inspect(call: Call): readonly Effect[] {
  const loss = lossOf(call.invocation.program.replace(/\.sh$/, ''), call);
  if (!loss) return [];
  const server = optionValue(call, '--bootstrap-server', '--bootstrap-servers', '--broker-list', '--zookeeper')?.text;
  const name = optionValue(call, '--topic', '--group', '--application-id', '--entity-name', '--offset-json-file')?.text ?? '';
  const { env, span } = call.invocation;
  return [{
    verb: loss.verb, resource: { kind: loss.kind, name, provider: 'Kafka' }, reversibility: 'irreversible', certainty: 'certain', rule: `kafka/${loss.id}`,
    why: sentence(loss.why, name, loss.kind), saferWay: loss.saferWay, target: server === undefined ? { by: 'named', system: 'kafka' } : { by: 'host', host: server.split(',')[0] ?? '' }, env, docs, ...(span ? { span } : {}),
  }];
}

const scripts = ['kafka-topics', 'kafka-consumer-groups', 'kafka-delete-records', 'kafka-acls', 'kafka-configs', 'kafka-storage', 'kafka-streams-application-reset', 'kafka-server-stop', 'zookeeper-shell'];

export const rule: Rule = {
  tool: 'kafka',
  title: 'Kafka',
  programs: scripts.flatMap((name) => [name, `${name}.sh`]),
  docs,
  valueOptions: [
    '--bootstrap-server', '--bootstrap-servers', '--broker-list', '--topic', '--topics', '--group', '--offset-json-file', '--command-config', '--config', '--add-config', '--delete-config', '--zookeeper', '--to-datetime', '--to-offset', '--shift-by', '--by-duration', '--from-file', '--entity-type', '--entity-name',
    '--application-id', '--input-topics', '--intermediate-topics', '--partitions', '--replication-factor', '--allow-principal', '--deny-principal', '--operation', '--principal', '--cluster-id', '-t', '-c', '--timeout',
  ],
  safeOptions: ['-h'],
  operations: [],
  inspect,
  controlPlane: {
    hosts: ['*.confluent.cloud'],
    ports: [8081, 8082, 8083],
    paths: [
      { id: 'api-topic-delete', request: 'DELETE /kafka/v3/clusters/:cluster/topics/:topic', verb: 'delete', kind: 'topic', reversibility: 'irreversible', name: ['topic'], why: 'Deletes the topic {name} with its messages.', saferWay: 'Keep a copy of the messages first.' },
      { id: 'api-topic-delete-rest', request: 'DELETE /v3/clusters/:cluster/topics/:topic', verb: 'delete', kind: 'topic', reversibility: 'irreversible', name: ['topic'], why: 'Deletes the topic {name} with its messages.', saferWay: 'Keep a copy of the messages first.' },
      { id: 'api-connector-delete', request: 'DELETE /connectors/:connector', verb: 'delete', kind: 'connector', reversibility: 'irreversible', name: ['connector'], why: 'Deletes the connector {name}: what it copies stops.', saferWay: 'Keep its settings first with GET.' },
      { id: 'api-subject-delete', request: 'DELETE /subjects/:subject', verb: 'delete', kind: 'schema', reversibility: 'irreversible', name: ['subject'], why: 'Deletes the schemas of {name}: messages that use them can no longer be read.', saferWay: 'Keep them first with GET.' },
      { id: 'api-version-delete', request: 'DELETE /subjects/:subject/versions/:version', verb: 'delete', kind: 'schema', reversibility: 'irreversible', name: ['subject'], why: 'Deletes a schema of {name}.', saferWay: 'Keep it first with GET.' },
      { id: 'api-cluster-delete', request: 'DELETE /cmk/v2/clusters/:cluster', verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: ['cluster'], why: 'Deletes the cluster {name} with every topic in it.', saferWay: 'List it first and let a person delete it.' },
    ],
  },
  cases: {
    caught: [
      { command: 'kafka-topics --bootstrap-server k.example.com:9092 --delete --topic orders', by: 'topic-delete' },
      { command: 'kafka-topics.sh --delete --topic "orders.*" --bootstrap-server k.example.com:9092', by: 'topic-delete' },
      { command: 'docker exec kafka /opt/kafka/bin/kafka-topics.sh --bootstrap-server localhost:9092 --topic orders --delete', by: 'topic-delete' },
      { command: 'kafka-topics --zookeeper zk:2181 --alter --topic orders --config retention.ms=1000', by: 'retention' },
      { command: 'kafka-configs --bootstrap-server k.example.com:9092 --alter --entity-type topics --entity-name orders --add-config retention.ms=1000', by: 'retention' },
      { command: 'kafka-configs.sh --bootstrap-server k.example.com:9092 --alter --entity-type topics --entity-name orders --delete-config cleanup.policy', by: 'retention' },
      { command: 'kafka-consumer-groups --bootstrap-server k.example.com:9092 --delete --group billing', by: 'group-delete' },
      { command: 'kafka-consumer-groups.sh --bootstrap-server k.example.com:9092 --delete-offsets --group billing --topic orders', by: 'group-delete' },
      { command: 'kubectl exec kafka-0 -- kafka-consumer-groups --bootstrap-server localhost:9092 --delete --group billing', by: 'group-delete' },
      { command: 'kafka-consumer-groups.sh --bootstrap-server k.example.com:9092 --group billing --reset-offsets --to-earliest --execute --all-topics', by: 'offsets' },
      { command: 'kafka-consumer-groups --bootstrap-server k.example.com:9092 --execute --reset-offsets --shift-by -100 --group billing --topic orders', by: 'offsets' },
      { command: 'kafka-delete-records --bootstrap-server k.example.com:9092 --offset-json-file upto.json', by: 'records-delete' },
      { command: 'kafka-acls --bootstrap-server k.example.com:9092 --remove --topic orders --force', by: 'acl-remove' },
      { command: 'kafka-storage.sh format -t 4L62 -c config/server.properties', by: 'storage-format' },
      { command: 'kafka-streams-application-reset --bootstrap-server k.example.com:9092 --application-id totals --input-topics orders', by: 'streams-reset' },
      { command: 'kafka-server-stop.sh', by: 'server-stop' },
      { command: 'zookeeper-shell zk:2181 deleteall /brokers/topics/orders', by: 'zookeeper-delete' },
      { command: 'curl -X DELETE https://pkc-1.eu-west-1.aws.confluent.cloud/kafka/v3/clusters/lkc-1/topics/orders', by: 'api-topic-delete' },
      { command: 'curl -X DELETE http://rest.example.com:8082/v3/clusters/c1/topics/orders', by: 'api-topic-delete-rest' },
      { command: 'curl -X DELETE http://localhost:8083/connectors/orders-sink', by: 'api-connector-delete' },
      { command: 'curl -X DELETE "http://localhost:8081/subjects/orders-value?permanent=true"', by: 'api-subject-delete' },
      { command: 'curl -X DELETE http://localhost:8081/subjects/orders-value/versions/latest', by: 'api-version-delete' },
      { command: 'curl -X DELETE https://api.confluent.cloud/cmk/v2/clusters/lkc-1', by: 'api-cluster-delete' },
    ],
    passes: [
      'kafka-topics --list --bootstrap-server b', 'kafka-topics --describe --topic orders --bootstrap-server b', 'kafka-topics --create --topic x --bootstrap-server b --config retention.ms=1000', 'kafka-consumer-groups --bootstrap-server b --describe --group g',
      'kafka-consumer-groups --group g --reset-offsets --to-earliest --dry-run --bootstrap-server b', 'kafka-consumer-groups --group g --reset-offsets --to-earliest --bootstrap-server b --topic x', 'kafka-configs --describe --entity-type topics --bootstrap-server b', 'kafka-acls --list --bootstrap-server b',
      'kafka-storage random-uuid', 'kafka-console-consumer --topic delete --bootstrap-server b', 'zookeeper-shell zk:2181 ls /brokers/topics',
      'curl http://localhost:8083/connectors', 'curl -X DELETE http://localhost:8081/users/4', 'curl -X PUT http://localhost:8083/connectors/orders-sink/config -d "{}"',
    ],
  },
};
