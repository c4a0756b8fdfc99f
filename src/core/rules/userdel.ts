import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'userdel',
  title: 'userdel',
  programs: ['userdel', 'deluser', 'groupdel', 'delgroup', 'sysadminctl', 'dscl'],
  docs: 'https://man7.org/linux/man-pages/man8/userdel.8.html',
  valueOptions: ['-deleteUser', '-u', '-P', '-R', '--root', '--prefix', '--backup-to'],
  safeOptions: ['-h', '-help'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo sysadminctl -deleteUser alice', by: 'delete' },
      { command: 'sudo dscl . -delete /Users/alice', by: 'delete' },
      { command: 'dscl . delete /Groups/devs', by: 'delete' },
      { command: 'sudo userdel -r alice', by: 'delete' },
      { command: 'deluser --remove-home alice', by: 'delete' },
      { command: 'sudo groupdel devs', by: 'delete' },
      { command: 'delgroup devs', by: 'delete' },
    ],
    passes: ['dscl . -list /Users', 'sysadminctl -secureTokenStatus alice', 'userdel --help', 'deluser --help', 'groupdel --help'],
  },
};

function inspect(call: Call): readonly Effect[] {
  const name = accountsIn(call);
  if (name === '') return [];
  const { env, span } = call.invocation;
  return [{
    verb: 'delete', resource: { kind: 'account', name, provider: 'this computer' }, reversibility: 'irreversible', certainty: 'certain', rule: 'userdel/delete',
    why: `Deletes the account ${name} of this machine, its home folder too where told so.`, saferWay: 'Lock it instead: usermod --lock.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }];
}

/** The accounts a call deletes; the tools of macOS name them in ways of their own. */
function accountsIn(call: Call): string {
  const { program, argv } = call.invocation;
  if (program === 'sysadminctl') return optionValue(call, '-deleteUser')?.text ?? '';
  if (program !== 'dscl') return call.operands.map((word) => word.text).join(', ');
  const at = argv.findIndex((word) => /^-?delete$/.test(word.text));
  return at < 0 ? '' : (argv[at + 1]?.text ?? '');
}
