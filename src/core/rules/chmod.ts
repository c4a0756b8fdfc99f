import { hasOption } from '../call.ts';
import { wholeEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/chmod-invocation.html';

export const rule: Rule = {
  tool: 'chmod',
  title: 'chmod',
  programs: ['chmod', 'gchmod'],
  docs,
  valueOptions: ['--reference'],
  safeOptions: ['--help', '--version'],
  operations: [],
  // Modes can be put back one by one, but not those of a whole system.
  inspect: (call, analysis) => {
    const paths = hasOption(call, '--reference') ? call.operands : call.operands.slice(1);
    return hasOption(call, '-R', '--recursive') ? wholeEffects(paths, { rule: 'chmod/everything', docs, says: 'Changes who may read and run' }, call.invocation, analysis) : [];
  },
  cases: {
    caught: [
      { command: 'chmod -R 777 /', by: 'everything' },
      { command: 'sudo chmod -R 755 /usr', by: 'everything' },
      { command: 'chmod --recursive 700 ~', by: 'everything' },
    ],
    passes: ['chmod +x run.sh', 'chmod -R 755 .', 'chmod -R u+w node_modules', 'chmod 644 /etc/hosts'],
  },
};
