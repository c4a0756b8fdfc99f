import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Action, ShellAction } from '../../../src/core/action.ts';
import { decide } from '../../../src/core/decide.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { blindWorld, type World } from '../../../src/core/world.ts';

const context = { agent: 'test', session: 's', cwd: '/home/dev/project', workspaceRoots: ['/home/dev/project'], env: { HOME: '/home/dev' } };
const shell = (command: string): ShellAction => ({ ...context, tool: 'shell', shell: 'bash', command });
const verdict = (command: string, policy: Policy = defaultPolicy, world: World = blindWorld()): ReturnType<typeof decide> => decide(shell(command), world, policy);

describe('what guards the machine', () => {
  const policy: Policy = { ...defaultPolicy, guardPaths: ['/srv/interlock-state', '/home/dev/.agent/hooks.json'] };
  for (const command of ['echo x > /srv/interlock-state/policy.json', 'rm -rf /srv/interlock-state', 'rm -rf /srv/interlock-state/journal', 'sed -i s/a/b/ ~/.agent/hooks.json', 'rm -rf ~/.agent', 'cp x /home/dev/.agent/hooks.json']) {
    it(`may not be changed by ${command}`, () => assert.deepEqual([verdict(command, policy).decision, verdict(command, policy).findings[0]?.verb], ['deny', 'weakenGuard']));
  }
  for (const command of ['cat /srv/interlock-state/policy.json', 'ls ~/.agent', 'echo x > /srv/other']) {
    it(`is not changed by ${command}`, () => assert.notEqual(verdict(command, policy).findings[0]?.verb, 'weakenGuard'));
  }
});

describe('the person types the name of what is lost', () => {
  it('in production', () => {
    const policy: Policy = { ...defaultPolicy, resources: [{ match: 'db.shop.example', environment: 'production' }] };
    assert.deepEqual(verdict('psql -h db.shop.example -d shop -c "DROP TABLE orders"', policy).confirmation, { by: 'type', text: 'orders' });
  });
  it('where nobody knows the environment', () => assert.equal(verdict('psql -h 203.0.113.9 -c "DROP TABLE orders"').confirmation?.by, 'type'));
  it('but clicks where a person has said that it is staging', () => {
    const policy: Policy = { ...defaultPolicy, resources: [{ match: 'db.shop.example', environment: 'staging' }] };
    assert.deepEqual(verdict('psql -h db.shop.example -c "DROP TABLE orders"', policy).confirmation, { by: 'click' });
  });
  it('and a folder tagged staging makes no other target safe', () => {
    const policy: Policy = { ...defaultPolicy, tags: [{ folder: '/home/dev/project', environment: 'staging' }] };
    assert.equal(verdict('psql -h 203.0.113.9 -c "DROP TABLE orders"', policy).confirmation?.by, 'type');
  });
});

describe('whatever goes wrong inside holds the action', () => {
  const broken: World = { ...blindWorld(), sighted: true, stat: () => { throw new Error('disk gone'); }, losses: () => { throw new Error('disk gone'); } };
  it('a world that fails', () => assert.deepEqual([verdict('rm -rf src', defaultPolicy, broken).decision, verdict('rm -rf src', defaultPolicy, broken).findings[0]?.rule], ['ask', 'core/failed']));
  it('a command too large to look into', () => assert.equal(verdict('true; '.repeat(60_000)).decision, 'ask'));
  it('a command nested too deeply', () => assert.equal(verdict('$('.repeat(80)).decision, 'ask'));
  it('a policy whose table says nothing of it', () => assert.equal(verdict('rm -rf src', { ...defaultPolicy, table: [] }).decision, 'ask'));
  it('a syntax error after a deletion', () => assert.equal(verdict('rm -rf src\nif true; then').decision, 'ask'));
});

describe('the strictest effect wins', () => {
  const cases: Readonly<Record<string, string>> = {
    'ls && rm notes.txt': 'keep',
    'rm notes.txt && terraform destroy -auto-approve': 'ask',
    'terraform destroy -auto-approve; rm -rf /': 'deny',
    'git status && npm test': 'allow',
  };
  for (const [command, decision] of Object.entries(cases)) it(`${command} → ${decision}`, () => assert.equal(verdict(command).decision, decision));
});

it('tools that carry no action pass', () => {
  const action: Action = { ...context, tool: 'other', name: 'TodoWrite', input: {} };
  assert.equal(decide(action, blindWorld(), defaultPolicy).decision, 'allow');
});
