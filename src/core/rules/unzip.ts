import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { unpackEffects } from '../files/unpacking.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://infozip.sourceforge.net/UnZip.html';

export const rule: Rule = {
  tool: 'unzip',
  title: 'unzip',
  programs: ['unzip'],
  docs,
  valueOptions: ['-d', '-x', '-P'],
  safeOptions: ['-l', '-t', '-v', '-z', '-Z', '-n', '-p', '-c'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo unzip -o image.zip -d /', by: 'extract' },
      { command: 'unzip -oq home.zip -d ~', by: 'extract' },
      { command: 'unzip -o site.zip -d /home/dev', by: 'extract' },
    ],
    passes: ['unzip -l a.zip', 'unzip a.zip -d vendor', 'unzip -o a.zip -d /tmp/a', 'unzip -n a.zip -d ~'],
  },
};

/** Without -o it asks before it replaces a file. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { promptsAnswered } = call.invocation;
  const folder = optionValue(call, '-d');
  return hasOption(call, '-o') || promptsAnswered ? unpackEffects(folder, { rule: 'unzip/extract', docs, says: 'Unpacks an archive over', saferWay: 'Unpack it into an empty folder first.' }, call.invocation, analysis) : [];
}
