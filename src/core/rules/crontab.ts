import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
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
  inspect,
  cases: {
    caught: [
      { command: 'echo "0 5 * * * backup" | crontab -', by: 'replace' },
      { command: 'crontab - <<< "@daily backup"', by: 'replace' },
      { command: 'echo "*/5 * * * * poll" | sudo crontab -u www-data -', by: 'replace' },
      { command: 'crontab -r', by: 'remove' },
      { command: 'sudo crontab -u www-data -r', by: 'remove' },
      { command: 'crontab -ir', by: 'remove' },
    ],
    passes: ['(crontab -l 2>/dev/null; echo "@daily backup") | crontab -', 'crontab jobs.txt', 'crontab -l', 'crontab -e', '(crontab -l; echo "0 5 * * * backup") | crontab -', 'crontab -u www-data -l'],
  },
};

/** What it reads takes the place of every job; nothing is lost where the present ones (`crontab -l`) are part of it. */
function inspect(call: Call): readonly Effect[] {
  const { stdin, env, span } = call.invocation;
  if (!stdin?.known || stdin.text.trim() === '' || call.options.has('-l') || call.operands.some((word) => word.text !== '-')) return [];
  return [{
    verb: 'overwrite', resource: { kind: 'crontab', name: '', provider: 'this computer' }, reversibility: 'irreversible', certainty: 'certain', rule: 'crontab/replace',
    why: 'Replaces all scheduled jobs of the user with those it is given.', saferWay: 'Add to those there are: (crontab -l; echo …) | crontab -.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }];
}
