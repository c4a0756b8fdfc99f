import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'ufw',
  title: 'ufw',
  programs: ['ufw'],
  docs: 'https://manpages.ubuntu.com/manpages/noble/man8/ufw.8.html',
  valueOptions: [],
  safeOptions: ['-h', '--dry-run'],
  operations: [
    { id: 'disable', words: ['disable|reset'], verb: 'stop', kind: 'firewall', reversibility: 'reversible', name: [], why: 'Turns the firewall off, or deletes its rules.', saferWay: 'Look first: ufw status numbered.' },
    { id: 'force', words: ['delete'], verb: 'delete', kind: 'firewall rule', reversibility: 'recoverable', name: [{ operands: 'all' }], why: 'Deletes the firewall rule {name}.', saferWay: 'Look first: ufw status numbered.' },
  ],
  cases: {
    caught: [
      { command: 'sudo ufw delete 3', by: 'force' },
      { command: 'ufw --force delete 2', by: 'force' },
      { command: 'sudo ufw disable', by: 'disable' },
      { command: 'ufw --force reset', by: 'disable' },
      { command: 'ufw --force disable', by: 'disable' },
      { command: 'ufw delete allow 80', by: 'force' },
      { command: 'ufw --force delete 3', by: 'force' },
      { command: 'sudo ufw delete deny from 203.0.113.7', by: 'force' },
    ],
    passes: ['ufw status', 'ufw allow 80/tcp', 'ufw --dry-run disable', 'ufw show added'],
  },
};
