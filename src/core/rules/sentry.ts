import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sentry',
  title: 'Sentry',
  programs: ['sentry-cli'],
  packages: ['@sentry/cli'],
  docs: 'https://docs.sentry.io/cli/',
  valueOptions: ['-o', '--org', '-p', '--project', '--auth-token', '--url'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'sentry', option: ['-p', '--project'] },
  operations: [],
  unlisted: 'Sentry resource',
  controlPlane: { hosts: ['sentry.io', '*.sentry.io'] },
  cases: {
    caught: [
      { command: 'sentry-cli releases delete 1.0', by: 'unlisted' },
      { command: 'npx @sentry/cli releases delete 1.0', by: 'unlisted' },
      { command: 'curl -X DELETE https://sentry.io/api/0/projects/acme/shop/', by: 'unlisted-request' },
    ],
    passes: ['sentry-cli releases new 1.0', 'sentry-cli info', 'sentry-cli sourcemaps upload dist', 'sentry-cli releases list'],
  },
};
