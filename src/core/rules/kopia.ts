import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'kopia',
  title: 'Kopia',
  programs: ['kopia'],
  docs: 'https://kopia.io/docs/reference/command-line/common/',
  valueOptions: ['--config-file', '--password', '-p', '--log-level', '--source', '--keep-latest', '--keep-hourly', '--keep-daily', '--keep-weekly', '--keep-monthly', '--keep-annual', '--safety', '--mode', '--parallel'],
  safeOptions: ['-h'],
  target: { system: 'kopia', option: ['--config-file'] },
  operations: [
    { id: 'snapshot-delete', words: ['snapshot|snapshots|snap', 'delete|remove|rm'], needs: ['--delete', '--unsafe-ignore-source'], verb: 'delete', kind: 'snapshot', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the snapshot {name}.', saferWay: 'Show what would go: leave out --delete.' },
    { id: 'snapshot-expire', words: ['snapshot|snapshots|snap', 'expire'], needs: ['--delete'], verb: 'delete', kind: 'snapshots', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes snapshots of {name} that the policy no longer keeps.', saferWay: 'Show what would go: leave out --delete.' },
    { id: 'snapshot-fix', words: ['snapshot|snapshots|snap', 'fix'], needs: ['--commit'], verb: 'delete', kind: 'snapshots', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Rewrites snapshots without the files that are named or damaged.', saferWay: 'Show what would change: leave out --commit.' },
    { id: 'maintenance', words: ['maintenance', 'run'], value: { of: ['--safety'], fits: /^none$/i }, verb: 'delete', kind: 'backup data', reversibility: 'irreversible', backup: true, name: [], why: 'Deletes backup data at once that would otherwise be kept for a while.', saferWay: 'Run it with the full safety: --safety=full.' },
    { id: 'data-delete', words: ['content|blob|index|manifest|session', 'delete|rm|gc|shrink|rewrite|recover|optimize'], verb: 'delete', kind: 'backup data', reversibility: 'irreversible', certainty: 'likely', backup: true, name: [{ operands: 'all' }], why: 'Deletes raw data of the repository: {name}.', saferWay: 'Leave that to kopia maintenance.' },
    { id: 'policy-delete', words: ['policy|policies', 'delete|remove|rm|set'], verb: 'delete', kind: 'backup policy', reversibility: 'irreversible', certainty: 'likely', backup: true, name: [{ operands: 'all' }], why: 'Changes what is kept of {name}, and for how long.', saferWay: 'Look first: kopia policy show.' },
  ],
  cases: {
    caught: [
      { command: 'kopia snapshot delete k5f1a --delete', by: 'snapshot-delete' },
      { command: 'kopia snap rm --unsafe-ignore-source k5f1a', by: 'snapshot-delete' },
      { command: 'docker run --rm kopia/kopia snapshot delete --all-snapshots-for-source /srv --delete', by: 'snapshot-delete' },
      { command: 'kopia snapshot expire --all --delete', by: 'snapshot-expire' },
      { command: 'kopia snapshot fix remove-files --filename secret.txt --commit', by: 'snapshot-fix' },
      { command: 'kopia maintenance run --full --safety=none', by: 'maintenance' },
      { command: 'kopia --config-file x.config maintenance run --safety none', by: 'maintenance' },
      { command: 'sudo kopia maintenance run --safety=none --full', by: 'maintenance' },
      { command: 'kopia content delete c5f1', by: 'data-delete' },
      { command: 'kopia blob gc --delete=yes', by: 'data-delete' },
      { command: 'kopia manifest rm m5f1', by: 'data-delete' },
      { command: 'kopia policy delete /srv', by: 'policy-delete' },
      { command: 'kopia policy set --global --keep-latest 1', by: 'policy-delete' },
      { command: 'kopia policy rm --global', by: 'policy-delete' },
    ],
    passes: ['kopia snapshot list', 'kopia snapshot create /srv', 'kopia snapshot delete k5f1a', 'kopia snapshot expire --all', 'kopia maintenance run --full', 'kopia restore k5f1a out', 'kopia policy show --global', 'kopia repository status'],
  },
};
