import type { Analysis } from '../analysis.ts';
import { hasOption, parseCall } from '../call.ts';
import type { Effect } from '../effect.ts';
import { readDotenv } from '../environment/dotenv.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { textOf } from '../shell/word.ts';
import { isDataVariable } from '../variables.ts';
import { isNewTask, placeIn, readFirstOf, readProjectFile, runsUnread } from './project-file.ts';
import { entriesOf, entry, isMap, itemsOf, readYaml, scalar, type Yaml } from './yaml.ts';

const globalOptions = ['-f', '--file', '-p', '--project-name', '--project-directory', '--profile', '--env-file', '--ansi', '--parallel', '--progress', '-c', '--context', '-H', '--host'];
const commandOptions = ['-t', '--timeout', '--scale', '--exit-code-from', '--attach', '--no-attach', '--pull', '--wait-timeout', '-e', '--env', '-l', '--label', '--name', '-p', '--publish', '-u', '--user', '-v', '--volume', '-w', '--workdir', '--entrypoint'];
const files = [['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'], ['compose.override.yaml', 'compose.override.yml', 'docker-compose.override.yml', 'docker-compose.override.yaml']];
/** Commands that start the services of the project. https://docs.docker.com/reference/cli/docker/compose/ */
const starting = new Set(['up', 'run', 'watch']);

/** The effects of what the services would run that a call of Docker Compose starts; each in its container. */
export function runComposeServices(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions: globalOptions });
  const [first] = call.operands;
  if (!first || !starting.has(first.text) || invocation.cwd === undefined || hasOption(call, '--dry-run', '--help')) return undefined;
  const command = parseCall({ ...invocation, argv: invocation.argv.slice(invocation.argv.indexOf(first)) }, { valueOptions: commandOptions });
  const named = command.operands.flatMap((word) => textOf(word) ?? []);
  const given = invocation.argv.indexOf(first);
  const before = parseCall({ ...invocation, argv: invocation.argv.slice(0, given) }, { valueOptions: globalOptions });
  const paths = [...(before.options.get('-f') ?? []), ...(before.options.get('--file') ?? [])].flatMap((word) => textOf(word) ?? []);
  const { platform } = analysis.world;
  const folder = joinPath(invocation.cwd, textOf(before.options.get('--project-directory')?.at(-1)) ?? '.', platform);
  const read = paths.length > 0 ? paths.map((path) => readProjectFile(joinPath(invocation.cwd ?? '', path, platform), analysis)) : files.map((names) => readFirstOf(folder, names, analysis));
  if (!isNewTask('compose', folder, [...paths, first.text, ...named], invocation, analysis)) return [];
  const services = new Map<string, Yaml>();
  const effects: Effect[] = [];
  for (const file of read) {
    if (file.is === 'unreadable') effects.push(runsUnread(file.path, invocation));
    if (file.is !== 'text') continue;
    analysis.spend(1 + file.text.length / 500);
    for (const [name, service] of entriesOf(entry(readYaml(file.text), 'services'))) services.set(name, { ...asMap(services.get(name)), ...asMap(service) });
  }
  // A command given to `run` stands in the command line and is looked at there.
  const goals = first.text === 'run' ? named.slice(0, 1) : named;
  return [...effects, ...withNeeds(goals, services).flatMap((name) => serviceEffects(name, services.get(name), invocation, analysis))];
}

function asMap(node: Yaml | undefined): Readonly<Record<string, Yaml>> {
  return isMap(node) ? node : {};
}

/** The services with those they depend on; all of them where none is named. */
function withNeeds(goals: readonly string[], services: ReadonlyMap<string, Yaml>): readonly string[] {
  const all = new Set(goals.length > 0 ? goals : services.keys());
  for (const name of all) {
    const needs = entry(services.get(name), 'depends_on');
    for (const need of [...itemsOf(needs).flatMap((item) => scalar(item) ?? []), ...entriesOf(needs).map(([key]) => key)]) if (services.has(need)) all.add(need);
  }
  return [...all];
}

function serviceEffects(name: string, service: Yaml | undefined, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const line = [commandLine(entry(service, 'entrypoint')), commandLine(entry(service, 'command'))].filter(Boolean).join(' ');
  if (line === '') return [];
  return analysis.shell(`docker exec ${quoted(name)} ${line}`, placeIn(invocation.cwd, { ...invocation, env: { ...invocation.env, ...environmentOf(entry(service, 'environment')) } }));
}

/** Compose doubles a dollar that is meant for the container. */
function commandLine(node: Yaml | undefined): string {
  const words = itemsOf(node).flatMap((item) => scalar(item) ?? []);
  const text = words.length > 0 ? words.map(quoted).join(' ') : (scalar(node) ?? '');
  return text.replaceAll('$$', () => '$');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function environmentOf(node: Yaml | undefined): Readonly<Record<string, string>> {
  const listed = itemsOf(node).flatMap((item) => {
    const text = scalar(item) ?? '';
    return text.includes('=') ? [[text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const] : [];
  });
  return Object.fromEntries([...listed, ...entriesOf(node).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))]);
}

/**
 * The environment of what `exec` and `run` start in a service's container: that of the service and of the call, and nothing
 * of this machine's on which data hangs. https://docs.docker.com/compose/how-tos/environment-variables/envvars-precedence/
 */
export function inService(invocation: Invocation, inner: Invocation, analysis: Analysis): Invocation {
  const { argv, cwd = '', env } = invocation;
  const at = argv.findIndex(({ text }) => text === 'exec' || text === 'run');
  if (at < 0) return inner;
  const call = parseCall({ ...invocation, argv: argv.slice(at) }, { valueOptions: commandOptions });
  const given = [...(call.options.get('-e') ?? []), ...(call.options.get('--env') ?? [])].flatMap((word) => textOf(word) ?? []);
  const before = parseCall({ ...invocation, argv: argv.slice(0, at) }, { valueOptions: globalOptions });
  const paths = [...(before.options.get('-f') ?? []), ...(before.options.get('--file') ?? [])].flatMap((word) => textOf(word) ?? []);
  const read = paths.length > 0 ? paths.map((path) => readProjectFile(joinPath(cwd, path, analysis.world.platform), analysis)) : files.map((names) => readFirstOf(cwd, names, analysis));
  const services = read.flatMap((file) => (file.is === 'text' ? [entry(entry(readYaml(file.text), 'services'), call.operands[0]?.text ?? '')] : []));
  const ownFile = textIn(joinPath(cwd, '.env', analysis.world.platform), analysis);
  const lookUp = (name: string): string | undefined => env[name] ?? ownFile.get(name);
  const named = services.flatMap((service) => envFiles(entry(service, 'env_file'))).slice(0, 8).flatMap((path) => [...textIn(joinPath(cwd, path, analysis.world.platform), analysis)]);
  const set = Object.assign({}, ...services.map((service) => environmentOf(entry(service, 'environment')))) as Record<string, string>;
  const passed = Object.fromEntries(given.map((text) => (text.includes('=') ? [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] : [text, lookUp(text) ?? ''])));
  const filled = Object.fromEntries(Object.entries(set).map(([name, value]) => [name, interpolated(value, lookUp)]));
  const own = Object.fromEntries(Object.entries(inner.env).filter(([name]) => !isDataVariable(name)));
  return { ...inner, env: { ...own, ...Object.fromEntries(named), ...filled, ...passed } };
}

function textIn(path: string, analysis: Analysis): ReadonlyMap<string, string> {
  const file = readProjectFile(path, analysis);
  return file.is === 'text' ? readDotenv(file.text) : new Map();
}

function envFiles(node: Yaml | undefined): readonly string[] {
  const items = itemsOf(node).length > 0 ? itemsOf(node) : node === undefined ? [] : [node];
  return items.flatMap((item) => scalar(item) ?? scalar(entry(item, 'path')) ?? []);
}

/** `${NAME}`, `${NAME:-default}`, `$NAME`. https://docs.docker.com/reference/compose-file/interpolation/ */
function interpolated(value: string, lookUp: (name: string) => string | undefined): string {
  return value.replace(/\$(?:\{(\w+)(?::?[-?]([^{}]*))?\}|(\w+))/g, (written, braced: string | undefined, otherwise: string | undefined, bare: string | undefined) => lookUp(braced ?? bare ?? '') ?? otherwise ?? written);
}
