/** What a tool gave back, without the values of secrets. */
export interface MaskedOutput {
  /** In the shape it had. */
  readonly output: unknown;
  /** Names of the values that were replaced; empty where nothing was. */
  readonly names: readonly string[];
}

/** Deeper than any tool nests what it says. */
const DEEPEST = 64;
const UNREAD = '<hidden: nested too deeply to be searched for secrets>';
const UNMASKABLE = '<hidden: it could not be searched for secrets>';

/** The data of a PNG, JPEG, GIF or WebP picture and nothing else. A field that says that there is a picture is only a program's word for it. */
const pictureData = /^(?:data:image\/[\w.+-]{1,20};base64,)?(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR)[A-Za-z0-9+/]*={0,2}\n?$/;

/**
 * Replaces the values of secrets in every text of an output. Pictures stay as they are.
 * @param mask gives a text without its secrets; where it throws, the text is left out
 */
export function maskOutput(output: unknown, mask: (text: string) => string): MaskedOutput {
  const names = new Set<string>();
  const masked = (text: string): string => {
    const without = maskedText(text, mask);
    if (without !== text) for (const name of namesIn(without)) names.add(name);
    return without;
  };
  const part = (value: unknown, depth: number, inPicture = false): unknown => {
    if (typeof value === 'string') return inPicture && pictureData.test(value) ? value : masked(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) return masked(UNREAD);
    if (Array.isArray(value)) return value.map((each) => part(each, depth + 1, inPicture));
    const fields = value as Readonly<Record<string, unknown>>;
    const isPicture = inPicture || fields['type'] === 'image' || fields['isImage'] === true || String(fields['mime']).startsWith('image/');
    return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, part(each, depth + 1, isPicture)]));
  };
  return { output: part(output, 0), names: [...names] };
}

function maskedText(text: string, mask: (text: string) => string): string {
  try {
    return mask(text);
  } catch {
    return UNMASKABLE;
  }
}

/** The names in placeholders, as `placeholder` writes them; what has none is a part that could not be searched. */
function namesIn(masked: string): readonly string[] {
  const names = [...masked.matchAll(/<hidden:([\w.-]{1,64})/g)].map(([, name = '']) => name);
  return names.length > 0 ? names : ['a part that could not be searched'];
}
