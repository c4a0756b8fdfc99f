import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import { placeOf, readNamed } from '../inputs.ts';
import { isRecord, parseJson } from '../json.ts';
import type { Effect, Verb } from '../effect.ts';
import { own } from '../own.ts';
import type { Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';
import { knownWord, textOf } from '../shell/word.ts';
import { namedTarget } from '../target.ts';
import { destructiveName, readVerbs, wordsOfName } from '../verbs.ts';

const reference = 'https://docs.aws.amazon.com/cli/latest/reference';

/** What the verb of an operation does not say. */
interface Listed {
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly why: string;
  readonly saferWay: string;
  /** At least one of these options must be given. */
  readonly needs?: readonly string[];
  /** One of these options must be given with a value that fits; what stands in a file counts as fitting. */
  readonly value?: { readonly of: readonly string[]; readonly fits: RegExp };
  /** The option that names the resource; absent: the last operand. */
  readonly name?: string;
  /** Backups, snapshots, versions or retention go. */
  readonly backup?: boolean;
}

const leave = 'Leave backups and protection as they are.';
const grant = 'Let a person grant permissions.';

/** Databases of RDS and of the services that share its commands. */
function databaseOperations(service: string): Readonly<Record<string, readonly Listed[]>> {
  const instance = '--db-instance-identifier';
  const cluster = '--db-cluster-identifier';
  const off = (name: string): readonly Listed[] => [
    { id: 'rds-backups-off', verb: 'revoke', kind: 'database', name, backup: true, value: { of: ['--backup-retention-period'], fits: /^0$/ }, why: 'Turns off the automated backups of {name}; those that exist are deleted.', saferWay: leave },
    { id: 'rds-unprotect', verb: 'revoke', kind: 'database', name, needs: ['--no-deletion-protection'], why: 'Takes the protection from deletion off {name}.', saferWay: leave },
    { id: 'rds-password', verb: 'revoke', kind: 'database', name, needs: ['--master-user-password', '--rotate-master-user-password'], why: 'Changes the master password of {name}: whatever uses it can no longer connect.', saferWay: 'Let a person rotate passwords.' },
    { id: 'rds-retention', verb: 'revoke', kind: 'database', name, backup: true, needs: ['--backup-retention-period'], why: 'Changes how long backups of {name} are kept; older ones are deleted.', saferWay: leave },
  ];
  return {
    [`${service} delete-db-instance`]: [{ id: 'rds-delete', verb: 'delete', kind: 'database', name: instance, why: 'Deletes the database {name} with all its data and automated backups.', saferWay: 'Take a final snapshot and check it.' }],
    [`${service} delete-db-cluster`]: [{ id: 'rds-delete-cluster', verb: 'delete', kind: 'database cluster', name: cluster, why: 'Deletes the database cluster {name} with all its data and automated backups.', saferWay: 'Take a final snapshot and check it.' }],
    [`${service} modify-db-instance`]: off(instance),
    [`${service} modify-db-cluster`]: off(cluster),
    [`${service} promote-read-replica`]: [{ id: 'rds-promote', verb: 'stop', kind: 'replica', name: instance, why: 'Parts the replica {name} from its source for good.', saferWay: 'Let a person promote it.' }],
  };
}

const message: Listed = { id: 'message-send', verb: 'publish', kind: 'message', why: 'Sends a mail or message to people, which cannot be taken back.', saferWay: 'Show it to the person, who can send it.' };

const listed: Readonly<Record<string, readonly Listed[]>> = {
  ...Object.fromEntries(['ses send-email', 'ses send-raw-email', 'ses send-templated-email', 'ses send-bulk-templated-email', 'ses send-custom-verification-email', 'sesv2 send-email', 'sesv2 send-bulk-email', 'sns publish', 'sns publish-batch', 'pinpoint send-messages', 'pinpoint-sms-voice-v2 send-text-message', 'connect send-chat-integration-event'].map((operation) => [operation, [message]])),
  's3 rm': [
    { id: 's3-rm-recursive', verb: 'delete', kind: 'objects', needs: ['--recursive'], why: 'Deletes every object in {name}.', saferWay: 'List them first: add --dryrun.' },
    { id: 's3-rm', verb: 'delete', kind: 'object', why: 'Deletes {name}.', saferWay: 'Look at it first: add --dryrun.' },
  ],
  's3 rb': [{ id: 's3-rb', verb: 'delete', kind: 'bucket', why: 'Deletes the bucket {name}; with --force every object in it goes too.', saferWay: 'List what it holds: aws s3 ls.' }],
  's3 sync': [{ id: 's3-sync-delete', verb: 'delete', kind: 'objects', needs: ['--delete'], why: 'Deletes from {name} whatever the source lacks.', saferWay: 'List what would go: add --dryrun.' }],
  's3 mv': [{ id: 's3-mv-recursive', verb: 'overwrite', kind: 'objects', needs: ['--recursive'], why: 'Moves everything to {name}, over what is there.', saferWay: 'Copy first, and delete when the copy is checked.' }],
  's3api put-bucket-lifecycle-configuration': [{ id: 's3-lifecycle', verb: 'delete', kind: 'objects', name: '--bucket', backup: true, why: 'Replaces the rules by which {name} deletes its own objects and their versions.', saferWay: 'Read the present rules first.' }],
  's3api put-bucket-lifecycle': [{ id: 's3-lifecycle', verb: 'delete', kind: 'objects', name: '--bucket', backup: true, why: 'Replaces the rules by which {name} deletes its own objects and their versions.', saferWay: 'Read the present rules first.' }],
  's3api put-bucket-versioning': [{ id: 's3-versioning', verb: 'revoke', kind: 'bucket', name: '--bucket', backup: true, value: { of: ['--versioning-configuration'], fits: /suspended|mfadelete["'=:\s]*disabled/i }, why: 'Has {name} keep no more old versions of what is overwritten or deleted.', saferWay: 'Leave versioning on.' }],
  's3api put-bucket-policy': [{ id: 's3-policy', verb: 'overwrite', kind: 'bucket policy', name: '--bucket', why: 'Replaces the whole access policy of {name}: what the new one leaves out is lost, and who may reach the data changes.', saferWay: 'Keep the present policy first: aws s3api get-bucket-policy.' }],
  's3api put-bucket-acl': [{ id: 's3-acl', verb: 'publish', kind: 'bucket', name: '--bucket', needs: ['--acl', '--grant-read', '--grant-write', '--grant-full-control', '--access-control-policy'], why: 'Changes who may read or write {name}.', saferWay: 'Look first: aws s3api get-bucket-acl.' }],
  's3api put-public-access-block': [{ id: 's3-public', verb: 'publish', kind: 'bucket', name: '--bucket', value: { of: ['--public-access-block-configuration'], fits: /false/i }, why: 'Lets {name} be made public.', saferWay: 'Leave public access blocked.' }],
  's3api put-bucket-replication': [{ id: 's3-replication', verb: 'overwrite', kind: 'bucket', name: '--bucket', backup: true, why: 'Replaces the rules by which {name} is copied elsewhere.', saferWay: 'Read the present rules first.' }],
  's3api put-bucket-notification-configuration': [{ id: 's3-notifications', verb: 'overwrite', kind: 'bucket notifications', name: '--bucket', why: 'Replaces every notification of {name}: what the new list leaves out is no longer called.', saferWay: 'Read the present list first.' }],
  's3api put-object-legal-hold': [{ id: 's3-hold', verb: 'revoke', kind: 'object', name: '--key', backup: true, value: { of: ['--legal-hold'], fits: /off/i }, why: 'Takes the hold off {name} that keeps it from being deleted.', saferWay: leave }],
  's3api put-object-retention': [{ id: 's3-retention', verb: 'revoke', kind: 'object', name: '--key', backup: true, needs: ['--bypass-governance-retention'], why: 'Shortens how long {name} is kept from being deleted.', saferWay: leave }],
  ...databaseOperations('rds'),
  ...databaseOperations('docdb'),
  ...databaseOperations('neptune'),
  'redshift modify-cluster': [{ id: 'redshift-backups', verb: 'revoke', kind: 'data warehouse', name: '--cluster-identifier', backup: true, needs: ['--automated-snapshot-retention-period', '--manual-snapshot-retention-period', '--master-user-password'], why: 'Changes how {name} is backed up or its password.', saferWay: leave }],
  'elasticache modify-replication-group': [{ id: 'elasticache-backups', verb: 'revoke', kind: 'cache', name: '--replication-group-id', backup: true, value: { of: ['--snapshot-retention-limit'], fits: /^0$/ }, why: 'Turns off the backups of {name}.', saferWay: leave }],
  'fsx update-file-system': [{ id: 'fsx-backups', verb: 'revoke', kind: 'file system', name: '--file-system-id', backup: true, value: { of: ['--windows-configuration', '--lustre-configuration', '--ontap-configuration', '--open-zfs-configuration'], fits: /AutomaticBackupRetentionDays["'=:\s]*0/i }, why: 'Turns off the backups of {name} and deletes those that exist.', saferWay: leave }],
  'efs put-backup-policy': [{ id: 'efs-backups', verb: 'revoke', kind: 'file system', name: '--file-system-id', backup: true, value: { of: ['--backup-policy'], fits: /disabled/i }, why: 'Turns off the backups of {name}.', saferWay: leave }],
  'backup update-backup-plan': [{ id: 'backup-plan', verb: 'overwrite', kind: 'backup plan', name: '--backup-plan-id', backup: true, why: 'Replaces the plan {name}: what the new one leaves out is no longer backed up, or kept for less long.', saferWay: 'Keep the present plan first: aws backup get-backup-plan.' }],
  'backup update-recovery-point-lifecycle': [{ id: 'backup-lifecycle', verb: 'revoke', kind: 'backup', name: '--recovery-point-arn', backup: true, why: 'Changes when the backup {name} is deleted.', saferWay: leave }],
  'dynamodb update-continuous-backups': [{ id: 'dynamodb-backups', verb: 'revoke', kind: 'table', name: '--table-name', backup: true, value: { of: ['--point-in-time-recovery-specification'], fits: /PointInTimeRecoveryEnabled["'=:\s]*false/i }, why: 'Has {name} no longer kept so that it can be brought back to an earlier state.', saferWay: 'Leave recovery on.' }],
  'dynamodb update-table': [{ id: 'dynamodb-unprotect', verb: 'revoke', kind: 'table', name: '--table-name', needs: ['--no-deletion-protection-enabled'], why: 'Takes the protection from deletion off {name}.', saferWay: leave }],
  'dynamodb update-time-to-live': [{ id: 'dynamodb-ttl', verb: 'delete', kind: 'table', name: '--table-name', value: { of: ['--time-to-live-specification'], fits: /Enabled["'=:\s]*true/i }, why: 'Has items of {name} deleted as soon as the time in them is past.', saferWay: 'Check first which items that would be.' }],
  'dynamodb batch-write-item': [{ id: 'dynamodb-batch-delete', verb: 'delete', kind: 'items', value: { of: ['--request-items'], fits: /DeleteRequest/ }, why: 'Deletes items from a table.', saferWay: 'Read them first: aws dynamodb batch-get-item.' }],
  'ec2 terminate-instances': [{ id: 'ec2-terminate', verb: 'delete', kind: 'instance', name: '--instance-ids', why: 'Terminates {name}: the machine and its own disks are gone.', saferWay: 'Stop it instead: aws ec2 stop-instances.' }],
  'ec2 stop-instances': [{ id: 'ec2-stop', verb: 'stop', kind: 'instance', name: '--instance-ids', why: 'Stops {name} and whatever it serves; what is on its own temporary disks is lost.', saferWay: 'Look first at what runs on it.' }],
  'ec2 modify-instance-attribute': [
    { id: 'ec2-unprotect', verb: 'revoke', kind: 'instance', name: '--instance-id', needs: ['--no-disable-api-termination', '--no-disable-api-stop'], why: 'Takes the protection from termination off {name}.', saferWay: leave },
    { id: 'ec2-unprotect', verb: 'revoke', kind: 'instance', name: '--instance-id', value: { of: ['--disable-api-termination', '--disable-api-stop'], fits: /false/i }, why: 'Takes the protection from termination off {name}.', saferWay: leave },
    { id: 'ec2-shutdown-terminates', verb: 'revoke', kind: 'instance', name: '--instance-id', value: { of: ['--instance-initiated-shutdown-behavior'], fits: /terminate/i }, why: 'Has {name} terminated, disks and all, when it is shut down.', saferWay: leave },
    { id: 'ec2-delete-on-termination', verb: 'revoke', kind: 'disk', name: '--instance-id', value: { of: ['--block-device-mappings'], fits: /DeleteOnTermination["'=:\s]*true/i }, why: 'Has disks of {name} deleted together with it.', saferWay: leave },
  ],
  'ec2 replace-route': [{ id: 'ec2-route', verb: 'overwrite', kind: 'route', name: '--route-table-id', why: 'Sends traffic of {name} another way.', saferWay: 'Keep the present routes first: aws ec2 describe-route-tables.' }],
  'cloudformation update-stack': [{ id: 'cloudformation-update', verb: 'overwrite', kind: 'stack', name: '--stack-name', why: 'Changes the stack {name}; resources may be replaced or deleted.', saferWay: 'Make a change set and look at it.' }],
  'cloudformation update-stack-set': [{ id: 'cloudformation-update', verb: 'overwrite', kind: 'stack set', name: '--stack-set-name', why: 'Changes the stacks of {name} in every account; resources may be replaced or deleted.', saferWay: 'Make a change set and look at it.' }],
  'cloudformation execute-change-set': [{ id: 'cloudformation-execute', verb: 'overwrite', kind: 'change set', name: '--change-set-name', why: 'Carries out {name}; resources may be replaced or deleted.', saferWay: 'Look at it first: aws cloudformation describe-change-set.' }],
  'cloudformation update-termination-protection': [{ id: 'cloudformation-unprotect', verb: 'revoke', kind: 'stack', name: '--stack-name', needs: ['--no-enable-termination-protection'], why: 'Takes the protection from deletion off {name}.', saferWay: leave }],
  'cloudformation set-stack-policy': [{ id: 'cloudformation-policy', verb: 'overwrite', kind: 'stack policy', name: '--stack-name', why: 'Replaces what protects the resources of {name} from being changed.', saferWay: 'Keep the present policy first: aws cloudformation get-stack-policy.' }],
  'cloudformation rollback-stack': [{ id: 'cloudformation-rollback', verb: 'overwrite', kind: 'stack', name: '--stack-name', why: 'Puts the stack {name} back to an earlier state.', saferWay: 'Look first: aws cloudformation describe-stack-events.' }],
  'kms schedule-key-deletion': [{ id: 'kms-key', verb: 'delete', kind: 'key', name: '--key-id', why: 'Has the key {name} deleted: what it encrypted can never be read again.', saferWay: 'Disable the key instead.' }],
  'kms put-key-policy': [{ id: 'kms-policy', verb: 'overwrite', kind: 'key policy', name: '--key-id', why: 'Replaces who may use the key {name}; a mistake locks everybody out of what it encrypted.', saferWay: 'Keep the present policy first: aws kms get-key-policy.' }],
  'route53domains update-domain-nameservers': [{ id: 'domain-nameservers', verb: 'overwrite', kind: 'domain', name: '--domain-name', why: 'Hands the domain {name} to other name servers: sites and mail may become unreachable.', saferWay: 'Let a person do it.' }],
  'route53domains transfer-domain-to-another-aws-account': [{ id: 'domain-transfer', verb: 'revoke', kind: 'domain', name: '--domain-name', why: 'Gives the domain {name} away.', saferWay: 'Let a person do it.' }],
  'iam attach-user-policy': [{ id: 'iam-attach', verb: 'revoke', kind: 'permissions', name: '--user-name', why: 'Changes what {name} may do.', saferWay: grant }],
  'iam attach-role-policy': [{ id: 'iam-attach-role', verb: 'revoke', kind: 'permissions', name: '--role-name', why: 'Changes what {name} may do.', saferWay: grant }],
  'iam attach-group-policy': [{ id: 'iam-attach-group', verb: 'revoke', kind: 'permissions', name: '--group-name', why: 'Changes what everybody in {name} may do.', saferWay: grant }],
  'iam put-user-policy': [{ id: 'iam-put-policy', verb: 'overwrite', kind: 'permissions', name: '--user-name', why: 'Writes a policy of {name}, over the one of that name.', saferWay: grant }],
  'iam put-role-policy': [{ id: 'iam-put-policy', verb: 'overwrite', kind: 'permissions', name: '--role-name', why: 'Writes a policy of {name}, over the one of that name.', saferWay: grant }],
  'iam put-group-policy': [{ id: 'iam-put-policy', verb: 'overwrite', kind: 'permissions', name: '--group-name', why: 'Writes a policy of {name}, over the one of that name.', saferWay: grant }],
  'iam create-policy-version': [{ id: 'iam-policy-version', verb: 'overwrite', kind: 'policy', name: '--policy-arn', needs: ['--set-as-default'], why: 'Replaces what the policy {name} allows, for everybody who has it.', saferWay: grant }],
  'iam set-default-policy-version': [{ id: 'iam-policy-version', verb: 'overwrite', kind: 'policy', name: '--policy-arn', why: 'Replaces what the policy {name} allows, for everybody who has it.', saferWay: grant }],
  'iam update-assume-role-policy': [{ id: 'iam-trust', verb: 'overwrite', kind: 'role', name: '--role-name', why: 'Replaces who may act as {name}; whoever is left out loses access.', saferWay: 'Keep the present policy first: aws iam get-role.' }],
  'iam update-access-key': [{ id: 'iam-key-off', verb: 'revoke', kind: 'access key', name: '--access-key-id', value: { of: ['--status'], fits: /inactive/i }, why: 'Turns off the key {name}: whatever uses it stops working.', saferWay: 'Look first: aws iam get-access-key-last-used.' }],
  'iam update-login-profile': [{ id: 'iam-login', verb: 'revoke', kind: 'login', name: '--user-name', needs: ['--password'], why: 'Changes the password of {name}.', saferWay: 'Let a person do it.' }],
  'organizations close-account': [{ id: 'account-close', verb: 'delete', kind: 'account', name: '--account-id', why: 'Closes the account {name} with everything in it.', saferWay: 'Let a person do it.' }],
  'lambda put-function-concurrency': [{ id: 'lambda-off', verb: 'stop', kind: 'function', name: '--function-name', value: { of: ['--reserved-concurrent-executions'], fits: /^0$/ }, why: 'Keeps {name} from running at all.', saferWay: 'Lower it in small steps.' }],
  'lambda update-function-configuration': [{ id: 'lambda-environment', verb: 'overwrite', kind: 'environment variables', name: '--function-name', needs: ['--environment'], why: 'Replaces every environment variable of {name}: those that are not named again are lost.', saferWay: 'Read them first: aws lambda get-function-configuration.' }],
  'lambda update-event-source-mapping': [{ id: 'lambda-source-off', verb: 'stop', kind: 'event source', name: '--uuid', needs: ['--no-enabled'], why: 'Has events no longer handled by the function.', saferWay: 'Let a person stop it.' }],
  'autoscaling update-auto-scaling-group': [{ id: 'autoscaling-zero', verb: 'stop', kind: 'group', name: '--auto-scaling-group-name', value: { of: ['--desired-capacity', '--max-size'], fits: /^0$/ }, why: 'Terminates every machine of {name}.', saferWay: 'Lower it in small steps.' }],
  'autoscaling set-desired-capacity': [{ id: 'autoscaling-zero', verb: 'stop', kind: 'group', name: '--auto-scaling-group-name', value: { of: ['--desired-capacity'], fits: /^0$/ }, why: 'Terminates every machine of {name}.', saferWay: 'Lower it in small steps.' }],
  'ecs update-service': [{ id: 'ecs-scale', verb: 'stop', kind: 'service', name: '--service', value: { of: ['--desired-count'], fits: /^0$/ }, why: 'Stops every copy of {name}.', saferWay: 'Lower it in small steps.' }],
  'eks update-nodegroup-config': [{ id: 'eks-scale', verb: 'stop', kind: 'node group', name: '--nodegroup-name', value: { of: ['--scaling-config'], fits: /(?:desiredSize|maxSize)["'=:\s]*0\b/ }, why: 'Terminates every node of {name}.', saferWay: 'Lower it in small steps.' }],
  'elbv2 modify-listener': [{ id: 'elb-listener', verb: 'overwrite', kind: 'listener', name: '--listener-arn', needs: ['--default-actions'], why: 'Sends the traffic of {name} somewhere else.', saferWay: 'Keep the present actions first: aws elbv2 describe-listeners.' }],
  'elbv2 modify-load-balancer-attributes': [{ id: 'elb-unprotect', verb: 'revoke', kind: 'load balancer', name: '--load-balancer-arn', value: { of: ['--attributes'], fits: /deletion_protection\.enabled.*false/is }, why: 'Takes the protection from deletion off {name}.', saferWay: leave }],
  'cloudfront update-distribution': [{ id: 'cloudfront-update', verb: 'overwrite', kind: 'distribution', name: '--id', why: 'Replaces the whole configuration of {name}.', saferWay: 'Keep the present one first: aws cloudfront get-distribution-config.' }],
  'secretsmanager update-secret': [{ id: 'secret-overwrite', verb: 'overwrite', kind: 'secret', name: '--secret-id', needs: ['--secret-string', '--secret-binary', '--kms-key-id', '--cli-input-json', '--cli-input-yaml'], why: 'Replaces the current value or key of {name}: whatever reads it gets the new one at once.', saferWay: 'Let a person change secrets.' }],
  'secretsmanager put-secret-value': [{ id: 'secret-overwrite', verb: 'overwrite', kind: 'secret', name: '--secret-id', why: 'Replaces the current value of {name}: whatever reads it gets the new one at once.', saferWay: 'Let a person change secrets.' }],
  'secretsmanager update-secret-version-stage': [{ id: 'secret-stage', verb: 'overwrite', kind: 'secret', name: '--secret-id', why: 'Makes another version of {name} the current one.', saferWay: 'Look first: aws secretsmanager list-secret-version-ids.' }],
  'secretsmanager rotate-secret': [{ id: 'secret-rotate', verb: 'revoke', kind: 'secret', name: '--secret-id', why: 'Replaces the password behind {name}: whatever keeps the old one stops working.', saferWay: 'Let a person rotate secrets.' }],
  'ssm put-parameter': [{ id: 'parameter-overwrite', verb: 'overwrite', kind: 'parameter', name: '--name', needs: ['--overwrite'], why: 'Replaces the value of {name}.', saferWay: 'Keep the present value first: aws ssm get-parameter.' }],
  'sqs set-queue-attributes': [{ id: 'queue-retention', verb: 'delete', kind: 'queue', name: '--queue-url', value: { of: ['--attributes'], fits: /MessageRetentionPeriod/ }, why: 'Changes how long {name} keeps messages; older ones are deleted.', saferWay: leave }],
  'logs put-retention-policy': [{ id: 'logs-retention', verb: 'delete', kind: 'log group', name: '--log-group-name', backup: true, why: 'Has {name} delete log entries that are older.', saferWay: 'Export them first: aws logs create-export-task.' }],
  'ecr put-lifecycle-policy': [{ id: 'ecr-lifecycle', verb: 'delete', kind: 'images', name: '--repository-name', why: 'Has {name} delete images by rule, the deployed ones too.', saferWay: 'Show what would go: aws ecr start-lifecycle-policy-preview.' }],
  'ecr set-repository-policy': [{ id: 'ecr-policy', verb: 'overwrite', kind: 'repository policy', name: '--repository-name', why: 'Replaces who may pull from and push to {name}.', saferWay: 'Keep the present policy first: aws ecr get-repository-policy.' }],
  'cognito-idp update-user-pool': [{ id: 'cognito-update', verb: 'overwrite', kind: 'user pool', name: '--user-pool-id', why: 'Sets everything of {name} that is not named again back to its default: triggers, mail and sign-in settings.', saferWay: 'Read it first and name all of it: aws cognito-idp describe-user-pool.' }],
  'cognito-idp update-user-pool-client': [{ id: 'cognito-update', verb: 'overwrite', kind: 'app client', name: '--client-id', why: 'Sets everything of {name} that is not named again back to its default: callbacks and sign-in settings.', saferWay: 'Read it first and name all of it: aws cognito-idp describe-user-pool-client.' }],
  'cognito-idp admin-set-user-password': [{ id: 'cognito-password', verb: 'revoke', kind: 'user', name: '--username', why: 'Changes the password of {name}, who is locked out.', saferWay: 'Let the person reset it.' }],
  'cognito-idp admin-user-global-sign-out': [{ id: 'cognito-sign-out', verb: 'revoke', kind: 'user', name: '--username', why: 'Signs {name} out everywhere.', saferWay: 'Let a person do it.' }],
  'apigateway put-rest-api': [{ id: 'api-overwrite', verb: 'overwrite', kind: 'API', name: '--rest-api-id', value: { of: ['--mode'], fits: /overwrite/i }, why: 'Replaces the whole API {name}: paths that are not in the file go.', saferWay: 'Export it first, and use --mode merge.' }],
  'apigatewayv2 reimport-api': [{ id: 'api-overwrite', verb: 'overwrite', kind: 'API', name: '--api-id', why: 'Replaces the whole API {name}: routes that are not in the file go.', saferWay: 'Export it first: aws apigatewayv2 export-api.' }],
  'ses update-account-sending-enabled': [{ id: 'ses-off', verb: 'stop', kind: 'mail', needs: ['--no-enabled'], why: 'Stops all mail of the account.', saferWay: 'Let a person stop it.' }],
  'events put-rule': [{ id: 'events-off', verb: 'stop', kind: 'rule', name: '--name', value: { of: ['--state'], fits: /disabled/i }, why: 'Has the rule {name} no longer do anything.', saferWay: 'Let a person stop it.' }],
  'elasticbeanstalk terminate-environment': [{ id: 'beanstalk-terminate', verb: 'delete', kind: 'environment', name: '--environment-name', why: 'Terminates {name} with its machines and the database that belongs to it.', saferWay: 'List what it holds first and let a person terminate it.' }],
  'elasticbeanstalk rebuild-environment': [{ id: 'beanstalk-rebuild', verb: 'delete', kind: 'environment', name: '--environment-name', why: 'Deletes every resource of {name}, its database too, and builds it anew.', saferWay: 'Deploy a version instead.' }],
  'elasticbeanstalk swap-environment-cnames': [{ id: 'beanstalk-swap', verb: 'overwrite', kind: 'environment', name: '--source-environment-name', why: 'Sends visitors of {name} to the other environment.', saferWay: 'Let a person switch.' }],
  'emr terminate-clusters': [{ id: 'emr-terminate', verb: 'delete', kind: 'cluster', name: '--cluster-ids', why: 'Terminates {name}: what is on its own disks is lost.', saferWay: 'Copy the data out first.' }],
  'workspaces terminate-workspaces': [{ id: 'workspaces-terminate', verb: 'delete', kind: 'workspace', name: '--terminate-workspace-requests', why: 'Deletes the workspace {name} with everything on it.', saferWay: 'Let a person do it.' }],
  'workspaces rebuild-workspaces': [{ id: 'workspaces-rebuild', verb: 'delete', kind: 'workspace', name: '--rebuild-workspace-requests', why: 'Makes the workspace {name} anew: what was installed on it is lost.', saferWay: 'Let a person do it.' }],
  'dms start-replication-task': [{ id: 'dms-reload', verb: 'truncate', kind: 'target tables', name: '--replication-task-arn', value: { of: ['--start-replication-task-type'], fits: /reload-target/i }, why: 'Loads every target table of {name} anew, over what is there.', saferWay: 'Resume it: --start-replication-task-type resume-processing.' }],
};

/** Operations that run SQL, with the option that holds it. */
const sqlOperations: Readonly<Record<string, { readonly option: string; readonly field: string; readonly client: string }>> = {
  'athena start-query-execution': { option: '--query-string', field: 'QueryString', client: 'athena' },
  'rds-data execute-statement': { option: '--sql', field: 'sql', client: 'aurora' },
  'rds-data batch-execute-statement': { option: '--sql', field: 'sql', client: 'aurora' },
  'redshift-data execute-statement': { option: '--sql', field: 'Sql', client: 'redshift' },
  'dynamodb execute-statement': { option: '--statement', field: 'Statement', client: 'dynamodb' },
};

/** First words of operations that lose something with AWS, besides those of the verb rule. */
const verbs: Readonly<Record<string, Verb>> = {
  stop: 'stop', reboot: 'stop', suspend: 'stop', pause: 'stop', failover: 'stop', disable: 'stop', detach: 'revoke', disassociate: 'revoke', deactivate: 'revoke', retire: 'revoke',
  release: 'delete', unsubscribe: 'delete', decrease: 'delete', close: 'delete', leave: 'delete', dispose: 'delete', deprovision: 'delete',
};

/** Words before the verb: `batch-delete-image`, `admin-disable-user`. */
const beforeVerb: ReadonlySet<string> = new Set(['batch', 'admin', 'bulk']);

/** What ends by itself and can be asked again, and notes on resources. */
const light = /^(?:stop-(?:query|session|calculation)|delete-tags?$|remove-tags?-|flush-stage)/;

export const rule: Rule = {
  tool: 'aws',
  title: 'AWS',
  programs: ['aws', 'awslocal', 'aws2'],
  docs: `${reference}/`,
  // Those that may stand before the service; after it each option's values are read up to the next option.
  valueOptions: ['--profile', '--region', '--output', '--query', '--endpoint-url', '--color', '--ca-bundle', '--cli-read-timeout', '--cli-connect-timeout', '--cli-binary-format', '--cli-error-format', '--include', '--exclude', '--acl', '--storage-class'],
  safeOptions: ['--generate-cli-skeleton'],
  operations: [],
  inspect,
  controlPlane: {
    hosts: ['*.amazonaws.com', '*.amazonaws.com.cn', '*.api.aws'],
    paths: [
      { id: 'api-lambda-delete', request: 'DELETE /2015-03-31/functions/:function', verb: 'delete', kind: 'function', reversibility: 'irreversible', name: ['function'], why: 'Deletes the function {name} with every version of it.', saferWay: 'Let a person delete it.' },
      { id: 'api-zone-change', request: 'POST /2013-04-01/hostedzone/:zone/rrset', verb: 'overwrite', kind: 'DNS records', reversibility: 'irreversible', name: ['zone'], why: 'Changes DNS records in {name}; what they point to may become unreachable.', saferWay: 'List the records first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'aws sesv2 send-email --from-email-address a@example.com --destination ToAddresses=b@example.com --content file://m.json', by: 'message-send' },
      { command: 'aws sns publish --topic-arn arn:aws:sns:eu-west-1:1:all --message hi', by: 'message-send' },
      { command: 'aws s3 rm s3://bucket/prefix --recursive', by: 's3-rm-recursive' },
      { command: 'aws s3 rm s3://bucket/file', by: 's3-rm' },
      { command: 'aws s3 rb s3://bucket --force', by: 's3-rb' },
      { command: 'aws s3 sync dist s3://site --delete', by: 's3-sync-delete' },
      { command: 'aws s3 mv s3://a s3://b --recursive', by: 's3-mv-recursive' },
      { command: 'aws s3api put-bucket-lifecycle-configuration --bucket logs --lifecycle-configuration file://l.json', by: 's3-lifecycle' },
      { command: 'aws s3api put-bucket-lifecycle --bucket logs --lifecycle-configuration file://l.json', by: 's3-lifecycle' },
      { command: 'aws s3api put-bucket-versioning --bucket data --versioning-configuration Status=Suspended', by: 's3-versioning' },
      { command: `aws s3api put-bucket-versioning --bucket data --versioning-configuration '{"Status": "Suspended"}'`, by: 's3-versioning' },
      { command: 'aws s3api put-bucket-policy --bucket data --policy file://p.json', by: 's3-policy' },
      { command: 'aws s3api put-bucket-acl --bucket data --acl public-read', by: 's3-acl' },
      { command: 'aws s3api put-public-access-block --bucket data --public-access-block-configuration BlockPublicAcls=false,IgnorePublicAcls=false', by: 's3-public' },
      { command: 'aws s3api put-bucket-replication --bucket data --replication-configuration file://r.json', by: 's3-replication' },
      { command: `aws s3api put-bucket-notification-configuration --bucket data --notification-configuration '{}'`, by: 's3-notifications' },
      { command: 'aws s3api put-object-legal-hold --bucket data --key a.pdf --legal-hold Status=OFF', by: 's3-hold' },
      { command: 'aws s3api put-object-retention --bucket data --key a.pdf --retention file://r.json --bypass-governance-retention', by: 's3-retention' },
      { command: 'aws s3api delete-bucket --bucket data', by: 'unlisted' },
      { command: 'aws rds delete-db-instance --db-instance-identifier main --skip-final-snapshot', by: 'rds-delete' },
      { command: 'aws rds delete-db-cluster --db-cluster-identifier main', by: 'rds-delete-cluster' },
      { command: 'aws docdb delete-db-cluster --db-cluster-identifier docs --skip-final-snapshot', by: 'rds-delete-cluster' },
      { command: 'aws rds delete-db-snapshot --db-snapshot-identifier s1', by: 'unlisted' },
      { command: 'aws rds modify-db-instance --db-instance-identifier main --backup-retention-period 0', by: 'rds-backups-off' },
      { command: 'aws rds modify-db-instance --backup-retention-period=0 --db-instance-identifier main --apply-immediately', by: 'rds-backups-off' },
      { command: 'aws neptune modify-db-cluster --db-cluster-identifier graph --no-deletion-protection', by: 'rds-unprotect' },
      { command: 'aws rds modify-db-cluster --db-cluster-identifier main --master-user-password hunter', by: 'rds-password' },
      { command: 'aws rds modify-db-instance --db-instance-identifier main --backup-retention-period 1', by: 'rds-retention' },
      { command: 'aws rds promote-read-replica --db-instance-identifier replica', by: 'rds-promote' },
      { command: 'aws rds stop-db-instance --db-instance-identifier main', by: 'unlisted' },
      { command: 'aws rds reboot-db-instance --db-instance-identifier main --force-failover', by: 'unlisted' },
      { command: 'aws redshift modify-cluster --cluster-identifier dw --automated-snapshot-retention-period 0', by: 'redshift-backups' },
      { command: 'aws elasticache modify-replication-group --replication-group-id sessions --snapshot-retention-limit 0', by: 'elasticache-backups' },
      { command: 'aws fsx update-file-system --file-system-id fs-1 --lustre-configuration AutomaticBackupRetentionDays=0', by: 'fsx-backups' },
      { command: 'aws efs put-backup-policy --file-system-id fs-1 --backup-policy Status=DISABLED', by: 'efs-backups' },
      { command: 'aws backup update-backup-plan --backup-plan-id p --backup-plan file://p.json', by: 'backup-plan' },
      { command: 'aws backup update-recovery-point-lifecycle --backup-vault-name v --recovery-point-arn r --lifecycle DeleteAfterDays=1', by: 'backup-lifecycle' },
      { command: 'aws backup delete-recovery-point --backup-vault-name v --recovery-point-arn r', by: 'unlisted' },
      { command: 'aws --profile prod ec2 terminate-instances --instance-ids i-1 i-2', by: 'ec2-terminate' },
      { command: 'aws ec2 stop-instances --instance-ids i-1', by: 'ec2-stop' },
      { command: 'aws ec2 modify-instance-attribute --instance-id i-1 --no-disable-api-termination', by: 'ec2-unprotect' },
      { command: `aws ec2 modify-instance-attribute --instance-id i-1 --disable-api-termination '{"Value": false}'`, by: 'ec2-unprotect' },
      { command: 'aws ec2 modify-instance-attribute --instance-id i-1 --instance-initiated-shutdown-behavior terminate', by: 'ec2-shutdown-terminates' },
      { command: `aws ec2 modify-instance-attribute --instance-id i-1 --block-device-mappings 'DeviceName=/dev/sdb,Ebs={DeleteOnTermination=true}'`, by: 'ec2-delete-on-termination' },
      { command: 'aws ec2 replace-route --route-table-id rtb-1 --destination-cidr-block 0.0.0.0/0 --gateway-id igw-2', by: 'ec2-route' },
      { command: 'aws ec2 release-address --allocation-id eipalloc-1', by: 'unlisted' },
      { command: 'aws ec2 detach-volume --volume-id vol-1 --force', by: 'unlisted' },
      { command: 'aws ec2 deregister-image --image-id ami-1', by: 'unlisted' },
      { command: 'aws ec2 revoke-security-group-ingress --group-id sg-1 --protocol tcp --port 443 --cidr 0.0.0.0/0', by: 'unlisted' },
      { command: 'aws cloudformation delete-stack --stack-name web', by: 'unlisted' },
      { command: 'aws cloudformation delete-stack --stack-name web --dry-run', by: 'unlisted' },
      { command: 'aws s3 rm s3://bucket/logs --recursive --dry-run', by: 's3-rm-recursive' },
      { command: 'aws cloudformation update-stack --stack-name web --template-body file://t.yml', by: 'cloudformation-update' },
      { command: 'aws cloudformation update-stack-set --stack-set-name base --template-body file://t.yml', by: 'cloudformation-update' },
      { command: 'aws cloudformation execute-change-set --change-set-name c --stack-name web', by: 'cloudformation-execute' },
      { command: 'aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name web', by: 'cloudformation-unprotect' },
      { command: 'aws cloudformation set-stack-policy --stack-name web --stack-policy-body file://p.json', by: 'cloudformation-policy' },
      { command: 'aws cloudformation rollback-stack --stack-name web', by: 'cloudformation-rollback' },
      { command: 'aws kms schedule-key-deletion --key-id k', by: 'kms-key' },
      { command: 'aws kms put-key-policy --key-id k --policy-name default --policy file://p.json', by: 'kms-policy' },
      { command: 'aws kms disable-key --key-id k', by: 'unlisted' },
      { command: 'aws route53 change-resource-record-sets --hosted-zone-id z --change-batch file://c.json', by: 'route53-change' },
      { command: `aws route53 change-resource-record-sets --hosted-zone-id z --change-batch '{"Changes":[{"Action":"DELETE"}]}'`, by: 'route53-change' },
      { command: 'aws route53domains update-domain-nameservers --domain-name shop.example --nameservers Name=ns1.example', by: 'domain-nameservers' },
      { command: 'aws route53domains transfer-domain-to-another-aws-account --domain-name shop.example --account-id 1', by: 'domain-transfer' },
      { command: 'aws iam attach-user-policy --user-name u --policy-arn a', by: 'iam-attach' },
      { command: 'aws iam attach-role-policy --role-name r --policy-arn a', by: 'iam-attach-role' },
      { command: 'aws iam attach-group-policy --group-name g --policy-arn a', by: 'iam-attach-group' },
      { command: 'aws iam put-user-policy --user-name u --policy-name p --policy-document file://p.json', by: 'iam-put-policy' },
      { command: `aws iam put-role-policy --role-name r --policy-name p --policy-document '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'`, by: 'iam-put-policy' },
      { command: 'aws iam put-group-policy --group-name g --policy-name p --policy-document file://p.json', by: 'iam-put-policy' },
      { command: 'aws iam create-policy-version --policy-arn a --policy-document file://p.json --set-as-default', by: 'iam-policy-version' },
      { command: 'aws iam set-default-policy-version --policy-arn a --version-id v1', by: 'iam-policy-version' },
      { command: 'aws iam update-assume-role-policy --role-name r --policy-document file://t.json', by: 'iam-trust' },
      { command: 'aws iam update-access-key --access-key-id AKIA0 --status Inactive', by: 'iam-key-off' },
      { command: 'aws iam update-login-profile --user-name u --password x', by: 'iam-login' },
      { command: 'aws iam detach-role-policy --role-name r --policy-arn a', by: 'unlisted' },
      { command: 'aws iam deactivate-mfa-device --user-name u --serial-number s', by: 'unlisted' },
      { command: 'aws organizations close-account --account-id 1', by: 'account-close' },
      { command: 'aws organizations leave-organization', by: 'unlisted' },
      { command: 'aws dynamodb update-continuous-backups --table-name t --point-in-time-recovery-specification PointInTimeRecoveryEnabled=false', by: 'dynamodb-backups' },
      { command: 'aws dynamodb update-table --table-name t --no-deletion-protection-enabled', by: 'dynamodb-unprotect' },
      { command: 'aws dynamodb update-time-to-live --table-name t --time-to-live-specification Enabled=true,AttributeName=created', by: 'dynamodb-ttl' },
      { command: `aws dynamodb batch-write-item --request-items '{"orders":[{"DeleteRequest":{"Key":{"id":{"S":"1"}}}}]}'`, by: 'dynamodb-batch-delete' },
      { command: `aws dynamodb execute-statement --statement 'DELETE FROM orders'`, by: 'sql/delete-all' },
      { command: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name g --desired-capacity 0', by: 'autoscaling-zero' },
      { command: 'aws autoscaling set-desired-capacity --auto-scaling-group-name g --desired-capacity 0', by: 'autoscaling-zero' },
      { command: 'aws autoscaling suspend-processes --auto-scaling-group-name g', by: 'unlisted' },
      { command: 'aws ecs update-service --service web --desired-count 0', by: 'ecs-scale' },
      { command: 'aws ecs stop-task --task t --cluster shop', by: 'unlisted' },
      { command: 'aws eks update-nodegroup-config --cluster-name c --nodegroup-name n --scaling-config minSize=0,maxSize=3,desiredSize=0', by: 'eks-scale' },
      { command: 'aws elbv2 modify-listener --listener-arn l --default-actions Type=forward,TargetGroupArn=t', by: 'elb-listener' },
      { command: 'aws elbv2 modify-load-balancer-attributes --load-balancer-arn l --attributes Key=deletion_protection.enabled,Value=false', by: 'elb-unprotect' },
      { command: 'aws elbv2 deregister-targets --target-group-arn t --targets Id=i-1', by: 'unlisted' },
      { command: 'aws cloudfront update-distribution --id E1 --distribution-config file://d.json', by: 'cloudfront-update' },
      { command: 'aws lambda put-function-concurrency --function-name pay --reserved-concurrent-executions 0', by: 'lambda-off' },
      { command: `aws lambda update-function-configuration --function-name pay --environment 'Variables={A=1}'`, by: 'lambda-environment' },
      { command: 'aws lambda update-event-source-mapping --uuid u --no-enabled', by: 'lambda-source-off' },
      { command: 'aws secretsmanager update-secret --secret-id db --secret-string changed', by: 'secret-overwrite' },
      { command: 'aws secretsmanager put-secret-value --secret-id db --secret-string changed', by: 'secret-overwrite' },
      { command: 'aws secretsmanager update-secret-version-stage --secret-id db --version-stage AWSCURRENT --move-to-version-id v', by: 'secret-stage' },
      { command: 'aws secretsmanager rotate-secret --secret-id db', by: 'secret-rotate' },
      { command: 'aws secretsmanager delete-secret --secret-id db --force-delete-without-recovery', by: 'unlisted' },
      { command: 'aws ssm put-parameter --name /shop/url --value x --overwrite', by: 'parameter-overwrite' },
      { command: `aws ecs execute-command --cluster shop --task t1 --container web --interactive --command 'rm -rf /srv/app'`, by: 'rm/delete' },
      { command: `aws --profile live ecs execute-command --task t1 --interactive --command="psql -c 'DROP TABLE orders'"`, by: 'sql/drop-table' },
      { command: `aws ssm send-command --document-name AWS-RunShellScript --targets Key=tag:app,Values=web --parameters 'commands=["rm -rf /srv/app"]'`, by: 'rm/delete' },
      { command: `aws ssm send-command --instance-ids i-1 --document-name AWS-RunShellScript --parameters commands='systemctl stop nginx'`, by: 'systemctl/stop' },
      { command: 'aws sqs purge-queue --queue-url q', by: 'unlisted' },
      { command: 'aws sqs set-queue-attributes --queue-url q --attributes MessageRetentionPeriod=60', by: 'queue-retention' },
      { command: 'aws sns unsubscribe --subscription-arn s', by: 'unlisted' },
      { command: 'aws logs put-retention-policy --log-group-name /shop --retention-in-days 1', by: 'logs-retention' },
      { command: 'aws kinesis decrease-stream-retention-period --stream-name clicks --retention-period-hours 24', by: 'unlisted' },
      { command: 'aws ecr put-lifecycle-policy --repository-name shop --lifecycle-policy-text file://l.json', by: 'ecr-lifecycle' },
      { command: 'aws ecr set-repository-policy --repository-name shop --policy-text file://p.json', by: 'ecr-policy' },
      { command: 'aws ecr batch-delete-image --repository-name shop --image-ids imageTag=1', by: 'unlisted' },
      { command: 'aws cognito-idp update-user-pool --user-pool-id p --auto-verified-attributes email', by: 'cognito-update' },
      { command: 'aws cognito-idp update-user-pool-client --user-pool-id p --client-id c --callback-urls https://shop.example', by: 'cognito-update' },
      { command: 'aws cognito-idp admin-set-user-password --user-pool-id p --username u --password x --permanent', by: 'cognito-password' },
      { command: 'aws cognito-idp admin-user-global-sign-out --user-pool-id p --username u', by: 'cognito-sign-out' },
      { command: 'aws cognito-idp admin-disable-user --user-pool-id p --username u', by: 'unlisted' },
      { command: 'aws apigateway put-rest-api --rest-api-id a --mode overwrite --body file://api.json', by: 'api-overwrite' },
      { command: 'aws apigatewayv2 reimport-api --api-id a --body file://api.json', by: 'api-overwrite' },
      { command: 'aws ses update-account-sending-enabled --no-enabled', by: 'ses-off' },
      { command: 'aws events put-rule --name nightly --state DISABLED', by: 'events-off' },
      { command: 'aws elasticbeanstalk terminate-environment --environment-name shop', by: 'beanstalk-terminate' },
      { command: 'aws elasticbeanstalk rebuild-environment --environment-name shop', by: 'beanstalk-rebuild' },
      { command: 'aws elasticbeanstalk swap-environment-cnames --source-environment-name a --destination-environment-name b', by: 'beanstalk-swap' },
      { command: 'aws emr terminate-clusters --cluster-ids j-1', by: 'emr-terminate' },
      { command: 'aws workspaces terminate-workspaces --terminate-workspace-requests ws-1', by: 'workspaces-terminate' },
      { command: 'aws workspaces rebuild-workspaces --rebuild-workspace-requests ws-1', by: 'workspaces-rebuild' },
      { command: 'aws dms start-replication-task --replication-task-arn t --start-replication-task-type reload-target', by: 'dms-reload' },
      { command: `aws athena start-query-execution --query-string 'DROP TABLE shop.orders'`, by: 'sql/drop-table' },
      { command: `aws rds-data execute-statement --resource-arn r --secret-arn s --database shop --sql 'TRUNCATE orders'`, by: 'sql/truncate' },
      { command: `aws redshift-data execute-statement --cluster-identifier dw --sql 'DROP TABLE orders'`, by: 'sql/drop-table' },
      { command: 'aws athena start-query-execution --query-string file://q.sql', by: 'sql-unseen' },
      { command: 'aws athena start-query-execution --cli-input-json file://q.json', by: 'sql-unseen' },
      { command: 'curl -X DELETE https://lambda.eu-west-1.amazonaws.com/2015-03-31/functions/pay', by: 'api-lambda-delete' },
      { command: 'http DELETE https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/thumbnails', by: 'api-lambda-delete' },
      { command: 'curl -X POST https://route53.amazonaws.com/2013-04-01/hostedzone/Z1/rrset -d @c.xml', by: 'api-zone-change' },
      { command: 'curl --aws-sigv4 aws:amz:eu-west-1:ec2 "https://ec2.eu-west-1.amazonaws.com/?Action=TerminateInstances&InstanceId.1=i-1"', by: 'unlisted-request' },
      { command: `curl https://dynamodb.eu-west-1.amazonaws.com/ -H 'X-Amz-Target: DynamoDB_20120810.DeleteTable' -d '{"TableName":"t"}'`, by: 'unlisted-request' },
    ],
    passes: [
      'aws ses list-identities', 'aws sns list-topics', `aws athena start-query-execution --query-string 'SELECT 1'`, `aws athena start-query-execution --cli-input-json '{"QueryString": "SELECT 1"}'`, 'aws s3 ls s3://bucket/delete-me', 'aws s3 cp a s3://bucket/a', 'aws s3 rm s3://bucket --recursive --dryrun', 'aws s3 sync dist s3://site', 'aws ec2 describe-instances --filters Name=tag:x,Values=delete',
      'aws ec2 terminate-instances --instance-ids i-1 --dry-run', 'aws rds describe-db-instances', 'aws sts get-caller-identity', 'aws logs tail /aws/lambda/delete-user', 'aws rds modify-db-instance --db-instance-identifier main --db-instance-class db.t3.small', 'aws cloudformation describe-stacks', 'aws configure list',
      'aws ec2 describe-id-format', 'aws s3api put-bucket-versioning --bucket data --versioning-configuration Status=Enabled', 'aws ecs update-service --service web --desired-count 3', 'aws ecs update-service --service web --force-new-deployment', 'aws kms cancel-key-deletion --key-id k', 'aws ec2 delete-tags --resources i-1', 'aws athena stop-query-execution --query-execution-id q',
      'aws lambda update-function-configuration --function-name pay --timeout 30', 'aws secretsmanager describe-secret --secret-id db', 'aws ssm put-parameter --name /shop/new --value x', 'aws ec2 wait instance-terminated --instance-ids i-1', 'aws autoscaling set-desired-capacity --auto-scaling-group-name g --desired-capacity 4',
      'aws ecs execute-command --cluster shop --task t1 --interactive --command "ls /srv/app"', 'aws ecs execute-command --task t1 --interactive --command /bin/sh', `aws route53 change-resource-record-sets --hosted-zone-id z --change-batch '{"Changes":[{"Action":"CREATE"}]}'`, `aws ssm send-command --instance-ids i-1 --document-name AWS-RunShellScript --parameters 'commands=["uptime"]'`, 'aws rds create-db-snapshot --db-snapshot-identifier before-reset --db-instance-identifier main', 'curl https://s3.amazonaws.com/bucket/key',
    ],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [service, operation] = call.operands.map((word) => word.text);
  if (service === undefined || operation === undefined || isDryRun(service, call)) return [];
  analysis.spend(1);
  const key = `${service} ${operation}`;
  const sql = own(sqlOperations, key);
  if (sql) return sqlEffects(sql, call, analysis);
  if (key === 'ssm send-command') return remoteCommands(call, analysis);
  if (key === 'ecs execute-command') return onMachine(valueOf(call, '--task') || 'task', valueOf(call, '--command'), call, analysis);
  if (key === 'route53 change-resource-record-sets') return recordEffects(call, analysis);
  const entries = own(listed, key);
  if (!entries) return unlisted(operation, call);
  const entry = entries.find((each) => fits(each, call));
  if (!entry) return [];
  const name = entry.name === undefined ? (call.operands.slice(2).at(-1)?.text ?? '') : valueOf(call, entry.name);
  return [effect(call, entry, name)];
}

/** Services whose commands have an option to only try: https://docs.aws.amazon.com/cli/latest/reference/ec2/, https://docs.aws.amazon.com/cli/latest/reference/kms/, https://docs.aws.amazon.com/cli/latest/reference/s3/ */
const dryRuns: Readonly<Record<string, string>> = { ec2: '--dry-run', kms: '--dry-run', s3: '--dryrun' };

function isDryRun(service: string, call: Call): boolean {
  const option = own(dryRuns, service);
  return option !== undefined && hasOption(call, option);
}

function fits({ needs, value }: Listed, call: Call): boolean {
  if (needs && !needs.some((option) => call.options.has(option))) return false;
  return !value || value.of.some((option) => call.options.has(option) && (value.fits.test(valueOf(call, option)) || /^fileb?:/.test(valueOf(call, option))));
}

/** `get-…`, `describe-…` and `list-…` only read; of the rest the verb says what it does. */
function unlisted(operation: string, call: Call): readonly Effect[] {
  const words = wordsOfName(operation);
  const first = words.find((word) => !beforeVerb.has(word)) ?? '';
  if (readVerbs.has(first) || light.test(operation)) return [];
  const verb = own(verbs, first);
  const found = verb ? { word: first, verb, noun: words.filter((word) => word !== first && !beforeVerb.has(word)).join(' ') } : destructiveName(operation);
  if (!found) return [];
  const thing = found.noun || 'resource';
  return [effect(call, { id: 'unlisted', verb: found.verb, kind: thing, why: `Asks AWS to ${found.word} the ${thing} {name}.`, saferWay: 'Look at it first with the describe or get command.', backup: /snapshot|backup|recovery point|version|retention/.test(thing) }, nameOf(call, found.noun))];
}

/** The values of an option: all words up to the next one, as in `--instance-ids i-1 i-2`. */
function valueOf(call: Call, option: string): string {
  const { argv } = call.invocation;
  const at = argv.findLastIndex((word) => word.text === option || word.text.startsWith(`${option}=`));
  if (at < 0) return '';
  const written = argv[at]?.text ?? '';
  if (written.length > option.length) return written.slice(option.length + 1);
  const rest = argv.slice(at + 1, at + 65);
  const end = rest.findIndex((word) => word.text.startsWith('--'));
  return (end < 0 ? rest : rest.slice(0, end)).map((word) => word.text).join(' ');
}

/** What an option holds, read from the file it names; undefined where nobody can tell. */
function textFrom(call: Call, option: string, analysis: Analysis): string | undefined {
  const given = valueOf(call, option);
  const file = /^fileb?:\/\/(.*)/is.exec(given)?.[1];
  return file === undefined ? given : readNamed(file, call.invocation.cwd, analysis);
}

function sqlEffects({ option, field, client }: { readonly option: string; readonly field: string; readonly client: string }, call: Call, analysis: Analysis): readonly Effect[] {
  const input = parseJson(textFrom(call, '--cli-input-json', analysis) ?? '');
  const inInput = isRecord(input) && typeof input[field] === 'string' ? input[field] : undefined;
  const text = call.options.has(option) ? textFrom(call, option, analysis) : inInput;
  if (text !== undefined) return analysis.sql(text, { client, connection: `${client}.amazonaws.com` }, placeOf(call.invocation));
  return [effect(call, { id: 'sql-unseen', verb: 'runUnknown', kind: 'query', why: `Runs SQL in AWS ${client} that nobody could look into.`, saferWay: 'Write the query out in the command.' }, '')];
}

/** Commands that Systems Manager runs on machines. https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html */
function remoteCommands(call: Call, analysis: Analysis): readonly Effect[] {
  const text = textFrom(call, '--parameters', analysis) ?? '';
  const given = /^commands=(.*)$/s.exec(text)?.[1] ?? '';
  const parsed = given === '' ? parseJson(text) : (parseJson(given) ?? given.replace(/^\[(.*)\]$/s, '$1'));
  const commands = isRecord(parsed) ? parsed.commands : parsed;
  const lines = (Array.isArray(commands) ? commands : [commands]).filter((line): line is string => typeof line === 'string' && line !== '');
  const machine = valueOf(call, '--instance-ids') || valueOf(call, '--targets') || 'instance';
  return onMachine(machine, lines.join('\n'), call, analysis);
}

/** What a text of shell does where this machine's files are not. */
function onMachine(machine: string, text: string, call: Call, analysis: Analysis): readonly Effect[] {
  const words = ['ssh', machine, text].map((word) => knownWord(word));
  return text === '' ? [] : analysis.invocation({ ...call.invocation, program: 'ssh', argv: words, redirections: [] });
}

/** Records that are only added take nothing away. */
function recordEffects(call: Call, analysis: Analysis): readonly Effect[] {
  const batch = textFrom(call, '--change-batch', analysis);
  const actions = Array.from((batch ?? '').matchAll(/\bAction["']?\s*[:=]\s*["']?(\w+)/g), (match) => match[1]);
  if (actions.length > 0 && actions.every((action) => action === 'CREATE')) return [];
  return [effect(call, { id: 'route53-change', verb: 'overwrite', kind: 'DNS records', why: 'Changes DNS records in {name}; what they point to may become unreachable.', saferWay: 'List the records first.' }, valueOf(call, '--hosted-zone-id'))];
}

/** The option that names what an operation is about: the one most like its noun. */
function nameOf(call: Call, noun: string): string {
  const first = noun.split(' ')[0] ?? '';
  const options = [...call.options.keys()].filter((option) => !['--profile', '--region', '--output', '--query', '--endpoint-url'].includes(option) && valueOf(call, option) !== '');
  const best = options.find((option) => first !== '' && option.includes(first)) ?? options.find((option) => /(?:name|id|identifier|arn|ids|url|bucket)$/.test(option));
  return best === undefined ? '' : valueOf(call, best);
}

function effect(call: Call, { id, verb, kind, why, saferWay, backup }: Omit<Listed, 'needs' | 'name' | 'value'>, name: string): Effect {
  const { span, env } = call.invocation;
  const [service, operation] = call.operands.map((word) => textOf(word) ?? '');
  const target = namedTarget({ system: 'aws', option: ['--profile'], settings: { endpoint: ['--endpoint-url'] } }, call);
  return {
    verb,
    resource: { kind, name, provider: 'AWS' },
    reversibility: 'irreversible',
    certainty: id === 'unlisted' ? 'likely' : 'certain',
    rule: `aws/${id}`,
    why: sentence(why, name, kind) + (backup ? ' This removes the way back.' : ''),
    saferWay,
    docs: /^[\w-]+ [\w-]+$/.test(`${service} ${operation}`) ? `${reference}/${service}/${operation}.html` : `${reference}/`,
    target: service ? { ...target, settings: { ...target.settings, service: [service] } } : target,
    env,
    ...(span ? { span } : {}),
  };
}
