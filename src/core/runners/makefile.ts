/** A makefile as its lines say, nothing expanded yet. https://www.gnu.org/software/make/manual/make.html */

export type MakeLine =
  /** `=` is expanded where it is used, `:=` where it stands, `!=` is the output of a command. */
  | { readonly kind: 'variable'; readonly name: string; readonly operator: '=' | ':=' | '?=' | '+=' | '!='; readonly value: string; readonly exported: boolean }
  | { readonly kind: 'include'; readonly files: string; readonly optional: boolean }
  | { readonly kind: 'condition'; readonly word: 'ifeq' | 'ifneq' | 'ifdef' | 'ifndef'; readonly text: string; readonly inElse: boolean }
  | { readonly kind: 'else' }
  | { readonly kind: 'endif' }
  | { readonly kind: 'export'; readonly names: string }
  /** `rest` is everything after the colon of a rule: prerequisites, or a variable of the target's own. */
  | { readonly kind: 'rule'; readonly targets: string; readonly rest: string; readonly command?: string }
  | { readonly kind: 'recipe'; readonly text: string }
  /** Anything else: a call of a function by itself. */
  | { readonly kind: 'text'; readonly text: string };

const assignment = /^((?:(?:export|override|private|unexport)\s+)*)([^\s:#=+?!]+)\s*(::?:?=|\?=|\+=|!=|=)\s*(.*)$/s;

/** Parts a makefile into its logical lines. */
export function linesOfMakefile(text: string): readonly MakeLine[] {
  const lines: MakeLine[] = [];
  const physical = text.split(/\r?\n/);
  let inRule = false;
  for (let at = 0; at < physical.length; at++) {
    const parts = [physical[at] as string];
    while (goesOn(parts.at(-1) as string) && at + 1 < physical.length) parts.push(physical[++at] as string);
    if (inRule && parts[0]?.startsWith('\t')) {
      lines.push({ kind: 'recipe', text: parts.map((part) => part.replace(/^\t/, '')).join('\n') });
      continue;
    }
    const plain = withoutComment(parts.map((part) => (goesOn(part) ? part.slice(0, -1) : part).trim()).join(' ')).trim();
    if (plain === '') continue;
    const defined = /^(?:(export|override)\s+)?define\s+(\S+)/.exec(plain);
    if (defined?.[2] !== undefined) {
      const body: string[] = [];
      while (at + 1 < physical.length && !/^\s*endef\b/.test(physical[++at] as string)) body.push(physical[at] as string);
      lines.push({ kind: 'variable', name: defined[2], operator: '=', value: body.join('\n'), exported: defined[1] === 'export' });
      continue;
    }
    const read = readLine(plain);
    if (read.kind === 'rule') inRule = true;
    else if (read.kind === 'variable') inRule = false;
    lines.push(read);
  }
  return lines;
}

/** True for a line that ends in a backslash that is not itself escaped. */
function goesOn(line: string): boolean {
  let at = line.length;
  while (line[at - 1] === '\\') at--;
  return (line.length - at) % 2 === 1;
}

function readLine(line: string): MakeLine {
  const condition = /^(else\s+)?(ifeq|ifneq|ifdef|ifndef)\b\s*(.*)$/s.exec(line);
  if (condition?.[2] !== undefined) return { kind: 'condition', word: condition[2] as 'ifeq', text: condition[3] ?? '', inElse: condition[1] !== undefined };
  if (/^(?:else|endif)\b/.test(line)) return line.startsWith('else') ? { kind: 'else' } : { kind: 'endif' };
  const include = /^(-include|sinclude|include)\s+(.*)$/s.exec(line);
  if (include?.[2] !== undefined) return { kind: 'include', files: include[2], optional: include[1] !== 'include' };
  const variable = assignment.exec(line);
  if (variable?.[2] !== undefined && !/^[^$]*\$[({]?$/.test(variable[2])) {
    return { kind: 'variable', name: variable[2], operator: operatorOf(variable[3] ?? '='), value: variable[4] ?? '', exported: (variable[1] ?? '').includes('export') };
  }
  const exported = /^(?:un)?export\b\s*(.*)$/s.exec(line);
  if (exported) return { kind: 'export', names: exported[1] ?? '' };
  const colon = ruleColon(line);
  if (colon < 0) return { kind: 'text', text: line };
  const rest = line.slice(colon).replace(/^&?::?/, '');
  const semicolon = rest.indexOf(';');
  const ownVariable = assignment.test(rest.trim());
  return { kind: 'rule', targets: line.slice(0, colon).trim().replace(/&$/, ''), rest: (semicolon < 0 || ownVariable ? rest : rest.slice(0, semicolon)).trim(), ...(semicolon < 0 || ownVariable ? {} : { command: rest.slice(semicolon + 1).trim() }) };
}

/** An assignment taken apart, as it stands on a command line or behind a target; undefined where the text is none. */
export function readAssignment(text: string): Extract<MakeLine, { kind: 'variable' }> | undefined {
  const line = readLine(text.trim());
  return line.kind === 'variable' ? line : undefined;
}

function operatorOf(written: string): '=' | ':=' | '?=' | '+=' | '!=' {
  return written === '?=' || written === '+=' || written === '!=' || written === '=' ? written : ':=';
}

/** Where the colon of a rule stands: outside `$(…)`; a drive letter's is none. */
function ruleColon(line: string): number {
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string;
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') depth--;
    else if (char === ':' && depth <= 0 && !(at === 1 && /[\\/]/.test(line[2] ?? ''))) return at;
  }
  return -1;
}

function withoutComment(line: string): string {
  for (let at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) if (line[at - 1] !== '\\') return line.slice(0, at);
  return line;
}
