import type { Call } from '../call.ts';
import { optionValue } from '../call.ts';
import type { Effect } from '../effect.ts';
import { protectors } from '../guards/known.ts';
import type { Rule } from '../rule.ts';

/** Editors whose window asks the person. */
const editors = /^(?:code|code-insiders|code - oss|codium|vscodium|cursor|windsurf|antigravity|visual studio code|code helper.*|cursor helper.*|electron)(?:\.exe)?$/i;

/** Stopping what asks the person: by name, or by a word of the command line. */
export const rule: Rule = {
  tool: 'guard-process',
  title: 'the guard',
  programs: ['kill', 'pkill', 'killall', 'taskkill', 'pskill'],
  docs: 'https://man7.org/linux/man-pages/man1/pkill.1.html',
  valueOptions: ['-g', '--pgroup', '-G', '--group', '-P', '--parent', '-s', '--session', '--signal', '-t', '--terminal', '-u', '--euid', '-U', '--uid', '-F', '--pidfile', '-r', '--runstates'],
  operations: [],
  inspect: (call) => patternsOf(call).flatMap((pattern) => stopEffects(pattern, call)),
  cases: {
    caught: [
      { command: 'pkill -f interlock', by: 'stop' },
      { command: 'killall auditd', by: 'stop' },
      { command: 'killall -9 Cursor', by: 'editor' },
      { command: 'pkill -9 code', by: 'editor' },
      { command: 'kill -9 $(pgrep -f interlock)', by: 'stop' },
    ],
    passes: ['pkill -f "vite --port 5173"', 'killall webpack', 'pkill -f src/code.py', 'kill 4711', 'kill $(lsof -ti:3000)', 'pkill'],
  },
};

function patternsOf(call: Call): readonly string[] {
  // `kill` takes numbers, and names only where they are looked up: `$(pgrep -f x)`.
  if (call.invocation.program === 'kill') return call.operands.filter((word) => word.holes.length > 0).map((word) => word.text);
  const image = optionValue(call, '/IM', '/im')?.text;
  return [...call.operands.map((word) => word.text), ...(image === undefined ? [] : [image])];
}

function stopEffects(pattern: string, { invocation }: Call): readonly Effect[] {
  const isGuard = /interlock/i.test(pattern) || protectors.test(pattern);
  if (!isGuard && !editors.test(pattern)) return [];
  return [{
    verb: isGuard ? 'weakenGuard' : 'stop', resource: { kind: 'process', name: pattern }, reversibility: 'irreversible', certainty: isGuard ? 'certain' : 'likely', rule: `guard-process/${isGuard ? 'stop' : 'editor'}`,
    why: isGuard ? `Stops ${pattern}, which watches this machine or the agents on it.` : `Closes ${pattern}, with whatever is unsaved in it, and nobody can be asked any more.`,
    saferWay: 'Ask the person to close it.', target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}),
  }];
}
