import type { Analysis } from '../analysis.ts';
import { optionValue } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import { fileText, placeOf } from '../inputs.ts';
import { knownWord, programOf, type Word } from '../shell/word.ts';
import type { GitCommand } from './command.ts';
import { gitEffect } from './effect.ts';

/** Settings whose value git hands to a shell. https://git-scm.com/docs/git-config */
const commandSettings = /^(?:core\.(?:sshcommand|pager|editor|fsmonitor|askpass|gitproxy)|sequence\.editor|pager\..+|diff\.external|diff\..+\.(?:command|textconv)|difftool\..+\.cmd|mergetool\..+\.cmd|merge\..+\.driver|filter\..+\.(?:clean|smudge|process)|gpg\.(?:.+\.)?program|interactive\.difffilter|uploadpack\.packobjectshook)$/;
/** Variables of the same kind. https://git-scm.com/docs/git#_environment_variables */
const commandVariables = ['GIT_SSH_COMMAND', 'GIT_PAGER', 'GIT_EDITOR', 'GIT_SEQUENCE_EDITOR', 'GIT_EXTERNAL_DIFF', 'GIT_ASKPASS', 'GIT_PROXY_COMMAND', 'GIT_SSH', 'SSH_ASKPASS'];
const longestConfig = 64 * 1024;

/** Commands inside a git command: settings that run programs, `--exec`, `bisect run`, `foreach`, filters, aliases. */
export function embeddedEffects(command: GitCommand, analysis: Analysis): readonly Effect[] {
  const place = { ...placeOf(command.call.invocation), cwd: command.folder };
  const { env, argv } = command.call.invocation;
  const texts: string[] = [];
  for (const { key, value } of command.settings) {
    if (commandSettings.test(key)) texts.push(value.text);
    else if (/^credential\..*helper$/.test(key) && /^[!/~.]/.test(value.text)) texts.push(value.text.replace(/^!/, ''));
  }
  // What the whole action's environment holds already is the person's own.
  for (const name of commandVariables) if (env[name] !== undefined && env[name] !== analysis.action.env[name]) texts.push(env[name]);
  const unseen = texts.flatMap((text) => unseenProgram(text, command, analysis));
  texts.push(...ownTexts(command));
  const run = [...unseen, ...texts.flatMap((text) => analysis.shell(text, place))];
  if (command.subcommand !== 'bisect' || argv[1]?.text !== 'run' || !argv[2]) return run;
  return [...run, ...analysis.invocation({ ...command.call.invocation, program: programOf(argv[2]), argv: argv.slice(2), cwd: command.folder, redirections: [] })];
}

/** Folders of programs somebody has installed. */
const installed = /^\/(?:bin|sbin|usr|opt|lib|nix|snap|Applications|System|Library)\//;

/** A setting that makes git run a file nobody can look into: the command's own words do not show that it runs at all. */
function unseenProgram(text: string, command: GitCommand, analysis: Analysis): readonly Effect[] {
  const program = /^\s*([^\s'"]*\/[^\s'"]+)/.exec(text.slice(0, 1024))?.[1];
  if (program === undefined || installed.test(program) || fileText(program, command.folder, analysis).kind === 'text') return [];
  return [gitEffect({ id: 'runs-program', verb: 'runUnknown', kind: 'program', name: program, certainty: 'unknown', page: 'config', why: `Makes git run ${program}, which nobody could look into.`, saferWay: 'Leave git its own settings, or let the file be read first.' }, command)];
}

function ownTexts({ subcommand, call }: GitCommand): readonly string[] {
  if (subcommand === 'rebase') return (call.options.get('-x') ?? []).concat(call.options.get('--exec') ?? []).flatMap((word) => word?.text ?? []);
  if (subcommand === 'filter-branch') return ['--env-filter', '--tree-filter', '--setup'].flatMap((name) => optionValue(call, name)?.text ?? []);
  if (subcommand !== 'submodule' || call.operands[0]?.text !== 'foreach') return [];
  // Several words are run as they stand, one word is a shell's.
  return [call.operands.slice(1).map((word) => word.text).join(' ')];
}

/** The effects of an alias, given with `-c` or in a configuration file; undefined where the subcommand is none. */
export function aliasEffects(command: GitCommand, analysis: Analysis): readonly Effect[] | undefined {
  const text = command.settings.findLast(({ key }) => key === `alias.${command.subcommand.toLowerCase()}`)?.value.text ?? aliasInFiles(command, analysis);
  if (text === undefined) return undefined;
  const place = { ...placeOf(command.call.invocation), cwd: command.folder };
  const rest = command.call.invocation.argv.slice(1);
  if (text.startsWith('!')) return analysis.shell(`${text.slice(1)} "$@"`, place, rest);
  const { span } = command.call.invocation;
  const words = text.split(/\s+/).filter(Boolean);
  if (words[0] === command.subcommand) return undefined;
  // Other settings still hold for what the alias stands for; its own is left out, so that this ends.
  const settings = command.settings.filter(({ key }) => key !== `alias.${command.subcommand.toLowerCase()}`).flatMap(({ key, value }) => ['-c', `${key}=${value.text}`]);
  const argv: Word[] = ['git', ...settings, ...words].map((word) => knownWord(word, span));
  return analysis.invocation({ ...command.call.invocation, program: 'git', argv: [...argv, ...rest], cwd: command.folder, redirections: [] });
}

/** Subcommands of git itself, which an alias cannot replace; of those in daily use. */
const builtIn = new Set(['add', 'am', 'apply', 'archive', 'bisect', 'blame', 'branch', 'bundle', 'cat-file', 'check-ignore', 'checkout', 'checkout-index', 'cherry', 'cherry-pick', 'clean', 'clone', 'commit', 'config', 'describe', 'diff', 'fetch', 'filter-branch', 'for-each-ref', 'format-patch', 'fsck', 'gc', 'grep', 'hash-object', 'help', 'init', 'log', 'ls-files', 'ls-remote', 'ls-tree', 'maintenance', 'merge', 'merge-base', 'mv', 'notes', 'prune', 'pull', 'push', 'range-diff', 'read-tree', 'rebase', 'reflog', 'remote', 'repack', 'replace', 'reset', 'restore', 'rev-list', 'rev-parse', 'revert', 'rm', 'shortlog', 'show', 'show-ref', 'sparse-checkout', 'stash', 'status', 'submodule', 'switch', 'symbolic-ref', 'tag', 'update-index', 'update-ref', 'version', 'worktree']);

function aliasInFiles(command: GitCommand, analysis: Analysis): string | undefined {
  const { world, home } = analysis;
  if (builtIn.has(command.subcommand) || !world.sighted) return undefined;
  const files = [
    ...(command.facts ? [joinPath(command.facts.root, '.git/config')] : []),
    ...(home === undefined ? [] : [joinPath(home, '.gitconfig'), joinPath(home, '.config/git/config')]),
  ];
  for (const file of files) {
    const alias = aliasIn(world.read(file, longestConfig) ?? '', command.subcommand);
    if (alias !== undefined) return alias;
  }
  return undefined;
}

/** The value of `alias.<name>` in a configuration file. https://git-scm.com/docs/git-config#_syntax */
export function aliasIn(config: string, name: string): string | undefined {
  let section = '';
  for (const line of config.split('\n')) {
    const header = /^\s*\[\s*([^\]"\s]+)/.exec(line);
    if (header) section = (header[1] as string).toLowerCase();
    const entry = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*=\s*(.*)$/.exec(line);
    if (section !== 'alias' || entry?.[1]?.toLowerCase() !== name.toLowerCase()) continue;
    const value = (entry[2] as string).trim();
    return value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1).replace(/\\(["\\])/g, '$1') : value;
  }
  return undefined;
}
