import { hasOption, optionValue, type Call } from '../call.ts';
import { guardChanges, pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://www.gnu.org/software/sed/manual/html_node/Command_002dLine-Options.html';

export const rule: Rule = {
  tool: 'sed',
  title: 'sed',
  programs: ['sed', 'gsed'],
  docs,
  valueOptions: ['-e', '--expression', '-f', '--file', '-l', '--line-length'],
  abbreviable: ['--in-place', '--expression'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect: (call, analysis) => {
    const edit = inPlace(call);
    if (edit === 'none') return [];
    // `-i ''`, as BSD's sed wants it, leaves an empty word.
    const operands = call.operands.filter((word) => word.text !== '');
    const files = optionValue(call, '-e', '--expression', '-f', '--file') ? operands : operands.slice(1);
    // What it would put in stands in its script; a point may be escaped there.
    const content = call.invocation.argv.map(({ text }) => text).join(' ').replaceAll('\\', '');
    if (edit === 'copied') return guardChanges(files, { content }, call.invocation, analysis);
    return pathEffects(files, { verb: 'overwrite', recursive: false, content, rule: 'sed/in-place', docs, says: 'Rewrites', saferWay: 'Keep the old files with sed -i.bak.' }, call.invocation, analysis);
  },
  cases: {
    caught: [
      { command: "sed -i 's/a/b/' notes.md", by: 'in-place' },
      { command: "sed -i '' -e '1,$d' src/*.ts", by: 'in-place' },
      { command: "sed --in-place '/x/d' ~/.zshrc", by: 'in-place' },
      { command: "sed -i.bak 's/on/off/' ~/.interlock/policy.json", by: 'files/guard-file' },
      { command: "sed -i 's/}/,\"interlock.openTelemetry.enabled\":false}/' ~/.config/Code/User/settings.json", by: 'files/guard-file' },
      { command: "sed -i.bak -E '/interlock\\.openTelemetry/d' ~/.config/Code/User/settings.json", by: 'files/guard-file' },
    ],
    passes: ["sed 's/a/b/' notes.md", "sed -i.bak 's/a/b/' notes.md", "sed -n '1,5p' notes.md", "sed -i 's/a/b/' /tmp/x"],
  },
};

/** Whether files are edited in place, and whether a copy stays: a suffix after `-i` names one. */
function inPlace(call: Call): 'none' | 'lost' | 'copied' {
  if (hasOption(call, '--in-place')) return optionValue(call, '--in-place') === undefined ? 'lost' : 'copied';
  const letters = call.invocation.argv.slice(1).find((word) => /^-[nErsuz]*i/.test(word.text));
  if (letters === undefined) return 'none';
  return /^-[nErsuz]*i(?:[nErsuz]*|e)$/.test(letters.text) ? 'lost' : 'copied';
}
