import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, parseCall, type Call } from '../call.ts';
import { baseName, expandHome, isAbsolute, joinPath, parentOf } from '../files/path.ts';
import type { Folder, Input, Invocation } from '../invocation.ts';
import { textOf, type Word } from './word.ts';

/** Characters of text whose keeping costs one step. */
const perStep = 256;
const maxText = 256 * 1024;

interface Writer {
  readonly programs: readonly string[];
  readonly valueOptions: readonly string[];
  write(call: Call, analysis: Analysis): void;
}

/** Programs that write files a later part of the line may run or read; options from their manuals. */
const writers: readonly Writer[] = [
  { programs: ['mkdir', 'gmkdir'], valueOptions: ['-m', '--mode'], write: makeFolders },
  { programs: ['tee'], valueOptions: [], write: writeInput },
  { programs: ['cp', 'gcp', 'install', 'rsync'], valueOptions: ['-t', '--target-directory', '-S', '--suffix', '-m', '--mode', '-o', '--owner', '-g', '--group', '-e', '--rsh'], write: copy },
  { programs: ['ln', 'gln'], valueOptions: ['-t', '--target-directory', '-S', '--suffix'], write: link },
  { programs: ['mount'], valueOptions: ['-o', '--options', '-t', '--types'], write: bind },
  { programs: ['mv', 'gmv'], valueOptions: ['-t', '--target-directory', '-S', '--suffix'], write: move },
  { programs: ['curl'], valueOptions: ['-o', '--output', '--output-dir', '-H', '--header', '-X', '--request', '-d', '--data', '-u', '--user', '-A', '--user-agent', '-m', '--max-time', '--retry', '--connect-timeout', '-x', '--proxy', '-e', '--referer', '-b', '--cookie', '-c', '--cookie-jar', '-w', '--write-out'], write: fetchWithCurl },
  { programs: ['wget'], valueOptions: ['-O', '--output-document', '-P', '--directory-prefix', '-o', '--output-file', '--header', '-t', '--tries', '-T', '--timeout', '-U', '--user-agent'], write: fetchWithWget },
  { programs: ['aria2c'], valueOptions: ['-o', '--out', '-d', '--dir', '-x', '-s'], write: (call, analysis) => fetched(optionValue(call, '-o', '--out'), call, analysis) },
];

const byProgram = new Map(writers.flatMap((writer) => writer.programs.map((program) => [program, writer] as const)));

/** Notes the files a program has written, so that what follows in the line sees them. */
export function noteWrites(invocation: Invocation, analysis: Analysis): void {
  const writer = analysis.world.written ? byProgram.get(invocation.program) : undefined;
  writer?.write(parseCall(invocation, writer), analysis);
}

/** Notes what a redirection leaves in its file. */
export function noteRedirected(kind: 'truncate' | 'append' | 'read', target: Word, folder: Folder, output: Input | undefined, analysis: Analysis): void {
  if (kind !== 'read') note(placed(target, folder, analysis), output, kind === 'append', analysis);
}

/** The path of a word, for looking it up again; relative where nobody knows to what. */
export function placed(word: Word | undefined, folder: Folder, analysis: Analysis): string | undefined {
  const { platform } = analysis.world;
  const text = textOf(word);
  const path = text === undefined || text === '' || word?.globs.length ? undefined : expandHome(text, analysis.home, platform);
  return path === undefined || /^\/dev(?:\/|$)/.test(path) ? undefined : joinPath(folder ?? '', path, platform);
}

/** Notes what is written to a path. */
export function note(path: string | undefined, content: Input | undefined, appends: boolean, analysis: Analysis): void {
  const { written } = analysis.world;
  if (!written || path === undefined) return;
  const before = appends ? analysis.world.read(path, maxText) ?? (analysis.world.stat(path) ? undefined : '') : '';
  const text = before !== undefined && content?.known && before.length + content.text.length <= maxText ? before + content.text : undefined;
  analysis.spend(1 + Math.ceil((text?.length ?? 0) / perStep));
  written.write(path, text);
  if (content?.secret) written.holdSecret(path, content.secret);
}

function writeInput(call: Call, analysis: Analysis): void {
  const { cwd, stdin } = call.invocation;
  for (const word of call.operands) note(placed(word, cwd, analysis), stdin, hasOption(call, '-a', '--append'), analysis);
}

function makeFolders(call: Call, analysis: Analysis): void {
  for (const word of call.operands) {
    const path = placed(word, call.invocation.cwd, analysis);
    if (path !== undefined) analysis.world.written?.makeFolder(path);
  }
}

/** Sources and the paths they land on. */
function* landings(call: Call, analysis: Analysis): Generator<readonly [from: string, to: string, written: Word]> {
  const { cwd } = call.invocation;
  const { platform } = analysis.world;
  const folder = optionValue(call, '-t', '--target-directory');
  const destination = folder ?? call.operands.at(-1);
  const sources = folder ? call.operands : call.operands.slice(0, -1);
  const target = placed(destination, cwd, analysis);
  if (target === undefined) return;
  const into = folder !== undefined || sources.length > 1 || /[\\/]\.?$|^\.{1,2}$/.test(destination?.text ?? '') || analysis.world.stat(target)?.kind === 'folder';
  for (const word of sources) {
    const from = placed(word, cwd, analysis);
    if (from !== undefined) yield [from, into ? joinPath(target, baseName(from, platform), platform) : target, word];
  }
}

function copy(call: Call, analysis: Analysis): void {
  const { world } = analysis;
  for (const [from, to] of landings(call, analysis)) {
    const known = world.read(from, maxText);
    if (known !== undefined) note(to, { text: known, known: true }, false, analysis);
    else if (world.written?.has(from)) note(to, undefined, false, analysis);
  }
}

/** A symbolic link may lead to a folder; a hard link is another copy as far as anything can be lost. */
function link(call: Call, analysis: Analysis): void {
  copy(call, analysis);
  if (!hasOption(call, '-s', '--symbolic')) return;
  const { platform } = analysis.world;
  for (const [from, to, word] of landings(call, analysis)) analysis.world.written?.link(isAbsolute(word.text, platform) ? from : joinPath(parentOf(to, platform), word.text, platform), to, false);
}

/** https://man7.org/linux/man-pages/man8/mount.8.html */
function bind(call: Call, analysis: Analysis): void {
  const [from, to] = call.operands.map((word) => placed(word, call.invocation.cwd, analysis));
  const binds = hasOption(call, '-B', '--bind', '-R', '--rbind') || /(?:^|,)r?bind(?:,|$)/.test(optionValue(call, '-o', '--options')?.text ?? '');
  if (binds && from !== undefined && to !== undefined) analysis.world.written?.link(from, to, true);
}

function move(call: Call, analysis: Analysis): void {
  for (const [from, to] of landings(call, analysis)) {
    analysis.spend(1);
    analysis.world.written?.move(from, to);
  }
}

function fetched(word: Word | undefined, call: Call, analysis: Analysis): void {
  if (word?.text !== '-') note(placed(word, call.invocation.cwd, analysis), undefined, false, analysis);
}

function fetchWithCurl(call: Call, analysis: Analysis): void {
  fetched(optionValue(call, '-o', '--output'), call, analysis);
  if (hasOption(call, '-O', '--remote-name', '--remote-name-all')) for (const url of call.operands) fetched(lastName(url), call, analysis);
}

function fetchWithWget(call: Call, analysis: Analysis): void {
  const named = optionValue(call, '-O', '--output-document');
  if (named) fetched(named, call, analysis);
  else for (const url of call.operands) fetched(lastName(url), call, analysis);
}

/** The file name a download takes from its address. */
function lastName(url: Word): Word | undefined {
  const name = /\/([^/?#]+)(?:[?#].*)?$/.exec(url.text.replace(/^[a-z]+:\/\//i, ''))?.[1];
  return name === undefined ? undefined : { ...url, text: name, globs: [] };
}
