import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules } from '../../../src/core/rules/all.ts';
import { strictest, verdictOn, wantedBy } from './rule-cases.ts';

/** Each rule carries its own cases: what it must catch, by which operation, and the look-alikes it must let pass. */
for (const rule of rules) {
  describe(rule.tool, () => {
    for (const { command, by, sighted } of rule.cases.caught) {
      it(`catches ${command.slice(0, 120)}`, () => {
        const { decision, findings } = verdictOn(command, sighted);
        const wanted = wantedBy(rule, by);
        assert.ok(findings.some((finding) => finding.rule === wanted && finding.decision === decision), `wanted ${wanted}, found ${findings.map((finding) => finding.rule).join(', ') || 'nothing'}`);
        assert.notEqual(decision, 'allow');
        // What a rule hands on (SQL, HTTP) is judged elsewhere; its own cases must not be caught by accident.
        if (by.includes('/')) return;
        const others = findings.filter((finding) => !finding.rule.startsWith(`${rule.tool}/`));
        assert.notEqual(strictest(others), decision, `${others.map((finding) => finding.rule).join(', ')} would decide the same without ${rule.tool}`);
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
