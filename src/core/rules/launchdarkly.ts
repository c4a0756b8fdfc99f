import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'launchdarkly',
  title: 'LaunchDarkly',
  programs: ['ldcli'],
  docs: 'https://launchdarkly.com/docs/home/getting-started/ldcli',
  valueOptions: ['--access-token', '--base-uri', '--project', '--environment', '--flag', '-o', '--output', '--data'],
  safeOptions: ['-h'],
  target: { system: 'launchdarkly', option: ['--environment', '--project'] },
  operations: [
    { id: 'archive', words: ['flags', 'archive|toggle-off'], verb: 'stop', kind: 'flag', reversibility: 'reversible', name: [{ option: ['--flag'] }], why: 'Turns the flag {name} off where it is in use.', saferWay: 'Look first: ldcli flags get.' },
  ],
  unlisted: 'LaunchDarkly resource',
  controlPlane: { hosts: ['app.launchdarkly.com'] },
  cases: {
    caught: [
      { command: 'ldcli flags delete --flag x --project shop', by: 'unlisted' },
      { command: 'ldcli environments delete --environment prod', by: 'unlisted' },
      { command: 'ldcli projects delete --project shop', by: 'unlisted' },
      { command: 'ldcli flags archive --flag x --project shop', by: 'archive' },
      { command: 'curl -X DELETE https://app.launchdarkly.com/api/v2/flags/shop/x', by: 'unlisted-request' },
      { command: 'ldcli flags toggle-off --flag x --environment prod --project shop', by: 'archive' },
      { command: 'ldcli flags archive --flag old --project shop', by: 'archive' },
    ],
    passes: ['ldcli flags list --project shop', 'ldcli projects list', 'ldcli flags create --project shop', 'ldcli login'],
  },
};
