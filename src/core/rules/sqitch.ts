import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sqitch',
  title: 'Sqitch',
  programs: ['sqitch'],
  docs: 'https://sqitch.org/docs/manual/sqitch-revert/',
  valueOptions: ['-t', '--target', '-f', '--plan-file', '--engine', '--registry', '--to-change', '--to', '--onto', '--upto', '-h', '--db-host', '-d', '--db-name', '-u', '--db-user', '-p', '--db-port', '-C', '--chdir', '-s', '--set', '-m', '--modified'],
  safeOptions: ['--log-only'],
  target: { database: 'sqitch', option: ['-t', '--target'] },
  operations: [
    { id: 'revert', words: ['revert'], verb: 'drop', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--to', '--to-change'] }], why: 'Undoes changes, all of them where none is named: what they added goes with its data.', saferWay: 'Look first: sqitch status.' },
    { id: 'rebase', words: ['rebase'], verb: 'drop', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes changes and runs them again: what they added goes with its data.', saferWay: 'Look first: sqitch status.' },
    { id: 'checkout', words: ['checkout'], verb: 'drop', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Undoes the changes that another branch does not have, then switches to it.', saferWay: 'Look first: sqitch status.' },
  ],
  cases: {
    caught: [
      { command: 'sqitch revert -y', by: 'revert' },
      { command: 'sqitch revert --to @HEAD^ db:pg://u@db.example.com/shop', by: 'revert' },
      { command: 'docker compose run sqitch sqitch revert -y --target prod', by: 'revert' },
      { command: 'sqitch rebase -y', by: 'rebase' },
      { command: 'sqitch rebase --onto @HEAD~2 prod', by: 'rebase' },
      { command: 'sqitch -C db rebase', by: 'rebase' },
      { command: 'sqitch checkout main -y', by: 'checkout' },
      { command: 'sqitch -C db checkout feature', by: 'checkout' },
      { command: 'sqitch checkout --target prod main', by: 'checkout' },
    ],
    passes: ['sqitch deploy', 'sqitch status', 'sqitch verify', 'sqitch revert --log-only', 'sqitch add drop_users', 'sqitch log', 'sqitch plan', 'sqitch --help'],
  },
};
