import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { pathEffects } from '../files/path-effects.ts';
import { isDevice } from '../files/places.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://man7.org/linux/man-pages/man8/mkfs.8.html';
const kinds = ['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'vfat', 'fat', 'exfat', 'ntfs', 'f2fs', 'msdos', 'minix', 'bfs', 'cramfs', 'erofs', 'udf'];

export const rule: Rule = {
  tool: 'mkfs',
  title: 'mkfs',
  programs: ['mkfs', ...kinds.map((kind) => `mkfs.${kind}`), 'mke2fs', 'mkswap', 'mkdosfs', 'mkntfs', 'newfs', 'newfs_apfs', 'newfs_hfs', 'wipefs', 'blkdiscard'],
  docs,
  valueOptions: ['-t', '--type', '-L', '--label', '-U', '--uuid', '-b', '-i', '-I', '-N', '-m', '-o', '--offset', '-O', '-E', '-T', '-n', '-l', '--length', '-p', '--step'],
  safeOptions: ['--help', '--version', '-V', '--dry-run', '--no-act'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'mkfs.ext4 /dev/sda1', by: 'format' },
      { command: 'sudo mkfs -t xfs /dev/nvme0n1', by: 'format' },
      { command: 'wipefs -a /dev/sdb', by: 'format' },
      { command: 'mkfs.ext4 disk.img', by: 'format' },
    ],
    passes: ['mkfs --help', 'wipefs /dev/sdb', 'mkfs.ext4 /tmp/disk.img'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { program } = call.invocation;
  // Without -a or -o it only lists what it finds.
  if (program === 'wipefs' && !hasOption(call, '-a', '--all', '-o', '--offset')) return [];
  // A size may follow the disk.
  const targets = call.operands.filter((word, index) => index === 0 || isDevice(word.text, analysis.world.platform));
  return pathEffects(targets, { verb: 'overwrite', recursive: false, rule: 'mkfs/format', docs, says: 'Formats' }, call.invocation, analysis);
}
