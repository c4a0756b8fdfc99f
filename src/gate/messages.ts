import type { Outcome } from '../core/recording.ts';
import type { Verdict } from '../core/verdict.ts';

/** What is said when something does not run: to the agent, which must not look for another way, and to the person. */
export interface Refusal {
  readonly toAgent: string;
  readonly toPerson: string;
}

/** UTF-16 units. Agents cut longer texts themselves, at the end, where the advice stands. */
const LONGEST_MESSAGE = 8_000;
const LONGEST_VIEW = 6_000;

const NO_OTHER_WAY = 'Do not try to reach the same result with another command, tool or script. Tell the person what you wanted to do and why, and let them decide.';

const openings: Readonly<Record<Outcome['by'], string>> = {
  verdict: 'Interlock refused this.',
  person: 'The person was asked and refused this.',
  session: 'The person refused this.',
  unasked: 'Nobody was asked about this.',
  hook: 'The command that this is part of was refused.',
  unmasked: 'What this prints may hold secrets and would reach you as it is, so it was not run.',
  'refused before': 'This was refused already in this session. The same result is refused by any other route, and the person is not asked again unless they choose “Interlock: Forget Refusals of a Session…” in the editor.',
  locked: 'This session is locked, because three of its tries were refused. It may only read until the person chooses “Interlock: Unlock a Session…” in the editor.',
  stopped: 'The person has stopped all agents. Nothing may be run, written or read until they resume them in the editor.',
  'no answer in time': 'The person was asked and did not answer in time, so this was not run.',
  'no editor': 'This needs a person’s yes, and no editor with Interlock is running to ask in, so this was not run. Once the editor is open, it can be tried again.',
  'editor closed': 'The editor was closed before anybody answered, so this was not run. Once the editor is open, it can be tried again.',
  'agent gone': 'The request was withdrawn before anybody answered, so this was not run.',
  'copy failed': 'No copy could be kept of what this would lose, and nobody could be asked, so this was not run.',
  'backup failed': 'A backup has to be made before this goes ahead, and it failed, so this was not run.',
  error: 'Interlock could not find out what this would do, so it was not run.',
};

/** What is said about an action that was judged and does not run. The first sentences give the strictest finding. */
export function refusal(verdict: Verdict, by: Outcome['by'], detail?: string): Refusal {
  const [finding] = verdict.findings;
  const opening = openings[by];
  if (by === 'unmasked') return { toAgent: `${opening} Nobody needs to be asked. Run it again in exactly this form, in which secrets in its output are hidden:\n${detail ?? ''}`, toPerson: 'What it prints may hold secrets. The agent was told to run it with its output masked.' };
  const parts = [opening];
  if (detail !== undefined) parts.push(sentence(detail));
  if (finding !== undefined) {
    parts.push(sentence(finding.why));
    parts.push(`Reason: ${sentence(finding.because)}`);
    if (finding.saferWay !== undefined) parts.push(`Instead: ${sentence(finding.saferWay)}`);
  }
  parts.push(NO_OTHER_WAY);
  const view = verdict.maskedView === undefined ? '' : `\nThis is what may be seen of it, with every secret hidden:\n${cut(verdict.maskedView, LONGEST_VIEW)}`;
  return { toAgent: `${cut(parts.join(' '), LONGEST_MESSAGE - view.length)}${view}`, toPerson: finding === undefined ? opening : `${opening} ${sentence(finding.why)}` };
}

/** What is said when there was nothing to judge: a request that cannot be read, a failure of our own. `why` must hold nothing of the request. */
export function failure(why: string): Refusal {
  const text = `Interlock could not judge this, so it was not run. ${sentence(why)}`;
  return { toAgent: cut(`${text} ${NO_OTHER_WAY}`, LONGEST_MESSAGE), toPerson: text };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
