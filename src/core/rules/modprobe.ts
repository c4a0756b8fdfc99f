import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'modprobe',
  title: 'modprobe',
  programs: ['modprobe', 'rmmod', 'kextunload'],
  docs: 'https://man7.org/linux/man-pages/man8/modprobe.8.html',
  valueOptions: ['-C', '--config', '-d', '--dirname', '-S', '--set-version', '-k'],
  safeOptions: ['-h', '-n', '--dry-run', '--show', '-V', '-D', '--show-depends'],
  operations: [
    { id: 'remove', words: [], needs: ['-r', '--remove', '--remove-holders'], verb: 'stop', kind: 'kernel module', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Takes the kernel module {name} out; the device it drives stops working.', saferWay: 'Look first: lsmod.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'sudo modprobe -r nvidia', by: 'remove' },
      { command: 'modprobe --remove e1000e', by: 'remove' },
      { command: 'sudo modprobe -r iwlwifi -v', by: 'remove' },
      { command: 'sudo rmmod nvidia_drm', by: 'unload' },
      { command: 'rmmod -f e1000e', by: 'unload' },
      { command: 'sudo kextunload /Library/Extensions/a.kext', by: 'unload' },
    ],
    passes: ['lsmod', 'sudo modprobe fuse', 'modprobe -n -r nvidia', 'modprobe --show-depends ext4', 'sudo insmod ./mod.ko'],
  },
};

function inspect(call: Call): readonly Effect[] {
  const { program, env, span } = call.invocation;
  const name = call.operands.map((word) => word.text).join(', ');
  if ((program !== 'rmmod' && program !== 'kextunload') || name === '') return [];
  return [{
    verb: 'stop', resource: { kind: 'kernel module', name, provider: 'this computer' }, reversibility: 'reversible', certainty: 'certain', rule: 'modprobe/unload',
    why: `Takes the kernel module ${name} out; the device it drives stops working.`, saferWay: 'Look first: lsmod.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }];
}
