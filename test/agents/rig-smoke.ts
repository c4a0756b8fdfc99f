/**
 * The rig's own test: a real Claude Code with a hand-written hook that denies is told the reason and never runs the command; without the
 * hook the same scenario runs it once. Usage: tsx test/agents/rig-smoke.ts
 */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runIsolated } from '../workbench/isolation.ts';
import { provisionClaudeCode } from '../workbench/provision.ts';
import { withRig } from '../workbench/reaper.ts';
import { toolResults } from './anthropic-api.ts';
import { type ClaudeOutcome, runClaude } from './claude-code.ts';
import { makeRecordingBin, readRecords, type RecordedCall } from './recording-bin.ts';
import type { Scenario } from './scripted-model.ts';

const COMMAND = 'curl -sS https://example.invalid/graphql';
const REASON = 'The smoke test refuses this command.';
const SCENARIO: Scenario = [{ tool: 'Bash', input: { command: COMMAND, description: 'Call the API' } }, { text: 'Finished.' }];
const DENY = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: REASON } };

/** One session in a home of its own, with or without the hook. */
async function session(withHook: boolean): Promise<{ outcome: ClaudeOutcome; calls: RecordedCall[] }> {
  return withRig(async ({ reaper, folder }) => {
    const workspace = join(folder, 'project');
    const home = join(folder, 'home');
    await mkdir(workspace);
    await mkdir(join(home, '.claude'), { recursive: true });
    if (withHook) {
      const hook = { type: 'command', command: `echo '${JSON.stringify(DENY)}'` };
      const settings = { hooks: { PreToolUse: [{ matcher: '*', hooks: [hook] }] } };
      await writeFile(join(home, '.claude', 'settings.json'), JSON.stringify(settings));
    }
    const bin = await makeRecordingBin(folder);
    const outcome = await runClaude({
      reaper,
      home,
      workspace,
      prompt: 'Call the API.',
      scenario: SCENARIO,
      path: [bin.folder, '/usr/local/bin', '/usr/bin', '/bin'],
    });
    return { outcome, calls: readRecords(bin.markerFile) };
  });
}

async function main(): Promise<void> {
  const denied = await session(true);
  const told = toolResults(denied.outcome.requests);
  assert.equal(denied.outcome.exitCode, 0, denied.outcome.stderr);
  assert.equal(told.length, 1);
  assert.ok(told[0]?.isError === true && told[0].text.includes(REASON), `the model was told: ${told[0]?.text}`);
  assert.deepEqual(denied.calls, [], 'the denied command ran');
  console.log('ok  a hook that denies: the model is told why, the command does not run');

  const allowed = await session(false);
  assert.equal(allowed.outcome.exitCode, 0, allowed.outcome.stderr);
  assert.match(allowed.outcome.stdout, /Finished\./);
  assert.deepEqual(
    allowed.calls.map(({ name, argv }) => [name, ...argv].join(' ')),
    [COMMAND],
  );
  console.log('ok  without the hook: the command runs once');
}

void runIsolated(provisionClaudeCode, main);
