import type { Analysis } from '../analysis.ts';
import type { World } from '../world.ts';
import { isAbsolute, isBelow, isInside, isRoot, isSame, segmentsOf, type Platform } from './path.ts';

/**
 * - `made elsewhere`: named so, but outside the folders the agent works in, where the name proves less
 * - `everything`: a whole disk, home, drive, system folder, or the workspace itself
 * - `temporary`: below a folder for temporary files
 * - `made`: named like something a build or an install makes again
 * - `workspace`: elsewhere in the folders the agent works in
 * - `outside`: anywhere else
 */
export type PathKind = 'everything' | 'temporary' | 'made' | 'made elsewhere' | 'workspace' | 'outside';

/** What the kind of a path depends on besides its text. */
export interface Surroundings {
  readonly platform: Platform;
  readonly home: string | undefined;
  /** The folders open in the editor. */
  readonly roots: readonly string[];
  /** Where the agent works; empty where it does not say. */
  readonly workFolder: string;
  /** Folders for temporary files. */
  readonly temporary: readonly string[];
  /** The whole environment is known: a variable that is not in it is unset. */
  readonly knowsVariables: boolean;
}

/** Folders of the system itself, directly below the root of a disk. */
const systemFolders = new Set([
  'bin', 'boot', 'dev', 'etc', 'home', 'lib', 'lib32', 'lib64', 'libx32', 'media', 'mnt', 'nix', 'opt', 'proc', 'root', 'run', 'sbin', 'snap', 'srv', 'sys', 'tmp', 'usr', 'var',
  'applications', 'library', 'network', 'private', 'system', 'users', 'volumes', 'cores',
  'windows', 'program files', 'program files (x86)', 'programdata', 'documents and settings',
]);

/** Of these, the folders directly below are as good as the whole: a person's home, a disk, a part of the system. */
const foldersOfWholes = new Set(['home', 'users', 'mnt', 'media', 'volumes', 'usr', 'system', 'private']);

/** And below these people keep work. */
const foldersOfWork = new Set(['home', 'users', 'root', 'mnt', 'media', 'volumes']);

/** Deeper folders whose loss is the loss of a machine. */
const deepSystemFolders = [['var', 'lib'], ['var', 'db'], ['usr', 'local', 'bin'], ['usr', 'local', 'lib'], ['private', 'var'], ['private', 'etc'], ['private', 'tmp'], ['windows', 'system32'], ['library', 'developer']];

/** Names of what package managers, compilers, bundlers and test runners make, and make again. */
const madeFolders = new Set([
  'node_modules', 'bower_components', 'dist', 'build', 'out', 'target', 'coverage', 'htmlcov', '__pycache__', '__pypackages__', 'deriveddata', 'pods', 'storybook-static', 'test-results', 'playwright-report', 'obj',
  '.next', '.nuxt', '.output', '.svelte-kit', '.astro', '.turbo', '.vite', '.vitest', '.parcel-cache', '.webpack', '.rollup.cache', '.angular', '.docusaurus', '.expo', '.serverless', '.wrangler', '.vercel_build_output',
  '.cache', '.eslintcache', '.stylelintcache', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.tox', '.nox', '.eggs', '.hypothesis', '.ipynb_checkpoints', '.venv', 'venv', '.nyc_output', '.gradle', '.kotlin', '.dart_tool', '.bundle', '.sass-cache', '.yarn-cache', '.pnpm-store', '.vscode-test', '_build', 'cmake-build-debug', 'cmake-build-release', 'zig-cache', '.zig-cache', 'zig-out', 'elm-stuff', '.stack-work', 'dist-newstyle',
]);

/** Of these, words that also name folders of work: below the folders the agent works in they are build output, elsewhere nobody can tell. */
const madeHere = new Set(['dist', 'build', 'out', 'target', 'coverage', 'obj', 'pods', 'venv', '.bundle', '_build']);

/** Packages and caches in the home folder. */
const madeInHome = [['.npm'], ['.cache'], ['.yarn', 'berry', 'cache'], ['.cargo', 'registry'], ['library', 'caches'], ['.gradle', 'caches'], ['.m2', 'repository'], ['go', 'pkg', 'mod'], ['library', 'developer', 'xcode', 'deriveddata'], ['appdata', 'local', 'npm-cache'], ['appdata', 'local', 'temp']];

/** Package lists and downloads of the system's own package managers. */
const madeBySystem = [['var', 'lib', 'apt', 'lists'], ['var', 'cache'], ['usr', 'local', 'share', 'doc'], ['usr', 'share', 'doc'], ['usr', 'share', 'man']];

const madeFile = /\.(?:pyc|pyo|pyd|o|obj|class|tsbuildinfo|swp|swo|egg-info|profraw|gcda|gcno)$|^(?:\.ds_store|thumbs\.db|\.coverage|\.eslintcache|\.stylelintcache|tsconfig\.tsbuildinfo|npm-debug\.log|yarn-error\.log)$/;

/** The surroundings of everything an action does. `env`: the environment the command would run in. */
export function surroundingsOf(analysis: Analysis, env: Readonly<Record<string, string>>): Surroundings {
  const { action, world, home } = analysis;
  const { platform } = world;
  const named = ['TMPDIR', 'TEMP', 'TMP'].map((name) => env[name]).filter((folder): folder is string => folder !== undefined && isAbsolute(folder, platform) && !isWhole(folder, platform, home));
  return {
    platform,
    home,
    roots: bothSpellings(action.workspaceRoots, world),
    workFolder: action.cwd,
    knowsVariables: env.PATH !== undefined,
    temporary: [...(platform === 'posix' ? ['/tmp', '/var/tmp', '/private/tmp', '/private/var/tmp'] : []), ...bothSpellings(named, world)],
  };
}

/** A folder may be reached through a link; what lies in it must be recognised by either path. */
function bothSpellings(folders: readonly string[], world: World): readonly string[] {
  return world.sighted ? [...new Set([...folders, ...folders.map((folder) => world.resolve(folder))])] : folders;
}

/** What an absolute, normalised path is. */
export function kindOf(path: string, around: Surroundings): PathKind {
  const { platform, home, roots } = around;
  const names = lowerSegments(path, platform);
  if (isWhole(path, platform, home, names) || roots.some((root) => isInside(root, path, platform))) return 'everything';
  const ours = isOurs(path, around);
  // A workspace may itself lie in a temporary folder; its files are work all the same.
  if (!ours && isTemporary(path, around, names)) return 'temporary';
  return madeKind(path, around, ours, names) ?? (ours ? 'workspace' : 'outside');
}

/** True when all that a folder holds is as good as the folder: not so for the workspace, of which git keeps a copy, and `/tmp`. */
export function isWholeByContents(folder: string, { platform, home, temporary }: Surroundings): boolean {
  return isWhole(folder, platform, home) && !temporary.some((other) => isSame(folder, other, platform));
}

function lowerSegments(path: string, platform: Platform): readonly string[] {
  return segmentsOf(path, platform).map((name) => name.toLowerCase());
}

function isWhole(path: string, platform: Platform, home: string | undefined, names: readonly string[] = lowerSegments(path, platform)): boolean {
  if (isRoot(path, platform)) return true;
  if (home !== undefined && isInside(home, path, platform)) return true;
  return isSystem(names);
}

function isSystem(names: readonly string[]): boolean {
  const [first, second, ...rest] = names;
  if (first === undefined) return true;
  if (second === undefined) return systemFolders.has(first);
  // A Windows drive as Linux under Windows sees it.
  if (first === 'mnt' && second.length === 1 && rest.length > 0) return isSystem(rest);
  if (rest.length === 0 && foldersOfWholes.has(first)) return true;
  return deepSystemFolders.some((folder) => folder.length === names.length && folder.every((name, at) => name === names[at]));
}

/** Below the folders the agent works in. */
function isOurs(path: string, { platform, roots, workFolder }: Surroundings): boolean {
  return [...roots, workFolder].some((folder) => folder !== '' && isInside(path, folder, platform));
}

function isTemporary(path: string, { platform, temporary }: Surroundings, names: readonly string[]): boolean {
  if (temporary.some((folder) => isBelow(path, folder, platform))) return true;
  if (platform === 'windows' && names[0] === 'users' && names.slice(2, 5).join('/') === 'appdata/local/temp') return names.length > 5;
  // macOS gives each person /var/folders/<x>/<y>/T.
  const at = names[0] === 'private' ? 1 : 0;
  return names[at] === 'var' && names[at + 1] === 'folders' && names[at + 4] === 't' && names.length > at + 5;
}

function madeKind(path: string, { platform, home, workFolder, roots }: Surroundings, ours: boolean, all: readonly string[]): 'made' | 'made elsewhere' | undefined {
  const inHome = home !== undefined && isBelow(path, home, platform);
  if (madeBySystem.some((folder) => folder.length <= all.length && folder.every((name, at) => name === all[at]))) return 'made';
  // `/srv/app/build` and `/var/www/dist` are deployments, not build output.
  const first = all[0] ?? '';
  if (!ours && !inHome && systemFolders.has(first) && !foldersOfWork.has(first)) return undefined;
  const outer = [...roots, workFolder].filter((folder) => folder !== '' && isInside(path, folder, platform)).map((folder) => segmentsOf(folder, platform).length);
  // A workspace that itself lies in a folder named `build` is not build output.
  const depthOfHome = inHome ? segmentsOf(home, platform).length : 0;
  const below = all.slice(Math.max(depthOfHome, ...outer));
  if (isMadeName(below, ours || (roots.length === 0 && workFolder === '')) || (inHome && madeInHome.some((folder) => folder.every((name, at) => name === all[depthOfHome + at])))) return 'made';
  return !ours && isMadeName(below, true) ? 'made elsewhere' : undefined;
}

/** True when one of the names is of something a build makes again. */
function isMadeName(names: readonly string[], here: boolean): boolean {
  const last = names.at(-1);
  return names.some((name) => (madeFolders.has(name) && (here || !madeHere.has(name))) || name.endsWith('.egg-info')) || (last !== undefined && madeFile.test(last));
}

/** True when a single name is of a folder that a build or an install makes again. */
export function isMadeFolder(name: string): boolean {
  return madeFolders.has(name.toLowerCase());
}

/** True for a folder whose name nothing but a build, an install or a cache has, wherever it lies. */
export function isMadeAnywhere(name: string): boolean {
  return isMadeFolder(name) && !madeHere.has(name.toLowerCase());
}

/** True when a relative or partly unknown path ends in something a build makes again. `here`: it lies in the folders the agent works in. */
export function looksMade(path: string, platform: Platform, here = true): boolean {
  return isMadeName(lowerSegments(path, platform), here);
}

/** A disk itself rather than a file on it. */
export function isDevice(path: string, platform: Platform): boolean {
  if (platform === 'windows') return /^\\\\[.?]\\physicaldrive\d/i.test(path);
  return /^\/dev\/(?:(?:sd|hd|vd|xvd)[a-z]|nvme\d|mmcblk\d|r?disk\d|dm-\d|md\d|loop\d|mapper\/|disk\/by-|zd\d|nbd\d)/.test(path);
}

/** A file that keeps nothing of what is written to it. */
export function isSink(path: string): boolean {
  return /^(?:\/dev\/(?:null|zero|full|random|urandom|stdin|stdout|stderr|tty\w*|console|pts\/\d+|fd\/\d+|shm\/.*|tcp\/.*|udp\/.*)|\/proc\/self\/fd\/\d+|nul|con|\$null)$/i.test(path);
}

/** Parts of a repository's own folder that hold work. */
const gitHistory = new Set(['objects', 'refs', 'logs', 'head', 'packed-refs', 'index', 'modules', 'worktrees', 'config']);
/** Parts that git leaves behind and makes again. */
const gitScratch = new Set(['commit_editmsg', 'fetch_head', 'merge_msg', 'merge_head', 'orig_head', 'rebase-merge', 'rebase-apply', 'gc.log']);

/** For a path in a repository's own folder: whether work is kept there (`history`), or only locks and messages (`scratch`). */
export function gitFolderPart(path: string, platform: Platform): 'history' | 'scratch' | undefined {
  const names = lowerSegments(path, platform);
  const at = names.lastIndexOf('.git');
  if (at < 0) return undefined;
  const part = names[at + 1];
  if (part === undefined || gitHistory.has(part)) return names.at(-1)?.endsWith('.lock') ? 'scratch' : 'history';
  return gitScratch.has(part) || part.endsWith('.lock') ? 'scratch' : undefined;
}
