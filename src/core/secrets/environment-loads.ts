import type { Effect } from '../effect.ts';
import { baseName } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import type { Command, Word as Syntax } from '../shell/parse.ts';
import { judgeName } from './names.ts';
import { isEnvFile } from './text-scan.ts';
import { looksRandom } from './values.ts';

/** Reads that only fill the environment, as far as the rest of the action shows none of it. */
export interface EnvironmentLoads {
  /** Effects that count only when something is shown. */
  readonly lent: Effect[];
  /** Something in the action may print the environment or a variable. */
  shown: boolean;
  /** True while what fills the environment is walked: that shows nothing. */
  loading: boolean;
  /** What secret variables hold by then; a program that is told one in words may print or send it. */
  readonly values: Set<string>;
}

export function noLoads(): EnvironmentLoads {
  return { lent: [], shown: false, loading: false, values: new Set() };
}

/** Shorter values turn up in words by chance. */
const SHORTEST = 6;
const mostValues = 64;

/** Remembers the value of a variable that was loaded, where it is a secret. */
export function noteLoaded(name: string, value: string, { values }: EnvironmentLoads): void {
  if (value.length >= SHORTEST && values.size < mostValues && (judgeName(name) !== undefined || looksRandom(value) || /:\/\/[^/\s]*@/.test(value))) values.add(value);
}

/** The programs with which a file of variables is made into arguments. With these words they write into no file and start nothing. */
const loaders: ReadonlySet<string> = new Set(['cat', 'grep', 'egrep', 'fgrep', 'sed', 'xargs', 'tr', 'sort', 'uniq', '']);
const xargsOption = /^(?:-0|-r|-[dLnE].*|--null|--delimiter=.*|\\n|\d+)$/;

/** Output of its own that goes elsewhere. */
const redirects = />/;

/**
 * Where a command takes its variables from the output of others and shows none of it: `export $(grep -v '^#' .env | xargs)`,
 * `env $(cat .env) npm start`. The arguments that do so; none elsewhere.
 * https://www.gnu.org/software/bash/manual/html_node/Bourne-Shell-Builtins.html#index-export
 */
export function environmentLoads({ name, args }: Command): ReadonlySet<Syntax> {
  const substitutions = name?.value === 'export' || name?.value === 'env' ? args.filter((arg) => arg.type === 'Word' && arg.parts?.length === 1 && arg.parts[0]?.type === 'CommandExpansion' && !redirects.test(arg.value.replaceAll(/\b2>[ \t]{0,8}\/dev\/null\b/g, ''))) : [];
  const runsProgram = name?.value !== 'env' || args.some((arg) => arg.type === 'Word' && !substitutions.includes(arg) && !arg.value.startsWith('-'));
  return new Set(runsProgram ? (substitutions as Syntax[]) : []);
}

/** Sets the reads of a file of variables aside; gives what counts in any case, and the file that is loaded. */
export function lend(invocation: Invocation, effects: readonly Effect[], loads: EnvironmentLoads): { readonly effects: readonly Effect[]; readonly file: string | undefined } {
  const reads = effects.filter(({ rule, paths }) => rule === 'secrets/shell-read' && paths?.length === 1 && isEnvFile(baseName(paths[0] ?? '', 'posix')));
  if (!isLoader(invocation)) loads.shown = true;
  loads.lent.push(...reads);
  return { effects: effects.filter((effect) => !reads.includes(effect)), file: reads[0]?.paths?.[0] };
}

function isLoader({ program, argv, redirections }: Invocation): boolean {
  if (!loaders.has(program) || redirections.some(({ kind, target }) => kind !== 'read' && target.text !== '/dev/null')) return false;
  const words = argv.slice(1).map(({ text }) => text);
  if (program === 'xargs') return words.every((word) => xargsOption.test(word));
  return program !== 'sed' || !words.some((word) => /^(?:-i|--in-place)|(?:^|[\d$/;}\s])[wWe]\s*\S|\/[gpiIm\d]*[we]/.test(word));
}

/** Programs that print their words, quote them in what they complain of, or send them away. */
const sayers: ReadonlySet<string> = new Set(['curl', 'wget', 'http', 'https', 'xh', 'nc', 'ncat', 'socat', 'telnet', 'ssh', 'mail', 'sendmail', 'echo', 'printf', 'print', 'cat', 'head', 'tail', 'ls', 'stat', 'file', 'cd', 'test', '[', 'date', 'expr', 'type', 'which', 'command', 'basename', 'dirname', 'logger', 'wc', 'tee', 'grep', 'rg', 'sed', 'cut', 'tr', 'sort', 'fold', 'rev', 'base64', 'xxd', 'od', 'hexdump', 'md5sum', 'sha256sum', 'openssl', 'figlet', 'wall', 'write', 'say']);
/** Programs that look into the environment where their words or input say so. */
const lookers = /^(?:python[\d.]*|node|nodejs|ruby|perl|php|deno|bun|tsx|lua|[gmn]?awk|jq|gojq|yq|make|cmake)$/;
const shells = /^(?:ba|z|k|da|fi)?sh$/;

/** True when a program may print its environment or the value of a variable, or is told one in words. */
export function showsEnvironment({ program, argv, stdin }: Invocation, { loading, values }: EnvironmentLoads): boolean {
  if (loading) return false;
  const words = argv.slice(1);
  const told = [...words.map(({ text }) => text), stdin?.text ?? ''];
  if (told.some((text) => /\/proc\/.*environ/.test(text.slice(0, 512)))) return true;
  if (values.size > 0 && program !== 'export' && told.some((text) => [...values].some((value) => text.includes(value)))) return true;
  switch (program) {
    case 'env':
      return words.every(({ text, holes }) => holes.length === 0 && (text.startsWith('-') || /^\w+=/.test(text)));
    case 'printenv': case 'compgen': case 'envsubst': case 'ps': case 'declare': case 'typeset': case 'local': case 'readonly': case 'history': case 'trap': case 'launchctl':
      return true;
    case 'export':
      return words.every(({ text }) => text.startsWith('-'));
    case 'set':
      return words.length === 0 || words.some(({ text }) => /^-[a-z]*[xv]|^(?:xtrace|verbose)$/.test(text));
    default: break;
  }
  if (shells.test(program)) return words.some(({ text }) => /^-[a-z]*[xv]/.test(text));
  if (lookers.test(program)) return /env/i.test(told.join(' ').slice(0, 65_536));
  return sayers.has(program) && (words.some(({ text, holes }) => holes.length > 0 || text.length > 2_048) || (stdin?.known === false && stdin.text.includes('$')));
}
