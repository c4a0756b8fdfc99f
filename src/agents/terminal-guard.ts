/** The terminal guard's name among agents, in a file of its own: a hook reads it before it loads any adapter. */
export const TERMINAL_GUARD = 'shell';
