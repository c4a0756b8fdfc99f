/** Variables that agents set in the shells they start, and only there. `CURSOR_TRACE_ID` is not among them: a person's terminals in Cursor carry it too. */
export const agentMarkers: readonly string[] = [
  'CLAUDECODE',
  'CURSOR_AGENT',
  'AI_AGENT',
  'COPILOT_AGENT',
  'COPILOT_CLI',
  'CODEX_THREAD_ID',
  'CODEX_CI',
  'CODEX_SANDBOX',
  'GEMINI_CLI',
  'QWEN_CODE',
  'OPENCODE',
  'CLINE_ACTIVE',
  'ROO_ACTIVE',
  'AUGMENT_AGENT',
  'ANTIGRAVITY_AGENT',
  'AMP_CURRENT_THREAD_ID',
];
