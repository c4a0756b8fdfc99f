import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'barman',
  title: 'Barman',
  programs: ['barman', 'barman-cloud-backup-delete'],
  docs: 'https://docs.pgbarman.org/release/latest/',
  valueOptions: ['-c', '--config', '--target-time', '--target-name', '--remote-ssh-command', '--log-level', '-f', '--format', '-b', '--backup-id', '-r', '--retention-policy', '-m', '--minimum-redundancy', '--endpoint-url', '-P', '--aws-profile', '--cloud-provider', '--target'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'barman', option: ['-c', '--config', '-P', '--aws-profile'] },
  operations: [
    { id: 'delete', words: ['delete'], verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the backup {name}.', saferWay: 'List them first: barman list-backups.' },
    { id: 'keep-release', words: ['keep'], needs: ['-r', '--release'], verb: 'delete', kind: 'protection', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Lets the backup {name} be deleted again.', saferWay: 'Leave it kept.' },
    { id: 'recover-over', words: ['recover|restore'], verb: 'overwrite', kind: 'data folder', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 2 }], why: 'Writes a backup over the data folder {name}.', saferWay: 'Restore into an empty folder.' },
    { id: 'receive-stop', words: ['terminate-process'], verb: 'stop', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Stops a running backup or the reception of logs.', saferWay: 'Look first: barman list-processes.' },
    { id: 'cloud-delete', words: [], needs: ['-b', '--backup-id', '-r', '--retention-policy'], verb: 'delete', kind: 'backups', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes backups from the cloud.', saferWay: 'Show what would go: add --dry-run.' },
  ],
  cases: {
    caught: [
      { command: 'barman delete main oldest', by: 'delete' },
      { command: 'barman -c /etc/barman.conf delete main 20250101T010101', by: 'delete' },
      { command: 'sudo -u barman barman delete main first', by: 'delete' },
      { command: 'barman-cloud-backup-delete s3://backups main -b 20250101T010101', by: 'cloud-delete' },
      { command: 'barman-cloud-backup-delete --retention-policy "REDUNDANCY 1" s3://backups main', by: 'cloud-delete' },
      { command: 'barman-cloud-backup-delete -P prod -r "RECOVERY WINDOW OF 1 DAYS" s3://backups main', by: 'cloud-delete' },
      { command: 'barman keep --release main 20250101T010101', by: 'keep-release' },
      { command: 'barman -q keep -r main latest', by: 'keep-release' },
      { command: 'sudo -u barman barman keep main latest --release', by: 'keep-release' },
      { command: 'barman recover main latest /var/lib/postgresql/16/main', by: 'recover-over' },
      { command: 'barman restore --remote-ssh-command "ssh postgres@db" main latest /var/lib/pg', by: 'recover-over' },
      { command: 'sudo -u barman barman recover main 20250101T010101 /var/lib/pg --get-wal', by: 'recover-over' },
      { command: 'barman terminate-process main receive-wal', by: 'receive-stop' },
      { command: 'sudo -u barman barman terminate-process main backup', by: 'receive-stop' },
      { command: 'barman -q terminate-process main receive-wal', by: 'receive-stop' },
    ],
    passes: ['barman list-backups main', 'barman backup main', 'barman check all', 'barman keep --target full main latest', 'barman show-backup main latest', 'barman-cloud-backup-list s3://backups main', 'barman-cloud-backup-delete --dry-run -b x s3://backups main'],
  },
};
