import type { Analysis, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { programOf, type Word } from '../shell/word.ts';
import type { Value } from './value.ts';

const maxCommands = 16;

/**
 * Runs a command line that code puts together. What is not known in it is handed over as positional parameters,
 * so that the shell reads quotes around it the way it would when it runs.
 */
export function runLine(line: Word, place: Place, analysis: Analysis): readonly Effect[] {
  const known = line.holes[0]?.start === 0 ? '' : line.text.slice(0, line.holes[0]?.start);
  // Nothing is known of what would run.
  if (line.holes.length > 0 && known.trim() === '') return [];
  const holes = line.holes.slice(0, 9);
  let command = '';
  let at = 0;
  for (const [index, hole] of holes.entries()) {
    command += line.text.slice(at, hole.start);
    command += insideSingleQuotes(command) ? `'"$${index + 1}"'` : `$${index + 1}`;
    at = hole.end;
  }
  command += line.text.slice(at);
  return analysis.shell(command, place, holes.map((hole) => unknownPart(line.text.slice(hole.start, hole.end))));
}

function insideSingleQuotes(text: string): boolean {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '\\' && quote !== "'") at++;
    else if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === quote) quote = '';
  }
  return quote === "'";
}

/** A part that will hold something when the code runs, but nobody can say what. */
function unknownPart(written: string): Word {
  return { text: written, holes: [{ start: 0, end: written.length, mayBeEmpty: false }], globs: [] };
}

/** Runs a program with words of its own, no shell between. Alternatives are run one by one. */
export function runWords(values: readonly Value[], place: Place, analysis: Analysis): readonly Effect[] {
  const columns = values.map(columnOf);
  if (columns.length === 0 || columns[0]?.length === 0) return [];
  const commands = Math.min(maxCommands, Math.max(...columns.map((column) => column.length)));
  const effects: Effect[] = [];
  for (let index = 0; index < commands; index++) {
    const argv = columns.flatMap((column) => column[Math.min(index, column.length - 1)] ?? []);
    const program = programOf(argv[0]);
    if (program === '') continue;
    effects.push(...analysis.invocation({ program, argv, env: place.env, cwd: place.cwd, redirections: [], promptsAnswered: place.promptsAnswered ?? false, ...(place.span ? { span: place.span } : {}) }));
  }
  return effects;
}

function columnOf(value: Value): readonly Word[] {
  switch (value.kind) {
    case 'text':
      // Without a shell a star is a star.
      return value.words.map((word) => ({ ...word, globs: [] }));
    case 'unknown':
      return [unknownPart(value.written)];
    case 'flag':
      return [unknownPart(String(value.on))];
    case 'list':
    case 'object':
      return [];
  }
}
