import { optionValue } from '../call.ts';
import { pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/truncate-invocation.html';

export const rule: Rule = {
  tool: 'truncate',
  title: 'truncate',
  programs: ['truncate', 'gtruncate'],
  docs,
  valueOptions: ['-s', '--size', '-r', '--reference'],
  abbreviable: ['--size'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect: (call, analysis) => {
    const size = optionValue(call, '-s', '--size')?.text ?? '';
    // `+` extends, `>` is a least size, `%` rounds up.
    return /^[+>%]/.test(size) ? [] : pathEffects(call.operands, { verb: 'truncate', recursive: false, rule: 'truncate/shrink', docs, says: 'Cuts off the content of' }, call.invocation, analysis);
  },
  cases: {
    caught: [
      { command: 'truncate -s 0 notes.md', by: 'shrink' },
      { command: 'truncate --size=0 ~/data.db', by: 'shrink' },
      { command: 'truncate -s -1K src/a.ts', by: 'shrink' },
    ],
    passes: ['truncate -s +1M disk.img', 'truncate -s 0 /tmp/x.log', 'truncate --size ">4K" a'],
  },
};
