import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import type { Invocation } from '../invocation.ts';
import { runComposeServices } from './compose.ts';
import { runComposerScript } from './composer.ts';
import { runDenoTask } from './deno.ts';
import { runDirenv } from './direnv.ts';
import { runDocker } from './docker.ts';
import { runGitHooks, runHookManager } from './git-hooks.ts';
import { runJust } from './just.ts';
import { runMake } from './make.ts';
import { runInWorkspaces, runScriptList } from './monorepo.ts';
import { runPackageScript } from './package-json.ts';
import { runRake } from './rake.ts';
import { runTaskfile } from './taskfile.ts';

/** What a task runner runs, read from the project's own files; undefined where the call names no task of theirs. */
type Runner = (invocation: Invocation, analysis: Analysis) => readonly Effect[] | undefined;

const runners: Readonly<Record<string, Runner>> = {
  make: runMake, gmake: runMake, bmake: runMake, 'mingw32-make': runMake,
  just: runJust,
  task: runTaskfile, 'go-task': runTaskfile,
  rake: runRake, rails: runRake,
  composer: runComposerScript, 'composer.phar': runComposerScript,
  npm: runPackageScript, pnpm: runPackageScript, yarn: runPackageScript, yarnpkg: runPackageScript, bun: runPackageScript, node: runPackageScript,
  turbo: runInWorkspaces, nx: runInWorkspaces, lerna: runInWorkspaces,
  'npm-run-all': runScriptList, 'npm-run-all2': runScriptList, 'run-s': runScriptList, 'run-p': runScriptList, concurrently: runScriptList, conc: runScriptList,
  docker: runDocker, podman: runDocker, nerdctl: runDocker, 'docker-compose': runComposeServices, 'podman-compose': runComposeServices,
  deno: runDenoTask,
  git: runGitHooks, 'pre-commit': runHookManager, lefthook: runHookManager,
  direnv: runDirenv,
};

/** The effects of the tasks a call of a task runner would run; undefined where the program is none, or runs none. */
export function runTask(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  // A folder nobody knows is taken for one whose name is empty: files written earlier in the command are found there.
  return Object.hasOwn(runners, invocation.program) ? runners[invocation.program]?.({ ...invocation, cwd: invocation.cwd ?? '' }, analysis) : undefined;
}
