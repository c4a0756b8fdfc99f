import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { adapter as claudeCode } from '../../../src/agents/claude-code.ts';
import { adapter as shell } from '../../../src/agents/shell.ts';
import { decide } from '../../../src/core/decide.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { Granted } from '../../../src/gate/granted.ts';
import { judge, type JudgeServices } from '../../../src/gate/judge.ts';
import type { HookRequest } from '../../../src/gate/protocol.ts';
import { createDiskWorld } from '../../../src/gate/world/disk-world.ts';
import { commandRequest, services, TestAsker, TestKeeper, type MemoryRecorder } from './gate-fixture.ts';

const project = realpathSync(mkdtempSync(join(tmpdir(), 'il-granted-')));
after(() => rmSync(project, { recursive: true, force: true }));
mkdirSync(join(project, 'infra'));
mkdirSync(join(project, 'other'));
mkdirSync(join(project, 'notes'));
writeFileSync(join(project, 'notes', 'a.md'), 'only here');
writeFileSync(join(project, 'Makefile'), 'clean:\n\tcd infra && terraform destroy -auto-approve\n');
writeFileSync(join(project, 'package.json'), '{"scripts":{"clean":"make clean"}}');

const env = { HOME: '/home/dev', PATH: '/usr/bin' };

/** What the shim of a program asks. */
function shimRequest(argv: readonly string[], cwd = project, more: Readonly<Record<string, string>> = {}): HookRequest {
  return { agent: 'shell', event: 'exec', payload: JSON.stringify({ argv, cwd }), env: { ...env, ...more }, cwd, pid: 1 };
}

function hookRequest(command: string): HookRequest {
  return { ...commandRequest(command, project), env };
}

interface Run {
  readonly asker: TestAsker;
  readonly used: JudgeServices & { readonly recorder: MemoryRecorder };
  /** Questions and exit codes of requests that come one after the other. */
  readonly go: (...requests: readonly HookRequest[]) => Promise<readonly [questions: number, codes: readonly number[]]>;
}

function start(more: Partial<JudgeServices> = {}): Run {
  const asker = new TestAsker('allow');
  const world = createDiskWorld({ secretsIn: () => [] });
  const used = services({ adapters: [claudeCode, shell], decide: (action) => decide(action, world, defaultPolicy), asker, keeper: new TestKeeper(), granted: new Granted(more.now ?? Date.now), ...more });
  return {
    asker,
    used,
    go: async (...requests) => {
      const codes: number[] = [];
      for (const request of requests) codes.push((await judge(request, used)).exitCode);
      return [asker.questions.length, codes];
    },
  };
}

const destroy = ['terraform', 'destroy', '-auto-approve'];
const infra = join(project, 'infra');

describe('a program of a command that was asked about', () => {
  const once: readonly [string, HookRequest, readonly HookRequest[]][] = [
    ['in another folder of the command', hookRequest('cd infra && terraform destroy -auto-approve'), [shimRequest(destroy, infra)]],
    ['in a makefile', hookRequest('make clean'), [shimRequest(destroy, infra)]],
    ['behind a runner with a shim of its own', hookRequest('npm run clean'), [shimRequest(['npm', 'run', 'clean']), shimRequest(destroy, infra)]],
    ['behind env', hookRequest('cd infra && env A=1 terraform destroy -auto-approve'), [shimRequest(['env', 'A=1', ...destroy], infra), shimRequest(destroy, infra)]],
    ['spelt otherwise', hookRequest(`cd infra && terraform -chdir=../infra destroy`), [shimRequest(['terraform', '-chdir=../infra', 'destroy'], infra)]],
    ['that needs a copy first', hookRequest('git push --force origin main'), [shimRequest(['git', 'push', '--force', 'origin', 'main'])]],
  ];
  for (const [name, hook, programs] of once) {
    test(`${name} is not asked about again`, async () => {
      const { go, used } = start();
      assert.deepEqual(await go(hook, ...programs), [1, [0, ...programs.map(() => 0)]]);
      assert.deepEqual(used.recorder.outcomes(), ['allow person', ...programs.map(() => 'allow hook')]);
    });
  }
});

describe('what was not asked about is', () => {
  const hook = hookRequest('cd infra && terraform destroy -auto-approve');
  const again: readonly [danger: string, readonly HookRequest[]][] = [
    ['the same a second time', [hook, shimRequest(destroy, infra), shimRequest(destroy, infra)]],
    ['the same in another folder', [hook, shimRequest(destroy, join(project, 'other'))]],
    ['a part of it alone', [hook, shimRequest([...destroy, '-target=aws_db.main'], infra)]],
    ['something else', [hook, shimRequest(['git', 'push', '--force'], infra)]],
    ['one thing more in the same command', [hook, shimRequest(['sudo', 'sh', '-c', 'terraform destroy -auto-approve; git push --force'], infra)]],
    ['another cluster', [hookRequest('kubectl --context a delete ns shop'), shimRequest(['kubectl', '--context', 'b', 'delete', 'ns', 'shop'])]],
    ['what comes out of a pipe', [hookRequest('cat names | xargs kubectl delete ns'), shimRequest(['kubectl', 'delete', 'ns', 'shop'])]],
    ['the same behind sudo a second time', [hookRequest('cd infra && sudo terraform destroy'), shimRequest(['sudo', 'terraform', 'destroy'], infra), shimRequest(['sudo', 'terraform', 'destroy'], infra)]],
    ['the same by another way after it is done', [hook, shimRequest(destroy, infra), shimRequest(['sudo', ...destroy], infra)]],
    ['with no command before it', [shimRequest(destroy, infra), shimRequest(destroy, infra)]],
  ];
  for (const [danger, requests] of again) {
    test(danger, async () => {
      const { go, used } = start();
      const [questions] = await go(...requests);
      assert.equal(questions, 2);
      assert.equal(used.recorder.outcomes().at(-1), 'allow person');
    });
  }

  test('the same, too late', async () => {
    let now = 0;
    const { go } = start({ now: () => now });
    await go(hook);
    now = 5 * 60_000;
    assert.deepEqual((await go(shimRequest(destroy, infra)))[0], 2);
  });

  test('what was refused is refused again, without a question', async () => {
    const { go, asker } = start();
    asker.answer = 'deny';
    assert.deepEqual(await go(hook, shimRequest(destroy, infra)), [1, [2, 2]]);
  });

  test('an agent’s next command, whatever its last was allowed', async () => {
    const { go } = start();
    assert.deepEqual(await go(hook, hook), [2, [0, 0]]);
  });

  test('what only was kept when the command began and is more by the time its program starts', async () => {
    const { go, asker, used } = start();
    const hold = (decision: 'keep' | 'ask') => ({ decision, findings: [{ verb: 'delete', resource: { kind: 'folder', name: 'notes' }, reversibility: 'irreversible', certainty: 'certain', rule: 'rm/delete', why: 'Deletes notes.', target: { by: 'path' }, paths: [join(project, 'notes')], environment: 'local', evidence: [], decision, typed: false, because: '', source: 'built-in' }] }) as const;
    const given = { ...used, decide: (action: { readonly agent: string }) => hold(action.agent === 'shell' ? 'ask' : 'keep') };
    await judge(hookRequest('rm -rf notes'), given);
    await judge(shimRequest(['rm', '-rf', 'notes']), given);
    assert.deepEqual([asker.questions.length, await go()], [1, [1, []]]);
  });

  test('anything, once all was stopped and resumed', async () => {
    const granted = new Granted(Date.now);
    const { go } = start({ granted });
    await go(hook);
    granted.clear();
    assert.deepEqual((await go(shimRequest(destroy, infra)))[0], 2);
  });
});
