import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'borg',
  title: 'Borg',
  programs: ['borg'],
  docs: 'https://borgbackup.readthedocs.io/en/stable/usage/delete.html',
  valueOptions: ['-r', '--repo', '--rsh', '--remote-path', '--keep-last', '--keep-daily', '--keep-hourly', '--keep-weekly', '--keep-monthly', '--keep-within', '--keep-yearly', '-a', '--glob-archives', '--prefix', '-P', '--match-archives', '-e', '--exclude', '--lock-wait'],
  safeOptions: ['-h', '-n', '--dry-run'],
  target: { system: 'borg', option: ['-r', '--repo'], variable: ['BORG_REPO'] },
  operations: [
    { id: 'delete', words: ['delete|repo-delete|rdelete'], unless: ['--cache-only'], verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the archive or repository {name}.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'prune', words: ['prune'], verb: 'delete', kind: 'archives', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes older archives.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'compact', words: ['compact'], verb: 'delete', kind: 'backup data', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Frees what deleted archives used: they can no longer be brought back.', saferWay: 'Check the archives first: borg list.' },
    { id: 'recreate', words: ['recreate'], verb: 'overwrite', kind: 'archives', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Rewrites archives; what the options leave out is lost.', saferWay: 'Show it first: add --dry-run.' },
    { id: 'key', words: ['key', 'change-passphrase|change-location|change-algorithm'], verb: 'revoke', kind: 'key', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Changes the key of the repository.', saferWay: 'Keep it first: borg key export.' },
  ],
  cases: {
    caught: [
      { command: 'borg delete repo::monday', by: 'delete' },
      { command: 'borg delete --force repo', by: 'delete' },
      { command: 'borg repo-delete -r repo', by: 'delete' },
      { command: 'borg prune --keep-last 1 repo', by: 'prune' },
      { command: 'borg compact repo', by: 'compact' },
      { command: 'borg recreate --exclude x repo', by: 'recreate' },
      { command: 'borg key change-passphrase repo', by: 'key' },
    ],
    passes: ['borg list repo', 'borg create repo::x /srv', 'borg prune --keep-last 1 --dry-run repo', 'borg check repo', 'borg extract repo::x', 'borg delete --cache-only repo', 'borg info repo'],
  },
};
