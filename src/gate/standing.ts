import { readdirSync, readFileSync, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Adapter } from '../agents/adapter.ts';
import type { Silence, Surroundings } from '../agents/silencers/silencer.ts';
import { silencers } from '../agents/silencers/table.ts';
import type { Life } from './canary.ts';
import { areHooksInstalledAt, type HookPlace, managedPlace, ownPlace, projectPlace } from './install.ts';
import type { State } from './state.ts';

/** Whether an agent is guarded, as far as it can be known without the agent. `why` is fit for a person. */
export type Standing =
  /** Its hooks have answered, at this time; `unproved` where only the agent itself could show that they do. */
  | { readonly state: 'guarded'; readonly provedAt: number }
  | { readonly state: 'unproved' }
  | { readonly state: 'not alive'; readonly why: string }
  | { readonly state: 'silenced'; readonly by: readonly Silence[] }
  /** Used on this machine, and nothing guards it. */
  | { readonly state: 'found' }
  | { readonly state: 'absent' };

export interface StandingOptions {
  readonly home: string;
  readonly state: State;
  readonly around: Surroundings;
  /** Runs the hooks that stand somewhere as the agent would. */
  readonly prove: (adapter: Adapter, place: HookPlace) => Promise<Life>;
  readonly now: () => number;
}

/** Looks at one agent. Never rejects. */
export async function standingOf(adapter: Adapter, { home, state, around, prove, now }: StandingOptions): Promise<Standing> {
  const place = await placeOf(adapter, home, state, around);
  if (place === undefined) return { state: (await isFound(adapter, home)) ? 'found' : 'absent' };
  const life = await prove(adapter, place);
  if (life.alive === false) return { state: 'not alive', why: life.why };
  const managed = managedPlace(adapter, around.platform);
  // Hooks that an administrator has put in place are run whatever a person or a folder says.
  const above = managed !== undefined && (await areHooksInstalledAt(managed));
  const by = (silencers[adapter.id]?.(around) ?? []).filter(({ managedToo }) => managedToo || !above);
  if (by.length > 0) return { state: 'silenced', by };
  return life.alive === true ? { state: 'guarded', provedAt: now() } : { state: 'unproved' };
}

/** The first place, of those the agent reads, in which hooks of ours stand: its person's own settings, every open folder's, the machine's. */
export async function placeOf(adapter: Adapter, home: string, state: State, { folders, platform }: Pick<Surroundings, 'folders' | 'platform'>): Promise<HookPlace | undefined> {
  const own = ownPlace(adapter, home, state);
  if (await areHooksInstalledAt(own)) return own;
  const managed = managedPlace(adapter, platform);
  if (managed && (await areHooksInstalledAt(managed))) return managed;
  const projects = folders.map((folder) => projectPlace(adapter, folder)).filter((place) => place !== undefined);
  const installed = await Promise.all(projects.map(areHooksInstalledAt));
  return projects.length > 0 && installed.every(Boolean) ? projects[0] : undefined;
}

/** True when the agent has left a trace in the home folder. */
export async function isFound({ traces }: Adapter, home: string): Promise<boolean> {
  const found = await Promise.all(traces.map((trace) => access(join(home, trace)).then(() => true, () => false)));
  return found.includes(true);
}

/** Bytes; no settings file comes near. */
const MOST_READ = 4_194_304;

/** What is on this machine around an agent. `onRead` hears of every file that was looked at, there or not. */
export function surroundingsHere(given: Pick<Surroundings, 'home' | 'folders' | 'setting'>, onRead: (file: string) => void = () => undefined): Surroundings {
  return {
    ...given,
    platform: process.platform,
    env: process.env,
    read(file) {
      onRead(file);
      try {
        return statSync(file).size > MOST_READ ? undefined : readFileSync(file, 'utf8');
      } catch {
        return undefined;
      }
    },
    list(folder) {
      try {
        return readdirSync(folder).toSorted();
      } catch {
        return [];
      }
    },
  };
}
