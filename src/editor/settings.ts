import * as z from 'zod/mini';
import { type CollectorWish, defaultWish } from '../gate/open-telemetry/collector.ts';
import type { VaultBounds } from '../vault/bounds.ts';
import { defaultRetention, type Retention } from '../vault/retention.ts';
import { defaultVaultBounds } from '../vault/bounds.ts';
import { type SettingId, settings } from '../ids.ts';

/** The person's settings, each with a safe value where what is written makes no sense. */
export interface Settings {
  readonly offerHooks: boolean;
  readonly terminalGuard: boolean;
  /** Colour the title bar after the environment. */
  readonly titleBarTint: boolean;
  /** How long a person has for an answer; milliseconds. */
  readonly answerWithin: number;
  readonly vault: VaultBounds;
  readonly retention: Retention;
  readonly recentCount: number;
  /** Whether to warn of a hidden file that is open as text while an agent is at work. */
  readonly warnOpenHidden: boolean;
  /** Where the person has records sent; undefined where they have not turned it on. */
  readonly collector: CollectorWish | undefined;
}

const MEGABYTE = 1024 * 1024;
const SECOND = 1000;

/** `get` gives the value of a setting as it is written, unchecked. */
export function readSettings(get: (id: SettingId) => unknown): Settings {
  const flag = (id: SettingId, fallback: boolean): boolean => z.catch(z.boolean(), fallback).parse(get(id));
  const count = (id: SettingId, from: number, to: number, fallback: number): number => z.catch(z.int().check(z.gte(from), z.lte(to)), fallback).parse(get(id));
  const text = (id: SettingId): string => z.catch(z.string(), '').parse(get(id));
  return {
    offerHooks: flag(settings.offerHooks, true),
    terminalGuard: flag(settings.terminalGuard, false),
    titleBarTint: flag(settings.titleBarTint, false),
    answerWithin: count(settings.answerWithin, 10, 3600, 240) * 1000,
    vault: {
      files: count(settings.vaultFiles, 0, 1_000_000, defaultVaultBounds.files),
      bytes: count(settings.vaultMegabytes, 0, 1_048_576, defaultVaultBounds.bytes / MEGABYTE) * MEGABYTE,
      depth: count(settings.vaultDepth, 0, 256, defaultVaultBounds.depth),
      milliseconds: count(settings.vaultSeconds, 1, 3600, defaultVaultBounds.milliseconds / SECOND) * SECOND,
    },
    retention: {
      days: count(settings.vaultDays, 1, 3650, defaultRetention.days),
      bytes: count(settings.vaultTotal, 1, 16_777_216, defaultRetention.bytes / MEGABYTE) * MEGABYTE,
    },
    recentCount: count(settings.recentCount, 10, 1000, 100),
    warnOpenHidden: flag(settings.warnOpenHidden, true),
    collector: flag(settings.collect, false)
      ? {
          endpoint: text(settings.collectorEndpoint),
          headersFile: text(settings.collectorHeaders),
          // What cannot be read sends less.
          texts: flag(settings.collectorTexts, false),
          maxDays: count(settings.collectorDays, 1, 3650, defaultWish.maxDays),
          maxMegabytes: count(settings.collectorMegabytes, 1, 1_048_576, defaultWish.maxMegabytes),
        }
      : undefined,
  };
}
