import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'restic',
  title: 'restic',
  programs: ['restic'],
  docs: 'https://restic.readthedocs.io/en/stable/060_forget.html',
  valueOptions: ['-r', '--repo', '--repository-file', '-p', '--password-file', '--password-command', '--keep-last', '--keep-daily', '--keep-hourly', '--keep-weekly', '--keep-monthly', '--keep-yearly', '--keep-within', '--keep-tag', '--tag', '--host', '--path', '-o', '--option', '--max-unused', '--exclude', '--target'],
  safeOptions: ['-h', '-n', '--dry-run'],
  target: { system: 'restic', option: ['-r', '--repo'], variable: ['RESTIC_REPOSITORY'] },
  operations: [
    { id: 'forget', words: ['forget'], verb: 'delete', kind: 'snapshots', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes snapshots: {name}.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'prune', words: ['prune'], verb: 'delete', kind: 'backup data', reversibility: 'irreversible', backup: true, name: [{ option: ['-r', '--repo'] }], why: 'Deletes backup data that no snapshot uses now.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'rewrite', words: ['rewrite'], needs: ['--forget'], verb: 'delete', kind: 'snapshots', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Replaces snapshots with ones that lack files.', saferWay: 'Keep the old ones: leave out --forget.' },
    { id: 'key-remove', words: ['key', 'remove|rm|passwd'], verb: 'revoke', kind: 'key', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Removes a key of the repository; without another nobody can read it.', saferWay: 'Look first: restic key list.' },
    { id: 'unlock', words: ['unlock'], needs: ['--remove-all'], verb: 'revoke', kind: 'lock', reversibility: 'reversible', name: [], why: 'Removes locks, also those of a backup that runs.', saferWay: 'Leave out --remove-all.' },
  ],
  cases: {
    caught: [
      { command: 'restic forget --keep-last 1 --prune', by: 'forget' },
      { command: 'restic -r s3:s3.example.com/b forget abc', by: 'forget' },
      { command: 'restic forget --unsafe-allow-remove-all --tag x', by: 'forget' },
      { command: 'restic prune', by: 'prune' },
      { command: 'restic rewrite --forget --exclude x', by: 'rewrite' },
      { command: 'restic key remove abc', by: 'key-remove' },
      { command: 'restic unlock --remove-all', by: 'unlock' },
    ],
    passes: ['restic snapshots', 'restic backup /srv', 'restic forget --keep-last 1 --dry-run', 'restic check', 'restic restore latest --target /tmp/x', 'restic unlock', 'restic key list'],
  },
};
