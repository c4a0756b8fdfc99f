/** The word by which a batch file has the hook's program stand in for another one. */
export const STAND_IN = 'stand-in';

/** What a batch file tells the program that stands in; none of it is handed on. */
export const standInVariables = { line: 'INTERLOCK_LINE', file: 'INTERLOCK_SHIM', harmless: 'INTERLOCK_HARMLESS' } as const;

/** What a batch file is told where it was called from a prompt or another batch file, so that the words are those that cmd.exe has: no program ends with it. */
export const NOT_STARTED_AS_PROGRAM = 1_230_195_532;
