import type { ControlPlane, Rule } from '../rule.ts';
import { remembering } from '../remembering.ts';
import { ruleEntries } from '../rule-entries.ts';
import type { RuleEntry } from '../rule-entry.ts';
import { matchesHost } from './url.ts';

/** A control plane with the rule it belongs to. */
export interface Plane {
  readonly rule: Rule;
  readonly plane: ControlPlane;
}

const served = ruleEntries.filter(({ hosts }) => hosts !== undefined);

const servedByPort = new Map<number, RuleEntry[]>();
for (const entry of served) for (const port of entry.ports ?? []) servedByPort.set(port, [...(servedByPort.get(port) ?? []), entry]);

/** Every provider whose HTTP interface is served at `host`. */
export const planesAt = remembering((host: string) => planesOf(served.filter(({ hosts }) => hosts?.some((pattern) => matchesHost(host, pattern)))));

/** Every kind of server that listens on `port` unless told otherwise. */
export function planesOnPort(port: number): readonly Plane[] {
  return planesOf(servedByPort.get(port) ?? []);
}

/** Providers that list a GraphQL mutation of that name, for requests whose host is not known. */
export function planesWithMutation(name: string): readonly Plane[] {
  return planesOf(served.filter(({ mutations }) => mutations?.includes(name)));
}

function planesOf(entries: readonly RuleEntry[]): readonly Plane[] {
  return entries.flatMap((entry) => {
    const rule = entry.load();
    return rule.controlPlane ? [{ rule, plane: rule.controlPlane }] : [];
  });
}
