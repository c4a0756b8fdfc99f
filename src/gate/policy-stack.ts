import { defaultPolicy } from '../core/policy/defaults.ts';
import { type PolicyLayer, withLayer, withTightening } from '../core/policy/merge.ts';
import type { Policy } from '../core/policy/policy.ts';
import { inForce, type PolicyProblem, type PolicyReading } from './policy-file.ts';

/** One policy file as it was read. */
export interface PolicyFileRead {
  readonly file: string;
  readonly source: 'managed' | 'user' | 'team';
  readonly reading: PolicyReading;
  /** It can only make things stricter: a workspace's file, and one that should be an organisation's and that anybody can write. */
  readonly tightens: boolean;
  /** The workspace folder it is for. */
  readonly folder?: string;
  readonly lastGood?: PolicyLayer | undefined;
}

export interface FileProblem extends PolicyProblem {
  readonly file: string;
}

export interface PolicyStack {
  readonly policy: Policy;
  /** What counts of each file, to fall back on. */
  readonly layers: ReadonlyMap<string, PolicyLayer>;
  /** Files of which something does not count that might make things stricter. */
  readonly broken: readonly string[];
  readonly problems: readonly FileProblem[];
}

/** A policy with all files put on it, from the one with the most say down. */
export function stackPolicies(files: readonly PolicyFileRead[], base: Policy = defaultPolicy): PolicyStack {
  let policy = base;
  const problems: FileProblem[] = [];
  const layers = new Map<string, PolicyLayer>();
  for (const { file, source, reading, tightens, folder, lastGood } of files) {
    const { layer, tightening } = inForce(reading, lastGood);
    const first = tightens || source === 'team' ? withTightening(policy, layer, source, folder) : withLayer(policy, layer, source);
    const both = withTightening(first.policy, tightening, source, folder);
    ({ policy } = both);
    layers.set(file, layer);
    const unplaced = [...first.problems, ...both.problems, ...strayOf(source, reading)].map((message) => ({ message, offset: 0, length: 1, line: 1, column: 1 }));
    problems.push(...[...reading.problems, ...unplaced].map((problem) => ({ ...problem, file })));
  }
  return { policy, layers, broken: files.filter(({ reading }) => reading.broken.size > 0).map(({ file }) => file), problems };
}

/** A person says by settings where records go. */
function strayOf(source: PolicyFileRead['source'], { usable, openTelemetry }: PolicyReading): readonly string[] {
  return source === 'user' && usable && typeof openTelemetry === 'object' ? ['"openTelemetry" has no effect here: it counts in your organisation’s file. Yours are the settings interlock.openTelemetry.'] : [];
}

/** `/w/.interlock/policy.json:3:5: "because" is missing.` */
export function problemLine({ file, line, column, message }: FileProblem): string {
  return `${file}:${line}:${column}: ${message}`;
}
