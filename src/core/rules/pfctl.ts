import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'pfctl',
  title: 'pf',
  programs: ['pfctl'],
  docs: 'https://man.openbsd.org/pfctl',
  valueOptions: ['-F', '-f', '-a', '-i', '-t', '-T', '-k', '-K', '-o', '-p', '-s', '-x', '-D'],
  safeOptions: ['-h', '-n'],
  operations: [
    { id: 'flush', words: [], needs: ['-F'], verb: 'delete', kind: 'firewall rules', reversibility: 'irreversible', name: [{ option: ['-F'] }], why: 'Deletes firewall rules: what they kept out gets in, or what they let in is cut off.', saferWay: 'Keep them first: pfctl -sr.' },
  ],
  cases: {
    caught: [
      { command: 'sudo pfctl -F all', by: 'flush' },
      { command: 'pfctl -a office -F rules', by: 'flush' },
      { command: 'sudo pfctl -Fa -f /etc/pf.conf', by: 'flush' },
    ],
    passes: ['pfctl -sr', 'sudo pfctl -e', 'pfctl -nf /etc/pf.conf', 'sudo pfctl -f /etc/pf.conf'],
  },
};
