import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Status, statusText } from '../../../src/editor/status-text.ts';

const calm: Status = { folder: 'shop', tag: 'local', evidence: [], guarded: ['Cursor'], unguarded: [], failure: undefined, stopped: false, waiting: 0 };

suite('the status bar says what a person has to know first', () => {
  const cases: readonly (readonly [what: string, status: Partial<Status>, text: string, background: 'error' | 'warning' | undefined])[] = [
    ['a calm local folder', {}, '$(vm) Local', undefined],
    ['development', { tag: 'development' }, '$(tools) Development', undefined],
    ['staging warns', { tag: 'staging' }, '$(beaker) Staging', 'warning'],
    ['production is an error', { tag: 'production' }, '$(server-environment) Production', 'error'],
    ['no tag', { tag: undefined }, '$(shield) Untagged', undefined],
    ['a gate that did not open', { failure: 'the socket is taken' }, '$(warning) Local, not guarding', 'error'],
    ['all agents stopped', { stopped: true, guarded: [] }, '$(warning) Local, agents stopped', 'error'],
    ['a gate that did not open, with all agents stopped', { stopped: true, failure: 'the socket is taken' }, '$(warning) Local, not guarding', 'error'],
    ['no agent guarded', { guarded: [] }, '$(warning) Local, no agent guarded', 'warning'],
    ['an agent nothing guards', { guarded: [], unguarded: ['Claude Code'] }, '$(warning) Local, not guarded', 'warning'],
    ['one of two guarded', { unguarded: ['Claude Code'] }, '$(warning) Local, partly guarded', 'warning'],
    ['a question', { waiting: 2 }, '$(bell-dot) Local, 2 waiting', 'warning'],
    ['a question in production', { waiting: 1, tag: 'production' }, '$(bell-dot) Production, 1 waiting', 'error'],
  ];
  for (const [what, status, text, background] of cases) {
    test(what, () => {
      const shown = statusText({ ...calm, ...status });
      assert.deepEqual([shown.text, shown.background], [text, background]);
    });
  }

  test('a screen reader is told in words', () => {
    assert.equal(statusText(calm).label, 'Interlock: shop is local, agents are guarded');
    assert.equal(statusText({ ...calm, tag: undefined, guarded: [], unguarded: ['Cursor'], waiting: 1 }).label, 'Interlock: shop is not tagged, Cursor not guarded, 1 waiting for your answer');
    assert.equal(statusText({ ...calm, folder: undefined, failure: 'no socket' }).label, 'Interlock: no folder is open, not guarding: no socket');
  });

  test('the tooltip gives the evidence and takes names for text', () => {
    const { tooltip } = statusText({ ...calm, folder: '[x](command:evil) $(trash)', evidence: ['staging: your choice'] });
    assert.match(tooltip, /- staging: your choice/);
    assert.doesNotMatch(tooltip, /\]\(command:evil\)|[^\\]\$\(trash\)/);
  });
});
