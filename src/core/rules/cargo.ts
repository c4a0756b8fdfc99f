import { strangerEffects } from '../package-sources.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'cargo',
  title: 'Cargo',
  programs: ['cargo'],
  docs: 'https://doc.rust-lang.org/cargo/commands/cargo-publish.html',
  harmless: { cargo: { first: ['build', 'check', 'test', 'clippy', 'fmt', 'doc', 'metadata', 'tree'] } },
  valueOptions: ['--git', '-p', '--package', '--registry', '--index', '--token', '--manifest-path', '--target', '--target-dir', '-j', '--jobs', '-F', '--features', '--version', '--vers', '-Z', '--config', '-a', '--add', '-r', '--remove'],
  safeOptions: ['-h', '-n', '--dry-run'],
  target: { system: 'crates.io', option: ['--registry', '--index'] },
  operations: [
    { id: 'publish', words: ['publish'], verb: 'publish', kind: 'crate', reversibility: 'irreversible', name: [{ option: ['-p', '--package'] }, { text: 'this crate' }], why: 'Publishes {name}: everybody can use it, and the version stays for ever.', saferWay: 'Look at what would go out: cargo publish --dry-run.' },
    { id: 'yank', words: ['yank'], verb: 'delete', kind: 'crate version', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Takes a version of {name} back: nobody new can depend on it.', saferWay: 'Let a person yank it.' },
    { id: 'owner', words: ['owner'], needs: ['-a', '--add', '-r', '--remove'], verb: 'revoke', kind: 'crate owner', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Changes who may publish {name}.', saferWay: 'Let a person change it.' },
  ],
  inspect: (call) => strangerEffects(call, { tool: 'cargo', docs: 'https://doc.rust-lang.org/cargo/commands/cargo-install.html', installs: /^(?:install|add)\b/, options: ['--git', '--index'] }),
  cases: {
    caught: [
      { command: 'cargo install --git http://git.example.com/shop.git', by: 'stranger' },
      { command: 'cargo yank shop@1.0.1', by: 'yank' },
      { command: 'cargo yank --vers 1.0.2 --registry acme shop', by: 'yank' },
      { command: 'cargo owner --add bob shop', by: 'owner' },
      { command: 'cargo owner -r alice shop', by: 'owner' },
      { command: 'cargo publish', by: 'publish' },
      { command: 'cargo publish -p shop --allow-dirty', by: 'publish' },
      { command: 'cargo --locked publish', by: 'publish' },
      { command: 'cargo yank --version 1.0.0 shop', by: 'yank' },
      { command: 'cargo owner --remove alice shop', by: 'owner' },
      { command: 'cargo yank --version 0.9.0 --registry internal shop', by: 'yank' },
      { command: 'cargo owner --add mallory shop', by: 'owner' },
      { command: 'cargo owner -r github:acme:core shop', by: 'owner' },
    ],
    passes: ['cargo install --git https://github.com/acme/shop', 'cargo add --git https://git.acme.example/shop shop', 'cargo build', 'cargo publish --dry-run', 'cargo package', 'cargo clean', 'cargo test', 'cargo remove serde', 'cargo uninstall ripgrep', 'cargo owner --list'],
  },
};
