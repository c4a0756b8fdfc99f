import type { Adapter } from '../agents/adapter.ts';

/** `found`: used on this machine, but nothing guards it. */
type Guarding = 'guarded' | 'found' | 'absent';

export interface AgentCoverage {
  readonly adapter: Pick<Adapter, 'id' | 'title' | 'limits'>;
  readonly guarding: Guarding;
}

export interface CoverageRow {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly children: readonly CoverageRow[];
}

const states: Readonly<Record<Guarding, { readonly words: string; readonly icon: string }>> = {
  guarded: { words: 'guarded', icon: 'shield' },
  found: { words: 'found, not guarded', icon: 'warning' },
  absent: { words: 'not found on this machine', icon: 'circle-outline' },
};

const order: readonly Guarding[] = ['found', 'guarded', 'absent'];

/** Agents as rows, those that want attention first, each with what its hooks cannot do. */
export function coverageRows(agents: readonly AgentCoverage[], terminalGuard: boolean): readonly CoverageRow[] {
  if (agents.every(({ guarding }) => guarding === 'absent')) return [];
  const sorted = agents.toSorted((a, b) => order.indexOf(a.guarding) - order.indexOf(b.guarding) || a.adapter.title.localeCompare(b.adapter.title));
  return [...sorted.map(agentRow), terminalRow(terminalGuard)];
}

function agentRow({ adapter: { title, limits }, guarding }: AgentCoverage): CoverageRow {
  const children = [
    ...limits.cannotSee.map((what) => ({ label: `Does not see ${what}`, description: '', icon: 'eye-closed', children: [] })),
    ...limits.failsOpen.map((what) => ({ label: what, description: 'lets actions through', icon: 'warning', children: [] })),
  ];
  return { label: title, description: states[guarding].words, icon: states[guarding].icon, children: guarding === 'absent' ? [] : children };
}

function terminalRow(on: boolean): CoverageRow {
  return { label: 'Agents’ terminals', description: on ? 'guarded' : 'off', icon: on ? 'shield' : 'circle-outline', children: [] };
}
