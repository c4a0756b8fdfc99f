import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { guardChanges, pathEffects } from '../files/path-effects.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';
import { isKnown, knownWord, type Word } from '../shell/word.ts';

const docs = 'https://www.lua.org/manual/5.4/manual.html#6.9';

/** What a function does with the texts it is given: https://stat.ethz.ch/R-manual/R-devel/library/base/html/unlink.html, https://docs.julialang.org/en/v1/base/file/ */
const functions: Readonly<Record<string, 'run' | 'delete' | 'write' | 'code'>> = {
  system: 'run', system2: 'run', shell: 'run', 'os.execute': 'run', 'io.popen': 'run', run: 'run', exec: 'run', sh: 'run', 'System.cmd': 'run', popen: 'run',
  unlink: 'delete', 'file.remove': 'delete', 'os.remove': 'delete', rm: 'delete', 'fs.delete': 'delete', 'File.rm': 'delete', 'File.rm!': 'delete', 'File.rm_rf': 'delete', 'File.rm_rf!': 'delete', 'lfs.rmdir': 'delete',
  writeLines: 'write', write: 'write', cat: 'write', saveRDS: 'write', 'write.csv': 'write', 'write.table': 'write', 'file.create': 'write', 'file.copy': 'write', 'file.rename': 'write', 'file.symlink': 'write', 'file.append': 'write', 'download.file': 'write', sink: 'write', 'Sys.chmod': 'write',
  'os.rename': 'write', 'io.open': 'write', open: 'write', cp: 'write', mv: 'write', chmod: 'write', touch: 'write', symlink: 'write', truncate: 'write', 'File.write': 'write', 'File.write!': 'write', 'File.cp': 'write', 'File.rename': 'write',
  load: 'code', loadstring: 'code', parse: 'code', eval: 'code', include_string: 'code', 'Meta.parse': 'code', 'Code.eval_string': 'code',
};

/** Languages that are read only for the texts their functions are given. */
export const rule: Rule = {
  tool: 'other-languages',
  title: 'Lua',
  programs: ['R', 'Rscript', 'littler', 'lua', 'luajit', 'lua5.4', 'lua5.3', 'julia', 'octave', 'elixir'],
  docs,
  valueOptions: ['-e', '-E', '--eval', '-l', '--print', '-p', '-L'],
  safeOptions: ['-v', '-h'],
  operations: [],
  inspect: (call, analysis) => {
    const code = ['-e', '-E', '--eval', '--print'].flatMap((option) => call.options.get(option) ?? []).flatMap((word) => (word && isKnown(word) ? [word.text] : []));
    return code.flatMap((text) => codeEffects(text, 0, call, analysis));
  },
  cases: {
    caught: [
      { command: `Rscript -e 'unlink("src", recursive = TRUE)'`, by: 'delete' },
      { command: `lua -e 'os.remove("notes.md")'`, by: 'delete' },
      { command: `julia -e 'rm("src", recursive=true)'`, by: 'delete' },
      { command: `lua -e 'os.execute("git reset --hard")'`, by: 'git/reset-hard' },
      { command: `R -e 'writeLines("{}", "~/.claude/settings.json")'`, by: 'files/guard-file' },
    ],
    passes: [`Rscript -e 'print("unlink me")'`, `lua -e '-- os.remove("notes.md")'`, `lua -e 'print([[os.remove("notes.md")]])'`, `julia -e '#= rm("src") =# println(1)'`, `R -e 'readLines("notes.md")'`, `Rscript -e 'devtools::test()'`, 'lua build.lua', `julia -e 'using Pkg; Pkg.test()'`],
  },
};

/** Comments, texts, names and everything else one at a time. */
const token = /--\[\[|--[^\n]*|#=|#[^\n]*|\[\[|"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|`(?:\\[^]|[^`\\])*`|[A-Za-z_][\w.]*!?|[^\s]/g;
const closing: Readonly<Record<string, string>> = { '--[[': ']]', '#=': '=#', '[[': ']]' };
const maxCode = 4096;
const maxNested = 3;

function codeEffects(code: string, depth: number, call: Call, analysis: Analysis): readonly Effect[] {
  const text = code.slice(0, maxCode);
  analysis.spend(Math.ceil(text.length / 32));
  const effects: Effect[] = [];
  let called: string | undefined;
  let before = '';
  for (const pieces = new RegExp(token); ; ) {
    const piece = pieces.exec(text)?.[0];
    if (piece === undefined) return effects;
    const end = Object.hasOwn(closing, piece) ? text.indexOf(closing[piece] ?? '', pieces.lastIndex) : -1;
    if (end >= 0) pieces.lastIndex = end + 2;
    else if (/^["'`]/.test(piece)) effects.push(...textEffects(called, unescaped(piece.slice(1, -1)), depth, call, analysis));
    else if (piece === '(' || piece === '{') called = Object.hasOwn(functions, before) ? before : called;
    else if (piece === ')' || piece === ';') called = undefined;
    before = piece.replace(/^(?:\w+::)?/, '');
    // Lua calls with a text and no brackets.
    if (/^[A-Za-z_]/.test(piece) && Object.hasOwn(functions, piece) && /^\s*["'`]/.test(text.slice(pieces.lastIndex, pieces.lastIndex + 8))) called = piece;
  }
}

function textEffects(called: string | undefined, text: string, depth: number, call: Call, analysis: Analysis): readonly Effect[] {
  const word: Word = knownWord(text);
  switch (called === undefined ? undefined : functions[called]) {
    case 'run':
      return analysis.shell(text, placeOf(call.invocation));
    case 'delete':
      return pathEffects([word], { verb: 'delete', recursive: true, rule: 'other-languages/delete', docs, certainty: 'likely' }, call.invocation, analysis);
    case 'write':
      return guardChanges([word], {}, call.invocation, analysis);
    case 'code':
      return depth < maxNested ? codeEffects(text, depth + 1, call, analysis) : [];
    case undefined:
      return [];
  }
}

/** `\046` is decimal in Lua and octal elsewhere: whichever gives a printable character other tools use in paths counts. */
function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|(\d{3})|(.))/g, (_, hex?: string, digits?: string, letter?: string) => {
    if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
    if (digits) return String.fromCharCode(Number.parseInt(digits, 10) >= 32 ? Number.parseInt(digits, 10) : Number.parseInt(digits, 8));
    return letter ?? '';
  });
}
