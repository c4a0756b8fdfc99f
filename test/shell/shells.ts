import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../workbench/provision.ts';

/** A shell to run, and the variables it needs for that besides the usual. */
export interface Shell {
  readonly name: 'bash' | 'zsh' | 'dash' | 'fish';
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  /** What has zsh find its modules where it is not installed. */
  readonly modules?: string;
}

/** The four shells: those of the machine, else those of Debian's packages, unpacked into the cache. */
export function provisionShells(): readonly Shell[] {
  return [{ name: 'bash', path: found('bash'), env: {} }, provided('zsh'), { name: 'dash', path: found('dash'), env: {} }, provided('fish')];
}

const packages = { zsh: ['zsh', 'zsh-common'], fish: ['fish', 'fish-common', 'libpcre2-32-0'] } as const;

function provided(name: 'zsh' | 'fish'): Shell {
  const installed = onPath(name);
  if (installed !== undefined) return { name, path: installed, env: {} };
  const root = unpacked(name);
  const libraries = join(root, 'usr', 'lib', readdirSync(join(root, 'usr', 'lib')).find((folder) => folder.endsWith('-linux-gnu')) ?? '');
  if (name === 'fish') {
    // It takes the folder it lies in for its own only where its system's settings lie there, too; else it reads no configuration at all.
    const settings = join(root, 'usr', 'etc');
    if (!existsSync(settings)) symlinkSync(join('..', 'etc'), settings);
    return { name, path: join(root, 'usr', 'bin', 'fish'), env: { LD_LIBRARY_PATH: libraries } };
  }
  const [version = ''] = readdirSync(join(libraries, 'zsh'));
  return { name, path: join(root, 'bin', 'zsh'), env: {}, modules: join(libraries, 'zsh', version) };
}

/** The folder that a shell's packages are unpacked in, each once. */
function unpacked(name: keyof typeof packages): string {
  const folder = join(cacheFolder(), `debian-${name}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  console.log(`Downloading ${packages[name].join(', ')} from Debian, as ${name} is not installed`);
  const temp = mkdtempSync(join(cacheFolder(), '.installing-'));
  try {
    const download = (): unknown => execFileSync('apt-get', ['download', ...packages[name]], { cwd: temp, stdio: 'pipe' });
    try {
      download();
    } catch {
      execFileSync('apt-get', ['update'], { stdio: 'pipe' });
      download();
    }
    for (const file of readdirSync(temp).filter((each) => each.endsWith('.deb'))) execFileSync('dpkg-deb', ['-x', join(temp, file), join(temp, 'root')]);
    renameSync(join(temp, 'root'), folder);
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
  return folder;
}

function found(name: string): string {
  const path = onPath(name);
  if (path === undefined) throw new Error(`${name} is not installed.`);
  return path;
}

/** Where a program lies on PATH. */
export function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
