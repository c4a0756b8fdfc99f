// What holds of every action whatsoever: decide never throws, its verdict is well formed, its cost is bounded,
// and a policy with one refusal more is never looser.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Action } from '../../src/core/action.ts';
import { analyse, createAnalysis } from '../../src/core/analyse.ts';
import { TooMuch, type Analysis } from '../../src/core/analysis.ts';
import { decide } from '../../src/core/decide.ts';
import type { Verb } from '../../src/core/effect.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Policy, Severity } from '../../src/core/policy/policy.ts';
import { decisions, type Verdict } from '../../src/core/verdict.ts';
import { blindWorld, type World } from '../../src/core/world.ts';
import { fakeWorld } from '../unit/core/fake-world.ts';

const runs = 500;

/** Text that has broken readers before: letters outside the plane, half of a pair, NULs, control and direction marks, numbers no integer holds. */
const odd = ['\0', '\u0001', '\u001b[31m', '\ud800', '\udfff', '💥', '\u202e', '\u200b', '\ufeff', 'ﷺ', 'İ', 'ß', 'é', '\u0065\u0301', '\r', '\r\n', '\u2028', '1e999', '-0', '99999999999999999999999', 'NaN', '0x', '../', '~', '~x/', '/', '\\', '//', 'C:\\', '\\\\?\\', '%00', '%2e%2e'];
const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'length', 'then', '__defineGetter__', '0', '-1', ''];
const shellWords = ['rm', ' -rf ', 'src', '*', '?', '[a-', '{a,b}', '{1..9}', '$(', ')', '`', '$x', '${x:-', '}', '"', "'", '\\', '|', '||', '&&', '&', ';', '\n', '>', '>>', '<', '<<EOF\n', '\nEOF\n', '<<<', '<(', '((', '))', '[[', ']]', 'for i in ', '; do ', '; done', 'if ', '; then ', '; fi', 'case $x in ', ' esac', 'f() {', ' }', 'f', 'x=', 'export ', 'eval ', 'sudo ', 'env ', 'xargs ', 'bash -c ', 'sh ', 'python -c ', 'node -e ', 'psql -c ', 'curl -d ', 'find . -exec ', ' \\;', 'git ', 'checkout -- ', 'cd ', 'DROP TABLE a;', 'base64 -d', 'echo ', 'alias ', 'trap ', 'exec ', 'make ', 'npm run ', 'ssh h ', 'docker exec c ', 'terraform destroy', 'kubectl delete ns a', '-', '--', '=', '#', '!', '@', ' ', ' '];
const windowsWords = ['Remove-Item ', '-Recurse ', '-Force ', '$env:TEMP', '$(', '@(', '@{', '}', ')', '"', "'", '`', '|', ';', '%{', '$_', '-EncodedCommand ', 'powershell ', 'cmd /c ', 'rd /s /q ', 'del ', '%CD%', '!x!', '^', '&', '(', 'for %i in (', ') do ', 'if exist ', 'C:\\', '\\', '/', '*', 'iex ', '[IO.File]::Delete(', '.Delete()', 'robocopy /MIR ', 'set x=', 'call ', '\r\n', '"@', '@"\n', '@\'\n', '\n\'@'];
const codeWords = ['import os\n', 'os.system(', 'shutil.rmtree(', '"', "'", '"""', 'f"{', '}"', '(', ')', '[', ']', '\\', '\n', '  ', 'x', '=', '+', ',', '#', '//', '/*', '*/', '`', '${', 'require("fs").rmSync(', 'system ', '%q(', '<<~A\n', 'A\n', 'fetch(', '{method:"DELETE"}', 'cursor.execute(', 'DELETE FROM a', '=>', 'lambda: ', '$', '<?php ', '@', 'eval(', 'chr(1)', '%', '.format('];

const soup = (...words: readonly (readonly string[])[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...words.flat()) }, { weight: 1, arbitrary: fc.constantFrom(...odd, ...keys) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) }), { maxLength: 24 }).map((parts) => parts.join(''));
const bash = soup(shellWords);
const windows = soup(windowsWords, shellWords.slice(0, 20));
const code = soup(codeWords);
const anyText = fc.oneof(bash, windows, code, soup(odd), fc.string({ unit: 'binary', maxLength: 30 }), soup(shellWords, codeWords).map((text) => text.repeat(20)));
const path = fc.oneof(soup(['/', 'home', 'dev', 'project', 'src', '.env', '..', '.', '.git', '.claude', 'settings.json', 'node_modules', '~', 'a.ts', '*', 'C:', '\\']), anyText);

/** Anything JSON can say, with keys that reach into prototypes. `JSON.parse` makes `__proto__` an own key, as a request would. */
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, anyText, fc.integer(), fc.double(), fc.constantFrom(null, true, false, 2 ** 60, -1e308), fc.array(tie('value'), { maxLength: 4 }), fc.array(fc.tuple(fc.oneof(fc.constantFrom(...keys, 'sql', 'query', 'command', 'path', 'url', 'method', 'body', 'code', 'id'), anyText), tie('value')), { maxLength: 4 }).map((entries) => JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`) as unknown)),
})).value;
const record = json.map((value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : { value }) as Readonly<Record<string, unknown>>);
const environment = fc.oneof(fc.constant({ HOME: '/home/dev' }), fc.dictionary(fc.constantFrom(...keys, 'HOME', 'PATH', 'TMPDIR', 'x', 'API_KEY', 'DATABASE_URL'), anyText, { noNullPrototype: false }).map((env) => ({ ...env })));
const context = fc.record({ agent: fc.constant('fuzz'), session: fc.constantFrom('', 's'), cwd: fc.oneof(fc.constantFrom('', '/home/dev/project', 'C:\\work'), path), workspaceRoots: fc.oneof(fc.constant(['/home/dev/project']), fc.array(path, { maxLength: 2 })), env: environment });
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** Without keys whose value is undefined, as a decoder would leave them out. */
const dense = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));

const kinds: Readonly<Record<string, fc.Arbitrary<object>>> = {
  'bash': fc.record({ tool: fc.constant('shell'), shell: fc.constant('bash'), command: fc.oneof(bash, windows, code.map((text) => `python3 -c '${text}'`), code.map((text) => `node <<'E'\n${text}\nE`), anyText) }),
  'PowerShell': fc.record({ tool: fc.constant('shell'), shell: fc.constant('powershell'), command: fc.oneof(windows, anyText) }),
  'cmd.exe': fc.record({ tool: fc.constant('shell'), shell: fc.constant('cmd'), command: fc.oneof(windows, anyText) }),
  'MCP tools': fc.record({ tool: fc.constant('mcp'), server: anyText, name: fc.oneof(fc.constantFrom('query', 'execute_sql', 'run_command', 'delete_file', 'fetch', ...keys), anyText), arguments: record, annotations: optional(fc.record({ readOnlyHint: fc.boolean(), destructiveHint: fc.boolean() })) }),
  'requests': fc.record({ tool: fc.constant('http'), method: fc.oneof(fc.constantFrom('GET', 'DELETE', 'POST', 'PUT', 'patch'), anyText), url: fc.oneof(anyText, anyText.map((text) => `https://api.example.com/${text}`)), headers: fc.dictionary(fc.oneof(fc.constantFrom(...keys, 'Authorization'), anyText), anyText), body: optional(fc.oneof(anyText, json.map((value) => JSON.stringify(value) ?? ''))) }),
  'reads': fc.record({ tool: fc.constant('read'), path, content: optional(anyText) }),
  'writes': fc.record({ tool: fc.constant('write'), path, content: optional(anyText), partial: optional(fc.boolean()) }),
  'deletions': fc.record({ tool: fc.constant('delete'), path }),
  'searches': fc.record({ tool: fc.constant('search'), path, pattern: anyText, glob: optional(path) }),
  'other tools': fc.record({ tool: fc.constant('other'), name: anyText, input: record, unseen: optional(anyText) }),
};

const worlds: readonly World[] = [
  blindWorld(), blindWorld('windows'),
  fakeWorld({ files: { '/home/dev/project/src/a.ts': 'dirty', '/home/dev/project/.env': { text: 'A=b' }, '/home/dev/project/x.sh': { text: 'rm -rf "$1"' }, '/home/dev/project/package.json': { text: '{"scripts":{"__proto__":"rm a","x":"npm run x"}}' }, '/home/dev/project/Makefile': { text: 'x:\n\tmake x\n' } }, repositories: ['/home/dev/project'] }),
];
const world = fc.constantFrom(...worlds);

const actionOf = (kind: fc.Arbitrary<object>): fc.Arbitrary<Action> => fc.tuple(context, kind).map(([around, own]) => ({ ...around, ...dense(own) }) as unknown as Action);

function assertWellFormed(verdict: Verdict): void {
  assert.ok(decisions.includes(verdict.decision));
  assert.equal(verdict.decision, verdict.findings[0]?.decision ?? 'allow', 'the strictest finding comes first and decides');
  assert.equal(verdict.confirmation !== undefined, verdict.decision === 'ask', 'a confirmation is there when somebody is asked, and only then');
  assert.ok(!verdict.confirmation || verdict.confirmation.by === 'click' || verdict.confirmation.text !== '', 'what is to be typed is not empty');
  for (const [index, finding] of verdict.findings.entries()) {
    const before = verdict.findings[index - 1];
    assert.ok(!before || decisions.indexOf(before.decision) >= decisions.indexOf(finding.decision), 'findings come strictest first');
    assert.ok(decisions.includes(finding.decision) && finding.rule !== '' && finding.why !== '' && finding.because !== '', 'a finding says why');
    assert.equal(typeof finding.resource.name, 'string');
    assert.equal(typeof finding.resource.kind, 'string');
  }
}

/** An analysis that counts what is spent and refuses to run away. */
function steps(action: Action, inWorld: World): number {
  const analysis = createAnalysis(action, inWorld);
  let spent = 0;
  const counted: Analysis = { ...analysis, spend: (more) => {
    assert.ok(more >= 0 && Number.isFinite(more), 'nothing gives steps back');
    spent += more;
    analysis.spend(more);
  } };
  try {
    analyse(counted);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
  }
  return spent;
}

for (const [name, kind] of Object.entries(kinds)) {
  describe(`whatever ${name} hold`, () => {
    it('they are judged: no error, a verdict of the right form', () => {
      fc.assert(fc.property(actionOf(kind), world, (action, inWorld) => {
        const verdict = decide(action, inWorld, defaultPolicy);
        assertWellFormed(verdict);
        // Judging is total by catching what goes wrong inside; nothing does.
        assert.ok(!verdict.findings.some((finding) => finding.rule === 'core/failed'), 'looking into it failed');
      }), { numRuns: runs });
    });
  });
}

describe('names that every object has are no entries of our tables', () => {
  const commands = keys.flatMap((key) => [key, `git ${key}`, `npm ${key}`, `railway ${key} x`, `pwsh -${key} x`, `aws s3 ${key}`, `$(${key})`, `redis-cli ${key}`]);
  for (const shell of ['bash', 'powershell', 'cmd'] as const) {
    it(`in ${shell}`, () => {
      for (const command of commands) {
        const action: Action = { tool: 'shell', shell, command, agent: 'fuzz', session: '', cwd: '/p', workspaceRoots: ['/p'], env: {} };
        assert.deepEqual(decide(action, blindWorld(), defaultPolicy).findings.filter(({ rule }) => rule === 'core/failed' || rule.endsWith('/unlisted')), [], command);
      }
    });
  }
});

const verbs: readonly Verb[] = ['delete', 'overwrite', 'discard', 'truncate', 'drop', 'stop', 'revoke', 'rewriteHistory', 'publish', 'expose', 'readSecret', 'useCredential', 'weakenGuard', 'runUnknown'];
const severities: readonly Severity[] = ['regenerable', 'local-recoverable', 'local-lost', 'staging', 'production', 'everything'];
const anyAction = fc.oneof(...Object.values(kinds).map(actionOf));

it('a policy with one refusal more is never looser', () => {
  const refusal = fc.record({ verbs: fc.subarray([...verbs], { minLength: 1 }), severities: fc.subarray([...severities], { minLength: 1 }) });
  fc.assert(fc.property(anyAction, world, refusal, fc.nat(), (action, inWorld, row, where) => {
    const at = where % (defaultPolicy.table.length + 1);
    const stricter: Policy = { ...defaultPolicy, table: defaultPolicy.table.toSpliced(at, 0, { ...row, decision: 'deny', because: 'a team said so', source: 'team' }) };
    const [plain, strict] = [decide(action, inWorld, defaultPolicy), decide(action, inWorld, stricter)];
    assert.ok(decisions.indexOf(strict.decision) >= decisions.indexOf(plain.decision), `${plain.decision} became ${strict.decision}`);
    assert.equal(strict.findings.length, plain.findings.length, 'a policy decides about findings and makes none');
  }), { numRuns: runs * 2 });
});

it('one more path to guard is never looser', () => {
  fc.assert(fc.property(anyAction, world, path, (action, inWorld, guardPath) => {
    const [plain, strict] = [decide(action, inWorld, defaultPolicy), decide(action, inWorld, { ...defaultPolicy, guardPaths: [guardPath] })];
    assert.ok(decisions.indexOf(strict.decision) >= decisions.indexOf(plain.decision), `${plain.decision} became ${strict.decision}`);
  }), { numRuns: runs });
});

it('the cost of an action grows no faster than its length, and ends', () => {
  fc.assert(fc.property(anyAction, world, (action, inWorld) => {
    assert.ok(steps(action, inWorld) <= 200_000);
  }), { numRuns: runs });
});

it('the same action is judged alike twice', () => {
  fc.assert(fc.property(anyAction, world, (action, inWorld) => {
    assert.deepEqual(decide(action, inWorld, defaultPolicy), decide(action, inWorld, defaultPolicy));
  }), { numRuns: runs });
});
