import { adapters } from '../../src/agents/all.ts';
import { ignoreFiles } from '../../src/agents/ignore-files/table.ts';
import { rules } from '../../src/core/rules/all.ts';
import { wantedBy } from '../unit/core/rule-cases.ts';
import { agentsPage } from './agents-page.ts';
import { ignoreFilesPage } from './ignore-files-page.ts';
import { openTelemetryPage } from './open-telemetry-page.ts';
import { coveragePage, overviewPage } from './overview-page.ts';
import { policyPage } from './policy-page.ts';
import { roomPage } from './room-page.ts';
import { bash, rooms as described, type Example, type Room } from './rooms.ts';
import { rulePage } from './rule-page.ts';
import { terminalGuardPage } from './terminal-guard-page.ts';

/** A room with what the cases of rules hand to it and its own examples leave out. */
function withHanded(room: Room): Room {
  const handed = rules.flatMap((rule) => rule.cases.caught.filter(({ sighted }) => !sighted).map(({ command, by }) => ({ command, id: wantedBy(rule, by) }))).filter(({ id }) => id.startsWith(`${room.room}/`));
  const more = handed.map(({ command, id }): readonly [string, Example] => [id.slice(room.room.length + 1), bash(command)]);
  return { ...room, held: { ...room.held, ...Object.fromEntries(more.filter(([id]) => !Object.hasOwn(room.held, id)).toReversed()) } };
}

/** Everything that has a page beside the rules, in full. */
export const rooms: readonly Room[] = described.map(withHanded);

/** Every generated page by its path in the repository. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/agents.md', agentsPage(adapters)],
    ['docs/policy.md', policyPage()],
    ['docs/coverage.md', coveragePage(rules, rooms)],
    ['docs/ignore-files.md', ignoreFilesPage(ignoreFiles)],
    ['docs/open-telemetry.md', openTelemetryPage()],
    ['docs/terminal-guard.md', terminalGuardPage()],
    ['docs/rules/README.md', overviewPage(rules, rooms)],
    ...rooms.map((room) => [`docs/rules/${room.room}.md`, roomPage(room)] as const),
    ...rules.map((rule) => [`docs/rules/${rule.tool}.md`, rulePage(rule)] as const),
  ]);
}
