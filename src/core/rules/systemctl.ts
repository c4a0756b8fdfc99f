import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'systemctl',
  title: 'systemd',
  programs: ['systemctl'],
  docs: 'https://www.freedesktop.org/software/systemd/man/latest/systemctl.html',
  harmless: { systemctl: { first: ['status', 'is-active', 'is-enabled', 'is-failed', 'list-units', 'list-unit-files', 'list-timers'] } },
  valueOptions: ['-t', '--type', '-H', '--host', '-M', '--machine', '-p', '--property', '-n', '--lines', '-o', '--output', '-s', '--signal', '--kill-whom', '--state', '--root'],
  safeOptions: ['-h'],
  operations: [
    { id: 'stop', words: ['stop|kill|disable|mask|isolate'], unless: ['--user', '--dry-run'], verb: 'stop', kind: 'service', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops {name} on this machine, or keeps it from starting again.', saferWay: 'Look first: systemctl status.' },
    { id: 'revert', words: ['revert|clean'], unless: ['--user'], verb: 'delete', kind: 'service files', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes what a person changed of {name}, or the state it keeps.', saferWay: 'Keep it first: systemctl cat.' },
    { id: 'default', words: ['set-default'], verb: 'overwrite', kind: 'start target', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Changes what this machine starts to: {name}.', saferWay: 'Look first: systemctl get-default.' },
    { id: 'power', words: ['poweroff|reboot|halt|kexec|soft-reboot|rescue|emergency|suspend|hibernate|exit'], unless: ['--dry-run'], verb: 'stop', kind: 'computer', reversibility: 'reversible', name: [{ text: 'this computer' }], why: 'Shuts {name} down or restarts it; whatever is not saved is lost.', saferWay: 'Let a person do it.' },
  ],
  cases: {
    caught: [
      { command: 'sudo systemctl revert nginx', by: 'revert' },
      { command: 'systemctl clean --what=state postgresql', by: 'revert' },
      { command: 'sudo systemctl revert sshd docker', by: 'revert' },
      { command: 'systemctl set-default rescue.target', by: 'default' },
      { command: 'sudo systemctl set-default multi-user.target', by: 'default' },
      { command: 'systemctl -f set-default poweroff.target', by: 'default' },
      { command: 'sudo systemctl stop sshd', by: 'stop' },
      { command: 'systemctl disable --now docker', by: 'stop' },
      { command: 'systemctl mask postgresql', by: 'stop' },
      { command: 'systemctl isolate rescue.target', by: 'stop' },
      { command: 'systemctl reboot', by: 'power' },
      { command: 'systemctl poweroff -i', by: 'power' },
      { command: 'sudo systemctl rescue', by: 'power' },
    ],
    passes: ['systemctl get-default', 'systemctl cat nginx', 'systemctl status sshd', 'systemctl restart nginx', 'systemctl start docker', 'systemctl --user stop app', 'systemctl list-units --failed', 'systemctl show sshd', 'systemctl daemon-reload', 'systemctl enable nginx'],
  },
};
