import { rules } from '../../src/core/rules/all.ts';
import { coveragePage, overviewPage } from './overview-page.ts';
import { roomPage } from './room-page.ts';
import { rooms } from './rooms.ts';
import { rulePage } from './rule-page.ts';

/** Every generated page by its path in the repository. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/coverage.md', coveragePage(rules, rooms)],
    ['docs/rules/README.md', overviewPage(rules, rooms)],
    ...rooms.map((room) => [`docs/rules/${room.room}.md`, roomPage(room)] as const),
    ...rules.map((rule) => [`docs/rules/${rule.tool}.md`, rulePage(rule)] as const),
  ]);
}
