import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { HookAnswer } from '../../../src/agents/adapter.ts';
import type { HookRequest } from '../../../src/gate/protocol.ts';
import { standInFor } from '../../../src/gate/stand-in.ts';

const REAL = String.raw`C:\Git\git.exe`;
const env = { Path: String.raw`C:\Git`, CLAUDECODE: '1', INTERLOCK_HARMLESS: 'first status', INTERLOCK_HOME: 'x', ELECTRON_RUN_AS_NODE: '1', TERM: 'dumb' };

/** What a stand-in asks, says and ends with. Here no program of Windows can be started, so that one which would be is seen to be tried. */
async function ended(argv: readonly string[], answer: () => Promise<HookAnswer>, variables: Readonly<Record<string, string>> = env): Promise<{ readonly code: number; readonly said: string; readonly asked: readonly HookRequest[] }> {
  const asked: HookRequest[] = [];
  let said = '';
  const code = await standInFor(argv, {
    env: variables, cwd: 'C:\\w', say: (text) => void (said += text),
    ask: async (request) => {
      asked.push(request);
      return answer();
    },
  });
  return { code, said, asked };
}

const no = async (): Promise<HookAnswer> => ({ stdout: '', stderr: 'No.\n', exitCode: 2 });

describe('what stands in for a program on Windows', () => {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'il-stand-in-'));
  before(() => {
    process.chdir(folder);
    writeFileSync(REAL, '');
  });
  after(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  test('asks with the words it was given, once, in the folder it was called in', async () => {
    const { asked } = await ended(['git', 'push', '--force', ''], no);
    assert.deepEqual(asked.map(({ agent, event, payload, cwd }) => [agent, event, JSON.parse(payload), cwd]), [['shell', 'exec', { argv: ['git', 'push', '--force', ''], cwd: 'C:\\w' }, 'C:\\w']]);
  });
  test('hands on nothing of what it was told itself', async () => {
    const { asked } = await ended(['git', 'push'], no);
    assert.deepEqual(asked[0]?.env, { Path: env.Path, CLAUDECODE: '1', TERM: 'dumb' });
  });
  test('refused, it says why and ends as one that did not run', async () => assert.deepEqual(await ended(['git', 'push'], no).then(({ code, said }) => [code, said]), [126, 'No.\nInterlock: git did not run.\n']));
  const unanswered: readonly (readonly [what: string, answer: () => Promise<HookAnswer>])[] = [
    ['no answer', async () => Promise.reject(new Error('gone'))], ['an empty answer', async () => ({ stdout: '', stderr: '', exitCode: 0 })], ['another word', async () => ({ stdout: 'allowed\n', stderr: '', exitCode: 0 })],
  ];
  for (const [what, answer] of unanswered) test(`${what}: nothing runs`, async () => assert.equal((await ended(['git', 'push'], answer)).code, 126));
  test('asks nobody for a person', async () => assert.deepEqual((await ended(['git', 'push'], no, { Path: env.Path })).asked, []));
  test('asks nobody about words that are sure to be harmless', async () => assert.deepEqual((await ended(['git', 'status'], no)).asked, []));
  test('a program that is nowhere else is not found', async () => assert.deepEqual(await ended(['terraform', 'destroy'], no), { code: 127, said: 'terraform: command not found\n', asked: [] }));
  test('called from a prompt it wants the words of cmd.exe, and asks and runs nothing before', async () => assert.deepEqual(await ended(['git'], no, { ...env, INTERLOCK_LINE: 'C:\\Windows\\system32\\cmd.exe', INTERLOCK_SHIM: 'C:\\il\\shims\\git.cmd' }), { code: 1_230_195_532, said: '', asked: [] }));
});
