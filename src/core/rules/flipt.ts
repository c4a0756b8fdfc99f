import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'flipt',
  title: 'Flipt',
  programs: ['flipt'],
  docs: 'https://docs.flipt.io/cli/overview',
  valueOptions: ['-n', '--namespace', '--address', '-a', '--config'],
  safeOptions: ['-h'],
  target: { system: 'flipt' },
  operations: [],
  unlisted: 'Flipt resource',
  cases: {
    caught: [
      { command: 'flipt flag delete x', by: 'unlisted' },
      { command: 'flipt variant delete x', by: 'unlisted' },
      { command: 'flipt namespace delete x', by: 'unlisted' },
    ],
    passes: ['flipt validate', 'flipt export', 'flipt bundle list'],
  },
};
