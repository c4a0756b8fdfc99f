import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter } from '../../src/agents/adapter.ts';
import { adapters } from '../../src/agents/all.ts';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import { Granted } from '../../src/gate/granted.ts';
import { installHooksAt, shellPlace } from '../../src/gate/install.ts';
import { installLauncher } from '../../src/gate/launcher.ts';
import { startGate, type Gate } from '../../src/gate/server.ts';
import { Sessions } from '../../src/gate/sessions.ts';
import { locateState } from '../../src/gate/state.ts';
import { createDiskWorld } from '../../src/gate/world/disk-world.ts';
import { writeAtomic } from '../../src/gate/write-atomic.ts';
import { coveredPrograms } from '../../src/terminal/covered-programs.ts';
import { writeShims } from '../../src/terminal/shims.ts';
import { shellFiles, shellVariables, writeStartupFiles } from '../../src/terminal/startup-files.ts';
import { services, TestAsker, type MemoryRecorder } from '../unit/gate/gate-fixture.ts';
import { onPath, type Shell } from './shells.ts';

/** The machine's own bash. */
export function bashOf(): Shell {
  return { name: 'bash', path: onPath('bash') ?? 'bash', env: {} };
}

/** How a command went. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  /** The words of each program that really ran, in order. */
  readonly ran: readonly string[];
  readonly questions: number;
}

/** The programs that write down that they ran, and do nothing else. */
const recording = ['terraform', 'kubectl', 'curl', 'rm'];
/** Of this machine. */
const real = ['sh', 'bash', 'dash', 'env', 'make', 'xargs', 'find', 'cat', 'echo', 'ls', 'sort', 'printenv', 'mkdir', 'git', 'sed', 'tr', 'script', 'sleep', 'nice', 'kill'];

/**
 * A machine in miniature: a home with a project, programs that write down that they ran, the packaged hook behind the launcher, and a
 * gate that puts every question to somebody who says no.
 */
export class Stage {
  readonly asker = new TestAsker('deny');
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'interlock shell ')));
  readonly home = join(this.folder, 'home');
  readonly project = join(this.home, 'shop');
  /** Where the programs really lie. */
  readonly bin = join(this.folder, 'bin');
  readonly recorder: MemoryRecorder;
  private readonly state = locateState({}, this.home, 'posix');
  private readonly files = shellFiles(this.state.root, this.state.launcher);
  private readonly services;
  private readonly log = join(this.folder, 'ran');
  private gate: Gate | undefined;

  constructor() {
    const world = createDiskWorld({ secretsIn: () => [] });
    this.services = services({ adapters, decide: (action) => decide(action, world, defaultPolicy), asker: this.asker, granted: new Granted(Date.now), sessions: new Sessions({ folder: this.state.sessions, now: Date.now }) });
    this.recorder = this.services.recorder;
  }

  async open(): Promise<void> {
    mkdirSync(this.project, { recursive: true });
    mkdirSync(this.bin);
    // Fish reads every manual page the first time somebody types in it, unless this is there.
    mkdirSync(join(this.home, '.local', 'share', 'fish', 'generated_completions'), { recursive: true });
    for (const name of recording) this.script(join(this.bin, name), `printf '%s\\n' '${name}'" $*" >> '${this.log}'`);
    for (const name of real) {
      const path = onPath(name);
      if (path !== undefined) this.script(join(this.bin, name), `exec '${realpathSync(path)}' "$@"`);
    }
    for (const name of ['python3', 'node']) this.script(join(this.bin, name), `exec '${name === 'node' ? process.execPath : execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()}' "$@"`);
    const built = join(this.folder, 'built');
    execFileSync(process.execPath, ['esbuild.mjs', '--production', `--out=${built}`]);
    await installLauncher(this.state, { node: process.execPath, program: join(built, 'hook.js') });
    await writeStartupFiles(this.files, (path, text) => writeAtomic(path, text, 0o600));
    const names = new Set([...recording, ...real]);
    await writeShims(this.files.shims, coveredPrograms().filter(({ program }) => names.has(program)), this.state.launcher);
    this.gate = await startGate({ state: this.state, folders: () => [this.project], focused: () => true, services: this.services });
  }

  async close(): Promise<void> {
    await this.gate?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Has the agent's own settings give its shells what the editor gives its terminals. */
  async guardShellsOf(adapter: Adapter): Promise<void> {
    const place = shellPlace(adapter, this.home, this.state);
    assert.ok(place, `${adapter.title} has no such settings`);
    await installHooksAt(place, this.state);
  }

  /** Writes a file of the project. */
  write(name: string, text: string, executable = false): void {
    const path = join(this.project, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    if (executable) chmodSync(path, 0o755);
  }

  read(name: string): string {
    return readFileSync(join(this.project, name), 'utf8');
  }

  /** Forgets which programs ran, and what was refused: three refusals lock a session. */
  forget(): void {
    rmSync(this.log, { force: true });
    rmSync(this.state.sessions, { recursive: true, force: true });
  }

  /** The words of each program that really ran, in order. */
  ran(): readonly string[] {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8').trim().split('\n') : [];
  }

  /** The environment of a terminal of the editor, with the guard or without. */
  environment(shell: Shell, guarded = true): Record<string, string> {
    const path = guarded ? `${this.files.shims}:${this.bin}` : this.bin;
    // A first shell whose input is a socket takes itself for one that a remote login started, and reads no BASH_ENV.
    return { SHLVL: '1', HOME: this.home, USER: 'dev', TERM: 'dumb', LC_ALL: 'C.UTF-8', PATH: path, ...shell.env, ...(guarded ? shellVariables(this.files, {}, true) : {}) };
  }

  /** Runs a shell's words to their end. */
  run(words: readonly string[], env: Readonly<Record<string, string>>, input = ''): Promise<Ended> {
    this.forget();
    const asked = this.asker.questions.length;
    const [program = '', ...args] = words;
    const child = spawn(program, args, { cwd: this.project, env, stdio: 'pipe', timeout: 30_000 });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    return new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, output, ran: this.ran(), questions: this.asker.questions.length - asked }));
    });
  }

  private script(path: string, body: string): void {
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
  }
}
