import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'aliyun',
  title: 'Alibaba Cloud',
  programs: ['aliyun'],
  docs: 'https://www.alibabacloud.com/help/en/cli/',
  valueOptions: ['--profile', '--region', '-c', '--compartment-id', '--config', '--context', '-o', '--output', '--id', '--name', '--config-file', '-g'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'aliyun', option: ['--profile', '--context'] },
  operations: [],
  unlisted: 'Alibaba Cloud resource',
  controlPlane: { hosts: ['*.aliyuncs.com'] },
  cases: {
    caught: [
      { command: 'aliyun ecs delete-instance --InstanceId x', by: 'unlisted' },
      { command: 'aliyun oss rm oss://uploads -r', by: 'unlisted' },
      { command: 'aliyun rds delete-db-instance --DBInstanceId x', by: 'unlisted' },
      { command: 'curl -X DELETE https://x.aliyuncs.com/v1/servers/1', by: 'unlisted-request' },
    ],
    passes: ['aliyun ecs describe-regions', 'aliyun oss ls', 'aliyun configure list'],
  },
};
