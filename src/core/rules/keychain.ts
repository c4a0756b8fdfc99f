import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'keychain',
  title: 'macOS keychain',
  programs: ['security'],
  docs: 'https://support.apple.com/guide/keychain-access/welcome/mac',
  valueOptions: ['-a', '-s', '-l', '-c', '-C', '-D', '-G', '-j', '-r', '-Z', '-p', '-P'],
  operations: [
    { id: 'delete-item', words: ['delete-generic-password|delete-internet-password|delete-certificate|delete-identity'], verb: 'delete', kind: 'keychain item', reversibility: 'irreversible', name: [{ option: ['-s', '-l', '-a', '-c', '-Z'] }], why: 'Deletes {name} from the keychain: whatever uses it can no longer log in.', saferWay: 'Let a person delete it.' },
    { id: 'delete-keychain', words: ['delete-keychain'], verb: 'delete', kind: 'keychain', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the keychain {name} with every password in it.', saferWay: 'Let a person delete it.' },
    { id: 'authorization', words: ['authorizationdb', 'write|remove'], verb: 'overwrite', kind: 'rights', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Changes who may do {name} on this machine.', saferWay: 'Let a person change it.' },
    { id: 'trust', words: ['remove-trusted-cert|trust-settings-import'], verb: 'overwrite', kind: 'trust settings', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Changes what this machine trusts.', saferWay: 'Let a person change it.' },
  ],
  cases: {
    caught: [
      { command: 'security delete-generic-password -s deploy-token', by: 'delete-item' },
      { command: 'security delete-internet-password -a alice -s git.example.com', by: 'delete-item' },
      { command: 'security delete-certificate -c "Dev ID"', by: 'delete-item' },
      { command: 'security delete-keychain login.keychain', by: 'delete-keychain' },
      { command: 'sudo security delete-keychain /Library/Keychains/System.keychain', by: 'delete-keychain' },
      { command: 'security delete-keychain build.keychain-db', by: 'delete-keychain' },
      { command: 'sudo security authorizationdb write system.login.console allow', by: 'authorization' },
      { command: 'security authorizationdb remove com.example.right', by: 'authorization' },
      { command: 'security authorizationdb write system.preferences allow', by: 'authorization' },
      { command: 'sudo security remove-trusted-cert -d ca.pem', by: 'trust' },
      { command: 'security remove-trusted-cert ca.pem', by: 'trust' },
      { command: 'security trust-settings-import t.plist', by: 'trust' },
    ],
    passes: ['security list-keychains', 'security find-certificate -a', 'security create-keychain -p x build.keychain', 'security unlock-keychain build.keychain'],
  },
};
