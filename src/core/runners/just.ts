import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, parseCall } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { textOf } from '../shell/word.ts';
import { recipesOf, type Justfile, type Recipe } from './justfile.ts';
import { isNewTask, placeIn, readProjectFile, readUpwards, runsUnread } from './project-file.ts';
import { runScriptText, shebangLanguage } from './script-text.ts';

const valueOptions = ['-f', '--justfile', '-d', '--working-directory', '--shell', '--shell-arg', '--color', '--chooser', '--dotenv-filename', '--dotenv-path', '-E', '--completions', '-s', '--show', '--command-color', '--list-heading', '--list-prefix'];
/** Options with which no recipe runs. https://just.systems/man/en/ */
const idle = ['-l', '--list', '--summary', '-n', '--dry-run', '--show', '-s', '--evaluate', '--fmt', '--dump', '--init', '-e', '--edit', '--variables', '--groups', '--completions', '--changelog', '--man', '-h', '--help', '-V', '--version', '--choose'];
const maxDependencies = 200;
const maxExpression = 1000;

/** The effects of the recipes `just` would run, with those they depend on. */
export function runJust(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions });
  if (hasOption(call, ...idle) || invocation.cwd === undefined) return [];
  const given = textOf(optionValue(call, '-f', '--justfile'));
  const { platform } = analysis.world;
  const file = given === undefined ? readUpwards(invocation.cwd, ['justfile', 'Justfile', '.justfile', 'JUSTFILE'], analysis) : readProjectFile(joinPath(invocation.cwd, given, platform), analysis);
  if (file.is === 'absent') return [];
  if (file.is === 'unreadable') return [runsUnread(file.path, invocation)];
  const words = call.operands.flatMap((word) => textOf(word) ?? `$${word.text}`);
  if (!isNewTask('just', file.path, words, invocation, analysis)) return [];
  const elsewhere = textOf(optionValue(call, '-d', '--working-directory'));
  const folder = elsewhere === undefined ? file.folder : joinPath(invocation.cwd, elsewhere, platform);
  const justfile = recipesOf(file.text, (name) => {
    const imported = readProjectFile(joinPath(file.folder, name, platform), analysis);
    return imported.is === 'text' ? imported.text : undefined;
  }, (steps) => analysis.spend(steps));
  return new JustRun(justfile, folder, invocation, analysis).command(words);
}

class JustRun {
  readonly #justfile: Justfile;
  readonly #folder: string;
  readonly #invocation: Invocation;
  readonly #analysis: Analysis;
  readonly #values: Map<string, string>;
  readonly #effects: Effect[] = [];
  readonly #ran = new Set<string>();

  constructor(justfile: Justfile, folder: string, invocation: Invocation, analysis: Analysis) {
    this.#justfile = justfile;
    this.#folder = folder;
    this.#invocation = invocation;
    this.#analysis = analysis;
    this.#values = new Map(justfile.variables);
  }

  /** `NAME=value`s, then recipes, each with as many words as it has parameters. */
  command(words: readonly string[]): readonly Effect[] {
    let at = 0;
    for (; /^[\w-]+=/.test(words[at] ?? ''); at++) {
      const word = words[at] as string;
      this.#values.set(word.slice(0, word.indexOf('=')), quoted(word.slice(word.indexOf('=') + 1)));
    }
    const [first] = this.#justfile.recipes.keys();
    if (at >= words.length && first !== undefined) this.#recipe(first, []);
    while (at < words.length) {
      const name = words[at++] as string;
      const recipe = this.#find(name);
      const takes = recipe?.parameters.some(({ rest }) => rest) ? words.length : (recipe?.parameters.length ?? 0);
      this.#recipe(name, words.slice(at, at + takes));
      at += takes;
    }
    return this.#effects;
  }

  #find(name: string): Recipe | undefined {
    return this.#justfile.recipes.get(this.#justfile.aliases.get(name) ?? name.slice(name.lastIndexOf(':') + 1));
  }

  #recipe(name: string, given: readonly string[]): void {
    const recipe = this.#find(name);
    const key = JSON.stringify([name, given]);
    if (!recipe || this.#ran.has(key) || this.#ran.size > maxDependencies) return;
    this.#ran.add(key);
    this.#analysis.spend(1);
    const values = new Map(this.#values);
    for (const [index, parameter] of recipe.parameters.entries()) {
      const value = parameter.rest && given.length > index ? given.slice(index).join(' ') : given[index];
      values.set(parameter.name, value === undefined ? (parameter.fallback ?? (parameter.rest ? "''" : `$${parameter.name}`)) : quoted(value));
    }
    for (const { name: dependency, words } of recipe.dependencies) this.#recipe(dependency, words.map((word) => this.#evaluate(word, values)));
    this.#run(recipe, values);
  }

  #run(recipe: Recipe, values: ReadonlyMap<string, string>): void {
    const text = recipe.body.map((line) => this.#interpolate(line, values)).join('\n');
    const exported = Object.fromEntries([...this.#justfile.exported].map((name) => [name, this.#evaluate(name, values)]));
    const place = placeIn(recipe.inCurrentFolder ? this.#invocation.cwd : this.#folder, { ...this.#invocation, env: { ...this.#invocation.env, ...exported } });
    const language = shebangLanguage(text);
    if (language) {
      this.#effects.push(...runScriptText(language, text, [], place, this.#analysis));
      return;
    }
    // Each line has a shell of its own.
    for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
      const command = line.trim().replace(/^[@-]+/, '');
      if (command !== '' && !command.startsWith('#!')) this.#effects.push(...this.#analysis.shell(command, place));
    }
  }

  #interpolate(line: string, values: ReadonlyMap<string, string>): string {
    let out = '';
    let at = 0;
    for (let open = line.indexOf('{{'); open >= 0; open = line.indexOf('{{', at)) {
      const escaped = line.startsWith('{{{{', open);
      const end = escaped ? open + 2 : line.indexOf('}}', open);
      if (end < 0) break;
      out += line.slice(at, open) + (escaped ? '{{' : this.#evaluate(line.slice(open + 2, end), values));
      at = escaped ? open + 4 : end + 2;
    }
    return out + line.slice(at);
  }

  /** The value of an expression; what cannot be known stays a variable of the shell that has no value. */
  #evaluate(expression: string, values: ReadonlyMap<string, string>, depth = 0): string {
    this.#analysis.spend(0.2);
    if (expression.length > maxExpression) return '${expression}';
    const parts = expression.match(/'[^']*'|"(?:[^"\\]|\\.)*"|`[^`]*`|[\w-]+\s*\((?:[^()'"]|'[^']*'|"[^"]*")*\)|[\w-]+|\$\w+|[+/]/g) ?? [];
    return parts.map((part) => (part === '+' ? '' : part === '/' ? '/' : this.#term(part, values, depth))).join('');
  }

  #term(part: string, values: ReadonlyMap<string, string>, depth: number): string {
    const text = /^(['"])(.*)\1$/s.exec(part);
    if (text) return text[2] ?? '';
    if (part.startsWith('`')) return `$(${part.slice(1, -1)})`;
    const call = /^([\w-]+)\s*\((.*)\)$/s.exec(part);
    if (call) return this.#call(call[1] ?? '', (call[2] ?? '').split(',').map((argument) => this.#evaluate(argument, values, depth + 1)));
    const value = values.get(part);
    if (value !== undefined && depth < 16) return this.#evaluate(value, values, depth + 1);
    return part.startsWith('$') ? part : `\${${part.replaceAll('-', '_')}}`;
  }

  #call(name: string, given: readonly string[]): string {
    const [first = '', second] = given;
    if (name === 'env' || name === 'env_var' || name === 'env_var_or_default') return this.#invocation.env[first] ?? second ?? `\${${first}}`;
    if (name === 'justfile_directory' || name === 'source_directory') return this.#folder;
    if (name === 'invocation_directory') return this.#invocation.cwd ?? '.';
    if (name === 'shell') return `$(${first})`;
    return name === 'quote' ? `'${first.replaceAll("'", `'\\''`)}'` : `\${${name.replaceAll('-', '_')}}`;
  }
}

function quoted(text: string): string {
  return text.startsWith('$') ? text : text.includes("'") ? `"${text.replaceAll('"', '')}"` : `'${text}'`;
}
