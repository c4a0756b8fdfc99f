import { standInVariables } from '../terminal/stand-in-variables.ts';
import type { HookRequest } from './protocol.ts';

/**
 * Whose hook a call without a name is: agents that run Claude Code's hooks as well leave out what it starts them with
 * (https://docs.x.ai/build/features/hooks), and its adapter tells them apart.
 */
export const UNNAMED = 'claude-code';

/** What the launcher has set, or kept of the caller's environment. */
const launcherVariables = new Set(['INTERLOCK_HOME', 'INTERLOCK_CALLER_PATH', 'INTERLOCK_LAUNCHER', 'INTERLOCK_REQUEST', 'INTERLOCK_SECONDS', 'INTERLOCK_SO_FAR', 'INTERLOCK_SINCE', 'INTERLOCK_NODE', ...Object.values(standInVariables), 'ELECTRON_RUN_AS_NODE']);

/** A payload that is no text; every reader of one must take the same for none. */
export class NotUtf8 extends Error {
  override readonly name = 'NotUtf8';
}

/** The environment as the agent gave it to the launcher, from that of what the launcher started. */
export function callerEnvironment(variables: Iterable<readonly [string, string | undefined]>): Record<string, string> {
  const env: Record<string, string> = {};
  let path: string | undefined;
  for (const [name, value] of variables) {
    if (name === 'INTERLOCK_CALLER_PATH') path = value;
    else if (value !== undefined && !launcherVariables.has(name)) env[name] = value;
  }
  if (path !== undefined) env['PATH'] = path;
  return env;
}

/**
 * A hook's standard input as text.
 * @throws NotUtf8
 */
export function payloadText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new NotUtf8('The request is not UTF-8 text.');
  }
}

/**
 * A call as `messenger.pl` sends it: agent, event, working folder, process and every variable, each followed by a zero byte, an empty field
 * after the last, and then the payload. None of those can hold a zero byte, and the payload has nothing after it: so there is one way to
 * read a call. Undefined where it is none; its bounds are for the schema to say.
 */
export function parseCall(body: Buffer): unknown {
  const fields: string[] = [];
  let at = 0;
  for (let end = body.indexOf(0); end !== -1; end = body.indexOf(0, at)) {
    const field = body.toString('utf8', at, end);
    at = end + 1;
    if (field === '' && fields.length >= FIXED_FIELDS) return callOf(fields, body.subarray(at));
    fields.push(field);
  }
  return undefined;
}

const FIXED_FIELDS = 4;

function callOf([agent = '', event = '', cwd = '', pid = '', ...variables]: readonly string[], payload: Buffer): HookRequest | undefined {
  try {
    return { agent, payload: payloadText(payload), env: callerEnvironment(inOrder(variables.map(splitVariable))), cwd, pid: Number(pid), ...(event === '' ? {} : { event }) };
  } catch (error) {
    if (error instanceof NotUtf8) return undefined;
    throw error;
  }
}

/** Perl names variables in another order in each process, and what is asked about twice must be known as the same. */
function inOrder(variables: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return variables.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
}

function splitVariable(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
