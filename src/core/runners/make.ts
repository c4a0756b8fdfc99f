import { TooMuch, type Analysis } from '../analysis.ts';
import { hasOption, parseCall, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Folder, Invocation } from '../invocation.ts';
import { isKnown, textOf } from '../shell/word.ts';
import { expandMake, stemOf, type MakeVariables } from './make-expand.ts';
import { linesOfMakefile, readAssignment, type MakeLine } from './makefile.ts';
import { isNewTask, placeIn, readFirstOf, readProjectFile, runsUnread, type ProjectFile } from './project-file.ts';

const makefiles = ['GNUmakefile', 'makefile', 'Makefile'];
const valueOptions = ['-C', '--directory', '-f', '--file', '--makefile', '-I', '--include-dir', '-o', '--old-file', '-W', '--what-if', '--new-file', '--assume-new', '--eval'];
/** Options with which nothing of a recipe is run. */
const idle = ['-n', '--just-print', '--dry-run', '--recon', '-q', '--question', '-t', '--touch', '-h', '--help', '-v', '--version', '-p', '--print-data-base'];
/** Built-in variables that stand for a program worth looking at. https://www.gnu.org/software/make/manual/make.html#Implicit-Variables */
const builtIn: Readonly<Record<string, string>> = { MAKE: 'make', RM: 'rm -f', CC: 'cc', CXX: 'g++', AR: 'ar', AS: 'as', SHELL: '/bin/sh', LEX: 'lex', YACC: 'yacc' };
const maxIncludes = 32;
const maxTargetDepth = 500;

/** The effects of the targets `make` would build, with their prerequisites. https://www.gnu.org/software/make/manual/make.html */
export function runMake(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions });
  if (hasOption(call, ...idle)) return [];
  const folder = folderOf(call, analysis);
  if (folder === undefined) return [];
  const words = call.operands.filter(isKnown).map((word) => word.text);
  if (!isNewTask('make', folder, [...words, ...filesOf(call)], invocation, analysis)) return [];
  const make = new Make(folder, invocation, analysis, words.flatMap((word) => readAssignment(word) ?? []));
  const given = filesOf(call);
  for (const file of given.length > 0 ? given.map((name) => readProjectFile(joinPath(folder, name, analysis.world.platform), analysis)) : [readFirstOf(folder, makefiles, analysis)]) make.read(file);
  make.build(words.filter((word) => readAssignment(word) === undefined));
  return make.effects;
}

function folderOf(call: Call, analysis: Analysis): Folder {
  let folder = call.invocation.cwd;
  for (const word of [...(call.options.get('-C') ?? []), ...(call.options.get('--directory') ?? [])]) {
    const path = textOf(word);
    folder = path === undefined || folder === undefined ? undefined : joinPath(folder, path, analysis.world.platform);
  }
  return folder;
}

function filesOf(call: Call): readonly string[] {
  return ['-f', '--file', '--makefile'].flatMap((option) => call.options.get(option) ?? []).flatMap((word) => textOf(word) ?? []);
}

interface MakeRule {
  readonly targets: readonly string[];
  readonly prerequisites: readonly string[];
  readonly recipe: string[];
  /** Variables of the target's own. */
  readonly variables: ReadonlyMap<string, string>;
}

/** One run of make: its variables and rules, and the effects of what it builds. */
class Make {
  readonly effects: Effect[] = [];
  readonly #folder: string;
  readonly #invocation: Invocation;
  readonly #analysis: Analysis;
  readonly #variables = new Map<string, string>();
  /** Set on the command line: the makefile cannot change them. */
  readonly #fixed = new Map<string, string>();
  readonly #exported = new Set<string>();
  /** Rules for any target that fits. */
  readonly #patterns: MakeRule[] = [];
  readonly #byTarget = new Map<string, MakeRule[]>();
  readonly #built = new Set<string>();
  readonly #shells = new Set<string>();
  #includes = 0;
  /** True once a file could not be found: variables it may set are then unknown, not empty. */
  #incomplete = false;

  constructor(folder: string, invocation: Invocation, analysis: Analysis, given: readonly { readonly name: string; readonly value: string }[]) {
    this.#folder = folder;
    this.#invocation = invocation;
    this.#analysis = analysis;
    for (const { name, value } of given) this.#fixed.set(name, value);
  }

  read(file: ProjectFile): void {
    if (file.is === 'absent') {
      this.#incomplete = true;
      return;
    }
    if (file.is === 'unreadable') {
      this.effects.push(runsUnread(file.path, this.#invocation));
      return;
    }
    this.#analysis.spend(1 + file.text.length / 1000);
    /** For each open condition: whether its present branch is looked at, and whether another may still be. */
    const conditions: { active: boolean; open: boolean }[] = [];
    let rule: MakeRule | undefined;
    for (const line of linesOfMakefile(file.text)) {
      if (line.kind === 'condition' || line.kind === 'else' || line.kind === 'endif') {
        this.#condition(line, conditions);
        continue;
      }
      if (conditions.some(({ active }) => !active)) continue;
      if (line.kind === 'recipe') rule?.recipe.push(line.text);
      else if (line.kind === 'rule') rule = this.#addRule(line.targets, line.rest, line.command);
      else if (line.kind === 'variable') this.#assign(line.name, line.operator, line.value, line.exported);
      else if (line.kind === 'export') for (const name of line.names.split(/\s+/).filter(Boolean)) this.#exported.add(name);
      else if (line.kind === 'include') this.#include(line.files);
      else this.#expand(line.text);
    }
  }

  /** A condition whose sides are known chooses its branch; of any other both are looked at. */
  #condition(line: Extract<MakeLine, { readonly kind: 'condition' } | { readonly kind: 'else' } | { readonly kind: 'endif' }>, conditions: { active: boolean; open: boolean }[]): void {
    if (line.kind === 'endif') {
      conditions.pop();
      return;
    }
    const above = conditions.at(-1);
    if (line.kind === 'else' || line.inElse) {
      if (!above) return;
      above.active = above.open;
      if (line.kind === 'else' || !above.open) return;
      conditions.pop();
    }
    const holds = this.#holds(line.word, line.text);
    conditions.push({ active: holds !== false, open: holds !== true });
  }

  #holds(word: string, text: string): boolean | undefined {
    if (word === 'ifdef' || word === 'ifndef') {
      const set = (this.#valueOf(this.#expand(text).trim()) ?? '') !== '';
      return !set && this.#incomplete ? undefined : set === (word === 'ifdef');
    }
    const sides = /^\((.*)\)$/s.exec(text.trim())?.[1];
    const quoted = /^(["'])(.*?)\1\s+(["'])(.*?)\3$/s.exec(text.trim());
    const comma = sides?.lastIndexOf(',') ?? -1;
    const [left, right] = quoted ? [quoted[2], quoted[4]] : comma >= 0 ? [sides?.slice(0, comma), sides?.slice(comma + 1)] : [];
    if (left === undefined || right === undefined) return undefined;
    const [first, second] = [this.#expand(left).trim(), this.#expand(right).trim()];
    if (`${first}${second}`.includes('$')) return undefined;
    return (first === second) === (word === 'ifeq');
  }

  #include(files: string): void {
    for (const name of this.#expand(files).split(/\s+/).filter(Boolean)) {
      if (++this.#includes > maxIncludes || /[*?[$]/.test(name)) this.#incomplete = true;
      else this.read(readProjectFile(joinPath(this.#folder, name, this.#analysis.world.platform), this.#analysis));
    }
  }

  #assign(name: string, operator: string, value: string, exported: boolean): void {
    if (exported) this.#exported.add(name);
    const old = this.#variables.get(name);
    if (operator === '?=' && (old !== undefined || this.#invocation.env[name] !== undefined)) return;
    if (operator === '!=') {
      this.#shell(value);
      this.#variables.set(name, `$(shell ${value})`);
    } else if (operator === ':=') this.#variables.set(name, this.#expand(value).replaceAll('$', '$$$$'));
    else this.#variables.set(name, operator === '+=' && old !== undefined ? `${old} ${value}` : value);
  }

  #addRule(targets: string, rest: string, command: string | undefined): MakeRule {
    const own = readAssignment(rest);
    const names = this.#expand(targets).split(/\s+/).filter(Boolean);
    // `%.o: %.c` behind a list of targets: the list is what counts.
    const prerequisites = own ? [] : this.#expand(rest.slice(rest.lastIndexOf(':') + 1)).split(/\s+/).filter((word) => word !== '' && word !== '|');
    const rule: MakeRule = { targets: names, prerequisites, recipe: command ? [command] : [], variables: new Map(own ? [[own.name, own.value]] : []) };
    if (names.some((name) => name.includes('%'))) this.#patterns.push(rule);
    for (const name of names) {
      const rules = this.#byTarget.get(name);
      if (rules) rules.push(rule);
      else this.#byTarget.set(name, [rule]);
    }
    return rule;
  }

  build(goals: readonly string[]): void {
    const goal = this.#valueOf('.DEFAULT_GOAL') ?? [...this.#byTarget.keys()].find((name) => !name.includes('%') && (!name.startsWith('.') || name.includes('/')));
    for (const name of goals.length > 0 ? goals : goal === undefined ? [] : [goal]) this.#target(name, new Map());
  }

  /** @throws TooMuch where targets need each other more deeply than may be followed. */
  #target(name: string, inherited: ReadonlyMap<string, string>, depth = 0): void {
    if (depth > maxTargetDepth) throw new TooMuch('the makefile is nested too deeply to look into');
    if (this.#built.has(name)) return;
    this.#built.add(name);
    this.#analysis.spend(1);
    const found = this.#byTarget.get(name) ?? [];
    const withRecipe = found.some((rule) => rule.recipe.length > 0);
    const pattern = withRecipe ? undefined : this.#patternFor(name);
    const rules = pattern ? [...found, pattern.rule] : found;
    const stem = pattern?.stem ?? '';
    const own = new Map([...inherited, ...rules.flatMap((rule) => [...rule.variables])]);
    const prerequisites = [...new Set(rules.flatMap((rule) => rule.prerequisites))].map((word) => word.replace('%', () => stem));
    for (const prerequisite of prerequisites) this.#target(prerequisite, own, depth + 1);
    const automatic = new Map(own);
    for (const [key, value] of Object.entries({ '@': name, '<': prerequisites[0] ?? '', '^': prerequisites.join(' '), '+': prerequisites.join(' '), '?': prerequisites.join(' '), '*': stem, '|': '', '%': '' })) automatic.set(key, value);
    for (const rule of rules) this.#recipe(rule.recipe, automatic);
  }

  #patternFor(name: string): { readonly rule: MakeRule; readonly stem: string } | undefined {
    for (const rule of this.#patterns) {
      this.#analysis.spend(0.02);
      if (rule.recipe.length === 0) continue;
      for (const target of rule.targets) {
        const stem = target.includes('%') ? stemOf(target, name) : undefined;
        if (stem !== undefined && stem !== '') return { rule, stem };
      }
    }
    return undefined;
  }

  /** Each line has a shell of its own, unless the makefile says that they share one. */
  #recipe(lines: readonly string[], automatic: ReadonlyMap<string, string>): void {
    const texts = lines.flatMap((line) => this.#expand(line, automatic).split(/(?<!\\)\n/)).map((line) => line.replace(/^[\s@+-]+/, '')).filter((line) => line !== '');
    const place = placeIn(this.#folder, { ...this.#invocation, env: this.#environment() });
    for (const text of this.#byTarget.has('.ONESHELL') ? [texts.join('\n')] : texts) if (text !== '') this.effects.push(...this.#analysis.shell(text, place).map((effect) => this.#madeAgain(effect)));
  }

  /** A file that is a target with a recipe is what make makes: `rm -f $@` in front of a build loses nothing. */
  #madeAgain(effect: Effect): Effect {
    if (effect.target.by !== 'path' || effect.recursive || !effect.paths || effect.paths.length === 0 || (effect.verb !== 'delete' && effect.verb !== 'overwrite')) return effect;
    return effect.paths.every((path) => this.#makes(path)) ? { ...effect, regenerable: true } : effect;
  }

  /** True for a file that a rule of its own name makes, and that git does not keep. */
  #makes(path: string): boolean {
    const { platform } = this.#analysis.world;
    const prefix = joinPath(this.#folder, 'x', platform).slice(0, -1);
    const name = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    const rules = [name, path, `./${name}`].flatMap((target) => this.#byTarget.get(target) ?? []);
    return rules.some((rule) => rule.recipe.length > 0) && !(this.#byTarget.get('.PHONY') ?? []).some((rule) => rule.prerequisites.includes(name));
  }

  #environment(): Readonly<Record<string, string>> {
    const env: Record<string, string> = { ...this.#invocation.env, ...Object.fromEntries(this.#fixed) };
    for (const name of this.#exported) {
      const value = this.#valueOf(name);
      if (value !== undefined) env[name] = this.#expand(value);
    }
    return env;
  }

  #valueOf(name: string, automatic?: ReadonlyMap<string, string>): string | undefined {
    const named = automatic?.get(name) ?? this.#fixed.get(name) ?? this.#variables.get(name);
    if (named !== undefined) return named;
    if (name === 'CURDIR') return this.#folder;
    if (name === 'MAKEFILE_LIST') return joinPath(this.#folder, 'Makefile', this.#analysis.world.platform);
    const part = /^([@<^*+?])([DF])$/.exec(name);
    if (part) return `$(patsubst %/,%,$(${part[2] === 'D' ? 'dir' : 'notdir'} $${part[1]}))`;
    // A dollar in the environment is read again by make; what it then stands for is not worth following.
    return this.#invocation.env[name]?.replaceAll('$', '$$$$') ?? (Object.hasOwn(builtIn, name) ? builtIn[name] : undefined);
  }

  #expand(text: string, automatic?: ReadonlyMap<string, string>): string {
    const variables: MakeVariables = {
      value: (name) => this.#valueOf(name, automatic),
      // A variable nobody sets is empty; where a file is missing that may set it, the shell is told that it is unknown.
      missing: (name) => (this.#incomplete && /^\w+$/.test(name) ? `\${${name}}` : ''),
      shell: (command) => this.#shell(command),
      wildcard: (pattern) => (/[*?[]/.test(pattern) || this.#analysis.world.stat(joinPath(this.#folder, pattern, this.#analysis.world.platform)) ? pattern : ''),
      spend: (characters) => this.#analysis.spend(0.01 + characters / 2000),
    };
    return expandMake(text, variables);
  }

  /** What `$(shell …)` runs runs even where its output is never used. */
  #shell(command: string): void {
    if (this.#shells.has(command)) return;
    this.#shells.add(command);
    this.effects.push(...this.#analysis.shell(command, placeIn(this.#folder, this.#invocation)));
  }
}
