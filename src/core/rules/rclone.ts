import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'rclone',
  title: 'rclone',
  programs: ['rclone'],
  docs: 'https://rclone.org/commands/',
  valueOptions: ['--config', '--include', '--exclude', '--filter', '--transfers', '--checkers', '--max-age', '--min-age', '--bwlimit', '--backup-dir', '--log-file', '--filter-from', '--exclude-from', '--include-from', '--dedupe-mode', '--addr'],
  safeOptions: ['-h', '-n', '--dry-run', '-i', '--interactive'],
  target: { system: 'rclone' },
  operations: [
    { id: 'delete', words: ['delete|purge|deletefile|rmdirs|cleanup'], verb: 'delete', kind: 'remote files', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes what is at {name}.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'sync', words: ['sync|bisync'], verb: 'delete', kind: 'remote files', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Makes {name} the same as the source: what is not there is deleted.', saferWay: 'Use rclone copy, which deletes nothing.' },
    { id: 'move', words: ['move|moveto'], verb: 'delete', kind: 'files', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Moves {name}: it is no longer where it was.', saferWay: 'Use rclone copy.' },
    { id: 'dedupe', words: ['dedupe'], verb: 'delete', kind: 'duplicates', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes or renames files of the same name at {name}.', saferWay: 'Show it first: add --dry-run.' },
    { id: 'rcat', words: ['rcat'], verb: 'publish', kind: 'remote file', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Sends what it is given to {name}.', saferWay: 'Let the person send it.' },
    { id: 'link', words: ['link'], unless: ['--unlink'], verb: 'publish', kind: 'remote file', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Makes a link with which anybody can read {name}.', saferWay: 'Let the person share it.' },
    { id: 'serve', words: ['serve'], needs: ['--addr'], verb: 'publish', kind: 'folder', reversibility: 'recoverable', name: [{ operand: 1 }], why: 'Serves {name} to whoever reaches the address.', saferWay: 'Leave --addr out: it is then served to this machine alone.' },
    { id: 'delete-remote', words: ['config', 'delete|disconnect'], verb: 'delete', kind: 'remote', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Deletes how to reach {name}.', saferWay: 'Keep the configuration first: rclone config dump.' },
  ],
  cases: {
    caught: [
      { command: 'rclone purge s3:uploads', by: 'delete' },
      { command: 'rclone delete s3:uploads/old', by: 'delete' },
      { command: 'rclone deletefile s3:uploads/a', by: 'delete' },
      { command: 'rclone sync ./dist s3:site', by: 'sync' },
      { command: 'rclone sync ./dist s3:site --delete-after', by: 'sync' },
      { command: 'rclone move s3:a s3:b', by: 'move' },
      { command: 'rclone dedupe drive:', by: 'dedupe' },
      { command: 'rclone rcat drive:out.txt', by: 'rcat' },
      { command: 'rclone link drive:plans.pdf', by: 'link' },
      { command: 'rclone serve http src --addr :8080', by: 'serve' },
      { command: 'rclone config delete s3', by: 'delete-remote' },
    ],
    passes: ['rclone ls s3:uploads', 'rclone serve http src', 'rclone cat drive:out.txt', 'rclone copy ./dist s3:site', 'rclone sync ./dist s3:site --dry-run', 'rclone check a b:', 'rclone size s3:', 'rclone config show', 'rclone lsd s3:'],
  },
};
