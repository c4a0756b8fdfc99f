import { textOfValue, type Value } from './values.ts';
import { own } from '../own.ts';

/** What a cmdlet takes. Names are in lower case; the first of several that an abbreviation fits wins. */
export interface Parameters {
  /** Take a value; in the order of their positions first, then the others. */
  readonly values: readonly string[];
  /** How many of `values` may be given by position. */
  readonly positions: number;
  readonly switches?: readonly string[];
  readonly aliases?: Readonly<Record<string, string>>;
}

export type Argument =
  /** `-Name`, or `-Name:value`. */
  | { readonly kind: 'parameter'; readonly name: string; readonly value?: Value }
  | { readonly kind: 'value'; readonly value: Value };

/** Arguments given to the parameters they mean. */
export interface Bound {
  readonly values: ReadonlyMap<string, Value>;
  /** Switches that are given; false where switched off (`-Confirm:$false`), undefined where nobody can say. */
  readonly switches: ReadonlyMap<string, boolean | undefined>;
  /** Values that no parameter took. */
  readonly rest: readonly Value[];
  /** Names that are no parameter of the cmdlet. */
  readonly strange: readonly string[];
}

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters */
const commonValues = ['erroraction', 'warningaction', 'informationaction', 'progressaction', 'errorvariable', 'warningvariable', 'informationvariable', 'outvariable', 'outbuffer', 'pipelinevariable'];
const commonSwitches = ['verbose', 'debug', 'whatif', 'confirm'];
const commonAliases: Readonly<Record<string, string>> = { ea: 'erroraction', wa: 'warningaction', infa: 'informationaction', proga: 'progressaction', ev: 'errorvariable', wv: 'warningvariable', iv: 'informationvariable', ov: 'outvariable', ob: 'outbuffer', pv: 'pipelinevariable', vb: 'verbose', db: 'debug', wi: 'whatif', cf: 'confirm' };

/** Gives arguments to parameters as PowerShell does: by name, its beginning or its alias, then by position. */
export function bind(given: readonly Argument[], parameters: Parameters): Bound {
  const values = new Map<string, Value>();
  const switches = new Map<string, boolean | undefined>();
  const strange: string[] = [];
  const loose: Value[] = [];
  for (let at = 0; at < given.length; at++) {
    const argument = given[at] as Argument;
    if (argument.kind === 'value') {
      loose.push(argument.value);
      continue;
    }
    const name = resolve(argument.name, parameters);
    if (name === undefined) strange.push(argument.name.toLowerCase());
    if (name === undefined || parameters.switches?.includes(name) === true || commonSwitches.includes(name)) {
      switches.set(name ?? argument.name.toLowerCase(), argument.value === undefined ? true : truth(argument.value));
      continue;
    }
    const next = given[at + 1];
    if (argument.value === undefined && next?.kind !== 'value') continue;
    if (argument.value === undefined) at++;
    values.set(name, [...(values.get(name) ?? []), ...(argument.value ?? (next?.kind === 'value' ? next.value : []))]);
  }
  const open = parameters.values.slice(0, parameters.positions).filter((name) => !values.has(name));
  for (const [index, value] of loose.slice(0, open.length).entries()) values.set(open[index] as string, value);
  return { values, switches, rest: loose.slice(open.length), strange };
}

function truth(value: Value): boolean | undefined {
  const text = textOfValue(value)?.toLowerCase();
  return text === undefined ? undefined : text !== 'false' && text !== '0' && text !== '';
}

function resolve(given: string, parameters: Parameters): string | undefined {
  const name = given.toLowerCase();
  const declared = [...parameters.values, ...(parameters.switches ?? [])];
  if (declared.includes(name)) return name;
  const alias = own(parameters.aliases ?? {}, name) ?? own(commonAliases, name);
  if (alias !== undefined) return alias;
  return [...declared, ...commonValues, ...commonSwitches].find((candidate) => candidate.startsWith(name));
}

/** True where a switch is given and not switched off for certain. */
export function isOn(bound: Bound, name: string): boolean {
  return bound.switches.has(name) && bound.switches.get(name) !== false;
}

/** True where the call only says what it would do. */
export function isRehearsal(bound: Bound): boolean {
  return bound.switches.get('whatif') === true;
}
