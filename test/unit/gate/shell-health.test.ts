import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { shellHealth, shellHealthText } from '../../../src/gate/shell-health.ts';
import { locateState } from '../../../src/gate/state.ts';
import { writeShims } from '../../../src/terminal/shims.ts';
import { shellFiles, shellVariables, writeStartupFiles } from '../../../src/terminal/startup-files.ts';

describe('a shell that the doctor is run from', () => {
  let home = '';
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'il-shell-health-'));
    const state = locateState({}, home, 'posix');
    const files = shellFiles(state.root, state.launcher);
    await writeStartupFiles(files, (path, text) => writeFile(path, text));
    await writeShims(files.shims, ['rm', 'terraform'].map((program) => ({ program })), state.launcher);
  });
  after(() => rm(home, { recursive: true, force: true }));

  type Environment = Record<string, string | undefined>;
  const guarded = (): Environment => {
    const state = locateState({}, home, 'posix');
    const files = shellFiles(state.root, state.launcher);
    return { PATH: `${files.shims}:/usr/bin`, ...shellVariables(files, {}, true) };
  };
  const text = async (env: Environment, isAnswered = true): Promise<string> => shellHealthText(await shellHealth(locateState({}, home, 'posix'), env), isAnswered).join('\n');

  const agent = { CLAUDECODE: '1', AI_AGENT: 'x' };
  const cases: readonly (readonly [when: string, env: () => Environment, says: readonly RegExp[], wrong: number])[] = [
    ['an agent’s with all in force', () => ({ ...guarded(), ...agent }), [/ok {2}An agent’s shell, by CLAUDECODE, AI_AGENT/, /ok {2}2 stand-ins are first on PATH/, /ok {2}bash .*BASH_ENV/, /ok {2}zsh .*ZDOTDIR/, /ok {2}fish .*XDG_DATA_DIRS/, /ok {2}dash .*ENV/], 0],
    ['a person’s', guarded, [/-- {2}Your own shell/, /ok {2}2 stand-ins/], 0],
    ['a person’s zsh', () => ({ ...guarded(), ZDOTDIR: undefined }), [/-- {2}zsh reads no file of Interlock’s here: ZDOTDIR is not set/], 0],
    ['an agent’s whose ZDOTDIR is another', () => ({ ...guarded(), ...agent, ZDOTDIR: '/z' }), [/NO {2}zsh reads no file of Interlock’s: ZDOTDIR names something else\. Open a new terminal/], 1],
    ['one with a marker that is empty', () => ({ ...guarded(), CLAUDECODE: '' }), [/-- {2}Your own shell/], 0],
    ['one with folders before the stand-ins', () => ({ ...guarded(), PATH: `/a:/b:/c:/d:${guarded()['PATH']}` }), [/NO {2}2 stand-ins are on PATH after \/a, \/b, \/c, …, whose programs/], 1],
    ['one that made PATH anew', () => ({ ...guarded(), PATH: '/usr/bin' }), [/NO {2}None of the 2 stand-ins is on PATH\. Open a new terminal/], 1],
    ['one without BASH_ENV', () => ({ ...guarded(), BASH_ENV: undefined }), [/NO {2}bash reads no file of Interlock’s: BASH_ENV is not set/], 1],
    ['one outside the editor’s terminals', () => ({ PATH: '/usr/bin', ...agent }), [/^ {2}-- {2}The terminal guard is not in force here\. Set interlock\.terminalGuard\.enabled/], 0],
  ];
  for (const [when, env, says, wrong] of cases) {
    test(when, async () => {
      const said = await text(env());
      for (const part of says) assert.match(said, part);
      assert.equal(said.split('  NO  ').length - 1, wrong, said);
    });
  }

  test('an agent’s that no editor answers', async () => assert.match(await text({ ...guarded(), ...agent }, false), /NO {2}No editor answers from here/));
  test('one whose file is gone', async () => {
    await rm(guarded()['BASH_ENV'] ?? '');
    assert.match(await text(guarded()), /NO {2}bash finds no file where BASH_ENV says/);
  });
});

describe('a shell on Windows that the doctor is run from', () => {
  let home = '';
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'il-shell-health-'));
    await mkdir(join(home, 'shell'), { recursive: true });
    await writeShims(join(home, 'shims'), ['git', 'terraform'].map((program) => ({ program })), 'hook');
  });
  after(() => rm(home, { recursive: true, force: true }));

  const text = async (env: Readonly<Record<string, string>>): Promise<string> => shellHealthText(await shellHealth({ ...locateState({}, home, 'windows'), root: home }, env), true).join('\n');
  const agent = { CLAUDECODE: '1' };
  test('one whose guard is off', async () => assert.match(await text(agent), /^ {2}-- {2}The terminal guard is off\. Set interlock\.terminalGuard\.enabled/));
  test('a person’s', async () => {
    await writeFile(join(home, 'shell', 'interlock.ps1'), '');
    assert.match(await text({}), /^ {2}-- {2}Your own shell[^\n]*$/);
  });
  test('an agent’s whose PowerShell has read no profile', async () => assert.match(await text(agent), /^ {2}NO {2}An agent’s shell that nothing is asked about in\..*-NoProfile/));
  test('an agent’s with all in force', async () => assert.match(await text({ ...agent, INTERLOCK_POWERSHELL: '1', Path: `${join(home, 'shims').toUpperCase()};C:\\Windows` }), /ok {2}An agent’s shell.*\n.*ok {2}PowerShell asks.*\n.*ok {2}2 stand-ins are first on PATH/));
  test('an agent’s with folders before the stand-ins', async () => assert.match(await text({ ...agent, INTERLOCK_POWERSHELL: '1', PATH: `C:\\a;${join(home, 'shims')}` }), /NO {2}2 stand-ins are on PATH after C:\\a/));
});
