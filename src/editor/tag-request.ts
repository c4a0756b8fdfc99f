import * as z from 'zod/mini';
import type { Tag } from './folder-tags.ts';

/** What a caller of the command may say beforehand. Nothing of it spares the person the modal. */
export interface TagRequest {
  /** Absolute path of an open folder. */
  readonly folder?: string | undefined;
  readonly environment?: Tag | 'none' | undefined;
}

const Request = z.object({
  folder: z.optional(z.string()),
  environment: z.optional(z.enum({ production: 'production', staging: 'staging', development: 'development', local: 'local', none: 'none' } as const satisfies { [Value in Tag | 'none']: Value })),
});

/** Reads the argument of the command. Commands are called with anything: what makes no sense counts as not said. */
export function tagRequest(argument: unknown): TagRequest {
  return z.catch(Request, {}).parse(argument);
}
