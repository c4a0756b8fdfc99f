import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'snap',
  title: 'snap',
  programs: ['snap'],
  docs: 'https://snapcraft.io/docs/snapshots',
  valueOptions: ['--revision', '--channel', '--chrome'],
  safeOptions: ['-h'],
  operations: [
    { id: 'purge', words: ['remove'], needs: ['--purge'], verb: 'delete', kind: 'snap', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes {name} with all its data, and keeps no snapshot of it.', saferWay: 'Leave out --purge: a snapshot is then kept.' },
    { id: 'forget', words: ['forget'], verb: 'delete', kind: 'snapshot', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the snapshot {name} of what programs kept.', saferWay: 'Keep snapshots until a person says otherwise.' },
    { id: 'restore', words: ['restore'], verb: 'overwrite', kind: 'data', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Replaces what programs keep with the snapshot {name}.', saferWay: 'Save the present state first: snap save.' },
  ],
  cases: {
    caught: [
      { command: 'sudo snap remove --purge nextcloud', by: 'purge' },
      { command: 'snap remove firefox --purge', by: 'purge' },
      { command: 'sudo snap remove --purge code slack', by: 'purge' },
      { command: 'sudo snap forget 3', by: 'forget' },
      { command: 'snap forget 3 nextcloud', by: 'forget' },
      { command: 'sudo snap forget 4', by: 'forget' },
      { command: 'sudo snap restore 3', by: 'restore' },
      { command: 'snap restore 3 nextcloud', by: 'restore' },
      { command: 'sudo snap restore 4', by: 'restore' },
    ],
    passes: ['snap list', 'sudo snap remove firefox', 'snap saved', 'snap install code --classic', 'snap save nextcloud'],
  },
};
