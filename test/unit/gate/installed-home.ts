import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { adapters } from '../../../src/agents/all.ts';
import { UnreadableConfig, type Adapter, type Installation } from '../../../src/agents/adapter.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { rememberGuarded } from '../../../src/gate/guarded.ts';
import { installHooks } from '../../../src/gate/install.ts';
import { installLauncher } from '../../../src/gate/launcher.ts';
import { saveSnapshot } from '../../../src/gate/policy-snapshot.ts';
import { locateState, type State } from '../../../src/gate/state.ts';
import { writeShims } from '../../../src/terminal/shims.ts';

/** Agents with a file of their own. */
export const agents: readonly Adapter[] = adapters.filter(({ traces }) => traces.length > 0);

/** The programs as they ship, in a folder that looks like an extension's. */
export function buildPrograms(): { readonly dist: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'il-built-'));
  const dist = join(folder, 'dist');
  execFileSync(process.execPath, ['esbuild.mjs', '--production', `--out=${dist}`]);
  return { dist, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

export interface Home {
  readonly home: string;
  readonly state: State;
  /** The agents' files as they were before; undefined for those that were not there. */
  readonly before: ReadonlyMap<string, string | undefined>;
  readonly remove: () => void;
}

const SETTINGS = '{\n\t"theme": "dark",\n\t"hooks": {}\n}\n';

/** A home in which these agents are used and guarded. */
export async function guardedHome(dist: string, guarded: readonly Adapter[]): Promise<Home> {
  const home = mkdtempSync(join(tmpdir(), 'il-home-'));
  const state = locateState({}, home, 'posix');
  const before = new Map<string, string | undefined>();
  await installLauncher(state, { node: process.execPath, program: join(dist, 'hook.js') });
  await saveSnapshot(state, { policy: defaultPolicy, answerSeconds: 60 });
  await writeShims(join(state.root, 'shims'), [{ program: 'rm' }], state.launcher);
  for (const adapter of guarded) {
    const installation = adapter.installation(home);
    const { file } = installation;
    const settings = takesSettings(installation, state.launcher) ? SETTINGS : undefined;
    mkdirSync(dirname(file), { recursive: true });
    if (settings !== undefined) writeFileSync(file, settings);
    before.set(file, settings);
    await installHooks(adapter, home, state);
  }
  await rememberGuarded(state, guarded.map(({ id }) => id), { now: Date.now(), version: '1.0.0', anew: true });
  return { home, state, before, remove: () => removeWhole(home) };
}

const MOST_TRIES = 100;

/** What a hook has started for the next may write its lock between the removal of a folder's files and its own, which is all that `maxRetries` tries again. */
function removeWhole(folder: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
  }
}

/** False for hooks that are a file of their own. */
function takesSettings(installation: Installation, launcher: string): boolean {
  try {
    return installation.install(SETTINGS, launcher) !== '';
  } catch (error) {
    if (error instanceof UnreadableConfig) return false;
    throw error;
  }
}

/** Runs one of the programs in a home, as a person or the editor would. */
export function runProgram(program: string, args: readonly string[], home: string, cwd = home): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: 'utf8', env: { HOME: home, PATH: '/usr/bin:/bin', SHELL: '/bin/sh' } });
  return { code: status, stdout, stderr };
}

export function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
