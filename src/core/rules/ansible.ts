import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { knownWord } from '../shell/word.ts';
import { namedTarget } from '../target.ts';

export const rule: Rule = {
  tool: 'ansible',
  title: 'Ansible',
  programs: ['ansible'],
  docs: 'https://docs.ansible.com/ansible/latest/command_guide/intro_adhoc.html',
  valueOptions: ['-m', '--module-name', '-a', '--args', '-i', '--inventory', '-l', '--limit', '-u', '--user', '-e', '--extra-vars', '-f', '--forks', '-c', '--connection', '-T', '--timeout', '--private-key', '--key-file', '-M', '--module-path', '--become-user', '--become-method', '-B', '--background', '-P', '--poll', '--vault-password-file', '-t', '--tree'],
  safeOptions: ['-h', '-C', '--check', '--list-hosts', '--syntax-check'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: `ansible all -m shell -a 'rm -rf /var/data'`, by: 'rm/delete' },
      { command: `ansible web -i prod.ini -b -m command -a 'reboot'`, by: 'shutdown/shutdown' },
      { command: `ansible web -a 'systemctl stop nginx'`, by: 'systemctl/stop' },
      { command: `ansible db -m ansible.builtin.shell -a 'psql -c "DROP TABLE users"'`, by: 'sql/drop-table' },
      { command: `ansible web -m file -a 'path=/srv/app state=absent'`, by: 'absent' },
      { command: `ansible web -m user -a 'name=alice state=absent remove=yes'`, by: 'absent' },
      { command: `ansible web -m postgresql_db -a 'name=shop state=absent'`, by: 'absent' },
      { command: 'ansible web -m reboot', by: 'stopped' },
      { command: `ansible web -m service -a 'name=nginx state=stopped'`, by: 'stopped' },
    ],
    passes: ['ansible all -m ping', `ansible web -m shell -a 'uptime'`, `ansible web -m file -a 'path=/srv/app state=directory'`, `ansible all -m shell -a 'rm -rf /var/data' --check`, 'ansible all --list-hosts', `ansible web -m service -a 'name=nginx state=started'`, 'ansible web -m setup'],
  },
};

/** An ad-hoc call runs one module on every host that fits: a command, as over ssh, or a change the arguments describe. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const hosts = call.operands[0];
  const module = (optionValue(call, '-m', '--module-name')?.text ?? 'command').split('.').at(-1) ?? '';
  const given = optionValue(call, '-a', '--args');
  if (!hosts) return [];
  if (['shell', 'command', 'raw'].includes(module)) {
    return given ? analysis.invocation({ ...call.invocation, program: 'ssh', argv: [knownWord('ssh'), hosts, given], redirections: [] }) : [];
  }
  const name = /(?:^|\s)(?:path|dest|name|db|src)=["']?([^\s"']+)/.exec(given?.text ?? '')?.[1] ?? '';
  if (/(?:^|\s)state=["']?absent/.test(given?.text ?? '')) return [effect(call, { id: 'absent', verb: 'delete', name, why: `Deletes ${name || 'what the arguments name'} on every host of ${hosts.text}.` })];
  if (module === 'reboot' || module === 'win_reboot' || /(?:^|\s)state=["']?stopped/.test(given?.text ?? '')) {
    return [effect(call, { id: 'stopped', verb: 'stop', name: name || hosts.text, why: `Stops ${name || 'every host'} on ${hosts.text}.` })];
  }
  return [];
}

function effect(call: Call, { id, name, ...loss }: Pick<Effect, 'verb' | 'why'> & { readonly id: string; readonly name: string }): Effect {
  const { span, env } = call.invocation;
  const inventories = namedTarget({ system: 'ansible', settings: { inventory: ['-i', '--inventory'], limit: ['-l', '--limit'], connection: ['-c', '--connection'] } }, call);
  return {
    ...loss, resource: { kind: 'hosts', name, provider: 'Ansible' }, reversibility: 'irreversible', certainty: 'certain', rule: `ansible/${id}`, saferWay: 'Show what would change: add --check --diff.',
    docs: rule.docs, target: { ...inventories, name: call.operands[0]?.text ?? '' }, env, ...(span ? { span } : {}),
  };
}
