import { strangerEffects } from '../package-sources.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'gem',
  title: 'RubyGems',
  programs: ['gem'],
  docs: 'https://guides.rubygems.org/command-reference/',
  valueOptions: ['-s', '--source', '-v', '--version', '--host', '-k', '--key', '--otp', '-a', '--add', '-r', '--remove'],
  safeOptions: ['-h'],
  target: { system: 'rubygems', option: ['--host'] },
  operations: [
    { id: 'push', words: ['push'], verb: 'publish', kind: 'gem', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Publishes {name}: everybody can install it.', saferWay: 'Look at what is in it: gem spec.' },
    { id: 'yank', words: ['yank'], verb: 'delete', kind: 'gem', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Takes {name} off RubyGems: whoever depends on it can no longer install it.', saferWay: 'Publish a fixed version instead.' },
    { id: 'owner', words: ['owner'], needs: ['-a', '--add', '-r', '--remove'], verb: 'revoke', kind: 'gem owner', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Changes who may publish {name}.', saferWay: 'Let a person change it.' },
  ],
  inspect: (call) => strangerEffects(call, { tool: 'gem', docs: 'https://guides.rubygems.org/command-reference/#gem-install', installs: /^install\b/, options: ['-s', '--source'] }),
  cases: {
    caught: [
      { command: 'gem install shop --source http://gems.example.com', by: 'stranger' },
      { command: 'gem push --host https://gems.example.com shop-1.1.gem', by: 'push' },
      { command: 'gem yank shop --version 1.1', by: 'yank' },
      { command: 'gem yank --platform java shop -v 1.2', by: 'yank' },
      { command: 'gem owner --add b@example.com shop', by: 'owner' },
      { command: 'gem owner -r a@example.com shop', by: 'owner' },
      { command: 'gem push shop-1.0.gem', by: 'push' },
      { command: 'gem push --key k shop-1.0.gem', by: 'push' },
      { command: 'gem yank shop -v 1.0', by: 'yank' },
      { command: 'gem owner shop --remove a@example.com', by: 'owner' },
      { command: 'gem push shop-1.1.gem --host https://rubygems.org', by: 'push' },
      { command: 'gem yank shop --version 1.1 --platform ruby', by: 'yank' },
      { command: 'gem yank -v 0.9.0 shop', by: 'yank' },
      { command: 'gem owner shop --add mallory@example.com', by: 'owner' },
    ],
    passes: ['gem install shop --source https://gems.acme.example', 'gem install --source http://localhost:9292 shop', 'gem build shop.gemspec', 'gem install rails', 'gem list', 'gem uninstall shop', 'gem owner shop', 'gem cleanup'],
  },
};
