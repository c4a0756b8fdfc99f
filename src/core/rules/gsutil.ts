import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'gsutil',
  title: 'gsutil',
  programs: ['gsutil'],
  docs: 'https://cloud.google.com/storage/docs/gsutil',
  valueOptions: ['-o', '-h', '-i', '-u', '-x', '-t', '-p', '-l'],
  target: { system: 'gcloud' },
  operations: [
    { id: 'rm', words: ['rm'], verb: 'delete', kind: 'objects', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from Cloud Storage.', saferWay: 'Keep a copy of the data first.' },
    { id: 'rb', words: ['rb'], verb: 'delete', kind: 'bucket', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the bucket {name}.', saferWay: 'Keep a copy of the data first.' },
    { id: 'rsync-delete', words: ['rsync'], needs: ['-d'], unless: ['-n'], verb: 'delete', kind: 'objects', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Makes {name} the same as the source: what is not there is deleted.', saferWay: 'Show it first: gsutil rsync -n.' },
    { id: 'mv', words: ['mv'], verb: 'delete', kind: 'objects', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Moves {name}: it is no longer where it was.', saferWay: 'Copy it: gsutil cp.' },
    { id: 'lifecycle', words: ['lifecycle|retention|versioning', 'set|clear'], verb: 'delete', kind: 'bucket protection', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Changes how long objects are kept.', saferWay: 'Look first: gsutil lifecycle get.' },
    { id: 'public', words: ['iam|acl', 'ch|set'], verb: 'publish', kind: 'bucket', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Changes who can read {name}.', saferWay: 'Look first: gsutil iam get.' },
  ],
  cases: {
    caught: [
      { command: 'gsutil rm gs://uploads/a', by: 'rm' },
      { command: 'gsutil -m rm -r gs://uploads', by: 'rm' },
      { command: 'gsutil rm -r "gs://uploads/**"', by: 'rm' },
      { command: 'gsutil rb gs://uploads', by: 'rb' },
      { command: 'gsutil -m rsync -r -d dist gs://site', by: 'rsync-delete' },
      { command: 'gsutil mv gs://a/x gs://b/x', by: 'mv' },
      { command: 'gsutil versioning set off gs://uploads', by: 'lifecycle' },
      { command: 'gsutil iam ch allUsers:objectViewer gs://uploads', by: 'public' },
    ],
    passes: ['gsutil ls gs://uploads', 'gsutil cp a gs://b', 'gsutil rsync -r dist gs://site', 'gsutil rsync -n -d dist gs://site', 'gsutil cat gs://b/x', 'gsutil du gs://b', 'gsutil mb gs://b'],
  },
};
