import { hasOption } from '../call.ts';
import { pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/shred-invocation.html';

export const rule: Rule = {
  tool: 'shred',
  title: 'shred',
  programs: ['shred', 'gshred', 'wipe', 'scrub', 'srm'],
  docs,
  valueOptions: ['-n', '--iterations', '-s', '--size', '--random-source', '-p'],
  abbreviable: ['--remove'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect: (call, analysis) => pathEffects(call.operands, { verb: 'delete', recursive: hasOption(call, '-r', '-R', '--recursive'), rule: 'shred/destroy', docs, says: 'Destroys beyond recovery', saferWay: 'Delete it with rm, after a copy was kept.' }, call.invocation, analysis),
  cases: {
    caught: [
      { command: 'shred -u notes.md', by: 'destroy' },
      { command: 'shred -n 3 /dev/sda', by: 'destroy' },
      { command: 'shred ~/secrets.txt', by: 'destroy' },
      { command: 'srm -rf ../data', by: 'destroy' },
    ],
    passes: ['shred -u /tmp/key', 'shred --help', 'shred -v /tmp/session.log'],
  },
};
