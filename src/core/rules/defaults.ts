import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'defaults',
  title: 'defaults',
  programs: ['defaults'],
  docs: 'https://support.apple.com/guide/terminal/edit-property-lists-apda49a1bb2-577e-4721-8f25-ffc0836f6997/mac',
  valueOptions: ['-host'],
  optionStyle: 'single-dash',
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'defaults delete com.apple.finder', by: 'domain' },
      { command: 'defaults -currentHost delete com.example.app', by: 'domain' },
      { command: 'defaults delete -g', by: 'domain' },
      { command: 'sudo defaults delete /Library/Preferences/com.example', by: 'domain' },
    ],
    passes: ['defaults read com.apple.finder', 'defaults write com.apple.finder AppleShowAllFiles true', 'defaults delete com.apple.finder ShowPathbar', 'defaults domains'],
  },
};

/** Without a key every setting of the program goes. */
function inspect(call: Call): readonly Effect[] {
  const [command, domain, key] = call.operands.map((word) => word.text);
  const global = hasOption(call, '-g', '-globalDomain');
  if (command !== 'delete' || (global ? domain : key) !== undefined || (domain === undefined && !global)) return [];
  const name = domain ?? 'every program';
  const { env, span } = call.invocation;
  return [{
    verb: 'delete', resource: { kind: 'settings', name, provider: 'this computer' }, reversibility: 'irreversible', certainty: 'certain', rule: 'defaults/domain',
    why: `Deletes every setting of ${name}.`, saferWay: 'Keep them first: defaults export. Name the one key that is meant.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }];
}
