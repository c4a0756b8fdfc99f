import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'migrate-mongo',
  title: 'migrate-mongo',
  programs: ['migrate-mongo'],
  docs: 'https://github.com/seppevs/migrate-mongo#readme',
  valueOptions: ['-f', '--file'],
  safeOptions: ['-h'],
  target: { database: 'migrate-mongo', config: ['-f', '--file'] },
  operations: [
    { id: 'down', words: ['down'], verb: 'overwrite', kind: 'collections', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes the newest migration, or with -b all of its block: what they changed is lost.', saferWay: 'Undo it with a new migration.' },
  ],
  cases: {
    caught: [
      { command: 'npx migrate-mongo down', by: 'down' },
      { command: 'migrate-mongo down -b', by: 'down' },
      { command: 'pnpm migrate-mongo down -f prod.config.js', by: 'down' },
    ],
    passes: ['npx migrate-mongo up', 'migrate-mongo status', 'migrate-mongo create drop-users', 'migrate-mongo down --help'],
  },
};
