import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import * as z from 'zod/mini';
import * as ids from '../../src/ids.ts';
import { markColors } from '../../src/editor/file-decoration.ts';
import { readSettings } from '../../src/editor/settings.ts';

/** The oldest editor that Cursor still ships to people: an extension that asks for more cannot be installed there. */
const CURSOR_BASE = [1, 105, 0] as const;

const Command = z.object({ command: z.string(), category: z.string(), title: z.string() });
const Setting = z.looseObject({ scope: z.enum(['application', 'machine', 'window', 'resource']), markdownDescription: z.string(), default: z.unknown(), order: z.number(), type: z.string() });
const MenuItem = z.object({ command: z.string(), when: z.optional(z.string()) });
const Manifest = z.looseObject({
  engines: z.object({ vscode: z.string() }),
  activationEvents: z.array(z.string()),
  capabilities: z.object({ untrustedWorkspaces: z.object({ supported: z.literal('limited'), description: z.string(), restrictedConfigurations: z.array(z.string()) }), virtualWorkspaces: z.object({ supported: z.literal('limited'), description: z.string() }) }),
  contributes: z.object({
    commands: z.array(Command),
    configuration: z.object({ properties: z.record(z.string(), Setting) }),
    viewsContainers: z.object({ activitybar: z.array(z.object({ id: z.string(), icon: z.string() })) }),
    views: z.record(z.string(), z.array(z.object({ id: z.string(), icon: z.string() }))),
    viewsWelcome: z.array(z.object({ view: z.string(), contents: z.string() })),
    customEditors: z.array(z.object({ viewType: z.string(), priority: z.enum(['default', 'option']), selector: z.array(z.object({ filenamePattern: z.string() })) })),
    colors: z.array(z.object({ id: z.string() })),
    menus: z.record(z.string(), z.array(MenuItem)),
    walkthroughs: z.array(z.object({ id: z.string(), steps: z.array(z.object({ id: z.string(), media: z.object({ markdown: z.string() }), completionEvents: z.array(z.string()) })) })),
  }),
});

const text = readFileSync('package.json', 'utf8');
const manifest = Manifest.parse(JSON.parse(text));
const { contributes } = manifest;
const nls = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync('package.nls.json', 'utf8')));
const commandIds: readonly string[] = Object.values(ids.commands);
const viewIds: readonly string[] = [ids.views.activity, ids.views.secrets, ids.views.coverage];
/** What the workbench provides for each view by itself. */
const focusCommands = viewIds.map((view) => `${view}.focus`);

function same(actual: readonly string[], expected: readonly string[]): void {
  assert.deepEqual(new Set(actual), new Set(expected));
  assert.equal(actual.length, expected.length);
}

suite('the manifest and the code name the same things', () => {
  test('commands', () => same(contributes.commands.map(({ command }) => command), commandIds));
  test('settings', () => same(Object.keys(contributes.configuration.properties), Object.values(ids.settings)));
  test('views', () => same(Object.values(contributes.views).flat().map(({ id }) => id), viewIds));
  test('the container', () => {
    assert.deepEqual(contributes.viewsContainers.activitybar.map(({ id }) => id), [ids.views.container]);
    assert.deepEqual(Object.keys(contributes.views), [ids.views.container]);
  });
  test('editors of files', () => same(contributes.customEditors.map(({ viewType }) => viewType), Object.values(ids.customEditors)));
  test('colours', () => same(contributes.colors.map(({ id }) => id), Object.values(markColors)));
  test('the walkthrough', () => assert.deepEqual(contributes.walkthroughs.map(({ id }) => id), [ids.walkthrough]));
  test('menus name commands', () => {
    for (const { command } of Object.values(contributes.menus).flat()) assert.ok(commandIds.includes(command), command);
  });
  test('conditions name context keys, views and tree items that exist', () => {
    const known = [...Object.values(ids.contextKeys), ...viewIds, ...Object.values(ids.treeItems), ...Object.values(ids.panels), 'view', 'viewItem', 'activeWebviewPanelId', 'false'] as readonly string[];
    for (const { when } of Object.values(contributes.menus).flat()) for (const word of when?.split(/ (?:==|&&) /) ?? []) assert.ok(known.includes(word.replace(/^!/, '')), word);
  });
  test('links in texts name commands', () => {
    for (const [, command = ''] of Object.values(nls).join('\n').matchAll(/\(command:([\w.]+)\)/g)) assert.ok([...commandIds, ...focusCommands].includes(command), command);
  });
  test('steps of the walkthrough end with commands and views that exist', () => {
    for (const event of contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))) {
      const [kind, id = ''] = event.split(':');
      assert.ok((kind === 'onCommand' ? commandIds : viewIds).includes(id), event);
    }
  });
});

suite('words', () => {
  test('every key of the manifest has a text and every text is used', () => {
    same([...new Set([...text.matchAll(/%([\w.]+)%/g)].map(([, key = '']) => key))], Object.keys(nls));
  });
  test('every string people read is a key', () => {
    const shown = [...text.matchAll(/"(title|description|markdownDescription|name|contextualTitle|contents|displayName)": "([^"]*)"/g)].map(([, , value]) => value);
    assert.deepEqual(shown.filter((value) => !value?.startsWith('%')), ['interlock', 'Interlock']);
  });
  test('one category', () => assert.deepEqual([...new Set(contributes.commands.map(({ category }) => category))], ['Interlock']));
  test('every setting is one sentence or more', () => {
    for (const { markdownDescription } of Object.values(contributes.configuration.properties)) assert.match(nls[markdownDescription.slice(1, -1)] ?? '', /\.$/);
  });
});

suite('safety', () => {
  test('a folder cannot set what weakens: everything but plain preferences is the person’s own', () => {
    const own = Object.entries(contributes.configuration.properties).filter(([, { scope }]) => scope === 'application' || scope === 'machine').map(([id]) => id);
    same(own, Object.values(ids.settings).filter((id) => id !== ids.settings.recentCount));
    same(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, own);
  });
  test('defaults are those of the code', () => {
    const defaults = readSettings((id) => contributes.configuration.properties[id]?.default);
    assert.deepEqual(defaults, readSettings(() => undefined));
  });
  test('it starts by itself and not before the editor', () => assert.deepEqual(manifest.activationEvents, ['onStartupFinished']));
  test('it installs in the oldest Cursor', () => {
    const version = manifest.engines.vscode.replace('^', '').split('.').map(Number);
    assert.deepEqual(version.length, 3);
    assert.ok(version.every(Number.isInteger));
    assert.ok((version[0] ?? 0) < CURSOR_BASE[0] || (version[0] === CURSOR_BASE[0] && (version[1] ?? 0) <= CURSOR_BASE[1]), manifest.engines.vscode);
  });
});

suite('the package', () => {
  const lines = readFileSync('.vscodeignore', 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  test('holds nothing that is not listed', () => {
    assert.equal(lines[0], '**');
    assert.ok(lines.slice(1).every((line) => line.startsWith('!') && !line.includes('**')));
  });
  test('lists the programs, the texts and the pictures', () => {
    same(lines.slice(1), ['!package.json', '!package.nls.json', '!README.md', '!CHANGELOG.md', '!LICENSE', '!dist/extension.js', '!dist/engine.js', '!dist/index-worker.js', '!dist/open-telemetry.js', '!dist/rules-*.js', '!dist/hook.js', '!dist/standby.js', '!dist/messenger.pl', '!dist/compile-engine.js', '!dist/cli.js', '!dist/uninstall.js', '!dist/THIRD-PARTY-NOTICES.txt', '!media/icon.png', '!media/activity-bar.svg', '!media/policy.schema.json', '!media/workspace-policy.schema.json', '!media/hidden-editor.js', '!media/hidden-editor.css', '!media/walkthrough/*.md', '!docs/policy.md', '!docs/open-telemetry.md', '!docs/rules/*.md']);
  });
  test('has every file the manifest names', () => {
    const named = [...text.matchAll(/"(media\/[\w./-]+)"/g)].map(([, path = '']) => path);
    assert.ok(named.length > 5);
    for (const path of named) assert.ok(existsSync(path), path);
  });
});
