import { base64Text } from '../base64.ts';
import { isRecord, parseJson } from '../json.ts';

/** Longest token looked into. */
const maxToken = 16_384;

/**
 * When a signed JSON web token stops working: seconds since 1970, null where it has no such claim, undefined for anything else.
 * https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4
 */
export function expiryOf(value: string): number | null | undefined {
  if (!value.startsWith('eyJ') || value.length > maxToken) return undefined;
  const payload = value.split('.')[1] ?? '';
  const claims = parseJson(base64Text(payload, 'utf8') ?? '');
  if (!isRecord(claims)) return undefined;
  const { exp } = claims;
  return typeof exp === 'number' && Number.isFinite(exp) ? exp : null;
}
