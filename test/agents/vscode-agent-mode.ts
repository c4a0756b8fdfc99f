/** VS Code's own agent mode (the built-in Copilot Chat, Local) in the workbench, with a model that the extension in scripted-chat/ brings. Nobody signs in. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { runCommand } from '../workbench/page.ts';
import type { Reaper } from '../workbench/reaper.ts';
import type { Client, ClientOutcome } from './client.ts';
import { isDone, scriptedChatApi, scriptedChatToolResults } from './scripted-chat-api.ts';
import { type Scenario, startScriptedModel } from './scripted-model.ts';
import { type Stage, until } from './stage.ts';

const RUN_LIMIT_MS = 120_000;
const MODEL = 'scripted/scripted';

interface WorkbenchClient extends Client {
  readonly workbench: NonNullable<Client['workbench']>;
  run(stage: Pick<Stage, 'home' | 'window'>, reaper: Reaper, scenario: Scenario): Promise<ClientOutcome>;
}

export const vscodeAgentMode: WorkbenchClient = {
  id: 'vscode',
  title: 'VS Code’s agent mode',
  agent: 'GitHub Copilot',
  traces: ([command, ...args]) => ({
    '.copilot/': '',
    'ud/User/mcp.json': `${JSON.stringify({ servers: { volumes: { command, args } } })}\n`,
    // A model of the person's own makes a signed-in account unnecessary.
    'ud/User/chatLanguageModels.json': `${JSON.stringify([{ name: 'Scripted', vendor: 'scripted' }])}\n`,
    // The recording tools lie next to the home.
    '.bashrc': 'PATH=$HOME/../bin:$PATH\n',
  }),
  hookFile: '.copilot/hooks/interlock.json',
  shell: (command) => ({ tool: 'run_in_terminal', input: { command, explanation: 'Work', goal: 'Work', mode: 'sync' } }),
  read: (path) => ({ tool: 'read_file', input: { filePath: path, startLine: 1, endLine: 100 } }),
  write: (path, content) => ({ tool: 'create_file', input: { filePath: path, content } }),
  deleteVolume: (volumeId) => ({ tool: 'mcp_volumes_delete_volume', input: { volumeId } }),
  whenKilled: 'runs',
  masksOutput: 'all',
  workbench: {
    extensionFolders: [join(import.meta.dirname, 'scripted-chat')],
    settings: {
      'chat.disableAIFeatures': false,
      'chat.utilityModel': MODEL,
      'chat.utilitySmallModel': MODEL,
      // Its own questions are approved for every chat, as a person in a hurry has it: only hooks stop a tool.
      'chat.permissions.default': 'autoApprove',
    },
    prepare: completeChatSetup,
  },
  provision: () => Promise.resolve(),
  async run({ home, window: { page } }, _reaper, scenario) {
    const model = await startScriptedModel(scriptedChatApi, scenario);
    try {
      await writeFile(join(home, '.scripted-chat'), model.baseUrl);
      await runCommand(page, 'Scripted Chat: Start the Chore');
      await until(() => isDone(model.requests, scenario.length), 'the chat did not come to its end', RUN_LIMIT_MS);
      return { said: '', results: scriptedChatToolResults(model.requests), requests: model.requests };
    } finally {
      await model.stop();
    }
  },
};

/**
 * At its first start the workbench disables its chat extension until somebody has signed in, and notes in the browser that it has done so.
 * The note is made before the workbench is opened there.
 */
async function completeChatSetup(page: Page): Promise<void> {
  await page.evaluate(`Promise.all(['global', 'global-shared'].map((scope) => new Promise((resolve, reject) => {
    const opening = indexedDB.open('vscode-web-state-db-' + scope, 1);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => opening.result.createObjectStore('ItemTable');
    opening.onsuccess = () => {
      const writing = opening.result.transaction('ItemTable', 'readwrite');
      writing.objectStore('ItemTable').put('true', 'builtinChatExtensionEnablementMigration');
      writing.oncomplete = () => resolve(opening.result.close());
    };
  })))`);
}
