import type { Action } from './action.ts';
import { analyse, createAnalysis } from './analyse.ts';
import { TooMuch } from './analysis.ts';
import type { Effect, LocatedEffect } from './effect.ts';
import { locate } from './environment/locate.ts';
import type { Policy } from './policy/policy.ts';
import { rulingOn } from './policy/ruling.ts';
import { secretEffects, traceEffects, viewOfPrinted } from './secrets/effects.ts';
import { printsUnseen } from './secrets/output.ts';
import { decisions, type Confirmation, type Decision, type Finding, type Verdict } from './verdict.ts';
import type { World } from './world.ts';

/**
 * The whole product: what becomes of an action. Pure and total: whatever goes wrong inside becomes a finding that holds the action.
 * @param action what is about to happen
 * @param world facts of the machine
 * @param policy what the person, team and defaults say
 */
export function decide(action: Action, world: World, policy: Policy): Verdict {
  try {
    const analysis = createAnalysis(action, world, policy.guardPaths);
    const secrets = secretEffects(action, analysis, policy);
    const effects = [...analyse(analysis), ...secrets.effects];
    const traced = [...effects, ...traceEffects(action, effects, world)];
    const findings = traced.map((effect) => judge(locate(effect, action, world, policy, analysis.tunnels), action, policy));
    return verdictOf(findings, analysis.output.masked || printsUnseen(action), secrets.maskedView ?? viewOfPrinted(effects, action, analysis));
  } catch (error) {
    // What could not be followed may print anything; masking its output costs nothing.
    return verdictOf([judge({ ...unreadable(error), environment: 'local', evidence: [] }, undefined, policy)], true, undefined);
  }
}

/** What cannot be looked into is held for a person; the message of an unexpected error may hold anything, so it is not shown. */
function unreadable(error: unknown): Effect {
  const reason = error instanceof TooMuch ? error.message : 'looking into it failed';
  return {
    verb: 'runUnknown',
    resource: { kind: 'action', name: '' },
    reversibility: 'irreversible',
    certainty: 'unknown',
    rule: error instanceof TooMuch ? 'core/too-much' : 'core/failed',
    why: `Does something Interlock could not see: ${reason}.`,
    saferWay: 'Split it into smaller steps.',
    target: { by: 'path' },
  };
}

function judge(effect: LocatedEffect, action: Action | undefined, policy: Policy): Finding {
  return { ...effect, ...rulingOn(effect, action, policy) };
}

function verdictOf(findings: readonly Finding[], masked: boolean, maskedView: string | undefined): Verdict {
  const sorted = findings.toSorted((a, b) => decisions.indexOf(b.decision) - decisions.indexOf(a.decision) || weight(b) - weight(a));
  const decision: Decision = sorted[0]?.decision ?? 'allow';
  return {
    decision,
    findings: sorted,
    ...(decision === 'ask' ? { confirmation: confirmationFor(sorted) } : {}),
    ...(masked && decision !== 'deny' ? { output: 'mask' as const } : {}),
    ...(maskedView === undefined ? {} : { maskedView }),
  };
}

/** Among findings of one decision, the one that should open the modal: the surest and least recoverable first; how it is paid for comes after what is lost. */
function weight(finding: Finding): number {
  const certainty = { certain: 2, likely: 1, unknown: 0 }[finding.certainty];
  const loss = { irreversible: 2, recoverable: 1, reversible: 0 }[finding.reversibility];
  return loss * 3 + certainty - (finding.verb === 'useCredential' || finding.verb === 'runUnknown' ? 10 : 0);
}

function confirmationFor(findings: readonly Finding[]): Confirmation {
  const typed = findings.find((finding) => finding.decision === 'ask' && finding.typed);
  if (!typed) return { by: 'click' };
  return { by: 'type', text: typed.resource.name || typed.resource.kind };
}
