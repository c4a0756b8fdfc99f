/** Plays an agent's host: reads the hook lines an installation left in the agent's own configuration and runs them as the agent would. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

export interface HookRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const claudeSettings = z.object({ hooks: z.object({ PreToolUse: z.array(z.object({ matcher: z.optional(z.string()), hooks: z.array(z.object({ command: z.string(), args: z.optional(z.array(z.string())) })) })) }) });
const cursorHooks = z.object({ hooks: z.record(z.string(), z.array(z.object({ command: z.string(), matcher: z.optional(z.string()) }))) });

/** Runs Claude Code's PreToolUse hook line: a program and its arguments, without a shell. */
export async function runClaudeHook(home: string, payload: object, options: { cwd: string; env: Readonly<Record<string, string>> }): Promise<HookRun> {
  const settings = claudeSettings.parse(JSON.parse(await readFile(join(home, '.claude/settings.json'), 'utf8')));
  const hook = settings.hooks.PreToolUse.flatMap(({ hooks }) => hooks)[0];
  if (!hook) throw new Error('No PreToolUse hook is installed.');
  return run(hook.command, hook.args ?? [], payload, options);
}

/** Runs a Cursor hook line: a command for the shell, in the folder of the hooks file. */
export async function runCursorHook(home: string, event: string, payload: object, env: Readonly<Record<string, string>>): Promise<HookRun> {
  const { hooks } = cursorHooks.parse(JSON.parse(await readFile(join(home, '.cursor/hooks.json'), 'utf8')));
  const hook = hooks[event]?.[0];
  if (!hook) throw new Error(`No ${event} hook is installed.`);
  return run('/bin/sh', ['-c', hook.command], payload, { cwd: join(home, '.cursor'), env });
}

function run(command: string, args: readonly string[], payload: object, options: { cwd: string; env: Readonly<Record<string, string>> }): Promise<HookRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(payload));
  });
}
