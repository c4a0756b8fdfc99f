import { hasOption } from '../call.ts';
import { guardChanges, pathEffects } from '../files/path-effects.ts';
import { landingPlaces, transferOf } from '../files/landing.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/ln-invocation.html';

export const rule: Rule = {
  tool: 'ln',
  title: 'ln',
  programs: ['ln', 'gln'],
  docs,
  valueOptions: ['-t', '--target-directory', '-S', '--suffix'],
  abbreviable: ['--force'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect: (call, analysis) => {
    const transfer = transferOf(call);
    if (!transfer) return [];
    // Without -f an existing name makes it fail; a name that is free may still be one agents look for.
    if (!hasOption(call, '-f', '--force') || hasOption(call, '-b', '--backup', '-S', '--suffix')) return guardChanges([transfer.destination], {}, call.invocation, analysis);
    const replaced = landingPlaces({ ...transfer, exact: hasOption(call, '-T', '--no-target-directory', '-n', '--no-dereference') }, call.invocation, analysis);
    return pathEffects(replaced, { verb: 'delete', recursive: false, rule: 'ln/replace', docs, says: 'Puts a link in place of', saferWay: 'Leave out -f, so that an existing file makes it fail.' }, call.invocation, analysis);
  },
  cases: {
    caught: [
      { command: 'ln -sf /dev/null settings.json', by: 'replace' },
      { command: 'ln -sfn other ~/notes.txt', by: 'replace' },
      { command: 'ln -sf "$PWD/new" /etc/nginx/nginx.conf', by: 'replace' },
    ],
    passes: ['ln -s target name', 'ln a b', 'ln -sf ../lib /tmp/lib'],
  },
};
