import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'circleci',
  title: 'CircleCI',
  programs: ['circleci'],
  docs: 'https://circleci.com/docs/local-cli/',
  valueOptions: [],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'circleci' },
  operations: [
    { id: 'unlisted-orb', words: ['orb', 'unlist|publish'], verb: 'publish', kind: 'orb', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Changes what everybody finds of the orb {name}.', saferWay: 'Let a person publish it.' },
  ],
  unlisted: 'CircleCI resource',
  controlPlane: { hosts: ['circleci.com'] },
  cases: {
    caught: [
      { command: 'circleci context delete github acme prod', by: 'unlisted' },
      { command: 'circleci context remove-secret github acme prod KEY', by: 'unlisted' },
      { command: 'circleci orb unlist x', by: 'unlisted-orb' },
      { command: 'curl -X DELETE https://circleci.com/api/v2/context/x', by: 'unlisted-request' },
      { command: 'circleci orb publish ./orb.yml acme/shop@1.2.3', by: 'unlisted-orb' },
      { command: 'circleci orb unlist acme/shop true --no-prompt', by: 'unlisted-orb' },
    ],
    passes: ['circleci config validate', 'circleci context list', 'circleci local execute'],
  },
};
