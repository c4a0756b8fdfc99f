import type { Action } from '../action.ts';
import type { Analysis } from '../analysis.ts';
import { expandHome, joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { dialectsOf } from '../powershell/dialect.ts';
import type { Word } from '../shell/word.ts';
import { findSecrets } from './find.ts';
import { isSecretName } from './files.ts';
import { judgeName } from './names.ts';
import { printers, secretWords } from './printers.ts';
import { readFiles } from './shell-reads.ts';

const maxRead = 256 * 1024;
/** Longest arguments looked at one by one; longer ones are taken for ones that print. */
const maxArguments = 2048;

/** PowerShell that reaches for its environment, files or stores; its output is not followed word by word. */
const powershellShows = /env:|\benv\b|\bset\b|environment|get-content|\bgc\b|\btype\b|select-string|findstr|credential|secret|token|password|\bgit\b|history|clipboard/i;

/**
 * True when an action that may run prints what may hold secrets, as far as that can be told before it is looked into: a search
 * of files, and text of a shell whose programs are not followed, whatever the tool is called. The programs of a Bash line are judged one by one, by `needsMaskedOutput`.
 */
export function printsUnseen(action: Action): boolean {
  return action.tool === 'search' || (action.tool === 'shell' && (action.shell === 'bash' ? /\benv:/i.test(action.command) && dialectsOf(action.command).has('powershell') : powershellShows.test(action.command)));
}

const printersOf = new Map<string, (typeof printers)[number][]>();
for (const printer of printers) for (const program of printer.programs) printersOf.set(program, [...(printersOf.get(program) ?? []), printer]);

/** Inline code that reaches for the environment or for files that hold secrets. */
export function codeShows(text: string): boolean {
  return /process\.env|Bun\.env|Deno\.env|os\.environ|getenv|\bENV\b|\$_ENV|\$ENV\{|dotenv|environ\b|chr\(\d|\.env\b/.test(text) || secretWords.test(text) || /\.(?:pem|key|tfstate|npmrc|netrc)\b|credentials|id_rsa/.test(text);
}

/** Programs that print the lines they find. */
const searchers: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'rg', 'ag', 'ack', 'ugrep', 'zgrep']);

/** True for a program that prints the lines it finds. */
export function isSearcher(program: string): boolean {
  return searchers.has(program);
}

/** True when what one program prints may hold secrets: sweeps over many files, environment dumps, its own credentials, history, logs, and files that have secrets in them. */
export function needsMaskedOutput(invocation: Invocation, analysis: Analysis): boolean {
  const own = printersOf.get(invocation.program);
  const args = own || searchers.has(invocation.program) ? invocation.argv.slice(1).map((word) => word.text).join(' ') : '';
  if (own?.some(({ prints }) => args.length > maxArguments || prints.test(args))) return true;
  if (searchers.has(invocation.program)) return args.length > maxArguments || isSweep(invocation, args);
  switch (invocation.program) {
    case 'env': return invocation.argv.slice(1).every((word) => word.text.startsWith('-') || /^\w+=/.test(word.text));
    case 'printenv': return invocation.argv.length === 1 || invocation.argv.slice(1).some((word) => isSecretVariable(word.text));
    case 'echo':
    case 'printf': return invocation.argv.slice(1).some((word) => showsVariable(word, invocation.env));
    case 'cp': case 'mv': case 'ln': return false;
    default: break;
  }
  if (invocation.stdin && /^(?:python[\d.]*|node|nodejs|ruby|perl|php|deno|bun|tsx)$/.test(invocation.program) && codeShows(invocation.stdin.text)) return true;
  return readFiles(invocation).some((word) => showsSecrets(word, invocation, analysis));
}

function isSecretVariable(name: string): boolean {
  return judgeName(name) !== undefined || /(?:^|_)(?:URL|URI|DSN|CONNECTION_STRING|CONN_STR|COOKIE)$/i.test(name);
}

/** A word that holds a variable named like a secret, or the value of one. */
function showsVariable(word: Word, env: Readonly<Record<string, string>>): boolean {
  const named = word.holes.some((hole) => (word.text.slice(hole.start, hole.end).match(/\w+/g) ?? []).some(isSecretVariable));
  return named || Object.entries(env).some(([name, value]) => value.length >= 6 && isSecretVariable(name) && word.text.includes(value));
}

/** A search over many files for what secrets are called, or one that looks where searches normally do not. */
function isSweep({ program, argv }: Invocation, args: string): boolean {
  const recursive = program === 'grep' || program === 'egrep' || program === 'fgrep' || program === 'zgrep' ? /(?:^|\s)(?:-[a-zA-Z]*[rR]|--recursive|--dereference-recursive)/.test(args) : !namesFiles(argv);
  const everywhere = /(?:^|\s)(?:-[a-zA-Z]*u|--no-ignore\S*|--hidden|-[a-zA-Z]*\.|--unrestricted|--include=?["']?\.?\*?\.?env)/.test(args);
  const operands = argv.slice(1).filter((word) => !word.text.startsWith('-'));
  const pattern = operands[0]?.text ?? '';
  const broad = pattern === '' || pattern === '.' || pattern === '=' || pattern === '.*';
  const fed = operands.length < 2 && !recursive;
  return (recursive && (everywhere || broad || secretWords.test(args))) || (fed && secretWords.test(pattern)) || operands.slice(1).some((word) => word.holes.length > 0 && secretWords.test(pattern));
}

/** True when a search is given single files, by names with an extension. */
function namesFiles(argv: readonly Word[]): boolean {
  const paths = argv.slice(1).filter((word) => !word.text.startsWith('-')).slice(1);
  return paths.length > 0 && paths.every((word) => word.globs.length === 0 && word.holes.length === 0 && /\.[a-z0-9]{1,8}$/i.test(word.text));
}

/** A file whose content is not known to be clear: it cannot be named beforehand, it is a log or a transcript, or it has secrets in it. */
function showsSecrets(word: Word, invocation: Invocation, analysis: Analysis): boolean {
  if (word.holes.length > 0) return true;
  if (/\.log(?:\.\d+)?$|\.jsonl$|(?:^|\/)core(?:\.\d+)?$|\.(?:dump|dmp|hprof|har)$/.test(word.text)) return true;
  if (word.globs.length > 0) return /(?:^|\/)\.[^/]*$/.test(word.text);
  if (!analysis.world.sighted) return false;
  const { platform } = analysis.world;
  const path = joinPath(invocation.cwd ?? '', expandHome(word.text, analysis.home, platform) ?? word.text, platform);
  if (isSecretName(path)) return true;
  const text = analysis.world.read(path, maxRead);
  if (text === undefined) return false;
  analysis.spend(Math.ceil(text.length / 256));
  const found = findSecrets(text, { path });
  return found.findings.length > 0 || !found.complete;
}
