import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'zpool',
  title: 'ZFS pools',
  programs: ['zpool'],
  docs: 'https://openzfs.github.io/openzfs-docs/man/master/8/zpool-destroy.8.html',
  valueOptions: ['-o', '-O', '-R', '-t'],
  safeOptions: ['-h'],
  operations: [
    { id: 'destroy', words: ['destroy|labelclear'], verb: 'delete', kind: 'pool', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Destroys the pool {name} with every file on it.', saferWay: 'Keep a copy of the data first.' },
    { id: 'create-force', words: ['create|add|attach|replace'], needs: ['-f'], verb: 'overwrite', kind: 'disk', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Takes disks although they are in use or hold data: {name}.', saferWay: 'Leave out -f.' },
    { id: 'offline', words: ['offline|detach|remove|export'], verb: 'stop', kind: 'disk', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Takes {name} out of service.', saferWay: 'Look first: zpool status.' },
  ],
  cases: {
    caught: [
      { command: 'sudo zpool add -f tank /dev/sdc', by: 'create-force' },
      { command: 'zpool replace -f tank sda sdb', by: 'create-force' },
      { command: 'zpool offline tank sda', by: 'offline' },
      { command: 'sudo zpool remove tank sda', by: 'offline' },
      { command: 'zpool destroy tank', by: 'destroy' },
      { command: 'sudo zpool destroy -f tank', by: 'destroy' },
      { command: 'zpool labelclear /dev/sdb', by: 'destroy' },
      { command: 'zpool create -f tank /dev/sdb', by: 'create-force' },
      { command: 'zpool export tank', by: 'offline' },
      { command: 'zpool create -f fast mirror /dev/sdb /dev/sdc', by: 'create-force' },
      { command: 'sudo zpool create -f tank raidz /dev/sd[b-d]', by: 'create-force' },
      { command: 'zpool export -f tank', by: 'offline' },
      { command: 'sudo zpool export -a', by: 'offline' },
    ],
    passes: ['zpool status', 'zpool list', 'zpool scrub tank', 'zpool import', 'zpool history'],
  },
};
