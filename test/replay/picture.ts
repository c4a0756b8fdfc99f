import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { git, type Stage } from './stage.ts';

/** Everything of a stage that must be the same after the restore, as plain values. */
export type Picture = Readonly<Record<string, unknown>>;

/** Build output and packages come back from a build and an install. */
const madeAgain = new Set(['node_modules', 'dist']);

export function pictureOf(stage: Stage): Picture {
  const files: Record<string, unknown> = {};
  look(Buffer.from(stage.home), '', files);
  const repositories = [stage.project, join(stage.project, 'drafts/nested'), join(stage.home, 'tree')].map((root) => repositoryOf(stage, root));
  return { files, repositories, origin: refsOf(stage, join(stage.folder, 'origin.git')) };
}

function look(folder: Buffer, name: string, files: Record<string, unknown>): void {
  for (const child of readdirSync(folder, 'buffer')) {
    const path = Buffer.concat([folder, Buffer.from('/'), child]);
    const below = `${name}/${child.toString('latin1')}`;
    if (child.toString() === '.git' || madeAgain.has(child.toString())) continue;
    const facts = lstatSync(path);
    const mode = (facts.mode & 0o7777).toString(8);
    if (facts.isSymbolicLink()) files[below] = `link ${readlinkSync(path)}`;
    else if (facts.isDirectory()) {
      look(path, below, files);
      files[below] = `folder ${mode}`;
    } else if (facts.isFile()) files[below] = `file ${mode} ${facts.size} ${createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16)}`;
  }
}

/** Read from git's own files where that is as good: starting git is what takes the time. */
function repositoryOf(stage: Stage, root: string): Picture | 'none' {
  const dotGit = join(root, '.git');
  if (!existsSync(dotGit)) return 'none';
  const own = statSync(dotGit).isDirectory() ? dotGit : resolve(root, readFileSync(dotGit, 'utf8').slice('gitdir: '.length).trim());
  const common = own === dotGit ? own : join(own, '../..');
  const text = (path: string): string => (existsSync(path) ? readFileSync(path, 'latin1') : '');
  const stashes = text(join(common, 'logs/refs/stash')).split('\n').filter((line) => line !== '').map((line) => [line.split(' ')[1], line.slice(line.indexOf('\t') + 1)]);
  return { head: text(join(own, 'HEAD')), config: text(join(common, 'config')), stashes, refs: own === dotGit ? refsOf(stage, root) : [], index: said(stage, root, 'ls-files', '-s', '-z'), status: said(stage, root, 'status', '--porcelain=v1', '-z', '--untracked-files=all') };
}

/** Names of the remote's branches are learned from the remote; `refs/original` is what filter-branch leaves. */
function refsOf(stage: Stage, root: string): readonly string[] {
  return said(stage, root, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n').filter((line) => line !== '' && !/^refs\/(?:interlock|remotes|original)\//.test(line));
}

function said(stage: Stage, root: string, ...args: string[]): string {
  try {
    return git(stage, root, ...args);
  } catch {
    return 'git failed';
  }
}
