import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'velero',
  title: 'Velero',
  programs: ['velero'],
  docs: 'https://velero.io/docs/main/',
  valueOptions: ['-n', '--namespace', '--kubeconfig', '--kubecontext', '-l', '--selector'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'kubernetes', option: ['--kubecontext'] },
  operations: [],
  unlisted: 'backup',
  cases: {
    caught: [
      { command: 'velero backup delete daily --confirm', by: 'unlisted' },
      { command: 'velero restore delete r1', by: 'unlisted' },
      { command: 'velero backup-location delete default', by: 'unlisted' },
      { command: 'velero snapshot-location delete x', by: 'unlisted' },
      { command: 'velero schedule delete nightly', by: 'unlisted' },
      { command: 'velero uninstall --force', by: 'unlisted' },
    ],
    passes: ['velero backup get', 'velero backup create x', 'velero restore create --from-backup x', 'velero backup describe x', 'velero schedule get'],
  },
};
