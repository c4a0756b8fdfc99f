import type { Effect, Environment, TargetHint } from '../effect.ts';
import { matchesGlob } from '../policy/glob.ts';
import type { Policy } from '../policy/policy.ts';
import type { Evidence, Folder } from './evidence-source.ts';
import { locate } from './locate.ts';
import { environmentInName, type Belief } from './named.ts';

export const longestFile = 256 * 1024;
const longestName = 80;

/** Evidence in what somebody called a project, an app, an environment: the strictest of its names counts. Another company's machine is never this one. */
export function evidenceInNames(what: string, names: readonly (string | undefined)[], source: string, { resources }: Policy): Evidence | undefined {
  const known = names.filter((name) => name !== undefined && name !== '') as readonly string[];
  const shown = known[0];
  if (shown === undefined) return undefined;
  const environment = environmentInName(known.join(' '));
  const thing = `${what} “${known.map(shorten).join(' / ')}”`;
  const placedBy = resources.find(({ match }) => known.some((name) => matchesGlob(name, match, { ignoreCase: true })));
  if (placedBy) return { environment: placedBy.environment, evidence: `${thing} is placed in ${placedBy.environment} by the policy`, source };
  if (environment === 'unknown') return { environment, evidence: `${thing}: nothing says which environment it is`, source };
  const placed: Environment = environment === 'local' ? 'development' : environment;
  return { environment: placed, evidence: `${thing} is named like ${placed}`, source };
}

/** What the policy, and else the tool's own way of finding its target, says of a command that names none. */
export function targetOf(target: TargetHint, { folder, env, world, policy }: Folder): Belief {
  const effect: Effect = { ...unsaid, target };
  // Without roots the names of folders say nothing: many keep `prod` and `dev` side by side in one window.
  const { environment, evidence } = locate(effect, { tool: 'other', name: '', input: {}, agent: '', session: '', cwd: folder, workspaceRoots: [], env }, world, policy);
  return { environment, evidence: evidence[0] ?? '' };
}

/** Only the target of it is asked for. */
const unsaid: Omit<Effect, 'target'> = { verb: 'delete', resource: { kind: '', name: '' }, reversibility: 'irreversible', certainty: 'certain', rule: '', why: '' };

/** A name from a file anybody may have written, on one line and not longer than a name is. */
function shorten(name: string): string {
  const line = name.replace(/\s+/g, ' ').trim();
  return line.length > longestName ? `${line.slice(0, longestName - 1)}…` : line;
}
