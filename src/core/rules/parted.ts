import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'parted',
  title: 'parted',
  programs: ['parted', 'partprobe'],
  docs: 'https://www.gnu.org/software/parted/manual/parted.html',
  valueOptions: ['-a', '--align'],
  safeOptions: ['-h', '-l', '--list', '-v', '--version'],
  operations: [
    { id: 'partition', words: ['*', 'mklabel|mktable|rm|mkpart|resizepart|rescue|name|set|toggle|disk_set|type'], verb: 'overwrite', kind: 'partition table', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Changes the partitions of a disk; files on them may be lost.', saferWay: 'Look first: parted -l.' },
  ],
  cases: {
    caught: [
      { command: 'sudo parted /dev/sdb mklabel gpt', by: 'partition' },
      { command: 'parted -s /dev/sdb rm 1', by: 'partition' },
      { command: 'sudo parted --script /dev/sdb mkpart primary 0% 100%', by: 'partition' },
      { command: 'parted /dev/sdb resizepart 1 10GB', by: 'partition' },
    ],
    passes: ['parted -l', 'sudo parted /dev/sdb print', 'parted -s /dev/sdb unit s print', 'partprobe'],
  },
};
