import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'algolia',
  title: 'Algolia',
  programs: ['algolia'],
  docs: 'https://www.algolia.com/doc/tools/cli/get-started/overview',
  valueOptions: ['-p', '--profile', '--application-id', '--object-ids'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'algolia', option: ['-p', '--profile'] },
  operations: [],
  unlisted: 'Algolia resource',
  controlPlane: { hosts: ['*.algolia.net'] },
  cases: {
    caught: [
      { command: 'algolia indices delete products -y', by: 'unlisted' },
      { command: 'algolia objects delete products --object-ids 1', by: 'unlisted' },
      { command: 'algolia indices clear products', by: 'unlisted' },
      { command: 'algolia apikeys delete x', by: 'unlisted' },
      { command: 'curl -X DELETE https://x.algolia.net/1/indexes/products', by: 'unlisted-request' },
    ],
    passes: ['algolia indices list', 'algolia objects browse products', 'algolia search products x'],
  },
};
