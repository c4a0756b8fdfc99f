import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import type { HookAnswer } from '../agents/adapter.ts';
import { TERMINAL_GUARD } from '../agents/terminal-guard.ts';
import { needsNoAsking, realProgram, realStart, standInCall, type RealStart } from '../terminal/stand-in.ts';
import { NOT_STARTED_AS_PROGRAM } from '../terminal/stand-in-variables.ts';
import { callerEnvironment } from './hook-call.ts';
import type { HookRequest } from './protocol.ts';

/** What a shell ends with that could not start a program, and one that does not find it. */
const NOT_RUN = 126;
const NOT_FOUND = 127;
const GO = 'allow';

interface StandInOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly ask: (request: HookRequest) => Promise<HookAnswer>;
  /** Shown to the person or the agent at the shell. */
  readonly say: (text: string) => void;
}

/**
 * Runs the program that a batch file stands for, once that needs no asking or is allowed.
 * @param argv the program's name, and the words that cmd.exe gave the batch file
 * @returns the code to end with: the program's own, or that it was not run. Never rejects
 */
export async function standInFor([program = '', ...argv]: readonly string[], { env, cwd, ask, say }: StandInOptions): Promise<number> {
  try {
    const call = standInCall(argv, env);
    const own = callerEnvironment(Object.entries(env));
    const path = realProgram(program, own, (file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
    if (call === undefined) return NOT_STARTED_AS_PROGRAM;
    if (path === undefined) {
      say(`${program}: command not found\n`);
      return NOT_FOUND;
    }
    if (!needsNoAsking(program, call, env)) {
      const { stdout, stderr } = await ask({ agent: TERMINAL_GUARD, event: 'exec', payload: JSON.stringify({ argv: [program, ...call.words], cwd }), env: own, cwd, pid: process.pid });
      if (stdout.trim() !== GO) {
        say(`${stderr}Interlock: ${program} did not run.\n`);
        return NOT_RUN;
      }
    }
    return await run(realStart(path, call, own['ComSpec'] ?? own['COMSPEC']), own);
  } catch {
    say(`Interlock: ${program} did not run, because something failed inside Interlock.\n`);
    return NOT_RUN;
  }
}

function run({ program, args, verbatim }: RealStart, env: Record<string, string>): Promise<number> {
  // What interrupts the two of them is for the program to take.
  process.on('SIGINT', () => undefined);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env, windowsVerbatimArguments: verbatim, ...(verbatim ? { argv0: `"${program}"` } : {}) });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? NOT_RUN));
  });
}
