import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'journalctl',
  title: 'journald',
  programs: ['journalctl'],
  docs: 'https://www.freedesktop.org/software/systemd/man/latest/journalctl.html',
  valueOptions: ['--vacuum-time', '--vacuum-size', '--vacuum-files', '-u', '--unit', '-n', '--lines', '-S', '--since', '-U', '--until', '-p', '--priority', '-o', '--output', '-g', '--grep', '-t', '--identifier', '-b', '-D', '--directory', '-s', '--state'],
  safeOptions: ['-h'],
  operations: [
    { id: 'vacuum', words: [], needs: ['--vacuum-time', '--vacuum-size', '--vacuum-files'], verb: 'delete', kind: 'logs', reversibility: 'irreversible', name: [{ option: ['--vacuum-time', '--vacuum-size', '--vacuum-files'] }], why: 'Deletes older logs of this machine for good: {name}.', saferWay: 'Keep them first: journalctl --output=export.' },
  ],
  cases: {
    caught: [
      { command: 'sudo journalctl --vacuum-time=1d', by: 'vacuum' },
      { command: 'journalctl --vacuum-size 100M', by: 'vacuum' },
      { command: 'sudo journalctl --rotate --vacuum-files=1', by: 'vacuum' },
    ],
    passes: ['journalctl -u nginx -n 50', 'journalctl --disk-usage', 'journalctl -f', 'sudo journalctl --rotate'],
  },
};
