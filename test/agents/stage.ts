/** Sets the stage of every story told with the real thing: the shop, a workbench with the packaged extension, guarded agents, and tools that only write down that they were called. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openPage, type WorkbenchPage } from '../workbench/page.ts';
import type { Reaper } from '../workbench/reaper.ts';
import { startWorkbench, type Workbench } from '../workbench/workbench.ts';
import { makeShop, type Shop } from './incident.ts';
import { makeRecordingBin, type RecordingBin } from './recording-bin.ts';

export const vsix = join(import.meta.dirname, '../../dist/interlock.vsix');

/** The programs of a chore that must never really run. */
const recordedTools = ['curl', 'terraform', 'psql', 'prisma', 'npx', 'kubectl'] as const;

export interface Stage {
  readonly shop: Shop;
  readonly home: string;
  readonly bin: RecordingBin;
  /** PATH of the agent: the recording tools first. */
  readonly path: readonly string[];
  readonly workbench: Workbench;
  readonly window: WorkbenchPage;
}

export interface StageOptions {
  readonly reaper: Reaper;
  /** An empty folder. */
  readonly folder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folders that are extensions, besides the one under test. */
  readonly extensionFolders?: readonly string[];
  /** Done in the browser, on a page of the workbench's origin, before the workbench is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Files and folders (`.codex/`) of the home that say which agents are used here; Claude Code and Cursor otherwise. */
  readonly traces?: Readonly<Record<string, string>>;
  /** The files that hold the agents' hooks once the person has guarded them. */
  readonly hookFiles?: readonly string[];
}

/** From the first picture of the workbench to the extension's offer, on a busy machine. */
const START_LIMIT_MS = 120_000;

const usual = { traces: { '.claude/': '', '.cursor/': '' }, hookFiles: ['.claude/settings.json', '.cursor/hooks.json'] } as const;

/** Makes the shop and a home in which agents are used, opens the workbench, and lets the person guard the agents found. */
export async function setStage({ reaper, folder, settings, extensionFolders = [], traces = usual.traces, hookFiles = usual.hookFiles, prepare }: StageOptions): Promise<Stage> {
  const home = join(folder, 'home');
  for (const [trace, text] of Object.entries(traces)) {
    await mkdir(join(home, trace.endsWith('/') ? trace : dirname(trace)), { recursive: true });
    if (!trace.endsWith('/')) await writeFile(join(home, trace), text);
  }
  const shop = await makeShop(join(folder, 'shop'));
  const bin = await makeRecordingBin(folder, recordedTools);
  const workbench = await startWorkbench({ reaper, folder: shop.folder, home, vsix: [vsix], extensionFolders, ...(settings ? { settings } : {}) });
  const window = await openPage(workbench, { reaper, home, ...(prepare ? { prepare } : {}) });
  await guardAgents(window, home, hookFiles);
  return { shop, home, bin, path: [bin.folder, '/usr/local/bin', '/usr/bin', '/bin'], workbench, window };
}

/** Answers the offer that the extension makes at its first start, and waits until the hooks are where the agents look for them. */
async function guardAgents(window: WorkbenchPage, home: string, hookFiles: readonly string[]): Promise<void> {
  const offer = window.page.locator('.notification-toast', { hasText: 'Nothing guards' });
  await offer.getByRole('button', { name: 'Guard Them' }).click({ timeout: START_LIMIT_MS });
  await until(() => areGuarded(home, hookFiles), 'the hooks were not installed');
}

/** True when each file holds hooks of ours. */
export function areGuarded(home: string, hookFiles: readonly string[] = usual.hookFiles): boolean {
  return hookFiles.every((file) => {
    const path = join(home, file);
    return existsSync(path) && readFileSync(path, 'utf8').includes('interlock');
  });
}

/** Waits for a condition that nothing announces. */
export async function until(condition: () => boolean, otherwise: string, limitMs = 30_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs / 1000} s: ${otherwise}.`);
    await delay(50);
  }
}
