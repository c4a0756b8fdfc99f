import type { Analysis } from '../analysis.ts';
import type { Effect, Span } from '../effect.ts';
import type { Invocation } from '../invocation.ts';

/** Where Interlock's sockets lie, and the program that listens on one of them while no editor runs: in its own folder, in /tmp where that one's path is too long for a socket, among Windows' pipes. A URL may escape the slashes. */
const sockets = /\.interlock(?:[\\/]|%2f){1,4}(?:run\b|bin[\\/]{1,4}standby\.js\b)|[\\/]tmp(?:[\\/]|%2f){1,4}interlock-\d{1,10}-[0-9a-f]{12}\b|%2ftmp%2finterlock-\d{1,10}-[0-9a-f]{12}\b|pipe[\\/]{1,4}interlock-[0-9a-f]{12}\b/i;
/** Words of a text that talks to a socket, or listens on one. */
const talks = /socket|connect|bind|listen|unix|pipe|request|curl|fetch/i;
const longestText = 65_536;

/** Programs that look at files or at text and cannot talk to a socket; what is done to the file is a matter of guard files. */
const lookers: ReadonlySet<string> = new Set([
  'rm', 'unlink', 'ls', 'stat', 'file', 'find', 'test', '[', '[[', 'echo', 'printf', 'cat', 'grep', 'egrep', 'fgrep', 'rg', 'ag', 'ack', 'head', 'tail', 'wc', 'du', 'tree', 'readlink', 'realpath', 'dirname', 'basename',
  'git', 'gh', 'glab', 'sed', 'awk', 'jq', 'diff', 'cd', 'pushd', 'mkdir', 'ss', 'lsof', 'netstat', 'fuser', 'export', 'declare',
]);

/**
 * The effect of a program that is given one of Interlock's sockets. Whoever talks there speaks in the name of an agent or of a window of
 * the editor, and whoever listens there is asked in the person's place. Agents have no business there: their hosts run the launcher.
 */
export function gateEffects({ program, argv, cwd, span }: Invocation, analysis: Analysis): readonly Effect[] {
  if (lookers.has(program)) return [];
  const words = argv.slice(0, 129).map(({ text }) => text);
  const naming = words.filter((text) => namesSocket(text, analysis));
  const inside = cwd !== undefined && words.some((text) => /\.sock|standby\.js/.test(text) && namesSocket(`${cwd}/${text.replace(/^(?:\.\/)+/, '')}`, analysis));
  // A word with blanks is code or prose, which has to say that it talks.
  return inside || naming.some((text) => !/\s/.test(text)) || (naming.length > 0 && words.some(saysThatItTalks)) ? talking(analysis, span) : [];
}

/** The same for a program text, wherever it stands. */
export function gateEffectsOfCode(text: string, analysis: Analysis): readonly Effect[] {
  return namesSocket(text, analysis) && saysThatItTalks(text) ? talking(analysis, undefined) : [];
}

/** The same for what an MCP tool is given. */
export function gateEffectsOfArguments(values: readonly string[], analysis: Analysis): readonly Effect[] {
  return values.some((text) => namesSocket(text, analysis) && (!/\s/.test(text) || saysThatItTalks(text))) ? talking(analysis, undefined) : [];
}

function namesSocket(text: string, { guardPaths }: Analysis): boolean {
  const start = text.slice(0, longestText);
  return sockets.test(start) || guardPaths.some((path) => start.includes(`${path}/run/`) || start.includes(`${path}/bin/standby.js`));
}

function saysThatItTalks(text: string): boolean {
  return talks.test(text.slice(0, longestText));
}

function talking(analysis: Analysis, span: Span | undefined): readonly Effect[] {
  if (!analysis.isNew('gate socket')) return [];
  return [{
    verb: 'weakenGuard', resource: { kind: 'socket', name: 'Interlock’s own' }, reversibility: 'recoverable', certainty: 'certain', rule: 'guards/gate',
    why: 'Talks to the socket through which Interlock asks the person.', saferWay: 'Leave it alone. What was refused can only be allowed by the person.', target: { by: 'path' }, ...(span ? { span } : {}),
  }];
}
