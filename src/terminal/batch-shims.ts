import type { CoveredProgram } from './covered-programs.ts';
import { SHIM_MARK } from './shim-mark.ts';
import { harmlessText } from './stand-in.ts';
import { NOT_STARTED_AS_PROGRAM, STAND_IN, standInVariables } from './stand-in-variables.ts';

/** What runs in place of a program: the editor's Node with the hook's program. All paths are absolute. */
export interface StandInProgram {
  readonly node: string;
  readonly program: string;
  /** Interlock's own folder. */
  readonly root: string;
}

/** What only the launcher may say to the hook's program. */
const forTheLauncher = ['INTERLOCK_REQUEST', 'INTERLOCK_SO_FAR', 'INTERLOCK_SINCE'];
/** As long as a person has for an answer, and a moment more. */
const SECONDS = 590;

/** Paths that mean themselves in a batch file, also where `!` takes variables apart. */
const PLAIN = /^[A-Za-z]:[^%!^&|<>"=]*$/;

/** False where a path would mean something to cmd.exe: there are no batch files then. */
export function canHaveBatchShims({ node, program, root }: StandInProgram): boolean {
  return [node, program, root].every((path) => PLAIN.test(path));
}

/**
 * A batch file that stands before a program on PATH. It decides nothing itself, as cmd.exe has no safe way to look at words. Started as a
 * program, it hands on the line as it was written, in a variable, and ends cmd.exe with it, so that what cmd.exe takes for further
 * commands never runs. From a prompt or a batch file it hands on the words that cmd.exe gives it.
 * https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmd
 */
export function batchShim({ program, harmless }: CoveredProgram, { node, program: hook, root }: StandInProgram): string {
  const lines = [
    '@echo off',
    `rem ${SHIM_MARK}`,
    'setlocal EnableExtensions DisableDelayedExpansion',
    `set "INTERLOCK_HOME=${root}"`,
    `set "${standInVariables.file}=%~f0"`,
    `set "${standInVariables.harmless}=${harmlessText(harmless)}"`,
    ...forTheLauncher.map((name) => `set "${name}="`),
    `set "INTERLOCK_SECONDS=${SECONDS}"`,
    'set "ELECTRON_RUN_AS_NODE=1"',
    `set "INTERLOCK_NODE=${node}"`,
    'if not exist "%INTERLOCK_NODE%" set "INTERLOCK_NODE=%ProgramFiles%\\nodejs\\node.exe"',
    'if not exist "%INTERLOCK_NODE%" goto missing',
    `if not exist "${hook}" goto missing`,
    'setlocal EnableDelayedExpansion',
    `set "${standInVariables.line}=!CMDCMDLINE!"`,
    `if not defined ${standInVariables.line} goto words`,
    `"!INTERLOCK_NODE!" "${hook}" ${STAND_IN} ${program}`,
    `if not "!ERRORLEVEL!"=="${NOT_STARTED_AS_PROGRAM}" exit !ERRORLEVEL!`,
    ':words',
    'endlocal',
    `set "${standInVariables.line}="`,
    `"%INTERLOCK_NODE%" "${hook}" ${STAND_IN} ${program} %*`,
    'exit /b %ERRORLEVEL%',
    ':missing',
    `echo Interlock: ${program} did not run, because neither the editor's Node nor another one was found. Start the editor once, then try again. 1>&2`,
    'exit /b 126',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}
