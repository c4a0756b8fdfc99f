import type { Analysis } from '../analysis.ts';
import type { Effect, Span } from '../effect.ts';
import { guards } from './known.ts';
import type { Invocation } from '../invocation.ts';

const prefix = guards.map(({ variables }) => variables).join('|');
/** `DCG_BYPASS=1`, `NAH_DISABLED=true`. */
const lets = new RegExp(`^(?:${prefix}|(?:[A-Z]+_)?GUARD_|INTERLOCK_)(?:\\w+_)?(?:BYPASS|DISABLED?|SKIP|OFF)$`);
/** `TIRITH=0`, `DCG_HEREDOC_ENABLED=false`. */
const holds = new RegExp(`^(?:TIRITH|(?:${prefix}|INTERLOCK_)(?:\\w+_)?ENABLED)$`);
/** Other orders than the ones it keeps: `DCG_CONFIG=mine.toml`. */
const steers = new RegExp(`^(?:${prefix}|INTERLOCK_)(?:HOME|CONFIG\\w*|POLICY\\w*|ALLOW\\w*|PACKS|LEVEL|MODE)$`);
const no = /^(?:|0|no|false|off)$/i;

/** Programs whose words set variables for what is started later. */
const setters: ReadonlySet<string> = new Set(['export', 'declare', 'typeset', 'readonly', 'setenv', 'setx', 'set', 'Set-Item', 'New-Item', 'si', 'Set-Variable']);

/** The effect of setting a variable with which a guard is told to look away; nothing for all other variables. */
export function guardVariable(name: string, value: string, span: Span | undefined): readonly Effect[] {
  const weakens = lets.test(name) ? !no.test(value) : holds.test(name) ? no.test(value) : steers.test(name);
  if (!weakens) return [];
  return [{
    verb: 'weakenGuard', resource: { kind: 'guard setting', name }, reversibility: 'recoverable', certainty: 'certain', rule: 'other-guards/variable',
    why: `Sets ${name}, which gives a guard of this machine other orders.`, saferWay: 'Ask the person to run this themselves.', target: { by: 'path' }, ...(span ? { span } : {}),
  }];
}

/** The same for what an invocation is given or sets, told once for each variable. */
export function guardVariableEffects({ program, argv, env, span }: Invocation, analysis: Analysis): readonly Effect[] {
  const own = analysis.action.env;
  const setting = setters.has(program);
  if (env === own && !setting) return none;
  const set: (readonly [name: string, value: string])[] = setting ? [...assignments(argv.slice(1, 33).map(({ text }) => text))] : [];
  if (env !== own) for (const name in env) if (env[name] !== own[name]) set.push([name, env[name] ?? '']);
  return set.flatMap(([name, value]) => {
    const effects = guardVariable(name, value, span);
    return effects.length > 0 && analysis.isNew(`guard variable ${name}`) ? effects : none;
  });
}

const none: readonly Effect[] = [];

/** `NAME=value`, `NAME value`, `Env:NAME -Value value`. */
function assignments(words: readonly string[]): readonly (readonly [name: string, value: string])[] {
  return words.flatMap((word, at) => {
    const equals = word.indexOf('=');
    if (equals > 0) return [[word.slice(0, equals), word.slice(equals + 1)] as const];
    const next = words.slice(at + 1).find((text) => !text.startsWith('-'));
    return next === undefined ? [] : [[word.replace(/^env:[\\/]?/i, ''), next] as const];
  });
}
