import type { Environment } from '../core/effect.ts';

/** `workbench.colorCustomizations` as it is written somewhere: colours by key, and blocks for single themes. */
export type Customizations = Readonly<Record<string, unknown>>;

/** What stood there before the title bar was tinted, so that it can be put back, after a crash too. */
export interface Before {
  /** The colours that may have been put in, by key. */
  readonly ours: Readonly<Record<string, readonly string[]>>;
  /** What stood under the same keys; null where nothing did. */
  readonly before: Readonly<Record<string, unknown>>;
  /** False where there was no customization at all. */
  readonly existed: boolean;
}

/** What is to be written, and what has to be remembered for putting it back. */
export interface Tinting {
  /** Undefined takes the setting out. */
  readonly value: Customizations | undefined;
  readonly memory: Before | undefined;
}

/** White on these has a contrast above 7. https://code.visualstudio.com/api/references/theme-color#title-bar-colors */
const tints: Readonly<Partial<Record<Environment, Readonly<Record<string, string>>>>> = {
  production: { 'titleBar.activeBackground': '#8b1a1a', 'titleBar.activeForeground': '#ffffff', 'titleBar.inactiveBackground': '#6a1717', 'titleBar.inactiveForeground': '#f0dcdc' },
  staging: { 'titleBar.activeBackground': '#6b4a00', 'titleBar.activeForeground': '#ffffff', 'titleBar.inactiveBackground': '#523900', 'titleBar.inactiveForeground': '#f0e6cf' },
};

/**
 * The customizations with the title bar coloured for an environment, or as they were where it has no colour.
 * @param written what is written now
 * @param memory what an earlier tint remembered; undefined where the title bar is not tinted
 */
export function tinted(written: Customizations | undefined, environment: Environment | undefined, memory: Before | undefined): Tinting {
  const restored = memory ? restore(written, memory) : written;
  const tint = environment && tints[environment];
  if (!tint) return { value: restored, memory: undefined };
  // Until the new colours are written the earlier ones may still stand there.
  const ours = Object.fromEntries(Object.entries(tint).map(([key, colour]) => [key, [...new Set([...(memory?.ours[key] ?? []), colour])]]));
  const before = Object.fromEntries(Object.keys(tint).map((key) => [key, restored?.[key] ?? null]));
  return { value: { ...restored, ...tint }, memory: { ours, before, existed: restored !== undefined } };
}

/** What is written, with each of our colours that nobody changed since given back to what stood there. */
function restore(written: Customizations | undefined, { ours, before, existed }: Before): Customizations | undefined {
  const value: Record<string, unknown> = { ...written };
  for (const [key, colours] of Object.entries(ours)) {
    const colour = value[key];
    if (typeof colour !== 'string' || !colours.includes(colour)) continue;
    if (before[key] === null || before[key] === undefined) delete value[key];
    else value[key] = before[key];
  }
  return Object.keys(value).length === 0 && !existed ? undefined : value;
}
