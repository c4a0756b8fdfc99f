import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { isInside, joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { runScriptFile } from '../powershell/scripts.ts';
import { runFile } from '../shell/interpreters.ts';
import { knownWord, textOf, type Word } from '../shell/word.ts';
import { placeIn } from './project-file.ts';
import { endingLanguage, shebangLanguage } from './script-text.ts';

const maxFirstLine = 256;
const maxPathEntries = 64;
/** Folders on a search path that hold what was installed, not what was written here. */
const installed = /[\\/](?:node_modules|\.?venv|vendor|\.direnv|\.devbox|\.pixi|\.tox)(?:[\\/]|$)/;
const windowsEndings = ['.bat', '.cmd', '.ps1'];

/** `./x.sh`, `./deploy`, `source x`: the file is looked into where it would run; undefined where the program is no script of the project. */
export function runScript(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const [first, second, ...rest] = invocation.argv;
  const name = textOf(first);
  if (name === undefined || !first) return undefined;
  if ((name === 'source' || name === '.') && second) return runFile('shell', second, rest, invocation, analysis);
  const path = scriptPath(name, invocation, analysis);
  return path === undefined ? undefined : runScriptAt(path, invocation.argv.slice(1), invocation, analysis);
}

function runScriptAt(path: string, operands: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const word = knownWord(path);
  if (/\.(?:ps1|bat|cmd)$/i.test(path)) return runScriptFile(word, operands, placeIn(invocation.cwd, invocation), analysis);
  const ending = endingLanguage(path);
  const language = ending === undefined ? firstLineLanguage(path, invocation, analysis) : ending === 'powershell' ? undefined : ending;
  return language ? runFile(language, word, operands, invocation, analysis) : undefined;
}

/** A text without a first line that says otherwise is run by the shell; a compiled program is not looked into. */
function firstLineLanguage(path: string, { cwd = '' }: Invocation, { world }: Analysis): Exclude<ReturnType<typeof endingLanguage>, 'powershell'> {
  const absolute = joinPath(cwd, path, world.platform);
  const head = world.read(absolute, maxFirstLine);
  // What the command itself has fetched is held, whatever it may be.
  if (head === undefined && world.written?.has(absolute)) return 'shell';
  if (head === undefined || head.trim() === '') return undefined;
  const language = head.startsWith('#!') ? shebangLanguage(head) : 'shell';
  return language === 'powershell' ? undefined : language;
}

/** The path of the script a program's name means; undefined where it means none of the project's. */
function scriptPath(name: string, invocation: Invocation, analysis: Analysis): string | undefined {
  const { world } = analysis;
  if (/[/\\]/.test(name)) return name.includes('/') || world.platform === 'windows' ? name : undefined;
  if (name === '') return undefined;
  if (world.platform === 'posix' && !name.includes('.')) return onSearchPath(name, invocation, analysis);
  const here = joinPath(invocation.cwd ?? '', name, world.platform);
  // `uv run x.py`, and cmd.exe, look in the current folder.
  if (endingLanguage(name) !== undefined || /\.(?:bat|cmd)$/i.test(name)) return world.stat(here)?.kind === 'file' ? here : undefined;
  const ending = world.platform === 'windows' ? windowsEndings.find((candidate) => world.stat(here + candidate)) : undefined;
  return ending === undefined ? onSearchPath(name, invocation, analysis) : here + ending;
}

/** Only where the search path leads into the workspace: what lies elsewhere was installed by somebody. */
function onSearchPath(name: string, { env, cwd = '' }: Invocation, { action, world }: Analysis): string | undefined {
  const roots = action.workspaceRoots.filter((root) => root !== '');
  const searched = env.PATH ?? '';
  // Nearly every search path leads to nothing but what was installed.
  if (world.platform === 'posix' && !roots.some((root) => searched.includes(root)) && !/(?:^|:)[^/:]|~|\/\.\.?(?:\/|:|$)/.test(searched)) return undefined;
  const entries = searched.split(world.platform === 'windows' ? ';' : ':').slice(0, maxPathEntries);
  for (const entry of entries) {
    const folder = joinPath(cwd, entry, world.platform);
    if (entry === '' || installed.test(folder) || !roots.some((root) => isInside(folder, root, world.platform))) continue;
    const path = joinPath(folder, name, world.platform);
    if (world.stat(path)?.kind === 'file') return path;
  }
  return undefined;
}
