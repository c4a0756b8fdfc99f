/** What the extension in scripted-chat/ asks: messages and tools as VS Code gives them to a language model. https://code.visualstudio.com/api/references/vscode-api#LanguageModelChatProvider */
import { z } from 'zod';
import type { ModelProtocol, RecordedRequest, ToolResult } from './scripted-model.ts';
import { jsonReply, newId } from './wire.ts';

const call = z.object({ callId: z.string(), name: z.string(), input: z.unknown() });
const result = z.object({ callId: z.string(), content: z.array(z.unknown()) });
const chatRequest = z.object({ messages: z.array(z.object({ content: z.array(z.unknown()) })), tools: z.array(z.string()) });

/** A turn of the agent is a request that offers tools; the rest asks for titles and summaries. */
export const scriptedChatApi: ModelProtocol = {
  reply(request, nextStep) {
    if (request.path === DONE) return jsonReply(200, {});
    const { tools } = chatRequest.parse(request.body);
    const step = tools.length > 0 ? nextStep() : { text: 'Scripted session' };
    return jsonReply(200, 'text' in step ? step : { ...step, id: newId('call') });
  },
};

const DONE = '/done';

/** True once the model has been asked for all steps and the chat has come to rest. Its first answer of all begins before it is at work. */
export function isDone(requests: readonly RecordedRequest[], steps: number): boolean {
  return turnsOf(requests).length >= steps && requests.some(({ path }) => path === DONE);
}

/** What the model was told of each tool call, in order. The last turn carries the whole conversation. */
export function scriptedChatToolResults(requests: readonly RecordedRequest[]): readonly ToolResult[] {
  const parts = (turnsOf(requests).at(-1)?.messages ?? []).flatMap(({ content }) => content);
  const calls = parts.flatMap((part) => call.safeParse(part).data ?? []);
  return parts.flatMap((part) => result.safeParse(part).data ?? []).map(({ callId, content }) => {
    const made = calls.find((each) => each.callId === callId);
    return { tool: made?.name ?? '', input: made?.input, text: content.map(textOf).join('\n'), isError: false };
  });
}

function turnsOf(requests: readonly RecordedRequest[]): readonly z.infer<typeof chatRequest>[] {
  return requests.flatMap(({ body }) => {
    const turn = chatRequest.safeParse(body);
    return turn.success && turn.data.tools.length > 0 ? [turn.data] : [];
  });
}

/** A text, or the tree that tools of the chat itself give back. */
function textOf(part: unknown): string {
  const text = z.object({ value: z.string() }).safeParse(part);
  return text.success ? text.data.value : JSON.stringify(part);
}
