import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { own } from '../own.ts';
import type { Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';

export const rule: Rule = {
  tool: 'lvm',
  title: 'LVM',
  programs: ['lvm', 'lvremove', 'vgremove', 'pvremove', 'lvreduce', 'lvresize', 'vgreduce', 'lvconvert', 'vgcfgrestore', 'vgexport', 'pvcreate', 'vgsplit', 'vgmerge'],
  docs: 'https://man7.org/linux/man-pages/man8/lvremove.8.html',
  valueOptions: ['--config', '-S', '--select', '-L', '--size', '-l', '--extents', '--file'],
  safeOptions: ['-h', '-t', '--test'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo lvm lvremove -f vg0/data', by: 'remove' },
      { command: 'lvm vgremove vg0', by: 'remove' },
      { command: 'lvreduce -L 10G vg0/home', by: 'remove' },
      { command: 'sudo lvresize --size 5G vg0/home', by: 'remove' },
      { command: 'vgreduce vg0 /dev/sdb', by: 'remove' },
      { command: 'sudo lvconvert --merge vg0/snap', by: 'overwrite' },
      { command: 'vgcfgrestore -f backup vg0', by: 'overwrite' },
      { command: 'pvcreate -ff /dev/sdb', by: 'overwrite' },
      { command: 'vgexport vg0', by: 'stop' },
      { command: 'sudo lvremove -y vg0/root', by: 'remove' },
      { command: 'vgremove vg0', by: 'remove' },
      { command: 'pvremove /dev/sdb1', by: 'remove' },
    ],
    passes: ['lvs', 'sudo lvresize -L +5G vg0/home', 'lvm lvs', 'lvconvert --mirrors 1 vg0/home', 'pvcreate /dev/sdb', 'lvm version', 'lvremove --test vg0/root', 'lvremove --help', 'vgremove -t vg0'],
  },
};

/** Commands that lose something, with the options without which they do not; `lvm` runs each of them by its name. */
const losing: Readonly<Record<string, { readonly needs?: readonly string[]; readonly verb: 'delete' | 'overwrite' | 'stop'; readonly why: string }>> = {
  lvremove: { verb: 'delete', why: 'Deletes {name} with every file on it.' },
  vgremove: { verb: 'delete', why: 'Deletes the volume group {name} with every volume in it.' },
  pvremove: { verb: 'delete', why: 'Erases what makes {name} part of a volume group.' },
  lvreduce: { verb: 'delete', why: 'Makes {name} smaller; files past its new end are lost.' },
  lvresize: { needs: ['-L', '--size', '-l', '--extents'], verb: 'delete', why: 'Makes {name} smaller; files past its new end are lost.' },
  vgreduce: { verb: 'delete', why: 'Takes a disk out of the volume group {name}.' },
  lvconvert: { needs: ['--merge', '--mergesnapshot', '--repair', '--uncache', '--splitcache'], verb: 'overwrite', why: 'Puts {name} back to a snapshot, or changes how it is kept.' },
  vgcfgrestore: { verb: 'overwrite', why: 'Puts the layout of the volume group {name} back to an older one; files may be lost.' },
  vgexport: { verb: 'stop', why: 'Takes the volume group {name} away from this machine.' },
  pvcreate: { needs: ['-f', '--force', '-ff'], verb: 'overwrite', why: 'Takes {name} for a volume group although it holds something: every file on it is lost.' },
};

function inspect(call: Call): readonly Effect[] {
  const [first, ...rest] = call.operands.map((word) => word.text);
  const { program, env, span } = call.invocation;
  const [command, names] = program === 'lvm' ? [first ?? '', rest] : [program, call.operands.map((word) => word.text)];
  const found = own(losing, command);
  if (!found || names.length === 0 || (found.needs && !isMeant(call, command, found.needs))) return [];
  const name = names.join(', ');
  return [{
    verb: found.verb, resource: { kind: 'volume', name, provider: rule.title }, reversibility: found.verb === 'stop' ? 'reversible' : 'irreversible', certainty: 'certain', rule: `lvm/${found.verb === 'delete' ? 'remove' : found.verb}`,
    why: sentence(found.why, name, 'volume'), saferWay: 'Keep a copy of the data first.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }];
}

/** A volume only shrinks by a size with a minus or without a sign. */
function isMeant(call: Call, command: string, needs: readonly string[]): boolean {
  const value = needs.flatMap((option) => call.options.get(option) ?? []).find((word) => word !== undefined)?.text;
  if (command === 'lvresize') return value !== undefined && !value.startsWith('+');
  return hasOption(call, ...needs);
}
