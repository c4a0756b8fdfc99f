import * as z from 'zod/mini';
import type { Answer, HookAnswer, HookEnd } from './adapter.ts';
import { hookProgram } from './hook-line.ts';
import { MARK } from './own-file.ts';
import { jsonOutput } from './payload.ts';

/**
 * The part of a plugin that asks the launcher, in JavaScript that Node and Bun read as it stands: `ask(request)` gives the answer where
 * it allows and throws for everything else. A plugin that cannot be loaded is left out without a word, so there is as little of it as can be.
 */
export function askSource(launcher: string, agent: string, timeoutSeconds: number): string {
  const { command: program, args } = hookProgram(launcher, agent);
  const command = [program, ...args];
  return `// ${MARK}
import { spawn } from 'node:child_process';

const command = ${JSON.stringify(command)};
const limitMs = ${timeoutSeconds * 1000};

/** Interlock's answer to a request. Whatever is not a valid answer that allows is an error. */
async function ask(request) {
  const text = JSON.stringify(request);
  return new Promise((resolve, reject) => {
    const hook = spawn(command[0], command.slice(1), { windowsHide: true });
    const refuse = (why) => {
      clearTimeout(timer);
      reject(new Error(why));
    };
    const timer = setTimeout(() => {
      hook.kill('SIGKILL');
      refuse('Interlock did not answer in time.');
    }, limitMs);
    let said = '';
    let complained = '';
    hook.stdout.setEncoding('utf8').on('data', (part) => (said += part));
    hook.stderr.setEncoding('utf8').on('data', (part) => (complained += part));
    hook.stdin.on('error', () => undefined);
    hook.on('error', () => refuse("Interlock's hook could not be started: " + ${JSON.stringify(launcher)}));
    hook.on('close', (code) => {
      const answer = parsed(said);
      if (code !== 0 || answer?.decision !== 'allow') return refuse(answer?.reason || complained.trim() || "Interlock's hook ended without an answer.");
      clearTimeout(timer);
      resolve(answer);
    });
    hook.stdin.end(text);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
`;
}

/** What the launcher says to a plugin; a refusal in words too, for when the JSON is cut off. */
export function encodeForPlugin(answer: Answer): HookAnswer {
  if (answer.decision === 'allow') return { stdout: '{"decision":"allow"}\n', stderr: '', exitCode: 0 };
  return { stdout: `${JSON.stringify({ decision: 'deny', reason: answer.toAgent })}\n`, stderr: `${answer.toAgent}\n`, exitCode: 2 };
}

/** The same for what a tool gave back: the plugin puts this in its place. */
export function encodeOutputForPlugin(output: unknown): HookAnswer {
  return { stdout: `${JSON.stringify({ decision: 'allow', output })}\n`, stderr: '', exitCode: 0 };
}

const Refused = z.object({ reason: z.string() });

/** The reason a plugin has given for not going on, as `pluginHost` writes it. */
export function pluginRefusal({ stdout, exitCode }: HookEnd): string | undefined {
  return exitCode === 0 ? jsonOutput(stdout, Refused)?.reason : undefined;
}
