import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

const erasing = new Set(['erasedisk', 'erasevolume', 'eraseoptical', 'zerodisk', 'randomdisk', 'secureerase', 'partitiondisk', 'reformat', 'mergepartitions', 'splitpartition']);
const erasingParts = new Set(['deletecontainer', 'deletevolume', 'erasevolume', 'delete', 'deletevolumegroup', 'deletesnapshot']);

export const rule: Rule = {
  tool: 'diskutil',
  title: 'Disk Utility',
  programs: ['diskutil'],
  docs: 'https://support.apple.com/guide/disk-utility/welcome/mac',
  valueOptions: [],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'diskutil eraseDisk ExFAT DATA GPT disk6', by: 'erase' },
      { command: 'diskutil eraseVolume APFS X /dev/disk6s2', by: 'erase' },
      { command: 'diskutil apfs deleteContainer disk1', by: 'erase' },
      { command: 'diskutil partitionDisk disk2 1 GPT APFS X 0', by: 'erase' },
    ],
    passes: ['diskutil list', 'diskutil info disk1', 'diskutil apfs list', 'diskutil mount disk2s1', 'diskutil verifyDisk disk1'],
  },
};

function inspect(call: Call): readonly Effect[] {
  const [first, second, ...rest] = call.operands.map((word) => word.text);
  const group = ['apfs', 'ap', 'appleraid', 'ar', 'corestorage', 'cs'].includes(first?.toLowerCase() ?? '');
  if (group ? !erasingParts.has(second?.toLowerCase() ?? '') : !erasing.has(first?.toLowerCase() ?? '')) return [];
  const words = group ? rest : [second ?? '', ...rest];
  const name = words.find((word) => /(?:^|\/)disk\d/.test(word)) ?? words.at(-1) ?? '';
  const { span } = call.invocation;
  return [{ verb: 'delete', resource: { kind: 'disk', name, provider: 'local files' }, reversibility: 'irreversible', certainty: 'certain', rule: 'diskutil/erase', why: `Erases ${name || 'a disk'}: every file on it is lost.`, saferWay: 'Look at what is on it: diskutil info.', docs: rule.docs, target: { by: 'path' }, everything: true, ...(span ? { span } : {}) }];
}
