import * as z from 'zod/mini';
import type { Answer, HookAnswer } from './adapter.ts';

/** What a proxy is told; without it nothing is passed on. */
export const ProxyAnswer = z.union([z.object({ decision: z.literal('allow') }), z.object({ decision: z.literal('deny'), why: z.string() }), z.object({ output: z.unknown() })]);

export function encodeForProxy(answer: Answer): HookAnswer {
  return answer.decision === 'allow' ? said({ decision: 'allow' }) : { ...said({ decision: 'deny', why: answer.toAgent }), exitCode: 2 };
}

export function encodeOutputForProxy(output: unknown): HookAnswer {
  return said({ output });
}

function said(answer: z.infer<typeof ProxyAnswer>): HookAnswer {
  return { stdout: `${JSON.stringify(answer)}\n`, stderr: '', exitCode: 0 };
}
