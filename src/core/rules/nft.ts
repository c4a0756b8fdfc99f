import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'nft',
  title: 'nftables',
  programs: ['nft'],
  docs: 'https://wiki.nftables.org/wiki-nftables/index.php/Main_Page',
  valueOptions: ['-f', '-I', '-D'],
  safeOptions: ['-h', '-c', '--check'],
  operations: [
    { id: 'flush', words: ['flush|delete|destroy|reset'], verb: 'delete', kind: 'firewall rules', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the firewall rules {name}.', saferWay: 'Keep them first: nft list ruleset.' },
  ],
  cases: {
    caught: [
      { command: 'sudo nft flush ruleset', by: 'flush' },
      { command: 'nft delete table inet filter', by: 'flush' },
      { command: 'nft delete rule inet filter input handle 5', by: 'flush' },
    ],
    passes: ['nft list ruleset', 'nft add rule inet filter input accept', 'nft -c -f rules.nft'],
  },
};
