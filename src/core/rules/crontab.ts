import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'crontab',
  title: 'crontab',
  programs: ['crontab'],
  docs: 'https://man7.org/linux/man-pages/man1/crontab.1.html',
  valueOptions: ['-u'],
  operations: [
    { id: 'remove', words: [], needs: ['-r'], verb: 'delete', kind: 'crontab', reversibility: 'irreversible', name: [{ option: ['-u'] }], why: 'Deletes all scheduled jobs of the user at once.', saferWay: 'Keep them first: crontab -l.' },
  ],
  cases: {
    caught: [
      { command: 'crontab -r', by: 'remove' },
      { command: 'sudo crontab -u www-data -r', by: 'remove' },
      { command: 'crontab -ir', by: 'remove' },
    ],
    passes: ['crontab -l', 'crontab -e', '(crontab -l; echo "0 5 * * * backup") | crontab -', 'crontab -u www-data -l'],
  },
};
