import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { landingPlaces } from '../files/landing.ts';
import { pathEffects, writeEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';
import type { Word } from '../shell/word.ts';

const docs = 'https://download.samba.org/pub/rsync/rsync.1';
const deleting = ['--delete', '--del', '--delete-before', '--delete-during', '--delete-delay', '--delete-after', '--delete-excluded', '--delete-missing-args'];

export const rule: Rule = {
  tool: 'rsync',
  title: 'rsync',
  programs: ['rsync'],
  docs,
  valueOptions: ['-e', '--rsh', '-f', '--filter', '--exclude', '--exclude-from', '--include', '--include-from', '--files-from', '-B', '--block-size', '-T', '--temp-dir', '--bwlimit', '--timeout', '--port', '--log-file', '--password-file', '--chmod', '--chown', '--rsync-path', '--backup-dir', '--suffix', '--max-size', '--min-size', '--max-delete', '--partial-dir', '--link-dest', '--compare-dest', '--copy-dest', '-M'],
  safeOptions: ['--help', '--version', '-n', '--dry-run', '--list-only'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'rsync -a --delete empty/ /', by: 'delete' },
      { command: 'rsync -a --delete build/ deploy@web.example.com:/var/www/', by: 'delete-remote' },
      { command: 'rsync -a --delete src/ docs/', by: 'delete' },
      { command: 'rsync --remove-source-files -a src/ host:/backup/', by: 'remove-sources' },
      { command: 'rsync -a new.md notes.md', by: 'overwrite', sighted: true },
    ],
    passes: ['rsync -an --delete src/ docs/', 'rsync -a src/ host:/backup/', 'rsync -a --delete dist/ /tmp/site/', 'rsync --dry-run --delete a/ b/'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const destination = call.operands.at(-1);
  const sources = call.operands.slice(0, -1);
  if (!destination || sources.length === 0) return [];
  const place = call.invocation;
  const moved = hasOption(call, '--remove-source-files')
    ? pathEffects(sources.filter((word) => remoteHost(word) === undefined), { verb: 'delete', recursive: true, rule: 'rsync/remove-sources', docs, says: 'Moves away', certainty: 'likely' }, place, analysis)
    : [];
  const host = remoteHost(destination);
  if (hasOption(call, ...deleting)) return [...moved, ...(host === undefined ? mirror(destination, call, analysis) : [mirrorRemote(destination, host, call)])];
  if (host !== undefined || hasOption(call, '--ignore-existing', '-b', '--backup', '-u', '--update')) return moved;
  const replaced = sources.every((word) => remoteHost(word) === undefined) ? landingPlaces({ sources: sources.map(asContents), destination }, place, analysis) : [destination];
  return [...moved, ...writeEffects(replaced, { rule: 'rsync/overwrite', docs, saferWay: 'Add --backup.' }, place, analysis)];
}

/** A final slash on a source means what is in it. */
function asContents(source: Word): Word {
  return source.text.endsWith('/') ? { ...source, text: `${source.text}.` } : source;
}

function mirror(destination: Word, call: Call, analysis: Analysis): readonly Effect[] {
  return pathEffects([destination], { verb: 'delete', recursive: true, rule: 'rsync/delete', docs, says: 'Deletes whatever the source lacks from', certainty: 'likely', saferWay: 'Look at it first with --dry-run.' }, call.invocation, analysis);
}

function mirrorRemote(destination: Word, host: string, call: Call): Effect {
  const { span, env } = call.invocation;
  return {
    verb: 'delete',
    resource: { kind: 'folder', name: destination.text, provider: 'rsync' },
    reversibility: 'irreversible',
    certainty: 'likely',
    rule: 'rsync/delete-remote',
    why: `Deletes whatever the source lacks from ${destination.text}.`,
    saferWay: 'Look at it first with --dry-run.',
    docs,
    target: { by: 'host', host, login: true },
    env,
    ...(span ? { span } : {}),
  };
}

/** The host of `user@host:path`, `host::module` and `rsync://host/`; a path with a slash before its colon is local. */
function remoteHost({ text }: Word): string | undefined {
  const url = /^rsync:\/\/(?:[^@/]*@)?([^/:]+)/.exec(text);
  return url?.[1] ?? /^(?:[^@/:]*@)?([^/:]{2,}):/.exec(text)?.[1];
}
