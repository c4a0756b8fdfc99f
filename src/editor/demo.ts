import type { ShellAction } from '../core/action.ts';
import { defaultPolicy } from '../core/policy/defaults.ts';
import type { KnownSecret } from '../core/world.ts';
import { blindWorld } from '../core/world.ts';
import type { Engine } from '../gate/engine.ts';
import type { Question } from '../gate/ports.ts';

const MINUTES_5 = 5 * 60 * 1000;
const FOLDER = '/home/you/shop';
/** Nobody's: made up, and put together here so that no file holds it whole. */
const token = ['7c1e9b52', '4d3f', '4a86', '9b0e', '2f6d8c5a1e47'].join('-');
const secret: KnownSecret = { name: 'RAILWAY_TOKEN', kind: 'railway token', file: `${FOLDER}/notes/custom-domain.md`, fingerprint: '4f1c' };

/** The request of the incident that Interlock was built after. It is only ever looked at. */
const action: ShellAction = {
  tool: 'shell',
  shell: 'bash',
  command: [
    'curl -s -X POST https://backboard.railway.app/graphql/v2 \\',
    `  -H "Authorization: Bearer ${token}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '{"query":"mutation { volumeDelete(volumeId: \\"3d2c42fb-a01b-4f60-9d43-b8f1c1d2a7e5\\") }"}'`,
  ].join('\n'),
  agent: 'demo',
  session: 'demo',
  cwd: FOLDER,
  workspaceRoots: [FOLDER],
  env: { HOME: '/home/you' },
};

/** The incident as the question a person meets, judged by the same function as everything else. */
export function demoQuestion(now: number, decide: Engine['decide']): Question {
  const world = { ...blindWorld(), secretsIn: (text: string) => (text.includes(token) ? [secret] : []) };
  const verdict = decide(action, world, { ...defaultPolicy, tags: [{ folder: FOLDER, environment: 'staging' }] });
  return { id: 'demo', action, verdict, agentTitle: 'A demonstration', deadline: now + MINUTES_5 };
}

/** Hides the demonstration's token as a real one is hidden. */
export function maskDemo(text: string): string {
  return text.replaceAll(token, `<hidden:${secret.name}#${secret.fingerprint}>`);
}
