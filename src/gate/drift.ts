import type { Adapter } from '../agents/adapter.ts';
import { changeGuarded, type GuardedAgent } from './guarded.ts';
import { areHooksInstalled, installHooks, readConfig } from './install.ts';
import type { State } from './state.ts';

/** What was found of an agent's hooks, and done about it. */
export type Drift =
  | { readonly kind: 'none' }
  /** They were taken away or changed by something else, and are back. */
  | { readonly kind: 'put back'; readonly what: 'removed' | 'changed'; readonly file: string }
  /** They were, too often: putting them back is a person's decision now. Said once a day. */
  | { readonly kind: 'given up'; readonly what: 'removed' | 'changed'; readonly file: string; readonly times: number }
  | { readonly kind: 'cannot be put back'; readonly file: string; readonly error: unknown };

export interface DriftOptions {
  readonly home: string;
  readonly state: State;
  /** Interlock's own version. */
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** How often hooks are put back within a day before the person is asked. */
export const MOST_REPAIRS = 3;
const DAY_MS = 86_400_000;

/**
 * Puts back the hooks of an agent that a person has had guarded and something else has not left as they were. What a person has stopped
 * guarding is not among those. Of several windows that notice it one does it.
 */
export function mendDrift(adapter: Adapter, { home, state, version, now }: DriftOptions): Promise<Drift> {
  const { file } = adapter.installation(home);
  return changeGuarded(state, async (agents) => {
    const known = agents[adapter.id];
    const leave = (result: Drift): { agents: typeof agents; result: Drift } => ({ agents, result });
    if (known === undefined || (await areHooksInstalled(adapter, home, state))) return leave({ kind: 'none' });
    // Another editor's Interlock may be newer and write them otherwise.
    if (isOlder(version, known.version)) return leave({ kind: 'none' });
    const remember = (change: Partial<GuardedAgent>): typeof agents => ({ ...agents, [adapter.id]: { ...known, ...change } });
    const repairs = known.repairs.filter((at) => now - at < DAY_MS);
    const what = await changeOf(adapter, home, state);
    const outdated = what === 'changed' && isOlder(known.version, version);
    if (!outdated && repairs.length >= MOST_REPAIRS) {
      if (known.gaveUp !== undefined && now - known.gaveUp < DAY_MS) return leave({ kind: 'none' });
      return { agents: remember({ repairs, gaveUp: now }), result: { kind: 'given up', what, file, times: repairs.length } };
    }
    try {
      await installHooks(adapter, home, state);
    } catch (error) {
      return leave({ kind: 'cannot be put back', file, error });
    }
    return outdated ? { agents: remember({ version, repairs }), result: { kind: 'none' } } : { agents: remember({ version, repairs: [...repairs, now] }), result: { kind: 'put back', what, file } };
  });
}

/** Of versions like 1.2.3. */
function isOlder(a: string, b: string): boolean {
  return a.localeCompare(b, 'en', { numeric: true }) < 0;
}

async function changeOf(adapter: Adapter, home: string, state: State): Promise<'removed' | 'changed'> {
  const installation = adapter.installation(home);
  try {
    const text = await readConfig(installation.file);
    return text === undefined || installation.uninstall(text, state.launcher) === text ? 'removed' : 'changed';
  } catch {
    return 'changed';
  }
}
