import { baseName } from '../../files/path.ts';
import { own } from '../../own.ts';
import { expand, readDotenv } from '../dotenv.ts';
import { readFile, type Connection, type DatabaseSurroundings } from './connection.ts';

/** A variable with where it came from: `DATABASE_URL in .env`. */
interface Variable {
  readonly value: string;
  readonly from: string;
}

/** A variable as a program would see it; undefined where nothing sets it. */
export type LookUp = (name: string) => Variable | undefined;

const deepest = 4;

/**
 * Variables of a program that loads these dotenv files: its environment counts before any file, an earlier file before a
 * later one. A variable that is set and empty counts as not set.
 */
export function variablesOf(files: readonly string[], around: DatabaseSurroundings, given: Readonly<Record<string, string>> = {}): LookUp {
  const { env, world } = around;
  let loaded: readonly { readonly name: string; readonly variables: ReadonlyMap<string, string> }[] | undefined;
  const load = (): NonNullable<typeof loaded> => (loaded ??= [...new Set(files)].slice(0, 16).flatMap((file) => {
    const text = readFile(file, around);
    return text === undefined ? [] : [{ name: baseName(file, world.platform), variables: readDotenv(text) }];
  }));
  const find = (name: string): Variable | undefined => {
    const said = own(given, name);
    if (said) return { value: said, from: `${name} in the command` };
    const set = own(env, name);
    if (set) return { value: set, from: around.given !== undefined && own(around.given, name) !== set ? `${name} in the command` : `${name} in the environment` };
    const file = load().find(({ variables }) => variables.get(name));
    return file && { value: file.variables.get(name) as string, from: `${name} in ${file.name}` };
  };
  const lookUp = (name: string, depth: number): Variable | undefined => {
    const found = find(name);
    return found && { ...found, value: depth > deepest ? found.value : expand(found.value, (other) => (other === name ? undefined : lookUp(other, depth + 1)?.value)) };
  };
  return (name) => lookUp(name, 0);
}

/** The first of the variables that is set, as a connection. */
export function firstSet(names: readonly string[], lookUp: LookUp): Connection | undefined {
  for (const name of names) {
    const found = lookUp(name);
    if (found) return { text: found.value, from: found.from };
  }
  return undefined;
}
