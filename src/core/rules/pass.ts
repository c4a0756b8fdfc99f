import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'pass',
  title: 'pass',
  programs: ['pass', 'gopass'],
  docs: 'https://www.passwordstore.org',
  valueOptions: ['-p', '--path', '-n', '--store', '-s'],
  safeOptions: ['-h'],
  operations: [
    { id: 'remove', words: ['rm|remove|delete'], verb: 'delete', kind: 'password', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the password {name}.', saferWay: 'Look first whether the store is in git: pass git log.' },
    { id: 'overwrite', words: ['insert|add|generate|gen'], needs: ['-f', '--force'], verb: 'overwrite', kind: 'password', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces the password {name}; the old one is lost.', saferWay: 'Use a new name: leave out --force.' },
    { id: 'move', words: ['mv|rename|cp|copy'], needs: ['-f', '--force'], verb: 'overwrite', kind: 'password', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Replaces a password by another: {name}.', saferWay: 'Use a new name: leave out --force.' },
    { id: 'init', words: ['init'], verb: 'overwrite', kind: 'password store', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Encrypts the whole store anew for {name}; others can no longer read it.', saferWay: 'Let a person change who reads it.' },
  ],
  cases: {
    caught: [
      { command: 'pass rm -f work/db', by: 'remove' },
      { command: 'pass rm -r work', by: 'remove' },
      { command: 'gopass delete work/db', by: 'remove' },
      { command: 'pass insert -f work/db', by: 'overwrite' },
      { command: 'pass generate --force work/db 32', by: 'overwrite' },
      { command: 'gopass insert --force work/db', by: 'overwrite' },
      { command: 'pass mv -f a b', by: 'move' },
      { command: 'pass cp --force a b', by: 'move' },
      { command: 'gopass mv --force a b', by: 'move' },
      { command: 'pass init ABCD1234', by: 'init' },
      { command: 'gopass init ABCD1234', by: 'init' },
      { command: 'pass init -p work ABCD1234', by: 'init' },
    ],
    passes: ['pass ls', 'pass generate new/one 32', 'pass git log', 'pass insert new/one', 'pass find db'],
  },
};
