import { optionValue, type Call } from './call.ts';
import { databaseTarget } from './database-target.ts';
import type { NamedHint, TargetHint } from './effect.ts';
import type { NamedTarget, TargetSource } from './rule.ts';

/** Where a call says that its target is, as its rule reads it. */
export function targetFrom(source: TargetSource | undefined, call: Call): TargetHint {
  if (!source) return { by: 'path' };
  return 'database' in source ? databaseTarget(source, call) : namedTarget(source, call);
}

/** The same for a target that the tool names. */
export function namedTarget(source: NamedTarget, call: Call): NamedHint {
  const given = source.option?.find((option) => optionValue(call, option));
  const variable = given === undefined ? source.variable?.find((name) => call.invocation.env[name]) : undefined;
  const name = given === undefined ? variable && call.invocation.env[variable] : optionValue(call, given)?.text;
  const from = given ?? variable;
  const scope = source.scope && optionValue(call, ...source.scope)?.text;
  const settings = source.settings && settingsOf(source.settings, call);
  const { cwd: folder, program } = call.invocation;
  return {
    by: 'named', system: source.system, program,
    ...(name && from ? { name, from } : {}), ...(scope ? { scope } : {}), ...(folder === undefined ? {} : { folder }), ...(settings && Object.keys(settings).length > 0 ? { settings } : {}),
  };
}

/** What a call says of its place, by the names its placer knows the options by. */
function settingsOf(settings: Readonly<Record<string, readonly string[]>>, call: Call): Readonly<Record<string, readonly string[]>> {
  const given = Object.entries(settings).map(([name, options]) => [name, options.flatMap((option) => call.options.get(option) ?? []).map((word) => word?.text ?? '')] as const);
  return Object.fromEntries(given.filter(([, values]) => values.length > 0));
}
