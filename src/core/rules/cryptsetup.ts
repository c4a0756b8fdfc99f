import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'cryptsetup',
  title: 'cryptsetup',
  programs: ['cryptsetup'],
  docs: 'https://man7.org/linux/man-pages/man8/cryptsetup.8.html',
  valueOptions: ['-c', '--cipher', '-d', '--key-file', '-S', '--key-slot', '--type', '-s', '--key-size'],
  safeOptions: ['-h'],
  operations: [
    { id: 'erase', words: ['luksErase|erase|luksFormat|reencrypt|luksRemoveKey|luksKillSlot'], verb: 'delete', kind: 'encrypted disk', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Erases keys or the header of {name}: what is on it can no longer be read.', saferWay: 'Keep the header first: cryptsetup luksHeaderBackup.' },
  ],
  cases: {
    caught: [
      { command: 'cryptsetup luksErase /dev/sdb1', by: 'erase' },
      { command: 'sudo cryptsetup -q luksFormat /dev/sdb1', by: 'erase' },
      { command: 'cryptsetup luksKillSlot /dev/sdb1 0', by: 'erase' },
    ],
    passes: ['cryptsetup status x', 'cryptsetup luksDump /dev/sdb1', 'cryptsetup open /dev/sdb1 x', 'cryptsetup isLuks /dev/sdb1'],
  },
};
