/** Puts a resource's name into a sentence written with `{name}`; a stand-in phrase where it is not known. */
export function sentence(template: string, name: string, kind: string): string {
  const shown = name.replace(/\s+/g, ' ').trim();
  return template.replaceAll('{name}', () => (shown === '' ? `an unnamed ${kind}` : shown.length > 120 ? `${shown.slice(0, 117)}…` : shown));
}
