import type { World } from '../world.ts';
import { findSecrets, type Found } from './find.ts';

/** Secrets in a text of this machine: those that the person said are values of tests are none. */
export function foundIn(text: string, path: string, world: Pick<World, 'isTestValue'>): Found {
  const found = findSecrets(text, { path });
  if (world.isTestValue === undefined || found.findings.length === 0) return found;
  return { ...found, findings: found.findings.filter(({ start, end }) => world.isTestValue?.(text.slice(start, end)) !== true) };
}
