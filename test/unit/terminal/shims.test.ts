import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import * as fc from 'fast-check';
import { adapter } from '../../../src/agents/shell.ts';
import { quoteWords } from '../../../src/agents/shell-word.ts';
import { UnreadablePayload } from '../../../src/agents/adapter.ts';
import { shimScript, writeShims } from '../../../src/terminal/shims.ts';

interface Stage {
  readonly folder: string;
  readonly shims: string;
  /** PATH with the shims first, then a recording program, then the system's. */
  readonly path: string;
  /** Standard input the launcher was given, if it was called. */
  readonly asked: () => Promise<string | undefined>;
}

/** A folder with a shimmed program `gone` that prints its words one a line, and a launcher that answers `answer`. */
async function stage(context: TestContext, answer: string): Promise<Stage> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'interlock shims ')));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const [shims, real] = [join(folder, 'shims'), join(folder, 'real')];
  await mkdir(real);
  await script(join(real, 'gone'), `printf '<%s>' "$@"; printf '|'; cat; exit 7`);
  await script(join(folder, 'launcher'), `[ "$1" = shell ] || exit 1; cat > '${join(folder, 'asked')}'; ${answer}`);
  await writeShims(shims, [{ program: 'gone', harmless: { first: ['look'] } }], join(folder, 'launcher'));
  return { folder, shims, path: `${shims}:${real}:/usr/bin:/bin`, asked: () => readFile(join(folder, 'asked'), 'utf8').catch(() => undefined) };
}

async function script(path: string, body: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}

function run(path: string, args: readonly string[], env: Record<string, string> = {}, shell = false): { stdout: string; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(shell ? '/bin/sh' : 'gone', args, { env: { PATH: path, ...env }, input: 'in', encoding: 'utf8', cwd: '/' });
  return { stdout, stderr, status };
}

const words = ['', 'two words', 'new\nline\n', '"quotes" \'too\'', 'back\\slash\\', '$HOME `id` *', '-rf', '\ttab\u0001', 'ünïcode ✓', '%s\\n', '\n'];
const shown = `<${words.join('><')}>|in`;

suite('a person’s own shell', () => {
  test('becomes the real program at once, with the same words, input and status', async (context) => {
    const { path, asked } = await stage(context, 'exit 1');
    assert.deepEqual(run(path, words), { stdout: shown, stderr: '', status: 7 });
    assert.equal(await asked(), undefined);
  });

  test('the program gets the environment, the process and the input it would have had', async (context) => {
    const { folder, path, shims } = await stage(context, 'exit 1');
    const env = { PATH: path, name: 'a', real: 'b', rest: 'c', at: 'd', word: 'e', left: 'f', answer: 'g', one: 'h', LC_ALL: 'C', PWD: '/' };
    await writeShims(shims, [{ program: 'printenv' }, { program: 'show' }], join(folder, 'launcher'));
    const dump = (program: string): string[] => spawnSync(program, [], { env, encoding: 'utf8', cwd: '/' }).stdout.split('\n').toSorted();
    assert.deepEqual(dump('printenv'), dump('/usr/bin/printenv'));
    await script(join(folder, 'real', 'show'), 'echo $$; umask; ls /proc/self/fd 2>/dev/null || true');
    const { pid, stdout } = spawnSync(join(shims, 'show'), [], { env, encoding: 'utf8', cwd: '/' });
    assert.equal(stdout.split('\n')[0], String(pid));
    assert.deepEqual(stdout.split('\n').slice(1), spawnSync(join(folder, 'real', 'show'), [], { env, encoding: 'utf8', cwd: '/' }).stdout.split('\n').slice(1));
  });

  test('an agent’s marker that is empty is none', async (context) => {
    const { path } = await stage(context, 'exit 1');
    assert.equal(run(path, ['x'], { CLAUDECODE: '' }).stdout, '<x>|in');
  });
});

suite('an agent’s shell', () => {
  for (const marker of ['CLAUDECODE', 'CURSOR_AGENT', 'AI_AGENT', 'GEMINI_CLI']) {
    test(`${marker} makes it ask, and an allow runs the very same words`, async (context) => {
      const { path, asked } = await stage(context, 'echo allow');
      assert.deepEqual(run(path, words, { [marker]: '1' }), { stdout: shown, stderr: '', status: 7 });
      assert.deepEqual(JSON.parse((await asked()) ?? ''), { argv: ['gone', ...words], cwd: '/' });
    });
  }

  const held: readonly (readonly [danger: string, answer: string])[] = [
    ['a refusal', 'echo no >&2; exit 2'],
    ['a launcher that fails', 'exit 1'],
    ['a launcher that says allow and fails', 'echo allow; exit 1'],
    ['a launcher that is killed', 'kill -9 $$'],
    ['no answer', 'exit 0'],
    ['an answer nobody knows', 'echo allowed'],
    ['an answer with more in it', 'echo allow; echo allow'],
    ['an answer in JSON', `echo '{"decision":"allow"}'`],
  ];
  for (const [danger, answer] of held) {
    test(`${danger} runs nothing`, async (context) => {
      const { path } = await stage(context, answer);
      const { stdout, stderr, status } = run(path, ['x'], { CLAUDECODE: '1' });
      assert.deepEqual([stdout, status], ['', 126]);
      assert.match(stderr, /Interlock: gone did not run/);
    });
  }

  test('a launcher that is not there runs nothing', async (context) => {
    const { path, folder } = await stage(context, 'echo allow');
    await rm(join(folder, 'launcher'));
    const { stdout, status } = run(path, ['x'], { CLAUDECODE: '1' });
    assert.deepEqual([stdout, status], ['', 126]);
  });

  for (const words of [['look'], ['look', 'a/b.c', '-x', '--long=1'], ['--version'], ['--help']]) {
    test(`${words.join(' ')} is harmless and asks nobody`, async (context) => {
      const { path, asked } = await stage(context, 'exit 1');
      assert.deepEqual([run(path, words, { CLAUDECODE: '1' }).stdout, await asked()], [`<${words.join('><')}>|in`, undefined]);
    });
  }
  for (const words of [[], ['lookup'], ['-x', 'look'], ['look', '.env.local'], ['look', 'a b'], ['look', '$(x)'], ['look', 'line\nbreak'], ['look', ''.padEnd(20, 'x')], ['look', 'MyToken'], ['--version', 'x'], ['x', '--help'], ['look', 'ü']]) {
    test(`${JSON.stringify(words)} is asked about`, async (context) => {
      const { path, asked } = await stage(context, 'exit 1');
      assert.deepEqual([run(path, words, { CLAUDECODE: '1' }).status, JSON.parse((await asked()) ?? '')], [126, { argv: ['gone', ...words], cwd: '/' }]);
    });
  }

  test('a refusal’s reason reaches the agent', async (context) => {
    const { path } = await stage(context, 'echo "ask the person first" >&2; exit 2');
    assert.match(run(path, ['x'], { CLAUDECODE: '1' }).stderr, /^ask the person first\n/);
  });

  test('thousands of words are asked about and kept', async (context) => {
    const { path, asked } = await stage(context, 'echo allow');
    const many = Array.from({ length: 3000 }, (_, at) => `file ${at}`);
    assert.equal(run(path, many, { CLAUDECODE: '1' }).stdout, `<${many.join('><')}>|in`);
    assert.equal((JSON.parse((await asked()) ?? '') as { argv: string[] }).argv.length, 3001);
  });
});

suite('finding the real program', () => {
  test('passes the shim folder however often and under whatever name it stands on PATH', async (context) => {
    const { path, folder, shims } = await stage(context, 'echo allow');
    await symlink(shims, join(folder, 'again'));
    assert.equal(run(`${shims}/:${join(folder, 'again')}:${shims}/.:${path}`, ['x']).stdout, '<x>|in');
  });

  test('passes the shims of another installation, each once', async (context) => {
    const one = await stage(context, 'echo allow');
    const other = await stage(context, 'echo allow');
    assert.equal(run(`${one.shims}:${other.shims}:${one.path}`, ['x'], { CLAUDECODE: '1' }).stdout, '<x>|in');
    assert.deepEqual([await one.asked() !== undefined, await other.asked()], [true, undefined]);
  });

  test('passes a link to itself', async (context) => {
    const { path, folder, shims } = await stage(context, 'echo allow');
    await mkdir(join(folder, 'bin'));
    await symlink(join(shims, 'gone'), join(folder, 'bin', 'gone'));
    assert.equal(run(`${join(folder, 'bin')}:${path}`, ['x']).stdout, '<x>|in');
  });

  test('a program called by a script is found through the shim too', async (context) => {
    const { path, asked } = await stage(context, 'echo allow');
    assert.equal(run(path, ['-c', 'gone nested'], { CLAUDECODE: '1' }, true).stdout, '<nested>|in');
    assert.deepEqual(JSON.parse((await asked()) ?? ''), { argv: ['gone', 'nested'], cwd: '/' });
  });

  test('says so when there is none', async (context) => {
    const { shims } = await stage(context, 'echo allow');
    assert.deepEqual(run(`${shims}:/usr/bin:/bin`, ['x']), { stdout: '', stderr: 'gone: command not found\n', status: 127 });
  });
});

suite('the folder of shims', () => {
  test('loses what is no longer covered and keeps what is not ours', async (context) => {
    const { shims, folder } = await stage(context, 'exit 1');
    await writeFile(join(shims, 'notes'), 'mine');
    await writeShims(shims, ['other', 'not/a program', '..'].map((program) => ({ program })), join(folder, 'launcher'));
    assert.deepEqual((await readdir(shims)).toSorted((a, b) => a.localeCompare(b)), ['.interlock-shims', 'notes', 'other']);
  });

  test('a name that is no program’s makes no script', () => {
    for (const name of ['', '../x', 'a b', "a'b", '-x']) assert.throws(() => shimScript({ program: name }, '/l'), RangeError);
  });
});

suite('words as a command', () => {
  test('any words come back from a shell as they were', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (args) => {
        const { stdout } = spawnSync('/bin/sh', ['-c', `show() { printf '%s\\0' "$@"; }; show ${quoteWords(['x', ...args])}`], { encoding: 'utf8' });
        assert.deepEqual(stdout.split('\0').slice(0, -1), ['x', ...args]);
      }),
      { numRuns: 60 },
    );
  });

  const call = (payload: string): Parameters<typeof adapter.decode>[0] => ({ payload, env: { A: '1' }, cwd: '/' });

  test('the adapter gives the command as an action', () => {
    assert.deepEqual(adapter.decode(call('{"argv":["rm","-rf","a b"],"cwd":"/w"}')), {
      kind: 'action',
      event: 'exec',
      shown: false,
      action: { tool: 'shell', shell: 'bash', command: "rm -rf 'a b'", agent: 'shell', session: '', cwd: '/w', workspaceRoots: [], env: { A: '1' } },
    });
  });

  test('a line of a shell is taken as it is written', () => {
    assert.deepEqual(adapter.decode(call('{"line":"/bin/rm -rf $x","cwd":"/w"}')), {
      kind: 'action',
      event: 'exec',
      shown: false,
      action: { tool: 'shell', shell: 'bash', command: '/bin/rm -rf $x', agent: 'shell', session: '', cwd: '/w', workspaceRoots: [], env: { A: '1' } },
    });
  });

  for (const [danger, payload] of [
    ['nothing', ''],
    ['no JSON', 'rm -rf /'],
    ['no words', '{"argv":[],"cwd":"/"}'],
    ['a word that is no text', '{"argv":["rm",1],"cwd":"/"}'],
    ['no folder', '{"argv":["rm"]}'],
    ['a line that is not UTF-8', '{"line":"rm \uFFFD","cwd":"/"}'],
    ['a name that is not UTF-8', '{"argv":["rm","\uFFFD"],"cwd":"/"}'],
  ] as const) {
    test(`${danger} is refused`, () => {
      assert.throws(() => adapter.decode(call(payload)), UnreadablePayload);
    });
  }

  test('only the word that means yes is given for yes', () => {
    assert.deepEqual(adapter.encode({ decision: 'allow' }, 'exec'), { stdout: 'allow\n', stderr: '', exitCode: 0 });
    assert.deepEqual(adapter.encode({ decision: 'deny', toAgent: 'no', toPerson: 'no' }, undefined), { stdout: '', stderr: 'no\n', exitCode: 2 });
  });
});
