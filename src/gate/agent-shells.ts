import type { Adapter } from '../agents/adapter.ts';
import { areHooksInstalled, installHooksAt, shellPlace, uninstallHooksAt } from './install.ts';
import { profilePlaces, setProfiles } from './powershell-profiles.ts';
import type { State } from './state.ts';

export interface AgentShellsOptions {
  readonly adapters: readonly Adapter[];
  readonly home: string;
  readonly state: State;
  /** The environment of the editor. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Has the shells of guarded agents find the terminal guard's files also where an agent is not started from a terminal of the editor, or
 * no longer. It stands in the agent's own settings, beside the hooks; on Windows in PowerShell's profiles.
 * @throws UnreadableConfig, InstallFailed for the first file that cannot be changed; the others are
 */
export async function setAgentShells(on: boolean, { adapters, home, state, env }: AgentShellsOptions): Promise<void> {
  const failures: unknown[] = [];
  for (const adapter of adapters) {
    try {
      const all = shellPlace(adapter, home, state);
      if (all === undefined) continue;
      const wanted = on && (await areHooksInstalled(adapter, home, state)) ? shellPlace(adapter, home, state, env) : undefined;
      if (wanted === undefined) await uninstallHooksAt(all, state);
      else await installHooksAt(wanted, state);
    } catch (error) {
      failures.push(error);
    }
  }
  await profilePlaces(state, home).then((places) => setProfiles(on, places, state)).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** What an editor remembers over its restarts. */
export interface EditorMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const PUT_IN = 'interlock.agentShells';

/**
 * As `setAgentShells`, as this editor's setting says. Only the editor that has put something in takes it out: another one, with settings
 * of its own, may want it there, and the two would never come to rest.
 */
export async function followAgentShells(on: boolean, memory: EditorMemory, options: AgentShellsOptions): Promise<void> {
  if (!on && memory.get(PUT_IN) !== true) return;
  if (on) await memory.update(PUT_IN, true);
  await setAgentShells(on, options);
  if (!on) await memory.update(PUT_IN, undefined);
}
