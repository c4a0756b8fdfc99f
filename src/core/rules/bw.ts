import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'bw',
  title: 'Bitwarden',
  programs: ['bw', 'bws'],
  docs: 'https://bitwarden.com/help/cli/',
  valueOptions: ['--session', '--itemid', '--organizationid', '--search', '--folderid', '--collectionid', '-o', '--output', '-t', '--access-token', '-p', '--profile'],
  safeOptions: ['-h'],
  operations: [
    { id: 'delete', words: ['delete'], verb: 'delete', kind: 'item', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from the vault, with --permanent for good.', saferWay: 'Leave out --permanent: it then stays in the trash for a while.' },
    { id: 'secret-delete', words: ['secret|project', 'delete'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} with its value.', saferWay: 'Let a person delete it.' },
    { id: 'edit', words: ['edit'], verb: 'overwrite', kind: 'item', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Replaces {name}; the old values may be lost.', saferWay: 'Read it first and keep it: bw get item.' },
  ],
  cases: {
    caught: [
      { command: 'bw delete item 7063feab', by: 'delete' },
      { command: 'bw delete folder 1a2b --permanent', by: 'delete' },
      { command: 'bw --session x delete item 9', by: 'delete' },
      { command: 'bws secret delete 1a2b', by: 'secret-delete' },
      { command: 'bws project delete p1', by: 'secret-delete' },
      { command: 'bws -t x secret delete 3c4d', by: 'secret-delete' },
      { command: 'bw edit item 7063feab eyJ9', by: 'edit' },
      { command: 'bw edit item 1', by: 'edit' },
      { command: 'bw --session x edit folder 2', by: 'edit' },
    ],
    passes: ['bw sync', 'bw status', 'bw list folders', 'bws project list', 'bw generate'],
  },
};
