import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'gitlab-runner',
  title: 'GitLab Runner',
  programs: ['gitlab-runner'],
  docs: 'https://docs.gitlab.com/runner/commands/',
  valueOptions: ['-n', '--name', '-u', '--url', '-t', '--token', '-c', '--config'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'gitlab-runner' },
  operations: [
    { id: 'unregister', words: ['unregister|uninstall|stop'], verb: 'stop', kind: 'runner', reversibility: 'irreversible', name: [{ option: ['--name', '-n'] }], why: 'Takes runners out of service; pipelines wait for them.', saferWay: 'Pause it in GitLab.' },
  ],
  unlisted: 'GitLab Runner resource',
  cases: {
    caught: [
      { command: 'gitlab-runner unregister --all-runners', by: 'unregister' },
      { command: 'gitlab-runner unregister --name x', by: 'unregister' },
      { command: 'gitlab-runner stop', by: 'unregister' },
      { command: 'gitlab-runner reset-token -n x', by: 'unlisted' },
    ],
    passes: ['gitlab-runner list', 'gitlab-runner status', 'gitlab-runner verify'],
  },
};
