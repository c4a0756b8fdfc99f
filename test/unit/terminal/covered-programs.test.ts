import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { rules } from '../../../src/core/rules/all.ts';
import { coveredPrograms } from '../../../src/terminal/covered-programs.ts';
import { installedPrograms } from '../../../src/terminal/installed-programs.ts';
import { shimScript } from '../../../src/terminal/shims.ts';
import { verdictOn } from '../core/rule-cases.ts';

const covered = coveredPrograms();
const withHarmless = covered.filter(({ harmless }) => harmless !== undefined);
const corpus = rules.flatMap(({ cases }) => [...cases.caught.map(({ command }) => command), ...cases.passes]);
const words = [...new Set(corpus.flatMap((command) => command.split(/\s+/)))].filter((word) => word !== '');

/** Those of the calls that the program's own shim lets pass without asking, found out by running its test in a shell. */
function passing(program: string, calls: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const one = covered.find((each) => each.program === program);
  assert.ok(one);
  const script = shimScript(one, '/launcher');
  const [, test = ''] = script.split('|| exec "$_interlock_real" "$@"\n');
  const [quick = ''] = test.split('\n_interlock_json()');
  assert.match(quick, /exec "\$_interlock_real" "\$[@1]"/);
  const body = calls.map((call, at) => `set -- ${call.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')}\ncheck ${at} "$@"`).join('\n');
  const tested = quick.replaceAll(/exec "\$_interlock_real" "\$[@1]"/g, 'echo $at');
  const { stdout, status } = spawnSync('/bin/sh', [], { input: `check() {\nat=$1\nshift\n${tested}\n}\n${body}\n:\n`, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(status, 0);
  return stdout.split('\n').filter(Boolean).map((at) => calls[Number(at)] ?? []);
}

function assertHarmless(program: string, calls: readonly (readonly string[])[]): number {
  const passed = passing(program, calls);
  for (const call of passed) {
    const command = [program, ...call].join(' ');
    for (const sighted of [false, true]) {
      const { decision, findings } = verdictOn(command, sighted);
      assert.equal(decision, 'allow', `${command} passes the shim, and is held by ${findings.map(({ rule }) => rule).join(', ')}`);
    }
  }
  return passed.length;
}

describe('what passes a shim without asking would be allowed', () => {
  for (const { program, harmless } of withHarmless) {
    const starts = harmless !== undefined && 'first' in harmless ? harmless.first : ['.'];
    const own = corpus.filter((command) => command.startsWith(`${program} `)).map((command) => command.split(/\s+/).slice(1));
    test(`${program}: its own cases, as they are and after each harmless word`, () => {
      assertHarmless(program, own);
      assert.ok(assertHarmless(program, starts.flatMap((start) => [[start], ...own.map((call) => [start, ...call])])) >= starts.length);
    });
    test(`${program}: any words`, () => {
      const call = fc.tuple(fc.constantFrom(...starts), fc.array(fc.constantFrom(...words), { maxLength: 3 })).map(([start, rest]) => [start, ...rest]);
      fc.assert(fc.property(fc.array(call, { minLength: 40, maxLength: 40 }), (calls) => void assertHarmless(program, calls)), { numRuns: 8 });
    });
  }
  test('every program: its version and its help', () => {
    for (const one of covered) {
      if (!shimScript(one, '/launcher').includes('---version')) continue;
      for (const word of ['--version', '--help']) assert.equal(verdictOn(`${one.program} ${word}`).decision, 'allow', `${one.program} ${word}`);
    }
  });
});

describe('which programs have a shim', () => {
  test('those with rules, and those by which another leaves an agent’s environment', () => {
    const names = covered.map(({ program }) => program);
    for (const program of ['rm', 'git', 'terraform', 'kubectl', 'curl', 'env', 'sudo', 'busybox']) assert.ok(names.includes(program), program);
    assert.equal(new Set(names).size, names.length);
  });

  test('only what is installed, and not what only a folder of shims has', async (context) => {
    const home = await mkdtemp(join(tmpdir(), 'interlock-home-'));
    context.after(() => rm(home, { recursive: true, force: true }));
    const put = async (path: string): Promise<void> => {
      await mkdir(join(home, path, '..'), { recursive: true });
      await writeFile(join(home, path), '', { mode: 0o755 });
    };
    await put('.cargo/bin/il-home');
    await put('tools/il-path');
    await put('shims/.interlock-shims');
    await put('shims/il-shim');
    const found = await installedPrograms(['il-home', 'il-path', 'il-shim', 'il-none', 'sh'].map((program) => ({ program })), { HOME: home, PATH: `${join(home, 'tools')}:${join(home, 'shims')}:relative:` });
    assert.deepEqual(found.map(({ program }) => program), ['il-home', 'il-path', 'sh']);
  });
});
