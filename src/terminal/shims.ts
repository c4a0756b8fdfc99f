import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shellWord } from '../agents/shell-word.ts';
import type { Harmless } from '../core/rule.ts';
import { jsonWord, markersSet } from './ask-gate.ts';
import type { CoveredProgram } from './covered-programs.ts';

const PROGRAM = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
/** Second line of every shim, by which a folder's own shims are known. */
const MARK = '# Interlock: asks before an agent runs this program';
/** A folder with this file in it holds shims, whoever wrote them: no shim looks for the real program there. */
export const FOLDER_MARK = '.interlock-shims';

/**
 * A POSIX shell script that stands before a program on PATH. In a shell without an agent's marker, and for words that are sure to be
 * harmless, it becomes the real program at once. Else it sends its words to the launcher, and becomes the real program only when the
 * answer is the word `allow`; whatever else happens, it ends with status 126 and has run nothing.
 * @param launcher absolute path of the launcher
 * @throws RangeError when the name is not that of a program
 */
export function shimScript({ program, harmless }: CoveredProgram, launcher: string): string {
  if (!PROGRAM.test(program)) throw new RangeError('not the name of a program');
  return `#!/bin/sh
${MARK}
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

/** Longest run of letters and digits in a word that is surely no credential. */
const LONGEST_PLAIN = 20;

/** The part of a shim that becomes the program when its words are harmless. A word that may be, name or hold a secret never is. */
function quickTest(program: string, harmless: Harmless | undefined): string {
  // What a script does with an option, nobody knows.
  if (program.endsWith('.sh')) return '';
  const only = '[ "$#-$1" = 1---version ] || [ "$#-$1" = 1---help ]';
  if (harmless === undefined) return `if ${only}; then exec "$_interlock_real" "$1"; fi\n`;
  const first = 'first' in harmless;
  const suspicious = ['*[!A-Za-z0-9_./=,^~+-]*', ...['secret', 'token', 'pass', 'cred', 'key', 'env', 'auth'].map(anyCase), `*${'[A-Za-z0-9_]'.repeat(LONGEST_PLAIN)}*`, ...(first ? [] : harmless.without.map((start) => `${shellWord(start)}*`))];
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

/**
 * Writes a shim for each program and removes those of programs that are no longer covered. Files that are not shims are left alone.
 * @param folder absolute path; made where it does not exist
 */
export async function writeShims(folder: string, covered: readonly CoveredProgram[], launcher: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, FOLDER_MARK), '', { mode: 0o600 });
  const wanted = new Map(covered.filter(({ program }) => PROGRAM.test(program)).map((one) => [one.program, one]));
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!wanted.has(name) && (await isShim(path))) await rm(path);
  }
  for (const [program, one] of wanted) await writeShim(join(folder, program), shimScript(one, launcher));
}

async function writeShim(path: string, script: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === script) return;
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, script, { mode: 0o700 });
  await chmod(draft, 0o700);
  // A shell may be reading the old one.
  await rename(draft, path);
}

async function isShim(path: string): Promise<boolean> {
  return (await readFile(path, 'utf8').catch(() => '')).split('\n', 2)[1] === MARK;
}
