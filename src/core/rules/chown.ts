import { hasOption } from '../call.ts';
import { guardChanges, wholeEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/chown-invocation.html';

export const rule: Rule = {
  tool: 'chown',
  title: 'chown',
  programs: ['chown', 'gchown', 'chgrp', 'gchgrp'],
  docs,
  valueOptions: ['--reference', '--from'],
  abbreviable: ['--recursive'],
  safeOptions: ['--help', '--version'],
  operations: [],
  // Owners can be put back one by one, but not those of a whole system.
  inspect: (call, analysis) => {
    const paths = hasOption(call, '--reference') ? call.operands : call.operands.slice(1);
    return hasOption(call, '-R', '--recursive') ? wholeEffects(paths, { rule: 'chown/everything', docs, says: 'Changes the owner of' }, call.invocation, analysis) : guardChanges(paths, {}, call.invocation, analysis);
  },
  cases: {
    caught: [
      { command: 'sudo chown -R dev /', by: 'everything' },
      { command: 'chown -R dev:dev /usr/local', by: 'everything' },
      { command: 'sudo chgrp -R staff /etc', by: 'everything' },
    ],
    passes: ['sudo chown -R dev ~/.npm', 'chown dev file', 'chown -R dev .'],
  },
};
