import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { landingPlaces, transferOf } from '../files/landing.ts';
import { pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/cp-invocation.html';

export const rule: Rule = {
  tool: 'cp',
  title: 'cp',
  programs: ['cp', 'gcp'],
  docs,
  valueOptions: ['-t', '--target-directory', '-S', '--suffix'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'cp /dev/zero /dev/sda', by: 'overwrite' },
      { command: 'cp template.env .env', by: 'overwrite' },
      { command: 'cp -f a.conf /etc/hosts', by: 'overwrite' },
      { command: 'cp -t config a.json', by: 'overwrite' },
    ],
    passes: ['cp -n template.env .env', 'cp -r src /tmp/src', 'cp --backup a b', 'cp a node_modules/x/a'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const transfer = transferOf(call);
  if (!transfer || hasOption(call, '-n', '--no-clobber', '-b', '--backup', '-S', '--suffix')) return [];
  const replaced = landingPlaces({ ...transfer, exact: hasOption(call, '-T', '--no-target-directory') }, call.invocation, analysis);
  return pathEffects(replaced, { verb: 'overwrite', recursive: false, rule: 'cp/overwrite', docs, saferWay: 'Use cp -n, or another name.' }, call.invocation, analysis);
}
