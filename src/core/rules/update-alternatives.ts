import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'update-alternatives',
  title: 'update-alternatives',
  programs: ['update-alternatives', 'alternatives'],
  docs: 'https://man7.org/linux/man-pages/man1/update-alternatives.1.html',
  valueOptions: ['--altdir', '--admindir', '--instdir', '--root', '--log'],
  safeOptions: ['--help', '--version', '--display', '--list', '--query', '--get-selections'],
  operations: [
    { id: 'remove', words: [], needs: ['--remove', '--remove-all'], verb: 'delete', kind: 'alternative', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Takes away what a command of the system stands for: {name}.', saferWay: 'Look first: update-alternatives --display.' },
    { id: 'everything', words: [], needs: ['--set-selections', '--all'], verb: 'overwrite', kind: 'alternatives', reversibility: 'recoverable', name: [{ text: 'many commands of the system' }], why: 'Changes what {name} stand for.', saferWay: 'Change the one that is meant: --config.' },
  ],
  cases: {
    caught: [
      { command: 'sudo update-alternatives --remove-all python', by: 'remove' },
      { command: 'update-alternatives --remove editor /usr/bin/nano', by: 'remove' },
      { command: 'sudo alternatives --remove java /opt/java', by: 'remove' },
      { command: 'update-alternatives --set-selections < list', by: 'everything' },
    ],
    passes: ['update-alternatives --display editor', 'update-alternatives --list java', 'sudo update-alternatives --config editor', 'sudo update-alternatives --install /usr/bin/python python /usr/bin/python3 1'],
  },
};
