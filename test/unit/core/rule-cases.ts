import type { ShellAction } from '../../../src/core/action.ts';
import { decide } from '../../../src/core/decide.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import type { HttpOperation, Operation, Rule } from '../../../src/core/rule.ts';
import { decisions, type Decision, type Finding, type Verdict } from '../../../src/core/verdict.ts';
import { blindWorld } from '../../../src/core/world.ts';
import { fakeWorld } from './fake-world.ts';

const project = '/home/dev/project';
const disk = fakeWorld({ files: { [`${project}/notes.md`]: 'untracked' }, repositories: [project], unpushed: 2 });

/** What becomes of a rule's case: an agent's command in a project of which, unless it says so, nothing is known. */
export function verdictOn(command: string, sighted = false): Verdict {
  const action: ShellAction = { tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: project, workspaceRoots: [project], env: { HOME: '/home/dev' } };
  return decide(action, sighted ? disk : blindWorld(), defaultPolicy);
}

/** The full id a case names; one with a slash stands for what another room or rule is handed. */
export function wantedBy(rule: Rule, by: string): string {
  return by.includes('/') ? by : `${rule.tool}/${by}`;
}

/** The strictest decision among findings. */
export function strictest(findings: readonly Finding[]): Decision {
  return findings.reduce<Decision>((worst, { decision }) => (decisions.indexOf(decision) > decisions.indexOf(worst) ? decision : worst), 'allow');
}

/** What a rule lists of a control plane. */
export function requestsOf(rule: Rule): readonly HttpOperation[] {
  return [...(rule.controlPlane?.mutations ?? []), ...(rule.controlPlane?.paths ?? [])];
}

/** Everything a rule lists, with the family it belongs to: the first word of its subcommand, or the control plane. */
export function listedIn(rule: Rule): readonly { readonly operation: Operation | HttpOperation; readonly family: string }[] {
  return [
    ...rule.operations.map((operation) => ({ operation, family: operation.words[0]?.split('|')[0] ?? rule.tool })),
    ...requestsOf(rule).map((operation) => ({ operation, family: 'HTTP requests' })),
  ];
}
