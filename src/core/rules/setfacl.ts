import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { wholeEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'setfacl',
  title: 'setfacl',
  programs: ['setfacl'],
  docs: 'https://man7.org/linux/man-pages/man1/setfacl.1.html',
  valueOptions: ['-m', '--modify', '-M', '--modify-file', '-x', '--remove', '-X', '--remove-file', '--set', '--set-file', '-t', '--type', '-u', '--user', '-r', '--role'],
  safeOptions: ['--help', '--version', '--test', '-n'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo setfacl -R -m u:app:rwx /etc', by: 'everything' },
      { command: 'setfacl --recursive -b /', by: 'everything' },
      { command: 'sudo setfacl -Rm g:dev:rwX /usr', by: 'everything' },
      { command: 'setfacl --restore=acls.txt', by: 'restore' },
      { command: 'sudo setfacl --restore /root/acls.txt', by: 'restore' },
    ],
    passes: ['setfacl -m u:app:r notes.txt', 'setfacl -R -m u:app:rX ./public', 'getfacl /etc', 'setfacl --test -m u:app:r /etc/hosts'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { invocation } = call;
  if (hasOption(call, '-R', '--recursive')) return wholeEffects(call.operands, { rule: 'setfacl/everything', docs: rule.docs, says: 'Changes who may read and run' }, invocation, analysis);
  if (!hasOption(call, '--restore')) return [];
  return [{
    verb: 'overwrite', resource: { kind: 'access rights', name: '', provider: 'this computer' }, reversibility: 'irreversible', certainty: 'likely', rule: 'setfacl/restore',
    why: 'Replaces who may read and run every file its list names.', saferWay: 'Keep the present rights first: getfacl -R.', docs: rule.docs, target: { by: 'path' }, env: invocation.env, ...(invocation.span ? { span: invocation.span } : {}),
  }];
}
