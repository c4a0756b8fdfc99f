import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'oci',
  title: 'Oracle Cloud',
  programs: ['oci'],
  docs: 'https://docs.oracle.com/iaas/tools/oci-cli/latest/oci_cli_docs/',
  valueOptions: ['--profile', '--region', '-c', '--compartment-id', '--config', '--context', '-o', '--output', '--id', '--name', '--config-file', '-g'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'oci', option: ['--profile', '--context'] },
  operations: [],
  unlisted: 'Oracle Cloud resource',
  controlPlane: { hosts: ['*.oraclecloud.com'] },
  cases: {
    caught: [
      { command: 'oci compute instance terminate --instance-id x --force', by: 'unlisted' },
      { command: 'oci db autonomous-database delete --autonomous-database-id x', by: 'unlisted' },
      { command: 'oci os object bulk-delete -bn uploads', by: 'unlisted' },
      { command: 'oci iam compartment delete --compartment-id x', by: 'unlisted' },
      { command: 'curl -X DELETE https://x.oraclecloud.com/v1/servers/1', by: 'unlisted-request' },
    ],
    passes: ['oci compute instance list -c x', 'oci os ns get', 'oci iam region list'],
  },
};
