import { join } from 'node:path';
import type { Adapter } from './adapter.ts';
import { decodeOpencode, encodeOpencodeOutput, isOpencodePicture, opencodePlugin } from './opencode-host.ts';
import { encodeForPlugin } from './plugin-source.ts';

const opencode = { id: 'opencode', product: 'opencode', timeoutSeconds: 600 };

/** opencode: command line, terminal and desktop. */
export const adapter: Adapter = {
  id: opencode.id,
  title: opencode.product,
  timeoutSeconds: opencode.timeoutSeconds,
  holds: { shell: true, read: true, write: true, mcp: true, failure: true },
  limits: {
    canAsk: false,
    failsOpen: [
      '--pure, OPENCODE_PURE=1 and an XDG_CONFIG_HOME other than ~/.config start it without the plugin.',
      'opencode 2 (beta) does not load plugins of this kind.',
      'A plugin that is loaded later, such as one of the project, may change a request after it was allowed.',
    ],
    cannotSee: [
      'files named with @ in a prompt',
      'commands you type after ! and those of command templates',
      'what a command does once it runs',
      'what a tool says that breaks off with an error, and what a command printed before you interrupted it: they reach the model unmasked',
    ],
  },
  tested: 'real client',
  docs: 'https://opencode.ai/docs/plugins/',
  traces: ['.config/opencode', '.local/share/opencode'],
  installation: (home) => opencodePlugin(opencode, join(home, '.config', 'opencode', 'plugins', 'interlock.js')),
  decode: (call) => decodeOpencode(call, opencode),
  encode: encodeForPlugin,
  isPicture: isOpencodePicture,
  encodeOutput: encodeOpencodeOutput,
};
