import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'trash',
  title: 'the trash',
  programs: ['trash', 'gio'],
  docs: 'https://man.archlinux.org/man/gio.1',
  valueOptions: [],
  safeOptions: ['-h'],
  operations: [
    { id: 'empty', words: ['empty|e'], verb: 'delete', kind: 'trash', reversibility: 'irreversible', backup: true, name: [], why: 'Empties the trash: what was moved there can no longer be brought back.', saferWay: 'List it first: trash list.' },
    { id: 'gio-empty', words: ['trash'], needs: ['--empty'], verb: 'delete', kind: 'trash', reversibility: 'irreversible', backup: true, name: [], why: 'Empties the trash: what was moved there can no longer be brought back.', saferWay: 'List it first: gio trash --list.' },
  ],
  cases: {
    caught: [
      { command: 'trash e', by: 'empty' },
      { command: 'gio trash --empty --force', by: 'gio-empty' },
      { command: '/usr/bin/gio trash --empty', by: 'gio-empty' },
      { command: 'trash empty --all', by: 'empty' },
      { command: 'trash empty', by: 'empty' },
      { command: 'gio trash --empty', by: 'gio-empty' },
      { command: 'trash empty --before 30', by: 'empty' },
      { command: 'trash empty -y', by: 'empty' },
      { command: 'sudo gio trash -f --empty', by: 'gio-empty' },
    ],
    passes: ['trash file.txt', 'trash list', 'gio trash --list', 'gio trash old.txt'],
  },
};
