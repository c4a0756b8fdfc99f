import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, parseCall } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { textOf } from '../shell/word.ts';
import { isNewTask, placeIn, readFirstOf, readProjectFile, readUpwards, runsUnread, type ProjectFile } from './project-file.ts';
import { entriesOf, entry, isMap, itemsOf, readYaml, scalar, type Yaml } from './yaml.ts';

const names = ['Taskfile.yml', 'taskfile.yml', 'Taskfile.yaml', 'taskfile.yaml', 'Taskfile.dist.yml', 'taskfile.dist.yml', 'Taskfile.dist.yaml', 'taskfile.dist.yaml'];
const valueOptions = ['-t', '--taskfile', '-d', '--dir', '-C', '--concurrency', '-o', '--output', '--sort', '-I', '--interval', '--timeout'];
/** Options with which no task runs. https://taskfile.dev/reference/cli */
const idle = ['-l', '--list', '-a', '--list-all', '-n', '--dry', '--summary', '--status', '-i', '--init', '-h', '--help', '--version', '--completion'];
const maxTasks = 200;
const maxIncludes = 16;

interface Task {
  readonly body: Yaml;
  readonly folder: string;
  /** Names within an included file are its own. */
  readonly prefix: string;
  readonly variables: ReadonlyMap<string, string>;
}

/** The effects of the tasks `task` would run. https://taskfile.dev/reference/schema */
export function runTaskfile(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions });
  if (hasOption(call, ...idle) || invocation.cwd === undefined) return [];
  const { platform } = analysis.world;
  const given = textOf(optionValue(call, '-t', '--taskfile'));
  const folder = textOf(optionValue(call, '-d', '--dir'));
  const from = joinPath(invocation.cwd, folder ?? '.', platform);
  const file = given === undefined ? readUpwards(from, names, analysis) : readProjectFile(joinPath(from, given, platform), analysis);
  if (file.is === 'absent') return [];
  const words = call.operands.slice(0, call.operands.length - call.afterDashes.length).flatMap((word) => textOf(word) ?? []);
  if (!isNewTask('task', file.path, call.operands.map((word) => word.text), invocation, analysis)) return [];
  const run = new TaskRun(invocation, analysis);
  run.load(file, '');
  const variables = new Map([['CLI_ARGS', call.afterDashes.map((word) => word.text).join(' ')]]);
  for (const word of words.filter((candidate) => candidate.includes('='))) variables.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
  const goals = words.filter((word) => !word.includes('='));
  for (const goal of goals.length > 0 ? goals : ['default']) run.task(goal, '', variables);
  return run.effects;
}

class TaskRun {
  readonly effects: Effect[] = [];
  readonly #invocation: Invocation;
  readonly #analysis: Analysis;
  readonly #tasks = new Map<string, Task>();
  readonly #ran = new Set<string>();
  #includes = 0;

  constructor(invocation: Invocation, analysis: Analysis) {
    this.#invocation = invocation;
    this.#analysis = analysis;
  }

  load(file: ProjectFile, prefix: string, inFolder?: string): void {
    if (file.is === 'unreadable') this.effects.push(runsUnread(file.path, this.#invocation));
    if (file.is !== 'text' || ++this.#includes > maxIncludes) return;
    this.#analysis.spend(1 + file.text.length / 500);
    const root = readYaml(file.text);
    const folder = inFolder ?? file.folder;
    const variables = this.#variablesOf(root, new Map());
    for (const [name, body] of entriesOf(entry(root, 'tasks'))) {
      const task: Task = { body, folder, prefix, variables };
      for (const alias of [name, ...itemsOf(entry(body, 'aliases')).flatMap((item) => scalar(item) ?? [])]) this.#tasks.set(prefix + alias, task);
    }
    for (const [name, included] of entriesOf(entry(root, 'includes'))) this.#include(included, `${prefix}${name}:`, file.folder);
  }

  #include(included: Yaml, prefix: string, folder: string): void {
    const path = scalar(included) ?? scalar(entry(included, 'taskfile'));
    if (path === undefined) return;
    const { platform } = this.#analysis.world;
    const full = joinPath(folder, path, platform);
    const file = /\.ya?ml$/.test(path) ? readProjectFile(full, this.#analysis) : readFirstOf(full, names, this.#analysis);
    const own = scalar(entry(included, 'dir'));
    this.load(file, prefix, own === undefined ? folder : joinPath(folder, own, platform));
  }

  #variablesOf(node: Yaml, above: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const variables = new Map(above);
    for (const [name, value] of [...entriesOf(entry(node, 'env')), ...entriesOf(entry(node, 'vars'))]) {
      const command = scalar(entry(value, 'sh'));
      const text = command === undefined ? scalar(value) : `$(${command})`;
      if (text !== undefined) variables.set(name, this.#fill(text, variables));
    }
    return variables;
  }

  task(name: string, prefix: string, given: ReadonlyMap<string, string>): void {
    const task = this.#tasks.get(name.startsWith(':') ? name.slice(1) : prefix + name) ?? this.#tasks.get(name);
    const key = JSON.stringify([prefix, name, [...given]]);
    if (!task || this.#ran.has(key) || this.#ran.size > maxTasks) return;
    this.#ran.add(key);
    this.#analysis.spend(1);
    const { body } = task;
    const variables = new Map([...this.#variablesOf(body, task.variables), ...given]);
    for (const dependency of itemsOf(entry(body, 'deps'))) this.#step(dependency, task, variables);
    if (!isMap(body)) {
      for (const step of typeof body === 'string' ? [body] : itemsOf(body)) this.#step(step, task, variables);
      return;
    }
    const commands = entry(body, 'cmds') ?? entry(body, 'cmd');
    // A dependency is the name of a task; a command is a command.
    for (const step of typeof commands === 'string' ? [commands] : itemsOf(commands)) this.#step(typeof step === 'string' ? { cmd: step } : step, task, variables);
  }

  #step(step: Yaml, task: Task, variables: ReadonlyMap<string, string>): void {
    const deferred = entry(step, 'defer');
    if (deferred !== undefined) this.#step(typeof deferred === 'string' ? { cmd: deferred } : deferred, task, variables);
    const other = scalar(entry(step, 'task')) ?? (isMap(task.body) ? scalar(step) : undefined);
    if (other !== undefined) this.task(this.#fill(other, variables), task.prefix, this.#given(step, variables));
    const command = scalar(entry(step, 'cmd')) ?? (isMap(task.body) ? undefined : scalar(step));
    if (command === undefined) return;
    const dir = scalar(entry(task.body, 'dir'));
    const folder = dir === undefined ? task.folder : joinPath(task.folder, this.#fill(dir, variables), this.#analysis.world.platform);
    const env = { ...this.#invocation.env, ...Object.fromEntries(entriesOf(entry(task.body, 'env')).flatMap(([name]) => (variables.has(name) ? [[name, variables.get(name) as string]] : []))) };
    this.effects.push(...this.#analysis.shell(this.#fill(command, variables), placeIn(folder, { ...this.#invocation, env })));
  }

  /** Variables a call of another task hands on. */
  #given(step: Yaml, variables: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    return new Map(entriesOf(entry(step, 'vars')).flatMap(([name, value]) => (typeof value === 'string' ? [[name, this.#fill(value, variables)] as const] : [])));
  }

  /** Templates name variables; any other template stays a variable of the shell that has no value. */
  #fill(text: string, variables: ReadonlyMap<string, string>): string {
    let out = '';
    let at = 0;
    for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
      const end = text.indexOf('}}', open);
      if (end < 0) break;
      const name = /^-?\s*\.(\w+)\s*(?:\|\s*default\b.*)?-?$/.exec(text.slice(open + 2, end).trim())?.[1];
      const value = name === undefined ? undefined : (variables.get(name) ?? this.#invocation.env[name]);
      out += `${text.slice(at, open)}${value ?? `\${${name ?? 'template'}}`}`;
      at = end + 2;
      this.#analysis.spend(0.1 + out.length / 5000);
    }
    return out + text.slice(at);
  }
}
