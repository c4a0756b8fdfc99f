import type { Analysis } from '../analysis.ts';
import { baseName } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import type { SecretSource, Word } from '../shell/word.ts';
import { unwrap } from '../shell/wrappers.ts';
import { placed } from '../shell/writes.ts';
import { secretWithin } from './below.ts';
import { judgeName } from './names.ts';
import { environmentPrinter, mayPrintSecrets, printsCredential, secretWords } from './printers.ts';
import { isReader } from './readers.ts';
import { readFiles, secretFilesOf } from './shell-reads.ts';
import { listedNames } from './sweeps.ts';

const maxWrappers = 8;

/** Programs that write what they read, whole, in part or in another form; from their manuals. */
const filters: ReadonlySet<string> = new Set([
  'cat', 'tac', 'tee', 'head', 'tail', 'nl', 'rev', 'sort', 'uniq', 'shuf', 'cut', 'paste', 'tr', 'fold', 'fmt', 'column', 'sed', 'gsed', 'awk', 'gawk', 'mawk', 'nawk', 'perl', 'python', 'python3', 'node', 'ruby', 'jq', 'yq', 'gojq', 'grep', 'egrep', 'fgrep', 'rg', 'xargs', 'strings', 'iconv',
  'base64', 'base32', 'basenc', 'xxd', 'od', 'hexdump', 'hd', 'uuencode', 'openssl', 'gpg', 'gpg2', 'age', 'gzip', 'pigz', 'bzip2', 'xz', 'zstd', 'lz4', 'gunzip', 'zcat', 'tar', 'zip', 'cpio', 'pv', 'split', 'dd', 'sponge', 'stdbuf', 'ts', 'sh', 'bash', '',
]);

/** Options with which a filter says something about what it reads and shows none of it. */
const quiet = /^(?:-[a-zA-Z]*[qclL][a-zA-Z]*|--quiet|--silent|--count|--files-with-matches|--files-without-match)$/;

/** The secret in what a program writes to its output; undefined where there is none that anybody can foresee. */
export function secretOutput(invocation: Invocation, analysis: Analysis, depth = 0): SecretSource | undefined {
  const { program, argv, stdin } = invocation;
  const inner = depth < maxWrappers ? unwrap(invocation) : undefined;
  if (inner) return secretOutput(inner.invocation, analysis, depth + 1) ?? (filters.has(inner.invocation.program) ? stdin?.secret : undefined);
  if (program === 'echo' || program === 'printf') return secretIn(argv);
  if (!mayShow(program)) return undefined;
  if (/^g?xargs$/.test(program) && stdin?.secret?.kind === 'names') return { kind: 'file', name: stdin.secret.name };
  if (stdin?.secret?.values === 'own' && keepsNames(program, argv)) return undefined;
  if (stdin?.secret && filters.has(program) && !(/grep$|^rg$/.test(program) && argv.some((word) => quiet.test(word.text)))) return stdin.secret;
  const names = listedNames(invocation);
  return printedBy(invocation) ?? secretRead(invocation, analysis) ?? (names === undefined ? undefined : { kind: 'names', name: names });
}

/** Ways to print the names of variables and not their values. */
const namesOnly: Readonly<Record<string, RegExp>> = { cut: /^(?:-d ?=|--delimiter[= ]=) (?:-f ?1|--fields[= ]1)$|^-f ?1 -d ?=$/, awk: /^-F ?= \{ ?print \$1;? ?\}$/, sed: /^s(.)=\.\*\1\1$/ };

function keepsNames(program: string, argv: readonly Word[]): boolean {
  return namesOnly[program]?.test(argv.slice(1).map(({ text }) => text).join(' ').slice(0, 64)) ?? false;
}

/** Programs besides filters, readers and printers that may write secrets or the names of secret files. */
const others: ReadonlySet<string> = new Set(['env', 'printenv', 'xargs', 'gxargs', 'dd', 'curl', 'wget', 'git', 'tar', 'gtar', 'bsdtar', 'zip', 'cpio', 'cp', 'install', 'ls', 'find', 'gfind', 'fd', 'fdfind', 'locate', 'zgrep', 'ag', 'ack', 'ugrep', 'base64']);

function mayShow(program: string): boolean {
  return filters.has(program) || others.has(program) || mayPrintSecrets(program) || isReader(program);
}

/** The first secret that comes from a substitution in the words. */
export function secretIn(words: readonly Word[]): SecretSource | undefined {
  for (const word of words) for (const hole of word.holes) if (hole.secret && hole.secret.kind !== 'names') return hole.secret;
  return undefined;
}

/** What programs print without being told a file. */
function printedBy({ program, argv }: Invocation): SecretSource | undefined {
  const searches = /^(?:[efz]?grep|rg|ag|ack|ugrep)$/.test(program);
  if (!searches && !/^(?:env|printenv)$/.test(program) && !mayPrintSecrets(program)) return undefined;
  const args = argv.slice(1).map((word) => word.text).join(' ').slice(0, 2048);
  if (printsCredential(program, args)) return { kind: 'credential', name: program };
  if (program === 'env' || (program === 'printenv' && argv.length === 1)) return { kind: 'environment', name: 'the environment', values: 'own' };
  if (program === 'printenv' && argv.slice(1).some((word) => judgeName(word.text) !== undefined)) return { kind: 'credential', name: argv[1]?.text ?? program };
  const printer = environmentPrinter(program, args);
  if (printer) return { kind: 'environment', name: `what ${program} prints`, ...(printer.values === undefined ? {} : { values: printer.values }) };
  if (searches && secretWords.test(args) && (/^(?:rg|ag|ack)$/.test(program) ? !/\.\w{1,8}$/.test(args) : /(?:^|\s)(?:-[a-zA-Z]*[rR]|--recursive)/.test(args))) return { kind: 'search', name: 'a search for secrets' };
  return undefined;
}

/** Files with secrets a program prints, named in its words or redirected into it. */
function secretRead(invocation: Invocation, analysis: Analysis): SecretSource | undefined {
  const redirected = filters.has(invocation.program) ? invocation.redirections.filter(({ kind }) => kind === 'read').map(({ target }) => target) : [];
  for (const word of [...readFiles(invocation), ...redirected]) {
    const held = secretFileOf(word, invocation, analysis);
    if (held) return held;
    const within = packs.has(invocation.program) || word.globs.length > 0 ? secretWithin(word, invocation, analysis) : undefined;
    if (within !== undefined) return { kind: 'file', name: within };
  }
  return undefined;
}

/** Programs that take folders with all that is in them. */
const packs: ReadonlySet<string> = new Set(['tar', 'gtar', 'bsdtar', 'zip', 'cpio']);

/** The secret in the file a word names, by its name or by what the line itself put into it. */
export function secretFileOf(word: Word, invocation: Invocation, analysis: Analysis): SecretSource | undefined {
  const [path] = secretFilesOf(word, invocation, analysis);
  if (path !== undefined) return { kind: 'file', name: baseName(path, 'posix') || path };
  const written = placed(word, invocation.cwd, analysis);
  return written === undefined ? secretIn([word]) : analysis.world.written?.secret(written);
}
