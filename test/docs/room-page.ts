import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { blindWorld } from '../../src/core/world.ts';
import { block, page } from './markdown.ts';
import type { Example, Room, Shown } from './rooms.ts';
import { entry, entryOfFinding } from './rule-page.ts';

/** The page of a room, from what it finds in its examples. */
export function roomPage({ room, title, about, held, passes }: Room): string {
  return page(
    `# ${title}`,
    about,
    '## What is held',
    ...Object.entries(held).map(([id, example]) => entryOf(room, id, example)),
    ...(passes.length > 0 ? ['## These pass', block(passes)] : []),
  );
}

/** What the room's own rule finds in an example, unless it would let it pass. */
export function findingIn(room: string, id: string, { action, world }: Shown): Finding | undefined {
  const isWindows = action.tool === 'shell' && action.shell !== 'bash';
  const { findings } = decide(action, world ?? blindWorld(isWindows ? 'windows' : 'posix'), defaultPolicy);
  return findings.find((finding) => finding.rule === `${room}/${id}` && finding.decision !== 'allow');
}

function entryOf(room: string, id: string, example: Example): string {
  if ('says' in example) return [`### ${id}`, example.says].join('\n\n');
  const finding = findingIn(room, id, example);
  if (!finding) throw new Error(`${room}/${id}: “${example.text}” is not held by it`);
  return entry(entryOfFinding(id, example.text, finding));
}
