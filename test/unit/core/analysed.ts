import { noLoads } from '../../../src/core/secrets/environment-loads.ts';
import type { Action } from '../../../src/core/action.ts';
import type { Analysis } from '../../../src/core/analysis.ts';
import { hasOption, parseCall } from '../../../src/core/call.ts';
import type { Effect } from '../../../src/core/effect.ts';
import { redirectionEffects } from '../../../src/core/files/redirections.ts';
import type { Rule } from '../../../src/core/rule.ts';
import { analyseShell } from '../../../src/core/shell/walk.ts';
import { blindWorld, type World } from '../../../src/core/world.ts';

export interface Where {
  readonly world?: World;
  readonly cwd?: string;
  readonly roots?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const home = '/home/dev';
export const project = '/home/dev/project';

/** An action that is nothing but its surroundings. */
export function actionIn({ cwd = project, roots = [project], env = {} }: Where): Action {
  return { tool: 'other', name: 'test', input: {}, agent: 'test', session: '', cwd, workspaceRoots: roots, env: { HOME: home, ...env } };
}

/** An analysis that knows redirections and the given rules, and nothing else. */
export function analysisWith(rules: readonly Rule[], where: Where): Analysis {
  const world = where.world ?? blindWorld();
  const action = actionIn(where);
  let steps = 100_000;
  const analysis: Analysis = {
    guardPaths: [], output: { masked: false }, loads: noLoads(), tunnels: [], action,
    world,
    home: action.env.HOME,
    depth: 0,
    spend(cost) {
      steps -= cost;
      if (steps < 0) throw new Error('spent too much');
    },
    isNew: () => true,
    shell: (command, place, positional) => analyseShell(command, place, analysis, positional),
    powershell: () => [],
    cmd: () => [],
    code: () => [],
    sql: () => [],
    http: () => [],
    invocation: (invocation) => [
      ...redirectionEffects(invocation, analysis),
      ...rules.filter((rule) => rule.programs.includes(invocation.program)).flatMap((rule) => {
        const call = parseCall(invocation, rule);
        return rule.safeOptions && hasOption(call, ...rule.safeOptions) ? [] : (rule.inspect?.(call, analysis) ?? []);
      }),
    ],
  };
  return analysis;
}

/** The effects of a command line, as far as these rules see them. */
export function effectsOf(command: string, rules: readonly Rule[], where: Where = {}): readonly Effect[] {
  const action = actionIn(where);
  return analyseShell(command, { cwd: action.cwd || undefined, env: action.env }, analysisWith(rules, where));
}

/** One word for what a command would do: `nothing`, `made`, `recoverable`, `lost`, `everything`, `guard` or `unknown`; the worst of its effects. */
export function fateOf(effects: readonly Effect[]): string {
  if (effects.some((effect) => effect.verb === 'weakenGuard')) return 'guard';
  if (effects.some((effect) => effect.everything)) return 'everything';
  if (effects.some((effect) => effect.certainty === 'unknown')) return 'unknown';
  if (effects.some((effect) => effect.reversibility === 'irreversible')) return 'lost';
  if (effects.some((effect) => !effect.regenerable)) return 'recoverable';
  return effects.length > 0 ? 'made' : 'nothing';
}
