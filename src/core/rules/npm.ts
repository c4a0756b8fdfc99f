import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'npm',
  title: 'npm',
  programs: ['npm', 'pnpm', 'yarn', 'bun'],
  docs: 'https://docs.npmjs.com/cli/commands/npm-publish',
  valueOptions: ['--registry', '--tag', '--access', '--otp', '-w', '--workspace', '--prefix', '-C', '--dir', '--cwd', '--filter', '-F', '--userconfig', '--loglevel', '--provenance-file', '--new-version', '--message', '-m'],
  safeOptions: ['--dry-run', '-h'],
  target: { system: 'npm', option: ['--registry'], variable: ['npm_config_registry', 'NPM_CONFIG_REGISTRY'] },
  operations: [
    { id: 'publish', words: ['publish'], verb: 'publish', kind: 'package', reversibility: 'irreversible', name: [{ operand: 0 }, { text: 'this package' }], why: 'Publishes {name}: everybody can install it, and the version can never be used again.', saferWay: 'Look at what would go out: npm publish --dry-run.' },
    { id: 'yarn-publish', words: ['npm', 'publish'], verb: 'publish', kind: 'package', reversibility: 'irreversible', name: [{ text: 'this package' }], why: 'Publishes {name}: everybody can install it, and the version can never be used again.', saferWay: 'Look at what would go out: yarn pack --dry-run.' },
    { id: 'unpublish', words: ['unpublish'], verb: 'delete', kind: 'package', reversibility: 'irreversible', name: [{ operand: 0 }, { text: 'this package' }], why: 'Takes {name} off the registry: whoever depends on it can no longer install it.', saferWay: 'Deprecate it instead: npm deprecate.' },
    { id: 'deprecate', words: ['deprecate'], verb: 'publish', kind: 'package', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Tells everybody who installs {name} that it is deprecated.', saferWay: 'Let a person announce it.' },
    { id: 'dist-tag', words: ['dist-tag|dist-tags', 'add|rm|set'], verb: 'publish', kind: 'package tag', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Changes which version of {name} people get.', saferWay: 'Let a person move the tag.' },
    { id: 'owner', words: ['owner', 'rm|add'], verb: 'revoke', kind: 'package owner', reversibility: 'recoverable', name: [{ operands: 'all' }], why: 'Changes who may publish: {name}.', saferWay: 'Let a person change it on the website.' },
    { id: 'access', words: ['access', 'public|restricted|grant|revoke|set'], verb: 'revoke', kind: 'package access', reversibility: 'recoverable', name: [{ operands: 'all' }], why: 'Changes who may see or publish: {name}.', saferWay: 'Let a person change it on the website.' },
    { id: 'token', words: ['token', 'revoke|delete|remove|rm'], verb: 'revoke', kind: 'token', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Revokes the token {name}: whatever uses it stops working.', saferWay: 'Make the new token first.' },
  ],
  cases: {
    caught: [
      { command: 'npm publish', by: 'publish' },
      { command: 'npm publish --access public --tag latest', by: 'publish' },
      { command: 'pnpm publish -r --no-git-checks', by: 'publish' },
      { command: 'yarn npm publish', by: 'yarn-publish' },
      { command: 'npm unpublish left-pad --force', by: 'unpublish' },
      { command: 'npm deprecate left-pad "use padStart"', by: 'deprecate' },
      { command: 'npm dist-tag add left-pad@2.0.0 latest', by: 'dist-tag' },
      { command: 'npm owner rm alice left-pad', by: 'owner' },
      { command: 'npm access revoke org:team left-pad', by: 'access' },
      { command: 'npm token revoke 1a2b3c', by: 'token' },
    ],
    passes: ['npm publish --dry-run', 'npm pack', 'npm install', 'npm ci', 'npm uninstall lodash', 'npm version patch', 'npm view left-pad', 'npm dist-tag ls left-pad', 'npm owner ls left-pad', 'npm cache clean --force', 'npm run publish-docs --if-present', 'yarn add publish', 'npm prune', 'npm remove lodash', 'npm token list'],
  },
};
