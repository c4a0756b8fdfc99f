import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'trash-cli',
  title: 'the trash',
  programs: ['trash-empty', 'trash-rm'],
  docs: 'https://github.com/andreafrancia/trash-cli',
  valueOptions: ['--trash-dir'],
  safeOptions: ['-h'],
  operations: [
    { id: 'empty', words: [], unless: ['--dry-run', '--print-time'], verb: 'delete', kind: 'trash', reversibility: 'irreversible', backup: true, name: [], why: 'Empties the trash: what was moved there can no longer be brought back.', saferWay: 'List it first: trash-list.' },
  ],
  cases: {
    caught: [
      { command: 'trash-empty', by: 'empty' },
      { command: 'trash-empty 30', by: 'empty' },
      { command: 'trash-rm "*.txt"', by: 'empty' },
    ],
    passes: ['trash-put file.txt', 'trash-list', 'trash-restore', 'trash-empty --dry-run'],
  },
};
