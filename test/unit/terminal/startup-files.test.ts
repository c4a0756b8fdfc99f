import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { shellFiles, shellVariables, writeStartupFiles } from '../../../src/terminal/startup-files.ts';

const files = shellFiles('/home/dev/.interlock', '/home/dev/.interlock/hook');

describe('the variables of a terminal', () => {
  const ours = { BASH_ENV: '/home/dev/.interlock/shell/bash-env', ENV: '/home/dev/.interlock/shell/env', ZDOTDIR: '/home/dev/.interlock/shell/zsh' };
  const cases: readonly [string, Record<string, string>, Record<string, string>][] = [
    ['where there were none', {}, ours],
    ['hand on what was there', { BASH_ENV: '/etc/mine', ENV: '/etc/shrc', ZDOTDIR: '/home/dev/z' }, { ...ours, INTERLOCK_BASH_ENV: '/etc/mine', INTERLOCK_ENV: '/etc/shrc', INTERLOCK_ZDOTDIR: '/home/dev/z' }],
    ['where they are there already', ours, ours],
    ['where they are there already and hand something on', { ...ours, INTERLOCK_BASH_ENV: '/etc/mine' }, { ...ours, INTERLOCK_BASH_ENV: '/etc/mine' }],
    ['that are empty', { BASH_ENV: '', ZDOTDIR: '' }, ours],
  ];
  test('leave bash and dash alone where their variables would run something', () => assert.deepEqual(shellVariables(shellFiles('/home/$(x)', '/h'), { BASH_ENV: '/etc/mine' }, false), { ZDOTDIR: '/home/$(x)/shell/zsh' }));
  for (const [name, env, wanted] of cases) test(name, () => assert.deepEqual(shellVariables(files, env, false), wanted));

  const fish = '/home/dev/.interlock/shell/fish';
  for (const [name, before, wanted] of [
    ['the usual ones', undefined, `${fish}:/usr/local/share:/usr/share`],
    ['those that were there', '/opt/share', `${fish}:/opt/share`],
    ['those that were there with ours', `/opt/share:${fish}`, `${fish}:/opt/share`],
  ] as const) {
    test(`have fish look in ours and in ${name}`, () => assert.equal(shellVariables(files, { XDG_DATA_DIRS: before }, true)['XDG_DATA_DIRS'], wanted));
  }
});

describe('what bash reads', () => {
  test('reads what the person had first, and asks nothing outside an agent’s shell', async (context) => {
    const root = await mkdtemp(join(tmpdir(), "interlock bash '$(x) "));
    context.after(() => rm(root, { recursive: true, force: true }));
    const place = shellFiles(root, join(root, 'launcher'));
    await writeStartupFiles(place, (path, text) => writeFile(path, text));
    await writeFile(join(root, 'mine'), 'echo mine');
    await writeFile(join(root, 'launcher'), `#!/bin/sh\ncat > '${join(root, 'asked').replaceAll("'", `'\\''`)}'; exit 2\n`, { mode: 0o755 });
    await writeFile(join(root, 'kept'), 'content');
    const plain = await mkdtemp(join(tmpdir(), 'interlock-bash-'));
    context.after(() => rm(plain, { recursive: true, force: true }));
    // Bash expands what stands in BASH_ENV itself.
    await writeFile(join(plain, 'env'), `. '${place.bash.replaceAll("'", `'\\''`)}'\n`);
    const run = (env: Record<string, string>): string => {
      const { stdout, status } = spawnSync('bash', ['-c', 'v=kept; echo "a\tb" > "$v"; echo ran'], { cwd: root, encoding: 'utf8', env: { PATH: '/usr/bin:/bin', SHLVL: '1', BASH_ENV: join(plain, 'env'), INTERLOCK_BASH_ENV: join(root, 'mine'), ...env } });
      return `${stdout}${status}`;
    };
    assert.equal(run({ AI_AGENT: '1' }), 'mine\n126');
    assert.deepEqual(JSON.parse(await readFile(join(root, 'asked'), 'utf8')), { line: 'echo "a\tb" > "$v"', cwd: root, separators: ' \t\n', arrays: 'bash', variables: { v: 'kept' } });
    assert.equal(await readFile(join(root, 'kept'), 'utf8'), 'content');
    assert.equal(run({}), 'mine\nran\n0');
  });
});
