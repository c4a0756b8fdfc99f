import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect, Verb } from '../effect.ts';
import { own } from '../own.ts';
import type { Rule } from '../rule.ts';
import { destructiveName, readVerbs, wordsOfName } from '../verbs.ts';

/** First words of API operations that lose something here, besides those of the verb rule. */
const verbs: Readonly<Record<string, Verb>> = { stop: 'stop', reboot: 'stop', restart: 'stop', release: 'delete', detach: 'stop', disable: 'stop', suspend: 'stop', unassociate: 'stop', reinit: 'delete', replace: 'overwrite', restore: 'overwrite', switch: 'stop', unbind: 'revoke' };

export const rule: Rule = {
  tool: 'aliyun',
  title: 'Alibaba Cloud',
  programs: ['aliyun'],
  docs: 'https://www.alibabacloud.com/help/en/cli/',
  valueOptions: ['-p', '--profile', '--region', '--mode', '--access-key-id', '--access-key-secret', '--sts-token', '--ram-role-name', '--ram-role-arn', '--endpoint', '--body', '--body-file', '--header', '--output', '-o', '--config-path', '--version', '-e', '-i', '-k', '-c', '--include', '--exclude', '--meta', '--acl'],
  safeOptions: ['-h', '--dryrun', '--dry-run'],
  target: { system: 'aliyun', option: ['-p', '--profile'] },
  operations: [
    { id: 'oss-rm', words: ['oss|ossutil', 'rm'], verb: 'delete', kind: 'objects', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes {name}; with -b the bucket itself.', saferWay: 'List what it holds: aliyun oss ls.' },
    { id: 'oss-sync-delete', words: ['oss|ossutil', 'sync'], needs: ['--delete'], verb: 'delete', kind: 'objects', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Deletes from {name} whatever the source lacks.', saferWay: 'Leave out --delete.' },
    { id: 'oss-lifecycle', words: ['oss|ossutil', 'lifecycle|bucket-versioning|worm|replication'], needs: ['--method'], verb: 'revoke', kind: 'bucket protection', reversibility: 'irreversible', certainty: 'likely', backup: true, name: [{ operand: 0 }], why: 'Changes how long objects of {name} are kept.', saferWay: 'Look first: --method get.' },
  ],
  inspect,
  unlisted: 'Alibaba Cloud resource',
  controlPlane: { hosts: ['*.aliyuncs.com'] },
  cases: {
    caught: [
      { command: 'aliyun ecs DeleteInstance --InstanceId i-1 --Force true', by: 'api' },
      { command: 'aliyun ecs delete-instance --InstanceId x', by: 'api' },
      { command: 'aliyun rds DeleteDBInstance --DBInstanceId x', by: 'api' },
      { command: 'aliyun ecs StopInstance --InstanceId i-1', by: 'api' },
      { command: 'aliyun vpc ReleaseEipAddress --AllocationId e', by: 'api' },
      { command: 'aliyun -p prod ecs ReInitDisk --DiskId d', by: 'api' },
      { command: 'aliyun oss rm oss://uploads -r', by: 'oss-rm' },
      { command: 'aliyun oss rm oss://uploads -b -f', by: 'oss-rm' },
      { command: 'aliyun ossutil rm oss://uploads/a', by: 'oss-rm' },
      { command: 'aliyun oss sync dist oss://site --delete -f', by: 'oss-sync-delete' },
      { command: 'aliyun oss lifecycle --method delete oss://uploads', by: 'oss-lifecycle' },
      { command: 'aliyun configure delete --profile old', by: 'unlisted' },
      { command: 'curl -X DELETE https://uploads.oss-eu-central-1.aliyuncs.com/a.pdf', by: 'unlisted-request' },
      { command: 'curl "https://ecs.aliyuncs.com/?Action=DeleteInstance&InstanceId=i-1"', by: 'unlisted-request' },
    ],
    passes: ['aliyun ecs DescribeInstances', 'aliyun ecs describe-regions', 'aliyun oss ls', 'aliyun configure list', 'aliyun ecs StartInstance --InstanceId i-1', 'aliyun oss sync dist oss://site', 'aliyun oss cp a oss://uploads/a', 'aliyun rds DescribeBackups --DBInstanceId x'],
  },
};

/** Services are called by the names of their API's operations. */
function inspect(call: Call): readonly Effect[] {
  const [service, operation] = call.operands.map((word) => word.text);
  if (operation === undefined || service === undefined || /^(?:oss|ossutil|configure|plugin)$/.test(service)) return [];
  const words = wordsOfName(operation);
  const first = words[0] === 're' ? `re${words[1]}` : (words[0] ?? '');
  const verb = readVerbs.has(first) || hasOption(call, '--DryRun') ? undefined : (own(verbs, first) ?? destructiveName(operation)?.verb);
  if (verb === undefined) return [];
  const { env, span } = call.invocation;
  const profile = optionValue(call, '-p', '--profile')?.text;
  const name = [...call.options].find(([option, [value]]) => value !== undefined && /(?:Id|Name)(?:\.1)?$/.test(option))?.[1][0]?.text ?? call.operands[2]?.text ?? '';
  return [{
    verb, resource: { kind: 'Alibaba Cloud resource', name, provider: rule.title }, reversibility: 'irreversible', certainty: 'likely', rule: 'aliyun/api',
    why: `Asks Alibaba Cloud’s ${service} to ${words.join(' ')}${name === '' ? '' : ` ${name}`}.`, saferWay: 'Look at it first with the Describe operation.', docs: rule.docs,
    target: { by: 'named', system: 'aliyun', ...(profile === undefined ? {} : { name: profile }) }, env, ...(span ? { span } : {}),
  }];
}
