import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'ghost',
  title: 'Ghost',
  programs: ['ghost'],
  docs: 'https://docs.ghost.org/ghost-cli',
  valueOptions: ['-d', '--dir', '--db', '--dbhost', '--dbuser', '--dbpass', '--dbname', '--url', '--process'],
  safeOptions: ['-h'],
  target: { system: 'ghost', option: ['-d', '--dir'] },
  operations: [
    { id: 'uninstall', words: ['uninstall'], verb: 'delete', kind: 'blog', reversibility: 'irreversible', name: [{ option: ['-d', '--dir'] }, { text: 'this blog' }], why: 'Deletes {name}: its content, images and settings.', saferWay: 'Export it first: ghost backup.' },
    { id: 'stop', words: ['stop'], verb: 'stop', kind: 'blog', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Takes the blog {name} offline.', saferWay: 'Restart it instead: ghost restart.' },
    { id: 'rollback', words: ['update'], needs: ['--rollback', '--force'], verb: 'overwrite', kind: 'blog', reversibility: 'irreversible', certainty: 'likely', name: [{ text: 'this blog' }], why: 'Puts {name} back to an older version, or past checks.', saferWay: 'Back it up first: ghost backup.' },
  ],
  cases: {
    caught: [
      { command: 'ghost uninstall --no-prompt', by: 'uninstall' },
      { command: 'ghost uninstall -d /var/www/blog', by: 'uninstall' },
      { command: 'sudo ghost uninstall', by: 'uninstall' },
      { command: 'ghost stop', by: 'stop' },
      { command: 'ghost stop --all', by: 'stop' },
      { command: 'ghost stop blog', by: 'stop' },
      { command: 'ghost update --rollback', by: 'rollback' },
      { command: 'ghost update --force', by: 'rollback' },
      { command: 'ghost update -d /var/www/blog --rollback', by: 'rollback' },
    ],
    passes: ['ghost ls', 'ghost start', 'ghost restart', 'ghost backup', 'ghost update', 'ghost log'],
  },
};
