import type { Invocation } from '../invocation.ts';
import type { Word } from '../shell/word.ts';

/** How a program comes to write this machine's files to its output; from its manual. */
type Source = 'archive' | 'files' | 'dump' | 'git';

const sources: Readonly<Record<string, Source>> = {
  tar: 'archive', bsdtar: 'archive', gtar: 'archive', zip: 'archive', '7z': 'archive', cpio: 'archive', ar: 'archive',
  cat: 'files', dd: 'files', gzip: 'files', pigz: 'files', bzip2: 'files', xz: 'files', zstd: 'files', lz4: 'files', base64: 'files', base32: 'files', xxd: 'files', openssl: 'files', gpg: 'files', age: 'files', pv: 'files', tee: 'files', split: 'files', buffer: 'files', mbuffer: 'files',
  pg_dump: 'dump', pg_dumpall: 'dump', mysqldump: 'dump', 'mariadb-dump': 'dump', mongodump: 'dump', sqldump: 'dump',
  git: 'git',
};

/** The file, folder or database of this machine that a program writes to its output; undefined where it writes none. */
export function dataOutput({ program, argv, stdin, redirections }: Invocation): string | undefined {
  const source = Object.hasOwn(sources, program) ? sources[program] : undefined;
  if (source === undefined) return undefined;
  const words = argv.slice(1, 65);
  switch (source) {
    case 'archive':
      return writesOut(program, words) ? named(words) ?? stdin?.data : undefined;
    case 'files':
      return (program === 'tee' ? undefined : program === 'dd' ? words.find(({ text }) => text.startsWith('if='))?.text.slice(3) : named(words)) ?? redirections.find(({ kind }) => kind === 'read')?.target.text ?? stdin?.data;
    case 'dump':
      return words.some(({ text }) => /^(?:-f|--file|--result-file|-o|--out)/.test(text)) ? undefined : 'database.dump';
    case 'git':
      return /^(?:archive|bundle)$/.test(words.find(({ text }) => !text.startsWith('-'))?.text ?? '') && !words.some(({ text }) => /^(?:-o|--output|--list|verify|list-heads)/.test(text)) ? 'the repository' : undefined;
  }
}

/** True for an archive that goes to the output: it is named `-`, or not at all. */
export function writesOut(program: string, words: readonly Word[]): boolean {
  if (program !== 'tar' && program !== 'bsdtar' && program !== 'gtar') return words.some(({ text }) => text === '-' || text === '-so' || text === '-o');
  const letters = words.filter(({ text }, at) => /^-[a-zA-Z]/.test(text) || (at === 0 && /^[a-zA-Z]+$/.test(text))).map(({ text }) => text).join('');
  const makes = letters.includes('c') || words.some(({ text }) => text === '--create');
  return makes && (words.some(({ text }) => text === '-' || text === '--file=-') || (!letters.includes('f') && !words.some(({ text }) => text.startsWith('--file'))));
}

function named(words: readonly Word[]): string | undefined {
  return words.findLast(({ text }, at) => text !== '' && !text.startsWith('-') && !(at === 0 && /^[cjzvfJp]+$/.test(text)) && !/^\d+$/.test(text))?.text;
}
