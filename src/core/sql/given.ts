import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect, TargetHint } from '../effect.ts';
import { placeOf } from '../inputs.ts';

/**
 * What the statements would do that a platform's own tool takes to a hosted database: in `-c`, after `--`, or on its input.
 * @param client whose dialect it speaks
 */
export function givenStatements(call: Call, client: string, target: TargetHint, analysis: Analysis): readonly Effect[] {
  const { afterDashes, invocation } = call;
  const flag = afterDashes.findIndex((word) => /^(?:-c|--command|-e|--execute)$/.test(word.text));
  const given = optionValue(call, '-c', '--command') ?? (flag < 0 ? undefined : afterDashes[flag + 1]) ?? invocation.stdin;
  return given === undefined ? [] : analysis.sql(given.text, { client }, placeOf(invocation)).map((effect) => ({ ...effect, target, env: invocation.env }));
}
