import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'choco',
  title: 'Chocolatey',
  programs: ['choco', 'cuninst'],
  docs: 'https://docs.chocolatey.org/en-us/choco/commands/uninstall/',
  valueOptions: ['-s', '--source', '--version', '-p', '--password', '-u', '--user'],
  safeOptions: ['-h', '-?', '--noop', '--whatif', '--what-if'],
  operations: [
    { id: 'uninstall-all', words: ['uninstall', 'all'], verb: 'delete', kind: 'packages', reversibility: 'irreversible', name: [{ text: 'every package' }], why: 'Uninstalls {name} Chocolatey has installed.', saferWay: 'Name the one that is meant.' },
    { id: 'remove-dependencies', words: ['uninstall'], needs: ['-x', '--remove-dependencies', '--forcedependencies'], verb: 'delete', kind: 'packages', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Uninstalls {name} and everything it needs, used by others or not.', saferWay: 'Leave out --remove-dependencies.' },
  ],
  cases: {
    caught: [
      { command: 'choco uninstall all -y', by: 'uninstall-all' },
      { command: 'choco uninstall postgresql --remove-dependencies -y', by: 'remove-dependencies' },
      { command: 'choco uninstall nodejs -x', by: 'remove-dependencies' },
    ],
    passes: ['choco uninstall ripgrep -y', 'choco list', 'choco install git -y', 'choco uninstall all --noop'],
  },
};
