import { minimatch } from 'minimatch';

/**
 * True when a name, id, host or path fits a pattern that a person or a team wrote. The only place that knows the matcher's options:
 * dots are ordinary, `!` and `#` are letters, and braces expand to a bounded number of patterns, as a policy may come from a cloned repository.
 */
export function matchesGlob(text: string, pattern: string, { ignoreCase = false }: { readonly ignoreCase?: boolean } = {}): boolean {
  if (!/[*?[{(\\]/.test(pattern)) return ignoreCase ? text.toLowerCase() === pattern.toLowerCase() : text === pattern;
  return minimatch(text, pattern, { dot: true, nonegate: true, nocomment: true, braceExpandMax: 256, nocase: ignoreCase });
}
