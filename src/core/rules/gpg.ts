import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'gpg',
  title: 'GnuPG',
  programs: ['gpg', 'gpg2'],
  docs: 'https://www.gnupg.org/documentation/manuals/gnupg/Operational-GPG-Commands.html',
  valueOptions: ['-u', '--local-user', '-r', '--recipient', '-o', '--output', '--homedir', '--keyserver', '--passphrase', '--passphrase-file', '--passphrase-fd', '--pinentry-mode', '--trust-model', '--status-fd'],
  safeOptions: ['-h', '--dry-run', '-n'],
  operations: [
    { id: 'secret-key-delete', words: [], needs: ['--delete-secret-keys', '--delete-secret-key', '--delete-secret-and-public-keys', '--delete-secret-and-public-key'], verb: 'delete', kind: 'secret key', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the secret key {name}: what was encrypted for it can never be read again.', saferWay: 'Keep it first, offline: a person exports it.' },
    { id: 'key-delete', words: [], needs: ['--delete-keys', '--delete-key'], verb: 'delete', kind: 'public key', reversibility: 'recoverable', name: [{ operands: 'all' }], why: 'Deletes the public key {name} from the keyring.', saferWay: 'Keep it first: gpg --export.' },
    { id: 'revoke', words: [], needs: ['--quick-revoke-uid', '--quick-revoke-sig', '--gen-revoke', '--generate-revocation', '--desig-revoke', '--quick-set-expire'], verb: 'revoke', kind: 'key', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Makes the key {name} invalid, or what it vouches for.', saferWay: 'Let a person revoke keys.' },
  ],
  cases: {
    caught: [
      { command: 'gpg --delete-secret-keys alice@example.com', by: 'secret-key-delete' },
      { command: 'gpg --batch --yes --delete-secret-and-public-key ABCD1234', by: 'secret-key-delete' },
      { command: 'gpg2 --delete-secret-key alice', by: 'secret-key-delete' },
      { command: 'gpg --batch --yes --delete-keys bob@example.com', by: 'key-delete' },
      { command: 'gpg --quick-revoke-uid ABCD alice', by: 'revoke' },
      { command: 'gpg --quick-set-expire ABCD 0', by: 'revoke' },
    ],
    passes: ['gpg --list-secret-keys', 'gpg --verify a.sig', 'gpg --export alice', 'gpg -e -r alice notes.txt', 'gpg --import key.asc'],
  },
};
