import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, parseCall, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { isRecord, parseJson } from '../json.ts';
import { textOf } from '../shell/word.ts';
import { manifestOf, runScriptOf, scriptText, textsOf, type Manifest } from './manifest.ts';
import { isNewTask, placeIn, readProjectFile } from './project-file.ts';
import { selected, workspacesAbove, type Workspaces } from './workspaces.ts';

const valueOptions = ['-F', '--filter', '--cwd', '--scope', '--ignore', '-t', '--target', '--targets', '-p', '--projects', '--exclude', '-c', '--configuration', '--concurrency', '--parallel', '--log-order', '--output-logs', '--env-mode', '--cache-dir', '--base', '--head', '--runner', '--output-style', '--since', '--stream'];
const idle = ['--dry', '--dry-run', '--graph', '-h', '--help', '--version'];
const nxCommands = new Set(['run', 'run-many', 'affected', 'graph', 'list', 'show', 'reset', 'generate', 'g', 'init', 'migrate', 'report', 'sync', 'release', 'import', 'connect', 'daemon', 'format', 'view-logs', 'repair', 'exec', 'watch', 'add', 'login', 'logout']);
const turboCommands = new Set(['run', 'watch', 'prune', 'login', 'logout', 'link', 'unlink', 'gen', 'generate', 'daemon', 'ls', 'query', 'scan', 'telemetry', 'bin', 'info', 'config', 'boundaries', 'completion', 'devtools']);

/** What is to run, in which packages; no selection means all. */
interface Selection {
  readonly tasks: readonly string[];
  readonly packages: readonly string[];
}

/** The effects of a task that turbo, nx or lerna runs in the packages of a repository. */
export function runInWorkspaces(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions });
  const elsewhere = textOf(optionValue(call, '--cwd'));
  const folder = invocation.cwd === undefined ? undefined : joinPath(invocation.cwd, elsewhere ?? '.', analysis.world.platform);
  const workspaces = hasOption(call, ...idle) ? undefined : workspacesAbove(folder, analysis);
  if (!workspaces) return undefined;
  const { tasks, packages } = invocation.program === 'nx' ? nxSelection(call) : { tasks: tasksOf(call), packages: listed(call, '-F', '--filter', '--scope') };
  if (tasks.length === 0 || !isNewTask(invocation.program, workspaces.root, [...tasks, '--', ...packages], invocation, analysis)) return [];
  const members = packages.length === 0 ? workspaces.members : packages.flatMap((name) => selected(workspaces, name, analysis));
  const all = invocation.program === 'turbo' ? withTurboNeeds(tasks, workspaces, analysis) : tasks;
  return members.flatMap((member) => all.flatMap((task) => [...scriptEffects(member, task, invocation, analysis), ...targetEffects(member, workspaces.root, task, invocation, analysis)]));
}

function scriptEffects(member: Manifest, task: string, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  return scriptText(member, task) === undefined ? [] : runScriptOf(member, task, [], invocation, analysis);
}

function listed(call: Call, ...options: readonly string[]): readonly string[] {
  return options.flatMap((option) => call.options.get(option) ?? []).flatMap((word) => (textOf(word) ?? '*').split(','));
}

/** `turbo run a b`, `turbo a`, `lerna run a`. */
function tasksOf(call: Call): readonly string[] {
  const words = call.operands.slice(0, call.operands.length - call.afterDashes.length).flatMap((word) => textOf(word) ?? []);
  if (words[0] === 'run' || words[0] === 'watch') return words.slice(1);
  return call.invocation.program === 'turbo' && words[0] !== undefined && !turboCommands.has(words[0]) ? words : [];
}

/** `nx run project:target`, `nx target project`, `nx run-many -t a,b -p x`. https://nx.dev/nx-api/nx/documents/run */
function nxSelection(call: Call): Selection {
  const [first, second, ...rest] = call.operands.flatMap((word) => textOf(word) ?? []);
  if (first === 'run-many' || first === 'affected') return { tasks: [...listed(call, '-t', '--target', '--targets'), ...(second === undefined ? [] : [second, ...rest])], packages: listed(call, '-p', '--projects') };
  if (first === 'run') {
    const [project = '*', target] = (second ?? '').split(':');
    return target === undefined ? { tasks: [project], packages: [] } : { tasks: [target], packages: [project] };
  }
  return first === undefined || nxCommands.has(first) ? { tasks: [], packages: [] } : { tasks: [first.split(':')[0] ?? first], packages: second === undefined ? [] : [second] };
}

/** The tasks with those that turbo.json says they depend on. */
function withTurboNeeds(tasks: readonly string[], { root }: Workspaces, analysis: Analysis): readonly string[] {
  const file = readProjectFile(joinPath(root, 'turbo.json', analysis.world.platform), analysis);
  const json = file.is === 'text' ? parseJson(file.text) : undefined;
  const known = isRecord(json) ? (json.tasks ?? json.pipeline) : undefined;
  const all = new Set(tasks);
  for (const task of all) {
    const entry = isRecord(known) && Object.hasOwn(known, task) ? known[task] : undefined;
    for (const need of textsOf(isRecord(entry) ? entry.dependsOn : undefined)) if (all.size < 100) all.add(need.replace(/^\^/, '').replace(/^.*#/, ''));
  }
  return [...all];
}

/** A target of a `project.json` that runs commands. https://nx.dev/nx-api/nx/executors/run-commands */
function targetEffects(member: Manifest, root: string, task: string, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const file = invocation.program === 'nx' ? readProjectFile(joinPath(member.folder, 'project.json', analysis.world.platform), analysis) : undefined;
  const json = file?.is === 'text' ? parseJson(file.text) : undefined;
  const targets = isRecord(json) ? json.targets : undefined;
  const target = isRecord(targets) && Object.hasOwn(targets, task) ? targets[task] : undefined;
  if (!isRecord(target)) return [];
  const options = isRecord(target.options) ? target.options : {};
  const commands = (Array.isArray(options.commands) ? (options.commands as readonly unknown[]) : [options.command, target.command]).flatMap((item) => textsOf(isRecord(item) ? item.command : item));
  const cwd = joinPath(root, typeof options.cwd === 'string' ? options.cwd.replace('{projectRoot}', member.folder) : '.', analysis.world.platform);
  const needs = textsOf(target.dependsOn).map((need) => need.replace(/^\^/, '')).filter((need) => need !== task && isNewTask(`nx ${need}`, member.folder, [], invocation, analysis));
  return [...needs.flatMap((need) => [...scriptEffects(member, need, invocation, analysis), ...targetEffects(member, root, need, invocation, analysis)]), ...commands.flatMap((command) => analysis.shell(command, placeIn(cwd, invocation)))];
}

/** The effects of several scripts or commands started by one program: npm-run-all and concurrently. */
export function runScriptList(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions: ['-n', '--names', '-c', '--prefix-colors', '--prefix', '-m', '--max-processes', '--kill-signal', '--restart-tries', '--restart-after', '--max-parallel', '--npm-path', '--success', '--default-input-target', '--name-separator', '--handle-input-target'] });
  const isConcurrently = invocation.program.startsWith('conc');
  const manifest = manifestOf(invocation.cwd, analysis);
  return call.operands.flatMap((word) => {
    const text = textOf(word) ?? word.text;
    const script = isConcurrently ? /^(?:npm|yarn|pnpm|bun|node):(\S+)/.exec(text)?.[1] : text.split(/\s/)[0];
    if (script === undefined) return analysis.shell(text, placeIn(invocation.cwd, invocation));
    return manifest ? Object.keys(manifest.scripts).filter((name) => isNamed(name, script)).flatMap((name) => runScriptOf(manifest, name, [], invocation, analysis)) : [];
  });
}

/** `build:*` is one part of a name, `build:**` any number of them. */
function isNamed(name: string, pattern: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return name === pattern;
  const inner = name.startsWith(pattern.slice(0, star)) ? name.slice(star) : undefined;
  return inner !== undefined && inner !== '' && (pattern[star + 1] === '*' || !inner.includes(':'));
}
