import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'tmutil',
  title: 'Time Machine',
  programs: ['tmutil'],
  docs: 'https://support.apple.com/guide/mac-help/back-up-files-mh35860/mac',
  valueOptions: ['-d', '-t'],
  safeOptions: ['-h'],
  operations: [
    { id: 'delete', words: ['delete|deleteinprogress|deletelocalsnapshots|thinlocalsnapshots'], verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes Time Machine backups: {name}.', saferWay: 'Keep backups until a person says otherwise.' },
    { id: 'destination', words: ['removedestination|setdestination'], verb: 'overwrite', kind: 'backup disk', reversibility: 'irreversible', certainty: 'likely', backup: true, name: [{ operands: 'all' }], why: 'Changes where this Mac is backed up to: {name}.', saferWay: 'Look first: tmutil destinationinfo.' },
    { id: 'off', words: ['disable|disablelocal|stopbackup|addexclusion'], verb: 'stop', kind: 'backups', reversibility: 'reversible', backup: true, name: [{ text: 'this Mac' }], why: 'Stops backups of {name}, or leaves something out of them.', saferWay: 'Leave backups on.' },
    { id: 'restore', words: ['restore|inheritbackup|associatedisk'], verb: 'overwrite', kind: 'files', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Puts an older state in the place of what is there: {name}.', saferWay: 'Restore beside it, and compare.' },
  ],
  cases: {
    caught: [
      { command: 'sudo tmutil delete -d /Volumes/Backup -t 2026-01-01-000000', by: 'delete' },
      { command: 'tmutil deletelocalsnapshots 2026-01-01-000000', by: 'delete' },
      { command: 'sudo tmutil thinlocalsnapshots / 9999999999 4', by: 'delete' },
      { command: 'sudo tmutil removedestination 1A2B', by: 'destination' },
      { command: 'sudo tmutil setdestination /Volumes/Other', by: 'destination' },
      { command: 'tmutil removedestination 3C4D', by: 'destination' },
      { command: 'sudo tmutil disable', by: 'off' },
      { command: 'tmutil stopbackup', by: 'off' },
      { command: 'sudo tmutil addexclusion /Users/dev/work', by: 'off' },
      { command: 'sudo tmutil restore /Volumes/Backup/a /Users/dev/a', by: 'restore' },
      { command: 'tmutil restore -v a b', by: 'restore' },
      { command: 'sudo tmutil associatedisk / /Volumes/Backup/mac', by: 'restore' },
    ],
    passes: ['tmutil listbackups', 'tmutil destinationinfo', 'sudo tmutil startbackup', 'tmutil status', 'tmutil listlocalsnapshots /'],
  },
};
