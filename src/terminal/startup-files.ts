import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shellWord } from '../agents/shell-word.ts';
import { markersSet } from './ask-gate.ts';
import { fishConf, lookScript } from './fish.ts';
import { LOOKED_INTO, lookFunctions, MOST_WORDS, WORTH_A_LOOK } from './shell-look.ts';

/** Where the files of this room stand; all paths are absolute. */
export interface ShellFiles {
  /** Folder of the shims. */
  readonly shims: string;
  /** What bash reads before a script or a `-c` command, by `BASH_ENV`. */
  readonly bash: string;
  /** The folder that zsh reads its own files from, by `ZDOTDIR`. */
  readonly zsh: string;
  /** The folder of data that fish finds its file below, by `XDG_DATA_DIRS`. */
  readonly fish: string;
  /** What dash and other shells of POSIX read where somebody types, by `ENV`. */
  readonly env: string;
  /** A script that looks at one command, for shells that cannot do it themselves. */
  readonly look: string;
  readonly launcher: string;
}

/** The places below Interlock's own folder. */
export function shellFiles(root: string, launcher: string): ShellFiles {
  return { shims: join(root, 'shims'), bash: join(root, 'shell', 'bash-env'), zsh: join(root, 'shell', 'zsh'), fish: join(root, 'shell', 'fish'), env: join(root, 'shell', 'env'), look: join(root, 'shell', 'look'), launcher };
}

/** The variables that keep what a person's own environment said, for our files to hand on. */
const handedOn = { bash: 'INTERLOCK_BASH_ENV', zsh: 'INTERLOCK_ZDOTDIR', env: 'INTERLOCK_ENV' } as const;

/** What `XDG_DATA_DIRS` means where it is not set: https://specifications.freedesktop.org/basedir-spec/latest/#variables */
const USUAL_DATA_FOLDERS = '/usr/local/share:/usr/share';

/**
 * The variables by which shells find the files, and those that hand on what stood in them before.
 * @param env the environment the editor was started with, which may have been a terminal of another window
 * @param hasFish whether fish is on this machine; where it is not, nothing needs its variable
 */
export function shellVariables({ bash, zsh, fish, env: posix }: ShellFiles, env: Readonly<Record<string, string | undefined>>, hasFish: boolean): Readonly<Record<string, string>> {
  const set = (name: string, ours: string, handed: string): Record<string, string> => {
    const before = env[name] === ours ? env[handed] : env[name];
    return { [name]: ours, ...(before === undefined || before === '' ? {} : { [handed]: before }) };
  };
  // These shells expand what stands in the variable, so that a folder's name could run something.
  const expanded = (name: string, ours: string, handed: string): Record<string, string> => (/[$`\\]/.test(ours) ? {} : set(name, ours, handed));
  const dataFolders = (env['XDG_DATA_DIRS'] || USUAL_DATA_FOLDERS).split(':').filter((folder) => folder !== fish);
  return {
    ...expanded('BASH_ENV', bash, handedOn.bash),
    ...expanded('ENV', posix, handedOn.env),
    ...set('ZDOTDIR', zsh, handedOn.zsh),
    ...(hasFish && !fish.includes(':') ? { XDG_DATA_DIRS: [fish, ...dataFolders].join(':') } : {}),
  };
}

const TITLE = '# Interlock: in shells of coding agents, asks about what no shim sees. Written by the extension; changes are lost.';

/** Has the shims be found first, whatever the person's own files made of PATH. */
function shimsFirst({ shims }: ShellFiles): string {
  return `case $PATH in
  ${shellWord(shims)}:*) ;;
  *) export PATH=${shellWord(shims)}:$PATH ;;
esac`;
}

/**
 * What bash reads by `BASH_ENV` where nobody types: a DEBUG trap, also in functions and subshells, that ends the shell before a command
 * which is refused. Agents begin with a PATH of their own, so the shims are put first each time. https://www.gnu.org/software/bash/manual/html_node/Bourne-Shell-Builtins.html (trap)
 */
function bashEnv(files: ShellFiles): string {
  return `${TITLE}
if [ -n "\${${handedOn.bash}-}" ] && [ -r "\${${handedOn.bash}-}" ]; then . "$${handedOn.bash}"; fi
if [ -n "${markersSet}" ]; then
${lookFunctions(files)}

_interlock_shims=${shellWord(files.shims)}
${shimsFirst(files)}

set -T
trap '[[ \${PATH-} = "$_interlock_shims":* ]] || PATH=$_interlock_shims:\${PATH-}; case $BASH_COMMAND in ${WORTH_A_LOOK}) _interlock_last=$_; _interlock_look "$BASH_COMMAND" "\${@:1:${MOST_WORDS + 1}}" || exit 126; : "$_interlock_last" ;; esac' DEBUG
fi
`;
}

/**
 * What zsh reads first by `ZDOTDIR`. In a person's own shell the folder is theirs again before anything of theirs is read. A DEBUG trap
 * that sets ERR_EXIT keeps a command from running. https://zsh.sourceforge.io/Doc/Release/Functions.html#Trap-Functions
 */
function zshEnv(files: ShellFiles): string {
  return `${TITLE}
ZDOTDIR=\${${handedOn.zsh}:-$HOME}
if [[ -r $ZDOTDIR/.zshenv ]]; then . "$ZDOTDIR/.zshenv"; fi
if [[ -n "${markersSet}" ]]; then
_interlock_home=\${ZDOTDIR:-$HOME}
export ZDOTDIR=${shellWord(files.zsh)}
[[ $_interlock_home == $HOME ]] || export ${handedOn.zsh}=$_interlock_home
${lookFunctions(files, { begin: '\n  emulate -L sh' })}

${shimsFirst(files)}

_interlock_words() {
  emulate -L zsh
  if [[ -n $_interlock_given ]]; then _interlock_look "$ZSH_DEBUG_CMD" "\${(@Q)\${(z)_interlock_given}}"; else _interlock_look "$ZSH_DEBUG_CMD"; fi
}

_interlock_split() {
  local _interlock_arrays=zsh
  if [[ -o ksh_arrays ]]; then _interlock_arrays=bash; fi
  if [[ -o sh_word_split ]]; then local IFS=\${IFS//$'\\0'}; else local IFS=; fi
  _interlock_words
}

_interlock_shims=${shellWord(files.shims)}
_interlock_debug() {
  [[ \${PATH-} == $_interlock_shims:* ]] || PATH=$_interlock_shims:\${PATH-}
  case $ZSH_DEBUG_CMD in
    ${LOOKED_INTO}) _interlock_split || if [[ -o interactive ]]; then setopt ERR_EXIT; else exit 126; fi ;;
  esac
}

# A function that takes the place of a trap does not see the parameters, and other commands in a trap lose $pipestatus.
functions -M _interlock_debug 0 0
trap '_interlock_given=\${\${(M)ZSH_DEBUG_CMD:#*\\$*}:+\${(j: :)\${(@q)@}}}; (( _interlock_debug(), 1 ))' DEBUG
elif [[ $ZDOTDIR == $HOME && -z \${VSCODE_INJECTION-}\${${handedOn.zsh}-} ]]; then
# The editor's own integration takes the folder from here; elsewhere it was not set before.
unset ZDOTDIR
fi
`;
}

/** The other files of zsh, which are the person's own. */
function zshForward(name: string): string {
  return `${TITLE}
_interlock_home=\${${handedOn.zsh}:-$HOME}
if [[ -r $_interlock_home/${name} ]]; then ZDOTDIR=$_interlock_home; . "$_interlock_home/${name}"; fi
`;
}

/**
 * What dash and its like read by `ENV` where somebody types, after a login shell's own files have made PATH anew. No trap of theirs comes
 * before a command; `kill` is the one covered program that they have built in.
 */
function posixEnv(files: ShellFiles): string {
  return `${TITLE}
if [ -n "\${${handedOn.env}-}" ] && [ -r "\${${handedOn.env}-}" ]; then . "$${handedOn.env}"; fi
if [ -n "${markersSet}" ]; then
${shimsFirst(files)}
kill() {
  /bin/sh ${shellWord(files.look)} known 'kill "$@"' "$@" || return 126
  command kill "$@"
}
fi
`;
}

/** The text of every file, by its path. */
function startupFiles(files: ShellFiles): ReadonlyMap<string, string> {
  return new Map([
    [files.bash, bashEnv(files)],
    [files.env, posixEnv(files)],
    [files.look, lookScript(TITLE, files)],
    [join(files.fish, 'fish', 'vendor_conf.d', 'interlock.fish'), fishConf(TITLE, files)],
    [join(files.zsh, '.zshenv'), zshEnv(files)],
    ...['.zprofile', '.zshrc', '.zlogin'].map((name): [string, string] => [join(files.zsh, name), zshForward(name)]),
  ]);
}

/** Writes the files; `write` replaces one in one step, as a shell may be reading it. */
export async function writeStartupFiles(files: ShellFiles, write: (path: string, text: string) => Promise<void>): Promise<void> {
  for (const [path, text] of startupFiles(files)) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await write(path, text);
  }
}
