import type { Action } from '../action.ts';
import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { baseName, displayPath, expandHome, joinPath } from '../files/path.ts';
import type { Policy } from '../policy/policy.ts';
import { aimsAtSecrets } from './aim.ts';
import { fileRules, fileVerdict, isSecretName, type FileRules } from './files.ts';
import { foundIn } from './found-in.ts';
import { containsPlaceholder, maskedView } from './mask.ts';
import { sharedWrite } from './shared-write.ts';
import { isGenerated } from './text-scan.ts';

export { traceEffects } from './trace.ts';

/** Longest file read to decide what may be seen of it, in bytes. */
const maxRead = 2 * 1024 * 1024;

/** What an action would show or spoil, and what may be shown instead. */
export interface SecretEffects {
  readonly effects: readonly Effect[];
  readonly maskedView?: string;
}

/** Reads and searches of files with secrets, and writes that would put a placeholder where a value is. */
export function secretEffects(action: Action, analysis: Analysis, policy: Pick<Policy, 'hiddenFiles' | 'clearFiles'>): SecretEffects {
  switch (action.tool) {
    case 'read':
      return readOf(action.path, action.content, action, analysis, policy);
    case 'search':
      return searchOf(action, analysis, policy);
    case 'write':
      return { effects: action.content === undefined ? [] : writtenEffects(action.path, action.content, action, analysis) };
    case 'shell':
      return { effects: containsPlaceholder(action.command) ? [placeholderWritten('')] : [] };
    case 'delete':
    case 'mcp':
    case 'http':
    case 'other':
    default:
      return { effects: [] };
  }
}

function pathOf(path: string, action: Action, analysis: Analysis): string {
  const { platform } = analysis.world;
  const home = expandHome(path, analysis.home, platform) ?? path;
  return action.cwd === '' ? home : joinPath(action.cwd, home, platform);
}

const compiled = new WeakMap<object, FileRules>();

/** The policy's globs are compiled once for each policy and set of folders. */
function rulesOf(policy: Pick<Policy, 'hiddenFiles' | 'clearFiles'>, roots: readonly string[]): FileRules | undefined {
  if (policy.hiddenFiles.length === 0 && policy.clearFiles.length === 0) return undefined;
  const known = compiled.get(policy);
  if (known && known.roots.join('\n') === roots.join('\n')) return known;
  const rules = fileRules(policy, roots);
  compiled.set(policy, rules);
  return rules;
}

function readOf(written: string, content: string | undefined, action: Action, analysis: Analysis, policy: Pick<Policy, 'hiddenFiles' | 'clearFiles'>): SecretEffects {
  const { world } = analysis;
  const path = pathOf(written, action, analysis);
  const rules = rulesOf(policy, action.workspaceRoots);
  const real = world.resolve(path);
  const hidden = [path, real].find((name) => fileVerdict(name, undefined, rules) === 'hidden');
  const shown = displayPath(path, action.workspaceRoots, analysis.home, world.platform);
  if (hidden !== undefined) {
    const text = content ?? world.read(real, maxRead);
    return { effects: [readEffect(path, shown, 'hidden')], ...(text === undefined ? {} : { maskedView: maskedView(shown, text, true) }) };
  }
  const text = content ?? world.read(real, maxRead);
  if (text === undefined) return { effects: [] };
  analysis.spend(Math.ceil(text.length / 1024));
  if (content === undefined && (world.stat(real)?.size ?? 0) > maxRead && fileVerdict(path, { findings: [], complete: isGenerated(path), steps: 0 }, rules) === 'masked') {
    return { effects: [readEffect(path, shown, 'masked')], maskedView: `${shown} is too large to be searched for secrets, so it is not shown whole. Search it with grep: what that prints is masked.` };
  }
  if (fileVerdict(path, foundIn(text, path, world), rules) !== 'masked') return { effects: [] };
  return { effects: [readEffect(path, shown, 'masked')], maskedView: maskedView(shown, text, false) };
}

/**
 * What may be shown of a file in place of a command that prints it: agents without a tool for reading read so. Undefined where the
 * command prints several files with secrets, or one that is not there.
 */
export function viewOfPrinted(effects: readonly Effect[], action: Action, analysis: Analysis): string | undefined {
  if (effects.length === 0) return undefined;
  const paths = new Set(effects.filter(({ rule }) => rule === 'secrets/shell-read' || rule === 'secrets/shell-read-masked').flatMap(({ paths: read = [] }) => read));
  const [path] = paths;
  if (path === undefined || paths.size > 1) return undefined;
  const { world } = analysis;
  const text = world.read(world.resolve(path), maxRead);
  return text === undefined ? undefined : maskedView(displayPath(path, action.workspaceRoots, analysis.home, world.platform), text, isSecretName(path));
}

function readEffect(path: string, shown: string, verdict: 'hidden' | 'masked'): Effect {
  return {
    verb: 'readSecret',
    resource: { kind: verdict === 'hidden' ? 'secret file' : 'file with secrets', name: shown, provider: 'local files' },
    reversibility: 'irreversible',
    certainty: 'certain',
    rule: `secrets/read-${verdict}`,
    why: verdict === 'hidden' ? `Shows the agent what is in ${shown}, which holds secrets.` : `Shows the agent ${shown}, which has secrets in it.`,
    saferWay: 'Work with the masked view: names and shapes are shown, and programs can still load the file.',
    target: { by: 'path' },
    paths: [path],
  };
}

function searchOf(action: Extract<Action, { tool: 'search' }>, analysis: Analysis, policy: Pick<Policy, 'hiddenFiles' | 'clearFiles'>): SecretEffects {
  const { world } = analysis;
  const path = pathOf(action.path || '.', action, analysis);
  if (world.stat(path)?.kind === 'file' || (!world.sighted && baseName(path, world.platform) !== '' && fileVerdict(path) === 'hidden')) return readOf(action.path, undefined, action, analysis, policy);
  const glob = action.glob;
  if (glob === undefined || !aimsAtSecrets(glob)) return { effects: [] };
  return { effects: [readEffect(path, glob, 'hidden')] };
}

function writtenEffects(path: string, content: string, action: Action, analysis: Analysis): readonly Effect[] {
  if (containsPlaceholder(content)) return [placeholderWritten(pathOf(path, action, analysis))];
  return sharedWrite(path, content, analysis);
}

function placeholderWritten(path: string): Effect {
  return {
    verb: 'overwrite',
    resource: { kind: 'secret', name: path, provider: 'local files' },
    reversibility: 'irreversible',
    certainty: 'certain',
    rule: 'secrets/placeholder-written',
    why: 'Would write the placeholder of a hidden value where the real value belongs, which destroys the real one.',
    saferWay: 'Leave the lines with hidden values as they are, and edit the others one at a time.',
    target: { by: 'path' },
  };
}
