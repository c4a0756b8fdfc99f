import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { pathEffects } from '../files/path-effects.ts';
import { knownWord } from '../shell/word.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'ssh-keygen',
  title: 'ssh-keygen',
  programs: ['ssh-keygen', 'ssh-add'],
  docs: 'https://man.openbsd.org/ssh-keygen',
  valueOptions: ['-a', '-b', '-C', '-E', '-F', '-f', '-I', '-i', '-J', '-j', '-K', '-m', '-N', '-n', '-O', '-P', '-R', '-r', '-s', '-t', '-V', '-w', '-Z', '-z'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'ssh-keygen -R web.example.com', by: 'known-host' },
      { command: 'ssh-keygen -f ~/.ssh/known_hosts -R 10.0.0.7', by: 'known-host' },
      { command: 'ssh-keygen -R "[git.example.com]:2222"', by: 'known-host' },
      { command: `echo y | ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519 -N ''`, by: 'key' },
      { command: `yes | ssh-keygen -q -f id_rsa -N ''`, by: 'key' },
      { command: 'ssh-add -D', by: 'agent' },
      { command: 'ssh-add -d ~/.ssh/id_ed25519', by: 'agent' },
    ],
    passes: ['ssh-keygen -l -f ~/.ssh/id_ed25519.pub', `ssh-keygen -t ed25519 -f deploy_key -N ''`, 'ssh-keygen -F web.example.com', 'ssh-add -l', 'ssh-add ~/.ssh/id_ed25519', 'ssh-keygen -y -f deploy_key'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { invocation } = call;
  const { program, env, span } = invocation;
  if (program === 'ssh-add') {
    if (!invocation.argv.some((word) => /^-[a-zA-Z]*[dD]$/.test(word.text))) return [];
    return [{
      verb: 'revoke', resource: { kind: 'key', name: call.operands.map((word) => word.text).join(', '), provider: 'ssh-agent' }, reversibility: 'recoverable', certainty: 'certain', rule: 'ssh-keygen/agent',
      why: 'Takes keys out of the agent: whatever logs in with them stops working until a person types the passphrase again.', saferWay: 'Let a person remove keys.', docs: 'https://man.openbsd.org/ssh-add', target: { by: 'path' }, env, ...(span ? { span } : {}),
    }];
  }
  const file = optionValue(call, '-f');
  if (hasOption(call, '-R')) return pathEffects([file ?? knownWord('~/.ssh/known_hosts')], { verb: 'overwrite', recursive: false, rule: 'ssh-keygen/known-host', docs: rule.docs, says: 'Forgets the key of a known host in', saferWay: 'Ask whether the host was really set up anew.' }, invocation, analysis);
  const makes = !['-l', '-y', '-F', '-H', '-e', '-i', '-p', '-c', '-s', '-Y', '-L', '-B', '-k', '-Q', '-r', '-A', '-M', '-D'].some((option) => call.options.has(option));
  // A question whether to replace a key is answered by what it reads.
  return makes && file && (invocation.promptsAnswered || invocation.stdin) ? pathEffects([file], { verb: 'overwrite', recursive: false, rule: 'ssh-keygen/key', docs: rule.docs, says: 'Replaces the key', saferWay: 'Make the new key under another name.' }, invocation, analysis) : [];
}
