import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'at',
  title: 'at',
  programs: ['atrm', 'at'],
  docs: 'https://man7.org/linux/man-pages/man1/at.1p.html',
  valueOptions: ['-q', '-f', '-t'],
  safeOptions: ['-h', '-V', '-l'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'atrm 7', by: 'remove' },
      { command: 'at -r 7 8', by: 'remove' },
      { command: 'at -d 9', by: 'remove' },
      { command: 'atrm $(atq | cut -f1)', by: 'remove' },
    ],
    passes: ['atq', 'at -l', 'at -c 7'],
  },
};

function inspect(call: Call): readonly Effect[] {
  const { program, env, span } = call.invocation;
  const name = call.operands.map((word) => word.text).join(', ');
  if (name === '' || (program === 'at' && !hasOption(call, '-r', '-d'))) return [];
  return [{
    verb: 'delete', resource: { kind: 'scheduled job', name, provider: 'this computer' }, reversibility: 'irreversible', certainty: 'certain', rule: 'at/remove',
    why: `Deletes the scheduled jobs ${name}.`, saferWay: 'Keep what they run first: at -c.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }];
}
