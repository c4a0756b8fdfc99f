import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'passwd',
  title: 'passwd',
  programs: ['passwd', 'usermod', 'chpasswd', 'chage', 'gpasswd', 'vipw', 'visudo'],
  docs: 'https://man7.org/linux/man-pages/man8/usermod.8.html',
  valueOptions: ['-c', '--comment', '-d', '--home', '-e', '-f', '--inactive', '-g', '--gid', '-G', '--groups', '-l', '--login', '-p', '--password', '-s', '--shell', '-u', '--uid', '-R', '--root', '-P', '--prefix', '-E', '--expiredate', '-I', '-M', '-m'],
  safeOptions: ['-h', '-S', '--status'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo passwd -d root', by: 'password' },
      { command: 'sudo passwd -l alice', by: 'password' },
      { command: 'echo "root:x" | sudo chpasswd', by: 'password' },
      { command: 'passwd root', by: 'password' },
      { command: 'sudo usermod -L alice', by: 'account' },
      { command: 'usermod -s /usr/sbin/nologin deploy', by: 'account' },
      { command: 'sudo usermod -G docker alice', by: 'groups' },
      { command: 'usermod --groups wheel alice', by: 'groups' },
      { command: 'sudo gpasswd -d alice sudo', by: 'groups' },
      { command: 'sudo visudo', by: 'sudoers' },
      { command: 'EDITOR=tee visudo', by: 'sudoers' },
      { command: 'visudo -f /etc/sudoers.d/app', by: 'sudoers' },
      { command: 'sudo chage -E 0 alice', by: 'account' },
    ],
    passes: ['sudo usermod -aG docker alice', 'passwd -S alice', 'visudo -c', 'chage -l alice', 'usermod --help', 'usermod -u 1000 www-data', 'sudo gpasswd -a alice docker', 'chsh -s /bin/zsh'],
  },
};

function inspect(call: Call): readonly Effect[] {
  const { program } = call.invocation;
  const name = call.operands.at(-1)?.text ?? '';
  switch (program) {
    case 'passwd':
    case 'chpasswd':
      return [effect(call, 'password', name, `Changes the password of ${name || 'an account'}: who knows only the old one can no longer log in.`)];
    case 'visudo':
    case 'vipw':
      return hasOption(call, '-c', '--check') ? [] : [effect(call, 'sudoers', 'the list of who may act as root', 'Changes who may act as root on this machine; a mistake locks everybody out.')];
    case 'gpasswd':
      return hasOption(call, '-d', '--delete', '-M', '--members', '-r') ? [effect(call, 'groups', name, `Takes accounts out of the group ${name}.`)] : [];
    case 'chage':
      return ['-E', '-I'].some((option) => call.options.has(option)) ? [effect(call, 'account', name, `Lets the account ${name} end.`)] : [];
    case 'usermod':
      if (hasOption(call, '-L', '--lock', '-e', '--expiredate') || /nologin|\/false/.test(call.options.get('-s')?.[0]?.text ?? '') || hasOption(call, '-l', '--login', '-p', '--password')) return [effect(call, 'account', name, `Locks the account ${name}, or changes what it is known by.`)];
      return hasOption(call, '-G', '--groups') && !hasOption(call, '-a', '--append') ? [effect(call, 'groups', name, `Takes the account ${name} out of every group that is not in the list.`)] : [];
    default:
      return [];
  }
}

function effect(call: Call, id: 'account' | 'groups' | 'password' | 'sudoers', name: string, why: string): Effect {
  const { env, span } = call.invocation;
  return {
    verb: 'revoke', resource: { kind: 'account', name, provider: 'this computer' }, reversibility: 'irreversible', certainty: 'certain', rule: `passwd/${id}`, why,
    saferWay: id === 'groups' ? 'Add to the groups there are: usermod -aG.' : 'Let a person change accounts.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  };
}
