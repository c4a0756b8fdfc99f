import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { pathEffects } from '../files/path-effects.ts';
import { unpackEffects } from '../files/unpacking.ts';
import type { Rule } from '../rule.ts';
import { knownWord, type Word } from '../shell/word.ts';

const docs = 'https://www.gnu.org/software/tar/manual/html_node/All-Options.html';

export const rule: Rule = {
  tool: 'tar',
  title: 'tar',
  programs: ['tar', 'gtar', 'bsdtar'],
  docs,
  valueOptions: ['-f', '--file', '-C', '--directory', '-T', '--files-from', '-X', '--exclude-from', '--exclude', '-b', '-I', '--use-compress-program', '--transform', '--xform', '--strip-components', '-g', '--listed-incremental', '--owner', '--group', '--mode', '--mtime', '-L', '-N', '-K'],
  abbreviable: ['--create', '--extract', '--get', '--remove-files'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'tar cf src/a.ts src/b.ts', by: 'archive' },
      { command: 'tar -czf backup.tgz --remove-files src', by: 'remove-files' },
      { command: 'sudo tar xf image.tar -C /', by: 'extract' },
    ],
    passes: ['tar tf backup.tgz', 'tar xzf node.tgz', 'tar czf /tmp/src.tgz src', 'tar cf - src', 'tar -xf a.tar -C /tmp/a'],
  },
};

type Mode = 'create' | 'extract' | 'other';

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { mode, letters, archive, members } = read(call);
  const place = call.invocation;
  if (mode === 'extract') {
    const into = optionValue(call, '-C', '--directory');
    if (/[kO]/.test(letters) || hasOption(call, '-k', '--keep-old-files', '--skip-old-files', '--keep-newer-files', '-O', '--to-stdout')) return [];
    return unpackEffects(into, { rule: 'tar/extract', docs, says: 'Unpacks an archive over', saferWay: 'Unpack it into an empty folder first.' }, place, analysis);
  }
  const replaced = mode === 'create' && archive && archive.text !== '-' ? pathEffects([archive], { verb: 'overwrite', recursive: false, rule: 'tar/archive', docs, saferWay: 'Name a new file for the archive.' }, place, analysis) : [];
  const removed = hasOption(call, '--remove-files') ? pathEffects(members, { verb: 'delete', recursive: true, rule: 'tar/remove-files', docs, says: 'Moves into an archive' }, place, analysis) : [];
  return [...replaced, ...removed];
}

/** `tar -czf a b` or, in the old way, `tar czf a b`. */
function read(call: Call): { readonly mode: Mode; readonly letters: string; readonly archive: Word | undefined; readonly members: readonly Word[] } {
  const [first, ...rest] = call.operands;
  const old = call.invocation.argv[1];
  if (first && old === first && /^[A-Za-z]+$/.test(first.text)) {
    const withFile = first.text.includes('f');
    return { mode: modeOf((letter) => first.text.includes(letter)), letters: first.text, archive: withFile ? rest[0] : undefined, members: withFile ? rest.slice(1) : rest };
  }
  const file = optionValue(call, '-f', '--file');
  return { mode: modeOf((letter) => hasOption(call, `-${letter}`, letter === 'c' ? '--create' : letter === 'x' ? '--extract' : '--get')), letters: '', archive: file ?? knownWord('-'), members: call.operands };
}

function modeOf(has: (letter: 'c' | 'x') => boolean): Mode {
  return has('c') ? 'create' : has('x') ? 'extract' : 'other';
}
