import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'mount',
  title: 'mount',
  programs: ['umount', 'mount', 'swapoff', 'losetup'],
  docs: 'https://man7.org/linux/man-pages/man8/umount.8.html',
  valueOptions: ['-t', '--types', '-O', '--test-opts', '-o', '--options', '-L', '-U', '-N', '--namespace', '-S', '--sizelimit', '--offset'],
  safeOptions: ['-h', '--fake'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo umount -l /mnt/data', by: 'forced' },
      { command: 'umount -f /mnt/nfs', by: 'forced' },
      { command: 'sudo umount --lazy --force /mnt/share', by: 'forced' },
      { command: 'sudo umount -a', by: 'all' },
      { command: 'umount --all -t nfs', by: 'all' },
      { command: 'sudo swapoff -a', by: 'all' },
      { command: 'losetup -D', by: 'all' },
      { command: 'sudo umount /', by: 'system' },
      { command: 'umount /home', by: 'system' },
      { command: 'sudo umount /boot/efi', by: 'system' },
      { command: 'sudo mount -o remount,ro /', by: 'read-only' },
      { command: 'mount -o ro,remount /home', by: 'read-only' },
      { command: 'sudo mount --options remount,ro /var', by: 'read-only' },
    ],
    passes: ['sudo umount /mnt/usb', 'mount', 'sudo mount /dev/sdb1 /mnt/usb', 'mount -a', 'umount -l ./mnt', 'swapoff /swapfile', 'losetup -a', 'sudo mount -o remount,rw /', 'mount -o ro /dev/sdb1 /mnt'],
  },
};

/** Folders of the system itself; what runs there keeps its files in them. */
const systemFolder = /^\/(?:home|root|boot|usr|var|opt|srv|etc|data)?(?:$|\/(?:efi|lib|log)$)/;

function inspect(call: Call): readonly Effect[] {
  const folder = call.operands.at(-1)?.text ?? '';
  switch (call.invocation.program) {
    case 'mount':
      return isMadeReadOnly(call) && systemFolder.test(folder) ? [stops(call, 'read-only', folder, `Makes ${folder} read-only; programs that write there fail.`)] : [];
    case 'swapoff':
      return hasOption(call, '-a', '--all') ? [stops(call, 'all', 'all swap', 'Turns all swap off; with too little memory, programs are ended.')] : [];
    case 'losetup':
      return hasOption(call, '-D', '--detach-all') ? [stops(call, 'all', 'every loop device', 'Takes every disk image away that is not in use.')] : [];
    default:
      return unmounted(call, folder);
  }
}

function unmounted(call: Call, folder: string): readonly Effect[] {
  if (hasOption(call, '-a', '--all')) return [stops(call, 'all', 'every file system', 'Takes every file system away that is not in use.')];
  if (systemFolder.test(folder)) return [stops(call, 'system', folder, `Takes ${folder} away from what runs on this machine.`)];
  const forced = hasOption(call, '-l', '--lazy', '-f', '--force') && folder.startsWith('/');
  return forced ? [stops(call, 'forced', folder, `Takes ${folder} away although it is in use; what is not yet written may be lost.`)] : [];
}

/** `-o remount,ro`. */
function isMadeReadOnly(call: Call): boolean {
  const options = optionValue(call, '-o', '--options')?.text.split(',') ?? [];
  return options.includes('remount') && options.includes('ro');
}

function stops(call: Call, id: 'all' | 'forced' | 'read-only' | 'system', name: string, why: string): Effect {
  const { env, span } = call.invocation;
  return {
    verb: 'stop', resource: { kind: 'file system', name, provider: 'this computer' }, reversibility: 'reversible', certainty: 'certain', rule: `mount/${id}`, why,
    saferWay: 'Look first who uses it: lsof, findmnt.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  };
}
