import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'fsck',
  title: 'fsck',
  programs: ['fsck', 'e2fsck', 'fsck.ext2', 'fsck.ext3', 'fsck.ext4', 'fsck.xfs', 'fsck.vfat', 'fsck.btrfs', 'xfs_repair', 'ntfsfix', 'dosfsck', 'reiserfsck', 'debugfs', 'resize2fs', 'fsck_hfs', 'fsck_apfs'],
  docs: 'https://man7.org/linux/man-pages/man8/e2fsck.8.html',
  valueOptions: ['-b', '-B', '-E', '-j', '-l', '-t', '-z', '-O', '-U'],
  safeOptions: ['-h', '-V', '-n', '-N'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo fsck -y /dev/sdb1', by: 'repair' },
      { command: 'e2fsck -f -y /dev/sdb1', by: 'repair' },
      { command: 'sudo fsck.ext4 -p /dev/sdb1', by: 'repair' },
      { command: 'sudo e2fsck -fyc /dev/sdc1', by: 'bad-blocks' },
      { command: 'e2fsck -cc -k /dev/sdc1', by: 'bad-blocks' },
      { command: 'xfs_repair -L /dev/sdb1', by: 'log-zero' },
      { command: 'sudo debugfs -w /dev/sdb1', by: 'repair' },
      { command: 'sudo resize2fs -M /dev/sdb1', by: 'shrink' },
      { command: 'resize2fs /dev/vg0/home 20G', by: 'shrink' },
    ],
    passes: ['fsck -n /dev/sdb1', 'sudo fsck -N', 'e2fsck -n /dev/sdb1', 'xfs_repair -n /dev/sdb1', 'debugfs /dev/sdb1', 'resize2fs /dev/sdb1', 'fsck.ext4 -n disk.img'],
  },
};

/** A repair without a question throws away what does not fit; a test of the blocks writes on each of them. */
function inspect(call: Call): readonly Effect[] {
  const disk = call.operands[0]?.text ?? '';
  switch (call.invocation.program) {
    case 'resize2fs':
      return hasOption(call, '-M') || call.operands.length > 1 ? [effect(call, 'shrink', disk, `Changes the size of the file system on ${disk}; files past the new end are lost if it does not fit.`)] : [];
    case 'xfs_repair':
      return hasOption(call, '-L') ? [effect(call, 'log-zero', disk, `Throws away the log of ${disk}: what was not yet written is lost.`)] : [];
    case 'debugfs':
      return hasOption(call, '-w') ? [effect(call, 'repair', disk, `Changes the file system on ${disk} by hand; a mistake loses all of it.`)] : [];
    default:
      if (hasOption(call, '-c')) return [effect(call, 'bad-blocks', disk, `Tests every block of ${disk}, and marks those that fail as unusable with the files in them.`)];
      return hasOption(call, '-y', '-p', '-a') ? [effect(call, 'repair', disk, `Repairs the file system on ${disk} without asking; what does not fit is thrown away.`)] : [];
  }
}

function effect(call: Call, id: 'bad-blocks' | 'log-zero' | 'repair' | 'shrink', name: string, why: string): Effect {
  const { env, span } = call.invocation;
  return {
    verb: 'overwrite', resource: { kind: 'file system', name, provider: 'this computer' }, reversibility: 'irreversible', certainty: 'likely', rule: `fsck/${id}`, why,
    saferWay: 'Look first what it would do: fsck -n. Keep an image of the disk.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  };
}
