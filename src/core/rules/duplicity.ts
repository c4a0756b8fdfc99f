import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'duplicity',
  title: 'duplicity',
  programs: ['duplicity'],
  docs: 'https://duplicity.gitlab.io/stable/duplicity.1.html',
  valueOptions: ['--encrypt-key', '--sign-key', '--archive-dir', '--name', '--include', '--exclude', '--volsize', '--time', '-t', '--full-if-older-than', '--log-file', '-v', '--verbosity', '--tempdir', '--gpg-options', '--file-prefix', '--remove-older-than', '--remove-all-but-n-full'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'duplicity' },
  operations: [
    { id: 'remove', words: ['remove-older-than|remove-all-but-n-full|remove-all-inc-of-but-n-full'], needs: ['--force'], verb: 'delete', kind: 'backups', reversibility: 'irreversible', backup: true, name: [{ operand: 1 }], why: 'Deletes older backups at {name}.', saferWay: 'Show what would go: leave out --force.' },
    { id: 'cleanup', words: ['cleanup'], needs: ['--force'], verb: 'delete', kind: 'backup files', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes backup files at {name} that belong to no whole backup.', saferWay: 'Show what would go: leave out --force.' },
    { id: 'restore-over', words: ['restore'], needs: ['--force'], verb: 'overwrite', kind: 'files', reversibility: 'irreversible', name: [{ operand: 1 }], target: { system: 'local folder' }, why: 'Writes files of a backup over those in {name}.', saferWay: 'Restore into an empty folder.' },
  ],
  cases: {
    caught: [
      { command: 'duplicity remove-older-than 3M --force b2://id:key@bucket/web', by: 'remove' },
      { command: 'duplicity remove-all-but-n-full 1 --force file:///srv/backup', by: 'remove' },
      { command: 'duplicity -v8 remove-all-inc-of-but-n-full 2 --force s3:///bucket/web', by: 'remove' },
      { command: 'duplicity cleanup --force file:///srv/backup', by: 'cleanup' },
      { command: 'duplicity --archive-dir /var/cache/d cleanup --force s3:///bucket/web', by: 'cleanup' },
      { command: 'sudo duplicity cleanup --extra-clean --force file:///srv/backup', by: 'cleanup' },
      { command: 'duplicity restore --force file:///srv/backup /srv/shop', by: 'restore-over' },
      { command: 'duplicity restore --time 3D --force s3:///bucket/web /srv/shop', by: 'restore-over' },
      { command: 'sudo duplicity restore --force file:///srv/backup /', by: 'restore-over' },
    ],
    passes: ['duplicity collection-status file:///srv/backup', 'duplicity remove-older-than 3M file:///srv/backup', 'duplicity backup /srv file:///srv/backup', 'duplicity full /srv file:///srv/backup', 'duplicity verify file:///srv/backup /srv', 'duplicity cleanup --force --dry-run file:///srv/backup'],
  },
};
