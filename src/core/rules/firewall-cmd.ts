import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'firewall-cmd',
  title: 'firewalld',
  programs: ['firewall-cmd', 'firewall-offline-cmd'],
  docs: 'https://firewalld.org/documentation/man-pages/firewall-cmd.html',
  valueOptions: ['--zone', '--policy', '--timeout'],
  safeOptions: ['-h'],
  operations: [
    { id: 'panic', words: [], needs: ['--panic-on'], verb: 'stop', kind: 'network', reversibility: 'reversible', name: [{ text: 'every connection of this computer' }], why: 'Cuts {name}, the one you came by included.', saferWay: 'Let a person do it.' },
    { id: 'remove', words: [], needs: ['--remove-service', '--remove-port', '--remove-rich-rule', '--remove-source', '--remove-interface', '--remove-forward-port', '--remove-masquerade', '--remove-rule', '--remove-icmp-block', '--remove-protocol'], verb: 'delete', kind: 'firewall rule', reversibility: 'irreversible', name: [{ option: ['--zone'] }], why: 'Removes rules of the firewall: what they let in is cut off, or what they kept out gets in.', saferWay: 'Keep them first: firewall-cmd --list-all.' },
    { id: 'delete', words: [], needs: ['--delete-zone', '--delete-service', '--delete-ipset', '--delete-policy', '--delete-icmptype', '--delete-helper'], verb: 'delete', kind: 'firewall zone', reversibility: 'irreversible', name: [{ option: ['--delete-zone', '--delete-service', '--delete-ipset', '--delete-policy'] }], why: 'Deletes {name} with its rules.', saferWay: 'Keep it first: firewall-cmd --list-all.' },
    { id: 'reset', words: [], needs: ['--reset-to-defaults', '--complete-reload', '--load-zone-defaults'], verb: 'delete', kind: 'firewall rules', reversibility: 'irreversible', name: [{ text: 'every rule there is' }], why: 'Deletes {name} and goes back to the defaults.', saferWay: 'Keep them first: firewall-cmd --list-all-zones.' },
    { id: 'open', words: [], needs: ['--set-default-zone', '--set-target'], verb: 'overwrite', kind: 'firewall default', reversibility: 'recoverable', name: [{ option: ['--set-default-zone', '--set-target'] }], why: 'Changes what happens to everything no rule names: {name}.', saferWay: 'Look first: firewall-cmd --get-default-zone.' },
  ],
  cases: {
    caught: [
      { command: 'sudo firewall-cmd --panic-on', by: 'panic' },
      { command: 'firewall-cmd --zone=public --remove-service=ssh --permanent', by: 'remove' },
      { command: 'sudo firewall-cmd --remove-port=443/tcp', by: 'remove' },
      { command: 'firewall-cmd --permanent --delete-zone=office', by: 'delete' },
      { command: 'sudo firewall-cmd --reset-to-defaults', by: 'reset' },
      { command: 'firewall-cmd --set-default-zone=trusted', by: 'open' },
    ],
    passes: ['firewall-cmd --state', 'firewall-cmd --list-all', 'sudo firewall-cmd --add-port=80/tcp', 'firewall-cmd --reload', 'firewall-cmd --panic-off'],
  },
};
