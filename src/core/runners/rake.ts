import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, parseCall } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { textOf } from '../shell/word.ts';
import { isNewTask, placeIn, readProjectFile, readUpwards, runsUnread } from './project-file.ts';

const names = ['rakefile', 'Rakefile', 'rakefile.rb', 'Rakefile.rb'];
const valueOptions = ['-f', '--rakefile', '-C', '--directory', '-I', '--libdir', '-r', '--require', '-R', '--rakelibdir', '-e', '--execute', '-E', '--execute-continue', '-p', '--execute-print'];
/** https://ruby.github.io/rake/doc/command_line_usage_rdoc.html */
const idle = ['-T', '--tasks', '-P', '--prereqs', '-n', '--dry-run', '-W', '--where', '-D', '--describe', '-h', '--help', '-V', '--version'];
const taskFolders = ['rakelib', 'lib/tasks'];
const maxTaskFiles = 100;
const maxTasks = 100;

/** A task's text, with the tasks it needs first. */
interface RakeTask {
  readonly needs: readonly string[];
  readonly body: string;
  /** The methods its file defines. */
  readonly methods: string;
  readonly folder: string;
}

/** The effects of the tasks `rake` (or `rails`, for tasks of the project) would run, as far as their text shows. */
export function runRake(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions });
  const inline = textOf(optionValue(call, '-e', '--execute', '-E', '--execute-continue', '-p', '--execute-print'));
  if (inline !== undefined && invocation.program === 'rake') return analysis.code('ruby', inline, placeIn(invocation.cwd, invocation));
  const goals = call.operands.flatMap((word) => textOf(word) ?? []).filter((word) => !word.includes('=')).map((word) => word.replace(/\[.*$/s, ''));
  if (hasOption(call, ...idle) || invocation.cwd === undefined || (invocation.program === 'rails' && !goals[0]?.includes(':'))) return undefined;
  const given = textOf(optionValue(call, '-f', '--rakefile'));
  const folder = joinPath(invocation.cwd, textOf(optionValue(call, '-C', '--directory')) ?? '.', analysis.world.platform);
  const file = given === undefined ? readUpwards(folder, names, analysis) : readProjectFile(joinPath(folder, given, analysis.world.platform), analysis);
  if (file.is === 'absent' || !isNewTask('rake', file.path, goals, invocation, analysis)) return [];
  if (file.is === 'unreadable') return [runsUnread(file.path, invocation)];
  const tasks = new Map<string, RakeTask[]>();
  const unread: Effect[] = [];
  for (const path of [file.path, ...taskFilesOf(file.folder, analysis)]) {
    const part = readProjectFile(path, analysis);
    if (part.is === 'unreadable') unread.push(runsUnread(part.path, invocation));
    if (part.is !== 'text') continue;
    analysis.spend(1 + part.text.length / 500);
    for (const [name, task] of tasksOf(part.text, file.folder, (steps) => analysis.spend(steps))) tasks.set(name, [...(tasks.get(name) ?? []), task]);
  }
  return [...unread, ...runTasks(goals.length > 0 ? goals : ['default'], tasks, invocation, analysis)];
}

function taskFilesOf(folder: string, { world }: Analysis): readonly string[] {
  return taskFolders.flatMap((name) => {
    const inside = joinPath(folder, name, world.platform);
    return (world.list(inside) ?? []).filter((file) => file.endsWith('.rake')).map((file) => joinPath(inside, file, world.platform));
  }).slice(0, maxTaskFiles);
}

function runTasks(goals: readonly string[], tasks: ReadonlyMap<string, readonly RakeTask[]>, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const waiting = [...goals];
  const ran = new Set<string>();
  const effects: Effect[] = [];
  for (let name = waiting.shift(); name !== undefined && ran.size < maxTasks; name = waiting.shift()) {
    if (ran.has(name)) continue;
    ran.add(name);
    for (const task of tasks.get(name) ?? []) {
      const namespace = name.includes(':') ? name.slice(0, name.lastIndexOf(':') + 1) : '';
      waiting.push(...task.needs.flatMap((need) => (tasks.has(namespace + need) ? [namespace + need] : [need])));
      effects.push(...analysis.code('ruby', `${task.body}\n${task.methods}`, placeIn(task.folder, invocation)));
    }
  }
  return effects;
}

/**
 * The tasks of a rake file. A block runs to the `end` that stands as far left as its task; the methods a file defines are
 * read with each of its tasks.
 */
function tasksOf(text: string, folder: string, spend: (steps: number) => void): readonly (readonly [string, RakeTask])[] {
  const lines = text.split(/\r?\n/);
  const spaces: { readonly name: string; readonly indent: number }[] = [];
  const methods = lines.flatMap((line, at) => (/^\s*def\s/.test(line) ? blockAt(lines, at, spend) : [])).join('\n');
  const found: (readonly [string, RakeTask])[] = [];
  for (const [at, line] of lines.entries()) {
    const indent = line.length - line.trimStart().length;
    while (/^\s*(?:end\b|\})/.test(line) && (spaces.at(-1)?.indent ?? -1) >= indent) spaces.pop();
    const space = /^\s*namespace[\s(]+:?["']?([\w-]+)/.exec(line)?.[1];
    if (space !== undefined) spaces.push({ name: space, indent });
    const task = /^\s*(?:multi)?task[\s(]+(.{1,400})$/.exec(line)?.[1];
    if (task === undefined) continue;
    const name = /^:?["']?([\w:?!-]+)/.exec(task)?.[1]?.replace(/:$/, '');
    if (name === undefined) continue;
    const needs = /(?:=>|\w:)\s*(.*?)(?:\bdo\b|\{|$)/.exec(task)?.[1] ?? '';
    const body = /\bdo\b|\{\s*(?:\|[^|]*\|)?/.test(task) ? blockAt(lines, at, spend).slice(1) : [];
    const inline = /\{\s*(?:\|[^|]*\|)?(.*)\}\s*$/.exec(task)?.[1];
    found.push([[...spaces.map((outer) => outer.name), name].join(':'), { needs: needs.match(/[\w:-]*\w/g)?.map((need) => need.replace(/^:/, '')) ?? [], body: inline ?? body.join('\n'), methods, folder }]);
  }
  return found;
}

/** The lines from `from` to the first that closes it at the same column. */
function blockAt(lines: readonly string[], from: number, spend: (steps: number) => void): readonly string[] {
  const first = lines[from] ?? '';
  const indent = first.slice(0, first.length - first.trimStart().length);
  const end = lines.findIndex((line, at) => at > from && (line.startsWith(`${indent}end`) || line.startsWith(`${indent}}`)));
  spend(1 + ((end < 0 ? lines.length : end) - from) / 20);
  return lines.slice(from, end < 0 ? lines.length : end);
}
