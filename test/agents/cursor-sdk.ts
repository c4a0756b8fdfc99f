/** Cursor's agent through `@cursor/sdk`: its own executor of hooks, tools, shells and MCP servers, with a stand-in for the backend. */
import { delimiter, join } from 'node:path';
import { QUIET_ENV } from '../workbench/isolation.ts';
import { provisionCursorSdk } from '../workbench/provision.ts';
import { saidUntilEnd } from './client.ts';
import { startCursorBackend } from './cursor-backend.ts';
import type { NodeClient } from './node-clients.ts';

const MODELS = JSON.stringify([{ id: 'scripted', displayName: 'Scripted' }]);

export const cursorSdk: NodeClient = {
  id: 'cursor',
  title: 'Cursor’s agent',
  agent: 'Cursor',
  traces: ([command, ...args]) => ({
    '.cursor/mcp.json': `${JSON.stringify({ mcpServers: { volumes: { command, args } } })}\n`,
    // It starts login shells, and the system's profile sets PATH anew.
    '.bash_profile': 'PATH=${TEST_PATH:-$PATH}\n',
  }),
  hookFile: '.cursor/hooks.json',
  shell: (command) => ({ tool: 'Shell', input: { command } }),
  read: (path) => ({ tool: 'Read', input: { path } }),
  write: (path, content) => ({ tool: 'Write', input: { path, content } }),
  deleteVolume: (volumeId) => ({ tool: 'Mcp', input: { server: 'volumes', name: 'delete_volume', arguments: { volumeId } } }),
  // Its hooks are installed with `failClosed`.
  whenKilled: 'holds',
  masksOutput: 'all',
  provision: provisionCursorSdk,
  async run(stage, reaper, scenario) {
    const { node, program } = await provisionCursorSdk();
    const backend = await startCursorBackend(scenario);
    const path = stage.path.join(delimiter);
    const child = reaper.spawn(node, [join(import.meta.dirname, 'cursor-sdk-run.mjs'), program, 'Do the chore.'], {
      cwd: stage.shop.folder,
      env: {
        HOME: stage.home,
        PATH: path,
        TEST_PATH: path,
        SHELL: '/bin/bash',
        LANG: 'C.UTF-8',
        TERM: 'dumb',
        CURSOR_BACKEND_URL: backend.baseUrl,
        CURSOR_SDK_LOCAL_MODEL_CATALOG_JSON: MODELS,
        ...QUIET_ENV,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      return { said: await saidUntilEnd(child, reaper), results: backend.results, requests: backend.requests };
    } finally {
      await reaper.kill(child);
      await backend.stop();
    }
  },
};
