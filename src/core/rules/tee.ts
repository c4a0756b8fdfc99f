import { hasOption } from '../call.ts';
import { pathEffects } from '../files/path-effects.ts';
import { appendEffects } from '../files/redirections.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/tee-invocation.html';

export const rule: Rule = {
  tool: 'tee',
  title: 'tee',
  programs: ['tee', 'gtee', 'sponge'],
  docs,
  valueOptions: [],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect: (call, analysis) => {
    const content = call.invocation.stdin?.text;
    return hasOption(call, '-a', '--append')
      ? appendEffects(call.operands, content, call.invocation, analysis)
      : pathEffects(call.operands, { verb: 'overwrite', recursive: false, rule: 'tee/overwrite', docs, saferWay: 'Use tee -a to append, or another name.', content }, call.invocation, analysis);
  },
  cases: {
    caught: [
      { command: 'echo x | tee notes.md', by: 'overwrite' },
      { command: 'cat image | sudo tee /dev/sda', by: 'overwrite' },
      { command: 'echo "127.0.0.1 x" | sudo tee /etc/hosts', by: 'overwrite' },
    ],
    passes: ['echo x | tee -a notes.md', 'make 2>&1 | tee /tmp/make.log', 'echo x | tee /dev/null', 'make | tee /dev/stderr'],
  },
};
