import * as z from 'zod/mini';
import { quoteWord, quoteWords } from './shell-word.ts';
import { asBash } from './zsh-line.ts';

/** A command as a shell has it before its words are resolved, with what they stand for as far as that is short enough to be sent. */
export const ShellLine = z.object({
  line: z.string(),
  cwd: z.string(),
  /** `$1`, `$2`, …; not there where there are too many, or where the line names none. */
  parameters: z.optional(z.array(z.string())),
  /** By its name what each variable of the line holds: a text, a list, one whose words are not counted one by one, or nothing as it is not set. */
  variables: z.optional(z.record(z.string(), z.union([z.string(), z.array(z.string()), z.object({ loose: z.array(z.string()) }), z.null()]))),
  /** How its shell counts the words of a list; not there of a version before, which does not say which lists have gaps. */
  arrays: z.optional(z.enum(['bash', 'zsh'])),
  /** The characters at which unquoted values are split. */
  separators: z.optional(z.string()),
});
type ShellLine = z.infer<typeof ShellLine>;

type Environment = Readonly<Record<string, string>>;

/** What they hold is another thing by the time that the command runs, or was another to the shell than to the function that sends it. */
const changing = new Set(['RANDOM', 'SRANDOM', 'SECONDS', 'LINENO', 'EPOCHSECONDS', 'EPOCHREALTIME', 'FUNCNAME', 'LC_ALL', 'argv', 'ARGC', 'status', 'pipestatus', 'options', 'funcstack', 'OPTIND', '_']);
const USUAL_SEPARATORS = ' \t\n';
/** What stands for parameters that nobody knows. */
const UNKNOWN = 'parameters';
/** As much before a command as `resolved` writes there. */
const given = /^(?:(?:IFS=|unset |set -- ?|[A-Za-z_]\w*=\()(?:[^';\\]|\\'|'[^']*')*; )*/;

/**
 * The command with the parameters and lists that it names set before it, and the environment that it would find its other variables in.
 * What was not sent is unknown, and is not taken from the environment that the shell was started with.
 */
export function resolved({ line: written, parameters, variables, separators = USUAL_SEPARATORS, arrays }: ShellLine, env: Environment): { readonly command: string; readonly env: Environment } {
  const { line, unknown } = arrays === 'zsh' && variables !== undefined ? asBash(written, listsOf(variables), new Set(Object.keys(variables).filter((name) => typeof variables[name] === 'string'))) : { line: written, unknown: new Set<string>() };
  const before = parametersIn(line, parameters);
  // Of a shell that has read the files of a version before, which export what they can.
  if (variables === undefined) return { command: before + line, env: before === '' ? env : without(env, [UNKNOWN]) };
  const names = [...new Set([...line.matchAll(/\$\{?[!#]?([A-Za-z_]\w*)/g)].map(([, name = '']) => name))];
  const known = names.filter((name) => Object.hasOwn(variables, name) && !changing.has(name) && !name.startsWith('BASH') && !unknown.has(name));
  const texts = known.flatMap((name): [string, string][] => (typeof variables[name] === 'string' ? [[name, variables[name]]] : []));
  const lists = known.flatMap((name) => {
    const value = variables[name];
    const words = wordsOf(value);
    return words !== undefined && ((Array.isArray(value) && arrays !== undefined) || isNamedWhole(name, line)) ? [`${name}=(${quoteWords(words)}); `] : [];
  });
  const unset = known.filter((name) => variables[name] === null);
  const values = [...texts.map(([, text]) => text), ...Object.values(variables).flatMap((value) => wordsOf(value) ?? []), ...(parameters ?? [])];
  const parts = separators === USUAL_SEPARATORS || (!/[\w./-]/.test(separators) && values.every((text) => /^[\w./-]*$/.test(text))) ? '' : `IFS=${quoteWord(separators)}; `;
  return {
    command: `${parts}${unset.length > 0 ? `unset ${unset.join(' ')}; ` : ''}${lists.join('')}${before}${line}`,
    env: Object.fromEntries([...Object.entries(without(env, [...names, UNKNOWN])), ...texts]),
  };
}

type Value = NonNullable<ShellLine['variables']>[string];

/** The words of a list; undefined for what is none. */
export function wordsOf(value: Value | undefined): readonly string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return 'loose' in value ? value.loose : value;
}

/** The lists whose words are counted. */
function listsOf(variables: Readonly<Record<string, Value>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(variables).flatMap(([name, value]): [string, readonly string[]][] => (Array.isArray(value) ? [[name, value]] : [])));
}

/** The command of a shell without what `resolved` has written before it. */
export function unresolved(command: string): string {
  return command.replace(given, '');
}

/** Sets the parameters that the line names; those before them that it does not name are left empty. */
function parametersIn(line: string, parameters: readonly string[] | undefined): string {
  const named = [...line.matchAll(/\$(?:\{[!#]?(\d{1,4}|[@*])|(\d|[@*]))/g)].map(([, braced, plain]) => braced ?? plain ?? '');
  const all = named.some((name) => name === '@' || name === '*');
  const numbers = new Set(named.map(Number));
  const last = Math.max(0, ...[...numbers].filter((number) => number > 0));
  if (!all && last === 0) return '';
  if (parameters === undefined) return `set -- "$${UNKNOWN}"; `;
  const words = all ? parameters : parameters.slice(0, last).map((word, at) => (numbers.has(at + 1) ? word : ''));
  return `set -- ${quoteWords(words)}; `;
}

/** True where a list is named with all of its words: bash, zsh and the order of a list's keys differ in the rest. */
function isNamedWhole(name: string, line: string): boolean {
  const count = (pattern: string): number => [...line.matchAll(new RegExp(pattern, 'g'))].length;
  return count(`\\$\\{${name}\\[[@*]\\]\\}`) === count(`\\$\\{?[!#]?${name}(?!\\w)`);
}

function without(env: Environment, names: readonly string[]): Environment {
  const left = new Set(names);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !left.has(name)));
}
