import type { Analysis } from '../analysis.ts';
import { hasOption } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath, parentOf } from '../files/path.ts';
import { readGit, type GitCommand } from '../git/command.ts';
import type { Invocation } from '../invocation.ts';
import { textOf } from '../shell/word.ts';
import { isNewTask, placeIn, readFirstOf, readProjectFile, readUpwards } from './project-file.ts';
import { runScriptText, shebangLanguage } from './script-text.ts';
import { entriesOf, entry, itemsOf, readYaml, scalar, type Yaml } from './yaml.ts';

/** The hooks of a repository that a command runs. https://git-scm.com/docs/githooks */
const hooksOf: Readonly<Record<string, readonly string[]>> = {
  commit: ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'],
  merge: ['pre-merge-commit', 'prepare-commit-msg', 'commit-msg', 'post-merge'],
  pull: ['post-merge', 'post-checkout', 'pre-rebase', 'post-rewrite'],
  rebase: ['pre-rebase', 'post-checkout', 'post-rewrite'],
  checkout: ['post-checkout'], switch: ['post-checkout'],
  push: ['pre-push'],
  am: ['applypatch-msg', 'pre-applypatch', 'post-applypatch'],
};
/** Hooks `--no-verify` leaves out. */
const skipped = new Set(['pre-commit', 'commit-msg', 'pre-push', 'pre-merge-commit', 'pre-rebase', 'pre-applypatch', 'applypatch-msg']);

/** The effects of the hooks a git command would run, as far as the repository has them. */
export function runGitHooks(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  if (!invocation.argv.some((word) => Object.hasOwn(hooksOf, word.text))) return undefined;
  const git = readGit(invocation, analysis);
  const names = git && Object.hasOwn(hooksOf, git.subcommand) ? hooksOf[git.subcommand] : undefined;
  const config = git && names ? readUpwards(git.folder, ['.git/config'], analysis) : undefined;
  if (!git || !names || config?.is !== 'text') return undefined;
  const root = parentOf(config.folder, analysis.world.platform);
  const folders = hookFolders(git, config.text, root, config.folder, analysis);
  const unverified = hasOption(git.call, '--no-verify') || (git.subcommand === 'commit' && hasOption(git.call, '-n'));
  return names.filter((name) => !(unverified && skipped.has(name))).flatMap((name) => folders.flatMap((folder) => hookEffects(name, folder, root, invocation, analysis)));
}

/** Where the hooks lie; husky keeps a runner in one folder and the hooks themselves in the one above. */
function hookFolders(git: GitCommand, config: string, root: string, gitFolder: string, { world: { platform } }: Analysis): readonly string[] {
  const given = git.settings.find(({ key }) => key === 'core.hookspath');
  const path = given ? textOf(given.value) : /^[ \t]*hooksPath[ \t]*=[ \t]*"?([^"\r\n]*)/im.exec(config)?.[1]?.trim();
  if (path === undefined) return given ? [] : [joinPath(gitFolder, 'hooks', platform)];
  const folder = joinPath(root, path, platform);
  return /[\\/]\.husky[\\/]_$/.test(folder) ? [parentOf(folder, platform)] : [folder];
}

function hookEffects(name: string, folder: string, root: string, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const file = readProjectFile(joinPath(folder, name, analysis.world.platform), analysis);
  // A compiled hook is a program somebody installed.
  if (file.is !== 'text' || !isNewTask(`hook ${name}`, root, [], invocation, analysis)) return [];
  const place = placeIn(root, invocation);
  const managed = /pre_commit|pre-commit\.com|lefthook/.test(file.text) ? managedHooks(name, root, invocation, analysis) : [];
  // A program nobody reads here, such as an interpreter of its own, is named by the first line.
  const language = file.text.startsWith('#!') ? shebangLanguage(file.text) : 'shell';
  return language ? [...runScriptText(language, file.text, [], place, analysis), ...managed] : managed;
}

/** `pre-commit run`, `lefthook run HOOK`: what a manager of hooks would run. */
export function runHookManager(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const [, first, second] = invocation.argv;
  if (first?.text !== 'run') return undefined;
  return managedHooks(invocation.program === 'lefthook' ? (textOf(second) ?? '') : 'pre-commit', invocation.cwd, invocation, analysis);
}

/** The project's own commands among the hooks of pre-commit (https://pre-commit.com) and lefthook (https://lefthook.dev). */
function managedHooks(name: string, root: string | undefined, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  if (!isNewTask(`managed hook ${name}`, root, [], invocation, analysis)) return [];
  const read = (names: readonly string[]): Yaml => {
    const file = readFirstOf(root, names, analysis);
    return file.is === 'text' ? readYaml(file.text) : null;
  };
  const listed = name === 'pre-commit' ? itemsOf(entry(read(['.pre-commit-config.yaml']), 'repos')) : [];
  const repositories = listed.filter((repository) => scalar(entry(repository, 'repo')) === 'local');
  const entries = repositories.flatMap((repository) => itemsOf(entry(repository, 'hooks'))).map((hook) => [scalar(entry(hook, 'entry')), ...itemsOf(entry(hook, 'args')).map(scalar)].join(' '));
  const hook = entry(read(['lefthook.yml', 'lefthook.yaml', '.lefthook.yml']), name);
  const runs = [...entriesOf(entry(hook, 'commands')).map(([, command]) => command), ...itemsOf(entry(hook, 'jobs'))].flatMap((command) => scalar(entry(command, 'run')) ?? []);
  return [...entries, ...runs].filter((line) => line.trim() !== '').flatMap((line) => analysis.shell(line.replace(/\{[\w-]+\}/g, '"$files"'), placeIn(root, invocation)));
}
