/** Opens a workbench in headless Chromium and reads and works it the way a person does: dialogs, buttons, keys, the status bar. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, errors, type Locator, type Page } from 'playwright-core';
import { provisionBrowser } from './provision.ts';
import type { Reaper } from './reaper.ts';
import type { Workbench } from './workbench.ts';

const LOAD_LIMIT_MS = 90_000;
const ANSWER_LIMIT_MS = 30_000;
const PALETTE_LIMIT_MS = 5_000;
const PALETTE_TRIES = 6;

const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--font-render-hinting=none',
];

/** A page that shows a workbench. */
export interface WorkbenchPage {
  readonly page: Page;
  /** Closes the window as a person does: its extension host ends. */
  close(): Promise<void>;
  /** Ends the browser without a word: the extension host goes on for hours, waiting for its window to come back. */
  disconnect(): Promise<void>;
}

/** What a modal dialog shows. */
export interface Dialog {
  /** The first sentence, in bold in the dialog. */
  readonly message: string;
  readonly detail: string;
  /** Labels in the order of the screen, left to right. */
  readonly buttons: readonly string[];
  /** The button that Enter presses, if a button has the focus. */
  readonly focused: string | undefined;
}

/** What a quick pick or an input box shows. */
export interface QuickInput {
  readonly title: string;
  readonly placeholder: string;
  readonly message: string;
  readonly value: string;
  readonly rows: readonly string[];
}

/** One item of the status bar. */
export interface StatusItem {
  readonly id: string;
  readonly text: string;
  readonly ariaLabel: string;
  /** `warning` or `error` when the item has that background. */
  readonly kind: 'normal' | 'warning' | 'error';
}

/** Opens the workbench's folder and waits until the workbench has been drawn; `prepare` gets a page of the same origin before that. */
export async function openPage(workbench: Workbench, options: { reaper: Reaper; home: string; prepare?: (page: Page) => Promise<void> }): Promise<WorkbenchPage> {
  const provisioned = await provisionBrowser();
  const home = join(options.home, 'browser');
  await mkdir(home, { recursive: true });
  const browser: Browser = await chromium.launch({
    executablePath: provisioned.executablePath,
    args: BROWSER_ARGS,
    env: { HOME: home, TMPDIR: home, PATH: process.env['PATH'] ?? '', ...provisioned.env, ...options.reaper.env },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(ANSWER_LIMIT_MS);
    if (options.prepare) {
      await page.goto(new URL('/healthz', workbench.url).href);
      await options.prepare(page);
    }
    await page.goto(workbench.url, { timeout: LOAD_LIMIT_MS });
    await page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: LOAD_LIMIT_MS });
    return {
      page,
      async close() {
        // Leaving the page tells the server that the window is gone for good.
        await page.goto('about:blank');
        await browser.close();
      },
      disconnect: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Waits for a modal dialog and reads it once something in it has the focus. */
export async function dialog(page: Page, timeoutMs = ANSWER_LIMIT_MS): Promise<Dialog> {
  const box = page.locator('.monaco-dialog-box');
  await box.waitFor({ timeout: timeoutMs });
  await box.locator(':focus').waitFor({ timeout: timeoutMs });
  const buttons = box.locator('.dialog-buttons .monaco-button');
  const [message, detail, labels, focused] = await Promise.all([
    textOf(box.locator('.dialog-message')),
    textOf(box.locator('.dialog-message-detail')),
    buttons.allInnerTexts(),
    box.locator('.dialog-buttons .monaco-button:focus').allInnerTexts(),
  ]);
  return { message, detail, buttons: labels.map((label) => label.trim()), focused: focused[0]?.trim() };
}

/** Presses the button with exactly this label in the open dialog and waits until the dialog has gone. */
export async function pressButton(page: Page, label: string): Promise<void> {
  const box = page.locator('.monaco-dialog-box');
  await box.getByRole('button', { name: label, exact: true }).click();
  await box.waitFor({ state: 'detached' });
}

/** Presses a button, or Escape, in the open dialog after which another dialog, which shows `next`, takes its place at once; reads that one. */
export async function pressFor(page: Page, label: string, next: string | RegExp): Promise<Dialog> {
  if (label === 'Escape') await page.keyboard.press('Escape');
  else await page.locator('.monaco-dialog-box').getByRole('button', { name: label, exact: true }).click();
  await page.locator('.monaco-dialog-box', { hasText: next }).waitFor();
  return dialog(page);
}

/** Waits for an editor tab whose label contains `label`, and for its web view, if it is one, to show `text`. */
export async function shownTab(page: Page, label: string, text: string): Promise<void> {
  await page.locator('.tabs-container .tab', { hasText: label }).first().waitFor();
  await page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame').getByText(text).first().waitFor();
}

/** Presses the button with exactly this label in the newest notification that contains `text`, once there is one. */
export async function pressInNotification(page: Page, text: string | RegExp, label: string): Promise<void> {
  // One of a minute ago says another time and stays beside it.
  const toast = page.locator('.notification-toast', { hasText: text }).first();
  const button = toast.getByRole('button', { name: label, exact: true });
  const pressed = await button.elementHandle();
  await button.click();
  await pressed?.waitForElementState('hidden');
}

/** Presses a key in the open dialog and waits until the dialog has gone. */
export async function pressKey(page: Page, key: 'Enter' | 'Escape'): Promise<void> {
  await page.keyboard.press(key);
  await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
}

/** Presses Escape in the open dialog and waits until the dialog has gone. */
export async function pressEscape(page: Page): Promise<void> {
  await pressKey(page, 'Escape');
}

/** Waits for a quick pick or an input box and reads it. */
export async function quickInput(page: Page, timeoutMs = ANSWER_LIMIT_MS): Promise<QuickInput> {
  const widget = page.locator('.quick-input-widget:visible');
  await widget.waitFor({ timeout: timeoutMs });
  const input = widget.locator('.quick-input-box input');
  return {
    title: await textOf(widget.locator('.quick-input-title')),
    placeholder: (await input.getAttribute('placeholder')) ?? '',
    message: await textOf(widget.locator('.quick-input-message')),
    value: await input.inputValue(),
    rows: await labelsOf(widget.locator('.quick-input-list .monaco-list-row')),
  };
}

/** Types `text` into the open quick pick or input box and accepts it with Enter. */
export async function answerQuickInput(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-widget:visible .quick-input-box input').fill(text);
  await page.keyboard.press('Enter');
}

/** Picks the first row of the open quick pick that contains `text`. */
export async function pickRow(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: text }).first().click();
}

/** Presses the button that appears on the row of a tree that contains `text`. */
export async function pressOnRow(page: Page, text: string, label: string): Promise<void> {
  const row = page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
  const button = row.locator(`.action-label[aria-label="${label}"]`);
  await scrollTo(page, row);
  // A tree that is drawn anew under the mouse shows the button only after the mouse has moved again.
  for (let tries = 0; !(await button.isVisible()) && tries < 20; tries++) {
    await page.mouse.move(0, 0);
    await row.hover();
    await page.waitForTimeout(250);
  }
  await button.click();
}

/** Turns the wheel over a tree until a row that is drawn at its edge stands wholly in it. */
async function scrollTo(page: Page, row: Locator): Promise<void> {
  const tree = row.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " pane-body ")]');
  for (let tries = 0; tries < 20; tries++) {
    const [inner, outer] = [await row.boundingBox(), await tree.boundingBox()];
    if (!inner || !outer) throw new Error('the row is not drawn');
    const below = inner.y + inner.height - (outer.y + outer.height);
    const above = outer.y - inner.y;
    if (below <= 0 && above <= 0) return;
    await page.mouse.move(outer.x + outer.width / 2, outer.y + outer.height / 2);
    await page.mouse.wheel(0, below > 0 ? inner.height : -inner.height);
    await page.waitForTimeout(100);
  }
}

/** Runs the command with exactly this title (`Category: Title`) from the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = page.locator('.quick-input-widget:visible .monaco-list-row').filter({ has: page.getByText(title, { exact: true }) }).first();
  // A view that takes the focus late closes the palette under the mouse: it is opened again then.
  for (let tries = 1; ; tries++) {
    try {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget:visible .quick-input-box input').fill(`>${title}`, { timeout: PALETTE_LIMIT_MS });
      await row.click({ timeout: PALETTE_LIMIT_MS });
      return;
    } catch (error) {
      if (tries === PALETTE_TRIES || !(error instanceof errors.TimeoutError)) throw error;
    }
  }
}

/** Waits for a status bar item whose id contains `idPart` (an extension's item has its extension's id in it) and reads it. */
export async function statusItem(page: Page, idPart: string): Promise<StatusItem> {
  const item = page.locator(`.statusbar-item[id*="${idPart}"]`).first();
  await item.waitFor();
  return readStatusItem(item);
}

/** Saves a picture of the whole page as PNG. */
export async function screenshot(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
}

async function readStatusItem(item: Locator): Promise<StatusItem> {
  const classes = ((await item.getAttribute('class')) ?? '').split(' ');
  const inner = item.locator('[aria-label]').first();
  return {
    id: (await item.getAttribute('id')) ?? '',
    text: (await item.innerText()).trim(),
    ariaLabel: (await ((await inner.count()) > 0 ? inner : item).getAttribute('aria-label')) ?? '',
    kind: classes.includes('error-kind') ? 'error' : classes.includes('warning-kind') ? 'warning' : 'normal',
  };
}

async function textOf(locator: Locator): Promise<string> {
  return (await locator.allInnerTexts()).join('\n').trim();
}

async function labelsOf(rows: Locator): Promise<string[]> {
  const labels = await Promise.all((await rows.all()).map((row) => row.getAttribute('aria-label')));
  return labels.map((label) => label ?? '');
}
