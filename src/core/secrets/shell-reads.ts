import type { Analysis, Place } from '../analysis.ts';
import { sliceWord } from '../call.ts';
import type { Effect, Span } from '../effect.ts';
import { baseName, expandHome, joinPath, parentOf } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import type { SecretSource, Word } from '../shell/word.ts';
import { canonicalSecretNames } from './canonical-names.ts';
import { writesOut } from './data.ts';
import { isSecretFolder, isSecretName } from './files.ts';
import { foundIn } from './found-in.ts';
import { matchesGlob } from './globs.ts';
import { judgeName } from './names.ts';
import { isReader, readerOf, type Reader } from './readers.ts';
import { huntedCredential, isFinder, sweptFor, sweptOver } from './sweeps.ts';

/** Longest file searched for secrets before a program prints it, in bytes. */
const maxRead = 256 * 1024;

/** Programs that open what is redirected into them and print it, besides `readers`. */
const openers = new Set(['', 'read', 'mapfile', 'readarray', 'while', 'tee', 'tr', 'xargs', 'echo', 'printf']);

/** Code in a command reads to show; a program of the project reads to use. */
export const codeReadRule = 'secrets/code-read';

/** Effects of a program that would show an agent the content of a secret file, or put it where it is no longer hidden. */
export function shellReadEffects(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  if (invocation.redirections.length === 0 && !opens(invocation.program)) return [];
  const shown = [...readFiles(invocation), ...redirectedFiles(invocation)];
  const files = shown.flatMap((word) => secretFilesOf(word, invocation, analysis));
  const masked = files.length > 0 ? [] : maskedReadEffects(invocation, analysis);
  const swept = sweptFor(invocation) ?? sweptOver(invocation, analysis);
  if (swept !== undefined) files.push(swept);
  const hunted = swept === undefined ? huntedCredential(invocation, analysis) : undefined;
  const copied = copiedFile(invocation, analysis);
  // What the line reads from the copy is the secret all the same.
  if (copied) analysis.world.written?.holdSecret(copied.path, { kind: 'file', name: copied.from });
  return [...new Set(files)].map((file) => readEffect(file, invocation)).concat(masked, hunted === undefined ? [] : [huntEffect(hunted, invocation)], copied ? [copyEffect(copied, invocation)] : []);
}

/** Programs that print parts picked out of many files: their output is masked instead. */
const picks = /^(?:[efgz]?grep|ggrep|rg|ag|ack|ugrep|findstr|select-string|sls|git|tar|zip|cpio|diff|cmp|comm)$/i;

/**
 * Files with secrets in them that a program would print whole. The read tool shows such a file masked, so a reader in
 * the shell is told to use that one: not every host lets a command's output be replaced.
 */
function maskedReadEffects(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const { world } = analysis;
  if (!world.sighted || picks.test(invocation.program)) return [];
  return readFiles(invocation).slice(0, 32).flatMap((word) => {
    if (word.holes.length > 0 || word.globs.length > 0 || word.text === '' || word.text.length > 4096) return [];
    const path = joinPath(invocation.cwd ?? '', expandHome(word.text, analysis.home, world.platform) ?? word.text, world.platform);
    const text = world.stat(path)?.kind === 'folder' ? undefined : world.read(path, maxRead);
    if (text === undefined) return [];
    analysis.spend(Math.ceil(text.length / 256));
    if (foundIn(text, path, world).findings.length === 0) return [];
    return [{ ...readEffect(path, invocation), resource: { kind: 'file with secrets', name: baseName(path, world.platform), provider: 'local files' }, rule: 'secrets/shell-read-masked', why: `Prints ${baseName(path, world.platform)}, which has secrets in it, where the agent reads it.`, saferWay: 'Work with the masked view of the file; programs can still load it.' }];
  });
}

const interpreters: ReadonlySet<string> = new Set(['python', 'python3', 'node', 'php', 'lua']);

/** `dd of=copy`; its output otherwise. */
function writesToFile(argv: readonly Word[]): boolean {
  return argv.some(({ text }) => text.startsWith('of=') && !/^of=\/dev\/(?:stdout|stderr|tty|fd\/[12])$/.test(text));
}

/** Programs besides readers that read files by name, find them or copy them. */
const reachers: ReadonlySet<string> = new Set([...interpreters, 'dd', 'curl', 'wget', 'git', 'tar', 'zip', 'cpio', 'cp', 'install', 'mv', 'ln', 'rsync', 'scp', 'copy', 'copy-item', 'move-item']);

/** True for a program that may open files named in its words. */
function opens(program: string): boolean {
  return reachers.has(program) || reachers.has(program.toLowerCase()) || readerOf(program) !== undefined || isFinder(program);
}

const filesRead = new WeakMap<Invocation, readonly Word[]>();

/** Words that name files whose content the program prints. */
export function readFiles(invocation: Invocation): readonly Word[] {
  if (!opens(invocation.program)) return [];
  const known = filesRead.get(invocation);
  if (known) return known;
  const files = filesNamed(invocation);
  filesRead.set(invocation, files);
  return files;
}

function filesNamed(invocation: Invocation): readonly Word[] {
  const { program, argv } = invocation;
  if (program === 'dd') return writesToFile(argv) ? [] : argv.filter((word) => word.text.startsWith('if=')).map((word) => sliceWord(word, 3));
  // An interpreter shows what it cannot make sense of.
  if (interpreters.has(program) && argv[1] && !argv[1].text.startsWith('-')) return [argv[1]];
  if (program === 'curl' || program === 'wget') return argv.slice(1).filter((word) => /^file:\/\//i.test(word.text)).map((word) => sliceWord(word, 7));
  if (program === 'git') return gitFiles(argv);
  if (program === 'tar' || program === 'zip' || program === 'cpio') return archiveFiles(invocation);
  if (program === 'cp' || program === 'install') return /^\/(?:dev\/(?:stdout|stderr|tty|fd\/[12])|proc\/self\/fd\/[12])$/.test(argv.at(-1)?.text ?? '') ? argv.slice(1, -1) : [];
  const reader = readerOf(program);
  return reader ? operandsOf(reader, argv) : [];
}

function operandsOf(reader: Reader, argv: readonly Word[]): readonly Word[] {
  if (reader.needs && !argv.some((word, index) => index > 0 && reader.needs?.test(word.text))) return [];
  const operands: Word[] = [];
  const given: Word[] = [];
  let before = reader.before ?? 0;
  let ended = false;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as Word;
    const { text } = word;
    if (!ended && text === '--') ended = true;
    else if (!ended && text.startsWith('-') && text !== '-') {
      if (reader.quiet?.test(text)) return [];
      const name = text.includes('=') ? text.slice(0, text.indexOf('=')) : text;
      if (reader.instead?.includes(name)) before = 0;
      const taking = valueOptionIn(text, reader);
      if (!taking) continue;
      if (reader.instead?.includes(taking.name)) before = 0;
      const value = taking.end < text.length ? sliceWord(word, taking.end) : argv[++i];
      // One letter means different things to the programs of a row: what follows may be a file, so it is looked at too.
      if (value && !noFile.test(taking.name)) given.push(value);
    } else operands.push(word);
  }
  return [...operands.slice(before), ...given.filter((word) => word.holes.length === 0)];
}

/** Options whose value is never a file that is read. */
const noFile = /^(?:-e|--regexp|--expression|-o|--output|--exclude|--exclude-dir|--include|-g|--glob|--iglob)$/;

/** The option of a word that takes a value, and where it ends: `-f`, `--file`, the last of `-nf`, the first of `-f.env`. */
function valueOptionIn(text: string, { valueOptions }: Reader): { readonly name: string; readonly end: number } | undefined {
  if (valueOptions === undefined || text.includes('=')) return undefined;
  if (valueOptions.includes(text)) return { name: text, end: text.length };
  if (text.startsWith('--')) return undefined;
  const at = Array.from(text.slice(1, 9)).findIndex((letter) => valueOptions.includes(`-${letter}`));
  return at < 0 ? undefined : { name: `-${text[at + 1]}`, end: at + 2 };
}

/** `git show HEAD:.env`, `git blame .env`, `git diff -- .env`. */
function gitFiles(argv: readonly Word[]): readonly Word[] {
  const at = argv.findIndex((word, index) => index > 0 && !word.text.startsWith('-') && !/^-[Cc]$/.test(argv[index - 1]?.text ?? ''));
  const command = argv[at]?.text ?? '';
  if (!/^(?:show|cat-file|blame|annotate|diff|log|grep|whatchanged|archive)$/.test(command)) return [];
  const rest = argv.slice(at + 1);
  if (command === 'log' && !rest.some((word) => /^(?:-p|-u|--patch|-L.*|--cc|-c|-m|-G.*|-S.*)$/.test(word.text))) return [];
  if (rest.some((word) => /^--(?:stat|name-only|name-status|numstat|shortstat|summary|quiet)$/.test(word.text))) return [];
  return rest.filter((word) => !word.text.startsWith('-')).map((word) => (/^[^/\\:]{1,200}:./.test(word.text) && !/^[a-z]:[\\/]/i.test(word.text) ? sliceWord(word, word.text.indexOf(':') + 1) : word));
}

/** An archive written to the program's output. */
function archiveFiles({ program, argv }: Invocation): readonly Word[] {
  const words = argv.slice(1);
  const unpacks = program === 'tar' && words.slice(0, 2).some(({ text }) => /^-?-?[a-zA-Z]*O/.test(text) || text === '--to-stdout');
  return unpacks || writesOut(program, words) ? words.filter(({ text }) => !text.startsWith('-')) : [];
}

function redirectedFiles(invocation: Invocation): readonly Word[] {
  const reads = invocation.redirections.filter((redirection) => redirection.kind === 'read').map((redirection) => redirection.target);
  return reads.length > 0 && (isReader(invocation.program) || openers.has(invocation.program)) ? reads : [];
}

/** Paths of secret files that a word names, outright or as a glob. */
export function secretFilesOf(word: Word, invocation: Invocation, analysis: Analysis): readonly string[] {
  const { world, home } = analysis;
  const { text } = word;
  if (text === '' || text.length > 4096) return [];
  const expanded = expandHome(text, home ?? invocation.env.HOME, world.platform) ?? text;
  const path = invocation.cwd === undefined ? expanded : joinPath(invocation.cwd, expanded, world.platform);
  analysis.spend(1);
  if (word.globs.length === 0) {
    if (isSecretName(path) || isSecretName(expanded) || isSecretFolder(path) || world.written?.secret(path)?.kind === 'file') return [path];
    const real = world.sighted ? world.resolve(path) : path;
    return real !== path && isSecretName(real) ? [path] : [];
  }
  const glob = text.slice(text.lastIndexOf('/') + 1);
  const folder = invocation.cwd === undefined && !path.startsWith('/') ? undefined : parentOf(path, world.platform);
  const listed = folder === undefined ? undefined : world.list(folder);
  if (listed) {
    const found = listed.filter((name) => matchesGlob(glob, name)).map((name) => joinPath(folder ?? '', name, world.platform)).filter((file) => isSecretName(file));
    analysis.spend(Math.ceil(listed.length / 64));
    return found.slice(0, 8);
  }
  // Where nothing can be listed, a glob that begins with a dot or names a kind of key is taken at its word.
  const taken = /^\.env[*?[]/.test(glob) || isSecretName(glob.replace(/[*?]+/g, 'x')) || (/^[.i]/.test(glob) && canonicalSecretNames.some((name) => matchesGlob(glob, name)));
  return taken ? [path] : [];
}

interface Copy {
  readonly from: string;
  readonly to: string;
  /** Where it lands. */
  readonly path: string;
}

/** A secret file copied or linked to a name that is not hidden, where reading it would no longer be noticed. */
function copiedFile(invocation: Invocation, analysis: Analysis): Copy | undefined {
  const { program, argv } = invocation;
  if (!/^(?:cp|mv|ln|install|rsync|scp|dd|copy|Copy-Item|Move-Item)$/i.test(program)) return undefined;
  const operands = program === 'dd' ? ['if=', 'of='].flatMap((name) => argv.filter(({ text }) => text.startsWith(name)).map((word) => sliceWord(word, name.length))) : argv.slice(1).filter((word) => !word.text.startsWith('-'));
  const to = operands.at(-1);
  if (operands.length < 2 || !to || to.holes.length > 0) return undefined;
  const { platform } = analysis.world;
  const target = joinPath(invocation.cwd ?? '', expandHome(to.text, analysis.home, platform) ?? to.text, platform);
  if (/[\\/]$|^\.{1,2}$/.test(to.text) || analysis.world.stat(target)?.kind === 'folder' || isSecretName(target)) return undefined;
  if ((program === 'scp' || program === 'rsync') && /^[\w.@-]+:/.test(to.text)) return undefined;
  const from = operands.slice(0, -1).find((word) => word.globs.length === 0 && word.holes.length === 0 && isSecretName(joinPath(invocation.cwd ?? '', expandHome(word.text, analysis.home, platform) ?? word.text, platform)));
  return from ? { from: from.text, to: to.text, path: target } : undefined;
}

function readEffect(path: string, invocation: Invocation): Effect {
  const name = baseName(path, 'posix') || path;
  return {
    verb: 'readSecret',
    resource: { kind: 'secret file', name, provider: 'local files' },
    reversibility: 'irreversible',
    certainty: 'certain',
    rule: 'secrets/shell-read',
    why: `Prints what is in ${name}, which holds secrets, where the agent reads it.`,
    saferWay: 'Let a program load the file itself (node --env-file, source in a script, docker --env-file), or work with its masked view.',
    target: { by: 'path' },
    paths: [path],
    ...(invocation.span ? { span: invocation.span } : {}),
  };
}

function huntEffect(variable: string, invocation: Invocation): Effect {
  return {
    ...readEffect(variable, invocation), resource: { kind: 'credential', name: variable, provider: 'local files' }, certainty: 'likely', rule: 'secrets/hunt',
    why: `Looks through every file for ${variable} and prints its value where the agent reads it.`,
    saferWay: 'Search the code alone (a folder, or --include with an ending), or list the files that name it (-l).',
    paths: [],
  };
}

/** Effects of inline code that takes the content of a secret file: code that has it can print it in any form. */
export function codeReadEffects(word: Word, place: Place, analysis: Analysis): readonly Effect[] {
  const invocation: Invocation = { program: '', argv: [], env: place.env, cwd: place.cwd, redirections: [], promptsAnswered: false, ...(place.span ? { span: place.span } : {}) };
  return secretFilesOf({ ...word, globs: [] }, invocation, analysis).map((path) => ({ ...readEffect(path, invocation), rule: codeReadRule, why: `Reads ${baseName(path, 'posix')}, which holds secrets, in code the agent wrote for it.` }));
}

/** Effects of a secret file run as a script: what is wrong with a line is said by printing it. */
export function scriptReadEffects(script: Word, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  return secretFilesOf(script, invocation, analysis).map((path) => ({ ...readEffect(path, invocation), why: `Runs ${baseName(path, 'posix')}, which holds secrets, as a script: the error message prints a part of it.` }));
}

/**
 * Effects of a credential that a command line prints where the agent reads it, rather than handing it to a program. Files are held
 * where they are read; environments and searches pass with their output masked, except where nothing can mask it.
 */
export function printedEffects(secret: SecretSource, { action, loads }: Analysis, span: Span | undefined): readonly Effect[] {
  if (secret.kind === 'credential') {
    return [printedEffect({ kind: 'credential', name: secret.name }, 'secrets/printed', `Prints the credential that ${secret.name} keeps where the agent reads it.`, 'Hand it to the program that needs it without showing it: TOKEN=$(…) command, or a pipe.', span)];
  }
  if (action.tool !== 'shell' || action.shown !== true || secret.values === undefined) return [];
  if (secret.values === 'own' && loads.values.size === 0 && !holdsSecret(action.env)) return [];
  return [printedEffect({ kind: 'environment', name: secret.name }, 'secrets/printed-environment', `Prints ${secret.name}, with the secrets in it, and nothing can hide them from this agent.`, 'Print the names alone (env | cut -d= -f1), or the one value that is needed and is no secret.', span)];
}

function holdsSecret(env: Readonly<Record<string, string>>): boolean {
  return Object.entries(env).some(([name, value]) => value !== '' && judgeName(name) !== undefined);
}

function printedEffect(resource: { readonly kind: string; readonly name: string }, rule: string, why: string, saferWay: string, span: Span | undefined): Effect {
  return { verb: 'readSecret', resource: { ...resource, provider: 'local files' }, reversibility: 'irreversible', certainty: 'certain', rule, why, saferWay, target: { by: 'path' }, ...(span ? { span } : {}) };
}

/** Nothing is shown by it, and from then on nothing hides it: a person decides. */
function copyEffect({ from, to }: Copy, invocation: Invocation): Effect {
  return { ...readEffect(from, invocation), verb: 'publish', rule: 'secrets/shell-copy', why: `Puts ${baseName(from, 'posix')}, which holds secrets, under the name ${to}, where it is no longer hidden.`, saferWay: 'Keep secrets under a name that says so, such as .env.' };
}
