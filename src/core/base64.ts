/** Longest base64 text that is decoded. */
const longest = 512 * 1024;

/** The text that base64 stands for; undefined where it is none or holds no text. */
export function base64Text(text: string, encoding: 'utf8' | 'utf16le'): string | undefined {
  const plain = text.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (plain.length === 0 || plain.length > longest || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(plain), (char) => char.charCodeAt(0));
    const decoded = new TextDecoder(encoding === 'utf8' ? 'utf-8' : 'utf-16le').decode(bytes);
    return decoded.includes('\u0000') ? undefined : decoded;
  } catch {
    return undefined;
  }
}
