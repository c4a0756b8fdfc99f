import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installLauncher } from '../../../src/gate/launcher.ts';
import { locateState, type State } from '../../../src/gate/state.ts';
import { claudeTool } from '../agents/payloads.ts';

export interface Place {
  readonly home: string;
  readonly workspace: string;
  readonly state: State;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Call {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Words before the launcher's path: a shell of one's own choice. */
  readonly through?: readonly string[];
}

export interface BuiltHook {
  readonly program: string;
  /** A home with the launcher in it, whose name a shell could trip over. */
  readonly fresh: (node?: string) => Promise<Place>;
  readonly removeAfterwards: (folder: string) => void;
  readonly remove: () => void;
}

/** The hook's programs as they are packaged. */
export function buildHook(): BuiltHook {
  const built = mkdtempSync(join(tmpdir(), 'il-hook-'));
  const removals = [built];
  execFileSync(process.execPath, ['esbuild.mjs', '--production', `--out=${built}`]);
  const program = join(built, 'hook.js');
  return {
    program,
    fresh: async (node = process.execPath) => {
      const home = mkdtempSync(join(tmpdir(), "il é'$(x) "));
      removals.push(home);
      const workspace = join(home, 'project');
      mkdirSync(workspace);
      const state = locateState({}, home, 'posix');
      await installLauncher(state, { node, program });
      return { home, workspace, state };
    },
    removeAfterwards: (folder) => removals.push(folder),
    // What a hook has started for the next may still write its lock.
    remove: () => removals.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })),
  };
}

export function start({ home, workspace, state }: Place, { args = ['claude-code'], env = {}, cwd = workspace, through = [] }: Call = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const [program = '', ...words] = [...through, state.launcher, ...args];
  const child = spawn(program, words, { cwd, env: { HOME: home, PATH: '/usr/bin:/bin', ...env }, stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin?.on('error', () => undefined);
  return { child, ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr }))) };
}

export function run(place: Place, payload: string | Uint8Array, call?: Call): Promise<Ended> {
  const { child, ended } = start(place, call);
  child.stdin?.end(payload);
  return ended;
}

/** What Claude Code sends before it runs a command. */
export function command(place: Place, text: string): string {
  return claudeTool('Bash', { command: text }, { cwd: place.workspace, transcript_path: `${place.home}/.claude/x.jsonl` });
}

/** Asserts a deny in every channel Claude Code has. */
export function denied(ended: Ended, why: RegExp): void {
  assert.equal(ended.code, 2, ended.stderr);
  assert.match(ended.stderr, why);
  const output = JSON.parse(ended.stdout) as { hookSpecificOutput: { permissionDecision: string; permissionDecisionReason: string } };
  assert.equal(output.hookSpecificOutput.permissionDecision, 'deny');
  assert.match(output.hookSpecificOutput.permissionDecisionReason, why);
}
