import type { Analysis } from '../analysis.ts';
import { baseName } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { knownWord, type Word } from '../shell/word.ts';
import { aimsAtSecrets } from './aim.ts';
import { secretBelow } from './below.ts';
import { matchesGlob, namesOf } from './globs.ts';
import { secretWords } from './printers.ts';
import { isReader, readerOf } from './readers.ts';

/** Options by which searches say what they look for. */
const options = {
  search: /^(?:--include|-g|--glob|--iglob)$/,
  find: /^-i?(?:name|path|wholename|regex)$/,
};

/** Programs besides readers that find files and hand them on. */
const finders: ReadonlySet<string> = new Set(['find', 'gfind', 'fd', 'fdfind', 'xargs', 'gxargs', 'parallel']);

/** True for a program that finds files and hands them on. */
export function isFinder(program: string): boolean {
  return finders.has(program);
}

/** What a search over many files is aimed at, where that is secret files: `grep -r x --include='.env*'`, `find -name '*.pem' -exec cat`. */
export function sweptFor({ program, argv, stdin }: Invocation): string | undefined {
  if (!isReader(program) && !finders.has(program)) return undefined;
  const words = argv.slice(1);
  if (/^(?:[efg]?grep|rg|ugrep|ag)$/.test(program)) return words.some(({ text }) => readerOf('grep')?.quiet?.test(text)) ? undefined : aimedGlob(words, options.search);
  if (program === 'find' || program === 'gfind') return runsReader(words, /^-(?:exec|execdir|ok|okdir)$/) ? aimedGlob(words, options.find) : undefined;
  if (program === 'fd' || program === 'fdfind') return runsReader(words, /^(?:-x|-X|--exec|--exec-batch)$/) ? words.slice(0, words.findIndex(({ text }) => /^(?:-x|-X|--exec)/.test(text))).map(({ text }) => text).find((text) => !text.startsWith('-') && aimsAtSecrets(text)) : undefined;
  // Names of secret files handed to a reader: `find -name .env | xargs cat`, `cat $(find -name .env)`.
  if (/^g?xargs$|^parallel$/.test(program)) {
    const at = words.findIndex(({ text }) => isReader(text));
    const shows = at >= 0 && !words.slice(at + 1).some(({ text }) => readerOf(words[at]?.text ?? '')?.quiet?.test(text));
    return shows && stdin?.secret?.kind === 'names' ? stdin.secret.name : undefined;
  }
  return words.flatMap(({ holes }) => holes).find(({ secret }) => secret?.kind === 'names')?.secret?.name;
}

function runsReader(words: readonly Word[], option: RegExp): boolean {
  const program = words[words.findIndex(({ text }) => option.test(text)) + 1];
  return words.some(({ text }) => option.test(text)) && program !== undefined && isReader(baseName(program.text, 'posix'));
}

function aimedGlob(words: readonly Word[], option: RegExp): string | undefined {
  for (const [at, { text }] of words.entries()) {
    const equals = text.indexOf('=');
    const value = option.test(text) ? words[at + 1]?.text : equals > 0 && option.test(text.slice(0, equals)) ? text.slice(equals + 1) : undefined;
    if (value !== undefined && !value.startsWith('!') && aimsAtSecrets(value)) return value;
  }
  return undefined;
}

/** The glob by which a program lists the names of secret files. */
export function listedNames({ program, argv }: Invocation): string | undefined {
  const words = argv.slice(1);
  if ((program === 'find' || program === 'gfind') && !words.some(({ text }) => /^-(?:exec|delete)/.test(text))) return aimedGlob(words, options.find);
  if (/^(?:ls|fd|fdfind|locate)$/.test(program)) return words.map(({ text }) => text).find((text) => !text.startsWith('-') && aimsAtSecrets(text));
  return undefined;
}

/**
 * The hidden file that a search for what secrets are called would come upon, where the folder can be seen. Searches that
 * nobody can place pass with their output masked.
 */
export function sweptOver(invocation: Invocation, analysis: Analysis): string | undefined {
  if (!analysis.world.sighted) return undefined;
  const search = searchForSecrets(invocation);
  if (!search) return undefined;
  for (const root of search.roots.length > 0 ? search.roots.slice(0, 8) : [knownWord('.')]) {
    const below = secretBelow(root, invocation, analysis);
    if (below !== undefined && isIncluded(baseName(below, analysis.world.platform), invocation.argv)) return below;
  }
  return undefined;
}

/** The variable of a credential by its whole name: `RAILWAY_TOKEN`, `STRIPE_SECRET_KEY`. */
const credentialVariable = /\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*_(?:TOKEN|SECRET|PASSWORD|API_KEY|SECRET_KEY|ACCESS_KEY|PRIVATE_KEY)\b/;
const everything = /^(?:\.{0,2}|\/)\/?\*?$/;

/** The very credential that a search looks for in all there is, where nobody can see whether a file with its value is there. */
export function huntedCredential(invocation: Invocation, analysis: Analysis): string | undefined {
  const search = analysis.world.sighted ? undefined : searchForSecrets(invocation);
  return search?.roots.every(({ text }) => everything.test(text) || text === analysis.home) && isIncluded('.env', invocation.argv) ? credentialVariable.exec(search.args)?.[0] : undefined;
}

/** A search that shows lines in which secrets are named, hidden files among them. */
function searchForSecrets({ program, argv }: Invocation): { readonly args: string; readonly roots: readonly Word[] } | undefined {
  if (!isReader(program)) return undefined;
  const words = argv.slice(1);
  const args = words.map(({ text }) => text).join(' ').slice(0, 4096);
  if (!searchesHidden(program, args) || !secretWords.test(args) || words.some(({ text }) => readerOf('grep')?.quiet?.test(text))) return undefined;
  return { args, roots: words.filter(({ text }) => !text.startsWith('-')).slice(1) };
}

/** True for searches that look into files others leave out: grep below folders, rg when told to. */
function searchesHidden(program: string, args: string): boolean {
  if (/^(?:[efgz]?grep|ggrep)$/.test(program)) return /(?:^|\s)(?:-[a-zA-Z]*[rR]|--recursive|--dereference-recursive)/.test(args);
  return /^(?:rg|ag|ugrep)$/.test(program) && /(?:^|\s)(?:-[a-zA-Z]*u|--no-ignore\S*|--hidden|--unrestricted)/.test(args);
}

function isIncluded(name: string, words: readonly Word[]): boolean {
  const globs = (option: RegExp): readonly string[] => words.flatMap(({ text }, at) => {
    const equals = text.indexOf('=');
    const glob = option.test(text) ? words[at + 1]?.text : equals > 0 && option.test(text.slice(0, equals)) ? text.slice(equals + 1) : undefined;
    return glob === undefined ? [] : namesOf(glob);
  });
  // Here `*` takes a leading dot too.
  const matches = (glob: string): boolean => matchesGlob(`x${glob}`, `x${name}`);
  const included = globs(options.search);
  return (included.length === 0 || included.some(matches)) && !globs(/^--exclude$/).some(matches);
}
