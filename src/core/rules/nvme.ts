import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'nvme',
  title: 'nvme-cli',
  programs: ['nvme'],
  docs: 'https://github.com/linux-nvme/nvme-cli',
  valueOptions: ['-n', '--namespace-id', '-l', '--lbaf', '-s', '--ses', '-b', '--block-size', '-a', '--sanact', '-o', '--output-format', '-f', '--fw', '-t', '--timeout'],
  safeOptions: ['-h'],
  operations: [
    { id: 'format', words: ['format|sanitize'], verb: 'delete', kind: 'disk', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Erases {name}: every file on it is lost.', saferWay: 'Look at what is on it: nvme list, lsblk.' },
    { id: 'namespace-delete', words: ['delete-ns|detach-ns'], verb: 'delete', kind: 'namespace', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the namespace of {name} with every file in it, or takes it away.', saferWay: 'Look first: nvme list-ns.' },
    { id: 'write', words: ['write-zeroes|write-uncor|write|dsm|reset|subsystem-reset|fw-commit'], verb: 'overwrite', kind: 'disk', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Overwrites parts of {name}, or resets it while in use.', saferWay: 'Keep a copy of the data first.' },
  ],
  cases: {
    caught: [
      { command: 'sudo nvme format /dev/nvme0n1 --ses=1', by: 'format' },
      { command: 'nvme sanitize /dev/nvme0 -a 2', by: 'format' },
      { command: 'sudo nvme format -f /dev/nvme1n1', by: 'format' },
      { command: 'nvme delete-ns /dev/nvme0 -n 1', by: 'namespace-delete' },
      { command: 'sudo nvme detach-ns /dev/nvme0 -n 1', by: 'namespace-delete' },
      { command: 'sudo nvme delete-ns /dev/nvme1 --namespace-id=2', by: 'namespace-delete' },
      { command: 'nvme write-zeroes /dev/nvme0n1 -s 0 -c 10', by: 'write' },
      { command: 'sudo nvme reset /dev/nvme0', by: 'write' },
      { command: 'sudo nvme dsm /dev/nvme0n1 -d', by: 'write' },
    ],
    passes: ['nvme list', 'sudo nvme smart-log /dev/nvme0', 'nvme id-ctrl /dev/nvme0', 'nvme list-ns /dev/nvme0'],
  },
};
