import type { Effect } from '../effect.ts';
import { destructiveName } from '../verbs.ts';
import type { CodeCall } from './calls.ts';
import type { Program } from './program.ts';
import type { Value } from './value.ts';

/** A method of an ORM, a database driver or a cloud library that loses data without any SQL in the text. */
interface DataLoss {
  /** The whole callee, dotted. */
  readonly callee: RegExp;
  /** What the text must mention for the name to mean this. */
  readonly mentions?: RegExp;
  /** True when the first argument does not narrow it down. */
  readonly without?: 'arguments' | 'filter';
  /** The first argument is true, or says so of one of these: `{ force: true }`. */
  readonly says?: readonly string[];
  readonly verb: Effect['verb'];
  readonly kind: string;
  readonly why: string;
}

const allRows = 'Deletes every row of the table.';

const losses: readonly DataLoss[] = [
  // https://docs.djangoproject.com/en/stable/topics/db/queries/#deleting-objects
  { callee: /\.objects\.all\(\)\.(?:delete|_raw_delete)$/, verb: 'delete', kind: 'rows', why: allRows },
  { callee: /\.objects\.(?:delete)$/, without: 'arguments', verb: 'delete', kind: 'rows', why: allRows },
  // https://docs.sqlalchemy.org/en/20/core/metadata.html
  { callee: /(?:^|\.)drop_all$/, mentions: /sqlalchemy|metadata|\bdb\b/i, verb: 'drop', kind: 'all tables', why: 'Drops every table the code knows of.' },
  { callee: /\.query\(\)\.delete$/, mentions: /session|sqlalchemy/i, verb: 'delete', kind: 'rows', why: allRows },
  // https://www.mongodb.com/docs/manual/reference/method/
  { callee: /\.(?:drop_database|dropDatabase)$/, verb: 'drop', kind: 'database', why: 'Drops the whole database.' },
  { callee: /\.(?:drop_collection|dropCollection)$/, verb: 'drop', kind: 'collection', why: 'Drops the collection with everything in it.' },
  { callee: /\.(?:delete_many|deleteMany)$/, without: 'filter', verb: 'delete', kind: 'documents', why: 'Deletes every document or row.' },
  { callee: /(?:\[\]|\(\)|\.\w+)\.drop$/, mentions: /mongo/i, without: 'arguments', verb: 'drop', kind: 'collection', why: 'Drops the collection with everything in it.' },
  // https://redis.io/docs/latest/commands/flushall/
  { callee: /\.(?:flushall|flushAll|flush_all|flushdb|flushDb|flushDB)$/, verb: 'truncate', kind: 'Redis database', why: 'Deletes every key of the Redis database.' },
  // https://sequelize.org/docs/v6/core-concepts/model-basics/
  { callee: /(?:sequelize|connection|db)\.drop$/i, mentions: /sequelize/i, verb: 'drop', kind: 'all tables', why: 'Drops every table the code knows of.' },
  { callee: /\.truncate$/, mentions: /sequelize|knex|typeorm|prisma|mongoose/i, verb: 'truncate', kind: 'table', why: 'Empties the table.' },
  { callee: /\.(?:dropDatabase|dropSchema|dropTable|dropTableIfExists|dropAllSchemas)$/, verb: 'drop', kind: 'table or schema', why: 'Drops a table or schema with everything in it.' },
  // https://knexjs.org/guide/query-builder.html#del-delete
  { callee: /^(?:knex|db)\(\)\.(?:del|delete|truncate)$/, verb: 'delete', kind: 'rows', why: allRows },
  // https://guides.rubyonrails.org/active_record_basics.html#delete
  { callee: /^[A-Z]\w*\.(?:delete_all|destroy_all)$/, verb: 'delete', kind: 'rows', why: allRows },
  { callee: /(?:connection|Migration)\.(?:drop_table|drop_database)$/, verb: 'drop', kind: 'table', why: 'Drops a table with everything in it.' },
  // https://laravel.com/docs/queries#delete-statements
  { callee: /^(?:DB\.table\(\)|[A-Z]\w*)\.truncate$/, verb: 'truncate', kind: 'table', why: 'Empties the table.' },
  { callee: /^DB\.table\(\)\.delete$/, verb: 'delete', kind: 'rows', why: allRows },
  { callee: /^Schema\.(?:drop|dropIfExists|dropAllTables)$/, verb: 'drop', kind: 'table', why: 'Drops a table with everything in it.' },
  // https://sequelize.org/docs/v6/core-concepts/model-basics/#model-synchronization and https://typeorm.io/docs/data-source/data-source-api
  { callee: /\.sync$/, mentions: /sequelize/i, says: ['force', 'alter'], verb: 'drop', kind: 'tables', why: 'Drops tables, or changes them to fit the models.' },
  { callee: /\.synchronize$/, mentions: /typeorm|dataSource|createConnection/i, says: [], verb: 'drop', kind: 'all tables', why: 'Drops every table and makes it again empty.' },
  // https://docs.peewee-orm.com/en/latest/peewee/api.html
  { callee: /\.(?:drop_tables|drop_all_tables)$/, verb: 'drop', kind: 'tables', why: 'Drops tables with everything in them.' },
  // https://www.elastic.co/docs/reference/elasticsearch/clients
  { callee: /\.indices\.(?:delete|close|deleteIndexTemplate|delete_index_template|deleteDataStream|delete_data_stream)$/, verb: 'delete', kind: 'index', why: 'Deletes or closes an index with its documents.' },
  { callee: /\.(?:delete_by_query|deleteByQuery)$/, verb: 'delete', kind: 'documents', why: 'Deletes the documents that fit a query.' },
  { callee: /\.snapshot\.(?:delete|deleteRepository|delete_repository)$/, verb: 'delete', kind: 'snapshot', why: 'Deletes a snapshot. This removes the way back.' },
  // Search engines and vector stores: https://www.algolia.com/doc/libraries/sdk, https://www.meilisearch.com/docs, https://api.qdrant.tech, https://docs.trychroma.com
  { callee: /\.(?:clearObjects|clear_objects|clearIndex|clear_index|deleteIndex|delete_index|deleteAllDocuments|delete_all_documents|deleteCollection|delete_collection|delete_class|deleteClass|delete_namespace|deleteNamespace|replaceAllObjects|replace_all_objects)$/, mentions: /algolia|meili|typesense|qdrant|chroma|weaviate|milvus|pinecone|elastic|opensearch|vector/i, verb: 'delete', kind: 'index or collection', why: 'Deletes or empties an index or collection.' },
  { callee: /\.(?:schema|collections)\.(?:delete_all|deleteAll)$/, mentions: /weaviate/i, verb: 'delete', kind: 'all collections', why: 'Deletes every collection.' },
  // https://kafka.js.org/docs/admin and https://pika.readthedocs.io/en/stable/modules/channel.html
  { callee: /\.(?:deleteTopics|delete_topics|deleteTopicRecords|delete_records|deleteGroups|delete_consumer_groups)$/, verb: 'delete', kind: 'topics', why: 'Deletes topics, messages or what consumers have read.' },
  { callee: /\.(?:queue_delete|queue_purge|exchange_delete|deleteQueue|purgeQueue|deleteExchange)$/, mentions: /pika|amqp|rabbit/i, verb: 'delete', kind: 'queue', why: 'Deletes or empties a queue.' },
  // https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/s3/bucket/objects.html
  { callee: /\.(?:objects|object_versions)\.(?:all|filter)\(\)\.delete$/, mentions: /boto3/, verb: 'delete', kind: 'objects of a bucket', why: 'Deletes every object of the bucket.' },
];

/** Names of ruby methods that are called without arguments or parentheses. */
export const bareMethods: ReadonlySet<string> = new Set(['delete_all', 'destroy_all', 'flushall', 'flushdb', 'rmtree', 'drop']);

/** The effect of a call on data that no other room knows of. `first` is its first argument's value. */
export function dataEffect(call: CodeCall, callee: string, first: Value | undefined, program: Program, folder: string): Effect | undefined {
  const loss = losses.find((candidate) => candidate.callee.test(callee) && (!candidate.mentions || mentions(program, candidate.mentions)));
  if (loss && !narrows(loss, call, first)) {
    return {
      verb: loss.verb, resource: { kind: loss.kind, name: subjectOf(callee, first), provider: program.language }, reversibility: 'irreversible', certainty: 'likely', rule: 'code/data',
      why: `${loss.why} (${callee})`, saferWay: 'Check which database the code connects to, and take a dump first.', target: { by: 'database', tool: program.language, folder },
    };
  }
  return cloudEffect(call, program);
}

/** What a text imports stands at its beginning. */
function mentions(program: Program, pattern: RegExp): boolean {
  return pattern.test(program.text.slice(0, 4096));
}

function narrows({ without, says }: DataLoss, call: CodeCall, first: Value | undefined): boolean {
  if (says) return !(isOn(first) || (first?.kind === 'object' && says.some((name) => isOn(first.entries.get(name)))));
  if (without === undefined) return false;
  if (without === 'arguments') return call.args.length > 0;
  if (call.args.length === 0) return false;
  // `{}`, `{ where: {} }`, `filter={}`.
  if (first?.kind !== 'object') return true;
  const filter = first.entries.get('where') ?? first.entries.get('filter');
  return filter ? !(filter.kind === 'object' && filter.entries.size === 0) : first.entries.size > 0;
}

function isOn(value: Value | undefined): boolean {
  return value?.kind === 'flag' && value.on;
}

function subjectOf(callee: string, first: Value | undefined): string {
  if (first?.kind === 'text' && first.words[0]) return first.words[0].text.slice(0, 80);
  return callee.split('.').slice(0, -1).filter((part) => !part.endsWith(')') && part !== 'objects' && part !== "''").at(-1) ?? '';
}

/** `s3.delete_bucket(…)`, `new TerminateInstancesCommand(…)`. */
function cloudEffect(call: CodeCall, program: Program): Effect | undefined {
  const operation = program.language === 'python' && call.receiver ? call.method : /^[A-Z]\w+Command$/.test(call.method) ? call.method.slice(0, -'Command'.length) : '';
  if (!/^(?:delete|terminate|destroy|purge|deregister|Delete|Terminate|Purge|Deregister)(?:_|[A-Z])/.test(operation)) return undefined;
  const named = destructiveName(operation);
  if (!named || !mentions(program, program.language === 'python' ? /boto3|google\.cloud|azure\./ : /@aws-sdk/)) return undefined;
  return {
    verb: named.verb, resource: { kind: named.noun || 'cloud resource', name: '', provider: 'cloud' }, reversibility: 'irreversible', certainty: 'likely', rule: 'code/cloud',
    why: `Calls ${operation} of the cloud provider, which by its name cannot be undone.`, saferWay: 'List what it would hit first, and let a person run this one.',
    target: { by: 'named', system: mentions(program, /azure\./) ? 'azure' : mentions(program, /google\.cloud/) ? 'gcloud' : 'aws' },
  };
}
