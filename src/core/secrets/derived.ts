import type { Analysis } from '../analysis.ts';
import type { Invocation } from '../invocation.ts';
import { knownWord, type Word } from '../shell/word.ts';
import { placed } from '../shell/writes.ts';
import { holdsSecret } from './held.ts';

/** A file a program makes out of others, which holds what they hold. */
interface Derived {
  readonly made: Word;
  readonly from: readonly Word[];
}

/** Notes archives and encoded copies that a program makes of secret files, so that what sends them later in the line is seen. */
export function noteDerived(invocation: Invocation, analysis: Analysis): void {
  const derived = analysis.world.written ? derivedFile(invocation) : undefined;
  const path = derived && placed(derived.made, invocation.cwd, analysis);
  if (!derived || path === undefined) return;
  for (const word of derived.from.slice(0, 64)) {
    const secret = holdsSecret(word, invocation, analysis);
    if (!secret) continue;
    analysis.world.written?.holdSecret(path, secret);
    return;
  }
}

/** Where each program's manual says the result goes. */
function derivedFile({ program, argv }: Invocation): Derived | undefined {
  const words = argv.slice(1);
  const operands = words.filter((word) => !word.text.startsWith('-'));
  const [first, ...rest] = operands;
  switch (program) {
    case 'tar':
    case 'bsdtar': {
      const made = valueAfter(words, /^-?[a-zA-Z]*c?[a-zA-Z]*f$|^--file$/) ?? attachedTo(words, '--file=');
      return made && { made, from: operands };
    }
    case 'dd': {
      const [made, from] = ['of=', 'if='].map((name) => attachedTo(words, name));
      return made && from && { made, from: [from] };
    }
    case 'zip':
    case 'rar':
      return first && { made: first, from: rest };
    case '7z':
    case '7za':
      return rest[0] && { made: rest[0], from: rest.slice(1) };
    case 'gzip':
    case 'bzip2':
    case 'xz':
    case 'zstd':
      return first && { made: knownWord(`${first.text}${{ gzip: '.gz', bzip2: '.bz2', xz: '.xz', zstd: '.zst' }[program]}`), from: operands };
    case 'openssl':
    case 'gpg':
    case 'age': {
      const made = valueAfter(words, /^(?:-out|-o|--output)$/);
      return made && { made, from: words };
    }
    default:
      return undefined;
  }
}

function valueAfter(words: readonly Word[], option: RegExp): Word | undefined {
  const at = words.findIndex((word) => option.test(word.text));
  return at < 0 ? undefined : words[at + 1];
}

function attachedTo(words: readonly Word[], option: string): Word | undefined {
  const word = words.find(({ text, holes }) => text.startsWith(option) && holes.length === 0);
  return word && knownWord(word.text.slice(option.length));
}
