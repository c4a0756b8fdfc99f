import type { Analysis } from '../analysis.ts';
import { expandHome, joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import type { Word } from '../shell/word.ts';
import { isSecretName } from './files.ts';

/** Folders named after the credentials in them, and globs for what lies there. */
const tellingFolder = /(?:^|[\\/])\.?(?:certs?|certificates?|secrets?|credentials|creds|private[-_]?keys?|keystores?|pki)(?:[\\/]+(?:\.|[^\\/]*[*?[][^\\/]*)?)?$/i;

/** Names looked at below a folder, and how deep. */
const maxNames = 2_000;
const maxDepth = 3;

/** Folders that are made again and hold nobody's secrets. */
const passedOver = new Set(['node_modules', '.git', 'dist', 'build', 'target', '.venv', 'venv', '.next', '.cache', '__pycache__', 'vendor']);

/** The absolute path a word names, where its folder is known. */
export function pathOf(word: Word, invocation: Invocation, analysis: Analysis): string {
  const { platform } = analysis.world;
  return joinPath(invocation.cwd ?? '', expandHome(word.text, analysis.home, platform) ?? word.text, platform);
}

/**
 * The first secret a folder or glob would take along: one below it, or where nothing can be listed, the folder itself
 * when it is named after what it holds.
 */
export function secretWithin(word: Word, invocation: Invocation, analysis: Analysis): string | undefined {
  if (!analysis.world.sighted) return tellingFolder.test(word.text.slice(-256)) && (word.globs.length > 0 || !/[*?[]/.test(word.text)) ? word.text : undefined;
  const below = secretBelow(word, invocation, analysis);
  return below === undefined || isLeftOut(below, invocation) ? undefined : below;
}

/** `--exclude=.env`, or a filter nobody can foresee. */
function isLeftOut(path: string, { argv }: Invocation): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return argv.some((word, at) => /^(?:--exclude-from|--filter|-f|--files-from)/.test(word.text) || (word.text.startsWith('--exclude') && `${word.text} ${argv[at + 1]?.text ?? ''}`.includes(name.startsWith('.env') ? '.env' : name)));
}

/** The first secret file below a folder a word names, by name; undefined where there is none or nothing can be listed. */
export function secretBelow(word: Word, invocation: Invocation, analysis: Analysis, counts: (path: string) => boolean = isSecretName): string | undefined {
  const { world } = analysis;
  if (!world.sighted || word.holes.length > 0 || word.globs.length > 0) return undefined;
  const root = pathOf(word, invocation, analysis);
  if (world.stat(root)?.kind !== 'folder') return undefined;
  const waiting: (readonly [folder: string, depth: number])[] = [[root, 0]];
  let left = maxNames;
  for (let next = waiting.shift(); next && left > 0; next = waiting.shift()) {
    const [folder, depth] = next;
    const names = world.list(folder) ?? [];
    left -= names.length;
    analysis.spend(1 + Math.ceil(names.length / 16));
    for (const name of names) {
      const path = joinPath(folder, name, world.platform);
      if (counts(path) && world.stat(path)?.kind !== 'folder') return path;
      if (depth < maxDepth && !passedOver.has(name) && world.stat(path)?.kind === 'folder') waiting.push([path, depth + 1]);
    }
  }
  return undefined;
}
