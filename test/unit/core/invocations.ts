import { noLoads } from '../../../src/core/secrets/environment-loads.ts';
import { TooMuch, type Analysis } from '../../../src/core/analysis.ts';
import type { Invocation } from '../../../src/core/invocation.ts';
import { analyseShell } from '../../../src/core/shell/walk.ts';
import { blindWorld } from '../../../src/core/world.ts';

/** Every invocation a text comes to in `/w`, without looking into any of them. */
export function invocationsOf(text: string, env: Readonly<Record<string, string>> = { HOME: '/home/dev' }): Invocation[] {
  const seen: Invocation[] = [];
  let steps = 100_000;
  const nothing = (): readonly never[] => [];
  const analysis: Analysis = {
    action: { tool: 'shell', shell: 'bash', command: text, agent: 'test', session: '', cwd: '/w', workspaceRoots: [], env },
    world: blindWorld(),
    guardPaths: [],
    output: { masked: false }, loads: noLoads(), tunnels: [],
    home: env['HOME'],
    depth: 0,
    spend: (count) => {
      steps -= count;
      if (steps < 0) throw new TooMuch('too large');
    },
    isNew: () => true,
    invocation: (invocation) => {
      seen.push(invocation);
      return [];
    },
    shell: nothing, powershell: nothing, cmd: nothing, code: nothing, sql: nothing, http: nothing,
  };
  analyseShell(text, { cwd: '/w', env }, analysis);
  return seen;
}
