import { joinPath, parentOf } from '../files/path.ts';
import type { Evidence, Folder } from './evidence-source.ts';
import { evidenceInNames, longestFile } from './evidence-target.ts';
import { environmentInName } from './named.ts';

const deepestFolder = 32;
const mostRemotes = 20;

/** Prefixes under which branches for an environment are kept. */
const deployBranch = /^(?:(?:deploy|deployment|release|env|environment|environments)[/-])?([A-Za-z0-9]+)$/;

/**
 * The branch, where it is called after an environment. `main` says nothing of what can be reached from here, nor does `fix/prod-login`.
 * https://git-scm.com/docs/gitrepository-layout
 */
export function branchEvidence({ folder, world }: Folder): readonly Evidence[] {
  const git = gitFolder(folder, world);
  const head = git && joinPath(git, 'HEAD', world.platform);
  const branch = head && /^ref: refs\/heads\/(\S+)/.exec(world.read(head, 4096) ?? '')?.[1];
  const word = branch && deployBranch.exec(branch)?.[1];
  const environment = word ? environmentInName(word) : 'unknown';
  if (!head || environment === 'unknown' || environment === 'local') return [];
  return [{ environment, evidence: `branch “${branch}” is named like ${environment}`, source: head }];
}

/** Apps that a push to Heroku would deploy. https://devcenter.heroku.com/articles/git */
export function herokuEvidence({ folder, world, policy }: Folder): readonly Evidence[] {
  const git = gitFolder(folder, world);
  if (git === undefined) return [];
  const common = world.read(joinPath(git, 'commondir', world.platform), 4096)?.trim();
  const config = joinPath(common ? joinPath(git, common, world.platform) : git, 'config', world.platform);
  return remotesIn(world.read(config, longestFile) ?? '').flatMap(({ name, url }) => {
    const app = /(?:git\.heroku\.com\/|@heroku\.com:)([\w-]+)(?:\.git)?\/?$/.exec(url)?.[1];
    const found = app && evidenceInNames('linked Heroku app', [app, name === 'heroku' ? undefined : name], config, policy);
    return found ? [found] : [];
  });
}

/** The repository's own folder; a worktree's or submodule's `.git` is a file that names it. */
function gitFolder(folder: string, world: Folder['world']): string | undefined {
  let at = folder;
  for (let depth = 0; depth < deepestFolder; depth++) {
    const git = joinPath(at, '.git', world.platform);
    const kind = world.stat(git)?.kind;
    if (kind === 'file') {
      const named = /^gitdir: (.+)/.exec(world.read(git, 4096) ?? '')?.[1]?.trim();
      return named && joinPath(at, named, world.platform);
    }
    if (kind !== undefined) return git;
    const parent = parentOf(at, world.platform);
    if (parent === at) return undefined;
    at = parent;
  }
  return undefined;
}

function remotesIn(config: string): readonly { readonly name: string; readonly url: string }[] {
  const remotes: { name: string; url: string }[] = [];
  let name: string | undefined;
  for (const line of config.split('\n')) {
    const section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) name = /^remote "(.+)"$/.exec(section)?.[1];
    const url = /^\s*url\s*=\s*(\S+)/.exec(line)?.[1];
    if (name !== undefined && url !== undefined && remotes.length < mostRemotes) remotes.push({ name, url });
  }
  return remotes;
}
