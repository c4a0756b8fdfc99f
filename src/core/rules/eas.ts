import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'eas',
  title: 'Expo',
  programs: ['eas'],
  packages: ['eas-cli'],
  docs: 'https://docs.expo.dev/eas/cli/',
  valueOptions: ['-p', '--platform', '-e', '--profile', '--environment', '--branch', '--channel', '-m', '--message', '--variable-name', '--scope', '--id', '--path', '--name', '--value', '--group', '--runtime-version'],
  safeOptions: ['-h', '--help'],
  target: { system: 'expo', option: ['--branch', '--channel', '--environment'] },
  operations: [
    { id: 'update', words: ['update|update:republish|update:rollback|update:roll-back-to-embedded|channel:rollout'], verb: 'publish', kind: 'update', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--branch', '--channel'] }, { text: 'this app' }], why: 'Sends an update of {name} to everybody who has it installed.', saferWay: 'Send it to a preview branch first.' },
    { id: 'submit', words: ['submit'], verb: 'publish', kind: 'app', reversibility: 'irreversible', name: [{ option: ['-p', '--platform'] }, { text: 'this app' }], why: 'Hands {name} to the app store.', saferWay: 'Build and try it first: eas build.' },
    { id: 'env-delete', words: ['env:delete|secret:delete'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ option: ['--variable-name', '--id'] }, { operand: 0 }], why: 'Deletes the variable {name}; a secret value cannot be read back.', saferWay: 'Let a person keep the value first.' },
    { id: 'branch-delete', words: ['branch:delete|channel:delete|update:delete|update:revert-update-rollout|webhook:delete|device:delete|build:delete'], verb: 'delete', kind: 'branch or channel', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}: apps that look there get no updates any more.', saferWay: 'List it first and let a person delete it.' },
  ],
  unlisted: 'Expo resource',
  cases: {
    caught: [
      { command: 'eas update --branch production --message fix', by: 'update' },
      { command: 'eas update:republish --group 1a2b', by: 'update' },
      { command: 'npx eas-cli update --auto', by: 'update' },
      { command: 'eas submit -p ios --latest', by: 'submit' },
      { command: 'eas submit --platform android', by: 'submit' },
      { command: 'npx eas-cli submit', by: 'submit' },
      { command: 'eas env:delete --variable-name API_KEY', by: 'env-delete' },
      { command: 'eas env:delete production', by: 'env-delete' },
      { command: 'eas secret:delete --id 9', by: 'env-delete' },
      { command: 'eas branch:delete old', by: 'branch-delete' },
      { command: 'eas channel:delete preview', by: 'branch-delete' },
      { command: 'eas build:delete 1a2b', by: 'branch-delete' },
      { command: 'eas worker:delete x', by: 'unlisted' },
    ],
    passes: ['eas build -p ios', 'eas whoami', 'eas env:list', 'eas branch:list', 'eas update:list', 'eas build:list'],
  },
};
