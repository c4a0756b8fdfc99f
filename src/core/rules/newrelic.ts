import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'newrelic',
  title: 'New Relic',
  programs: ['newrelic'],
  docs: 'https://github.com/newrelic/newrelic-cli',
  valueOptions: [],
  safeOptions: ['-h'],
  target: { system: 'newrelic' },
  operations: [],
  unlisted: 'New Relic resource',
  cases: {
    caught: [
      { command: 'newrelic workload delete --guid x', by: 'unlisted' },
      { command: 'newrelic entity deployment delete', by: 'unlisted' },
      { command: 'newrelic entity tags delete --guid x --tag team', by: 'unlisted' },
    ],
    passes: ['newrelic entity search -n x', 'newrelic nrql query', 'newrelic profile list'],
  },
};
