import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'killall',
  title: 'killall',
  programs: ['pkill', 'killall', 'killall5'],
  docs: 'https://man7.org/linux/man-pages/man1/killall.1.html',
  valueOptions: ['-u', '--user', '--euid', '--uid', '--group', '-s', '--signal', '-t', '--terminal', '--parent', '-g', '--pgroup', '-n', '-o', '-y', '--younger-than'],
  safeOptions: ['-h'],
  operations: [
    { id: 'user', words: [], needs: ['-u', '--user', '--uid', '--euid'], unless: ['-l', '--list-name'], verb: 'stop', kind: 'processes', reversibility: 'irreversible', name: [{ option: ['-u', '--user', '--uid', '--euid'] }], why: 'Ends every process of {name}; whatever is not saved is lost.', saferWay: 'Name the process: kill PID.' },
    { id: 'everything', words: ['.|.*|^|init|systemd|launchd|Xorg|gnome-shell|loginwindow|Finder|WindowServer|sshd|dockerd|containerd|NetworkManager'], verb: 'stop', kind: 'processes', reversibility: 'irreversible', name: [], why: 'Ends every process, or the one everything else hangs on; whatever is not saved is lost.', saferWay: 'Name the process: kill PID.' },
  ],
  cases: {
    caught: [
      { command: 'sudo pkill -9 sshd', by: 'everything' },
      { command: 'pkill .', by: 'everything' },
      { command: 'sudo killall -9 init', by: 'everything' },
      { command: 'pkill -u dev', by: 'user' },
      { command: 'killall -u dev', by: 'user' },
      { command: 'sudo pkill -9 -u 1000', by: 'user' },
      { command: 'pkill -9 -f .', by: 'everything' },
      { command: 'killall -9 systemd', by: 'everything' },
      { command: 'pkill -9 -f ".*"', by: 'everything' },
    ],
    passes: ['pkill -f vite', 'killall node', 'pkill -f "next dev"', 'pgrep -u dev', 'killall -l', 'pkill -HUP nginx'],
  },
};
