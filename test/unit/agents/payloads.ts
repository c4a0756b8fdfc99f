/** Payloads in the shapes the agents document, with invented values. */

export const WORKSPACE = '/home/dev/shop';

const claudeBase = {
  session_id: '5a1e2f00-0000-4000-8000-000000000001',
  transcript_path: '/home/dev/.claude/projects/-home-dev-shop/5a1e2f00.jsonl',
  cwd: `${WORKSPACE}/api`,
  prompt_id: 'p-1',
  permission_mode: 'default',
  effort: { level: 'medium' },
};

/** A Claude Code `PreToolUse` request. */
export function claudeTool(tool_name: string, tool_input: object, more: object = {}): string {
  return JSON.stringify({ ...claudeBase, hook_event_name: 'PreToolUse', tool_name, tool_input, tool_use_id: 'toolu_1', ...more });
}

/** Any other event of Claude Code. */
export function claudeEvent(hook_event_name: string, more: object = {}): string {
  return JSON.stringify({ ...claudeBase, hook_event_name, ...more });
}

const cursorBase = {
  conversation_id: 'conv-1',
  generation_id: 'gen-1',
  model: 'some-model',
  model_params: [{ id: 'effort', value: 'high' }],
  session_id: 'conv-1',
  cursor_version: '3.18.4',
  workspace_roots: [WORKSPACE],
  user_email: null,
  transcript_path: null,
};

export function cursorEvent(hook_event_name: string, fields: object): string {
  return JSON.stringify({ ...cursorBase, ...fields, hook_event_name });
}

/** A Cursor `preToolUse` request. */
export function cursorTool(tool_name: string, tool_input: object, more: object = {}): string {
  return cursorEvent('preToolUse', { tool_name, tool_input, tool_use_id: 'tool_1', ...more });
}
