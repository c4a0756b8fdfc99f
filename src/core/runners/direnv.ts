import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { textOf } from '../shell/word.ts';
import { isNewTask, placeIn, readProjectFile, readUpwards, runsUnread } from './project-file.ts';

/** `direnv allow` lets an `.envrc` run at the next prompt. https://direnv.net/man/direnv.1.html */
export function runDirenv(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const [, first, second] = invocation.argv;
  if (invocation.cwd === undefined || !/^(?:allow|permit|grant|reload)$/.test(first?.text ?? '')) return undefined;
  const given = textOf(second);
  const path = given === undefined ? undefined : joinPath(invocation.cwd, given, analysis.world.platform);
  const file = path?.endsWith('.envrc') ? readProjectFile(path, analysis) : readUpwards(path ?? invocation.cwd, ['.envrc'], analysis);
  if (file.is === 'unreadable') return [runsUnread(file.path, invocation)];
  return file.is === 'text' && isNewTask('direnv', file.path, [], invocation, analysis) ? analysis.shell(file.text, placeIn(file.folder, invocation)) : [];
}
