import type { JournalEvent } from '../core/recording.ts';
import { actionTitle } from './question-text.ts';
import { oneLine } from '../core/shown-text.ts';

const TITLE = 80;
const REASON = 160;

/**
 * One sentence on a refusal that no question came before; undefined for everything else.
 * @param silent titles of the agents that do not show it themselves, by id
 */
export function denialText(event: JournalEvent, silent: ReadonlyMap<string, string>, mask: (text: string) => string): string | undefined {
  if (event.type !== 'action' || event.outcome.decision !== 'deny' || event.outcome.by === 'person' || event.outcome.by === 'unmasked') return undefined;
  const agent = silent.get(event.action.agent);
  if (agent === undefined) return undefined;
  const [finding] = event.verdict.findings;
  const reason = event.outcome.by === 'stopped' ? 'All agents are stopped.' : event.outcome.by === 'locked' ? 'Its session is locked.' : finding === undefined ? '' : oneLine(mask(finding.why), REASON);
  return `${agent} was refused: ${oneLine(actionTitle(event.action, mask), TITLE)}${reason === '' ? '' : ` (${reason.replace(/\.$/, '')})`}`;
}

const EVERY_MS = 10_000;
const SAME_MS = 60_000;

/** A notice now and then: an agent that is refused tries other ways at once. */
export class DenialPace {
  private last: { readonly text: string; readonly at: number } | undefined;

  /** @param now milliseconds since the epoch */
  allows(text: string, now: number): boolean {
    const { last } = this;
    if (last !== undefined && now - last.at < (text === last.text ? SAME_MS : EVERY_MS)) return false;
    this.last = { text, at: now };
    return true;
  }
}
