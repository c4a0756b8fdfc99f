import { dotenvEvidence } from './evidence-dotenv.ts';
import { branchEvidence, herokuEvidence } from './evidence-git.ts';
import { linkEvidence } from './evidence-links.ts';
import { machineEvidence } from './evidence-machine.ts';
import { byStrictness, type Evidence, type Folder } from './evidence-source.ts';
import { witness } from './evidence-witness.ts';
import { defaultPolicy } from '../policy/defaults.ts';
import type { Policy } from '../policy/policy.ts';
import type { World } from '../world.ts';

/** More than a person reads; what is left out is the least strict. */
const mostShown = 24;

/**
 * What on this machine speaks of the environment that work in a folder reaches, strictest first: linked projects, contexts and profiles
 * of tools, dotenv files with the hosts they name, the branch. Names files, hosts, contexts and variables, never a value that is secret.
 * @param folder absolute path
 * @param env the environment that commands would run in
 * @param policy may place what names alone do not
 */
export function workspaceEvidence(folder: string, world: World, env: Readonly<Record<string, string>>, policy: Policy = defaultPolicy): readonly Evidence[] {
  const around: Folder = { folder, env, home: env.HOME ?? env.USERPROFILE, world, policy };
  const found = [linkEvidence, herokuEvidence, dotenvEvidence, machineEvidence, branchEvidence].flatMap((look) => look(around));
  const distinct = [...new Map(found.map((item) => [item.evidence, item])).values()];
  return distinct.toSorted(byStrictness).slice(0, mostShown);
}

/** What the evidence says now, and what has to be watched to know when it says something else. */
export interface EvidenceReading {
  readonly evidence: readonly Evidence[];
  /** Absolute paths of every file that was asked for, there or not. */
  readonly files: readonly string[];
  /** Absolute paths of folders in which new files may matter. */
  readonly folders: readonly string[];
}

/** As `workspaceEvidence`, with every place that was looked at. */
export function readEvidence(folder: string, world: World, env: Readonly<Record<string, string>>, policy: Policy): EvidenceReading {
  const seen = witness(world);
  const evidence = workspaceEvidence(folder, seen.world, env, policy);
  return { evidence, files: [...seen.files], folders: [...seen.folders] };
}
