import type { Analysis } from '../analysis.ts';
import type { Certainty, Effect, Reversibility, Span } from '../effect.ts';
import type { Folder } from '../invocation.ts';
import type { Word } from '../shell/word.ts';
import { blindWorld, type FileFacts, type Losses } from '../world.ts';
import { guardEffects } from './guard-files.ts';
import { displayPath, isAbsolute, isSame, joinPath, segmentsOf, type Platform } from './path.ts';
import { gitFolderPart, isDevice, isSink, isWholeByContents, kindOf, looksMade, surroundingsOf, type Surroundings } from './places.ts';
import { meaningOf, staysBelow, type Target } from './targets.ts';
import { forWindows, wordsOnDrives } from './windows-paths.ts';
import { describeEverything, describeLoss, nounFor, openings, type Named } from './wording.ts';

/** What is done to paths. */
export interface PathChange {
  readonly verb: 'delete' | 'overwrite' | 'truncate';
  /** Folders go with everything below them. */
  readonly recursive: boolean;
  readonly rule: string;
  readonly docs?: string | undefined;
  readonly saferWay?: string | undefined;
  /** Default `certain`. Paths nobody can know are `unknown` in any case. */
  readonly certainty?: Certainty | undefined;
  /** New content, as far as it is known; only looked at for guard files. */
  readonly content?: string | undefined;
  /** How the sentence opens where the verb alone would mislead: `Moves away`. */
  readonly says?: string | undefined;
}

/** Where the paths are said. */
export interface PathPlace {
  readonly cwd: Folder;
  readonly env: Readonly<Record<string, string>>;
  readonly span?: Span | undefined;
}

/** More plain files than this are no longer a handful. */
const handful = 10;
/** Steps of looking for guard files in a folder that goes whole. */
const searchSteps = 64;
/** Bytes the vault copies without a second thought. */
const smallSize = 10 * 1024 * 1024;

/** Paths of one command that share a fate. */
interface Sorted {
  readonly everything: Target[];
  readonly made: Target[];
  readonly history: Target[];
  readonly ordinary: (Target & { readonly facts?: FileFacts | undefined })[];
  readonly guarded: Effect[];
  readonly unknown: string[];
}

/**
 * What deleting, replacing or emptying some paths loses, judged by what lies there.
 * Words that stand for nothing on disk have no effect; paths that share a fate share an effect.
 */
export function pathEffects(paths: readonly Word[], what: PathChange, place: PathPlace, analysis: Analysis): readonly Effect[] {
  if (paths.length === 0) return [];
  const drives = wordsOnDrives(paths, analysis);
  if (drives.length > 0) return [...pathEffects(drives, what, place, forWindows(analysis)), ...pathEffects(paths.filter((word) => !drives.includes(word)), what, place, analysis)];
  const around = surroundingsOf(analysis, place.env);
  const sorted: Sorted = { everything: [], made: [], history: [], ordinary: [], guarded: [], unknown: [] };
  for (const word of paths) sortWord(word, what, place, around, sorted, analysis);
  const span = place.span ?? spanOf(paths);
  const context: Context = { what, around, analysis, span };
  return [
    ...sorted.guarded,
    ...(sorted.everything.length > 0 ? [everythingEffect(sorted.everything, context)] : []),
    ...(sorted.history.length > 0 ? [historyEffect(sorted.history, context)] : []),
    ...ordinaryEffects(sorted.ordinary, context),
    ...(sorted.unknown.length > 0 ? [unknownEffect(sorted.unknown, context)] : []),
    ...(sorted.made.length > 0 ? [madeEffect(sorted.made, context)] : []),
  ];
}

/**
 * The effects on words that stand for a whole disk, system folder or home, and on guard files; nothing for all others.
 * The workspace is left out: renaming it or changing its permissions loses nothing.
 */
export function wholeEffects(words: readonly Word[], what: Omit<PathChange, 'verb' | 'recursive'>, place: PathPlace, analysis: Analysis): readonly Effect[] {
  const { workspaceRoots } = analysis.action;
  const isWorkspace = (path: string): boolean => workspaceRoots.some((root) => isSame(path, root, analysis.world.platform));
  return pathEffects(words, { ...what, verb: 'delete', recursive: true }, place, analysis).filter((found) => found.verb === 'weakenGuard' || (found.everything && !found.paths?.every(isWorkspace)));
}

/** The `weakenGuard` effects of changing some paths in whatever way; nothing for paths that guard nothing. */
export function guardChanges(words: readonly Word[], what: Pick<PathChange, 'content'> & { readonly recursive?: boolean }, place: PathPlace, analysis: Analysis): readonly Effect[] {
  const drives = wordsOnDrives(words, analysis);
  if (drives.length > 0) return [...guardChanges(drives, what, place, forWindows(analysis)), ...guardChanges(words.filter((word) => !drives.includes(word)), what, place, analysis)];
  const around = surroundingsOf(analysis, place.env);
  const { home, platform } = around;
  return words.flatMap((word) => {
    if (word.holes.length > 0) return guardedByName(word, what, around);
    const meaning = meaningOf(word, { cwd: place.cwd, ...(place.span ? { span: place.span } : {}) }, around, 'keep', analysis);
    if (meaning.is !== 'paths') return [];
    return meaning.targets.filter(({ path }) => isAbsolute(path, platform)).flatMap(({ path, span }) => guardEffects(path, { ...what, span }, { home, world: analysis.world, folders: foldersOf(around), guardPaths: analysis.guardPaths }));
  });
}

/**
 * What writing files replaces, where what lies there can be seen. Programs write files all day: without a disk to look at,
 * only those that guard are told apart.
 */
export function writeEffects(words: readonly Word[], what: Omit<PathChange, 'verb' | 'recursive'>, place: PathPlace, analysis: Analysis): readonly Effect[] {
  return analysis.world.sighted ? pathEffects(words, { ...what, verb: 'overwrite', recursive: false }, place, analysis) : guardChanges(words, {}, place, analysis);
}

interface Context {
  readonly what: PathChange;
  readonly around: Surroundings;
  readonly analysis: Analysis;
  readonly span: Span | undefined;
}

function opening(what: PathChange): string {
  return what.says ?? openings[what.verb];
}

function spanOf(words: readonly Word[]): Span | undefined {
  const spans = words.flatMap((word) => word.span ?? []);
  return spans.length === 0 ? undefined : { start: Math.min(...spans.map((span) => span.start)), end: Math.max(...spans.map((span) => span.end)) };
}

function sortWord(word: Word, what: PathChange, place: PathPlace, around: Surroundings, sorted: Sorted, analysis: Analysis): void {
  const meaning = meaningOf(word, { cwd: place.cwd, ...(place.span ? { span: place.span } : {}) }, around, what.verb === 'delete' ? 'keep' : 'follow', analysis);
  switch (meaning.is) {
    case 'paths':
      for (const target of meaning.targets) sortTarget(target, what, around, sorted, analysis);
      return;
    case 'everything':
      // Without recursion a folder stays where it is, and a file in its place has a name of its own.
      if (what.recursive || /[\\/][*.]+$/.test(word.text)) sorted.everything.push({ path: meaning.path, contents: false, span: word.span });
      else if (what.verb !== 'overwrite') sorted.unknown.push(meaning.written);
      return;
    case 'made':
      sorted.made.push({ path: meaning.written, contents: false, span: word.span });
      return;
    case 'unknown': {
      const guards = guardedByName(word, { content: what.content, recursive: what.recursive }, around);
      sorted.guarded.push(...guards);
      // Programs write to paths from variables all the time; what is there, if anything, cannot be said.
      if (what.verb !== 'overwrite' && guards.length === 0) sorted.unknown.push(meaning.written);
    }
  }
}

/** The `weakenGuard` effects of a path in a folder nobody knows: `$X/.claude/settings.json` guards wherever it lies. */
function guardedByName(word: Word, what: Pick<PathChange, 'content'> & { readonly recursive?: boolean }, { home, platform }: Surroundings): readonly Effect[] {
  const known = (word.holes.at(-1)?.end ?? 0) < word.text.search(/[^\\/]+[\\/]*$/);
  if (!known) return [];
  const found = guardEffects(word.text, { ...what, span: word.span }, { home, world: blindWorld(platform), folders: [], guardPaths: [] });
  return found.map((effect) => ({ ...effect, paths: [] }));
}

function sortTarget(target: Target, what: PathChange, around: Surroundings, sorted: Sorted, analysis: Analysis): void {
  const { world } = analysis;
  const { path } = target;
  const { platform } = world;
  if (isSink(path)) return;
  if (isDevice(path, platform)) {
    sorted.everything.push(target);
    return;
  }
  const absolute = isAbsolute(path, platform);
  const kind = absolute ? kindOf(path, around) : looksMade(path, platform, staysBelow(path, platform)) ? 'made' : staysBelow(path, platform) ? 'workspace' : 'outside';
  if (kind === 'everything' && what.recursive && (!target.contents || isWholeByContents(path, around))) {
    sorted.everything.push(target);
    return;
  }
  if (what.recursive && world.sighted) analysis.spend(searchSteps);
  const guards = guardEffects(path, { recursive: what.recursive, content: what.content, span: target.span }, { home: around.home, world, folders: foldersOf(around), guardPaths: analysis.guardPaths });
  sorted.guarded.push(...guards);
  if (guards.length > 0) return;
  const facts = world.sighted && absolute ? world.stat(path) : undefined;
  if (world.sighted && absolute && (!facts || (facts.kind === 'folder' && !what.recursive && !target.contents))) return;
  const git = gitFolderPart(path, platform);
  if (git === 'history') sorted.history.push(target);
  else if (git === 'scratch' || kind === 'temporary' || (kind === 'made' && world.ignores(path) !== false) || (absolute && isCompiled(path, world))) sorted.made.push(target);
  else sorted.ordinary.push({ ...target, facts });
}

/** What .NET compiles goes into `bin`, which others keep scripts in: git must ignore it. https://learn.microsoft.com/dotnet/core/tools/dotnet-build */
function isCompiled(path: string, world: Analysis['world']): boolean {
  const found = /[\\/]bin(?:[\\/](?:Debug|Release)(?:[\\/]|$))?/i.exec(path);
  if (!found || !world.sighted || world.ignores(path) !== true) return false;
  return found[0].length > 4 || (path.length === found.index + 4 && ['Debug', 'Release'].some((name) => world.stat(joinPath(path, name, world.platform)) !== undefined));
}

function foldersOf(around: Surroundings): readonly string[] {
  return [...around.roots, around.workFolder];
}

function named(targets: readonly Target[], context: Context): Named {
  const { around, analysis } = context;
  const names = targets.map((target) => {
    const name = displayPath(target.path, foldersOf(around), around.home, around.platform);
    return target.contents ? `${name === '.' ? '' : `${name}/`}*` : name;
  });
  const folder = (target: Target): boolean => (analysis.world.sighted ? analysis.world.stat(target.path)?.kind === 'folder' : context.what.recursive);
  return { names, folders: targets.some(folder) };
}

function effect(targets: readonly Target[], context: Context, fate: { readonly reversibility: Reversibility; readonly why: string; readonly kind: string; readonly name?: string }, more: Partial<Effect> = {}): Effect {
  const { what, around, span } = context;
  const paths = targets.map((target) => target.path).filter((path) => isAbsolute(path, around.platform));
  const { names } = named(targets, context);
  return {
    verb: what.verb,
    resource: { kind: fate.kind, name: fate.name ?? listed(names), provider: 'local files' },
    reversibility: fate.reversibility,
    certainty: what.certainty ?? 'certain',
    rule: what.rule,
    why: fate.why,
    target: { by: 'path' },
    ...(what.saferWay ? { saferWay: what.saferWay } : {}),
    ...(what.docs ? { docs: what.docs } : {}),
    ...(span ? { span } : {}),
    ...(paths.length > 0 ? { paths } : {}),
    ...(what.recursive ? { recursive: true } : {}),
    ...more,
  };
}

function listed(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

function everythingEffect(targets: readonly Target[], context: Context): Effect {
  const { around, what } = context;
  const first = targets[0] as Target;
  return effect(targets, context, { reversibility: 'irreversible', kind: isDevice(first.path, around.platform) ? 'disk' : 'folder', why: describeEverything(first, opening(what), around) }, { everything: true });
}

function historyEffect(targets: readonly Target[], context: Context): Effect {
  return effect(targets, context, { reversibility: 'irreversible', kind: 'git history', why: 'Deletes git’s own records: commits, branches and stashes that were never pushed are gone.' });
}

function madeEffect(targets: readonly Target[], context: Context): Effect {
  const name = listed(named(targets, context).names);
  return effect(targets, context, { reversibility: 'recoverable', kind: nounFor(named(targets, context)), why: `${opening(context.what)} ${name}, which can be made again.` }, { regenerable: true });
}

/** Paths that only a running command will know. */
function unknownEffect(written: readonly string[], context: Context): Effect {
  const why = `${opening(context.what)} ${listed(written)}, and nobody can say beforehand what that will be.`;
  return effect([], context, { reversibility: 'irreversible', kind: context.what.recursive ? 'folder' : 'file', name: listed(written), why }, { certainty: 'unknown' });
}

function ordinaryEffects(targets: Sorted['ordinary'], context: Context): readonly Effect[] {
  if (targets.length === 0) return [];
  const { world } = context.analysis;
  if (world.sighted && targets.every((target) => isAbsolute(target.path, world.platform))) return [...seenEffects(targets, context)];
  const kept = targets.filter((target) => isKeptByText(target, context));
  const lost = targets.filter((target) => !kept.includes(target));
  return [
    ...(lost.length > 0 ? [effect(lost, context, { reversibility: 'irreversible', kind: nounFor(named(lost, context)), why: describeLoss(named(lost, context), opening(context.what), undefined) })] : []),
    ...(kept.length > 0 ? [effect(kept, context, { reversibility: 'recoverable', kind: nounFor(named(kept, context)), why: describeLoss(named(kept, context), opening(context.what), undefined) })] : []),
  ];
}

/** Judged by what lies on disk. */
function* seenEffects(targets: Sorted['ordinary'], context: Context): Generator<Effect> {
  const { what, analysis } = context;
  const links = targets.filter((target) => target.facts?.kind === 'link' && what.verb === 'delete');
  if (links.length > 0) yield effect(links, context, { reversibility: 'recoverable', kind: 'link', why: `Deletes the link ${listed(named(links, context).names)}; what it points to stays.` });
  const rest = targets.filter((target) => !links.includes(target) && (what.verb === 'delete' || target.facts?.kind !== 'file' || target.facts.size > 0));
  if (rest.length === 0) return;
  const losses = analysis.world.losses(rest.map((target) => target.path));
  // An empty folder is no loss.
  if (losses && losses.files === 0 && losses.unpushed === 0 && !losses.truncated) return;
  const reversibility = reversibilityOf(rest, losses);
  yield effect(rest, context, { reversibility, kind: nounFor(named(rest, context)), why: describeLoss(named(rest, context), opening(what), losses) });
}

/** Committed work comes back from git, a handful of plain files from the vault. */
function reversibilityOf(targets: Sorted['ordinary'], losses: Losses | undefined): Reversibility {
  if (!losses || losses.truncated || losses.unpushed > 0) return 'irreversible';
  if (losses.untracked + losses.dirty + losses.ignored === 0) return 'recoverable';
  const plain = targets.every((target) => target.facts?.kind === 'file' && !target.contents);
  return plain && targets.length <= handful && losses.bytes <= smallSize ? 'recoverable' : 'irreversible';
}

/** Folders whose files a machine needs to start and to let people in. */
const vitalRoots = new Set(['bin', 'sbin', 'lib', 'lib64', 'boot', 'dev', 'sys', 'proc', 'system', 'windows']);
const vitalFile = /^\/etc\/(?:passwd|shadow|gshadow|group|sudoers|fstab|hosts|sudoers\.d\/.*|ssh\/.*|pam\.d\/.*)$/i;

/** Without a disk to look at: the vault will copy what lies below the folders the agent works in. */
function isKeptByText(target: Target, { around, what }: Context): boolean {
  const { platform } = around;
  const absolute = isAbsolute(target.path, platform);
  const kind = absolute ? kindOf(target.path, around) : staysBelow(target.path, platform) ? 'workspace' : looksMade(target.path, platform) ? 'made elsewhere' : 'outside';
  if ((kind === 'workspace' && !isSame(target.path, around.workFolder, platform)) || kind === 'made elsewhere') return true;
  // One file can be copied wherever it lies.
  return what.verb === 'overwrite' && !target.contents && !isVital(target.path, platform);
}

/** True for a file or folder a machine needs to start and to let people in. */
export function isVital(path: string, platform: Platform): boolean {
  return isAbsolute(path, platform) && (vitalRoots.has((segmentsOf(path, platform)[0] ?? '').toLowerCase()) || vitalFile.test(path));
}
