import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { packageEffects } from '../packages.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'dnf',
  title: 'dnf',
  programs: ['dnf', 'dnf5', 'yum', 'microdnf', 'rpm'],
  docs: 'https://dnf.readthedocs.io/en/latest/command_ref.html',
  valueOptions: ['-c', '--config', '-x', '--exclude', '--releasever', '--installroot', '--setopt', '--enablerepo', '--disablerepo', '--repo', '--root', '--dbpath'],
  safeOptions: ['-h', '--assumeno', '--test', '--downloadonly'],
  operations: [
    { id: 'forced', words: [], needs: ['--nodeps'], verb: 'delete', kind: 'package', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Removes packages although others need them: {name}.', saferWay: 'Leave out --nodeps.' },
    { id: 'history', words: ['history', 'undo|rollback'], verb: 'delete', kind: 'packages', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Undoes what was installed since the transaction {name}.', saferWay: 'Look first: dnf history info.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'sudo dnf remove postgresql-server', by: 'data' },
      { command: 'yum erase -y mariadb-server', by: 'data' },
      { command: 'sudo rpm -e httpd', by: 'data' },
      { command: 'sudo dnf -y rm libvirt', by: 'data' },
      { command: 'sudo dnf remove systemd', by: 'system' },
      { command: 'yum remove kernel-core', by: 'system' },
      { command: 'rpm --erase openssh-server', by: 'system' },
      { command: 'sudo rpm -e --nodeps glibc-common', by: 'forced' },
      { command: 'rpm -e --nodeps foo', by: 'forced' },
      { command: 'sudo rpm --nodeps -e bar', by: 'forced' },
      { command: 'sudo dnf history rollback 12', by: 'history' },
      { command: 'yum history undo last -y', by: 'history' },
      { command: 'dnf -y history undo 7', by: 'history' },
    ],
    passes: ['yum remove docker docker-common', 'dnf remove -y gcc', 'dnf autoremove -y', 'yum clean all', 'dnf list installed', 'rpm -qa', 'rpm -i app.rpm', 'dnf install nginx', 'dnf remove --assumeno nginx', 'sudo dnf remove cowsay', 'dnf history list', 'rpm -e cowsay'],
  },
};

function inspect(call: Call): readonly Effect[] {
  return packageEffects(rule, removed(call), call);
}

/** The packages a call takes away. */
function removed(call: Call): readonly string[] {
  return call.invocation.program === 'rpm'
    ? (hasOption(call, '-e', '--erase') ? call.operands.map((word) => word.text) : [])
    : /^(?:remove|rm|erase|autoremove|remove-n|remove-nevra)$/.test(call.operands[0]?.text ?? '') ? call.operands.slice(1).map((word) => word.text) : [];
}
