import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import { blindWorld } from '../../src/core/world.ts';

type Call = readonly [server: string, name: string, given: Readonly<Record<string, unknown>>];

const decisionOn = ([server, name, given]: Call): string => decide({ tool: 'mcp', server, name, arguments: given, agent: 'test', session: '', cwd: '/home/dev/project', workspaceRoots: ['/home/dev/project'], env: { HOME: '/home/dev' } }, blindWorld(), defaultPolicy).decision;

/** Calls by the danger they are, or are not. */
function table(title: string, isHeld: boolean, calls: Readonly<Record<string, Call>>): void {
  describe(title, () => {
    for (const [what, call] of Object.entries(calls)) it(what, () => assert.equal(decisionOn(call) !== 'allow', isHeld));
  });
}

table('a button that deletes is held', true, {
  'pressed by its name': ['playwright', 'browser_click', { element: 'Delete project', ref: 'e12' }],
  'in another language': ['playwright', 'browser_click', { element: 'Schaltfläche Löschen', ref: 'e1' }],
  'on a screen': ['computer', 'computer', { action: 'left_click', coordinate: [1, 2], description: 'Terminate instance' }],
});

table('any other click passes', false, {
  'a link': ['playwright', 'browser_click', { element: 'Sign in', ref: 'e12' }],
  'a menu': ['playwright', 'browser_click', { element: 'Dropdown: region' }],
  'a place on a screen': ['computer', 'computer', { action: 'left_click', coordinate: [640, 480] }],
  'typing about deleting': ['playwright', 'browser_type', { element: 'Search box', text: 'how to delete a row' }],
  'looking': ['playwright', 'browser_snapshot', {}],
});

table('a new whole in place of a collection is held', true, {
  'environment variables': ['host', 'update_environment_variables', { serviceId: 's1', envVars: [{ key: 'A', value: '1' }], replace: true }],
  'a configuration': ['gateway', 'config.apply', { raw: '{}' }],
  'rules': ['firewall', 'replace_rules', { rules: [] }],
});

table('a change of single entries passes', false, {
  'one variable': ['host', 'update_environment_variables', { serviceId: 's1', envVars: [{ key: 'A', value: '1' }] }],
  'text in a file': ['editor', 'replace_text', { find: 'a', with: 'b' }],
  'a configuration read': ['gateway', 'config.get', {}],
  'a trial': ['gateway', 'config.apply', { raw: '{}', dryRun: true }],
});
