import { shellWord } from '../agents/shell-word.ts';
import type { Harmless } from '../core/rule.ts';
import { jsonWord, markersSet } from './ask-gate.ts';
import type { CoveredProgram } from './covered-programs.ts';
import { LONGEST_PLAIN, secretWords } from './quick-test.ts';
import { isProgramName, writeShimFiles } from './shim-folder.ts';
import { FOLDER_MARK, SHIM_MARK } from './shim-mark.ts';

/**
 * A POSIX shell script that stands before a program on PATH. In a shell without an agent's marker, and for words that are sure to be
 * harmless, it becomes the real program at once. Else it sends its words to the launcher, and becomes the real program only when the
 * answer is the word `allow`; whatever else happens, it ends with status 126 and has run nothing.
 * @param launcher absolute path of the launcher
 * @throws RangeError when the name is not that of a program
 */
export function shimScript({ program, harmless }: CoveredProgram, launcher: string): string {
  if (!isProgramName(program)) throw new RangeError('not the name of a program');
  return `#!/bin/sh
# ${SHIM_MARK}
_interlock_name=${shellWord(program)}
_interlock_launcher=${shellWord(launcher)}

# test -ef is part of POSIX since 2024; dash, busybox and the shells of macOS and the BSDs have long had it.
_interlock_real=
_interlock_rest=$PATH:
while [ -n "$_interlock_rest" ]; do
  _interlock_at=\${_interlock_rest%%:*}
  _interlock_rest=\${_interlock_rest#*:}
  _interlock_real=\${_interlock_at:-.}/$_interlock_name
  [ -f "$_interlock_real" ] && [ -x "$_interlock_real" ] && ! [ -e "\${_interlock_at:-.}/${FOLDER_MARK}" ] && ! [ "$_interlock_real" -ef "$0" ] && break
  _interlock_real=
done
if [ -z "$_interlock_real" ]; then
  printf '%s: command not found\\n' "$_interlock_name" >&2
  exit 127
fi

[ -n "${markersSet}" ] || exec "$_interlock_real" "$@"
${quickTest(program, harmless)}
${jsonWord}

request() {
  LC_ALL=C
  printf '{"argv":['
  _interlock_json "$_interlock_name"
  for argument; do
    printf ,
    _interlock_json "$argument"
  done
  printf '],"cwd":'
  _interlock_json "$(pwd -P)"
  printf '}'
}

_interlock_answer=$(request "$@" | "$_interlock_launcher" shell exec) || _interlock_answer=
if [ "$_interlock_answer" = allow ]; then
  exec "$_interlock_real" "$@"
fi
printf 'Interlock: %s did not run.\\n' "$_interlock_name" >&2
exit 126
`;
}

/** The part of a shim that becomes the program when its words are harmless. A word that may be, name or hold a secret never is. */
function quickTest(program: string, harmless: Harmless | undefined): string {
  // What a script does with an option, nobody knows.
  if (program.endsWith('.sh')) return '';
  const only = '[ "$#-$1" = 1---version ] || [ "$#-$1" = 1---help ]';
  if (harmless === undefined) return `if ${only}; then exec "$_interlock_real" "$1"; fi\n`;
  const first = 'first' in harmless;
  const suspicious = ['*[!A-Za-z0-9_./=,^~+-]*', ...secretWords.map(anyCase), `*${'[A-Za-z0-9_]'.repeat(LONGEST_PLAIN)}*`, ...(first ? [] : harmless.without.map((start) => `${shellWord(start)}*`))];
  const check = `for _interlock_word; do
      case $_interlock_word in
        ${suspicious.join(' | ')}) _interlock_harmless= ;;
      esac
    done`;
  return `_interlock_harmless=
case $1 in
  ${first ? harmless.first.map(shellWord).join(' | ') : '?*'})
    _interlock_harmless=yes
    ${check}
    ;;
esac
if [ -n "$_interlock_harmless" ] || { ${only}; }; then exec "$_interlock_real" "$@"; fi
`;
}

/** A pattern for words that contain this one in any case. */
function anyCase(text: string): string {
  return `*${text.replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)}*`;
}

/** Writes the shims of a folder, as `writeShimFiles`. */
export async function writeShims(folder: string, covered: readonly CoveredProgram[], launcher: string): Promise<void> {
  await writeShimFiles(folder, covered, (one) => shimScript(one, launcher));
}
