import type { Analysis } from '../analysis.ts';
import { optionValue, parseCall } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { isRecord } from '../json.ts';
import { textOf } from '../shell/word.ts';
import { parse } from 'jsonc-parser';
import { manifestOf, runScriptOf, textsOf } from './manifest.ts';
import { isNewTask, placeIn, readProjectFile, readUpwards, runsUnread } from './project-file.ts';

/** The effects of `deno task NAME`. https://docs.deno.com/runtime/reference/cli/task/ */
export function runDenoTask(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions: ['-c', '--config', '--cwd', '-f', '--filter'] });
  const [first, second] = call.operands.map((word) => textOf(word));
  if (first !== 'task' || second === undefined || invocation.cwd === undefined) return undefined;
  const given = textOf(optionValue(call, '-c', '--config'));
  const file = given === undefined ? readUpwards(invocation.cwd, ['deno.json', 'deno.jsonc'], analysis) : readProjectFile(joinPath(invocation.cwd, given, analysis.world.platform), analysis);
  if (file.is === 'unreadable') return [runsUnread(file.path, invocation)];
  const json: unknown = file.is === 'text' ? parse(file.text) : undefined;
  const tasks = isRecord(json) && isRecord(json.tasks) ? json.tasks : {};
  if (file.is === 'text' && Object.hasOwn(tasks, second)) return runNamed(second, tasks, file.folder, invocation, analysis);
  const manifest = manifestOf(invocation.cwd, analysis);
  return manifest ? runScriptOf(manifest, second, call.operands.slice(2), invocation, analysis) : [];
}

function runNamed(name: string, tasks: Readonly<Record<string, unknown>>, folder: string, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (!isNewTask(`deno ${name}`, folder, [], invocation, analysis)) return [];
  const needs = isRecord(task) ? textsOf(task.dependencies) : [];
  return [...needs.flatMap((need) => runNamed(need, tasks, folder, invocation, analysis)), ...textsOf(isRecord(task) ? task.command : task).flatMap((text) => analysis.shell(text, placeIn(folder, invocation)))];
}
