import { claudeCodeSilences } from './claude-code.ts';
import { codexSilences } from './codex.ts';
import { copilotSilences } from './copilot.ts';
import { geminiCliSilences } from './gemini-cli.ts';
import { qwenCodeSilences } from './qwen-code.ts';
import type { Silencer } from './silencer.ts';

/** What can silence the hooks of an agent, by its id. Not in the adapters: hook programs have no use for it. */
export const silencers: Readonly<Record<string, Silencer>> = {
  'claude-code': claudeCodeSilences,
  codex: codexSilences,
  copilot: copilotSilences,
  'gemini-cli': geminiCliSilences,
  'qwen-code': qwenCodeSilences,
};
