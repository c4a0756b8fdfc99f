import { displayPath, isBelow, joinPath } from '../files/path.ts';
import type { World } from '../world.ts';
import { beliefInName, type Belief } from './named.ts';

/**
 * The workspace terraform and tofu would work on: `TF_WORKSPACE`, else the one selected in the folder, else the one
 * the command names; and what files and folders are called. The strictest of them wins.
 * https://developer.hashicorp.com/terraform/language/state/workspaces
 */
export function placeWorkspace(named: readonly string[], folder: string | undefined, env: Readonly<Record<string, string>>, roots: readonly string[], world: World): Belief | undefined {
  const data = folder === undefined ? undefined : joinPath(folder, env.TF_DATA_DIR ?? '.terraform', world.platform);
  const selected = env.TF_WORKSPACE ?? (data === undefined ? undefined : world.read(joinPath(data, 'environment', world.platform), 256)?.trim());
  const beliefs = [
    selected === undefined || selected === 'default' ? undefined : beliefInName('terraform workspace', selected),
    ...named.map((name) => beliefInName('terraform is told', name)),
    ...Object.entries(env).filter(([key]) => /^TF_VAR_(?:env|environment|stage|workspace)$/.test(key)).map(([key, value]) => beliefInName(key, value)),
    // Only the names below the workspace speak; the path to it is a matter of the person's own disk.
    folder !== undefined && roots.some((root) => isBelow(folder, root, world.platform)) ? beliefInName('folder', displayPath(folder, roots, undefined, world.platform)) : undefined,
  ].filter((belief) => belief !== undefined && belief.environment !== 'local') as readonly Belief[];
  return beliefs.find((belief) => belief.environment === 'production') ?? beliefs.find((belief) => belief.environment === 'staging') ?? beliefs[0];
}
