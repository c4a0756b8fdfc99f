import { isPrivateHost } from '../http/destinations.ts';
import type { Effect } from '../effect.ts';
import type { Word } from '../shell/word.ts';
import type { GitCommand } from './command.ts';
import { gitEffect } from './effect.ts';

/** Hosts that people keep repositories at. */
const codeHosts = /(?:^|\.)(?:github\.com|ghe\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sr\.ht|gitee\.com|gitea\.com|azure\.com|visualstudio\.com|amazonaws\.com|googlesource\.com|google\.com|huggingface\.co|hf\.co|heroku\.com|launchpad\.net|gnome\.org|kernel\.org|debian\.org|apache\.org|sourceforge\.net|pagure\.io)$/;

/** The effect of `git remote set-url` and of setting `remote.x.url`: where pushes go from now on, when nobody looks at it any more. */
export function redirectEffects(command: GitCommand): readonly Effect[] {
  const { subcommand, call: { operands, options } } = command;
  const [first, second, third] = operands.map((word) => word.text);
  if (subcommand === 'remote') return first === 'set-url' && !options.has('--delete') ? movedTo(operands[2], second ?? '', command) : [];
  const [name, address] = first === 'set' ? [second, operands[2]] : [first, operands[1]];
  const remote = /^remote\.(.+)\.(?:push)?url$/i.exec(name ?? '')?.[1];
  const only = third === undefined || first === 'set';
  return remote === undefined || !only || options.has('--unset') || options.has('--get') ? [] : movedTo(address, remote, command);
}

function movedTo(address: Word | undefined, remote: string, command: GitCommand): readonly Effect[] {
  const host = /^(?:(?:https?|ssh|git):\/\/)?(?:[^@/\s]{1,256}@)?([\w.-]{1,253})[:/]/.exec(address?.text ?? '')?.[1]?.toLowerCase() ?? '';
  if (!host.includes('.') || /^\.+$/.test(host) || isPrivateHost(host) || codeHosts.test(host)) return [];
  return [gitEffect({
    id: 'remote-moved', verb: 'publish', kind: 'remote', name: remote, reversibility: 'recoverable', certainty: 'likely', page: 'remote',
    why: `Lets every push to ${remote} go to ${host}, which is no host people keep repositories at.`, saferWay: 'Let the person change where the repository is kept.',
  }, command)];
}
