import type * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { shaped } from './payload.ts';

/** What all actions of one call share: whose it is, and where. */
export type CallContext = Pick<Action, 'agent' | 'session' | 'cwd' | 'workspaceRoots' | 'env'>;

/** The folders of a call that names at most one. */
export function rootsOf(folder: string): readonly string[] {
  return folder === '' ? [] : [folder];
}

/** The shell of an agent that does not name it. */
export function usualShell({ env }: Pick<CallContext, 'env'>): 'bash' | 'powershell' {
  return env['OS'] === 'Windows_NT' ? 'powershell' : 'bash';
}

/** Reads what a tool is called with in the shape that the tool wants. What it gives throws `UnreadablePayload`, which names the tool. */
export function inputReader(product: string, tool: string, input: unknown): <Schema extends z.ZodMiniType>(schema: Schema, value?: unknown) => z.output<Schema> {
  return (schema, value = input) => shaped(schema, value, product, `the input of ${tool.slice(0, 60)}`);
}
