import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'ibmcloud',
  title: 'IBM Cloud',
  programs: ['ibmcloud'],
  docs: 'https://cloud.ibm.com/docs/cli',
  valueOptions: ['--profile', '--region', '-c', '--compartment-id', '--config', '--context', '-o', '--output', '--id', '--name', '--config-file', '-g'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'ibmcloud', option: ['--profile', '--context'] },
  operations: [],
  unlisted: 'IBM Cloud resource',
  controlPlane: { hosts: ['*.cloud.ibm.com'] },
  cases: {
    caught: [
      { command: 'ibmcloud resource service-instance-delete shop -f', by: 'unlisted' },
      { command: 'ibmcloud ks cluster rm -c shop', by: 'unlisted' },
      { command: 'ibmcloud cdb deployment-user-delete shop bob', by: 'unlisted' },
      { command: 'curl -X DELETE https://x.cloud.ibm.com/v1/servers/1', by: 'unlisted-request' },
    ],
    passes: ['ibmcloud resource groups', 'ibmcloud ks cluster ls', 'ibmcloud target'],
  },
};
