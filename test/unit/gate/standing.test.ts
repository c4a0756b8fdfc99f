import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Adapter } from '../../../src/agents/adapter.ts';
import { adapters } from '../../../src/agents/all.ts';
import { proveAlive } from '../../../src/gate/canary.ts';
import { type Standing, standingOf, surroundingsHere } from '../../../src/gate/standing.ts';
import { buildPrograms, guardedHome, type Home } from './installed-home.ts';

let built: ReturnType<typeof buildPrograms>;
before(() => {
  built = buildPrograms();
});
after(() => built.remove());

/** What keeps an agent from running its hooks: files under the home folder or under the project's (`shop/…`), or variables. */
interface Silenced {
  readonly file?: readonly [path: string, text: string];
  readonly env?: Readonly<Record<string, string>>;
  readonly why: RegExp;
}

/** One for each agent that knows such a thing. */
const silencedBy: Readonly<Record<string, Silenced>> = {
  amp: { env: { PLUGINS: 'off' }, why: /no plugin is loaded/ },
  antigravity: { file: ['.gemini/hooks.json', '{}'], why: /runs none of its hooks/ },
  'claude-code': { file: ['shop/.claude/settings.local.json', '{"disableAllHooks":true}'], why: /disableAllHooks/ },
  cline: { env: { CLINE_DIR: '/elsewhere' }, why: /CLINE_DIR/ },
  codex: { file: ['.codex/config.toml', 'model = "x"'], why: /approve it/ },
  copilot: { file: ['shop/.github/copilot/settings.json', '{"disableAllHooks":true}'], why: /disableAllHooks/ },
  devin: { env: { XDG_CONFIG_HOME: '/elsewhere' }, why: /XDG_CONFIG_HOME/ },
  droid: { file: ['shop/.factory/settings.json', '{"hooksDisabled":true}'], why: /hooksDisabled/ },
  'gemini-cli': { file: ['shop/.gemini/settings.json', '{"hooksConfig":{"enabled":false}}'], why: /hooksConfig\.enabled/ },
  grok: { env: { GROK_HOME: '/elsewhere' }, why: /GROK_HOME/ },
  kilo: { env: { KILO_PURE: '1' }, why: /KILO_PURE/ },
  kiro: { env: { KIRO_HOME: '/elsewhere' }, why: /KIRO_HOME/ },
  opencode: { env: { OPENCODE_PURE: '1' }, why: /OPENCODE_PURE/ },
  'qwen-code': { file: ['shop/.qwen/settings.json', '{"disableAllHooks":true}'], why: /disableAllHooks/ },
};

/** Codex runs no hook until its person has approved it, so that it begins silenced. */
const unapproved = new Set(['codex']);

function look(adapter: Adapter, { home, state }: Home, env: Readonly<Record<string, string>> = {}): Promise<Standing> {
  const shop = join(home, 'shop');
  const around = { ...surroundingsHere({ home, folders: [shop], setting: () => undefined }), env };
  return standingOf(adapter, { home, state, around, now: () => 7, prove: (given, place) => proveAlive({ adapter: given, place, platform: state.platform, env: { PATH: '/usr/bin:/bin', HOME: home }, cwd: shop, limit: 30_000 }) });
}

for (const adapter of adapters.filter(({ traces }) => traces.length > 0)) {
  describe(`the standing of ${adapter.title}`, () => {
    test('is guarded after its hooks have answered, and not when they are edited away, cannot be run or are not run', async () => {
      const place = await guardedHome(built.dist, [adapter]);
      try {
        const { file } = adapter.installation(place.home);
        const text = readFileSync(file, 'utf8');
        for (const path of ['shop', ...adapter.traces.slice(0, 1)].map((name) => join(place.home, name))) if (!existsSync(path)) mkdirSync(path, { recursive: true });
        if (!unapproved.has(adapter.id)) assert.deepEqual(await look(adapter, place), { state: 'guarded', provedAt: 7 });

        const silenced = silencedBy[adapter.id];
        if (silenced !== undefined) {
          const [path, content] = silenced.file ?? [];
          if (path !== undefined) {
            mkdirSync(dirname(join(place.home, path)), { recursive: true });
            writeFileSync(join(place.home, path), content ?? '');
          }
          const standing = await look(adapter, place, silenced.env);
          assert.equal(standing.state, 'silenced');
          assert.match(standing.by.map(({ why }) => why).join('\n'), silenced.why);
          if (path !== undefined) rmSync(join(place.home, path));
        }

        writeFileSync(file, text.replaceAll('.interlock/hook', '.interlock/hoak'));
        assert.equal((await look(adapter, place)).state, 'found');
        writeFileSync(file, text);

        rmSync(place.state.launcher);
        const dead = await look(adapter, place);
        assert.equal(dead.state, 'not alive');
        assert.match(dead.why, /could not be started|refuses everything/);
      } finally {
        place.remove();
      }
    });
  });
}
