/** Runs the real Claude Code, headless, against a scripted model, in a home of its own and an environment of nothing else. */
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { QUIET_ENV } from '../workbench/isolation.ts';
import { provisionClaudeCode } from '../workbench/provision.ts';
import type { Reaper } from '../workbench/reaper.ts';
import { anthropicApi } from './anthropic-api.ts';
import { type RecordedRequest, type Scenario, startScriptedModel } from './scripted-model.ts';

const RUN_LIMIT_MS = 120_000;

/** What one run of the agent is given. */
export interface ClaudeRun {
  readonly reaper: Reaper;
  /** `HOME`; hooks are read from `.claude/settings.json` in it. */
  readonly home: string;
  /** The folder the agent works in. */
  readonly workspace: string;
  readonly prompt: string;
  readonly scenario: Scenario;
  /** Folders of the agent's PATH, first to last. */
  readonly path: readonly string[];
  /** Environment over the clean one. */
  readonly env?: Readonly<Record<string, string>>;
  /** After this the agent is killed, with all it started; the run then has no exit code. */
  readonly timeoutMs?: number;
}

/** How the run ended, and all that the agent sent to its model. */
export interface ClaudeOutcome {
  /** `null` when the agent was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly RecordedRequest[];
}

/** Runs `claude -p` to its end, with the agent's own permission questions switched off so that only hooks can stop a tool. */
export async function runClaude(run: ClaudeRun): Promise<ClaudeOutcome> {
  const program = await provisionClaudeCode();
  const model = await startScriptedModel(anthropicApi, run.scenario);
  const temp = join(run.home, 'tmp');
  await mkdir(temp, { recursive: true });
  const child = run.reaper.spawn(program, ['-p', run.prompt, '--dangerously-skip-permissions'], {
    cwd: run.workspace,
    env: {
      HOME: run.home,
      PATH: run.path.join(delimiter),
      SHELL: '/bin/bash',
      LANG: 'C.UTF-8',
      TERM: 'dumb',
      TMPDIR: temp,
      CLAUDE_CODE_TMPDIR: temp,
      ANTHROPIC_BASE_URL: model.baseUrl,
      ANTHROPIC_API_KEY: 'dummy-key-for-a-scripted-model',
      // Lets it skip permissions when the rig runs as root.
      IS_SANDBOX: '1',
      ...QUIET_ENV,
      ...run.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => void run.reaper.kill(child), run.timeoutMs ?? RUN_LIMIT_MS);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { exitCode, stdout, stderr, requests: model.requests };
  } finally {
    clearTimeout(timer);
    // Hooks and background commands have groups of their own and would go on.
    await run.reaper.kill(child);
    await model.stop();
  }
}
