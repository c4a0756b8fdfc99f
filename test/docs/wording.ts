import type { Effect, Verb } from '../../src/core/effect.ts';
import type { Severity } from '../../src/core/policy/policy.ts';

/** What has become of a thing after each verb. */
export const verbs: Readonly<Record<Verb, string>> = {
  delete: 'deleted',
  overwrite: 'replaced or changed',
  drop: 'dropped',
  truncate: 'emptied',
  discard: 'thrown away',
  rewriteHistory: 'history rewritten',
  revoke: 'taken away or changed',
  stop: 'stopped',
  publish: 'published',
  expose: 'sent to where it does not belong',
  useCredential: 'used as a credential',
  readSecret: 'shown',
  runUnknown: 'run although nobody can look into it',
  weakenGuard: 'made weaker',
};

export const undo: Readonly<Record<Effect['reversibility'], string>> = {
  reversible: 'It can be undone.',
  recoverable: 'What is lost can be brought back.',
  irreversible: 'It cannot be undone.',
};

export const certainty: Readonly<Record<Effect['certainty'], string>> = {
  certain: '',
  likely: 'Likely, not certain.',
  unknown: 'Nobody can tell beforehand.',
};

/** The columns of the table of decisions, mildest first. */
export const severities: Readonly<Record<Severity, string>> = {
  regenerable: 'can be made again',
  'local-recoverable': 'local, a copy is in git or can be kept',
  'local-lost': 'local, the only copy',
  staging: 'staging or development',
  production: 'production or unknown',
  everything: 'a whole disk, home or drive',
};
