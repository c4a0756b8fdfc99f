import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HookAnswer } from '../../../src/agents/adapter.ts';
import type { Backups } from '../../../src/gate/backups.ts';
import { judge, refuse, type JudgeServices } from '../../../src/gate/judge.ts';
import { commandRequest, finding, services, temporarySessions, TestAsker, TestKeeper, verdictOf, type MemoryRecorder } from './gate-fixture.ts';
import { claudeEvent, claudeTool, cursorEvent, cursorTool } from '../agents/payloads.ts';

const allowed = (answer: HookAnswer): boolean => answer.exitCode === 0 && answer.stdout === '{}\n';

/** A deny in all of Claude Code's channels; its text. */
function reason(answer: HookAnswer): string {
  assert.equal(answer.exitCode, 2);
  assert.ok(answer.stdout.includes('"permissionDecision":"deny"'));
  return answer.stderr;
}

async function run(command: string, given: Partial<JudgeServices> = {}, signal?: AbortSignal): Promise<{ answer: HookAnswer; recorder: MemoryRecorder }> {
  const used = services(given);
  return { answer: await judge(commandRequest(command), used, signal), recorder: used.recorder };
}

describe('what runs', () => {
  test('what the policy allows', async () => {
    const { answer, recorder } = await run('allow');
    assert.deepEqual([allowed(answer), recorder.outcomes()], [true, ['allow verdict']]);
  });
  test('what is kept first', async () => {
    const keeper = new TestKeeper();
    const { answer, recorder } = await run('keep', { keeper });
    assert.deepEqual([allowed(answer), recorder.outcomes(), keeper.kept.length], [true, ['allow verdict'], 1]);
    assert.deepEqual(recorder.events.flatMap((event) => (event.type === 'action' ? [event.kept] : [])), [{ manifest: 'm1', files: 1, bytes: 2 }]);
  });
  test('what a person allows, after a copy', async () => {
    const keeper = new TestKeeper();
    const { answer, recorder } = await run('ask', { keeper, asker: new TestAsker('allow') });
    assert.deepEqual([allowed(answer), recorder.outcomes(), keeper.kept.length], [true, ['allow person'], 1]);
    assert.deepEqual(recorder.events.map(({ type }) => type), ['answer', 'action']);
  });
  test('what a person allows where nothing local is lost', async () => {
    const keeper = new TestKeeper();
    const decide = () => verdictOf('ask', { findings: [finding('ask', { verb: 'drop', target: { by: 'host', host: 'db' } })] });
    const { answer } = await run('x', { keeper, decide, asker: new TestAsker('allow') });
    assert.deepEqual([allowed(answer), keeper.kept.length], [true, 0]);
  });
  test('what cannot be kept, once a person allows it all the same', async () => {
    const keeper = new TestKeeper();
    keeper.problem = 'there are more than 5 files';
    const asker = new TestAsker('allow');
    const { answer, recorder } = await run('keep', { keeper, asker });
    assert.deepEqual([allowed(answer), recorder.outcomes()], [true, ['allow person']]);
    const [question] = asker.questions;
    assert.deepEqual([question?.verdict.decision, question?.verdict.confirmation, question?.verdict.findings[0]?.because], ['ask', { by: 'click' }, 'no copy could be kept first: there are more than 5 files']);
  });
  test('what was allowed and then could not be kept, after a second yes', async () => {
    const keeper = new TestKeeper();
    keeper.problem = 'the disk is full';
    const asker = new TestAsker('allow');
    const { answer } = await run('ask', { keeper, asker });
    assert.deepEqual([allowed(answer), asker.questions.map(({ verdict }) => verdict.findings[0]?.because)], [true, ['it cannot be undone', 'no copy could be kept first: the disk is full']]);
  });
  test('an event that carries no action, which is not written down', async () => {
    const used = services();
    assert.ok(allowed(await judge({ ...commandRequest(''), payload: claudeEvent('Stop') }, used)));
    assert.deepEqual(used.recorder.events, []);
  });
});

describe('a command whose output must be masked', () => {
  const request = (permission_mode: string): Parameters<typeof judge>[0] => ({ ...commandRequest('env'), env: { SHELL: '/bin/zsh' }, payload: claudeTool('Bash', { command: 'env' }, { permission_mode }) });
  const masking: Partial<JudgeServices> = { decide: () => ({ decision: 'allow', output: 'mask', findings: [] }), masker: { wrap: (command) => `masked ${command}`, pipe: (command) => `piped ${command}`, unwrap: (command) => (command.startsWith('masked ') ? command.slice('masked '.length) : undefined) } };
  const run = (given: Partial<JudgeServices>, asked = request('bypassPermissions')): Promise<HookAnswer> => judge(asked, services(given));
  test('runs through the masker where the host takes another command', async () => {
    const { stdout } = await run(masking);
    assert.deepEqual(JSON.parse(stdout), { hookSpecificOutput: { hookEventName: 'PreToolUse', updatedInput: { command: 'masked env' } } });
  });
  const plain: readonly [string, Partial<JudgeServices>, Parameters<typeof judge>[0]][] = [
    ['where the host would decide otherwise', masking, request('default')],
    ['where it prints no secret', { ...masking, decide: () => ({ decision: 'allow', findings: [] }) }, request('bypassPermissions')],
    ['where it cannot be wrapped', { ...masking, masker: { wrap: () => undefined, pipe: () => undefined, unwrap: () => undefined } }, request('bypassPermissions')],
    ['in a shell of another kind', masking, { ...request('bypassPermissions'), env: { SHELL: '/usr/bin/fish' } }],
  ];
  for (const [name, given, asked] of plain) test(`runs as it is ${name}`, async () => assert.ok(allowed(await run(given, asked))));
  const cursor = (payload: string): Parameters<typeof judge>[0] => ({ ...commandRequest(''), agent: 'cursor', env: { SHELL: '/bin/zsh' }, payload });
  const seen = (): Partial<JudgeServices> & { readonly actions: unknown[] } => {
    const actions: unknown[] = [];
    return { ...masking, actions, decide: (action) => (actions.push('command' in action && [action.command, action.shown ?? false]), { decision: 'allow', output: 'mask', findings: [] }) };
  };
  test('is changed before it is judged where the host shows it twice, and nothing is written down yet', async () => {
    const used = services(seen());
    const { stdout } = await judge(cursor(cursorTool('Shell', { command: 'env' })), used);
    assert.deepEqual([JSON.parse(stdout), used.recorder.events], [{ updated_input: { command: 'masked env' } }, []]);
  });
  const cline: Parameters<typeof judge>[0] = { ...commandRequest(''), agent: 'cline', payload: JSON.stringify({ hookName: 'tool_call', taskId: 't', workspaceRoots: ['/w'], tool_call: { name: 'run_commands', input: { commands: ['env', 'printenv'] } } }) };
  const told: readonly [string, Parameters<typeof judge>[0], ...(readonly unknown[])[]][] = [
    ['without the masker around it', cursor(cursorEvent('beforeShellExecution', { command: 'masked env', cwd: '' })), ['env', false]],
    ['as one that is masked where the agent can be told to', cursor(cursorEvent('beforeShellExecution', { command: 'exit; env', cwd: '' })), ['exit; env', false]],
    ['as one that is shown where a refusal would end the task', cline, ['env', true], ['printenv', true]],
    ['as one that is masked where the host replaces its output', request('default'), ['env', false]],
  ];
  for (const [name, asked, ...actions] of told) {
    test(`is judged ${name}`, async () => {
      const given = seen();
      await judge(asked, services(given));
      assert.deepEqual(given.actions, actions);
    });
  }
  const windsurf = (command: string): Parameters<typeof judge>[0] => ({ ...commandRequest(''), agent: 'windsurf', payload: JSON.stringify({ agent_action_name: 'pre_run_command', trajectory_id: 't', tool_info: { command_line: command, cwd: '/w' } }) });
  test('is refused with the form in which it may run, where neither it nor its output can be changed', async () => {
    const used = services(masking);
    const { exitCode, stderr } = await judge(windsurf('env'), used);
    assert.equal(exitCode, 2);
    assert.match(stderr, /so it was not run\. Nobody needs to be asked\. Run it again in exactly this form, in which secrets in its output are hidden:\npiped env$/m);
    assert.deepEqual(used.recorder.outcomes(), ['deny unmasked']);
  });
  test('and runs in that form', async () => assert.equal((await run(masking, windsurf('masked env'))).exitCode, 0));
  test('and such refusals lock no session', async () => {
    const used = services(masking);
    for (const command of ['env', 'printenv', 'git log -p', 'env']) await judge(windsurf(command), used);
    assert.equal((await judge(windsurf('masked env'), used)).exitCode, 0);
  });
  test('a long one is refused with the form alone', async () => {
    const { stderr } = await run(masking, windsurf(`env ${'x'.repeat(5_000)}`));
    assert.match(stderr, /:\npiped …$/m);
  });
  test('is refused before it is judged once nothing is decided any more', async () => {
    assert.match((await refuse(cursor(cursorTool('Shell', { command: 'env' })), services(), 'no answer in time')).stdout, /"permission":"deny"/);
  });
  test('does not run where it is refused', async () => assert.equal((await run({ ...masking, decide: () => ({ ...verdictOf('deny'), output: 'mask' }) })).exitCode, 2));
});

describe('what does not run, and what the agent is told', () => {
  const cases: readonly [string, string, Partial<JudgeServices>, string, RegExp][] = [
    ['what the policy denies', 'deny', {}, 'deny verdict', /^Interlock refused this\. Deletes the folder build\. Reason: It cannot be undone\. Instead: Move it away\. Do not try .* another command, tool or script\. Tell the person/],
    ['what a person denies', 'ask', { asker: new TestAsker('deny') }, 'deny person', /The person was asked and refused this\. Deletes the folder build\./],
    ['what nobody answers in time', 'ask', { asker: new TestAsker(), answerWithin: () => 1 }, 'deny no answer in time', /did not answer in time/],
    ['a question that could not be shown', 'ask', { asker: new TestAsker('unanswered') }, 'deny error', /could not find out/],
    ['what needs a person where there is none', 'ask', {}, 'deny no editor', /needs a person’s yes, and no editor with Interlock is running/],
    ['what cannot be kept where nobody can be asked', 'keep', {}, 'deny copy failed', /No copy could be kept .* There is nowhere to keep one\./],
    ['what core fails on', 'throw', {}, 'deny error', /could not find out what this would do/],
    ['a copy refused by the person', 'keep', { asker: new TestAsker('deny') }, 'deny person', /no copy could be kept first/i],
  ];
  for (const [name, command, given, outcome, told] of cases) {
    test(name, async () => {
      const { answer, recorder } = await run(command, given);
      assert.match(reason(answer), told);
      assert.deepEqual(recorder.outcomes(), [outcome]);
    });
  }

  test('a refusal shows the masked view', async () => {
    const { answer } = await run('x', { decide: () => verdictOf('deny', { maskedView: 'TOKEN=<hidden>' }) });
    assert.match(reason(answer), /\nThis is what may be seen of it, with every secret hidden:\nTOKEN=<hidden>\n$/);
  });
  test('the advice stays however long the rest is', async () => {
    const { answer } = await run('x', { decide: () => verdictOf('deny', { maskedView: 'v'.repeat(100_000), findings: [finding('deny', { why: 'w'.repeat(100_000) })] }) });
    assert.ok(answer.stderr.length < 9_000);
  });
  test('a second no after a yes that came with no copy', async () => {
    const keeper = new TestKeeper();
    keeper.problem = 'the disk is full';
    const asker = new TestAsker('allow');
    const ask = asker.ask.bind(asker);
    asker.ask = (question, signal) => {
      const answer = ask(question, signal);
      asker.answer = 'deny';
      return answer;
    };
    const { answer, recorder } = await run('ask', { keeper, asker });
    reason(answer);
    assert.deepEqual([recorder.outcomes(), asker.questions.length], [['deny person'], 2]);
  });
  test('an asker that breaks its word and rejects', async () => {
    const { answer } = await run('ask', { asker: { ask: () => Promise.reject(new Error('s3cret')) } });
    assert.equal(reason(answer).includes('s3cret'), false);
  });
  test('an asker that never answers', async () => {
    const { answer, recorder } = await run('ask', { asker: { ask: () => new Promise(() => undefined) }, answerWithin: () => 1 });
    reason(answer);
    assert.deepEqual(recorder.outcomes(), ['deny no answer in time']);
  });
  test('a keeper that fails in its own way', async () => {
    const { answer } = await run('keep', { keeper: { keep: () => Promise.reject(new Error('s3cret')) } });
    assert.equal(reason(answer).includes('s3cret'), false);
  });
  for (const [withdrawal, told] of [['editor closed', /The editor was closed before anybody answered/], ['agent gone', /withdrawn/]] as const) {
    test(`what waits when the request is withdrawn (${withdrawal})`, async () => {
      const asker = new TestAsker();
      const stop = new AbortController();
      const used = services({ asker });
      const answer = judge(commandRequest('ask'), used, stop.signal);
      await asker.asked(1);
      stop.abort(withdrawal);
      assert.match(reason(await answer), told);
      assert.deepEqual([used.recorder.outcomes(), asker.aborted], [[`deny ${withdrawal}`], [withdrawal]]);
    });
    test(`a yes that comes with the withdrawal (${withdrawal})`, async () => {
      const stop = new AbortController();
      const asker = new TestAsker('allow');
      const ask = asker.ask.bind(asker);
      asker.ask = (question, signal) => {
        stop.abort(withdrawal);
        return ask(question, signal);
      };
      const { recorder } = await run('ask', { asker }, stop.signal);
      assert.deepEqual(recorder.outcomes(), [`deny ${withdrawal}`]);
    });
    test(`a copy that was being made when the request was withdrawn (${withdrawal})`, async () => {
      const stop = new AbortController();
      const keeper = { keep: () => (stop.abort(withdrawal), Promise.resolve({ files: 0, bytes: 0 })) };
      const { recorder } = await run('keep', { keeper }, stop.signal);
      assert.deepEqual(recorder.outcomes(), [`deny ${withdrawal}`]);
    });
  }
});

describe('what cannot be written down does not run', () => {
  for (const command of ['allow', 'keep', 'ask']) {
    test(command, async () => {
      const used = services({ keeper: new TestKeeper(), asker: new TestAsker('allow') });
      used.recorder.broken = true;
      reason(await judge(commandRequest(command), used));
    });
  }
  test('a deny stays a deny', async () => {
    const used = services();
    used.recorder.broken = true;
    assert.match(reason(await judge(commandRequest('deny'), used)), /refused/);
  });
});

describe('what cannot be read does not run', () => {
  test('a request that is cut off', async () => {
    const used = services();
    const whole = commandRequest('allow');
    assert.match(reason(await judge({ ...whole, payload: whole.payload.slice(0, 40) }, used)), /could not judge this/);
    assert.deepEqual(used.recorder.events.map(({ type }) => type), ['unreadable']);
  });
  test('an agent nobody knows', async () => {
    const answer = await judge({ ...commandRequest('allow'), agent: 'nobody' }, services());
    assert.deepEqual([answer.exitCode, answer.stdout], [2, '']);
  });
  test('Cursor is denied in its own way', async () => {
    const answer = await judge({ ...commandRequest(''), agent: 'cursor', payload: cursorEvent('beforeShellExecution', { command: 'deny', cwd: '' }) }, services());
    assert.deepEqual([answer.exitCode, (JSON.parse(answer.stdout) as { permission: string }).permission], [0, 'deny']);
  });
});

test('a request that could not be judged where it should have been is denied and written down', async () => {
  const used = services();
  assert.match(reason(await refuse(commandRequest('allow'), used, 'editor closed')), /The editor was closed/);
  assert.deepEqual(used.recorder.outcomes(), ['deny editor closed']);
});

describe('what would be lost is counted for the person', () => {
  const counted = { files: 3, bytes: 30, untracked: 3, dirty: 0, ignored: 0, unpushed: 0, truncated: false };
  test('where files of this machine are', async () => {
    const asker = new TestAsker('deny');
    const asked: (readonly string[])[] = [];
    await run('ask', { asker, losses: (paths) => (asked.push(paths), counted) });
    assert.deepEqual([asked, asker.questions[0]?.losses], [[['/work/build']], counted]);
  });
  test('and not where nothing local is lost', async () => {
    const asker = new TestAsker('deny');
    await run('x', { asker, losses: () => counted, decide: () => verdictOf('ask', { findings: [finding('ask', { target: { by: 'host', host: 'db' } })] }) });
    assert.equal(asker.questions[0]?.losses, undefined);
  });
  test('a count that fails leaves the question as it is', async () => {
    const asker = new TestAsker('deny');
    const { recorder } = await run('ask', { asker, losses: () => { throw new Error('no disk'); } });
    assert.deepEqual([recorder.outcomes(), asker.questions[0]?.losses], [['deny person'], undefined]);
  });
});

test('a person’s time stays below the host’s', async () => {
  const asker = new TestAsker('deny');
  await run('ask', { asker, now: () => 1_000, answerWithin: () => 3_600_000 });
  assert.equal(asker.questions[0]?.deadline, 1_000 + 585_000);
});

describe('a backup that must be made first', () => {
  const backups = (made: Awaited<ReturnType<Backups['make']>>): Backups & { readonly times: number[] } => {
    const times: number[] = [];
    return { times, facts: () => Promise.resolve({ required: true }), make: () => Promise.resolve((times.push(1), made)) };
  };
  test('is said in the question', async () => {
    const asker = new TestAsker('deny');
    await run('ask', { asker, backups: backups({ made: 1 }) });
    assert.deepEqual(asker.questions.map(({ backup }) => backup), [{ required: true }]);
  });
  const cases: readonly (readonly [name: string, command: string, given: Partial<JudgeServices>, made: Awaited<ReturnType<Backups['make']>>, outcome: string, times: number])[] = [
    ['comes after the yes and before the action', 'ask', { asker: new TestAsker('allow') }, { made: 1 }, 'allow person', 1],
    ['that fails holds what a person allowed', 'ask', { asker: new TestAsker('allow') }, { problem: 'the command ended with 3' }, 'deny backup failed', 1],
    ['that fails holds what the policy allows', 'allow', {}, { problem: 'the command ended with 3' }, 'deny backup failed', 1],
    ['is not made for what a person refuses', 'ask', { asker: new TestAsker('deny') }, { made: 1 }, 'deny person', 0],
    ['is not made for what the policy refuses', 'deny', {}, { made: 1 }, 'deny verdict', 0],
  ];
  for (const [name, command, given, made, outcome, times] of cases) {
    test(name, async () => {
      const used = backups(made);
      const { recorder } = await run(command, { ...given, backups: used });
      assert.deepEqual([recorder.outcomes(), used.times.length], [[outcome], times]);
    });
  }
  test('is written down, and its failure is told with the reason', async () => {
    const { recorder } = await run('ask', { asker: new TestAsker('allow'), backups: backups({ made: 1 }) });
    assert.ok(recorder.events.some((event) => event.type === 'configuration' && event.what === 'Backup made before it was allowed: build'));
    const { answer } = await run('ask', { asker: new TestAsker('allow'), backups: backups({ problem: 'the command ended with 3' }) });
    assert.match(reason(answer), /^A backup has to be made before this goes ahead, and it failed, so this was not run\. The command ended with 3\./);
  });
  test('that is made while everything is stopped lets nothing through', async () => {
    const sessions = temporarySessions();
    const stopping: Backups = { facts: () => Promise.resolve(undefined), make: async () => (await sessions.stop(), { made: 1 }) };
    const { recorder } = await run('ask', { asker: new TestAsker('allow'), sessions, backups: stopping });
    assert.deepEqual(recorder.outcomes(), ['deny stopped']);
  });
});

describe('rows that are counted for a question', () => {
  const counted = async (given: Partial<JudgeServices>, command = 'ask'): Promise<readonly unknown[]> => {
    const asker = new TestAsker('allow');
    const { answer } = await run(command, { asker, keeper: new TestKeeper(), ...given });
    return [allowed(answer), asker.questions.map(({ rows }) => rows)];
  };
  test('stand in it', async () => assert.deepEqual(await counted({ countRows: () => Promise.resolve({ name: 'orders', rows: 5 }) }), [true, [{ name: 'orders', rows: 5 }]]));
  test('are left out where counting fails', async () => assert.deepEqual(await counted({ countRows: () => Promise.reject(new Error('s3cret')) }), [true, [undefined]]));
  test('are not counted where nobody is asked', async () => {
    let times = 0;
    const countRows: JudgeServices['countRows'] = () => Promise.resolve(void times++).then(() => undefined);
    for (const command of ['allow', 'keep', 'deny']) await counted({ countRows }, command);
    await run('ask', { countRows });
    assert.equal(times, 0);
  });
  test('take no more time than the question has', async () => {
    const asker = new TestAsker('allow');
    const { answer, recorder } = await run('ask', { asker, countRows: () => new Promise(() => undefined), answerWithin: () => 1 });
    reason(answer);
    assert.deepEqual([recorder.outcomes(), asker.questions.length], [['deny no answer in time'], 0]);
  });
  test('end with the agent, and nobody is asked any more', async () => {
    const asker = new TestAsker('allow');
    const gone = new AbortController();
    const { answer } = await run('ask', { asker, countRows: (_action, _verdict, signal) => new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined));
      gone.abort('agent gone');
    }) }, gone.signal);
    reason(answer);
    assert.equal(asker.questions.length, 0);
  });
});
