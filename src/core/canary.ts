import type { Action } from './action.ts';

/**
 * The harmless action with which a hook is proved alive: a command, a file or a tool of a name that nothing has. It is always refused, so
 * that knowing it is of no use to an agent, and its answer holds what no echo of the request does.
 */

const NAME = /^interlock-canary-([0-9a-f]{32})$/;

/** Who answered: a window's gate, a hook that found no editor, or a hook whose editor did not answer. */
export type CanaryWitness = 'editor' | 'no editor' | 'nobody';

/** @param nonce 32 hexadecimal digits that were never used before */
export function canaryName(nonce: string): string {
  return `interlock-canary-${nonce}`;
}

/** The canary's name where the action is one; undefined for every other action. */
export function canaryOf(action: Action): string | undefined {
  const name = nameOf(action);
  return name !== undefined && NAME.test(name) ? name : undefined;
}

function nameOf(action: Action): string | undefined {
  switch (action.tool) {
    case 'shell':
      return action.command;
    case 'read':
    case 'write':
    case 'delete':
      return action.path.slice(Math.max(action.path.lastIndexOf('/'), action.path.lastIndexOf('\\')) + 1);
    case 'mcp':
    case 'other':
      return action.name;
    case 'search':
    case 'http':
    default:
      return undefined;
  }
}

/** What the agent is told for a reason. */
export function canaryAnswer(name: string, by: CanaryWitness): string {
  return `Interlock is there (${proofOf(name)}, ${by}). This was no action, and nothing was run.`;
}

/** Who has answered the canary of this name; undefined where the text is not its answer. */
export function canaryWitness(text: string, name: string): CanaryWitness | undefined {
  return (['editor', 'no editor', 'nobody'] as const).find((by) => text.includes(canaryAnswer(name, by)));
}

/** The nonce from its end to its beginning: a program that only repeats what it is sent does not say it. */
function proofOf(name: string): string {
  return (NAME.exec(name)?.[1] ?? '').split('').toReversed().join('');
}
