import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Invocation } from '../../../src/core/invocation.ts';
import { unwrap } from '../../../src/core/shell/wrappers.ts';
import { invocationsOf } from './invocations.ts';

/** The last program of a line as it stands. */
const outermost = (text: string): Invocation => invocationsOf(text).at(-1) as Invocation;

/** The last program of a line, with every wrapper taken off. */
function innermost(text: string): Invocation {
  let invocation = invocationsOf(text).at(-1) as Invocation;
  for (let inner = unwrap(invocation); inner; inner = unwrap(invocation)) ({ invocation } = inner);
  return invocation;
}

const words = (text: string): string => innermost(text).argv.map((word) => word.text).join(' ');

describe('a program behind a wrapper', () => {
  const cases: Readonly<Record<string, string>> = {
    'sudo rm -rf x': 'rm -rf x',
    'sudo -u root -n rm x': 'rm x',
    'sudo FOO=1 rm x': 'rm x',
    'doas -u root rm x': 'rm x',
    'env -i A=1 rm x': 'rm x',
    "env -S 'rm -rf x'": 'rm -rf x',
    'nohup nice -n 5 timeout -k 3 10 rm x': 'rm x',
    'command rm x': 'rm x',
    'exec rm x': 'rm x',
    'stdbuf -oL rm x': 'rm x',
    '/usr/bin/time -f %e rm x': 'rm x',
    'busybox rm x': 'rm x',
    'npx --yes rimraf x': 'rimraf x',
    'npx -p prisma prisma migrate reset': 'prisma migrate reset',
    'npm exec -- rimraf x': 'rimraf x',
    'pnpm --filter web exec rimraf x': 'rimraf x',
    'uv run python x.py': 'python x.py',
    'bundle exec rails db:drop': 'rails db:drop',
    'railway run -s db psql': 'psql',
    'doppler run -- rm x': 'rm x',
    'docker exec -it -u root db psql -c x': 'psql -c x',
    'kubectl exec -n prod pod -- mongosh': 'mongosh',
    "ssh -p 22 host 'rm -rf x'": 'sh -c rm -rf x',
    'ssh host rm -rf x': 'sh -c rm -rf x',
    'eval "rm x"': 'rm x',
    'watch -n 1 rm x': 'sh -c rm x',
    'echo "a b" | xargs rm -rf': 'rm -rf a b',
    "printf '%s\\n' a b | xargs -I{} rm -rf /srv/{}": 'rm -rf /srv/a',
    'git ls-files | xargs rm': 'rm $input',
    'parallel rm -rf ::: a b': 'rm -rf a b',
    'parallel rm -rf /srv/{} ::: a b': 'rm -rf /srv/a',
  };
  for (const [text, expected] of Object.entries(cases)) it(text, () => assert.equal(words(text), expected));
});

describe('a program run once for each line of its input', () => {
  for (const text of ["printf '%s\\n' a b | xargs -I{} rm -rf /srv/{}", 'parallel rm -rf /srv/{} ::: a b', "printf '%s\\n' a b | xargs --replace rm -rf /srv/{}"]) {
    it(text, () => {
      const again = unwrap(outermost(text))?.more.map(({ argv }) => argv.map((word) => word.text).join(' '));
      assert.deepEqual(again, ['rm -rf /srv/b']);
    });
  }
});

describe('a wrapper that runs nothing', () => {
  for (const text of ['sudo -l', 'command -v rm', 'docker run alpine', 'npm install', 'op item list', 'parallel --dry-run rm ::: a']) it(text, () => assert.equal(words(text), text));
});

it('assignments of a wrapper reach what it runs', () => assert.equal(innermost('env KUBECONFIG=/tmp/k kubectl get pods').env['KUBECONFIG'], '/tmp/k'));
it('a folder given to env is where it runs', () => assert.equal(innermost('env -C /srv rm x').cwd, '/srv'));
