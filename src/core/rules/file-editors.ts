import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { guardChanges, pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://perldoc.perl.org/perlrun#-i%5Bextension%5D';

/** Programs that change the files they are given, one way or another, and lose nothing worth asking about. */
const changing = ['touch', 'mkfifo', 'mknod', 'chattr', 'chflags', 'setfattr', 'xattr', 'patch', 'ed', 'ex', 'vi', 'vim', 'nvim', 'nano', 'strip', 'objcopy'];
/** Interpreters that rewrite files in place when told to. */
const inPlace = ['perl', 'ruby', 'gawk', 'awk'];

export const rule: Rule = {
  tool: 'file-editors',
  title: 'an editor of files',
  programs: [...changing, ...inPlace],
  docs,
  valueOptions: ['-c', '-S', '-e', '-E', '-F', '-f', '-v', '-I', '-M'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'touch .claude/settings.local.json', by: 'files/guard-file' },
      { command: "ex -sc '%d|x' ~/.claude/settings.json", by: 'files/guard-file' },
      { command: 'chattr +i ~/.cursor/hooks.json', by: 'files/guard-file' },
      { command: "perl -pi -e 's/a/b/' src/a.ts src/b.ts", by: 'in-place' },
      { command: "perl -pi.bak -e 's/deny/ask/' .cursor/hooks.json", by: 'files/guard-file' },
      { command: "perl -pi -e 's/.*interlock\\.openTelemetry.*//' ~/.config/Code/User/settings.json", by: 'files/guard-file' },
      { command: "gawk -i inplace '{ print $1 }' notes.md", by: 'in-place' },
    ],
    passes: ['touch src/a.ts', 'vim notes.md', 'patch -p1', "perl -pi.bak -e 's/a/b/' a.txt", "perl -ne 'print' notes.md", "awk '{ print }' notes.md", "perl -pi -e 's/a/b/' /tmp/x"],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { invocation, operands } = call;
  // What would be put in stands in the words; a point may be escaped there.
  const content = invocation.argv.map(({ text }) => text).join(' ').replaceAll('\\', '');
  if (changing.includes(invocation.program)) return guardChanges(operands, { content }, invocation, analysis);
  const files = invocation.program.endsWith('awk') ? operands.slice(hasOption(call, '-f', '--file') ? 1 : 2) : operands;
  if (!rewrites(call)) return keepsCopy(call) ? guardChanges(files, { content }, invocation, analysis) : [];
  return pathEffects(files, { verb: 'overwrite', recursive: false, content, rule: 'file-editors/in-place', docs, says: 'Rewrites', saferWay: 'Keep the old files with -i.bak.' }, invocation, analysis);
}

/** `-i.bak`: the old file stays under another name. */
function keepsCopy({ invocation }: Call): boolean {
  return !invocation.program.endsWith('awk') && invocation.argv.slice(1).some((word) => /^-[a-zA-Z0]{0,4}i[.~_*]/.test(word.text));
}

/** `-i` without a suffix for the old file; gawk's `-i inplace`. */
function rewrites({ invocation, operands }: Call): boolean {
  if (invocation.program.endsWith('awk')) return operands[0]?.text === 'inplace';
  return invocation.argv.slice(1).some((word) => /^-[a-zA-Z0]*i$/.test(word.text) && !/^-[IMmCE]/.test(word.text));
}
