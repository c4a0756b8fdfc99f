import type { Analysis } from '../analysis.ts';
import { displayPath, joinPath, parentOf } from '../files/path.ts';
import type { Folder } from '../invocation.ts';
import { isRecord, parseJson } from '../json.ts';
import { manifestOf, textsOf, type Manifest } from './manifest.ts';
import { readProjectFile } from './project-file.ts';
import { entry, itemsOf, readYaml, scalar } from './yaml.ts';

const maxMembers = 150;
const maxParents = 16;

/** The packages of a repository that holds several. */
export interface Workspaces {
  readonly root: string;
  readonly members: readonly Manifest[];
}

/** Looks the nearest root with workspaces up; undefined where there is none. */
export function workspacesAbove(folder: Folder, analysis: Analysis): Workspaces | undefined {
  const { world } = analysis;
  let at = folder;
  for (let step = 0; at !== undefined && step < maxParents; step++) {
    const patterns = patternsIn(at, analysis);
    if (patterns.length > 0) return { root: at, members: membersOf(at, patterns, analysis) };
    const parent = parentOf(at, world.platform);
    at = parent === at ? undefined : parent;
  }
  return undefined;
}

/** The members a selection names: by package name or path. A selection that is more than a name may mean any of them. */
export function selected({ root, members }: Workspaces, selection: string, analysis: Analysis): readonly Manifest[] {
  if (/[*[{!^]|\.\.\./.test(selection)) return members;
  const path = selection.replace(/^\.\//, '').replace(/\/$/, '');
  return members.filter(({ name, folder }) => {
    const place = displayPath(folder, [root], undefined, analysis.world.platform);
    return name === selection || name.endsWith(`/${selection}`) || place === path || place.endsWith(`/${path}`);
  });
}

function patternsIn(folder: string, analysis: Analysis): readonly string[] {
  const { platform } = analysis.world;
  const pnpm = readProjectFile(joinPath(folder, 'pnpm-workspace.yaml', platform), analysis);
  const fromPnpm = pnpm.is === 'text' ? itemsOf(entry(readYaml(pnpm.text), 'packages')).flatMap((item) => scalar(item) ?? []) : [];
  const lerna = readProjectFile(joinPath(folder, 'lerna.json', platform), analysis);
  const json = lerna.is === 'text' ? parseJson(lerna.text) : undefined;
  const own = [...(manifestOf(folder, analysis)?.workspaces ?? []), ...fromPnpm, ...textsOf(isRecord(json) ? json.packages : undefined)];
  const nx = own.length === 0 && analysis.world.stat(joinPath(folder, 'nx.json', platform)) ? ['apps/*', 'libs/*', 'packages/*', '.'] : [];
  return [...own, ...nx].filter((pattern) => !pattern.startsWith('!'));
}

function membersOf(root: string, patterns: readonly string[], analysis: Analysis): readonly Manifest[] {
  const folders = new Set(patterns.flatMap((pattern) => foldersOf(root, pattern, analysis)));
  return [...folders].slice(0, maxMembers).map((folder) => manifestOf(folder, analysis) ?? { folder, name: '', scripts: {}, workspaces: [] });
}

/** Folders a pattern stands for; `**` for three levels. */
function foldersOf(root: string, pattern: string, analysis: Analysis): readonly string[] {
  const { world } = analysis;
  let found = [root];
  for (const segment of pattern.split('/').filter((part) => part !== '' && part !== '.')) {
    if (segment === '**') {
      for (let level = 0, last = found; level < 3; level++) {
        last = last.flatMap((folder) => childrenOf(folder, '*', analysis));
        found = [...found, ...last].slice(0, maxMembers * 4);
      }
    } else found = segment.includes('*') ? found.flatMap((folder) => childrenOf(folder, segment, analysis)) : found.map((folder) => joinPath(folder, segment, world.platform));
    found = found.slice(0, maxMembers * 4);
  }
  return found.filter((folder) => world.stat(folder)?.kind === 'folder');
}

function childrenOf(folder: string, segment: string, analysis: Analysis): readonly string[] {
  const [before = '', after = ''] = segment.split('*');
  const names = (analysis.world.list(folder) ?? []).filter((name) => name !== 'node_modules' && !name.startsWith('.') && name.startsWith(before) && name.endsWith(after));
  analysis.spend(1 + names.length / 16);
  return names.slice(0, maxMembers * 4).map((name) => joinPath(folder, name, analysis.world.platform));
}
