import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'iptables',
  title: 'iptables',
  programs: ['iptables', 'ip6tables'],
  docs: 'https://man7.org/linux/man-pages/man8/iptables.8.html',
  valueOptions: ['-t', '--table', '-A', '-I', '-p', '-s', '-d', '-j', '-i', '-o', '-m', '--dport', '--sport', '-w'],
  safeOptions: ['-h'],
  operations: [
    { id: 'flush', words: [], needs: ['-F', '--flush', '-X', '--delete-chain', '-D', '--delete', '-Z', '--zero'], verb: 'delete', kind: 'firewall rules', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes firewall rules: what they kept out gets in, or what they let in is cut off.', saferWay: 'Keep them first: iptables-save.' },
    { id: 'policy', words: [], needs: ['-P', '--policy'], verb: 'overwrite', kind: 'firewall policy', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Changes what happens to everything no rule names; the connection you came by may be cut.', saferWay: 'Keep the rules first: iptables-save.' },
  ],
  cases: {
    caught: [
      { command: 'sudo iptables -F', by: 'flush' },
      { command: 'ip6tables --flush', by: 'flush' },
      { command: 'iptables -t nat -F PREROUTING', by: 'flush' },
      { command: 'iptables -P INPUT DROP', by: 'policy' },
    ],
    passes: ['iptables -L -n', 'iptables -A INPUT -p tcp --dport 80 -j ACCEPT', 'iptables -S', 'iptables -t nat -L'],
  },
};
