import { sliceWord } from '../call.ts';
import { pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/dd-invocation.html';

export const rule: Rule = {
  tool: 'dd',
  title: 'dd',
  programs: ['dd', 'gdd', 'dcfldd', 'dc3dd'],
  docs,
  valueOptions: [],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect: (call, analysis) => {
    if (call.operands.some((word) => /^oflag=.*\bappend\b/.test(word.text))) return [];
    const outputs = call.operands.filter((word) => word.text.startsWith('of=')).map((word) => sliceWord(word, 3));
    return pathEffects(outputs, { verb: 'overwrite', recursive: false, rule: 'dd/overwrite', docs, saferWay: 'Name a new file as of=.' }, call.invocation, analysis);
  },
  cases: {
    caught: [
      { command: 'dd if=/dev/zero of=/dev/sda bs=1M', by: 'overwrite' },
      { command: 'sudo dd if=image.iso of=/dev/disk2', by: 'overwrite' },
      { command: 'dd if=/dev/urandom of=notes.md count=1', by: 'overwrite' },
    ],
    passes: ['dd if=/dev/sda of=/dev/null', 'dd if=a of=/tmp/b', 'dd if=a bs=1 count=4'],
  },
};
