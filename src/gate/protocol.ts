import * as z from 'zod/mini';

/** What hook programs, windows and the leading window say to each other: HTTP with JSON over a Unix socket or a named pipe. */

/** UTF-16 units of a hook's standard input. */
export const MAX_PAYLOAD = 1_048_576;
/** UTF-16 units of all names and values of an environment. */
export const MAX_ENV = 262_144;
/** Bytes of a request as sent: payload and environment, with room for JSON's escapes. */
export const MAX_REQUEST_BYTES = 4_194_304;
/** Seconds that a hook keeps for itself below its host's time limit. */
export const TIME_TO_ANSWER = 15;
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

export const HookReply = z.object({
  stdout: z.string(),
  stderr: z.string(),
  exitCode: z.int().check(z.gte(0), z.lte(255)),
});

/** The header by which a request that is asked again is known as the same. */
export const ID_HEADER = 'x-interlock-id';
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

/** UTF-16 units that an environment takes. */
export function sizeOfEnv(env: Readonly<Record<string, string>>): number {
  return Object.entries(env).reduce((size, [name, value]) => size + name.length + value.length, 0);
}
