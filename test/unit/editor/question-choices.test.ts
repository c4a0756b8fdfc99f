import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { rarerAnswers } from '../../../src/editor/question-choices.ts';
import type { Finding } from '../../../src/core/verdict.ts';
import { finding, localFinding, question, shell } from './asked.ts';

const staging: Finding = { ...finding, environment: 'staging', reversibility: 'recoverable', typed: false };
const typed = { confirmation: { by: 'type', text: 'vol-1' } } as const;

suite('what can be answered for longer than once', () => {
  const ahead: readonly (readonly [what: string, asked: ReturnType<typeof question>, offered: boolean])[] = [
    ['what can be taken back, on staging', question(shell('x'), [staging]), true],
    ['what cannot be taken back', question(shell('x'), [{ ...staging, reversibility: 'irreversible' }]), false],
    ['production', question(shell('x'), [{ ...staging, environment: 'production' }], typed), false],
    ['production that somebody’s policy asks about by a click', question(shell('x'), [{ ...staging, environment: 'production' }]), false],
    ['a target nobody knows', question(shell('x'), [{ ...staging, environment: 'unknown' }]), false],
    ['one of two that cannot be taken back', question(shell('x'), [staging, localFinding]), false],
    ['one of two that is allowed anyway', question(shell('x'), [staging, { ...localFinding, decision: 'allow' }]), true],
  ];
  for (const [what, asked, offered] of ahead) {
    test(what, () => {
      const { session, always } = rarerAnswers(asked);
      assert.deepEqual([session, always], [offered, offered]);
    });
  }

  test('only a command in a known folder can be allowed always', () => {
    assert.deepEqual(rarerAnswers(question(shell('x', { cwd: '' }), [staging])), { session: true, always: false, place: undefined, credential: undefined });
    assert.equal(rarerAnswers(question({ agent: 'a', session: 's', cwd: '/x', workspaceRoots: [], env: {}, tool: 'mcp', server: 's', name: 'n', arguments: {} }, [staging])).always, false);
  });
});

suite('which target can be placed in an environment', () => {
  const places: readonly (readonly [what: string, finding: Finding, name: string | undefined])[] = [
    ['a named resource', finding, 'vol-1'],
    ['a host, where the resource has no name', { ...finding, resource: { kind: 'database', name: '' }, target: { by: 'host', host: 'db.internal.example' } }, 'db.internal.example'],
    ['a context, where it has none', { ...finding, resource: { kind: 'infrastructure', name: '' }, target: { by: 'named', system: 'kubernetes', name: 'shop-eu' } }, 'shop-eu'],
    ['what only its configuration names', { ...finding, resource: { kind: 'database', name: 'the linked project' }, target: { by: 'named', system: 'supabase' } }, undefined],
    ['several at once', { ...finding, resource: { kind: 'volumes', name: 'vol-1, vol-2' }, target: { by: 'named', system: 'railway' } }, undefined],
    ['a pattern', { ...finding, resource: { kind: 'index', name: 'logs-*' }, target: { by: 'named', system: 'elastic' } }, undefined],
    ['what is known to be production', { ...finding, environment: 'production' }, undefined],
    ['files', { ...localFinding, environment: 'unknown' }, undefined],
    ['a credential, which is spent anywhere', { ...finding, verb: 'useCredential', resource: { kind: 'credential', name: 'ACME_TOKEN' } }, undefined],
    ['what is not asked about', { ...finding, decision: 'allow' }, undefined],
  ];
  for (const [what, asked, name] of places) test(`${what}: ${name ?? 'none'}`, () => assert.equal(rarerAnswers(question(shell('x'), [asked], typed)).place?.name, name));
});

suite('a credential can be remembered for its host', () => {
  const spent = { credential: 'a1b2', host: 'api.acme.example' };
  const spending: Finding = { ...finding, verb: 'useCredential', resource: { kind: 'credential', name: 'ACME_TOKEN' }, spent };
  test('that is spent at one host', () => assert.deepEqual(rarerAnswers(question(shell('x'), [finding, spending])).credential, { name: 'ACME_TOKEN', spent }));
  for (const [what, asked] of [['that may go elsewhere', { ...spending, spent: undefined }], ['that is let through', { ...spending, decision: 'allow' }], ['that is refused', { ...spending, decision: 'deny' }]] as const) {
    test(`not one ${what}`, () => assert.equal(rarerAnswers(question(shell('x'), [asked as Finding])).credential, undefined));
  }
});
