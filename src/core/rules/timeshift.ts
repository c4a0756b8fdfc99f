import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'timeshift',
  title: 'Timeshift',
  programs: ['timeshift', 'snapper'],
  docs: 'https://github.com/linuxmint/timeshift',
  valueOptions: ['--snapshot', '--snapshot-device', '--target', '--target-device', '--comments', '-c', '--config', '-s', '--separator', '-t', '--type', '--userdata'],
  safeOptions: ['-h'],
  operations: [
    { id: 'restore', words: [], needs: ['--restore'], verb: 'overwrite', kind: 'system', reversibility: 'irreversible', name: [{ option: ['--snapshot'] }], why: 'Puts this system back to the snapshot {name}; what was changed since is lost.', saferWay: 'Make a new snapshot first: timeshift --create.' },
    { id: 'delete', words: [], needs: ['--delete', '--delete-all'], verb: 'delete', kind: 'snapshot', reversibility: 'irreversible', backup: true, name: [{ option: ['--snapshot'] }], why: 'Deletes the snapshot {name} of this system.', saferWay: 'Keep snapshots until a person says otherwise.' },
    { id: 'snapper-delete', words: ['delete|delete-config|cleanup|rm|remove'], verb: 'delete', kind: 'snapshot', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the snapshots {name}.', saferWay: 'Keep snapshots until a person says otherwise.' },
    { id: 'snapper-undo', words: ['undochange|rollback'], verb: 'overwrite', kind: 'system', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Puts files back to the snapshot {name}; what was changed since is lost.', saferWay: 'Compare first: snapper status, snapper diff.' },
  ],
  cases: {
    caught: [
      { command: 'sudo timeshift --restore --snapshot 2026-01-01_00-00-01', by: 'restore' },
      { command: 'timeshift --delete --snapshot 2026-01-01_00-00-01', by: 'delete' },
      { command: 'sudo timeshift --delete-all', by: 'delete' },
      { command: 'sudo snapper delete 1-20', by: 'snapper-delete' },
      { command: 'snapper -c root delete 7', by: 'snapper-delete' },
      { command: 'sudo snapper cleanup number', by: 'snapper-delete' },
      { command: 'sudo snapper rollback 12', by: 'snapper-undo' },
      { command: 'snapper undochange 1..2', by: 'snapper-undo' },
      { command: 'snapper -c home undochange 4..5', by: 'snapper-undo' },
    ],
    passes: ['timeshift --list', 'sudo timeshift --create', 'snapper list', 'snapper create -d before', 'snapper diff 1..2'],
  },
};
