import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, parseCall } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Folder, Invocation } from '../invocation.ts';
import { isRecord, parseJson } from '../json.ts';
import { textOf } from '../shell/word.ts';
import { textsOf } from './manifest.ts';
import { isNewTask, placeIn, readProjectFile, runsUnread } from './project-file.ts';

/** Events that commands of Composer's own fire. https://getcomposer.org/doc/articles/scripts.md#event-names */
const dumps = ['pre-autoload-dump', 'post-autoload-dump'];
const events: Readonly<Record<string, readonly string[]>> = {
  install: ['pre-install-cmd', ...dumps, 'post-install-cmd'], i: ['pre-install-cmd', ...dumps, 'post-install-cmd'],
  update: ['pre-update-cmd', ...dumps, 'post-update-cmd'], u: ['pre-update-cmd', ...dumps, 'post-update-cmd'], upgrade: ['pre-update-cmd', ...dumps, 'post-update-cmd'],
  require: ['pre-update-cmd', ...dumps, 'post-update-cmd'], remove: ['pre-update-cmd', ...dumps, 'post-update-cmd'],
  'dump-autoload': dumps, dumpautoload: dumps, archive: ['pre-archive-cmd', 'post-archive-cmd'], status: ['pre-status-cmd', 'post-status-cmd'],
};

/** The effects of the scripts of a `composer.json` that a call would run. */
export function runComposerScript(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions: ['-d', '--working-dir', '--timeout'] });
  const [first, second] = call.operands.map((word) => textOf(word));
  if (first === undefined || invocation.cwd === undefined || hasOption(call, '--no-scripts', '-l', '--list', '--dry-run')) return undefined;
  const isRun = first === 'run' || first === 'run-script';
  const name = isRun ? second : first;
  const folder = joinPath(invocation.cwd, textOf(optionValue(call, '-d', '--working-dir')) ?? '.', analysis.world.platform);
  const file = readProjectFile(joinPath(folder, 'composer.json', analysis.world.platform), analysis);
  if (file.is === 'absent' || name === undefined) return undefined;
  if (file.is === 'unreadable') return [runsUnread(file.path, invocation)];
  const json = parseJson(file.text);
  const scripts = isRecord(json) && isRecord(json.scripts) ? json.scripts : {};
  const words = call.operands.slice(isRun ? 2 : 1).map((word) => word.text);
  const names = !isRun && Object.hasOwn(events, name) ? (events[name] ?? []) : [name];
  return names.flatMap((event) => runEvent(event, words, scripts, folder, invocation, analysis));
}

function runEvent(name: string, words: readonly string[], scripts: Readonly<Record<string, unknown>>, folder: Folder, invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const lines = Object.hasOwn(scripts, name) ? textsOf(scripts[name]) : [];
  if (lines.length === 0 || !isNewTask(`composer ${name}`, folder, words, invocation, analysis)) return [];
  const place = placeIn(folder, invocation);
  return lines.flatMap((line) => {
    const text = line.replaceAll('@additional_args', words.join(' ')).replaceAll('@no_additional_args', '').trim();
    const reference = /^@(\S+)(.*)$/s.exec(text);
    // A method of a PHP class is code of the project.
    if (!reference) return /^[\w\\]+::\w+$/.test(text) ? [] : analysis.shell(text, place);
    const [, called = '', rest = ''] = reference;
    if (called === 'php' || called === 'composer') return analysis.shell(`${called}${rest}`, place);
    return called === 'putenv' ? [] : runEvent(called, words, scripts, folder, invocation, analysis);
  });
}
