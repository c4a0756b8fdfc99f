import { shellWord } from '../agents/shell-word.ts';
import { jsonWord } from './ask-gate.ts';

/** How many words are sent of a list, of how many characters together, and of how many characters of names; beyond that they are unknown. */
export const MOST_WORDS = 64;
const MOST_LENGTH = 4096;
const MOST_NAMES = 1024;
/** Characters of a command that is looked through here. */
const LONGEST_LINE = 16_384;

/** Programs that start the one in their words, which a variable may name. */
const starters = ['exec', 'command', 'builtin', 'nohup', 'nice', 'timeout', 'setsid', 'xargs'];

/**
 * Patterns of a `case`, within single quotes, for commands that may start a program by its path, signal a process or write over a file.
 * They are few, as bash reads them anew for each command of a script, and let pass more than the look goes into.
 */
export const WORTH_A_LOOK = '*[/\\>]* | kill* | [\\$\\"]* | *\\ *\\$*';

/** The same, to the point: for zsh, whose functions are read once. */
export const LOOKED_INTO = ['*[/\\>]*', 'kill*', '[\\$\\"]*', '*=*\\ [\\$\\"]*', ...starters.map((starter) => `${starter}\\ *\\$*`)].join(' | ');

const VARIABLE_WITH_LISTS = `_interlock_named() {
  _interlock_value=$1
  _interlock_kind=$2
  shift 2
  _interlock_fits "$@" || return 1
  printf '"%s":' "$_interlock_value"
  if [ "$_interlock_kind" = loose ]; then printf '{"loose":'; _interlock_list "$@"; printf '}'; else _interlock_list "$@"; fi
}

_interlock_dense() {
  [ -n "\${BASH_VERSION-}" ] || return 0
  IFS=' '
  eval "_interlock_keys=\\"\\\${!$1[*]}\\"; _interlock_value=\\\${#$1[@]}"
  [ "$_interlock_value" = 0 ] || [ "\${_interlock_keys##* }" = "$((_interlock_value - 1))" ]
}

_interlock_variable() {
  eval "_interlock_value=\\\${$1+set}"
  _interlock_kind=$(typeset -p "$1" 2>/dev/null)
  _interlock_kind=\${_interlock_kind%%" $1="*}
  case $_interlock_kind in
    *\\ -*[aA]*)
      case $_interlock_kind in
        *\\ -*A*) _interlock_kind=loose ;;
        *) if _interlock_dense "$1"; then _interlock_kind=dense; else _interlock_kind=loose; fi ;;
      esac
      eval "set -- \\"\\$1\\" \\"\\$_interlock_kind\\" \\\${$1[@]+\\"\\\${$1[@]}\\"}" && _interlock_named "$@"
      ;;
    *)
      if [ -z "$_interlock_value" ]; then
        printf '"%s":null' "$1"
      else
        eval "_interlock_value=\\\${$1}"
        _interlock_fits "$_interlock_value" && printf '"%s":' "$1" && _interlock_json "$_interlock_value"
      fi
      ;;
  esac
}`;

const VARIABLE = `_interlock_variable() {
  eval "_interlock_value=\\\${$1-}"
  [ -n "$_interlock_value" ] && _interlock_fits "$_interlock_value" && printf '"%s":' "$1" && _interlock_json "$_interlock_value"
}`;

interface LookOptions {
  /** What each function begins with. */
  readonly begin?: string;
  /** False for `sh`, which has no lists; what is not set there is unknown. */
  readonly lists?: boolean;
}

/**
 * Functions for bash and zsh, and for `sh`. `_interlock_look` takes a command and the parameters it runs with and says no to one that the
 * gate refuses: one that starts a covered program by its full path, or writes over a file that holds something. With the command go the
 * values of what it names, as far as they are short. Other commands cost a look at their text.
 */
export function lookFunctions({ shims, launcher }: { readonly shims: string; readonly launcher: string }, { begin = '', lists = true }: LookOptions = {}): string {
  return `${jsonWord}

_interlock_list() {
  printf '['
  _interlock_comma=
  for _interlock_item; do
    printf '%s' "$_interlock_comma"
    _interlock_json "$_interlock_item"
    _interlock_comma=,
  done
  printf ']'
}

_interlock_fits() {
  [ "$#" -le ${MOST_WORDS} ] || return 1
  _interlock_length=0
  for _interlock_item; do
    _interlock_length=$((_interlock_length + \${#_interlock_item}))
  done
  [ "$_interlock_length" -le ${MOST_LENGTH} ]
}

${lists ? VARIABLE_WITH_LISTS : VARIABLE}

_interlock_given() {
  [ "\${#1}" -le ${LONGEST_LINE} ] || return
  _interlock_rest=$1
  shift
  case $_interlock_rest in
    *'$'[0-9@*{]*) if _interlock_fits "$@"; then printf ',"parameters":'; _interlock_list "$@"; fi ;;
  esac
  printf ',"separators":'
  _interlock_json "\${IFS- \t\n}"${lists ? `
  printf ',"arrays":"%s"' "\${_interlock_arrays-bash}"` : ''}
  printf ',"variables":{'
  _interlock_seen=' '
  _interlock_between=
  while [ "\${#_interlock_seen}" -le ${MOST_NAMES} ]; do
    case $_interlock_rest in
      *'$'*) ;;
      *) break ;;
    esac
    _interlock_rest=\${_interlock_rest#*\\$}
    _interlock_name=\${_interlock_rest#\\{}
    _interlock_name=\${_interlock_name#[#!]}
    _interlock_name=\${_interlock_name%%[!A-Za-z0-9_]*}
    case $_interlock_name in
      '' | [0-9]* | _interlock_*) continue ;;
    esac
    case $_interlock_seen in
      *" $_interlock_name "*) continue ;;
    esac
    _interlock_seen="$_interlock_seen$_interlock_name "
    _interlock_value=$(_interlock_variable "$_interlock_name") || continue
    printf '%s%s' "$_interlock_between" "$_interlock_value"
    _interlock_between=,
  done
  printf '}'
}

_interlock_ask() {${begin}
  if [ "$(
    {
      LC_ALL=C
      printf '{"line":'
      _interlock_json "$1"
      printf ',"cwd":'
      _interlock_json "$(pwd -P)"
      _interlock_given "$@"
      printf '}'
    } | ${shellWord(launcher)} shell exec
  )" = allow ]; then
    return 0
  fi
  printf 'Interlock: this did not run: %s\\n' "$1" >&2
  return 1
}

_interlock_covers() {${begin}
  local _interlock_rest _interlock_word
  _interlock_rest="$1 "
  while [ -n "$_interlock_rest" ]; do
    _interlock_word=\${_interlock_rest%%[[:space:]]*}
    _interlock_rest=\${_interlock_rest#*[[:space:]]}
    case $_interlock_word in
      */* | kill) ;;
      *) continue ;;
    esac
    _interlock_word=\${_interlock_word##*/}
    _interlock_word=\${_interlock_word%%[!A-Za-z0-9._+-]*}
    if [ -n "$_interlock_word" ] && [ -f ${shellWord(shims)}/"$_interlock_word" ]; then return 0; fi
  done
  return 1
}

_interlock_resolve() {${begin}
  local IFS
  IFS=' '
  _interlock_value=\${1#\\"}
  _interlock_value=\${_interlock_value%\\"}
  shift
  case $_interlock_value in
    \\$\\{*\\}) _interlock_value=\${_interlock_value#??}; _interlock_value=\${_interlock_value%\\}} ;;
    \\$[0-9][0-9]*) [ "\${_interlock_arrays-}" = zsh ] || return 1; _interlock_value=\${_interlock_value#?} ;;
    \\$*) _interlock_value=\${_interlock_value#?} ;;
    *) return 1 ;;
  esac
  case \${_interlock_value%%\\[*\\]} in
    [1-9] | [1-9][0-9] | [@*]) eval "_interlock_value=\\"\\\${$_interlock_value-}\\"" ;;
    '' | [0-9]* | _interlock_* | *[!A-Za-z0-9_]*) return 1 ;;
    *) eval "_interlock_value=\\"\\\${\${_interlock_value%%\\[*\\]}${lists ? '[*]' : ''}-}\\"" ;;
  esac
}

_interlock_look() {${begin}
  case $1 in
    ${LOOKED_INTO}) ;;
    *) return 0 ;;
  esac
  local _interlock_line _interlock_left _interlock_word _interlock_value
  _interlock_line=$1
  shift
  if [ "\${#_interlock_line}" -gt ${LONGEST_LINE} ] || _interlock_covers "$_interlock_line"; then
    _interlock_ask "$_interlock_line" "$@"
    return
  fi
  _interlock_left="$_interlock_line "
  while :; do
    case $_interlock_left in
      *'$'*) ;;
      *) break ;;
    esac
    _interlock_word=\${_interlock_left%%[[:space:]]*}
    _interlock_left=\${_interlock_left#*[[:space:]]}
    _interlock_resolve "\${_interlock_word##*/}" "$@" || continue
    case $_interlock_word in
      */*) _interlock_value=/$_interlock_value ;;
    esac
    if _interlock_covers "$_interlock_value"; then
      _interlock_ask "$_interlock_line" "$@"
      return
    fi
  done
  _interlock_left=$_interlock_line
  while :; do
    case $_interlock_left in
      *'>'*) ;;
      *) return 0 ;;
    esac
    _interlock_left=\${_interlock_left#*'>'}
    case $_interlock_left in
      '>'*) _interlock_left=\${_interlock_left#?}; continue ;;
      '&'[0-9-]* | '('*) continue ;;
      '|'* | '!'* | '&'*) _interlock_left=\${_interlock_left#?} ;;
    esac
    while :; do
      case $_interlock_left in
        [[:space:]]*) _interlock_left=\${_interlock_left#?} ;;
        *) break ;;
      esac
    done
    _interlock_word=\${_interlock_left%%[[:space:]\\;\\|\\&\\)]*}
    if _interlock_resolve "$_interlock_word" "$@"; then
      case $_interlock_value in
        *[[:space:]]*) ;;
        *) _interlock_word=\\'$_interlock_value\\' ;;
      esac
    fi
    case $_interlock_word in
      \\"*\\" | \\'*\\') _interlock_word=\${_interlock_word#?}; _interlock_word=\${_interlock_word%?} ;;
    esac
    case $_interlock_word in
      '' | /dev/null | /dev/std* | /dev/fd/* | /dev/tty) ;;
      *[\\$\\\`\\*\\?~\\"\\'\\\\]*) _interlock_ask "$_interlock_line" "$@"; return ;;
      *) if [ -f "$_interlock_word" ] && [ -s "$_interlock_word" ]; then _interlock_ask "$_interlock_line" "$@"; return; fi ;;
    esac
  done
}`;
}
