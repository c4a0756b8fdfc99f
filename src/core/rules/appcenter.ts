import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'appcenter',
  title: 'App Center',
  programs: ['appcenter'],
  docs: 'https://github.com/microsoft/appcenter-cli',
  valueOptions: ['-a', '--app', '-f', '--file', '-g', '--group', '-s', '--store', '-d', '--deployment-name', '-t', '--target-binary-version', '-o', '--output', '--token'],
  safeOptions: ['-h', '--help'],
  target: { system: 'app center', option: ['-a', '--app'] },
  operations: [
    { id: 'release', words: ['distribute', 'release|stores'], verb: 'publish', kind: 'release', reversibility: 'irreversible', name: [{ option: ['-a', '--app'] }], why: 'Hands a build of {name} to its testers or the store.', saferWay: 'Build and try it first.' },
    { id: 'codepush', words: ['codepush', 'release|release-react|release-cordova|release-electron|promote|rollback|patch'], verb: 'publish', kind: 'update', reversibility: 'irreversible', name: [{ option: ['-a', '--app'] }], why: 'Sends an update of {name} to everybody who has it installed.', saferWay: 'Release it to staging first.' },
    { id: 'codepush-clear', words: ['codepush', 'deployment', 'clear|remove'], verb: 'delete', kind: 'deployment', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the history of the deployment {name}.', saferWay: 'List it first and let a person delete it.' },
  ],
  unlisted: 'App Center resource',
  cases: {
    caught: [
      { command: 'appcenter distribute release -a acme/shop -f app.apk -g Public', by: 'release' },
      { command: 'appcenter distribute stores publish -a acme/shop', by: 'release' },
      { command: 'appcenter distribute release --app acme/shop --file a.ipa', by: 'release' },
      { command: 'appcenter codepush release-react -a acme/shop -d Production', by: 'codepush' },
      { command: 'appcenter codepush promote -a acme/shop -s Staging -d Production', by: 'codepush' },
      { command: 'appcenter codepush deployment clear Production -a acme/shop', by: 'codepush-clear' },
      { command: 'appcenter apps delete -a acme/shop', by: 'unlisted' },
    ],
    passes: ['appcenter apps list', 'appcenter login', 'appcenter codepush deployment list -a acme/shop', 'appcenter build list'],
  },
};
