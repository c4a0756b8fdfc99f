import type { HiddenPatterns } from '../../core/secrets/name-patterns.ts';
import type { Form } from './ignore-file.ts';
import { linesIn, withLines, withoutLines } from './marked-lines.ts';
import { markedIn, withMarked, withoutMarked, type MarkedPlace } from './marked-json.ts';

/** Patterns as in `.gitignore`, one a line. */
export const ignoreLines: Form = linesForm(({ names, globs }) => [...names, ...globs]);

/** https://developers.openai.com/codex/permissions: a profile that the person chooses with `default_permissions`. */
export const codexProfile: Form = linesForm((hidden) => [
  '[permissions.interlock]',
  'extends = ":workspace"',
  '[permissions.interlock.filesystem.":workspace_roots"]',
  ...rooted(hidden).map((glob) => `${JSON.stringify(glob)} = "deny"`),
]);

/** https://code.claude.com/docs/en/permissions: a deny rule knows no exception, and `/` begins at the project. */
export const claudeDenyRules: Form = markedForm(
  { path: ['permissions', 'deny'], kind: 'array', marker: (name) => `Read(**/${name})`, written: (rule) => JSON.stringify(rule) },
  (hidden) => rooted(hidden).map((glob) => `Read(${glob.startsWith('**/') ? glob : `/${glob}`})`),
);

/** https://opencode.ai/docs/permissions/: `*` also stands for `/`, there are no sets, and the last rule that fits counts. */
export const opencodeReadRules: Form = markedForm(
  { path: ['permission', 'read'], kind: 'object', marker: (name) => name, written: (glob) => `${JSON.stringify(glob)}: "deny"` },
  (hidden) => [...new Set(rooted(hidden).flatMap((glob) => {
    const plain = glob.replace(/^\*\*\//, '').replace(/\[[^\]]*\]/g, '?').replace(/\*+/g, '*');
    return glob.startsWith('**/') && !plain.startsWith('*') ? [plain, `*/${plain}`] : [plain];
  }))],
);

/** Each pattern from the workspace folder on: two stars before what fits at any depth, and a folder with all below it. */
function rooted({ names, globs }: HiddenPatterns): readonly string[] {
  const files = names.map((name) => (name.includes('/') ? name : `**/${name}`));
  return [...new Set([...files, ...globs.flatMap(rootedGlob)])];
}

function rootedGlob(glob: string): readonly string[] {
  const body = glob.replace(/^\//, '').replace(/\/(?:\*\*)?$/, '');
  // As git has it: a slash that is not the last ties a pattern to the folder.
  const anywhere = !glob.replace(/\/$/, '').includes('/') && !body.startsWith('**');
  const from = anywhere ? `**/${body}` : body;
  return /\/(?:\*\*)?$/.test(glob) ? [`${from}/**`] : [from, `${from}/**`];
}

function linesForm(linesOf: (hidden: HiddenPatterns) => readonly string[]): Form {
  return {
    install: (text, hidden) => withLines(text, linesOf(hidden)),
    uninstall: withoutLines,
    state: (text, hidden) => stateOf(linesIn(text), linesOf(hidden)),
  };
}

function markedForm(place: MarkedPlace, entriesOf: (hidden: HiddenPatterns) => readonly string[]): Form {
  return {
    install: (text, hidden) => withMarked(text, place, entriesOf(hidden)),
    uninstall: (text) => withoutMarked(text, place),
    state: (text, hidden) => stateOf(markedIn(text, place), entriesOf(hidden)),
  };
}

function stateOf(there: readonly string[] | undefined, wanted: readonly string[]): ReturnType<Form['state']> {
  if (there === undefined) return 'none';
  return there.length === wanted.length && there.every((entry, at) => entry === wanted[at]) ? 'current' : 'stale';
}
