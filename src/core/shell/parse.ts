import { forEachChild, parse, type ParsedScript, type SyntaxNode } from 'unbash';
import { TooMuch } from '../analysis.ts';

/** The only importer of the parser: its syntax tree, bounded, with all of its errors. */
export type * from 'unbash';
export { forEachChild } from 'unbash';

const maxLength = 256 * 1024;
const maxNesting = 24;

export interface Parsed {
  readonly script: ParsedScript;
  /** True when any part could not be understood: what was found is judged, and the whole is held. */
  readonly broken: boolean;
  /** True when nothing is wrong but a quote that is never closed: the rest is inside it. */
  readonly unclosed: boolean;
}

/** The text parsed last: the same command is walked for what it does and again for what it prints. Nobody changes the tree. */
let last: { readonly text: string; readonly parsed: Parsed } | undefined;

/**
 * Parses shell text (Bash grammar, which POSIX sh, dash and most of zsh's interactive use fit into).
 * @throws TooMuch when the text is too long or nested too deeply to be walked in bounded time.
 */
export function parseShell(text: string): Parsed {
  if (last?.text === text) return last.parsed;
  if (text.length > maxLength) throw new TooMuch('the command is too long to look into');
  if (nestingOf(text) > maxNesting) throw new TooMuch('the command is nested too deeply to look into');
  const script = parse(text);
  const errors = errorsOf(script);
  const parsed = { script, broken: errors.length > 0, unclosed: errors.length > 0 && errors.every((message) => /^unterminated [\w -]*quote$/.test(message)) };
  last = { text, parsed };
  return parsed;
}

/** Deepest run of substitutions opened and not yet closed; counts too high rather than too low. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '$' && (text[at + 1] === '(' || text[at + 1] === '{')) deepest = Math.max(deepest, ++depth);
    else if ((char === ')' || char === '}') && depth > 0) depth--;
  }
  return deepest;
}

/** Errors are kept on each nested script, not on the outermost one alone. */
function errorsOf(script: ParsedScript): readonly string[] {
  const errors: string[] = [];
  const waiting: SyntaxNode[] = [script];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'Script' && node.errors) errors.push(...node.errors.map(({ message }) => message));
    forEachChild(node, (child) => {
      waiting.push(child);
    });
  }
  return errors;
}
