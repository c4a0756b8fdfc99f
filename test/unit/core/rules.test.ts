import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ShellAction } from '../../../src/core/action.ts';
import { decide } from '../../../src/core/decide.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { rules } from '../../../src/core/rules/all.ts';
import type { Verdict } from '../../../src/core/verdict.ts';
import { blindWorld } from '../../../src/core/world.ts';

/** Each rule carries its own cases: what it must catch, by which operation, and the look-alikes it must let pass. */
function verdictOn(command: string): Verdict {
  const action: ShellAction = { tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: '/home/dev/project', workspaceRoots: ['/home/dev/project'], env: { HOME: '/home/dev' } };
  return decide(action, blindWorld(), defaultPolicy);
}

for (const rule of rules) {
  describe(rule.tool, () => {
    for (const { command, by } of rule.cases.caught) {
      it(`catches ${command.slice(0, 120)}`, () => {
        const { decision, findings } = verdictOn(command);
        // A rule that hands its text on (SQL, HTTP) is caught by what it was handed to.
        const wanted = by.includes('/') ? by : `${rule.tool}/${by}`;
        assert.ok(findings.some((finding) => finding.rule === wanted && finding.decision === decision), `wanted ${wanted}, found ${findings.map((finding) => finding.rule).join(', ') || 'nothing'}`);
        assert.notEqual(decision, 'allow');
      });
    }
    for (const command of rule.cases.passes) {
      it(`lets ${command.slice(0, 120)} pass`, () => {
        const { decision, findings } = verdictOn(command);
        assert.ok(decision === 'allow', `${decision} by ${findings.map((finding) => finding.rule).join(', ')}`);
      });
    }
  });
}

describe('every rule', () => {
  const ids = rules.flatMap((rule) => [...rule.operations, ...(rule.controlPlane?.mutations ?? []), ...(rule.controlPlane?.paths ?? [])].map((operation) => `${rule.tool}/${operation.id}`));
  it('has an id of its own for each operation', () => assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), []));
  for (const rule of rules) {
    it(`${rule.tool} has cases both ways and a documentation link`, () => {
      assert.ok(rule.cases.caught.length > 0 && rule.cases.passes.length > 0);
      assert.ok(rule.docs.startsWith('https://'));
    });
  }
});
