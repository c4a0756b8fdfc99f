import type { Analysis } from './analysis.ts';
import { hasOption, optionValue, parseCall, type Call } from './call.ts';
import type { Effect, Verb } from './effect.ts';
import type { Invocation } from './invocation.ts';
import { own } from './own.ts';
import type { NameSource, Operation, Rule } from './rule.ts';
import { ruleEntries } from './rule-entries.ts';
import type { RuleEntry } from './rule-entry.ts';
import { sentence } from './sentence.ts';
import { isKnown, textOf } from './shell/word.ts';
import { targetFrom } from './target.ts';
import { dataVariables } from './variables.ts';
import { destructiveVerb, readVerbs } from './verbs.ts';

const entriesByProgram = new Map<string, RuleEntry[]>();
for (const entry of ruleEntries) {
  for (const program of [...entry.programs, ...(entry.packages ?? [])]) {
    const known = entriesByProgram.get(program);
    if (known) known.push(entry);
    else entriesByProgram.set(program, [entry]);
  }
}

/** The rules that have been needed so far. */
const loaded = new Map<string, readonly Rule[]>();

function rulesNamed(program: string): readonly Rule[] | undefined {
  const known = loaded.get(program);
  if (known) return known;
  const rules = entriesByProgram.get(program)?.map((entry) => entry.load());
  if (rules) loaded.set(program, rules);
  return rules;
}

/** True where there are rules for a program, or for a package that is run by its name. */
export function hasRules(program: string): boolean {
  return entriesByProgram.has(program);
}

/** The rules of a program, or of the package that npx and the like run: `@railway/cli@latest`. */
export function rulesFor(invocation: Invocation): readonly Rule[] {
  const { program } = invocation;
  // Cmdlets have a dash, and PowerShell does not tell letter case apart.
  const known = rulesNamed(program) ?? (program.includes('-') ? rulesNamed(program.toLowerCase()) : undefined);
  if (known) return known;
  const named = textOf(invocation.argv[0])?.replace(/(.)@[^@/]*$/, '$1') ?? '';
  return rulesNamed(named) ?? [];
}

/** The effects one rule sees in a call of its program. */
export function applyRule(rule: Rule, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const call = withoutPrefixes(rule, parseCall(invocation, rule));
  // After a subcommand it names a version: `cargo yank --version 1.0.0 x`.
  const asksVersion = call.operands.length === 0 && hasOption(call, '--version');
  if (hasOption(call, '--help') || asksVersion || (rule.safeOptions && hasOption(call, ...rule.safeOptions))) return [];
  const effects = rule.tasks ? call.operands.flatMap((_, at) => listedEffects(rule, { ...call, operands: call.operands.slice(at) })) : listedEffects(rule, call);
  const inspected = rule.inspect?.(call, analysis) ?? [];
  if (effects.length > 0 || inspected.length > 0 || rule.unlisted === undefined) return effects.concat(inspected);
  return unlistedEffect(rule, rule.unlisted, call);
}

function listedEffects(rule: Rule, call: Call): Effect[] {
  const match = partedOperations(rule).find((candidate) => matches(candidate, call));
  return match ? [operationEffect(rule, match.operation, call)] : [];
}

function withoutPrefixes({ prefixes }: Rule, call: Call): Call {
  return prefixes?.includes(call.operands[0]?.text ?? '') ? { ...call, operands: call.operands.slice(1) } : call;
}

/** An operation with the alternatives of its words parted. */
interface PartedOperation {
  readonly operation: Operation;
  readonly words: readonly (readonly string[])[];
}

const parted = new WeakMap<Rule, readonly PartedOperation[]>();

/** A rule's operations, parted at its first call: every call of its program is compared with all of them. */
function partedOperations(rule: Rule): readonly PartedOperation[] {
  const known = parted.get(rule);
  if (known) return known;
  const operations = rule.operations.map((operation) => ({ operation, words: operation.words.map((alternatives) => alternatives.split('|')) }));
  parted.set(rule, operations);
  return operations;
}

function matches({ operation, words }: PartedOperation, call: Call): boolean {
  const fit = words.every((alternatives, index) => alternatives.some((word) => fits(word, call.operands[index]?.text ?? '')));
  if (!fit || (operation.needs && !hasOption(call, ...operation.needs)) || (operation.unless && hasOption(call, ...operation.unless))) return false;
  if (operation.dataVariables && dataVariables(call.operands.map((word) => word.text)).length === 0) return false;
  return operation.value === undefined || operation.value.fits.test(optionValue(call, ...operation.value.of)?.text ?? '');
}

/** True when a word of the call is the one the rule names, whole or up to its final `*`. */
function fits(word: string, given: string): boolean {
  return word.endsWith('*') ? given !== '' && given.startsWith(word.slice(0, -1)) : given === word;
}

function operationEffect(rule: Rule, operation: Operation, call: Call): Effect {
  const name = nameFrom(operation.name, call, operation.words.length);
  const { span } = call.invocation;
  return {
    verb: operation.verb,
    resource: { kind: operation.kind, name, provider: rule.title },
    reversibility: operation.reversibility,
    certainty: operation.certainty ?? 'certain',
    rule: `${rule.tool}/${operation.id}`,
    why: sentence(operation.why, name, operation.kind) + (operation.backup ? ' This removes the way back.' : ''),
    saferWay: operation.saferWay,
    target: targetFrom(operation.target ?? rule.target, call),
    env: call.invocation.env,
    docs: rule.docs,
    ...(span ? { span } : {}),
  };
}

function nameFrom(sources: readonly NameSource[], call: Call, skip: number): string {
  for (const source of sources) {
    const name = 'operand' in source ? call.operands[skip + source.operand]?.text
      : 'operands' in source ? call.operands.slice(skip).map((word) => word.text).join(', ')
      : 'option' in source ? optionValue(call, ...source.option)?.text
      : 'dataVariables' in source ? dataVariables(call.operands.map((word) => word.text)).join(', ')
      : 'variable' in source ? call.invocation.env[source.variable]
      : source.text;
    if (name) return name;
  }
  return '';
}

/** Words that make something: what follows them is its name. */
const namesFollow: ReadonlySet<string> = new Set(['new', 'create', 'add', 'set', 'generate']);

/** A subcommand nobody listed but whose verb means destruction. */
function unlistedEffect(rule: Rule, kind: string, call: Call): readonly Effect[] {
  const operands = call.operands.slice(0, 6);
  // Words after the first that cannot be a subcommand, or that only looks or makes, are names: `variable set DELETE_OLD=1`.
  const end = operands.findIndex((word) => !isKnown(word) || !/^[a-z][a-z0-9:._-]*$/.test(word.text) || readVerbs.has(word.text) || namesFollow.has(word.text) || rule.namesAfter?.includes(word.text) === true);
  const words = end < 0 ? operands : operands.slice(0, end);
  const verbAt = (index: number): Verb | undefined => {
    const word = words[index]?.text ?? '';
    // The word before it says of what: `cache flush` loses nothing.
    return (rule.verbs && own(rule.verbs, word)) ?? destructiveVerb(/^[a-z]+$/.test(word) ? `${words[index - 1]?.text ?? ''} ${word}` : word);
  };
  const at = words.findIndex((_, index) => verbAt(index) !== undefined);
  const verb = at < 0 ? undefined : verbAt(at);
  if (verb === undefined) return [];
  const name = call.operands[at + 1]?.text ?? '';
  const { span } = call.invocation;
  return [{
    verb, resource: { kind, name, provider: rule.title }, reversibility: 'irreversible', certainty: 'likely', rule: `${rule.tool}/unlisted`,
    why: `Asks ${rule.title} to ${words.slice(0, at + 1).map((word) => word.text).join(' ')}${name ? ` ${name}` : ''}, which by its name ${verb === 'stop' ? 'stops what is in use' : 'cannot be undone'}.`,
    saferWay: `Look at it first with ${rule.title}'s list or show command, and let a person run this one.`,
    target: targetFrom(rule.target, call), env: call.invocation.env, docs: rule.docs, ...(span ? { span } : {}),
  }];
}
