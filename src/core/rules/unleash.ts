import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'unleash',
  title: 'Unleash',
  programs: ['unleash'],
  docs: 'https://docs.getunleash.io/',
  valueOptions: ['--api-url', '--api-token'],
  safeOptions: ['-h'],
  target: { system: 'unleash' },
  operations: [],
  unlisted: 'Unleash resource',
  cases: {
    caught: [
      { command: 'unleash environments delete x', by: 'unlisted' },
      { command: 'unleash api-keys delete x', by: 'unlisted' },
      { command: 'unleash strategies delete x', by: 'unlisted' },
    ],
    passes: ['unleash features list', 'unleash --version', 'unleash environments list'],
  },
};
