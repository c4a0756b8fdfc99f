import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'mc',
  title: 'MinIO',
  programs: ['mc', 'mcli'],
  docs: 'https://min.io/docs/minio/linux/reference/minio-mc.html',
  valueOptions: ['-C', '--config-dir', '--older-than', '--newer-than', '--version-id', '--limit-upload'],
  safeOptions: ['-h', '--dry-run', '--fake'],
  target: { system: 'minio' },
  operations: [
    { id: 'rm', words: ['rm|rb'], verb: 'delete', kind: 'objects', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from the store.', saferWay: 'Show what would go: mc rm --dry-run.' },
    { id: 'mirror', words: ['mirror'], needs: ['--remove', '--overwrite'], verb: 'delete', kind: 'objects', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Makes {name} the same as the source: what is not there is deleted.', saferWay: 'Leave out --remove.' },
    { id: 'admin', words: ['admin', 'user|policy|group|bucket|service|replicate', 'remove|rm|disable|detach|stop'], verb: 'revoke', kind: 'MinIO setting', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes or disables {name} on the server.', saferWay: 'List it first and let a person delete it.' },
    { id: 'mv', words: ['mv'], verb: 'delete', kind: 'objects', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Moves {name}: it is no longer where it was.', saferWay: 'Use mc cp.' },
    { id: 'retention', words: ['retention|legalhold|version|ilm', 'clear|suspend|rm|remove'], verb: 'delete', kind: 'protection', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Takes away what protects {name}.', saferWay: 'Leave protection on.' },
    { id: 'anonymous', words: ['anonymous|policy', 'set'], verb: 'publish', kind: 'bucket', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Changes who can read {name}.', saferWay: 'Look first: mc anonymous get.' },
  ],
  cases: {
    caught: [
      { command: 'mc rm --recursive --force prod/uploads', by: 'rm' },
      { command: 'mc rb prod/uploads --force', by: 'rm' },
      { command: 'mc -j rm prod/uploads/a', by: 'rm' },
      { command: 'mc mirror --remove ./dist prod/site', by: 'mirror' },
      { command: 'mc admin user disable prod alice', by: 'admin' },
      { command: 'mc mv prod/a prod/b', by: 'mv' },
      { command: 'mc version suspend prod/uploads', by: 'retention' },
      { command: 'mc anonymous set public prod/uploads', by: 'anonymous' },
    ],
    passes: ['mc ls prod/uploads', 'mc cp a prod/uploads', 'mc rm --dry-run --recursive prod/x', 'mc admin info prod', 'mc mirror ./dist prod/site', 'mc alias list', 'mc stat prod/x'],
  },
};
