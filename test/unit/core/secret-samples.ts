/** Made-up secrets, put together at run time so that no file holds anything that looks like one. */

export const alnum = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const hex = '0123456789abcdef';

/** Letters that look drawn at random, the same for the same seed. */
export function drawn(length: number, alphabet: string = alnum, seed = 7): string {
  let state = (seed * 2_654_435_761) >>> 0;
  let text = '';
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += alphabet[(state >>> 8) % alphabet.length];
  }
  return text;
}

export function uuid(seed = 1): string {
  const digits = drawn(32, hex, seed);
  return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`, digits.slice(20)].join('-');
}

/** A private key in PEM form, of random letters. */
export function pem(label = 'PRIVATE', lines = 6): string {
  const body = Array.from({ length: lines }, (_, line) => drawn(64, `${alnum}+/`, line + 3));
  return [`-----BEGIN ${label} KEY-----`, ...body, `-----END ${label} KEY-----`].join('\n');
}

export function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [part({ alg: 'HS256', typ: 'JWT' }), part(claims), drawn(43, alnum, 9)].join('.');
}
