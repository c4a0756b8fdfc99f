import type { Verb } from '../effect.ts';
import type { Policy, TableRow } from './policy.ts';

const losing: readonly Verb[] = ['delete', 'overwrite', 'discard', 'drop', 'truncate', 'stop', 'revoke', 'rewriteHistory', 'publish', 'useCredential'];

/** The default table, strictest rows first. */
const defaultTable: readonly TableRow[] = [
  { verbs: ['weakenGuard'], severities: ['regenerable', 'local-recoverable', 'local-lost', 'staging', 'production', 'everything'], decision: 'deny', because: 'only a person may change what guards this machine' },
  { verbs: ['readSecret', 'expose'], severities: ['regenerable', 'local-recoverable', 'local-lost', 'staging', 'production', 'everything'], decision: 'deny', because: 'secrets stay out of an agent’s sight' },
  { verbs: losing, severities: ['everything'], decision: 'deny', because: 'no chore needs a whole disk, home or drive removed' },
  { verbs: ['delete', 'overwrite', 'discard', 'truncate'], severities: ['regenerable'], decision: 'allow', because: 'it can be made again' },
  { verbs: ['delete', 'overwrite', 'discard', 'truncate'], severities: ['local-recoverable'], decision: 'keep', because: 'a copy is kept first' },
  { verbs: losing, severities: ['production'], decision: 'ask', typed: true, because: 'it targets production, or something not known to be anything else' },
  { verbs: losing, severities: ['staging', 'local-lost', 'local-recoverable', 'regenerable'], decision: 'ask', because: 'it cannot be undone' },
  { verbs: ['runUnknown'], severities: ['regenerable', 'local-recoverable', 'local-lost', 'staging', 'production', 'everything'], decision: 'ask', because: 'nobody could look inside' },
];

/** The policy of an installation nobody has configured. */
export const defaultPolicy: Policy = {
  table: defaultTable.map((row) => ({ ...row, source: 'built-in' as const })),
  resources: [],
  raises: [],
  allow: [],
  tags: [],
  guardPaths: [],
  hiddenFiles: [],
  clearFiles: [],
  counts: [],
  backups: [],
};
