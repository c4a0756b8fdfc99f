import type { Analysis, CodeLanguage, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import type { Word } from '../shell/word.ts';

type ScriptLanguage = CodeLanguage | 'shell' | 'powershell';

/** Interpreters a first line may name. */
const languages: readonly (readonly [RegExp, ScriptLanguage])[] = [
  [/^(?:ba|z|da|k|mk|a)?sh$/, 'shell'], [/^(?:python|pypy)[\d.]*$/, 'python'], [/^(?:node|nodejs|deno|bun|tsx|ts-node)$/, 'javascript'],
  [/^ruby[\d.]*$/, 'ruby'], [/^perl[\d.]*$/, 'perl'], [/^php[\d.]*$/, 'php'], [/^pwsh$/, 'powershell'],
];

/** Interpreters by the ending of a script's name. */
const endings: Readonly<Record<string, ScriptLanguage>> = {
  sh: 'shell', bash: 'shell', zsh: 'shell', ksh: 'shell', command: 'shell', py: 'python', js: 'javascript', mjs: 'javascript', cjs: 'javascript', ts: 'javascript', mts: 'javascript', cts: 'javascript',
  rb: 'ruby', pl: 'perl', php: 'php', ps1: 'powershell',
};

/** The language a script's first line names; undefined where there is no such line, or nobody reads that language here. */
export function shebangLanguage(text: string): ScriptLanguage | undefined {
  const words = /^#!\s*([^\r\n]*)/.exec(text)?.[1]?.split(/\s+/) ?? [];
  const names = words.map((word) => word.slice(word.lastIndexOf('/') + 1));
  return names.flatMap((name) => languages.find(([pattern]) => pattern.test(name))?.[1] ?? [])[0];
}

/** The language a script's name says it is written in. */
export function endingLanguage(path: string): ScriptLanguage | undefined {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(endings, ending) ? endings[ending] : undefined;
}

/** The effects of a script's text in its language. */
export function runScriptText(language: ScriptLanguage, text: string, operands: readonly Word[], place: Place, analysis: Analysis): readonly Effect[] {
  if (language === 'shell') return analysis.shell(text, place, operands);
  return language === 'powershell' ? analysis.powershell(text, place) : analysis.code(language, text, place);
}
