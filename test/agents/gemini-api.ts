/** Google's Gemini API as far as Gemini CLI uses it. https://ai.google.dev/api/generate-content */
import { z } from 'zod';
import type { ModelProtocol, RecordedRequest, Step, ToolResult } from './scripted-model.ts';
import { eventStream, jsonReply } from './wire.ts';

const part = z.looseObject({
  functionCall: z.looseObject({ name: z.string(), args: z.unknown() }).optional(),
  functionResponse: z.looseObject({ name: z.string(), response: z.unknown() }).optional(),
});
const generateRequest = z.object({
  tools: z.array(z.unknown()).optional(),
  contents: z.array(z.object({ role: z.string().optional(), parts: z.array(part) })),
});

/** generateContent and its stream. A turn of the agent is a request that offers tools. */
export const geminiApi: ModelProtocol = {
  reply(request, nextStep) {
    const [path = '', query = ''] = request.path.split('?');
    if (path.endsWith(':countTokens')) return jsonReply(200, { totalTokens: 1000 });
    if (!/:(?:streamG|g)enerateContent$/.test(path)) return jsonReply(404, { error: { code: 404, message: `The scripted model does not serve ${path}.` } });
    const body = generateRequest.parse(request.body);
    const answer = answerOf((body.tools?.length ?? 0) > 0 ? nextStep() : { text: '{"complexity_reasoning":"scripted","complexity_score":10,"model_choice":"flash"}' });
    return path.endsWith(':streamGenerateContent') || query.includes('alt=sse') ? eventStream([{ data: answer }]) : jsonReply(200, answer);
  },
};

/** What the model was told of each tool call, in order. */
export function geminiToolResults(requests: readonly RecordedRequest[]): readonly ToolResult[] {
  const turns = requests.flatMap(({ body }) => {
    const turn = generateRequest.safeParse(body);
    return turn.success && (turn.data.tools?.length ?? 0) > 0 ? [turn.data] : [];
  });
  const parts = (turns.at(-1)?.contents ?? []).flatMap((content) => content.parts);
  return parts.flatMap(({ functionResponse: told }) => {
    const made = parts.find(({ functionCall }) => functionCall?.name === told?.name)?.functionCall;
    return told === undefined ? [] : [{ tool: told.name, input: made?.args, text: JSON.stringify(told.response), isError: /"error":/.test(JSON.stringify(told.response)) }];
  });
}

function answerOf(step: Step): unknown {
  const parts = 'text' in step ? [{ text: step.text }] : [{ functionCall: { name: step.tool, args: step.input } }];
  return { candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 50, totalTokenCount: 1050 }, modelVersion: 'scripted' };
}
