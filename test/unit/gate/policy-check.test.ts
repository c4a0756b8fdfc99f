import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { check, explain } from '../../../src/gate/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'il-check-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'user-policy.jsonc');

async function checked(policy: string, command: string): Promise<{ readonly decision: string; readonly warnings: readonly string[]; readonly explained: string }> {
  writeFileSync(file, policy);
  const warnings: string[] = [];
  const where = { workspace: undefined, policy: file, warn: (line: string): void => void warnings.push(line) };
  let out = '';
  async function* lines(): AsyncGenerator<string> {
    yield JSON.stringify({ id: '1', tool: 'shell', command, cwd: '/w' });
  }
  await check(lines(), where, (text) => Promise.resolve(void (out += text)));
  const { decision } = JSON.parse(out) as { readonly decision: string };
  let explained = '';
  await explain(command, { ...where, warn: () => undefined }, (text) => Promise.resolve(void (explained += text)));
  return { decision, warnings, explained };
}

describe('the check command takes a person’s policy file', () => {
  const command = 'git push --force origin topic';
  const row = '"verbs": ["rewriteHistory", "publish", "overwrite"], "severities": ["staging", "production", "local-lost", "local-recoverable"]';
  test('and goes by it', async () => {
    const { decision, warnings, explained } = await checked(`{ /* mine */ "table": [{ ${row}, "tools": ["git"], "decision": "deny", "because": "we never force" }] }`, command);
    assert.deepEqual([decision, warnings], ['deny', []]);
    assert.match(explained, /^Refused\.[^]*deny: we never force/);
  });
  test('tells of what does not count, with its place, and goes on with the rest', async () => {
    const { decision, warnings } = await checked(`{ "table": [{ ${row}, "decision": "deny", "because": "we never force" },\n  { "verbs": ["drop"], "decision": "never", "because": "x" }] }`, command);
    assert.deepEqual([decision, warnings], ['deny', [`${file}:2:36: "decision" must be one of allow, keep, ask, deny. The entry is left out.`]]);
  });
  test('lets nothing through by a row beside one that cannot be read', async () => {
    const allow = `{ ${row}, "decision": "allow", "because": "x" }`;
    assert.equal((await checked(`{ "table": [${allow}] }`, command)).decision, 'allow');
    assert.notEqual((await checked(`{ "table": [${allow}, {}] }`, command)).decision, 'allow');
  });
  test('allow rules count until they expire', async () => {
    const rule = (expires: string): string => `{ "resources": [{ "match": "*", "environment": "staging" }], "allow": [{ "tool": "git", "operation": "push-force", "owner": "ana", "reason": "mine", "expires": "${expires}" }] }`;
    assert.equal((await checked(rule('9999-12-31'), command)).decision, 'keep', 'allowed, with a copy of the branch that is replaced');
    const { decision, warnings, explained } = await checked(rule('2020-12-31'), command);
    assert.deepEqual([decision, warnings.length], ['ask', 1]);
    assert.match(explained, /the allow rule of ana does not count here: it expired after 2020-12-31/);
  });
  test('and does not judge by a file of which it can read nothing', async () => assert.rejects(checked('{ "table": [', command), /:1:13: This is not valid JSON \(/));
});
