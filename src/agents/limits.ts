/** What several agents' hooks cannot do, in the words of the coverage view; see `Limits`. */

/** Of hosts that hold on exit code 2 and on nothing else. */
export const ONLY_A_REFUSAL_HOLDS = 'A hook that is killed, takes too long, ends with a code other than 2 or is missing lets the action through.';
export const INSIDE_COMMANDS = 'what a command does once it runs';
/** Of hosts that let no hook change what a tool gives back. */
export const OUTPUTS = 'what a tool gives back: it reaches the model unmasked, so it is made to run commands known to print secrets through the masker';
/** What is masked of outputs there. */
export const MASKED_COMMANDS = 'of commands known to print secrets, which it is made to run through the masker';

/** Where a line goes through a second PowerShell, and the agent’s own one makes 1 of every code but 0. */
export const CODE_LOST = 'an agent that reads the line by PowerShell, where the launcher’s path holds a blank or another sign: a refusal ends with a code that is none';
