import type { Analysis } from '../analysis.ts';
import { baseName } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import type { SecretSource, Word } from '../shell/word.ts';
import { pathOf } from './below.ts';
import { foundIn } from './found-in.ts';
import { isSecretFolder } from './files.ts';
import { secretFileOf } from './sources.ts';

const maxRead = 256 * 1024;

/** The secret in a file a word names: by name, by what the line has put into it, or by content where that may be read. */
export function holdsSecret(word: Word, invocation: Invocation, analysis: Analysis): SecretSource | undefined {
  const named = secretFileOf(word, invocation, analysis);
  if (named) return named;
  if (isSecretFolder(word.text) || secretArchive.test(word.text.slice(-256))) return { kind: 'file', name: word.text };
  return hasFindings(word, invocation, analysis) ? { kind: 'file', name: baseName(word.text, analysis.world.platform) } : undefined;
}

/** Archives named after the credentials in them. */
const secretArchive = /(?:^|[\\/:._-])\.?(?:secrets?|credentials?|passwords?|ssh|aws|gnupg|certs|private[-_]?keys?|keystores?)\.(?:zip|7z|rar|tar|tgz|t[bx]z2?|tar\.\w{1,4})$/i;

/** True where a file's content was seen whole and no secret is in it. */
export function isClear(word: Word, invocation: Invocation, analysis: Analysis): boolean {
  return hasFindings(word, invocation, analysis) === false;
}

/** Undefined where the content may not be read. */
function hasFindings(word: Word, invocation: Invocation, analysis: Analysis): boolean | undefined {
  const { world } = analysis;
  if (!world.sighted || word.holes.length > 0 || word.globs.length > 0) return undefined;
  const path = pathOf(word, invocation, analysis);
  const text = world.stat(path)?.kind === 'folder' ? undefined : world.read(path, maxRead);
  if (text === undefined) return undefined;
  analysis.spend(Math.ceil(text.length / 256));
  const { findings, complete } = foundIn(text, path, world);
  return findings.length > 0 || !complete;
}

/** Files that hold the rows of a database: its own files and dumps of it, not the statements that make one. */
export function isDatabaseFile(path: string): boolean {
  const name = path.slice(-256);
  return /\.(?:sqlite3?|db3?|rdb|mdb|accdb|bson|dump|pgdump)(?:\.(?:gz|bz2|xz|zst|zip))?$|(?:dump|backup|export|prod(?:uction)?)[\w.-]*\.sql(?:\.(?:gz|bz2|xz|zst|zip))?$|\.sql\.(?:gz|bz2|xz|zst|zip)$/i.test(name);
}
