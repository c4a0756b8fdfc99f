import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { hookLine, SHARED_LAUNCHER } from '../../../src/agents/hook-line.ts';
import { proveAlive } from '../../../src/gate/canary.ts';
import { areHooksInstalledAt, installHooksAt, managedPlace, projectPlace, uninstallHooksAt, type HookPlace } from '../../../src/gate/install.ts';
import { startGate } from '../../../src/gate/server.ts';
import { agents, buildPrograms, guardedHome, textOf } from './installed-home.ts';
import { services, TestAsker } from './gate-fixture.ts';

let built: ReturnType<typeof buildPrograms>;
before(() => {
  built = buildPrograms();
});
after(() => built.remove());

interface Case {
  readonly when: string;
  readonly home: (home: string) => void;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: RegExp;
}

function launcher(text: string): (home: string) => void {
  return (home) => {
    mkdirSync(join(home, '.interlock', 'bin'), { recursive: true });
    writeFileSync(join(home, '.interlock', 'hook'), `#!/bin/sh\n${text}\n`);
    chmodSync(join(home, '.interlock', 'hook'), 0o700);
  };
}

const cases: readonly Case[] = [
  { when: 'a colleague does not have Interlock', home: () => undefined, code: 0, stdout: '{}\n', stderr: /not installed on this machine, so nothing guards/ },
  { when: 'it was uninstalled and left its journal', home: (home) => mkdirSync(join(home, '.interlock', 'journal'), { recursive: true }), code: 0, stdout: '{}\n', stderr: /not installed/ },
  { when: 'the launcher allows', home: launcher('cat >/dev/null; echo "{}"'), code: 0, stdout: '{}\n', stderr: /^$/ },
  { when: 'the launcher refuses', home: launcher('echo "no: $1" >&2; exit 2'), code: 2, stdout: '', stderr: /^no: cursor$/m },
  { when: 'the launcher is missing', home: (home) => mkdirSync(join(home, '.interlock', 'bin'), { recursive: true }), code: 2, stdout: '', stderr: /launcher of Interlock is missing/ },
  { when: 'the launcher may not be executed', home: (home) => { launcher('echo "{}"')(home); chmodSync(join(home, '.interlock', 'hook'), 0o600); }, code: 2, stdout: '', stderr: /launcher of Interlock is missing/ },
  { when: 'the launcher crashes', home: launcher('exit 1'), code: 2, stdout: '', stderr: /ended without an answer/ },
  { when: 'the launcher is killed', home: launcher('kill -9 $$'), code: 2, stdout: '', stderr: /ended without an answer/ },
];

/** `sh`, `bash` as agents call it, and a login shell. */
const shells: readonly (readonly string[])[] = [['/bin/sh', '-c'], ['bash', '-c'], ['bash', '-lc']];

describe('the line of a shared file', () => {
  for (const shell of shells) {
    for (const { when, home: prepare, code, stdout, stderr } of cases) {
      test(`${shell.join(' ')}: ends with ${code} when ${when}`, () => {
        const home = mkdtempSync(join(tmpdir(), "il é' "));
        try {
          prepare(home);
          const [program = '', ...args] = shell;
          const ended = spawnSync(program, [...args, hookLine(SHARED_LAUNCHER, 'cursor', 'unknown')], { input: '{"x":1}', encoding: 'utf8', env: { HOME: home, PATH: '/usr/bin:/bin' } });
          assert.deepEqual([ended.status, ended.stdout], [code, stdout], ended.stderr);
          assert.match(ended.stderr, stderr);
        } finally {
          rmSync(home, { recursive: true, force: true, maxRetries: 5 });
        }
      });
    }
  }
});

describe('hooks for everybody', () => {
  for (const adapter of agents.filter(({ project }) => project)) {
    test(`${adapter.title}: in a project they answer, name no path of the machine and are taken out again byte for byte`, async () => {
      const { home, state, remove } = await guardedHome(built.dist, []);
      const gate = await startGate({ state, folders: () => [], focused: () => true, services: services({ adapters: agents, asker: new TestAsker('deny') }) });
      try {
        const folder = join(home, 'shop');
        const place = projectPlace(adapter, folder) as HookPlace;
        const { file } = place.installation;
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, '{\n  "hooks": {}\n}\n');
        await installHooksAt(place, state);
        assert.equal(textOf(file)?.includes(home), false);
        assert.equal(await areHooksInstalledAt(place), true);
        const life = await proveAlive({ adapter, place, platform: 'posix', env: { PATH: '/usr/bin:/bin', HOME: home }, cwd: folder, limit: 60_000 });
        assert.deepEqual(life, { alive: true, by: 'editor' });
        await uninstallHooksAt(place, state);
        assert.equal(textOf(file), '{\n  "hooks": {}\n}\n');
      } finally {
        await gate.close();
        remove();
      }
    });
  }

  const files: readonly (readonly [agent: string, platform: NodeJS.Platform, file: string])[] = [
    ['claude-code', 'linux', '/etc/claude-code/managed-settings.d/interlock.json'],
    ['claude-code', 'darwin', '/Library/Application Support/ClaudeCode/managed-settings.d/interlock.json'],
    ['claude-code', 'win32', 'C:\\Program Files\\ClaudeCode\\managed-settings.d\\interlock.json'],
    ['cursor', 'linux', '/etc/cursor/hooks.json'],
    ['cursor', 'darwin', '/Library/Application Support/Cursor/hooks.json'],
    ['copilot', 'darwin', '/etc/github-copilot/policy.d/interlock.json'],
  ];
  for (const [agent, platform, file] of files) {
    test(`an administrator writes those of ${agent} on ${platform} to ${file}`, () => {
      const adapter = agents.find(({ id }) => id === agent);
      assert.equal(adapter && managedPlace(adapter, platform)?.installation.file, file);
    });
  }
});
