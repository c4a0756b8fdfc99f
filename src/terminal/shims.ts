import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agentMarkers } from './markers.ts';

const PROGRAM = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
/** Second line of every shim, by which a folder's own shims are known. */
const MARK = '# Interlock: asks before an agent runs this program';

/**
 * A POSIX shell script that stands before a program on PATH. In a shell without an agent's marker it becomes the real program at
 * once. With one it sends its words to the launcher, and becomes the real program only when the answer is the word `allow`;
 * whatever else happens, it ends with status 126 and has run nothing.
 * @param program name of the program, without a folder
 * @param launcher absolute path of the launcher
 * @param folder absolute path of the folder the shims stand in
 * @throws RangeError when the name is not that of a program
 */
export function shimScript(program: string, launcher: string, folder: string): string {
  if (!PROGRAM.test(program)) throw new RangeError('not the name of a program');
  const markers = agentMarkers.map((name) => `\${${name}-}`).join('');
  return `#!/bin/sh
${MARK}
name=${quote(program)}
shims=${quote(folder)}
launcher=${quote(launcher)}

real=
rest=$PATH:
while [ -n "$rest" ]; do
  at=\${rest%%:*}
  rest=\${rest#*:}
  candidate=\${at:-.}/$name
  if [ -f "$candidate" ] && [ -x "$candidate" ] && ! [ "\${at:-.}" -ef "$shims" ] && ! [ "$candidate" -ef "$0" ]; then
    real=$candidate
    break
  fi
done
if [ -z "$real" ]; then
  printf '%s: command not found\\n' "$name" >&2
  exit 127
fi

if [ -z "${markers}" ]; then
  exec "$real" "$@"
fi

# One word as a JSON string. What JSON cannot hold as it is stands in few places, so the text is taken in pieces up to there.
word() {
  left=$1
  printf '"'
  while :; do
    piece=\${left%%[\\\\\\"[:cntrl:]]*}
    printf '%s' "$piece"
    [ "$piece" = "$left" ] && break
    left=\${left#"$piece"}
    after=\${left#?}
    one=\${left%"$after"}
    case $one in
      \\\\ | \\") printf '\\\\%s' "$one" ;;
      *) printf '\\\\u%04x' "'$one" ;;
    esac
    left=$after
  done
  printf '"'
}

request() {
  LC_ALL=C
  printf '{"argv":['
  word "$name"
  for argument; do
    printf ,
    word "$argument"
  done
  printf '],"cwd":'
  word "$(pwd -P)"
  printf '}'
}

answer=$(request "$@" | "$launcher" shell exec) || answer=
if [ "$answer" = allow ]; then
  exec "$real" "$@"
fi
printf 'Interlock: %s did not run.\\n' "$name" >&2
exit 126
`;
}

/**
 * Writes a shim for each program and removes those of programs that are no longer covered. Files that are not shims are left alone.
 * @param folder absolute path; made where it does not exist
 */
export async function writeShims(folder: string, programs: readonly string[], launcher: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const covered = new Set(programs.filter((program) => PROGRAM.test(program)));
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!covered.has(name) && (await isShim(path))) await rm(path);
  }
  for (const program of covered) await writeShim(join(folder, program), shimScript(program, launcher, folder));
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

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
