import { canonicalSecretNames } from './canonical-names.ts';
import { fileVerdict } from './files.ts';
import { matchesGlob, namesOf } from './globs.ts';

/** True for a glob whose last part is there to catch secret files: `.env*`, `*.pem`, but not `*`. */
export function aimsAtSecrets(glob: string): boolean {
  const last = glob.slice(Math.max(glob.lastIndexOf('/'), glob.lastIndexOf('\\')) + 1);
  if (!/[^*?.{}[\],!]/.test(last)) return false;
  return namesOf(last).some((name) => fileVerdict(name) === 'hidden' || canonicalSecretNames.some((secret) => /[*?[]/.test(name) && !name.startsWith('*.') && matchesGlob(name, secret)));
}
