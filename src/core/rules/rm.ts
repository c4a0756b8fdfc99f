import { hasOption } from '../call.ts';
import { pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/rm-invocation.html';

export const rule: Rule = {
  tool: 'rm',
  title: 'rm',
  programs: ['rm', 'grm', 'unlink'],
  docs,
  valueOptions: [],
  abbreviable: ['--recursive'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect: (call, analysis) => pathEffects(call.operands, {
    verb: 'delete',
    recursive: hasOption(call, '-r', '-R', '--recursive'),
    rule: 'rm/delete',
    docs,
    saferWay: 'Move it aside, or commit it first.',
  }, call.invocation, analysis),
  cases: {
    caught: [
      { command: 'rm -rf /', by: 'delete' },
      { command: 'rm -fr ~', by: 'delete' },
      { command: 'rm -r -f "$UNSET"/*', by: 'delete' },
      { command: 'rm -rf ../other-project', by: 'delete' },
      { command: 'rm --recursive --force /srv/app', by: 'delete' },
      { command: 'rm -rf -- .git', by: 'delete' },
    ],
    passes: ['rm --help', 'rm --version', 'rm'],
  },
};
