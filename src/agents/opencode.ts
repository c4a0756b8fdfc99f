import type { Adapter } from './adapter.ts';
import { opencodeAdapter } from './opencode-host.ts';

/** opencode: command line, terminal and desktop. */
export const adapter: Adapter = opencodeAdapter({
  id: 'opencode',
  title: 'opencode',
  docs: 'https://opencode.ai/docs/plugins/',
  traces: ['.config/opencode', '.local/share/opencode'],
  plugin: ['.config', 'opencode', 'plugins', 'interlock.js'],
  shellPlugin: 'interlock-shells.js',
  withoutPlugin: ['--pure, OPENCODE_PURE=1 and an XDG_CONFIG_HOME other than ~/.config start it without the plugin.', 'opencode 2 (beta) does not load plugins of this kind.'],
});
