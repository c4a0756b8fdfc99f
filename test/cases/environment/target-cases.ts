import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, it } from 'node:test';
import type { ShellAction } from '../../../src/core/action.ts';
import { decide } from '../../../src/core/decide.ts';
import type { Environment } from '../../../src/core/effect.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import type { ResourceMapping } from '../../../src/core/policy/policy.ts';
import type { Finding } from '../../../src/core/verdict.ts';
import type { World } from '../../../src/core/world.ts';
import { fakeWorld } from '../../unit/core/fake-world.ts';

export const home = '/home/dev';
export const project = '/home/dev/project';

const fixtures = join(import.meta.dirname, '../../fixtures/environment');

/** What differs from a call in the project's folder with nothing but HOME set. */
interface Around {
  readonly env?: Readonly<Record<string, string>>;
  /** Folder the command runs in, below the project. */
  readonly folder?: string;
  /** What the policy says of resources. */
  readonly resources?: readonly ResourceMapping[];
  readonly shell?: ShellAction['shell'];
}

/** A command, the environment of what it would lose, what differs, and what a clause of the evidence says. */
export type TargetCase = readonly [command: string, environment: Environment, around?: Around, evidence?: RegExp];

/**
 * A machine whose disk is a folder of `test/fixtures/environment`: its `home` stands for the home folder, its `project` for the project
 * in it, any other for one at the root. A part that begins with `dot-` stands for one that begins with a dot, such as `.git` and `.env`,
 * which git would not keep, and a final `.fixture` is left out, so that no other tool takes the file for its own.
 */
function fixtureWorld(name: string): World {
  const root = join(fixtures, name);
  const files = readdirSync(root, { recursive: true }).map((file) => join(root, String(file))).filter((file) => statSync(file).isFile());
  const placed = files.map((file) => [placeOf(relative(root, file).split(sep)), { text: readFileSync(file, 'utf8'), state: 'clean' as const }] as const);
  return fakeWorld({ files: Object.fromEntries(placed), folders: [home, project], repositories: [project] });
}

function placeOf([top = '', ...rest]: readonly string[]): string {
  const base = top === 'home' ? home : top === 'project' ? project : `/${top}`;
  return [base, ...rest].join('/').replaceAll('/dot-', '/.').replace(/\.fixture$/, '');
}

/** The finding that decides what becomes of a command on the machine of a fixture. */
export function findingOf(fixture: string | World, command: string, { env = {}, folder = '', resources = [], shell = 'bash' }: Around = {}): Finding | undefined {
  const world = typeof fixture === 'string' ? fixtureWorld(fixture) : fixture;
  const action: ShellAction = { tool: 'shell', shell, command, agent: 'test', session: '', cwd: folder === '' ? project : `${project}/${folder}`, workspaceRoots: [project], env: { HOME: home, ...env } };
  return decide(action, world, { ...defaultPolicy, resources }).findings[0];
}

/** A table of commands on the machine of one fixture. */
export function targets(title: string, fixture: string, cases: readonly TargetCase[]): void {
  describe(title, () => {
    const world = fixtureWorld(fixture);
    for (const [command, wanted, around = {}, evidence] of cases) {
      const set = Object.entries(around.env ?? {}).map(([key, value]) => `${key}=${value}`);
      it(`${[...set.length > 0 ? [`with ${set.join(' ')}:`] : [], ...around.folder ? [`in ${around.folder}:`] : [], command].join(' ')} → ${wanted}`, () => {
        const finding = findingOf(world, command, around);
        assert.ok(finding, 'nothing found');
        assert.equal(finding.environment, wanted, JSON.stringify([finding.rule, finding.target, finding.evidence]));
        if (evidence) assert.match(finding.evidence.join('; '), evidence);
      });
    }
  });
}
