import type { ShellAction } from '../../../src/core/action.ts';
import { analyse, createAnalysis } from '../../../src/core/analyse.ts';
import type { Effect } from '../../../src/core/effect.ts';
import { blindWorld, type World } from '../../../src/core/world.ts';
import { fakeWorld, type FakeDisk } from './fake-world.ts';

export const profile = 'C:\\Users\\dev';
export const project = `${profile}\\project`;

/** A disk in memory with Windows paths: `C:\x` is kept as `/C:/x`. */
export function windowsDisk(disk: FakeDisk): World {
  const inner = (path: string): string => `/${path.replaceAll('\\', '/').replace(/\/+$/, '')}`;
  const outer = (path: string): string => path.slice(1).replaceAll('/', '\\').replace(/^([A-Z]:)$/, '$1\\');
  const posix = fakeWorld({
    ...disk,
    files: Object.fromEntries(Object.entries(disk.files).map(([path, file]) => [inner(path), file])),
    folders: (disk.folders ?? []).map(inner),
    repositories: (disk.repositories ?? []).map(inner),
  });
  return {
    ...posix,
    platform: 'windows',
    stat: (path) => posix.stat(inner(path)) ?? posix.stat(posix.resolve(inner(path))),
    resolve: (path) => outer(posix.resolve(inner(path))),
    list: (path) => posix.list(posix.resolve(inner(path))),
    read: (path, limit) => posix.read(inner(path), limit),
    git: (path) => posix.git(inner(path)),
    ignores: (path) => posix.ignores(inner(path)),
    losses: (paths) => posix.losses(paths.map(inner)),
  };
}

export interface Where {
  readonly world?: World;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The effects of a command as an agent on Windows would give it. */
export function effectsOn(shell: ShellAction['shell'], command: string, { world = blindWorld('windows'), cwd = project, env = { USERPROFILE: profile } }: Where = {}): readonly Effect[] {
  const action: ShellAction = { tool: 'shell', shell, command, agent: 'test', session: '', cwd, workspaceRoots: [cwd], env };
  return analyse(createAnalysis(action, world));
}
