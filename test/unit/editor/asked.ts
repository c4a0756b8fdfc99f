import type { Action, ShellAction } from '../../../src/core/action.ts';
import type { Finding, Verdict } from '../../../src/core/verdict.ts';
import type { Question } from '../../../src/gate/ports.ts';

/** A deletion of a volume nobody can place, as an agent would ask for it. */
export const finding: Finding = {
  verb: 'delete',
  resource: { kind: 'volume', name: 'vol-1', provider: 'railway' },
  reversibility: 'irreversible',
  certainty: 'certain',
  rule: 'railway/volume-delete',
  why: 'Deletes the volume vol-1 and the backups on it',
  target: { by: 'host', host: 'backboard.railway.app' },
  environment: 'unknown',
  evidence: ['nothing says which environment vol-1 belongs to'],
  decision: 'ask',
  typed: true,
  because: 'it targets production, or something not known to be anything else',
  source: 'built-in',
};

/** A deletion of files on this machine. */
export const localFinding: Finding = {
  ...finding,
  resource: { kind: 'folder', name: 'notes', provider: 'local files' },
  rule: 'rm/delete',
  why: 'Deletes 3 files that exist nowhere else',
  target: { by: 'path' },
  environment: 'local',
  evidence: [],
  paths: ['/home/ana/shop/notes'],
  typed: false,
  because: 'it cannot be undone',
};

export function shell(command: string, more: Partial<ShellAction> = {}): ShellAction {
  return { tool: 'shell', shell: 'bash', command, agent: 'claude-code', session: 's1', cwd: '/home/ana/shop', workspaceRoots: [], env: {}, ...more };
}

export function question(action: Action, findings: readonly Finding[], more: Partial<Question> & { readonly confirmation?: Verdict['confirmation'] } = {}): Question {
  const { confirmation = { by: 'click' }, ...rest } = more;
  return { id: 'q1', action, verdict: { decision: 'ask', confirmation, findings }, agentTitle: 'Claude Code', deadline: 270_000, ...rest };
}
