/** Anthropic's Messages API as far as agents use it: streamed and plain messages, token counts. https://docs.anthropic.com/en/api/messages */
import { z } from 'zod';
import type { ModelProtocol, RecordedRequest, Step, ToolResult } from './scripted-model.ts';
import { eventStream, jsonReply, newId } from './wire.ts';

const MODEL = 'claude-scripted';
const SIDE_ANSWER: Step = { text: '{"title":"Scripted session","isNewTopic":false}' };

const textBlock = z.object({ type: z.literal('text'), text: z.string() });
const toolUse = z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.unknown() });
const toolResult = z.object({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(z.union([textBlock, z.looseObject({ type: z.string() })]))]).optional(),
  is_error: z.boolean().optional(),
});
const block = z.union([textBlock, toolUse, toolResult, z.looseObject({ type: z.string() })]);
const messagesRequest = z.object({
  stream: z.boolean().optional(),
  tools: z.array(z.looseObject({ name: z.string().optional() })).optional(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(block)]) })),
});

/** The Messages API. A turn of the agent is a request that offers tools; a request without tools is a side request. */
export const anthropicApi: ModelProtocol = {
  reply(request, nextStep) {
    const path = request.path.split('?')[0] ?? '';
    if (path.endsWith('/v1/messages/count_tokens')) return jsonReply(200, { input_tokens: 1000 });
    if (!path.endsWith('/v1/messages')) return jsonReply(request.method === 'HEAD' ? 200 : 404, notFound(path));
    const body = messagesRequest.parse(request.body);
    const step = (body.tools?.length ?? 0) > 0 ? nextStep() : SIDE_ANSWER;
    return body.stream === true ? eventStream(stream(step).map((data) => ({ event: data.type, data }))) : jsonReply(200, message(step));
  },
};

/** What the model was told of each tool call, in order. The last turn carries the whole conversation. */
export function toolResults(requests: readonly RecordedRequest[]): ToolResult[] {
  const turns = requests.flatMap(({ body }) => {
    const turn = messagesRequest.safeParse(body);
    return turn.success && (turn.data.tools?.length ?? 0) > 0 ? [turn.data] : [];
  });
  const blocks = (turns.at(-1)?.messages ?? []).flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const calls = blocks.flatMap((part) => parsedAs(toolUse, part));
  return blocks
    .flatMap((part) => parsedAs(toolResult, part))
    .map((result) => {
      const call = calls.find(({ id }) => id === result.tool_use_id);
      return { tool: call?.name ?? '', input: call?.input, text: textOf(result.content), isError: result.is_error === true };
    });
}

function parsedAs<T>(schema: z.ZodType<T>, value: unknown): T[] {
  const result = schema.safeParse(value);
  return result.success ? [result.data] : [];
}

function textOf(content: z.infer<typeof toolResult>['content']): string {
  if (content === undefined || typeof content === 'string') return content ?? '';
  return content.flatMap((part) => parsedAs(textBlock, part).map(({ text }) => text)).join('\n');
}

function notFound(path: string): unknown {
  return { type: 'error', error: { type: 'not_found_error', message: `The scripted model does not serve ${path}.` } };
}

function contentOf(step: Step): { type: string; [key: string]: unknown } {
  return 'text' in step
    ? { type: 'text', text: step.text }
    : { type: 'tool_use', id: newId('toolu'), name: step.tool, input: step.input };
}

function message(step: Step): Record<string, unknown> {
  return {
    id: newId('msg'),
    type: 'message',
    role: 'assistant',
    model: MODEL,
    content: [contentOf(step)],
    stop_reason: 'text' in step ? 'end_turn' : 'tool_use',
    stop_sequence: null,
    usage: { input_tokens: 1000, output_tokens: 50 },
  };
}

/** The same message as server-sent events, in the order the API gives them. */
function stream(step: Step): readonly { readonly type: string; readonly [key: string]: unknown }[] {
  const whole = message(step);
  const content = contentOf(step);
  const delta =
    'text' in step
      ? { type: 'text_delta', text: step.text }
      : { type: 'input_json_delta', partial_json: JSON.stringify(step.input) };
  const empty = 'text' in step ? { ...content, text: '' } : { ...content, input: {} };
  return [
    { type: 'message_start', message: { ...whole, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: empty },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: whole['stop_reason'], stop_sequence: null }, usage: { output_tokens: 50 } },
    { type: 'message_stop' },
  ];
}
