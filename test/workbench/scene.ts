/** What every scene is made of: a stage with a guarded agent, requests as that agent sends them, and pictures of what the person saw. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { read } from '../../src/journal/read.ts';
import { runClaudeHook } from '../agents/hook-host.ts';
import type { Stage } from '../agents/stage.ts';
import { answerQuickInput, pressButton, runCommand, screenshot, shownTab } from './page.ts';

/** A short story in the one workbench that all scenes share: it leaves no question open, nothing stopped and no session locked. */
export interface Scene {
  readonly title: string;
  readonly play: (stage: Stage) => Promise<void>;
}

/** What the agent was told. */
export interface Told {
  readonly denied: boolean;
  /** Empty where it was allowed. */
  readonly reason: string;
}

const pictures = join(import.meta.dirname, '../../test-results');

/** Asks the installed hook as Claude Code does before each tool call, in the shop. `session` keeps scenes from each other's refusals. */
export async function callTool(stage: Stage, session: string, tool: string, input: Readonly<Record<string, unknown>>, folder = stage.shop.folder): Promise<Told> {
  const { home, path } = stage;
  const payload = { session_id: session, transcript_path: join(home, `.claude/projects/${session}.jsonl`), cwd: folder, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input, tool_use_id: `${session}-${tool}` };
  const { exitCode, stderr } = await runClaudeHook(home, payload, { cwd: folder, env: { HOME: home, PATH: path.join(':'), LANG: 'C.UTF-8', CLAUDECODE: '1' } });
  return { denied: exitCode !== 0, reason: stderr };
}

/** As `callTool`, for a command of the shell. */
export function callShell(stage: Stage, session: string, command: string, folder?: string): Promise<Told> {
  return callTool(stage, session, 'Bash', { command, description: 'A step of the chore' }, folder);
}

/** The agent was refused, and told something that fits. */
export function assertDenied({ denied, reason }: Told, says: RegExp): void {
  assert.ok(denied, 'it was allowed');
  assert.match(reason, says);
}

/** The agent was let through. */
export function assertAllowed({ denied, reason }: Told): void {
  assert.ok(!denied, reason);
}

/** What the journal tells of changes that a person made. */
export async function changesByPerson({ home }: Stage): Promise<readonly string[]> {
  const records = await read(join(home, '.interlock/journal'), { limit: 200 });
  return records.flatMap((record) => (record.type === 'configuration' && record['by'] === 'person' ? [String(record['what'])] : []));
}

/** Answers the open question with Why?, which leaves the workbench to the person for a while, and closes the page that opens: a web view takes the focus from dialogs and pickers. */
export async function readAbout({ window: { page } }: Stage, document: string): Promise<void> {
  await pressButton(page, 'Why?');
  await shownTab(page, document, 'delete');
  await runCommand(page, 'View: Close All Editors');
  await page.locator('.tabs-container .tab', { hasText: document }).waitFor({ state: 'detached' });
}

/** Saves what the person sees. */
export async function picture(stage: Stage, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await screenshot(stage.window.page, join(pictures, `${name}.png`));
}

/** A command of the meddler's that a scene gives twice. */
export const TURN_TERMINAL_GUARD = 'Meddler: Turn the Terminal Guard On or Off';

const MEDDLER = `const vscode = require('vscode');
exports.activate = (context) => context.subscriptions.push(vscode.commands.registerCommand('meddler.call', async () => {
  const id = await vscode.window.showInputBox({ prompt: 'Which command?' });
  if (id) await vscode.commands.executeCommand(id);
}), vscode.commands.registerCommand('meddler.guard', () => {
  const settings = vscode.workspace.getConfiguration('interlock.terminalGuard');
  return settings.update('enabled', !settings.get('enabled'), vscode.ConfigurationTarget.Global);
}), vscode.commands.registerCommand('meddler.type', async () => {
  const line = await vscode.window.showInputBox({ prompt: 'What to run?' });
  const terminal = vscode.window.createTerminal({ name: 'Cline', env: { CLINE_ACTIVE: 'true' } });
  terminal.show();
  const integration = terminal.shellIntegration ?? await new Promise((resolve) => {
    const waiting = vscode.window.onDidChangeTerminalShellIntegration((change) => {
      if (change.terminal !== terminal) return;
      waiting.dispose();
      resolve(change.shellIntegration);
    });
  });
  integration.executeCommand(line);
}));
`;

/** Makes another extension that runs whatever command it is told to, of the editor or in a terminal of its own, as an agent would. */
export async function makeMeddler(folder: string): Promise<string> {
  const extension = join(folder, 'meddler');
  const manifest = { name: 'meddler', publisher: 'somebody', version: '0.0.0', engines: { vscode: '^1.105.0' }, main: './extension.js', activationEvents: [], contributes: { commands: [{ command: 'meddler.call', category: 'Meddler', title: 'Call a Command' }, { command: 'meddler.guard', category: 'Meddler', title: 'Turn the Terminal Guard On or Off' }, { command: 'meddler.type', category: 'Meddler', title: 'Run in a Terminal' }] } };
  await mkdir(extension, { recursive: true });
  await writeFile(join(extension, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(extension, 'extension.js'), MEDDLER);
  return extension;
}

/** Has the other extension run a command of Interlock's. */
export async function meddle({ window: { page } }: Stage, command: string): Promise<void> {
  await runCommand(page, 'Meddler: Call a Command');
  await answerQuickInput(page, command);
}

/** Has the other extension run a line in a terminal that it opens, with an agent's marker in it. */
export async function runInTerminal({ window: { page } }: Stage, line: string): Promise<void> {
  await runCommand(page, 'Meddler: Run in a Terminal');
  await answerQuickInput(page, line);
}
