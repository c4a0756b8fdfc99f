import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { wholeEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'chattr',
  title: 'chattr',
  programs: ['chattr'],
  docs: 'https://man7.org/linux/man-pages/man1/chattr.1.html',
  valueOptions: ['-v', '-p', '-n', '--name', '-x', '--remove'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo chattr -R +i /etc', by: 'everything' },
      { command: 'chattr -R -i /', by: 'everything' },
      { command: 'sudo chattr -R +a /var', by: 'everything' },
      { command: 'sudo chattr -i /etc/passwd', by: 'unprotect' },
      { command: 'chattr -i /etc/shadow', by: 'unprotect' },
      { command: 'sudo chattr -ai /etc/sudoers', by: 'unprotect' },
    ],
    passes: ['lsattr /etc/passwd', 'chattr +C ~/vm', 'chattr -i notes.txt', 'sudo chattr +i /etc/resolv.conf'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const paths = call.operands.filter((word) => !/^[-+=][a-zA-Z]+$/.test(word.text));
  if (hasOption(call, '-R')) return wholeEffects(paths, { rule: 'chattr/everything', docs: rule.docs, says: 'Changes what may be done with' }, call.invocation, analysis);
  const system = call.invocation.argv.some((word) => /^-[a-zA-Z]*i/.test(word.text)) ? paths.filter((word) => /^\/(?:etc|boot|usr|bin|sbin|lib)\//.test(word.text)) : [];
  const { env, span } = call.invocation;
  return system.slice(0, 20).map((word) => ({
    verb: 'revoke', resource: { kind: 'file', name: word.text, provider: 'this computer' }, reversibility: 'reversible', certainty: 'certain', rule: 'chattr/unprotect',
    why: `Takes away what keeps ${word.text} from being changed or deleted.`, saferWay: 'Ask the person who protected it.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }));
}
