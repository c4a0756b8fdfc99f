import type { Action, ShellAction } from '../action.ts';
import { TooMuch, type Analysis } from '../analysis.ts';
import { expandHome, joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { interpret } from '../shell/interpreters.ts';
import { analyseShell } from '../shell/walk.ts';
import type { Word } from '../shell/word.ts';
import { unwrap } from '../shell/wrappers.ts';
import { blindWorld, type World } from '../world.ts';
import { findSecrets } from './find.ts';
import { isSecretName } from './files.ts';
import { judgeName } from './names.ts';
import { printers, secretWords } from './printers.ts';
import { isReader, readerPrograms } from './readers.ts';
import { readFiles } from './shell-reads.ts';

const maxSteps = 20_000;
const maxDepth = 8;
const maxRead = 256 * 1024;
/** Longest arguments looked at one by one; longer ones are taken for ones that print. */
const maxArguments = 2048;

/**
 * True when an action may run but what it prints may hold secrets: sweeps over many files, environment dumps,
 * programs that print their own credentials, history, logs, and files that have secrets in them.
 */
export function needsMaskedOutputFor(action: Action, world: World = blindWorld()): boolean {
  switch (action.tool) {
    case 'search':
      return true;
    case 'shell':
      return action.shell === 'bash' ? shellNeedsMask(action, world) : /env:|\benv\b|\bset\b|environment|get-content|\bgc\b|\btype\b|select-string|findstr|credential|secret|token|password|\bgit\b|history|clipboard/i.test(action.command);
    case 'read':
    case 'write':
    case 'delete':
    case 'mcp':
    case 'http':
    case 'other':
    default:
      return false;
  }
}

const printersOf = new Map<string, (typeof printers)[number][]>();
for (const printer of printers) for (const program of printer.programs) printersOf.set(program, [...(printersOf.get(program) ?? []), printer]);

/** Programs that print nothing of anybody's whatever follows them, told from the text alone. */
const plain = /^(?:[\w./:@,+=%~-]+|"[\w./:@,+=%~ -]*"|'[\w./:@,+=%~ -]*')(?:\s+(?:[\w./:@,+=%~&;-]+|"[^"\\$`]*"|'[^']*'))*\s*$/;
const mayPrint = new RegExp(`(?:^|[^\\w-])(?:${[...new Set([...printers.flatMap(({ programs }) => programs).filter((program) => program !== 'git'), ...readerPrograms, 'env', 'printenv', 'echo', 'printf', 'python[\\d.]*', 'node', 'nodejs', 'ruby', 'perl', 'php', 'deno', 'bun', 'tsx', 'sh', 'bash', 'zsh', 'dash', 'ksh', 'eval', 'xargs', 'parallel', 'ssh', 'dd', 'tar', 'zip', 'curl', 'wget'])].join('|')})(?![\\w-])|\\bgit\\b(?=.*\\b(?:show|log|diff|stash|cat-file|blame|annotate|reflog|grep|credential|archive|config|remote|format-patch|whatchanged)\\b)`);

function shellNeedsMask(action: ShellAction, world: World): boolean {
  // Most commands need no second walk: no quoting to see through, and no program that prints what it did not make.
  if (action.command.length < 512 && plain.test(action.command) && !mayPrint.test(action.command)) return false;
  let masked = false;
  let steps = maxSteps;
  const collector = (depth: number): Analysis => {
    const collect: Analysis = {
      guardPaths: [], action, world, depth, home: action.env.HOME ?? action.env.USERPROFILE,
      spend: (cost) => {
        steps -= cost;
        if (steps < 0 || depth > maxDepth) throw new TooMuch('the command is too large to look into');
      },
      isNew: () => true,
      shell: (command, place, positional) => analyseShell(command, place, collector(depth + 1), positional),
      powershell: () => [],
      cmd: () => [],
      invocation: (invocation) => {
        collect.spend(1);
        masked ||= needsMaskedOutput(invocation, collect);
        const inner = unwrap(invocation);
        // Which files `xargs cat` shows is known only when it runs.
        if (inner && /^(?:g?xargs|parallel)$/.test(invocation.program)) masked ||= isReader(inner.invocation.program) && inner.invocation.program !== 'grep';
        if (inner) collector(depth + 1).invocation(inner.invocation);
        else interpret(invocation, collector(depth + 1));
        return [];
      },
      code: (_language, text) => {
        masked ||= codeShows(text);
        return [];
      },
      sql: (text) => {
        masked ||= secretWords.test(text);
        return [];
      },
      http: () => [],
    };
    return collect;
  };
  try {
    analyseShell(action.command, { cwd: action.cwd || undefined, env: action.env }, collector(0));
  } catch {
    // What could not be followed may print anything; masking its output costs nothing.
    return true;
  }
  return masked;
}

/** Inline code that reaches for the environment or for files that hold secrets. */
function codeShows(text: string): boolean {
  return /process\.env|Bun\.env|Deno\.env|os\.environ|getenv|\bENV\b|\$_ENV|\$ENV\{|dotenv|environ\b|chr\(\d|\.env\b/.test(text) || secretWords.test(text) || /\.(?:pem|key|tfstate|npmrc|netrc)\b|credentials|id_rsa/.test(text);
}

/** True when what one program prints may hold secrets. Without an analysis nothing on disk is looked at. */
export function needsMaskedOutput(invocation: Invocation, analysis?: Analysis): boolean {
  const args = invocation.argv.slice(1).map((word) => word.text).join(' ');
  const own = printersOf.get(invocation.program);
  if (own?.some(({ prints }) => args.length > maxArguments || prints.test(args))) return true;
  switch (invocation.program) {
    case 'env': return invocation.argv.slice(1).every((word) => word.text.startsWith('-') || /^\w+=/.test(word.text));
    case 'printenv': return invocation.argv.length === 1 || invocation.argv.slice(1).some((word) => isSecretVariable(word.text));
    case 'echo':
    case 'printf': return invocation.argv.slice(1).some((word) => showsVariable(word, invocation.env));
    case 'grep': case 'egrep': case 'fgrep': case 'rg': case 'ag': case 'ack': case 'ugrep': case 'zgrep': return args.length > maxArguments || isSweep(invocation, args);
    case 'cp': case 'mv': case 'ln': return false;
    default: break;
  }
  if (/^(?:python[\d.]*|node|nodejs|ruby|perl|php|deno|bun|tsx)$/.test(invocation.program) && invocation.stdin && codeShows(invocation.stdin.text)) return true;
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
function showsSecrets(word: Word, invocation: Invocation, analysis: Analysis | undefined): boolean {
  if (word.holes.length > 0) return true;
  if (/\.log(?:\.\d+)?$|\.jsonl$|(?:^|\/)core(?:\.\d+)?$|\.(?:dump|dmp|hprof|har)$/.test(word.text)) return true;
  if (word.globs.length > 0) return /(?:^|\/)\.[^/]*$/.test(word.text);
  if (!analysis || !analysis.world.sighted) return false;
  const { platform } = analysis.world;
  const path = joinPath(invocation.cwd ?? '', expandHome(word.text, analysis.home, platform) ?? word.text, platform);
  if (isSecretName(path)) return true;
  const text = analysis.world.read(path, maxRead);
  if (text === undefined) return false;
  analysis.spend(Math.ceil(text.length / 256));
  const found = findSecrets(text, { path });
  return found.findings.length > 0 || !found.complete;
}
