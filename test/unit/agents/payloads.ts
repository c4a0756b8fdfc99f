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

const claudeLike = { session_id: 's', transcript_path: '/home/dev/x.jsonl', cwd: WORKSPACE, hook_event_name: 'PreToolUse' };

/** A request of each product, for adapters of the others: a command that must not run unseen. */
const requests = {
  'Claude Code': claudeTool('Bash', { command: 'rm x' }),
  Codex: JSON.stringify({ ...claudeLike, turn_id: 't', tool_name: 'Bash', tool_input: { command: 'rm x' } }),
  'Copilot CLI': JSON.stringify({ sessionId: 's', timestamp: 1, cwd: WORKSPACE, toolName: 'bash', toolArgs: { command: 'rm x' } }),
  Cursor: cursorTool('Shell', { command: 'rm x' }),
  'Gemini CLI': JSON.stringify({ ...claudeLike, hook_event_name: 'BeforeTool', tool_name: 'run_shell_command', tool_input: { command: 'rm x' } }),
  'VS Code': JSON.stringify({ ...claudeLike, timestamp: '2026-01-01T00:00:00Z', tool_name: 'run_in_terminal', tool_input: { command: 'rm x' } }),
  antigravity: JSON.stringify({ toolCall: { name: 'run_command', args: { CommandLine: 'rm x' } }, stepIdx: 1, conversationId: 'c', workspacePaths: [WORKSPACE] }),
  auggie: JSON.stringify({ hook_event_name: 'PreToolUse', conversation_id: 'c', workspace_roots: [WORKSPACE], tool_name: 'launch-process', tool_input: { command: 'rm x' }, is_mcp_tool: false }),
  devin: JSON.stringify({ hook_event_name: 'PreToolUse', session_id: 'bramble-scorpion', tool_name: 'exec', tool_input: { command: 'rm x' }, tool_use_id: 'functions.exec:3' }),
  droid: JSON.stringify({ ...claudeLike, transcript_path: '/home/dev/.factory/sessions/x.jsonl', permission_mode: 'auto-high', tool_name: 'Execute', tool_input: { command: 'rm x' } }),
  grok: JSON.stringify({ hookEventName: 'pre_tool_use', sessionId: 'g', cwd: WORKSPACE, workspaceRoot: WORKSPACE, toolName: 'run_terminal_command', toolUseId: 'call-1', toolInput: { command: 'rm x' }, toolInputTruncated: false }),
  kiro: JSON.stringify({ hook_event_name: 'PreToolUse', cwd: WORKSPACE, session_id: 'k', tool_name: 'execute_bash', tool_input: { command: 'rm x' } }),
  windsurf: JSON.stringify({ agent_action_name: 'pre_run_command', trajectory_id: 't', tool_info: { command_line: 'rm x', cwd: WORKSPACE } }),
} as const;

export function requestOf(product: keyof typeof requests): string {
  return requests[product];
}

/** The requests of every product but one, by name. */
export function strangersTo(product: keyof typeof requests): readonly (readonly [name: string, payload: string])[] {
  return Object.entries(requests).filter(([name]) => name !== product);
}
