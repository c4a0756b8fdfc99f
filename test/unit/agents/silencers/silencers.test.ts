import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adapter as codex } from '../../../../src/agents/codex.ts';
import { trustHash } from '../../../../src/agents/silencers/codex.ts';
import type { Silence, Surroundings } from '../../../../src/agents/silencers/silencer.ts';
import { silencers } from '../../../../src/agents/silencers/table.ts';

const home = '/home/dev';
const folder = '/work/shop';

/** A machine with these files, editor settings and variables, and nothing else. */
function around(files: Readonly<Record<string, string>>, more: { readonly settings?: Readonly<Record<string, unknown>>; readonly env?: Readonly<Record<string, string>> } = {}): Surroundings {
  return {
    home,
    folders: [folder],
    platform: 'linux',
    env: more.env ?? {},
    read: (file) => files[file],
    list: (of) => Object.keys(files).filter((file) => file.startsWith(`${of}/`)).map((file) => file.slice(of.length + 1)),
    setting: (id) => more.settings?.[id],
  };
}

function silences(agent: string, ...given: Parameters<typeof around>): readonly Silence[] {
  return silencers[agent]?.(around(...given)) ?? [];
}

const off = '{ "disableAllHooks": true }';
const launcher = '/home/dev/.interlock/hook';
const hooks = codex.installation(home).install(undefined, launcher);
const [hook = { start: { line: '' } }] = codex.installation(home).hooks?.(hooks, launcher) ?? [];
const command = 'line' in hook.start ? hook.start.line : '';
const hash = trustHash({ command, timeout: 600 }, '*');
const outputHash = trustHash({ command, timeout: 60 }, '*', 'PostToolUse');
const outputTrusted = `[hooks.state."${home}/.codex/hooks.json:post_tool_use:0:0"]\ntrusted_hash = "${outputHash}"\n`;
const trusted = (hash: string, more = ''): string => `${outputTrusted}[hooks.state."${home}/.codex/hooks.json:pre_tool_use:0:0"]\ntrusted_hash = "${hash}"\n${more}`;
const codexFiles = (config: string): Readonly<Record<string, string>> => ({ [`${home}/.codex/hooks.json`]: hooks, [`${home}/.codex/config.toml`]: config });

const cases: readonly (readonly [agent: string, what: string, around: Parameters<typeof around>, expected: RegExp | undefined])[] = [
  ['claude-code', 'nothing', [{}], undefined],
  ['claude-code', 'the person’s settings', [{ [`${home}/.claude/settings.json`]: off }], /disableAllHooks is true in \/home\/dev\/\.claude\/settings\.json/],
  ['claude-code', 'the project’s settings', [{ [`${folder}/.claude/settings.json`]: off }], /\/work\/shop\/\.claude\/settings\.json/],
  ['claude-code', 'the project’s own local settings', [{ [`${folder}/.claude/settings.local.json`]: off }], /settings\.local\.json/],
  ['claude-code', 'an organisation', [{ '/etc/claude-code/managed-settings.json': '{"allowManagedHooksOnly": true}' }], /Your organisation allows its own hooks only/],
  ['claude-code', 'a drop-in of an organisation', [{ '/etc/claude-code/managed-settings.d/10-x.json': off }], /managed-settings\.d\/10-x\.json/],
  ['claude-code', 'a switch that is off', [{ [`${home}/.claude/settings.json`]: '{ "disableAllHooks": false }' }], undefined],
  ['claude-code', 'a switch of another kind', [{ [`${home}/.claude/settings.json`]: '{ "disableAllHooks": "true" }' }], undefined],
  ['claude-code', 'text that is no JSON', [{ [`${home}/.claude/settings.json`]: 'disableAllHooks: true' }], undefined],
  ['claude-code', 'settings that are elsewhere', [{}, { env: { CLAUDE_CONFIG_DIR: '/elsewhere' } }], /CLAUDE_CONFIG_DIR is set/],
  ['claude-code', 'a variable that says the usual place', [{}, { env: { CLAUDE_CONFIG_DIR: `${home}/.claude` } }], undefined],
  ['copilot', 'a repository', [{ [`${folder}/.github/copilot/settings.json`]: off }], /\.github\/copilot\/settings\.json/],
  ['copilot', 'Claude Code’s settings in a repository', [{ [`${folder}/.claude/settings.json`]: off }], /\.claude\/settings\.json/],
  ['copilot', 'a setting of the editor', [{}, { settings: { 'chat.useHooks': false } }], /chat\.useHooks is off/],
  ['copilot', 'the places the editor looks at', [{}, { settings: { 'chat.hookFilesLocations': { '~/.copilot/hooks': false } } }], /leaves out ~\/\.copilot\/hooks/],
  ['copilot', 'settings as they come', [{}, { settings: { 'chat.useHooks': true, 'chat.hookFilesLocations': { '.github/hooks': true } } }], undefined],
  ['gemini-cli', 'the project', [{ [`${folder}/.gemini/settings.json`]: '{ "hooksConfig": { "enabled": false } }' }], /hooksConfig\.enabled is false in \/work\/shop/],
  ['gemini-cli', 'the name of our hook', [{ [`${home}/.gemini/settings.json`]: '{ "hooksConfig": { "disabled": ["other", "interlock"] } } // x' }], /names Interlock’s hook/],
  ['gemini-cli', 'the name of another hook', [{ [`${home}/.gemini/settings.json`]: '{ "hooksConfig": { "disabled": ["other"] } }' }], undefined],
  ['qwen-code', 'the project', [{ [`${folder}/.qwen/settings.json`]: off }], /\/work\/shop\/\.qwen\/settings\.json/],
  ['qwen-code', 'the machine', [{ '/etc/qwen-code/settings.json': off }], /\/etc\/qwen-code/],
  ['codex', 'a hook nobody approved', [codexFiles('model = "x"')], /type \/hooks in Codex once and approve it/],
  ['codex', 'a hook that was approved otherwise', [codexFiles(trusted('sha256:00'))], /approve it again/],
  ['codex', 'nothing where it is approved', [codexFiles(trusted(hash))], undefined],
  ['codex', 'nothing where the table is written in line', [codexFiles(`[hooks.state]\n"${home}/.codex/hooks.json:pre_tool_use:0:0" = { trusted_hash = "${hash}", enabled = true }\n"${home}/.codex/hooks.json:post_tool_use:0:0" = { trusted_hash = "${outputHash}" }`)], undefined],
  ['codex', 'outputs whose hook nobody approved', [codexFiles(trusted(hash).replace(outputTrusted, ''))], /approve it/],
  ['codex', 'a hook that is switched off', [codexFiles(trusted(hash, 'enabled = false'))], /switched off/],
  ['codex', 'approval of another place', [codexFiles(trusted(hash).replace('pre_tool_use:0:0', 'pre_tool_use:1:0'))], /approve it/],
  ['codex', 'the feature', [codexFiles(`${trusted(hash)}[features]\nhooks = false`)], /features\.hooks is false/],
  ['codex', 'an organisation', [{ ...codexFiles(trusted(hash)), '/etc/codex/requirements.toml': 'allow_managed_hooks_only = true' }], /allow_managed_hooks_only/],
  ['codex', 'settings that are no TOML', [codexFiles('= = =')], /approve it/],
  ['amp', 'a variable', [{}, { env: { PLUGINS: 'off' } }], /PLUGINS is set to off, so no plugin is loaded\. Start it without PLUGINS\.$/],
  ['amp', 'nothing where all plugins are asked for', [{}, { env: { PLUGINS: 'all' } }], undefined],
  ['amp', 'settings that are elsewhere', [{}, { env: { XDG_CONFIG_HOME: '/elsewhere' } }], /XDG_CONFIG_HOME is set, so it reads its settings from \/elsewhere and not from \/home\/dev\/\.config/],
  ['antigravity', 'a file in the wrong place', [{ [`${home}/.gemini/hooks.json`]: '{}' }], /loads \/home\/dev\/\.gemini\/hooks\.json and runs none of its hooks.* Move what it holds/],
  ['antigravity', 'a set of the same name in a project', [{ [`${folder}/.agents/hooks.json`]: '{ "interlock": { "enabled": false } }' }], /\/work\/shop\/\.agents\/hooks\.json has hooks under the name “interlock”/],
  ['antigravity', 'nothing where a project has hooks of its own', [{ [`${folder}/_agents/hooks.json`]: '{ "lint": { "enabled": false } }', [`${home}/.gemini/config/hooks.json`]: '{}' }], undefined],
  ['cline', 'settings that are elsewhere', [{}, { env: { CLINE_DIR: '/elsewhere' } }], /CLINE_DIR is set, so it reads its settings from \/elsewhere/],
  ['cline', 'nothing where another folder has more hooks', [{}, { env: { CLINE_HOOKS_DIR: '/elsewhere' } }], undefined],
  ['devin', 'settings that are elsewhere', [{}, { env: { XDG_CONFIG_HOME: '/elsewhere' } }], /XDG_CONFIG_HOME is set/],
  ['devin', 'nothing where they are in the usual place', [{}, { env: { XDG_CONFIG_HOME: `${home}/.config` } }], undefined],
  ['devin', 'nothing where the usual place ends with a slash', [{}, { env: { XDG_CONFIG_HOME: `${home}/.config/` } }], undefined],
  ['droid', 'the person’s settings', [{ [`${home}/.factory/settings.json`]: '{ "hooksDisabled": true } // x' }], /hooksDisabled is true in \/home\/dev\/\.factory\/settings\.json.* Type \/hooks in Droid/],
  ['droid', 'a switch among the hooks', [{ [`${home}/.factory/settings.json`]: '{ "hooks": { "hooksDisabled": true } }' }], /hooksDisabled is true/],
  ['droid', 'a switch in the file of hooks', [{ [`${folder}/.factory/hooks.json`]: '{ "hooksDisabled": true, "PreToolUse": [] }' }], /\/work\/shop\/\.factory\/hooks\.json/],
  ['droid', 'the project’s own local settings', [{ [`${folder}/.factory/settings.local.json`]: '{ "hooksDisabled": true }' }], /settings\.local\.json/],
  ['droid', 'an organisation', [{ '/etc/factory/settings.json': '{ "allowManagedHooksOnly": true }' }], /Your organisation allows its own hooks only \(allowManagedHooksOnly in \/etc\/factory\/settings\.json\)\. Ask it/],
  ['droid', 'nothing where a person writes the organisation’s key', [{ [`${home}/.factory/settings.json`]: '{ "allowManagedHooksOnly": true, "hooksDisabled": false }' }], undefined],
  ['droid', 'a home that is elsewhere', [{}, { env: { FACTORY_HOME_OVERRIDE: '/elsewhere' } }], /FACTORY_HOME_OVERRIDE is set/],
  ['grok', 'settings that are elsewhere', [{}, { env: { GROK_HOME: '/elsewhere' } }], /GROK_HOME is set/],
  ['kilo', 'a variable', [{}, { env: { KILO_PURE: '1' } }], /KILO_PURE is set to 1, so no plugin is loaded/],
  ['kilo', 'nothing where the variable is off', [{}, { env: { KILO_PURE: '0', OPENCODE_PURE: '1' } }], undefined],
  ['kiro', 'settings that are elsewhere, for its command line', [{}, { env: { KIRO_HOME: '/elsewhere' } }], /KIRO_HOME is set, so its command line reads its settings from \/elsewhere/],
  ['opencode', 'a variable', [{}, { env: { OPENCODE_PURE: 'TRUE' } }], /OPENCODE_PURE is set to true/],
  ['opencode', 'settings that are elsewhere', [{}, { env: { XDG_CONFIG_HOME: '/elsewhere' } }], /XDG_CONFIG_HOME is set/],
];

describe('hooks are silenced by', () => {
  for (const [agent, what, given, expected] of cases) {
    test(`${agent}: ${what}`, () => {
      const found = silences(agent, ...given);
      if (expected === undefined) assert.deepEqual(found, []);
      else {
        assert.equal(found.length, 1);
        assert.match(found[0]?.why ?? '', expected);
      }
    });
  }

  test('what an administrator disables silences managed hooks too, what a person disables does not', () => {
    assert.equal(silences('claude-code', { '/etc/claude-code/managed-settings.json': off })[0]?.managedToo, true);
    assert.equal(silences('claude-code', { [`${home}/.claude/settings.json`]: off })[0]?.managedToo, undefined);
  });
});

describe('the hash Codex asks for', () => {
  /** As `hooks/list` of the app server of Codex 0.169.0 has given them for these entries. */
  const recorded: readonly (readonly [matcher: string, command: string, hash: string])[] = [
    ['Bash', 'true', 'sha256:39057ebd30cc98418da09c661f1ff844e076ba83820ea7f8a14b085993f1a440'],
    ['*', "'/tmp/cx/home/.interlock/hook' codex", 'sha256:2d869361c5c6041c49157f8df1eba810460436c92417c31cd1c52fe57b188e34'],
  ];
  for (const [matcher, command, hash] of recorded) test(`of ${command}`, () => assert.equal(trustHash({ command, timeout: 600 }, matcher), hash));
});
