import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'mdadm',
  title: 'mdadm',
  programs: ['mdadm'],
  docs: 'https://man7.org/linux/man-pages/man8/mdadm.8.html',
  valueOptions: ['-l', '--level', '-n', '--raid-devices', '-c', '--config'],
  safeOptions: ['-h'],
  operations: [
    { id: 'zero', words: [], needs: ['--zero-superblock'], verb: 'delete', kind: 'array member', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Erases what makes {name} part of an array.', saferWay: 'Look first: mdadm --examine.' },
    { id: 'fail', words: [], needs: ['--stop', '-S', '--fail', '-f', '--set-faulty', '--remove', '-r'], verb: 'stop', kind: 'array', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops an array or takes {name} out of it.', saferWay: 'Look first: mdadm --detail.' },
    { id: 'create', words: [], needs: ['--create', '-C'], verb: 'overwrite', kind: 'array', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Makes an array of {name}: what is on the disks is lost.', saferWay: 'Look first: mdadm --examine.' },
  ],
  cases: {
    caught: [
      { command: 'mdadm --zero-superblock /dev/sdb', by: 'zero' },
      { command: 'sudo mdadm --stop /dev/md0', by: 'fail' },
      { command: 'mdadm --manage /dev/md0 --fail /dev/sdb1', by: 'fail' },
      { command: 'mdadm --create /dev/md0 --level=1 /dev/sdb /dev/sdc', by: 'create' },
    ],
    passes: ['mdadm --detail /dev/md0', 'mdadm --examine /dev/sdb', 'mdadm --detail --scan', 'mdadm --help'],
  },
};
