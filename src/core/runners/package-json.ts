import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, parseCall, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Folder, Invocation } from '../invocation.ts';
import { programOf, textOf, type Word } from '../shell/word.ts';
import { manifestOf, runScriptOf, scriptText, type Manifest } from './manifest.ts';
import { selected, workspacesAbove } from './workspaces.ts';

const folderOptions = ['-C', '--dir', '--prefix', '--cwd'];
const selectionOptions: Readonly<Record<string, readonly string[]>> = { npm: ['-w', '--workspace'], pnpm: ['-F', '--filter', '--filter-prod'], bun: ['-F', '--filter'], yarn: [], node: [] };
const everywhere = ['--workspaces', '-ws', '-r', '--recursive'];
const otherValues = ['--run', '--loglevel', '--registry', '--tag', '--otp', '--access', '--config', '--reporter', '--workspace-concurrency', '--network-timeout', '--cache-folder', '--linker', '--backend', '--env-file', '--omit', '--include', '--script-shell', '--userconfig', '--cache'];

/** Commands that run a script of the same name. */
const shorthand = new Set(['test', 'start', 'stop', 'restart']);

/** Scripts that other commands run on their way. https://docs.npmjs.com/cli/using-npm/scripts#life-cycle-operation-order */
const installScripts = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
const lifecycle: Readonly<Record<string, readonly string[]>> = {
  install: installScripts, i: installScripts, ci: installScripts,
  publish: ['prepublishOnly', 'prepack', 'prepare', 'postpack', 'publish', 'postpublish'],
  pack: ['prepack', 'prepare', 'postpack'],
  version: ['preversion', 'version', 'postversion'],
};

/** Commands of the package managers themselves; any other word is a script or an installed program. */
const ownCommands = new Set([
  'run', 'run-script', 'exec', 'dlx', 'x', 'create', 'init', 'add', 'remove', 'rm', 'un', 'uninstall', 'unlink', 'link', 'ln', 'update', 'up', 'upgrade', 'outdated', 'audit', 'list', 'ls', 'll', 'la', 'why', 'info', 'view', 'show', 'config', 'c', 'get', 'set', 'cache',
  'login', 'logout', 'whoami', 'owner', 'tag', 'team', 'dist-tag', 'deprecate', 'unpublish', 'access', 'token', 'npm', 'plugin', 'store', 'patch', 'patch-commit', 'patch-remove', 'prune', 'rebuild', 'rb', 'fetch', 'deploy', 'env', 'setup', 'root', 'bin', 'help', 'licenses', 'dedupe',
  'search', 'ping', 'doctor', 'self-update', 'build', 'repl', 'pm', 'completion', 'completions', 'recursive', 'multi', 'm', 'constraints', 'explain', 'server', 'import', 'unplug', 'stage', 'approve-builds', 'bugs', 'docs', 'repo', 'fund', 'autoclean', 'check', 'generate-lock-entry', 'global', 'policies', 'versions', 'workspaces', 'workspace',
  ...shorthand, ...Object.keys(lifecycle),
]);

/** The effects of the scripts of a `package.json` that a call of a package manager would run; undefined where it runs none. */
export function runPackageScript(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const manager = invocation.program === 'yarnpkg' ? 'yarn' : invocation.program;
  const call = parseCall(invocation, { valueOptions: [...folderOptions, ...otherValues, ...(selectionOptions[manager] ?? [])] });
  if (manager === 'node') return runNamed(textOf(optionValue(call, '--run')), call.operands, folderIn(invocation.cwd, call, analysis), invocation, analysis);
  const [first, second] = call.operands;
  if (manager === 'yarn' && (first?.text === 'workspace' || first?.text === 'workspaces')) return inYarnWorkspaces(call, invocation, analysis);
  const folders = foldersOf(manager, call, analysis);
  const effects = folders.map((folder) => inFolder(manager, call, first, second, folder, invocation, analysis));
  return effects.every((found) => found === undefined) ? undefined : effects.flatMap((found) => found ?? []);
}

function inFolder(manager: string, call: Call, first: Word | undefined, second: Word | undefined, folder: Folder, invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const command = first === undefined && manager === 'yarn' ? 'install' : textOf(first);
  if (command === undefined) return undefined;
  if (command === 'run' || command === 'run-script') return second && runNamed(textOf(second), wordsAfter(second, manager, call), folder, invocation, analysis);
  if (shorthand.has(command) && first) return manager === 'bun' && command === 'test' ? undefined : runNamed(command, wordsAfter(first, manager, call), folder, invocation, analysis);
  if (Object.hasOwn(lifecycle, command)) return runLifecycle(command, call, folder, invocation, analysis);
  if (manager === 'npm' || !first || ownCommands.has(command)) return undefined;
  const script = runNamed(command, wordsAfter(first, manager, call), folder, invocation, analysis);
  // Not a script: `yarn prisma …` runs an installed program. Bun would rather run a file.
  if (script !== undefined || /[./\\]/.test(command)) return script;
  const argv = invocation.argv.slice(invocation.argv.indexOf(first));
  return analysis.invocation({ ...invocation, program: programOf(first), argv, cwd: folder, redirections: [] });
}

function runNamed(name: string | undefined, words: readonly Word[], folder: Folder, invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const manifest = name === undefined ? undefined : manifestOf(folder, analysis);
  if (name === undefined || !manifest || (manifest.unread === undefined && scriptText(manifest, name) === undefined)) return undefined;
  return runScriptOf(manifest, name, words, invocation, analysis);
}

/** The words behind a script's name; npm keeps options for itself unless `--` stands before them. */
function wordsAfter(name: Word, manager: string, call: Call): readonly Word[] {
  if (manager === 'npm') return call.operands.slice(call.operands.indexOf(name) + 1);
  const { argv } = call.invocation;
  return argv.slice(argv.indexOf(name) + 1).filter((word, index) => !(index === 0 && word.text === '--'));
}

function runLifecycle(command: string, call: Call, folder: Folder, invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const installs = lifecycle[command] === installScripts;
  if (hasOption(call, '--ignore-scripts', '--help', '-h', '-g', '--global') || (installs && call.operands.length > 1)) return undefined;
  const manifest = manifestOf(folder, analysis);
  if (!manifest || manifest.unread !== undefined) return undefined;
  const scripts = (lifecycle[command] ?? []).filter((name) => scriptText(manifest, name) !== undefined);
  return scripts.length === 0 ? undefined : scripts.flatMap((name) => runScriptOf(manifest, name, [], invocation, analysis));
}

function folderIn(cwd: Folder, call: Call, analysis: Analysis): Folder {
  const given = folderOptions.flatMap((option) => call.options.get(option) ?? []).at(-1);
  if (given === undefined || cwd === undefined) return cwd;
  const path = textOf(given);
  return path === undefined ? undefined : joinPath(cwd, path, analysis.world.platform);
}

/** Where the scripts run: here, or in the workspaces the options select. */
function foldersOf(manager: string, call: Call, analysis: Analysis): readonly Folder[] {
  const here = folderIn(call.invocation.cwd, call, analysis);
  const selections = (selectionOptions[manager] ?? []).flatMap((option) => call.options.get(option) ?? []);
  const inAll = hasOption(call, ...everywhere);
  if (selections.length === 0 && !inAll) return manager === 'pnpm' && hasOption(call, '-w', '--workspace-root') ? [workspacesAbove(here, analysis)?.root ?? here] : [here];
  const workspaces = workspacesAbove(here, analysis);
  if (!workspaces) return [here];
  const members: readonly Manifest[] = selections.length === 0 ? workspaces.members : selections.flatMap((word) => selected(workspaces, textOf(word) ?? '*', analysis));
  return [...new Set(members.map((member) => member.folder))];
}

/** `yarn workspace NAME …`, `yarn workspaces run …` and `yarn workspaces foreach … run …`: the rest is a call of its own in each. */
function inYarnWorkspaces(call: Call, invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const { argv } = invocation;
  const [kind, second] = call.operands;
  if (!kind || !second) return undefined;
  const workspaces = workspacesAbove(folderIn(invocation.cwd, call, analysis), analysis);
  const one = kind.text === 'workspace';
  const from = one ? argv.indexOf(second) + 1 : argv.findIndex((word) => /^(?:run|exec)$/.test(word.text));
  if (from <= 0) return undefined;
  const folders = workspaces ? (one ? selected(workspaces, textOf(second) ?? '*', analysis) : workspaces.members).map((member): Folder => member.folder) : [undefined];
  return folders.flatMap((cwd) => analysis.invocation({ ...invocation, cwd, argv: [argv[0] as Word, ...argv.slice(from)], redirections: [] }));
}
