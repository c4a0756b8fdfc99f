import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Folder, Invocation } from '../invocation.ts';
import { isRecord, parseJson } from '../json.ts';
import { knownWord, type Word } from '../shell/word.ts';
import { isNewTask, placeIn, readProjectFile, runsUnread } from './project-file.ts';

/** What a `package.json` says that matters when its scripts run. */
export interface Manifest {
  readonly folder: string;
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** Patterns of the folders of its workspaces. */
  readonly workspaces: readonly string[];
  /** Where it is there and cannot be read. */
  readonly unread?: string;
}

/** The manifest of a folder; undefined where there is none. */
export function manifestOf(folder: Folder, analysis: Analysis): Manifest | undefined {
  if (folder === undefined) return undefined;
  const file = readProjectFile(joinPath(folder, 'package.json', analysis.world.platform), analysis);
  if (file.is === 'absent') return undefined;
  if (file.is === 'unreadable') return { folder, name: '', scripts: {}, workspaces: [], unread: file.path };
  const json = parseJson(file.text);
  const { name, scripts, workspaces } = isRecord(json) ? json : {};
  return {
    folder,
    name: typeof name === 'string' ? name : '',
    scripts: isRecord(scripts) ? Object.fromEntries(Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {},
    workspaces: textsOf(isRecord(workspaces) ? workspaces.packages : workspaces),
  };
}

/** The texts of a list, or the one text. */
export function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((item): item is string => typeof item === 'string');
}

/** The effects of a script with those that run before and after it; the words are put behind its own. */
export function runScriptOf(manifest: Manifest, name: string, words: readonly Word[], invocation: Invocation, analysis: Analysis): readonly Effect[] {
  if (manifest.unread !== undefined) return [runsUnread(manifest.unread, invocation)];
  if (!isNewTask(`script ${name}`, manifest.folder, words.map((word) => word.text), invocation, analysis)) return [];
  return [`pre${name}`, name, `post${name}`].flatMap((script) => {
    const text = scriptText(manifest, script);
    if (text === undefined) return [];
    const own = script === name ? words : [];
    const positional = own.map((word) => ({ ...knownWord(word.text), holes: word.holes }));
    const given = own.map((_word, index) => ` "\${${index + 1}}"`).join('');
    return analysis.shell(`${text}${given}`, placeIn(manifest.folder, invocation), positional);
  });
}

/** The text of a script of the manifest's own. */
export function scriptText(manifest: Manifest, name: string): string | undefined {
  return Object.hasOwn(manifest.scripts, name) ? manifest.scripts[name] : undefined;
}
