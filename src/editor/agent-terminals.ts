import { agentMarkers } from '../terminal/markers.ts';

/** What the editor knows of how a terminal was started. */
export interface TerminalFacts {
  readonly name: string;
  readonly env?: Readonly<Record<string, string | null | undefined>> | undefined;
}

/** Names that agents give the terminals they open themselves. */
const NAMES = /^(?:Cline|Roo Code|Kilo Code|Copilot|GitHub Copilot|Cascade|Cursor Agent|Windsurf)\b/i;

/** True for a terminal that an agent opened for its own commands, as far as that shows: a person's own is never taken for one. */
export function isAgentTerminal({ name, env }: TerminalFacts): boolean {
  return NAMES.test(name) || agentMarkers.some((marker) => Boolean(env?.[marker]));
}
