import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Evidence } from '../../../src/core/environment/evidence-source.ts';
import { type Status, statusText } from '../../../src/editor/status-text.ts';

const place = { name: 'shop', path: '/home/dev/shop', home: '/home/dev' };
const prod: Evidence = { environment: 'production', evidence: 'kube context “prod” is named like production', source: '/home/dev/.kube/config' };
const host: Evidence = { environment: 'unknown', evidence: 'DATABASE_URL in .env names host db.example.com', source: '/home/dev/shop/.env' };
const calm: Status = { place, standing: { environment: 'local', by: 'person' }, evidence: [], guarded: ['Cursor'], unguarded: [], notAlive: [], silenced: [], failure: undefined, stopped: false, brokenPolicies: [], unsent: undefined, waiting: 0 };
const as = (environment: 'production' | 'staging' | 'development', by: 'person' | 'policy' | 'evidence' = 'person'): Partial<Status> => ({ standing: { environment, by } });

suite('the status bar says what a person has to know first', () => {
  const cases: readonly (readonly [what: string, status: Partial<Status>, text: string, background: 'error' | 'warning' | undefined])[] = [
    ['a calm local folder', {}, '$(vm) Local', undefined],
    ['development', as('development'), '$(tools) Development', undefined],
    ['staging warns', as('staging'), '$(beaker) Staging', 'warning'],
    ['production is an error', as('production'), '$(server-environment) Production', 'error'],
    ['production by a policy file is an error', as('production', 'policy'), '$(server-environment) Production', 'error'],
    ['evidence of production warns and asks', { ...as('production', 'evidence'), evidence: [prod] }, '$(server-environment) Production?', 'warning'],
    ['evidence of staging warns and asks', as('staging', 'evidence'), '$(beaker) Staging?', 'warning'],
    ['evidence of development only asks', as('development', 'evidence'), '$(tools) Development?', undefined],
    ['a tag that evidence denies', { evidence: [prod] }, '$(warning) Local, evidence of production', 'warning'],
    ['a staging tag that evidence denies', { ...as('staging'), evidence: [prod] }, '$(warning) Staging, evidence of production', 'warning'],
    ['a production tag and evidence of it', { ...as('production'), evidence: [prod] }, '$(server-environment) Production', 'error'],
    ['evidence nobody can place denies nothing', { evidence: [host] }, '$(vm) Local', undefined],
    ['no tag', { standing: undefined }, '$(shield) Untagged', undefined],
    ['a gate that did not open', { failure: 'the socket is taken' }, '$(warning) Local, not guarding', 'error'],
    ['all agents stopped', { stopped: true, guarded: [] }, '$(warning) Local, agents stopped', 'error'],
    ['a gate that did not open, with all agents stopped', { stopped: true, failure: 'the socket is taken' }, '$(warning) Local, not guarding', 'error'],
    ['a gate that did not open comes before evidence', { failure: 'the socket is taken', evidence: [prod] }, '$(warning) Local, not guarding', 'error'],
    ['a policy that cannot be read', { brokenPolicies: ['/w/.interlock/policy.json'] }, '$(warning) Local, policy not read', 'warning'],
    ['no agent guarded', { guarded: [] }, '$(warning) Local, no agent guarded', 'warning'],
    ['evidence comes before agents', { guarded: [], evidence: [prod] }, '$(warning) Local, evidence of production', 'warning'],
    ['an agent nothing guards', { guarded: [], unguarded: ['Claude Code'] }, '$(warning) Local, not guarded', 'warning'],
    ['a hook that does not answer', { notAlive: ['Cursor'], unguarded: ['Claude Code'] }, '$(warning) Local, hook not alive', 'warning'],
    ['hooks that an agent does not run', { silenced: ['Codex'] }, '$(warning) Local, hook not run', 'warning'],
    ['one of two guarded', { unguarded: ['Claude Code'] }, '$(warning) Local, partly guarded', 'warning'],
    ['records that do not reach their collector', { unsent: 'no answer within 10 s' }, '$(warning) Local, records not sent', 'warning'],
    ['an agent nothing guards comes before records', { unsent: 'x', guarded: [] }, '$(warning) Local, no agent guarded', 'warning'],
    ['a question', { waiting: 2 }, '$(bell-dot) Local, 2 waiting', 'warning'],
    ['a question in production', { waiting: 1, ...as('production') }, '$(bell-dot) Production, 1 waiting', 'error'],
  ];
  for (const [what, status, text, background] of cases) {
    test(what, () => {
      const shown = statusText({ ...calm, ...status });
      assert.deepEqual([shown.text, shown.background], [text, background]);
    });
  }

  test('a screen reader is told in words', () => {
    assert.equal(statusText(calm).label, 'Interlock: shop is local, agents are guarded');
    assert.equal(statusText({ ...calm, evidence: [prod] }).label, 'Interlock: shop is local, but there is evidence of production, agents are guarded');
    assert.equal(statusText({ ...calm, ...as('production', 'evidence') }).label, 'Interlock: shop is not tagged, the evidence says production, agents are guarded');
    assert.equal(statusText({ ...calm, standing: undefined, guarded: [], unguarded: ['Cursor'], waiting: 1 }).label, 'Interlock: shop is not tagged, Cursor not guarded, 1 waiting for your answer');
    assert.equal(statusText({ ...calm, notAlive: ['Cursor', 'Codex'] }).label, 'Interlock: shop is local, Cursor and Codex not guarded: their hooks do not answer');
    assert.equal(statusText({ ...calm, place: undefined, standing: undefined, failure: 'no socket' }).label, 'Interlock: no folder is open, not guarding: no socket');
  });
});

suite('the tooltip', () => {
  test('says who said so and gives every piece of evidence with its place', () => {
    const { tooltip } = statusText({ ...calm, ...as('staging', 'policy'), evidence: [prod, host] });
    assert.match(tooltip, /shop: \*\*staging\*\* \(a policy file\)/);
    assert.match(tooltip, /- \*\*production\*\* kube context “prod” is named like production \\\(\\~\/\\\.kube\/config\\\)\n- \*\*unknown\*\* DATABASE\\_URL in \\\.env names host db\\\.example\\\.com\n/);
    assert.match(tooltip, /The evidence says production\./);
  });
  test('calls a proposal one', () => assert.match(statusText({ ...calm, ...as('production', 'evidence') }).tooltip, /\*\*production\?\*\* \(evidence only/));
  test('takes names and evidence for text', () => {
    const evil = '[x](command:evil) $(trash) <b>\n# head';
    const { tooltip } = statusText({ ...calm, place: { ...place, name: evil }, evidence: [{ ...prod, evidence: evil, source: `/home/dev/${evil}` }] });
    assert.doesNotMatch(tooltip, /\]\(command:evil\)|[^\\]\$\(trash\)|[^\\]<b|\n# head/);
  });
  test('is bounded', () => assert.match(statusText({ ...calm, evidence: Array.from({ length: 20 }, () => host) }).tooltip, /and 8 more/));
});
