import { hasOption } from '../call.ts';
import { guardChanges, wholeEffects } from '../files/path-effects.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { isKnown, type Word } from '../shell/word.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/chown-invocation.html';

export const rule: Rule = {
  tool: 'chown',
  title: 'chown',
  programs: ['chown', 'gchown', 'chgrp', 'gchgrp', 'setfacl'],
  docs,
  // Those of setfacl as well: https://man7.org/linux/man-pages/man1/setfacl.1.html
  valueOptions: ['--reference', '--from', '-m', '--modify', '-x', '--remove', '-M', '--modify-file', '-X', '--remove-file', '--set', '--set-file', '--restore'],
  abbreviable: ['--recursive'],
  safeOptions: ['--help', '--version', '--test'],
  operations: [],
  // Owners and rights can be put back one by one, but not those of a whole system.
  inspect: (call, analysis) => {
    const rights = call.invocation.program === 'setfacl';
    const paths = rights || hasOption(call, '--reference') ? call.operands : call.operands.slice(1);
    return hasOption(call, '-R', '--recursive') ? [...wholeEffects(paths, { rule: 'chown/everything', docs, says: rights ? 'Changes who may use' : 'Changes the owner of' }, call.invocation, analysis), ...unforeseen(paths, call)] : guardChanges(paths, {}, call.invocation, analysis);
  },
  cases: {
    caught: [
      { command: 'sudo chown -R dev /', by: 'everything' },
      { command: 'chown -R dev:dev /usr/local', by: 'everything' },
      { command: 'sudo chgrp -R staff /etc', by: 'everything' },
      { command: 'sudo chown -R $USER $(npm config get prefix)', by: 'unknown' },
      { command: 'setfacl -R -m u:www:rwx /usr', by: 'everything' },
      { command: 'chown -R dev "$(brew --prefix)"', by: 'unknown' },
    ],
    passes: ['sudo chown -R $(id -u):$(id -g) .', 'chown -R dev $(pwd)', 'sudo chown -R dev ~/.npm', 'chown dev file', 'setfacl -m u:www:r index.html', 'setfacl -R -m u:www:rx public', 'setfacl --test -R -b /', 'chown -R dev .'],
  },
};

/** Where other programs keep their files may be a folder of the whole system: npm's prefix is often /usr. */
function unforeseen(paths: readonly Word[], call: Call): readonly Effect[] {
  const { span } = call.invocation;
  return paths.filter((word) => /^\$\((?!\s*(?:pwd|mktemp|dirname|git|realpath|readlink)\b)[^)]*\)$/.test(word.text) && !isKnown(word)).map((word) => ({
    verb: 'overwrite', resource: { kind: 'folder', name: word.text, provider: 'local files' }, reversibility: 'irreversible', certainty: 'unknown', rule: 'chown/unknown',
    why: `Changes the owner of everything in the folder ${word.text} names, which may be one of the system’s.`, saferWay: 'Look at what it names first, and name the folder.', docs, target: { by: 'path' }, ...(span ? { span } : {}),
  }));
}
