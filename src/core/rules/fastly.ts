import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'fastly',
  title: 'Fastly',
  programs: ['fastly'],
  docs: 'https://www.fastly.com/documentation/reference/cli/',
  valueOptions: ['--endpoint', '--token', '-t', '--service-id', '-s', '--name', '-n', '--version', '--profile'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'fastly' },
  operations: [
    { id: 'activate', words: ['service-version|version', 'activate|deactivate'], verb: 'publish', kind: 'service version', reversibility: 'recoverable', name: [{ option: ['--service-id', '-s'] }, { option: ['--version'] }], why: 'Changes what is live on {name}.', saferWay: 'Look first: fastly service-version list.' },
    { id: 'activate-new', words: ['service', 'version|purge', 'activate|deactivate'], verb: 'publish', kind: 'service version', reversibility: 'recoverable', name: [{ option: ['--service-id', '-s'] }, { option: ['--version'] }], why: 'Changes what is live on {name}.', saferWay: 'Look first: fastly service version list.' },
  ],
  unlisted: 'Fastly resource',
  controlPlane: { hosts: ['api.fastly.com'] },
  cases: {
    caught: [
      { command: 'fastly service delete --service-id x', by: 'unlisted' },
      { command: 'fastly vcl delete --name main', by: 'unlisted' },
      { command: 'fastly domain delete --name x', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.fastly.com/service/x', by: 'unlisted-request' },
      { command: 'fastly purge --all', by: 'unlisted' },
      { command: 'fastly service version activate --version 5', by: 'activate-new' },
      { command: 'fastly service-version activate --version 5 -s x', by: 'activate' },
      { command: 'fastly service-version deactivate --version 4 --service-id x', by: 'activate' },
      { command: 'fastly version activate --version 6 -s x', by: 'activate' },
      { command: 'fastly service version deactivate --version 5 -s x', by: 'activate-new' },
      { command: 'fastly service version activate --version 7 --service-id shop', by: 'activate-new' },
    ],
    passes: ['fastly service list', 'fastly compute build', 'fastly whoami'],
  },
};
