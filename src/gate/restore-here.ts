import { dirname, join } from 'node:path';
import { guardEffects } from '../core/files/guard-files.ts';
import { isInside } from '../core/files/path.ts';
import { fileRules, fileVerdict } from '../core/secrets/files.ts';
import { remembering } from '../core/remembering.ts';
import { blindWorld } from '../core/world.ts';
import { createJournal } from '../journal/journal.ts';
import { defaultVaultBounds } from '../vault/bounds.ts';
import { runRestore } from '../vault/command.ts';
import type { Manifest } from '../vault/manifest.ts';
import type { Withhold } from '../vault/restore.ts';
import { Vault } from '../vault/vault.ts';
import { maskSecrets } from './mask-secrets.ts';
import { loadSnapshot } from './policy-snapshot.ts';
import type { State } from './state.ts';
import { withParents, withTeams } from './team-policies.ts';
import { SecretIndex } from './world/secret-index.ts';

const platform = process.platform === 'win32' ? 'windows' : 'posix';

export interface RestoreHereOptions {
  readonly state: State;
  readonly home: string;
  readonly cwd: string;
  /** Resolves when the reader has taken the text. */
  readonly write: (text: string) => Promise<void>;
}

/**
 * The `restore` command on this machine's vault. Nobody can tell a person who calls it from an agent, so it puts back nothing that an
 * agent may not write, and nothing that it may not read at a place where it could.
 * @returns the exit code
 * @throws RestoreUsage
 */
export function restoreHere(argv: readonly string[], { state, home, cwd, write }: RestoreHereOptions): Promise<number> {
  const vault = new Vault({ folder: state.vault, bounds: () => defaultVaultBounds, describe: () => 'what was there before a restore from the command line' });
  return runRestore(argv, {
    vault,
    cwd,
    write,
    withhold: (manifest, to) => withholding(state, home, manifest, to),
    isGuarded: (folder) => [folder, join(folder, 'any')].some((path) => isGuard(path, guardsOf(state), home)),
    record: (what, manifest) => {
      const indexes = withParents(foldersOf(manifest)).map((folder) => SecretIndex.load(folder, state.secrets));
      return createJournal(state.journal, { now: Date.now, mask: (text) => maskSecrets(text, indexes) }).record({ type: 'configuration', what, by: 'command line' });
    },
  });
}

/**
 * What of a copy stays in the vault.
 * @throws Error where the policy that says which files are hidden cannot be read
 */
async function withholding(state: State, home: string, manifest: Manifest, to: string | undefined): Promise<Withhold> {
  const snapshot = await loadSnapshot(state);
  if ('problem' in snapshot && to !== undefined) throw new Error(`${snapshot.problem} So nobody can say which files are hidden from agents. Start the editor once to have it written again, or leave out --to.`);
  const guards = [...guardsOf(state), ...('problem' in snapshot ? [] : snapshot.policy.guardPaths)];
  const isHidden = to === undefined || 'problem' in snapshot ? () => false : hidden((await withTeams(state, withParents(foldersOf(manifest)), snapshot.policy)).hiddenFiles);
  return ({ path, place, type, content }) => {
    if (isGuard(place, guards, home, type === 'link', content)) return 'guard';
    return isHidden(path) || isHidden(place) ? 'secret' : undefined;
  };
}

function guardsOf({ root, run }: State): readonly string[] {
  return [root, run];
}

function isGuard(path: string, guardPaths: readonly string[], home: string, recursive = false, content: () => string | undefined = () => undefined): boolean {
  const change = {
    recursive,
    // Read only where it matters.
    get content() {
      return content();
    },
  };
  return guardEffects(path, change, { home, world: blindWorld(platform), guardPaths, folders: [] }).length > 0;
}

/** By name, and by what people have said of names below any folder: which of them is a workspace is not known here. */
function hidden(globs: readonly string[]): (path: string) => boolean {
  const rules = fileRules({ hiddenFiles: globs, clearFiles: [] }, []);
  return remembering((path) => withParents([dirname(path)]).some((folder) => fileVerdict(path, undefined, { ...rules, roots: [folder] }) === 'hidden'));
}

/** The outermost folders that a copy is of. */
function foldersOf({ entries, git }: Manifest): readonly string[] {
  const outermost: string[] = [];
  const all = new Set([...entries.map(({ path }) => dirname(path)), ...git.map(({ root }) => root)]);
  for (const folder of [...all].toSorted((a, b) => a.length - b.length)) if (!outermost.some((outer) => isInside(folder, outer, platform))) outermost.push(folder);
  return outermost;
}
