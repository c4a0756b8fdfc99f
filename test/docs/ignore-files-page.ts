import { accesses, type Access, type IgnoreFile } from '../../src/agents/ignore-files/ignore-file.ts';
import { code, page, plain, table } from './markdown.ts';

const titles: Readonly<Record<Access, string>> = { index: 'index', mention: '@-mention', read: 'read tool', search: 'search tool', edit: 'edit tool' };
const terminals: Readonly<Record<IgnoreFile['terminal'], string>> = { open: '**no**', 'partly open': '**no**, but for some commands' };

/** What the ignore file of each agent holds and what it does not. */
export function ignoreFilesPage(files: readonly IgnoreFile[]): string {
  return page(
    '# Ignore files and deny rules',
    'Written from the table in the code; `npm run docs` writes it anew.',
    '*Interlock: Write Ignore Files…* puts the names that Interlock hides, and the `hiddenFiles` of your policy, into the ignore files and deny rules of your agents. It is offered, never done silently: you choose the files, and you are told which of them git tracks. What is written stands between two markers (`# interlock:begin` and `# interlock:end`; entries called `interlock-begin` and `interlock-end` in JSON files), follows your policy, and can be taken out again byte for byte. The rest of each file is yours and stays as it is. Exceptions (`!name`) are never written, as one would also bring back what your own lines hide.',
    'These files are a first fence: they keep secrets out of indexes, mentions and the agents’ own tools. **None of them holds the terminal.** What Interlock itself refuses and masks does not depend on them.',
    table(['agent', 'file', ...accesses.map((access) => titles[access]), 'terminal'], files.map(({ title, path, binds, terminal, docs }) => [`[${plain(title)}](${docs})`, code(path), ...accesses.map((access) => (binds.includes(access) ? 'held' : '–')), terminals[terminal]])),
    '“Held” is what the vendor’s documentation says; “–” is what it does not say, or says otherwise.',
    '## What each does not hold',
    ...files.map(({ title, path, leaks, needs }) => [`**${plain(title)}** (${code(path)})`, '', ...leaks.map((leak) => `- ${sentence(leak)}`), ...(needs === undefined ? [] : [`- To do first: ${plain(needs)}`])].join('\n')),
  );
}

/** Links stay links. */
function sentence(text: string): string {
  return text.replace(/: (https:\/\/\S+)$/, ' ([report]($1)).');
}
