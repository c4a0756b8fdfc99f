import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import { placeOf, readNamed } from '../inputs.ts';
import { isRecord, parseJson } from '../json.ts';
import type { Effect, Verb } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';
import { destructiveName } from '../verbs.ts';

const reference = 'https://docs.aws.amazon.com/cli/latest/reference';

/** What the verb of an operation does not say. Keys are `service operation`. */
interface Listed {
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly why: string;
  readonly saferWay: string;
  /** At least one of these options must be given. */
  readonly needs?: readonly string[];
  /** The option that names the resource; absent: the last operand. */
  readonly name?: string;
}

const listed: Readonly<Record<string, readonly Listed[]>> = {
  's3 rm': [
    { id: 's3-rm-recursive', verb: 'delete', kind: 'objects', needs: ['--recursive'], why: 'Deletes every object in {name}.', saferWay: 'List them first: add --dryrun.' },
    { id: 's3-rm', verb: 'delete', kind: 'object', why: 'Deletes {name}.', saferWay: 'Look at it first: add --dryrun.' },
  ],
  's3 rb': [{ id: 's3-rb', verb: 'delete', kind: 'bucket', why: 'Deletes the bucket {name}; with --force every object in it goes too.', saferWay: 'List what it holds: aws s3 ls.' }],
  's3 sync': [{ id: 's3-sync-delete', verb: 'delete', kind: 'objects', needs: ['--delete'], why: 'Deletes from {name} whatever the source lacks.', saferWay: 'List what would go: add --dryrun.' }],
  's3 mv': [{ id: 's3-mv-recursive', verb: 'overwrite', kind: 'objects', needs: ['--recursive'], why: 'Moves everything to {name}, over what is there.', saferWay: 'Copy first, and delete when the copy is checked.' }],
  's3api put-bucket-lifecycle-configuration': [{ id: 's3-lifecycle', verb: 'delete', kind: 'objects', name: '--bucket', why: 'Replaces the rules by which {name} deletes its own objects.', saferWay: 'Read the present rules first.' }],
  's3api put-bucket-versioning': [{ id: 's3-versioning', verb: 'revoke', kind: 'bucket', name: '--bucket', why: 'Changes whether {name} keeps old versions. This may remove the way back.', saferWay: 'Leave versioning on.' }],
  'rds delete-db-instance': [{ id: 'rds-delete', verb: 'delete', kind: 'database', name: '--db-instance-identifier', why: 'Deletes the database {name} with all its data.', saferWay: 'Take a final snapshot and check it.' }],
  'rds delete-db-cluster': [{ id: 'rds-delete-cluster', verb: 'delete', kind: 'database cluster', name: '--db-cluster-identifier', why: 'Deletes the database cluster {name} with all its data.', saferWay: 'Take a final snapshot and check it.' }],
  'rds modify-db-instance': [{ id: 'rds-modify', verb: 'revoke', kind: 'database', name: '--db-instance-identifier', needs: ['--backup-retention-period', '--no-deletion-protection', '--master-user-password'], why: 'Changes how {name} is protected and backed up. This may remove the way back.', saferWay: 'Leave backups and protection as they are.' }],
  'ec2 terminate-instances': [{ id: 'ec2-terminate', verb: 'delete', kind: 'instance', name: '--instance-ids', why: 'Terminates {name}: the machine and its own disks are gone.', saferWay: 'Stop it instead: aws ec2 stop-instances.' }],
  'ec2 stop-instances': [{ id: 'ec2-stop', verb: 'stop', kind: 'instance', name: '--instance-ids', why: 'Stops {name} and whatever it serves.', saferWay: 'Look first at what runs on it.' }],
  'cloudformation update-stack': [{ id: 'cloudformation-update', verb: 'overwrite', kind: 'stack', name: '--stack-name', why: 'Changes the stack {name}; resources may be replaced or deleted.', saferWay: 'Make a change set and look at it.' }],
  'kms schedule-key-deletion': [{ id: 'kms-key', verb: 'delete', kind: 'key', name: '--key-id', why: 'Has the key {name} deleted: what it encrypted can never be read again.', saferWay: 'Disable the key instead.' }],
  'route53 change-resource-record-sets': [{ id: 'route53-change', verb: 'overwrite', kind: 'DNS records', name: '--hosted-zone-id', why: 'Changes DNS records in {name}; what they point to may become unreachable.', saferWay: 'List the records first.' }],
  'iam attach-user-policy': [{ id: 'iam-attach', verb: 'revoke', kind: 'permissions', name: '--user-name', why: 'Changes what {name} may do.', saferWay: 'Let a person grant permissions.' }],
  'iam attach-role-policy': [{ id: 'iam-attach-role', verb: 'revoke', kind: 'permissions', name: '--role-name', why: 'Changes what {name} may do.', saferWay: 'Let a person grant permissions.' }],
  'dynamodb update-continuous-backups': [{ id: 'dynamodb-backups', verb: 'revoke', kind: 'table', name: '--table-name', why: 'Changes whether {name} can be brought back to an earlier state. This may remove the way back.', saferWay: 'Leave recovery on.' }],
  'autoscaling update-auto-scaling-group': [{ id: 'autoscaling-zero', verb: 'stop', kind: 'group', name: '--auto-scaling-group-name', needs: ['--desired-capacity', '--max-size'], why: 'Changes how many machines of {name} run.', saferWay: 'Change it in small steps.' }],
  'ecs update-service': [{ id: 'ecs-scale', verb: 'stop', kind: 'service', name: '--service', needs: ['--desired-count'], why: 'Changes how many copies of {name} run.', saferWay: 'Change it in small steps.' }],
};

export const rule: Rule = {
  tool: 'aws',
  title: 'AWS',
  programs: ['aws', 'awslocal', 'aws2'],
  docs: `${reference}/`,
  valueOptions: [
    '--profile', '--region', '--output', '--query', '--endpoint-url', '--cli-input-json', '--cli-input-yaml', '--color', '--ca-bundle', '--cli-read-timeout', '--cli-connect-timeout', '--cli-binary-format', '--filters', '--filter', '--max-items', '--page-size', '--starting-token',
    ...new Set(Object.values(listed).flatMap((entries) => entries.flatMap((entry) => entry.name ?? []))),
    '--query-string', '--cli-input-json', '--cli-input-yaml', '--backup-retention-period', '--master-user-password', '--desired-capacity', '--max-size', '--min-size', '--desired-count', '--include', '--exclude', '--acl', '--storage-class', '--key', '--prefix', '--name', '--function-name', '--secret-id', '--cluster', '--cluster-name', '--group-name', '--queue-url', '--topic-arn', '--log-group-name', '--snapshot-id', '--volume-id', '--final-db-snapshot-identifier', '--db-snapshot-identifier', '--repository-name', '--change-batch', '--policy-arn', '--lifecycle-configuration', '--versioning-configuration',
  ],
  safeOptions: ['--dryrun', '--dry-run', '--generate-cli-skeleton'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'aws s3 rm s3://bucket/prefix --recursive', by: 's3-rm-recursive' },
      { command: 'aws s3 rm s3://bucket/file', by: 's3-rm' },
      { command: 'aws s3 rb s3://bucket --force', by: 's3-rb' },
      { command: 'aws s3 sync dist s3://site --delete', by: 's3-sync-delete' },
      { command: 'aws s3 mv s3://a s3://b --recursive', by: 's3-mv-recursive' },
      { command: 'aws s3api put-bucket-lifecycle-configuration --bucket logs --lifecycle-configuration file://l.json', by: 's3-lifecycle' },
      { command: 'aws s3api put-bucket-versioning --bucket data --versioning-configuration Status=Suspended', by: 's3-versioning' },
      { command: 'aws s3api delete-bucket --bucket data', by: 'unlisted' },
      { command: 'aws rds delete-db-instance --db-instance-identifier main --skip-final-snapshot', by: 'rds-delete' },
      { command: 'aws rds delete-db-cluster --db-cluster-identifier main', by: 'rds-delete-cluster' },
      { command: 'aws rds delete-db-snapshot --db-snapshot-identifier s1', by: 'unlisted' },
      { command: 'aws rds modify-db-instance --db-instance-identifier main --backup-retention-period 0', by: 'rds-modify' },
      { command: 'aws --profile prod ec2 terminate-instances --instance-ids i-1 i-2', by: 'ec2-terminate' },
      { command: 'aws ec2 stop-instances --instance-ids i-1', by: 'ec2-stop' },
      { command: 'aws cloudformation delete-stack --stack-name web', by: 'unlisted' },
      { command: 'aws cloudformation update-stack --stack-name web --template-body file://t.yml', by: 'cloudformation-update' },
      { command: 'aws kms schedule-key-deletion --key-id k', by: 'kms-key' },
      { command: 'aws route53 change-resource-record-sets --hosted-zone-id z --change-batch file://c.json', by: 'route53-change' },
      { command: 'aws iam attach-user-policy --user-name u --policy-arn a', by: 'iam-attach' },
      { command: 'aws iam attach-role-policy --role-name r --policy-arn a', by: 'iam-attach-role' },
      { command: 'aws dynamodb update-continuous-backups --table-name t --point-in-time-recovery-specification PointInTimeRecoveryEnabled=false', by: 'dynamodb-backups' },
      { command: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name g --desired-capacity 0', by: 'autoscaling-zero' },
      { command: 'aws ecs update-service --service web --desired-count 0', by: 'ecs-scale' },
      { command: `aws athena start-query-execution --query-string 'DROP TABLE shop.orders'`, by: 'sql/drop-table' },
      { command: 'aws athena start-query-execution --query-string file://q.sql', by: 'athena-unseen' },
      { command: 'aws athena start-query-execution --cli-input-json file://q.json', by: 'athena-unseen' },
    ],
    passes: [`aws athena start-query-execution --query-string 'SELECT 1'`, `aws athena start-query-execution --cli-input-json '{"QueryString": "SELECT 1"}'`, 'aws s3 ls s3://bucket/delete-me', 'aws s3 cp a s3://bucket/a', 'aws s3 rm s3://bucket --recursive --dryrun', 'aws s3 sync dist s3://site', 'aws ec2 describe-instances --filters Name=tag:x,Values=delete', 'aws ec2 terminate-instances --instance-ids i-1 --dry-run', 'aws rds describe-db-instances', 'aws sts get-caller-identity', 'aws logs tail /aws/lambda/delete-user', 'aws rds modify-db-instance --db-instance-identifier main --db-instance-class db.t3.small', 'aws cloudformation describe-stacks', 'aws configure list'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [service, operation] = call.operands.map((word) => word.text);
  if (service === undefined || operation === undefined) return [];
  analysis.spend(1);
  const key = `${service} ${operation}`;
  if (key === 'athena start-query-execution') return athenaEffects(call, analysis);
  const entry = Object.hasOwn(listed, key) ? listed[key]?.find(({ needs }) => !needs || needs.some((option) => call.options.has(option))) : undefined;
  if (entry) {
    const name = (entry.name === undefined ? call.operands.slice(2).at(-1)?.text : optionValue(call, entry.name)?.text) ?? '';
    return [effect(call, entry, name)];
  }
  // `get-…`, `describe-…` and `list-…` only read; of the rest the verb says what it does.
  const found = Object.hasOwn(listed, key) || operation === 'wait' ? undefined : destructiveName(operation);
  if (!found) return [];
  const name = nameOf(call, found.noun);
  const thing = found.noun || 'resource';
  return [effect(call, { id: 'unlisted', verb: found.verb, kind: thing, why: `Asks AWS to ${found.word} the ${thing} {name}.`, saferWay: 'Look at it first with the describe or get command.' }, name)];
}

/** Athena runs SQL, which may stand in a file. https://docs.aws.amazon.com/cli/latest/reference/athena/start-query-execution.html */
function athenaEffects(call: Call, analysis: Analysis): readonly Effect[] {
  const given = optionValue(call, '--query-string');
  const file = /^fileb?:\/\/(.*)/is.exec(given?.text ?? '')?.[1];
  const input = parseJson(optionValue(call, '--cli-input-json')?.text ?? '');
  const inline = given?.text ?? (isRecord(input) && typeof input.QueryString === 'string' ? input.QueryString : undefined);
  const text = file === undefined ? inline : readNamed(file, call.invocation.cwd, analysis);
  if (text !== undefined) return analysis.sql(text, { client: 'athena', connection: 'athena.amazonaws.com' }, placeOf(call.invocation));
  return [effect(call, { id: 'athena-unseen', verb: 'runUnknown', kind: 'query', why: 'Runs SQL in Athena that nobody could look into.', saferWay: 'Write the query out in the command.' }, file ?? '')];
}

/** The option that names what an operation is about: the one most like its noun. */
function nameOf(call: Call, noun: string): string {
  const first = noun.split(' ')[0] ?? '';
  const options = [...call.options].filter(([option]) => !['--profile', '--region', '--output', '--query', '--endpoint-url'].includes(option));
  const best = options.find(([option, [value]]) => value !== undefined && first !== '' && option.includes(first)) ?? options.find(([option, [value]]) => value !== undefined && /(?:name|id|identifier|arn|ids|url|bucket)$/.test(option));
  return best?.[1][0]?.text ?? call.operands.slice(2).map((word) => word.text).join(', ');
}

function effect(call: Call, { id, verb, kind, why, saferWay }: Omit<Listed, 'needs' | 'name'>, name: string): Effect {
  const { span, env, program } = call.invocation;
  const service = call.operands[0]?.text ?? '';
  const place = program === 'awslocal' ? 'http://localhost:4566' : optionValue(call, '--endpoint-url', '--profile')?.text;
  return {
    verb,
    resource: { kind, name, provider: 'AWS' },
    reversibility: 'irreversible',
    certainty: id === 'unlisted' ? 'likely' : 'certain',
    rule: `aws/${id}`,
    why: sentence(why, name, kind),
    saferWay,
    docs: /^[\w-]+$/.test(service) ? `${reference}/${service}/` : `${reference}/`,
    target: { by: 'named', system: 'aws', ...(place === undefined ? {} : { name: place }) },
    env,
    ...(span ? { span } : {}),
  };
}
