import type { Action } from '../action.ts';
import type { Effect, Environment, LocatedEffect, TargetHint } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import { matchesGlob } from '../policy/glob.ts';
import { isStricter } from '../policy/strictness.ts';
import type { Policy } from '../policy/policy.ts';
import type { Tunnel } from '../tunnels.ts';
import type { World } from '../world.ts';
import { placeDatabase } from './database.ts';
import { beliefInHost, composeServicesIn, hostOf, isLoopback } from './host.ts';
import { stricterEnvironment, type Belief } from './named.ts';
import { beliefIn, clauseOf, type Clue, type Place, type Surroundings } from './placer.ts';
import { placeAsNamed, placeNamed } from './placers.ts';
import { aliasOf } from './ssh.ts';

/** What is found out about a target before the policy has its say. */
interface Finding {
  readonly belief: Belief | undefined;
  /** Names by which the policy may know it. */
  readonly names: readonly string[];
  /** Names that do not choose it: the policy may know it by them as production. */
  readonly labels?: readonly string[];
  readonly evidence: readonly string[];
}

const nothingKnown: Finding = { belief: undefined, names: [], evidence: [] };

/**
 * Adds to an effect the environment its target belongs to, found the way the tool itself would find its target.
 * The policy's own mapping comes first; what nobody knows is `unknown`, never guessed, and the workspace's tag plays no part:
 * a staging workspace does not make a target staging. Evidence never holds a password or token.
 */
export function locate(effect: Effect, action: Action, world: World, policy: Policy, tunnels: readonly Tunnel[] = []): LocatedEffect {
  if (effect.target.by === 'path') return { ...effect, environment: 'local', evidence: [] };
  const found = look(effect, effect.target, action, world, tunnels);
  // Where a tool may reach one of several, the strictest counts.
  const believed = found.map((each) => believe(effect, each, policy)).reduce((strictest, each) => (each.environment !== strictest.environment && stricterEnvironment(each.environment, strictest.environment) === each.environment ? each : strictest));
  return policy.raises.length === 0 ? believed : raisedBy(policy, [effect.resource.name, ...found.flatMap(({ names, labels = [] }) => [...names, ...labels])], believed);
}

function believe(effect: Effect, found: Finding, policy: Policy): LocatedEffect {
  const mapped = mappedBy(policy.resources, [effect.resource.name, ...found.names], found.labels ?? []);
  if (mapped) return { ...effect, environment: mapped.environment, evidence: [mapped.evidence, ...found.evidence] };
  if (found.belief) return { ...effect, environment: found.belief.environment, evidence: [found.belief.evidence, ...found.evidence] };
  return { ...effect, environment: 'unknown', evidence: [`nothing says which environment ${describe(effect, found.names)} belongs to`, ...found.evidence] };
}

function mappedBy(resources: Policy['resources'], names: readonly string[], labels: readonly string[]): Belief | undefined {
  for (const { match, environment } of resources) {
    const name = nameFitting(match, environment === 'production' ? [...names, ...labels] : names);
    if (name !== undefined) return { environment, evidence: `the policy places “${name}” in ${environment}` };
  }
  return undefined;
}

function nameFitting(match: string, names: readonly string[]): string | undefined {
  return names.find((name) => name !== '' && matchesGlob(name, match, { ignoreCase: true }));
}

/** What a workspace's policy says of a resource counts where it is stricter than everything else that is known of it. */
function raisedBy({ raises }: Policy, names: readonly string[], located: LocatedEffect): LocatedEffect {
  const says = (environment: Environment): boolean => isStricter(environment, located.environment) || (environment === 'production' && located.environment === 'unknown');
  const stricter = raises.filter(({ match, environment }) => says(environment) && nameFitting(match, names) !== undefined);
  if (stricter.length === 0) return located;
  const environments = stricter.map(({ environment }) => environment);
  const environment = environments.reduce((a, b) => (isStricter(b, a) ? b : a));
  const also = [...new Set([located.environment, ...environments])].filter((other) => other !== environment);
  return { ...located, environment, also, evidence: [`the team’s policy places it in ${environment}`, ...located.evidence] };
}

function describe(effect: Effect, names: readonly string[]): string {
  const { kind, name } = effect.resource;
  const thing = name === '' ? `the ${kind}` : `${kind} ${name.length > 80 ? `${name.slice(0, 77)}…` : name}`;
  const place = names[0];
  return place === undefined || place === name ? thing : `${place}’s ${thing.replace(/^the /, '')}`;
}

function look(effect: Effect, target: Exclude<TargetHint, { by: 'path' }>, action: Action, world: World, tunnels: readonly Tunnel[]): readonly [Finding, ...Finding[]] {
  const env = effect.env ?? action.env;
  const home = action.env.HOME ?? action.env.USERPROFILE;
  if (target.by === 'named') {
    const asked = { settings: {}, ...target, resource: effect.resource };
    // A server of tools, and whoever spends a credential, need not keep to the links and contexts of the command line.
    if (action.tool === 'mcp' || effect.verb === 'useCredential' || target.distant) return [findingOf(placeAsNamed(asked, target.system))];
    return [findingOf(placeNamed(asked, target.system, { env, home, folder: target.folder ?? (target.program === undefined ? action.cwd : ''), roots: action.workspaceRoots, world }))];
  }
  const services = servicesNear(action, world);
  if (target.by === 'database') {
    const [first, ...more] = placeDatabase({ ...target, folder: target.folder || action.cwd }, { env, given: action.env, home, world, services, login: false, tunnels });
    return [first ?? nothingKnown, ...more, ...(target.within ? look(effect, target.within, action, world, tunnels) : [])];
  }
  if (target.host === '') return [nothingKnown];
  return [placeMachine(target, services, { env, home, folder: action.cwd, roots: action.workspaceRoots, world })];
}

/** A host by its name or, where the person logs in by an alias of theirs, by the one behind it; the alias can make it production. */
function placeMachine({ host: address, login = false, config }: Extract<TargetHint, { by: 'host' }>, services: readonly string[], around: Surroundings): Finding {
  const host = hostOf(address);
  const real = login ? aliasOf(host, around, config) : undefined;
  const byAlias = beliefInHost(host, { services, login });
  if (real === undefined || real === host) return { belief: byAlias, names: [host], evidence: [] };
  // What is reached over a port of this machine, or from a machine between, may be anywhere.
  const byHost = isLoopback(real) ? undefined : beliefInHost(real, { services: [], login: true });
  return { belief: byAlias?.environment === 'production' ? byAlias : byHost, names: [real, host], evidence: [`${host} stands for ${real} in ${config ?? '~/.ssh/config'}`] };
}

/** A few clauses are enough for a modal. */
const mostClauses = 3;

function findingOf({ sure, clues }: Place): Finding {
  const given = clues.filter((clue) => clue !== undefined && clue.name !== '') as readonly Clue[];
  const namesOf = (labels: boolean): readonly string[] => [...new Set(given.filter(({ label = false }) => label === labels).map(({ name }) => name))];
  const belief = sure ?? beliefIn(given);
  const evidence = belief ? [] : given.filter(({ from, label }) => from !== undefined && !label).slice(0, mostClauses).map(clauseOf);
  return { belief, names: namesOf(false), labels: namesOf(true), evidence };
}

const composeFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

function servicesNear(action: Action, world: World): readonly string[] {
  if (!world.sighted) return [];
  for (const folder of [...new Set([action.cwd, ...action.workspaceRoots])].filter(Boolean)) {
    for (const file of composeFiles) {
      const text = world.read(joinPath(folder, file, world.platform), 256 * 1024);
      if (text !== undefined) return composeServicesIn(text);
    }
  }
  return [];
}
