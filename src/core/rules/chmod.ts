import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { guardChanges, pathEffects, wholeEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';
import type { Word } from '../shell/word.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/chmod-invocation.html';

export const rule: Rule = {
  tool: 'chmod',
  title: 'chmod',
  programs: ['chmod', 'gchmod'],
  docs,
  valueOptions: ['--reference'],
  abbreviable: ['--recursive'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'chmod -R 777 /', by: 'everything' },
      { command: 'sudo chmod -R 755 /usr', by: 'everything' },
      { command: 'chmod --recursive 700 ~', by: 'everything' },
      { command: 'chmod -R -x /', by: 'everything' },
      { command: 'chmod -x .git/hooks/pre-push', by: 'hook' },
    ],
    passes: ['chmod +x run.sh', 'chmod -R 755 .', 'chmod -R u+w node_modules', 'chmod 644 /etc/hosts'],
  },
};

/** Modes can be put back one by one, but not those of a whole system. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { mode, paths } = modeAndPaths(call);
  const place = call.invocation;
  if (hasOption(call, '-R', '--recursive')) return wholeEffects(paths, { rule: 'chmod/everything', docs, says: 'Changes who may read and run' }, place, analysis);
  const hooks = stopsRunning(mode) ? paths.filter((word) => /(?:^|\/)(?:\.git\/hooks|\.husky)\/[^/]+$/.test(word.text)) : [];
  return [
    ...guardChanges(paths, {}, place, analysis),
    ...pathEffects(hooks, { verb: 'overwrite', recursive: false, rule: 'chmod/hook', docs, says: 'Switches off the check', saferWay: 'Let the check run, and mend what it finds.' }, place, analysis),
  ];
}

/** With `--reference` there is no mode; `-x` is one, though it looks like an option. */
function modeAndPaths(call: Call): { readonly mode: string; readonly paths: readonly Word[] } {
  const { operands, invocation } = call;
  const minus = invocation.argv.slice(1).find((word) => /^-[rwxXst]+$/.test(word.text));
  if (minus || hasOption(call, '--reference')) return { mode: minus?.text ?? '', paths: operands };
  return { mode: operands[0]?.text ?? '', paths: operands.slice(1) };
}

/** True for a mode that takes away the right to run a file: `-x`, `a=r`, `644`. */
function stopsRunning(mode: string): boolean {
  return /^[ugoa]*-[rwst]*x/.test(mode) || /^[ugoa]*=[rw]*$/.test(mode) || /^0?[0246]{3}$/.test(mode);
}
