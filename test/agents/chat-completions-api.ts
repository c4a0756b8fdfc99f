/** OpenAI's Chat Completions API as far as agents use it. https://platform.openai.com/docs/api-reference/chat */
import { z } from 'zod';
import type { ModelProtocol, RecordedRequest, Step, ToolResult } from './scripted-model.ts';
import { eventStream, jsonReply, newId } from './wire.ts';

const MODEL = 'scripted';

const call = z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) });
const content = z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() })), z.null()]).optional();
const chatRequest = z.object({
  stream: z.boolean().optional(),
  tools: z.array(z.unknown()).optional(),
  messages: z.array(z.object({ role: z.string(), content, tool_calls: z.array(call).optional(), tool_call_id: z.string().optional() })),
});

/** Chat Completions. A turn of the agent is a request that offers tools. */
export const chatCompletionsApi: ModelProtocol = {
  reply(request, nextStep) {
    const path = request.path.split('?')[0] ?? '';
    if (path.endsWith('/models')) return jsonReply(200, { object: 'list', data: [{ id: MODEL, object: 'model' }] });
    if (!path.endsWith('/chat/completions')) return jsonReply(404, { error: { message: `The scripted model does not serve ${path}.` } });
    const body = chatRequest.parse(request.body);
    const step = (body.tools?.length ?? 0) > 0 ? nextStep() : { text: 'Scripted session' };
    return body.stream === true ? eventStream(chunks(step).map((data) => ({ data })), '[DONE]') : jsonReply(200, completion(step));
  },
};

/** What the model was told of each tool call, in order. The last turn carries the whole conversation. */
export function chatToolResults(requests: readonly RecordedRequest[]): readonly ToolResult[] {
  const turns = requests.flatMap(({ body }) => {
    const turn = chatRequest.safeParse(body);
    return turn.success && (turn.data.tools?.length ?? 0) > 0 ? [turn.data] : [];
  });
  const messages = turns.at(-1)?.messages ?? [];
  const calls = messages.flatMap(({ tool_calls: made = [] }) => made);
  return messages.filter(({ role }) => role === 'tool').map(({ content: told, tool_call_id: id }) => {
    const made = calls.find((each) => each.id === id);
    return { tool: made?.function.name ?? '', input: made && JSON.parse(made.function.arguments), text: typeof told === 'string' ? told : (told ?? []).map(({ text }) => text ?? '').join('\n'), isError: false };
  });
}

function messageOf(step: Step): Record<string, unknown> {
  return 'text' in step
    ? { role: 'assistant', content: step.text }
    : { role: 'assistant', content: null, tool_calls: [{ index: 0, id: newId('call'), type: 'function', function: { name: step.tool, arguments: JSON.stringify(step.input) } }] };
}

const usage = { prompt_tokens: 1000, completion_tokens: 50, total_tokens: 1050 };

function completion(step: Step): unknown {
  return { id: newId('chatcmpl'), object: 'chat.completion', created: 1, model: MODEL, choices: [{ index: 0, message: messageOf(step), finish_reason: finishOf(step) }], usage };
}

function chunks(step: Step): readonly unknown[] {
  const base = { id: newId('chatcmpl'), object: 'chat.completion.chunk', created: 1, model: MODEL };
  return [
    { ...base, choices: [{ index: 0, delta: messageOf(step), finish_reason: null }] },
    { ...base, choices: [{ index: 0, delta: {}, finish_reason: finishOf(step) }] },
    { ...base, choices: [], usage },
  ];
}

function finishOf(step: Step): string {
  return 'text' in step ? 'stop' : 'tool_calls';
}
