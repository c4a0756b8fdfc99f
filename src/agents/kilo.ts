import type { Adapter } from './adapter.ts';
import { opencodeAdapter } from './opencode-host.ts';

/** Kilo Code: command line and editor extension, both made from opencode. */
export const adapter: Adapter = opencodeAdapter({
  id: 'kilo',
  title: 'Kilo Code',
  docs: 'https://kilo.ai/docs/automate/extending/plugins',
  traces: ['.config/kilo', '.local/share/kilo'],
  plugin: ['.config', 'kilo', 'plugin', 'interlock.js'],
  shellPlugin: 'interlock-shells.js',
  withoutPlugin: ['--pure, KILO_PURE=1 and an XDG_CONFIG_HOME other than ~/.config start it without the plugin.', 'Its older extension, before version 7, has no plugins.'],
});
