import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { limitOf, readFind, reaches, type FindAction, type FindCommand } from '../files/find-expression.ts';
import { baseName, isAbsolute, joinPath } from '../files/path.ts';
import { pathEffects } from '../files/path-effects.ts';
import { isMadeFolder, surroundingsOf } from '../files/places.ts';
import { meaningOf } from '../files/targets.ts';
import type { Rule } from '../rule.ts';
import { isSecretName } from '../secrets/files.ts';
import { isSearcher } from '../secrets/output.ts';
import { secretWords } from '../secrets/printers.ts';
import { isKnown, knownWord, programOf, type Word } from '../shell/word.ts';

const docs = 'https://www.gnu.org/software/findutils/manual/html_node/find_html/Deleting-Files.html';
/** Most paths looked at below the starting points; beyond, everything below them is meant. */
const mostEntries = 5_000;
/** Words of the expression that cost one step for each path. */
const wordsPerStep = 4;
/** Most paths handed on one by one. */
const mostMatches = 500;

export const rule: Rule = {
  tool: 'find',
  title: 'find',
  programs: ['find', 'gfind'],
  docs,
  harmless: { find: { without: ['-delete', '-exec', '-ok', '-fprint', '-fls', '-files0-from'] } },
  valueOptions: [],
  optionStyle: 'single-dash',
  safeOptions: ['-help', '--help', '-version', '--version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'find . -delete', by: 'delete' },
      { command: 'find ~ -type f -delete', by: 'delete' },
      { command: 'find . -delete -name "*.tmp"', by: 'delete' },
      { command: 'find src -name "*.ts" -delete', by: 'delete' },
      { command: 'find / -mtime +30 -delete', by: 'delete' },
      { command: 'find / -exec chmod 000 {} +', by: 'chmod/everything' },
      { command: 'find . -name keep -o -delete', by: 'delete' },
      { command: 'yes | find src -name "*.ts" -ok rm {} \\;', by: 'rm/delete' },
      { command: 'find . -name "*.ts" -fprint notes.md', by: 'write' },
    ],
    passes: ['find . -name "*.ts"', 'find / -user ann -ok rm {} \\;', 'find . -type d -exec chmod 755 {} +', 'find . -name "*.pyc" -delete', 'find . -type d -empty -delete', 'find . -name node_modules -prune -o -print', 'find . -name "*.ts" -exec grep -l delete {} +', 'find . -name __pycache__ -exec rm -rf {} +', 'find /tmp/x -delete'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const command = readFind(call.invocation.argv.slice(1));
  return command.actions.flatMap((action) => actionEffects(action, command, call, analysis));
}

function actionEffects(action: FindAction, command: FindCommand, call: Call, analysis: Analysis): readonly Effect[] {
  const place = call.invocation;
  // https://www.gnu.org/software/findutils/manual/html_node/find_html/Querying.html: without an answer nothing is run.
  if (action.does === 'run' && action.asks && action.words.every(isKnown) && !isAnswered(call)) return [];
  if (action.does === 'write') return pathEffects([action.file], { verb: 'overwrite', recursive: false, rule: 'find/write', docs }, place, analysis);
  const found = matchesOf(action, command, call, analysis);
  if (found.length === 0) return [];
  if (action.does === 'delete') return pathEffects(found, { verb: 'delete', recursive: true, rule: 'find/delete', docs, saferWay: 'Look at the list first: run it with -print in place of -delete.' }, place, analysis);
  const words = limitOf(action, command.expression) === undefined ? withAllBelow(action.words) : action.words;
  // One by one, a second `mv` meets what the first has left.
  const before = !action.together && found.length > 1 && /^g?mv$/.test(programOf(words[0])) ? runEffects(words, found.slice(0, 1), call, analysis) : [];
  return [...before, ...runEffects(words, found, call, analysis)];
}

/** True where the questions of the program are answered by something else than a person. */
function isAnswered({ invocation: { promptsAnswered, stdin, redirections } }: Call): boolean {
  return promptsAnswered || stdin !== undefined || redirections.some(({ kind }) => kind === 'read');
}

/** What is done to every path below a folder is what `-R` does to the folder. */
function withAllBelow(words: readonly Word[]): readonly Word[] {
  const [program, ...rest] = words;
  return program && /^(?:chmod|chown|chgrp)$/.test(programOf(program)) ? [program, knownWord('-R'), ...rest] : words;
}

/** The command of `-exec` with the paths in place of `{}`. */
function runEffects(words: readonly Word[], found: readonly Word[], call: Call, analysis: Analysis): readonly Effect[] {
  const given = searched(words, found, analysis);
  const argv = words.flatMap((word) => (word.text === '{}' ? given : word.text.includes('{}') ? [withHole(word)] : [word]));
  const program = argv[0];
  if (!program) return [];
  return analysis.invocation({ ...call.invocation, program: programOf(program), argv, redirections: [] });
}

/**
 * The files a search through many of them is judged by: those that hold secrets are no aim of it, and the lines it
 * prints are masked. A search for what secrets are called means them.
 */
function searched(words: readonly Word[], found: readonly Word[], analysis: Analysis): readonly Word[] {
  if (found.length < 2 || !isSearcher(programOf(words[0])) || words.some(({ text }) => secretWords.test(text))) return found;
  const others = found.filter(({ text }) => !isSecretName(text));
  if (others.length < found.length) analysis.output.masked = true;
  return others.length > 0 ? others : found;
}

/** `{}` inside a longer word: what it becomes differs from path to path. */
function withHole(word: Word): Word {
  const start = word.text.indexOf('{}');
  return { ...word, holes: [...word.holes, { start, end: start + 2, mayBeEmpty: false }] };
}

/** The paths an action is done to: found on disk where possible, else as narrow as the words allow. */
function matchesOf(action: FindAction, command: FindCommand, call: Call, analysis: Analysis): readonly Word[] {
  // Deleting what is empty loses nothing.
  if (limitOf(action, command.expression)?.to === 'empty') return [];
  const starts = command.starts.length > 0 ? command.starts : [knownWord('.', call.invocation.span)];
  return starts.flatMap((start) => walk(start, action, command, call, analysis) ?? byWords(start, action, command));
}

function byWords(start: Word, action: FindAction, command: FindCommand): readonly Word[] {
  const limit = limitOf(action, command.expression);
  if (limit?.to === 'names') return limit.patterns.map((pattern) => below(start, pattern.text.replace(/^(?:\.?\/|\*\/)+/, ''), pattern));
  return limit ? [below(start, '*', knownWord('*'))] : [start];
}

/** A word for what a pattern means below a folder. */
function below(start: Word, text: string, pattern: Word): Word {
  const prefix = `${start.text.replace(/\/+$/, '')}/`;
  const globs = Array.from(text).flatMap((character, at) => ('*?['.includes(character) ? [at + prefix.length] : []));
  const holes = pattern.holes.length > 0 ? [{ start: prefix.length, end: prefix.length + text.length, mayBeEmpty: true }] : [];
  return { ...start, text: prefix + text, globs: [...start.globs, ...globs], holes: [...start.holes, ...holes] };
}

/** The matching paths below a starting point; undefined where they cannot be listed or are too many. */
function walk(start: Word, action: FindAction, command: FindCommand, call: Call, analysis: Analysis): readonly Word[] | undefined {
  const { world } = analysis;
  if (!world.sighted) return undefined;
  const limited = limitOf(action, command.expression) !== undefined || command.deepest < Infinity;
  const meaning = meaningOf(start, call.invocation, surroundingsOf(analysis, call.invocation.env), 'follow', analysis);
  if (meaning.is !== 'paths') return undefined;
  // Without a limit the whole of it goes, which is judged as one.
  if (!limited) return undefined;
  const matches: Word[] = [];
  let left = mostEntries;
  // Every part of the expression may have to be looked at for every path.
  const perEntry = 1 + Math.floor(call.invocation.argv.length / wordsPerStep);
  const visit = (path: string, shown: string, depth: number): boolean => {
    if (left-- <= 0 || matches.length > mostMatches) return false;
    analysis.spend(perEntry);
    const kind = world.stat(path)?.kind;
    if (!kind) return true;
    const names = kind === 'folder' ? world.list(path) : [];
    if (!names) return false;
    const empty = kind === 'folder' ? names.length === 0 : world.stat(path)?.size === 0;
    const reached = depth >= command.shallowest && reaches(action, command.expression, { path: shown, name: baseName(path, world.platform), kind, empty });
    if (reached) matches.push(knownWord(path, start.span));
    // Packages and build output are many files and nobody's work.
    const skipped = depth > 0 && isMadeFolder(baseName(path, world.platform)) && world.ignores(path) !== false;
    if (depth >= command.deepest || skipped) return true;
    return names.every((name) => visit(joinPath(path, name, world.platform), `${shown.replace(/\/$/, '')}/${name}`, depth + 1));
  };
  const complete = meaning.targets.every((target) => isAbsolute(target.path, world.platform) && visit(target.path, start.text, 0));
  return complete ? matches : undefined;
}
