import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ShellAction } from '../../../src/core/action.ts';
import { isAgentTerminal } from '../../../src/editor/agent-terminals.ts';
import { AskedActions } from '../../../src/editor/asked-actions.ts';
import { finding, verdictOf } from '../gate/gate-fixture.ts';

const run = (command: string): ShellAction => ({ tool: 'shell', shell: 'bash', command, agent: 'x', session: '', cwd: '/w', workspaceRoots: ['/w'], env: {} });
const allowed = { decision: 'allow', by: 'person' } as const;
const destroy = verdictOf('ask', { findings: [finding('ask', { rule: 'terraform/destroy', paths: [] })] });

describe('what ran in a terminal was asked about', () => {
  const cases: readonly [string, string, string, number, boolean][] = [
    ['as it is', 'make clean', 'make clean ', 0, true],
    ['inside what the agent puts round it', 'make clean', 'cd /w && make clean; echo done', 0, true],
    ['as a program in it', 'terraform destroy', 'make clean', 0, true],
    ['not as something else', 'ls', 'make clean', 0, false],
    ['not as a program that started before it', 'terraform destroy', 'make clean', 1, false],
  ];
  for (const [name, asked, ran, since, covered] of cases) {
    test(name, () => {
      const actions = new AskedActions(() => 0);
      actions.note(run(asked), asked.startsWith('terraform') ? destroy : verdictOf('allow'), allowed);
      assert.equal(actions.covers(ran, destroy, since), covered);
    });
  }
  test('not any more after ten minutes', () => {
    let now = 0;
    const actions = new AskedActions(() => now);
    actions.note(run('make clean'), destroy, allowed);
    now = 10 * 60_000 + 1;
    assert.equal(actions.covers('make clean', destroy, 0), false);
  });
  test('not where it was refused', () => {
    const actions = new AskedActions(() => 0);
    actions.note(run('make clean'), destroy, { decision: 'deny', by: 'person' });
    assert.equal(actions.covers('make clean', destroy, 0), false);
    actions.note(run('rm a'), verdictOf('deny', { findings: [finding('deny', { paths: ['/w/a'] })] }), { decision: 'deny', by: 'verdict' });
    assert.equal(actions.explains('/w/a'), false);
  });
  test('not by the loss of something harmless', () => assert.equal(new AskedActions(() => 0).covers('ls', verdictOf('allow'), 0), false));
});

describe('a file that went was asked about', () => {
  const cases: readonly [string, Parameters<typeof finding>[1], string, boolean][] = [
    ['by its path', { paths: ['/w/a'] }, '/w/a', true],
    ['below a folder that goes whole', { paths: ['/w/a'], recursive: true }, '/w/a/b/c', true],
    ['in a repository that is changed', { paths: [], repository: { folder: '/w' } }, '/w/a', true],
    ['not in a repository whose remote is changed', { paths: [], repository: { folder: '/w', push: { refs: ['main'] } } }, '/w/a', false],
    ['not below a folder of which only itself is meant', { paths: ['/w/a'] }, '/w/a/b', false],
    ['not beside it', { paths: ['/w/a'], recursive: true }, '/w/ab', false],
  ];
  for (const [name, more, path, explained] of cases) {
    test(name, () => {
      const actions = new AskedActions(() => 0);
      actions.note(run('x'), verdictOf('keep', { findings: [finding('keep', more)] }), allowed);
      assert.equal(actions.explains(path), explained);
    });
  }
});

describe('an agent’s terminal', () => {
  const cases: readonly [string, Parameters<typeof isAgentTerminal>[0], boolean][] = [
    ['has its marker', { name: 'bash', env: { COPILOT_AGENT: '1' } }, true],
    ['has its name', { name: 'Roo Code' }, true],
    ['is none where the marker is empty', { name: 'bash', env: { CLAUDECODE: '' } }, false],
    ['is none where the marker is taken away', { name: 'bash', env: { CLAUDECODE: null } }, false],
    ['is none where a person named it', { name: 'my cline notes' }, false],
    ['is none by default', { name: 'zsh', env: { TERM_PROGRAM: 'vscode', CURSOR_TRACE_ID: 'x' } }, false],
  ];
  for (const [name, facts, is] of cases) test(name, () => assert.equal(isAgentTerminal(facts), is));
});
