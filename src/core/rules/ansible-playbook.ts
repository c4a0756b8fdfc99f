import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { environmentInName } from '../environment/named.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://docs.ansible.com/ansible/latest/cli/ansible-playbook.html';

export const rule: Rule = {
  tool: 'ansible-playbook',
  title: 'Ansible',
  programs: ['ansible-playbook', 'ansible-navigator'],
  docs,
  valueOptions: ['-i', '--inventory', '--inventory-file', '-l', '--limit', '-e', '--extra-vars', '-t', '--tags', '--skip-tags', '-u', '--user', '-f', '--forks', '-c', '--connection', '-T', '--timeout', '--private-key', '--key-file', '-M', '--module-path', '--become-user', '--become-method', '--start-at-task', '--vault-id', '--vault-password-file', '-m', '--mode'],
  safeOptions: ['-h', '-C', '--check', '--syntax-check', '--list-hosts', '--list-tasks', '--list-tags'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'ansible-playbook -i inventories/production site.yml', by: 'production-change' },
      { command: 'ansible-playbook --limit prod-web deploy.yml --diff', by: 'production-change' },
      { command: 'ansible-playbook -i hosts -e env=production release.yml', by: 'production-change' },
      { command: 'ansible-navigator run -i prod.ini site.yml -m stdout', by: 'production-change' },
    ],
    passes: ['ansible-playbook -i inventories/production site.yml --check --diff', 'ansible-playbook site.yml', 'ansible-playbook -i inventories/staging site.yml', 'ansible-playbook --syntax-check -i prod.ini site.yml', 'ansible-playbook --list-hosts -l production site.yml'],
  },
};

/** A playbook changes every machine it is pointed at; machines that are named production are a person's to change. */
function inspect(call: Call): readonly Effect[] {
  const named = ['-i', '--inventory', '--inventory-file', '-l', '--limit', '-e', '--extra-vars'].flatMap((option) => call.options.get(option) ?? []).flatMap((word) => word?.text ?? []);
  const place = named.find((name) => environmentInName(name) === 'production');
  if (place === undefined) return [];
  const books = call.operands.map((word) => word.text).filter((text) => text !== 'run').join(', ');
  const { env, span } = call.invocation;
  const limit = optionValue(call, '-l', '--limit')?.text;
  return [{
    verb: 'overwrite', resource: { kind: 'hosts', name: limit ?? place, provider: 'Ansible' }, reversibility: 'irreversible', certainty: 'likely', rule: 'ansible-playbook/production-change',
    why: `Runs ${books || 'a playbook'} on machines that are named production (${place}).`, saferWay: 'Show what would change: add --check --diff.', docs, target: { by: 'named', system: 'ansible', name: place }, env, ...(span ? { span } : {}),
  }];
}
