import type { Effect } from '../effect.ts';
import { found, type Finding } from './session.ts';

/** A registry key goes with everything below it. */
export function registryEffect(key: string, call: Finding): Effect {
  const [, below, ...deeper] = key.split('\\').filter((name) => name !== '');
  const isHive = /^hk/i.test(key) && (below === undefined || (deeper.length === 0 && /^(?:software|system|sam|security|hardware|bcd\d+)$/i.test(below)));
  return {
    verb: 'delete', resource: { kind: 'registry key', name: key, provider: 'Windows registry' }, reversibility: 'irreversible', certainty: 'certain', rule: 'powershell/registry',
    why: `Deletes the registry ${isHive ? 'hive' : 'key'} ${key} with everything below it.`, saferWay: 'Export it first with reg export.',
    target: { by: 'path' }, docs: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.management/remove-item', ...(isHive ? { everything: true } : {}), ...found(call),
  };
}
