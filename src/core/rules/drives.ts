import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'drives',
  title: 'drive tools',
  programs: ['skicka', 'gdrive', 'dbxcli', 'rmapi'],
  docs: 'https://github.com/google/skicka',
  valueOptions: ['--config', '-c', '--account', '--token', '--as-member', '-p', '--parent', '--confdir'],
  safeOptions: ['-h', '--help', '--dry-run', '-dry-run'],
  target: { system: 'drive' },
  operations: [
    { id: 'remove', words: ['rm|delete|del'], verb: 'delete', kind: 'files', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from the drive.', saferWay: 'Download it first.' },
    { id: 'files-remove', words: ['files|drives|permissions', 'delete|revoke'], verb: 'delete', kind: 'files', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from the drive.', saferWay: 'Download it first.' },
    { id: 'sync-upload', words: ['sync', 'upload'], needs: ['--delete-extraneous'], verb: 'delete', kind: 'files', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Makes a folder of the drive the same as one here: what is not there may be deleted.', saferWay: 'Leave out --delete-extraneous.' },
  ],
  cases: {
    caught: [
      { command: 'skicka rm /notes', by: 'remove' },
      { command: 'skicka rm -r /old', by: 'remove' },
      { command: 'dbxcli rm /a.txt', by: 'remove' },
      { command: 'gdrive delete 1a2b', by: 'remove' },
      { command: 'gdrive files delete 1a2b', by: 'files-remove' },
      { command: 'gdrive files delete --recursive 1a2b', by: 'files-remove' },
      { command: 'gdrive drives delete 9', by: 'files-remove' },
      { command: 'gdrive sync upload --delete-extraneous . 1a2b', by: 'sync-upload' },
      { command: 'gdrive sync upload . 1a2b --delete-extraneous', by: 'sync-upload' },
      { command: 'gdrive -c conf sync upload --delete-extraneous d 2', by: 'sync-upload' },
    ],
    passes: ['skicka ls /', 'skicka upload a.txt /', 'gdrive files list', 'dbxcli ls', 'gdrive files download 1a2b', 'gdrive sync upload . 1a2b'],
  },
};
