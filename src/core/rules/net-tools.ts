import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'net-tools',
  title: 'net-tools',
  programs: ['route', 'ifdown', 'brctl'],
  docs: 'https://man7.org/linux/man-pages/man8/route.8.html',
  valueOptions: ['-A'],
  safeOptions: ['-h'],
  operations: [
    { id: 'delete', words: ['del|delete|flush|delbr'], verb: 'delete', kind: 'route', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes the route or bridge {name}; other machines may no longer be reached.', saferWay: 'Look first: route -n.' },
    { id: 'all-down', words: [], needs: ['-a', '--all'], unless: ['-n'], verb: 'stop', kind: 'network', reversibility: 'reversible', name: [{ text: 'every interface' }], why: 'Takes {name} of this machine down; the connection you came by is cut.', saferWay: 'Name the one that is meant.' },
  ],
  cases: {
    caught: [
      { command: 'sudo route del default', by: 'delete' },
      { command: 'route delete -net 10.0.0.0 netmask 255.0.0.0', by: 'delete' },
      { command: 'sudo brctl delbr br0', by: 'delete' },
      { command: 'sudo ifdown -a', by: 'all-down' },
      { command: 'ifdown --all', by: 'all-down' },
      { command: 'sudo ifdown --force -a', by: 'all-down' },
    ],
    passes: ['route -n', 'route add default gw 10.0.0.1', 'brctl show'],
  },
};
