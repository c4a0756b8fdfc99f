import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'flatpak',
  title: 'Flatpak',
  programs: ['flatpak'],
  docs: 'https://docs.flatpak.org/en/latest/flatpak-command-reference.html',
  valueOptions: ['--arch', '--installation'],
  safeOptions: ['-h'],
  operations: [
    { id: 'delete-data', words: ['uninstall|remove'], needs: ['--delete-data'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes {name} with everything it kept in the home folder.', saferWay: 'Leave out --delete-data: its data then stays.' },
    { id: 'all', words: ['uninstall|remove'], needs: ['--all'], verb: 'delete', kind: 'apps', reversibility: 'irreversible', name: [{ text: 'every app' }], why: 'Removes {name} there is on this machine.', saferWay: 'Name the one that is meant.' },
  ],
  cases: {
    caught: [
      { command: 'flatpak uninstall --delete-data org.mozilla.firefox', by: 'delete-data' },
      { command: 'flatpak remove --delete-data org.gimp.GIMP -y', by: 'delete-data' },
      { command: 'flatpak uninstall --unused --delete-data', by: 'delete-data' },
      { command: 'flatpak uninstall --all -y', by: 'all' },
      { command: 'sudo flatpak remove --all', by: 'all' },
      { command: 'flatpak uninstall --user --all', by: 'all' },
    ],
    passes: ['flatpak list', 'flatpak uninstall org.gimp.GIMP', 'flatpak uninstall --unused', 'flatpak install org.gimp.GIMP', 'flatpak update'],
  },
};
