import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'iptables',
  title: 'iptables',
  programs: ['iptables', 'ip6tables', 'iptables-legacy', 'iptables-nft', 'ebtables', 'arptables', 'iptables-restore', 'ip6tables-restore', 'ipset'],
  docs: 'https://man7.org/linux/man-pages/man8/iptables.8.html',
  valueOptions: ['-t', '--table', '-A', '-I', '-p', '-s', '-d', '-j', '-i', '-o', '-m', '--dport', '--sport', '-w'],
  safeOptions: ['-h'],
  operations: [
    { id: 'flush', words: [], needs: ['-F', '--flush', '-X', '--delete-chain', '-D', '--delete'], verb: 'delete', kind: 'firewall rules', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes firewall rules: what they kept out gets in, or what they let in is cut off.', saferWay: 'Keep them first: iptables-save.' },
    { id: 'set', words: ['destroy|flush'], verb: 'delete', kind: 'address list', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Empties the address list {name} that firewall rules go by, or every one of them.', saferWay: 'Keep it first: ipset save.' },
    { id: 'policy', words: [], needs: ['-P', '--policy'], verb: 'overwrite', kind: 'firewall policy', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Changes what happens to everything no rule names; the connection you came by may be cut.', saferWay: 'Keep the rules first: iptables-save.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'sudo iptables-restore < rules.v4', by: 'restore' },
      { command: 'ip6tables-restore rules.v6', by: 'restore' },
      { command: 'sudo ipset destroy', by: 'set' },
      { command: 'ipset flush blocked', by: 'set' },
      { command: 'ipset destroy blocked', by: 'set' },
      { command: 'sudo iptables -F', by: 'flush' },
      { command: 'ip6tables --flush', by: 'flush' },
      { command: 'iptables -t nat -F PREROUTING', by: 'flush' },
      { command: 'iptables -P INPUT DROP', by: 'policy' },
    ],
    passes: ['iptables-restore --test < rules.v4', 'sudo iptables -Z', 'ipset list', 'iptables-restore -n more.v4', 'iptables -L -n', 'iptables -A INPUT -p tcp --dport 80 -j ACCEPT', 'iptables -S', 'iptables -t nat -L'],
  },
};

/** `iptables-restore` puts what it reads in the place of all rules. https://man7.org/linux/man-pages/man8/iptables-restore.8.html */
function inspect(call: Call): readonly Effect[] {
  const { program, env, span } = call.invocation;
  if (!program.endsWith('-restore') || hasOption(call, '-n', '--noflush', '-t', '--test')) return [];
  return [{
    verb: 'overwrite', resource: { kind: 'firewall rules', name: '', provider: 'this computer' }, reversibility: 'irreversible', certainty: 'certain', rule: 'iptables/restore',
    why: 'Replaces every firewall rule; the connection you came by may be cut.', saferWay: 'Keep them first: iptables-save. Try it with --test.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }];
}
