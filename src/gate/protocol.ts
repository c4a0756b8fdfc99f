import * as z from 'zod/mini';
import { MAX_ENV, MAX_PAYLOAD, sizeOfEnv } from './bounds.ts';

/** What hook programs, windows and the leading window say to each other: HTTP with JSON over a Unix socket or a named pipe. */

const MAX_PATH = 32_768;
const MAX_FOLDERS = 1_000;

const path = z.string().check(z.maxLength(MAX_PATH));

export const HookRequest = z.object({
  agent: z.string().check(z.maxLength(64)),
  event: z.optional(z.string().check(z.maxLength(64))),
  payload: z.string().check(z.maxLength(MAX_PAYLOAD)),
  env: z.record(z.string(), z.string()).check(z.refine((env) => sizeOfEnv(env) <= MAX_ENV)),
  /** The hook program's own folder, which is not always where the action would run. */
  cwd: path,
  /** The hook program's process. */
  pid: z.int(),
});
export type HookRequest = z.infer<typeof HookRequest>;

/** The header of a request that the leading window passes on. */
export const PASSED_ON_HEADER = 'x-interlock-passed-on';

/** An id nobody else can guess. */
export const RequestId = z.string().check(z.regex(/^[\w-]{16,64}$/));

/** The leader tells a window that nobody waits for the answer to a request any more. */
export const WithdrawnRequest = z.object({ id: RequestId });

/** A window tells the leader that it is there; it stays registered as long as the request stays open. */
export const WindowRegistration = z.object({
  id: z.string().check(z.maxLength(64)),
  pid: z.int(),
  socket: path,
  folders: z.array(path).check(z.maxLength(MAX_FOLDERS)),
  /** When the window last had the focus; milliseconds since the epoch, 0 for never. */
  focusedAt: z.number(),
});
export type WindowRegistration = z.infer<typeof WindowRegistration>;

export const GateStatus = z.object({
  /** The window that answered. */
  id: z.string(),
  pid: z.int(),
  leads: z.boolean(),
  windows: z.array(WindowRegistration),
});
export type GateStatus = z.infer<typeof GateStatus>;

/** What says who stands by while no editor runs. */
export const StandbyStatus = z.object({ pid: z.int() });
