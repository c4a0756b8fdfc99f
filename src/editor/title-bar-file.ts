import { mkdir, readFile, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { applyEdits, type FormattingOptions, getNodeValue, findNodeAtLocation, modify, type ParseError, parseTree } from 'jsonc-parser';
import type { Environment } from '../core/effect.ts';
import { isRecord } from '../core/json.ts';
import { writeAtomic } from '../gate/write-atomic.ts';
import type { TintMemory } from './title-bar-memory.ts';
import { type Customizations, tinted } from './title-bar-tint.ts';

/** The file a workspace's settings stand in. */
export interface SettingsFile {
  /** Absolute path. */
  readonly file: string;
  /** Keys that lead to the settings in it; none where they are all it holds. */
  readonly within: readonly string[];
}

const COLOURS = 'workbench.colorCustomizations';

/**
 * Colours the title bar in a workspace's settings, or puts back what stood there where the environment has no colour. Written by itself and
 * not through the editor, which takes no settings any more when its window closes.
 * @throws Error when the file is not valid JSON
 */
export async function tintSettings({ file, within }: SettingsFile, environment: Environment | undefined, memory: TintMemory): Promise<void> {
  const text = await readFile(file, 'utf8').catch(missing);
  const remembered = await memory.read(file);
  const key = [...within, COLOURS];
  const written = text === undefined ? undefined : coloursIn(text, key);
  const next = tinted(written, environment, remembered);
  if (!next.memory && !remembered) return;
  const created = remembered?.created ?? text === undefined;
  // Remembered first, forgotten last: a crash in between leaves what is needed to put everything back.
  if (next.memory) await memory.write({ ...next.memory, file, created });
  if (next.memory || text !== undefined) await save(file, text, withColours(text ?? '{}\n', key, written, next.value), created && !next.memory);
  if (!next.memory) await memory.forget(file);
}

function coloursIn(text: string, key: readonly string[]): Customizations | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || root?.type !== 'object') throw new Error('The settings of the workspace are not valid JSON; the title bar keeps its colour.');
  const found = findNodeAtLocation(root, [...key]);
  const value: unknown = found && getNodeValue(found);
  return isRecord(value) ? value : undefined;
}

/** The text with one colour after the other changed, so that everything around them stays as it is written. */
function withColours(text: string, key: readonly string[], from: Customizations | undefined, to: Customizations | undefined): string {
  const formattingOptions = formattingOf(text);
  const edit = (edited: string, path: readonly string[], value: unknown): string => applyEdits(edited, modify(edited, [...path], value, { formattingOptions }));
  if (to === undefined) return from === undefined ? text : edit(text, key, undefined).replace(/^\{\s+\}/, '{}');
  if (from === undefined || Object.keys(to).length === 0) return edit(text, key, to);
  const changed = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => from[name] !== to[name]);
  return changed.reduce((edited, name) => edit(edited, [...key, name], to[name]), text);
}

function formattingOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 4 : indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** @param own the file was made for the colours: it goes when nothing else is in it, and its folder with it */
async function save(file: string, before: string | undefined, text: string, own: boolean): Promise<void> {
  if (own && text.replaceAll(/\s/g, '') === '{}') {
    await rm(file);
    await rmdir(dirname(file)).catch(() => undefined);
    return;
  }
  if (text === before) return;
  await mkdir(dirname(file), { recursive: true });
  const target = await realpath(file).catch(() => file);
  const mode = await stat(target).then((facts) => facts.mode & 0o777, () => 0o644);
  await writeAtomic(target, text, mode);
}

function missing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
