import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'service',
  title: 'service',
  programs: ['service'],
  docs: 'https://man7.org/linux/man-pages/man8/service.8.html',
  valueOptions: [],
  safeOptions: ['-h'],
  operations: [
    { id: 'stop', words: ['*', 'stop'], verb: 'stop', kind: 'service', reversibility: 'reversible', name: [], why: 'Stops a service of this machine.', saferWay: 'Restart it instead.' },
  ],
  cases: {
    caught: [
      { command: 'sudo service ssh stop', by: 'stop' },
      { command: 'service docker stop', by: 'stop' },
      { command: '/usr/sbin/service nginx stop', by: 'stop' },
    ],
    passes: ['service nginx status', 'service nginx restart', 'service --status-all', 'service postgresql start'],
  },
};
