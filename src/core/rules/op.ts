import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'op',
  title: '1Password',
  programs: ['op'],
  docs: 'https://developer.1password.com/docs/cli/reference/',
  valueOptions: ['--account', '--vault', '--format', '--session', '--config', '--cache', '--category'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: '1password', option: ['--vault', '--account'] },
  operations: [],
  unlisted: '1Password resource',
  cases: {
    caught: [
      { command: 'op item delete "Stripe"', by: 'unlisted' },
      { command: 'op vault delete Engineering', by: 'unlisted' },
      { command: 'op user delete a@example.com', by: 'unlisted' },
      { command: 'op group delete Devs', by: 'unlisted' },
      { command: 'op document delete x', by: 'unlisted' },
      { command: 'op connect server delete x', by: 'unlisted' },
    ],
    passes: ['op item list', 'op vault list', 'op whoami', 'op item create --category login', 'op account list', 'op signin'],
  },
};
