import type { ControlPlane, Rule } from '../rule.ts';
import { remembering } from '../remembering.ts';
import { rules } from '../rules/all.ts';
import { matchesHost } from './url.ts';

/** A control plane with the rule it belongs to. */
export interface Plane {
  readonly rule: Rule;
  readonly plane: ControlPlane;
}

const planes: readonly Plane[] = rules.flatMap((rule) => (rule.controlPlane ? [{ rule, plane: rule.controlPlane }] : []));

const planesByPort = new Map<number, Plane[]>();
for (const each of planes) for (const port of each.plane.ports ?? []) planesByPort.set(port, [...(planesByPort.get(port) ?? []), each]);

/** Every provider whose HTTP interface is served at `host`. */
export const planesAt = remembering((host: string): readonly Plane[] => planes.filter(({ plane }) => plane.hosts.some((pattern) => matchesHost(host, pattern))));

/** Every kind of server that listens on `port` unless told otherwise. */
export function planesOnPort(port: number): readonly Plane[] {
  return planesByPort.get(port) ?? [];
}

/** Providers that list a GraphQL mutation of that name, for requests whose host is not known. */
export function planesWithMutation(name: string): readonly Plane[] {
  return planes.filter(({ plane }) => plane.mutations?.some((mutation) => mutation.request === name));
}
