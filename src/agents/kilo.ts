import { join } from 'node:path';
import type { Adapter } from './adapter.ts';
import { decodeOpencode, encodeOpencodeOutput, isOpencodePicture, opencodePlugin } from './opencode-host.ts';
import { encodeForPlugin } from './plugin-source.ts';

const kilo = { id: 'kilo', product: 'Kilo Code', timeoutSeconds: 600 };

/** Kilo Code: command line and editor extension, both made from opencode. */
export const adapter: Adapter = {
  id: kilo.id,
  title: kilo.product,
  timeoutSeconds: kilo.timeoutSeconds,
  holds: { shell: true, read: true, write: true, mcp: true, failure: true },
  limits: {
    canAsk: false,
    failsOpen: [
      '--pure, KILO_PURE=1 and an XDG_CONFIG_HOME other than ~/.config start it without the plugin.',
      'Its older extension, before version 7, has no plugins.',
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
  docs: 'https://kilo.ai/docs/automate/extending/plugins',
  traces: ['.config/kilo', '.local/share/kilo'],
  installation: (home) => opencodePlugin(kilo, join(home, '.config', 'kilo', 'plugin', 'interlock.js')),
  decode: (call) => decodeOpencode(call, kilo),
  encode: encodeForPlugin,
  isPicture: isOpencodePicture,
  encodeOutput: encodeOpencodeOutput,
};
