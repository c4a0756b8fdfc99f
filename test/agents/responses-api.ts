/** OpenAI's Responses API as far as Codex uses it. https://platform.openai.com/docs/api-reference/responses */
import { z } from 'zod';
import type { ModelProtocol, RecordedRequest, Step, ToolResult } from './scripted-model.ts';
import { eventStream, jsonReply, newId } from './wire.ts';

const item = z.looseObject({ type: z.string(), call_id: z.string().optional(), name: z.string().optional(), arguments: z.string().optional(), input: z.string().optional(), output: z.unknown().optional() });
const responsesRequest = z.object({ input: z.array(item), tools: z.array(z.unknown()).optional() });

/** Responses, streamed. A step whose input holds `patch` alone is a call of a tool that takes plain text; `a.b` is the tool b of the namespace a. */
export const responsesApi: ModelProtocol = {
  reply(request, nextStep) {
    const path = request.path.split('?')[0] ?? '';
    if (path.endsWith('/models')) return jsonReply(200, { object: 'list', data: [], models: [] });
    if (!path.endsWith('/responses')) return jsonReply(404, { error: { message: `The scripted model does not serve ${path}.` } });
    const body = responsesRequest.parse(request.body);
    const output = itemOf((body.tools?.length ?? 0) > 0 ? nextStep() : { text: 'Scripted session' });
    const response = { id: newId('resp'), object: 'response', status: 'completed', model: 'scripted', output: [output], usage: { input_tokens: 1000, input_tokens_details: { cached_tokens: 0 }, output_tokens: 50, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 1050 } };
    const events = [
      { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
      { type: 'response.output_item.added', output_index: 0, item: output },
      { type: 'response.output_item.done', output_index: 0, item: output },
      { type: 'response.completed', response },
    ];
    return eventStream(events.map((data) => ({ event: data.type, data })));
  },
};

/** What the model was told of each tool call, in order. */
export function responsesToolResults(requests: readonly RecordedRequest[]): readonly ToolResult[] {
  const turns = requests.flatMap(({ body }) => {
    const turn = responsesRequest.safeParse(body);
    return turn.success && (turn.data.tools?.length ?? 0) > 0 ? [turn.data] : [];
  });
  const items = turns.at(-1)?.input ?? [];
  return items.filter(({ type }) => type.endsWith('_call_output')).map(({ call_id: id, output }) => {
    const made = items.find((each) => each.call_id === id && each.type.endsWith('_call'));
    return { tool: made?.name ?? '', input: made?.arguments ?? made?.input, text: typeof output === 'string' ? output : JSON.stringify(output), isError: false };
  });
}

function itemOf(step: Step): Record<string, unknown> {
  if ('text' in step) return { type: 'message', id: newId('msg'), role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: step.text, annotations: [] }] };
  const patch = step.input['patch'];
  const [name = '', namespace] = step.tool.split('.').reverse();
  return typeof patch === 'string' && Object.keys(step.input).length === 1
    ? { type: 'custom_tool_call', id: newId('ctc'), call_id: newId('call'), name: step.tool, input: patch, status: 'completed' }
    : { type: 'function_call', id: newId('fc'), call_id: newId('call'), name, ...(namespace === undefined ? {} : { namespace }), arguments: JSON.stringify(step.input), status: 'completed' };
}
