/** How a program's operands are to be read to know which files it shows. */
export interface Reader {
  readonly programs: readonly string[];
  /** Operands that come before the files: a pattern, a script. */
  readonly before?: number;
  /** Options that give that first operand themselves. */
  readonly instead?: readonly string[];
  readonly valueOptions?: readonly string[];
  /** It prints files only when one of these options is given. */
  readonly needs?: RegExp;
  /** Options with which it shows nothing of what it reads. */
  readonly quiet?: RegExp;
}

/** Programs that print what is in the files they are given, with their options that take a value; from each program's manual. */
const readers: readonly Reader[] = [
  { programs: ['cat', 'tac', 'nl', 'more', 'less', 'most', 'bat', 'batcat', 'ccat', 'lolcat', 'strings', 'xxd', 'od', 'hexdump', 'hd', 'base64', 'base32', 'basenc', 'rev', 'fold', 'fmt', 'pr', 'expand', 'unexpand', 'iconv', 'zcat', 'bzcat', 'xzcat', 'gzcat', 'zless', 'view', 'glow', 'mdcat', 'pygmentize', 'highlight', 'source-highlight', 'look', 'column', 'paste', 'uniq', 'shuf', 'vis', 'split', 'csplit', 'uuencode', 'qrencode', 'type', 'Get-Content', 'gc', 'Select-String', 'sls', 'Format-Hex'], valueOptions: ['-s', '-b', '-w', '-d', '-t', '-f', '-e', '-n', '-l', '-c', '-j', '-N', '-A', '-p', '-r', '-H', '--language', '--style', '--line-range', '--theme', '--wrap', '--width', '--bytes', '--skip-bytes', '--read-bytes', '--delimiters', '--separator', '--table-columns', '--encoding', '--radix', '--format'], quiet: /^(?:-q|--quiet|--brief|--silent)$/ },
  { programs: ['cmp', 'comm', 'diff', 'colordiff', 'sdiff', 'vimdiff', 'delta', 'difft', 'wdiff'], valueOptions: ['-n', '-i', '-W', '-U', '-C', '--label', '--width'], quiet: /^(?:-q|--quiet|--brief|--silent|-s)$/ },
  { programs: ['head', 'tail', 'cut', 'sort'], valueOptions: ['-n', '-c', '-b', '-f', '-d', '-k', '-t', '-S', '-T', '-o', '--output', '--lines', '--bytes', '--fields', '--delimiter', '--key', '--field-separator', '--pid', '-s'] },
  { programs: ['grep', 'egrep', 'fgrep', 'zgrep', 'ggrep', 'rg', 'ag', 'ack', 'ugrep', 'findstr'], before: 1, instead: ['-e', '-f', '--regexp', '--file'], valueOptions: ['-e', '-f', '-m', '-A', '-B', '-C', '-d', '-D', '-g', '-t', '-T', '-j', '-M', '--regexp', '--file', '--max-count', '--after-context', '--before-context', '--context', '--include', '--exclude', '--exclude-dir', '--color', '--glob', '--type', '--type-not', '--iglob', '--max-depth', '--threads', '--sort'], quiet: /^(?:-[a-zA-Z]*[qcLl][a-zA-Z]*|--quiet|--silent|--count|--files|--files-with-matches|--files-without-match)$/ },
  { programs: ['sed', 'gsed'], before: 1, instead: ['-e', '-f', '--expression', '--file'], valueOptions: ['-e', '-f', '-l', '--expression', '--file'], quiet: /^(?:-i.*|--in-place.*|-pi.*)$/ },
  { programs: ['perl', 'ruby'], needs: /^-[a-zA-Z]*[np]/, before: 0, valueOptions: ['-e', '-ne', '-pe', '-nle', '-ple', '-lne', '-lpe', '-nE', '-pE', '-E'], quiet: /^-[a-zA-Z]*i/ },
  { programs: ['awk', 'gawk', 'mawk', 'nawk'], before: 1, instead: ['-f', '--file'], valueOptions: ['-f', '-F', '-v', '--file', '--assign', '--field-separator'] },
  { programs: ['jq', 'yq', 'gojq', 'dasel', 'xq', 'tomlq', 'fx', 'jless'], before: 1, instead: ['-f', '--from-file'], valueOptions: ['-f', '--from-file', '--arg', '--argjson', '--slurpfile', '--rawfile', '--indent', '-p', '-o'] },
  { programs: ['vim', 'vi', 'nvim', 'ex', 'ed'], valueOptions: ['-c', '--cmd', '-S', '-u', '-i', '--eval', '-l', '-f'] },
];

const byProgram = new Map<string, Reader>();
for (const reader of readers) for (const program of reader.programs) byProgram.set(program, reader);

/** True for programs that print what is in the files they are given. */
export function isReader(program: string): boolean {
  return byProgram.has(program);
}

/** How a program that prints files is to be read; undefined where it is none. */
export function readerOf(program: string): Reader | undefined {
  return byProgram.get(program) ?? byProgram.get(program.toLowerCase());
}
