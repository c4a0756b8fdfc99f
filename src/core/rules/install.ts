import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { landingPlaces, transferOf } from '../files/landing.ts';
import { pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/install-invocation.html';

export const rule: Rule = {
  tool: 'install',
  title: 'install',
  programs: ['install', 'ginstall'],
  docs,
  valueOptions: ['-t', '--target-directory', '-S', '--suffix', '-m', '--mode', '-o', '--owner', '-g', '--group'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'install -m 644 new.conf /etc/app.conf', by: 'overwrite' },
      { command: 'install /dev/null .env', by: 'overwrite' },
      { command: 'sudo install -o root new.service /etc/systemd/system/app.service', by: 'overwrite' },
    ],
    passes: ['install -d build/bin', 'install -b new.conf app.conf', 'install -m 755 tool /tmp/tool'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const transfer = transferOf(call);
  if (!transfer || hasOption(call, '-d', '--directory', '-b', '--backup', '-S', '--suffix')) return [];
  const replaced = landingPlaces({ ...transfer, exact: hasOption(call, '-T') }, call.invocation, analysis);
  return pathEffects(replaced, { verb: 'overwrite', recursive: false, rule: 'install/overwrite', docs, saferWay: 'Use install -b, which keeps the old file.' }, call.invocation, analysis);
}
