import type { Folder, Invocation } from '../invocation.ts';
import { expand, readDotenv } from '../environment/dotenv.ts';
import { isRecord, parseJson } from '../json.ts';
import { isIn } from '../call.ts';
import { knownWord, textOf, type Word } from './word.ts';

/** A program that sets the environment of what it runs from files. */
interface Loader {
  readonly programs: readonly string[];
  /** Subcommand it must be called with: `run` of `uv run`. */
  readonly subcommand?: string;
  /** Options that name a file. */
  readonly files: readonly string[];
  /** Other options that take a value, so that it is not taken for the program. */
  readonly values?: readonly string[];
  /** The file it loads when it is told none. */
  readonly usual?: string;
  /** Whether a file counts before the environment; or options that make it so, or not. */
  readonly overrides: boolean;
  readonly unless?: readonly string[];
  /** The later of two files counts. */
  readonly lastWins?: true;
}

/** In the order they are looked for, each by its own manual. */
const loaders: readonly Loader[] = [
  // https://github.com/theskumar/python-dotenv#command-line-interface
  { programs: ['dotenv'], subcommand: 'run', files: ['-f', '--file'], values: ['-q', '--quote', '-e', '--export'], usual: '.env', overrides: true, unless: ['--no-override'] },
  // https://github.com/entropitor/dotenv-cli, and the gem's: https://github.com/bkeepers/dotenv
  { programs: ['dotenv'], files: ['-e', '-f'], values: ['-v', '-c'], usual: '.env', overrides: false, unless: ['-o', '--override', '--overwrite'] },
  // https://dotenvx.com/docs/advanced/run-f
  { programs: ['dotenvx'], subcommand: 'run', files: ['-f', '--env-file'], values: ['-e', '--env', '--convention', '-fk', '--env-keys-file'], usual: '.env', overrides: false, unless: ['-o', '--overload'] },
  // https://github.com/toddbluhm/env-cmd
  { programs: ['env-cmd'], files: ['-f', '--file'], values: ['-e', '--environments', '-r', '--rc-file'], usual: '.env', overrides: true, unless: ['--no-override'] },
  // https://nodejs.org/api/cli.html#--env-filefile, https://bun.sh/docs/runtime/env, https://docs.deno.com/runtime/reference/env_variables/
  { programs: ['node', 'nodejs', 'tsx', 'bun', 'deno'], files: ['--env-file', '--env-file-if-exists'], values: ['-r', '--require', '--import', '--loader'], overrides: false, lastWins: true },
  // https://docs.astral.sh/uv/configuration/files/#env
  { programs: ['uv'], subcommand: 'run', files: ['--env-file'], values: ['--with', '--from', '-p', '--python', '--directory', '--project', '--extra', '--group'], overrides: false, lastWins: true },
];

const byProgram = new Map<string, readonly Loader[]>();
for (const loader of loaders) for (const program of loader.programs) byProgram.set(program, [...(byProgram.get(program) ?? []), loader]);

/** Reads a file of the command's own machine; undefined where nobody can tell. */
type ReadFile = (file: Word, cwd: Folder) => string | undefined;

/** The invocation with the variables that its program loads from files for what it runs. */
export function withEnvFiles(invocation: Invocation, read: ReadFile): Invocation {
  if (invocation.program === 'direnv') return withEnvrc(invocation, read);
  for (const loader of byProgram.get(invocation.program) ?? []) {
    const own = ownOptions(invocation, loader);
    if (own) return loaded(invocation, loader, own, read);
  }
  return invocation;
}

type OwnOptions = readonly (readonly [option: string, value: string | undefined])[];

/** The options before the program it runs; undefined where the subcommand is another. */
function ownOptions({ argv }: Invocation, { subcommand, files, values = [] }: Loader): OwnOptions | undefined {
  const found: [string, string | undefined][] = [];
  let inside = subcommand === undefined;
  for (let at = 1; at < argv.length && at < 64; at++) {
    const text = argv[at]?.text ?? '';
    if (!inside && text === subcommand) inside = true;
    else if (!text.startsWith('-') || text === '--') break;
    else {
      const equals = text.indexOf('=');
      const option = equals < 0 ? text : text.slice(0, equals);
      const takes = equals < 0 && (isIn(files, option) || isIn(values, option)) && argv[at + 1]?.text !== '--';
      found.push([option, equals < 0 ? (takes ? textOf(argv[++at]) : undefined) : text.slice(equals + 1)]);
    }
  }
  return inside ? found : undefined;
}

function loaded(invocation: Invocation, loader: Loader, own: OwnOptions, read: ReadFile): Invocation {
  const valuesOf = (options: readonly string[]): readonly string[] => own.filter(([option]) => options.includes(option)).flatMap(([, value]) => value?.split(',') ?? []);
  const named = valuesOf(loader.files);
  const cascade = own.find(([option]) => option === '-c' && loader.programs.includes('dotenv'));
  const required = own.some(([option, value]) => (option === '-r' || option === '--require' || option === '--import') && value === 'dotenv/config');
  const usual = loader.usual ?? (required ? (invocation.env['DOTENV_CONFIG_PATH'] ?? '.env') : undefined);
  const files = [...(named.length > 0 ? named : usual === undefined ? [] : [usual])].flatMap((name) => (cascade ? cascaded(name, cascade[1]) : [name]));
  const texts = files.slice(0, 8).map((name) => read(knownWord(name), invocation.cwd) ?? '');
  const given = own.flatMap(([option, value]) => (option === '-v' ? [value ?? ''] : [])).join('\n');
  const variables = new Map([...(loader.lastWins ? texts : texts.toReversed()), given].flatMap((text) => [...readDotenv(text)]));
  if (loader.programs.includes('env-cmd')) for (const [name, value] of commandFile(valuesOf(['-e', '--environments']), valuesOf(['-r', '--rc-file'])[0], invocation, read)) variables.set(name, value);
  const overrides = own.some(([option]) => loader.unless?.includes(option)) ? !loader.overrides : loader.overrides;
  return withVariables(invocation, variables, overrides);
}

/** `-c production`: https://github.com/entropitor/dotenv-cli#cascading-env-variables */
function cascaded(name: string, environment: string | undefined): readonly string[] {
  return environment === undefined ? [`${name}.local`, name] : [`${name}.${environment}.local`, `${name}.local`, `${name}.${environment}`, name];
}

/** The environments named in the file of env-cmd. https://github.com/toddbluhm/env-cmd#-rc-file-usage */
function commandFile(names: readonly string[], file: string | undefined, { cwd }: Invocation, read: ReadFile): readonly (readonly [string, string])[] {
  if (names.length === 0) return [];
  const text = [file, '.env-cmdrc', '.env-cmdrc.json'].filter((name) => name !== undefined).map((name) => read(knownWord(name), cwd)).find((each) => each !== undefined);
  const all = parseJson(text ?? '');
  return names.flatMap((name) => {
    const section = isRecord(all) && Object.hasOwn(all, name) ? all[name] : undefined;
    return isRecord(section) ? Object.entries(section).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])) : [];
  });
}

/** `direnv exec FOLDER …` runs `.envrc` of the folder: what it exports, and the dotenv files it names. https://direnv.net/man/direnv-stdlib.1.html */
function withEnvrc(invocation: Invocation, read: ReadFile): Invocation {
  const [, command, folder] = invocation.argv;
  if (command?.text !== 'exec' || folder === undefined) return invocation;
  const text = read(knownWord(`${folder.text}/.envrc`), invocation.cwd) ?? '';
  const named = [...text.matchAll(/^[ \t]*dotenv(?:_if_exists)?(?:[ \t]+(\S+))?[ \t]*$/gm)].slice(0, 8).map((match) => read(knownWord(`${folder.text}/${match[1] ?? '.env'}`), invocation.cwd) ?? '');
  const exported = text.split('\n').filter((line) => /^\s*export\s/.test(line)).join('\n');
  return withVariables(invocation, new Map([...named, exported].flatMap((each) => [...readDotenv(each)])), true);
}

function withVariables(invocation: Invocation, variables: ReadonlyMap<string, string>, overrides: boolean): Invocation {
  if (variables.size === 0) return invocation;
  const filled = [...variables].map(([name, value]) => [name, expand(value, (other) => (other === name ? undefined : (invocation.env[other] ?? variables.get(other))))] as const);
  const values = Object.fromEntries(filled);
  return { ...invocation, env: overrides ? { ...invocation.env, ...values } : { ...values, ...invocation.env } };
}
