import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'wal-g',
  title: 'WAL-G',
  programs: ['wal-g', 'wal-g-pg', 'wal-g-mysql', 'wal-g-mongo'],
  docs: 'https://github.com/wal-g/wal-g/blob/master/docs/PostgreSQL.md',
  valueOptions: ['--config', '--target-user-data', '--target-storage', '--walg-storage-prefix'],
  safeOptions: ['-h'],
  target: { system: 'wal-g', option: ['--config'] },
  operations: [
    { id: 'delete', words: ['delete', 'everything|before|retain|target|garbage|*'], needs: ['--confirm'], verb: 'delete', kind: 'backups', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes backups and write-ahead logs: {name}.', saferWay: 'Show what would go: leave out --confirm.' },
    { id: 'wal-purge', words: ['wal-purge|binlog-purge|oplog-purge'], needs: ['--confirm'], verb: 'delete', kind: 'write-ahead logs', reversibility: 'irreversible', backup: true, name: [], why: 'Deletes logs that a restore would need.', saferWay: 'Show what would go: leave out --confirm.' },
    { id: 'fetch-over', words: ['backup-fetch'], needs: ['--reverse-unpack', '--skip-redundant-tars', '--turbo'], verb: 'overwrite', kind: 'data folder', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Writes a backup into the data folder {name}.', saferWay: 'Fetch into an empty folder.' },
    { id: 'storage-delete', words: ['st|storage', 'rm|delete'], verb: 'delete', kind: 'backup files', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes {name} from the backup storage.', saferWay: 'List first: wal-g st ls.' },
    { id: 'backup-mark', words: ['backup-mark'], needs: ['-i', '--impermanent'], verb: 'delete', kind: 'protection', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Lets the backup {name} be deleted again.', saferWay: 'Leave it permanent.' },
  ],
  cases: {
    caught: [
      { command: 'wal-g delete everything FORCE --confirm', by: 'delete' },
      { command: 'wal-g delete retain FULL 1 --confirm', by: 'delete' },
      { command: 'sudo -u postgres wal-g --config /etc/wal-g.json delete before base_0001 --confirm', by: 'delete' },
      { command: 'wal-g wal-purge --confirm', by: 'wal-purge' },
      { command: 'wal-g-mongo oplog-purge --confirm', by: 'wal-purge' },
      { command: 'sudo -u postgres wal-g --config /etc/wal-g.json wal-purge --confirm', by: 'wal-purge' },
      { command: 'wal-g backup-fetch /var/lib/postgresql/16/main LATEST --reverse-unpack', by: 'fetch-over' },
      { command: 'wal-g backup-fetch --turbo /var/lib/pg base_0001', by: 'fetch-over' },
      { command: 'sudo -u postgres wal-g --config x backup-fetch /var/lib/pg LATEST --skip-redundant-tars', by: 'fetch-over' },
      { command: 'wal-g st rm basebackups_005/base_0001', by: 'storage-delete' },
      { command: 'wal-g --config x st rm wal_005', by: 'storage-delete' },
      { command: 'sudo -u postgres wal-g st rm basebackups_005', by: 'storage-delete' },
      { command: 'wal-g backup-mark base_0001 -i', by: 'backup-mark' },
      { command: 'wal-g --config x backup-mark -i base_0001', by: 'backup-mark' },
      { command: 'sudo -u postgres wal-g backup-mark base_0001 --impermanent', by: 'backup-mark' },
    ],
    passes: ['wal-g backup-list', 'wal-g backup-push /var/lib/pg', 'wal-g delete everything FORCE', 'wal-g delete retain 5', 'wal-g st ls', 'wal-g wal-show', 'wal-g backup-mark base_0001'],
  },
};
