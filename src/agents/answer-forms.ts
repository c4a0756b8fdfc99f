import * as z from 'zod/mini';
import type { Answer, Canary, HookAnswer } from './adapter.ts';
import { jsonOutput } from './payload.ts';

/** One way of telling an agent no, and how the agent reads it back: several agents share each. */
interface AnswerForm {
  readonly encode: (answer: Answer, event: string | undefined) => HookAnswer;
  /** The reason it gives its model, where it does not go on. */
  readonly refusal: NonNullable<Canary['refusal']>;
}

/** Exit code 2, with the reason on standard error. It reads no JSON. */
export const textAnswers: AnswerForm = {
  encode: (answer) => (answer.decision === 'allow' ? { stdout: '', stderr: '', exitCode: 0 } : { stdout: '', stderr: `${answer.toAgent}\n`, exitCode: 2 }),
  refusal: ({ stderr, exitCode }) => (exitCode === 2 ? stderr : undefined),
};

const Decision = z.object({ decision: z.enum(['block', 'deny']), reason: z.string() });

/** A decision in JSON, or exit code 2, which holds whatever became of the JSON. Saying nothing leaves its own question to its person. */
export function decisionAnswers(word: 'block' | 'deny'): AnswerForm {
  return jsonAnswers((reason) => ({ decision: word, reason }), (stdout) => jsonOutput(stdout, Decision)?.reason);
}

const Permission = z.object({ hookSpecificOutput: z.object({ permissionDecision: z.literal('deny'), permissionDecisionReason: z.string() }) });

/** The same in the form of Claude Code. */
export const permissionAnswers: AnswerForm = jsonAnswers(
  (reason) => ({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason } }),
  (stdout) => jsonOutput(stdout, Permission)?.hookSpecificOutput.permissionDecisionReason,
);

function jsonAnswers(denial: (reason: string) => object, read: (stdout: string) => string | undefined): AnswerForm {
  return {
    encode: (answer) => (answer.decision === 'allow' ? { stdout: '{}\n', stderr: '', exitCode: 0 } : { stdout: `${JSON.stringify(denial(answer.toAgent))}\n`, stderr: `${answer.toAgent}\n`, exitCode: 2 }),
    refusal: ({ stdout, stderr, exitCode }) => (exitCode === 2 ? stderr : exitCode === 0 ? read(stdout) : undefined),
  };
}
