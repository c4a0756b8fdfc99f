/** What hook programs and windows agree on, in a file of its own: a hook that loads no more starts sooner. */

/** UTF-16 units of a hook's standard input. */
export const MAX_PAYLOAD = 1_048_576;
/** UTF-16 units of all names and values of an environment. */
export const MAX_ENV = 262_144;
/** Bytes of a request as sent: payload and environment, with room for JSON's escapes. */
export const MAX_REQUEST_BYTES = 4_194_304;
/** Content type of a call as the launcher's messenger sends it; see `parseCall`. */
export const CALL_TYPE = 'application/octet-stream';
/** Seconds that a hook keeps for itself below its host's time limit. */
export const TIME_TO_ANSWER = 15;

/** The header by which a request that is asked again is known as the same. */
export const ID_HEADER = 'x-interlock-id';

/** UTF-16 units that an environment takes. */
export function sizeOfEnv(env: Readonly<Record<string, string>>): number {
  return Object.entries(env).reduce((size, [name, value]) => size + name.length + value.length, 0);
}
