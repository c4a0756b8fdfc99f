import * as z from 'zod/mini';
import { PolicyFile, WorkspacePolicyFile } from '../../src/gate/policy-schema.ts';

/** The JSON schemas the editor completes and explains policy files by, by path in the repository. Draft 7 is what it knows best. */
export function policySchemas(): ReadonlyMap<string, string> {
  const written = (schema: z.ZodMiniType, title: string): string => `${JSON.stringify({ ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }), title, allowComments: true, allowTrailingCommas: true }, null, 2)}\n`;
  return new Map([
    ['media/policy.schema.json', written(PolicyFile, 'Interlock policy')],
    ['media/workspace-policy.schema.json', written(WorkspacePolicyFile, 'Interlock policy of a workspace')],
  ]);
}
