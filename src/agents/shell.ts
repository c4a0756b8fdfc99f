import { join } from 'node:path';
import * as z from 'zod/mini';
import { UnreadableConfig, UnreadablePayload, type Adapter, type Answer, type Decoded, type HookAnswer, type HookCall } from './adapter.ts';
import { readPayload, shaped } from './payload.ts';
import { resolved, ShellLine, wordsOf } from './shell-line.ts';
import { quoteWords } from './shell-word.ts';
import { TERMINAL_GUARD } from './terminal-guard.ts';

const PRODUCT = 'The terminal guard';

/**
 * What is sent: by a shim the words of the program it stands for, that program's name first; by the shell itself a command as it is
 * written, with what its variables hold; by PowerShell a cmdlet with its words.
 */
const Request = z.union([z.object({ argv: z.array(z.string()).check(z.minLength(1)), cwd: z.string() }), z.object({ powershell: z.string(), cwd: z.string() }), ShellLine]);

/** The word on standard output without which a shim runs nothing. */
const GO = 'allow';

/**
 * Programs that a shell with an agent's marker is about to start, whichever agent it is: scripts, makefiles and child processes
 * that no hook sees. Its shims are put on PATH by a setting; there is no file of an agent to edit.
 */
export const adapter: Adapter = {
  id: TERMINAL_GUARD,
  title: 'An agent’s shell',
  timeoutSeconds: 600,
  holds: { shell: 'programs on PATH', read: false, write: false, mcp: false, failure: true },
  limits: {
    canAsk: false,
    failsOpen: [],
    cannotSee: ['programs started by their full path from anything but bash, zsh and fish', 'what a program does by itself', 'shells started without this PATH'],
  },
  tested: 'real client',
  docs: 'https://www.gnu.org/software/bash/manual/html_node/Bash-Startup-Files.html',
  traces: [],
  installation: (home) => ({
    file: join(home, '.interlock', 'shims'),
    install: () => {
      throw new UnreadableConfig('The terminal guard is switched on in the settings.');
    },
    uninstall: (text) => text,
    isInstalled: () => false,
  }),
  decode,
  encode,
};

function decode(call: HookCall): Decoded {
  const request = shaped(Request, readPayload(call.payload, PRODUCT), PRODUCT, 'the request');
  const words = 'argv' in request ? request.argv : 'powershell' in request ? [request.powershell] : [request.line, ...(request.parameters ?? []), ...Object.values(request.variables ?? {}).flatMap((value) => wordsOf(value) ?? (typeof value === 'string' ? [value] : []))];
  // A name that is not UTF-8 arrives changed, and another file than the one meant would be judged.
  if (words.some((word) => word.includes('\uFFFD'))) throw new UnreadablePayload('A word of the command is not valid UTF-8, so what it names cannot be judged.');
  const { command, env } = 'line' in request ? resolved(request, call.env) : { command: 'argv' in request ? quoteWords(request.argv) : request.powershell, env: call.env };
  return {
    kind: 'action',
    event: 'exec',
    // What it prints goes to the command that it is part of, and is masked with what that prints.
    shown: false,
    action: { tool: 'shell', shell: 'powershell' in request ? 'powershell' : 'bash', command, agent: 'shell', session: '', cwd: request.cwd, workspaceRoots: [], env },
  };
}

function encode(answer: Answer): HookAnswer {
  return answer.decision === 'allow' ? { stdout: `${GO}\n`, stderr: '', exitCode: 0 } : { stdout: '', stderr: `${answer.toAgent}\n`, exitCode: 2 };
}
