import { ampSilences } from './amp.ts';
import { antigravitySilences } from './antigravity.ts';
import { claudeCodeSilences } from './claude-code.ts';
import { clineSilences } from './cline.ts';
import { codexSilences } from './codex.ts';
import { copilotSilences } from './copilot.ts';
import { devinSilences } from './devin.ts';
import { droidSilences } from './droid.ts';
import { geminiCliSilences } from './gemini-cli.ts';
import { grokSilences } from './grok.ts';
import { kiloSilences } from './kilo.ts';
import { kiroSilences } from './kiro.ts';
import { opencodeSilences } from './opencode.ts';
import { qwenCodeSilences } from './qwen-code.ts';
import type { Silencer } from './silencer.ts';

/** What can silence the hooks of an agent, by its id. Not in the adapters: hook programs have no use for it. */
export const silencers: Readonly<Record<string, Silencer>> = {
  amp: ampSilences,
  antigravity: antigravitySilences,
  'claude-code': claudeCodeSilences,
  cline: clineSilences,
  codex: codexSilences,
  copilot: copilotSilences,
  devin: devinSilences,
  droid: droidSilences,
  'gemini-cli': geminiCliSilences,
  grok: grokSilences,
  kilo: kiloSilences,
  kiro: kiroSilences,
  opencode: opencodeSilences,
  'qwen-code': qwenCodeSilences,
};
