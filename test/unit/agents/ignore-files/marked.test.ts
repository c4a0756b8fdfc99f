import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { UnreadableConfig } from '../../../../src/agents/adapter.ts';
import type { Form } from '../../../../src/agents/ignore-files/ignore-file.ts';
import { ignoreFiles } from '../../../../src/agents/ignore-files/table.ts';
import { claudeDenyRules, codexProfile, ignoreLines, opencodeReadRules } from '../../../../src/agents/ignore-files/forms.ts';

const hidden = { names: ['.env', '*.key'], globs: ['secrets/'] };
const other = { names: ['.env'], globs: [] };

/** Installed, brought to another policy and back, and taken out again. */
function roundTrip(form: Form, text: string | undefined): void {
  const installed = form.install(text, hidden);
  assert.equal(form.state(installed, hidden), 'current');
  assert.equal(form.install(installed, hidden), installed);
  const changed = form.install(installed, other);
  assert.equal(form.state(changed, hidden), 'stale');
  assert.equal(form.install(changed, hidden), installed);
  assert.equal(form.uninstall(installed), text);
  assert.equal(form.uninstall(changed), text);
}

suite('a text file with our lines', () => {
  const texts: Readonly<Record<string, string | undefined>> = {
    'no file': undefined,
    'an empty file': '',
    'one line': 'dist\n',
    'no final newline': 'dist',
    'empty lines at the end': 'dist\n\n\n',
    'line ends of Windows': 'dist\r\nbuild\r\n',
    'line ends of Windows, none at the end': 'dist\r\nbuild',
    'a lone carriage return at the end': 'dist\r',
    'line ends of both kinds': 'dist\r\nbuild\n',
    'a byte order mark': '\uFEFFdist\n',
    'a byte order mark and nothing else': '\uFEFF',
    'a comment that sounds like ours': '# interlock is nice\n# interlock:beginning\n',
  };
  for (const [name, text] of Object.entries(texts)) test(`${name}: as it was after taking ours out`, () => roundTrip(ignoreLines, text));

  test('any text', () => {
    const line = fc.constantFrom('dist', '# a comment', '!keep', '', ' ', '\r', '\t', 'ä', '.env', '# interlock');
    fc.assert(fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean(), (lines, eol, ended) => roundTrip(ignoreLines, lines.join(eol) + (ended ? eol : ''))));
  });
  test('ours come last, so that no line above takes them back', () => assert.match(ignoreLines.install('!.env\n', hidden), /^!\.env\n# interlock:begin[^\n]*\n\.env\n\*\.key\nsecrets\/\n# interlock:end\n$/));
  test('the file keeps its line ends', () => assert.doesNotMatch(ignoreLines.install('dist\r\n', hidden), /[^\r]\n/));
  test('what somebody wrote below stays when ours go', () => assert.equal(ignoreLines.uninstall(`${ignoreLines.install('dist\n', hidden)}mine\n`), 'dist\nmine\n'));
  test('a line that somebody took out of ours comes back', () => {
    const installed = ignoreLines.install('dist\n', hidden);
    const edited = installed.replace('*.key\n', '');
    assert.equal(ignoreLines.state(edited, hidden), 'stale');
    assert.equal(ignoreLines.install(edited, hidden), installed);
  });

  const broken: Readonly<Record<string, (text: string) => string>> = {
    'no end': (text) => text.replace('# interlock:end\n', ''),
    'no beginning': (text) => text.replace(/# interlock:begin.*\n/, ''),
    'two beginnings': (text) => text.replace('.env\n', '# interlock:begin\n.env\n'),
    'two of both': (text) => text + text,
    'the wrong way round': () => '# interlock:end\n# interlock:begin\n',
  };
  for (const [name, breakIt] of Object.entries(broken)) {
    test(`markers somebody broke, ${name}: nothing is changed, and why is said`, () => {
      const text = breakIt(ignoreLines.install('dist\n', hidden));
      for (const act of [() => ignoreLines.install(text, hidden), () => ignoreLines.uninstall(text), () => ignoreLines.state(text, hidden)]) assert.throws(act, (error) => error instanceof UnreadableConfig && /belong together.*nothing was changed/.test(error.message));
    });
  }
  test('a profile of Codex begins its own tables', () => {
    const text = codexProfile.install('model = "o5"\n', hidden);
    assert.match(text, /^model = "o5"\n# interlock:begin[^\n]*\n\[permissions\.interlock\]\nextends = ":workspace"\n/);
    assert.match(text, /"\*\*\/\.env" = "deny"\n/);
    roundTrip(codexProfile, 'model = "o5"\n');
  });
});

suite('a JSON file with our entries', () => {
  const forms = { claudeDenyRules, opencodeReadRules };
  const outer = (form: keyof typeof forms, inner: string): string => (form === 'claudeDenyRules' ? `{\n  "permissions": {\n    "deny": [${inner}]\n  }\n}\n` : `{\n  "permission": {\n    "read": {${inner}}\n  }\n}\n`);
  const member = (form: keyof typeof forms): string => (form === 'claudeDenyRules' ? '"Bash(rm *)"' : '"*.md": "allow"');

  for (const [name, form] of Object.entries(forms) as [keyof typeof forms, Form][]) {
    const texts: Readonly<Record<string, string | undefined>> = {
      'no file': undefined,
      'an empty file': '',
      'white space': ' \n\n',
      'a byte order mark and nothing else': '\uFEFF',
      'an empty object': '{}',
      'an empty object with a line end': '{}\n',
      'an empty object on two lines': '{\n}\n',
      'an object with a comment': '{\n  // mine\n}\n',
      'another key': '{ "model": "x" }',
      'another key, four spaces': '{\n    "model": "x"\n}\n',
      'a trailing comma': '{\n\t"model": "x",\n}\n',
      'line ends of Windows': '{\r\n  "model": "x"\r\n}\r\n',
      'an empty section': name === 'claudeDenyRules' ? '{"permissions":{}}' : '{"permission":{}}',
      'a section without the list': name === 'claudeDenyRules' ? '{\n  "permissions": {\n    "allow": []\n  }\n}\n' : '{\n  "permission": {\n    "bash": "ask"\n  }\n}\n',
      'an empty list': outer(name, ''),
      'an empty list with a comment': outer(name, ' /* none */ '),
      'a list on one line': outer(name, member(name)),
      'a list on lines': outer(name, `\n      ${member(name)}\n    `),
      'a list with a trailing comma and a comment': outer(name, `\n      ${member(name)}, // mine\n    `),
      'a list that ends in a comment': outer(name, `\n      ${member(name)} // mine\n    `),
      'a byte order mark': `\uFEFF${outer(name, member(name))}`,
    };
    for (const [title, text] of Object.entries(texts)) test(`${name}, ${title}: as it was after taking ours out`, () => roundTrip(form, text));

    test(`${name}: what the person has added since stays`, () => {
      const installed = form.install(undefined, hidden);
      const added = installed.replace(/\{/, '{\n  "mine": 1,');
      assert.deepEqual(JSON.parse(form.uninstall(added) ?? ''), { mine: 1 });
    });
    test(`${name}: one marker alone is refused`, () => {
      const text = form.install(undefined, hidden).replace(/,\s*"[^"]*interlock-end[^"]*"(?:: "deny")?/, '');
      assert.throws(() => form.install(text, hidden), (error) => error instanceof UnreadableConfig && /belong together/.test(error.message));
      assert.throws(() => form.uninstall(text), UnreadableConfig);
    });
    for (const text of ['[]', '{', '{"permissions": {"deny": 1}, "permission": {"read": "allow"}}', '{"permissions": 1, "permission": "allow"}', '{"permissions": {"deny": [], "deny": []}, "permission": {"read": {}, "read": {}}}']) {
      test(`${name}: ${text} is refused`, () => assert.throws(() => form.install(text, hidden), UnreadableConfig));
    }
  }

  test('any settings', () => {
    const settings = fc.record({ permissions: fc.record({ deny: fc.array(fc.string()), allow: fc.array(fc.string()) }, { requiredKeys: [] }), permission: fc.record({ read: fc.dictionary(fc.string(), fc.constantFrom('ask', 'allow')), bash: fc.string() }, { requiredKeys: [] }), model: fc.string() }, { requiredKeys: [] });
    fc.assert(fc.property(settings, fc.constantFrom(undefined, 1, 2, '\t'), fc.constantFrom('', '\n'), fc.constantFrom(claudeDenyRules, opencodeReadRules), (value, indent, end, form) => roundTrip(form, JSON.stringify(value, undefined, indent) + end)));
  });
  test('Claude Code: rules between the markers', () => {
    assert.deepEqual(JSON.parse(claudeDenyRules.install('{"permissions":{"deny":["Read(./mine)"]}}', hidden)), { permissions: { deny: ['Read(./mine)', 'Read(**/interlock-begin)', 'Read(**/.env)', 'Read(**/*.key)', 'Read(**/secrets/**)', 'Read(**/interlock-end)'] } });
  });
  test('opencode: at the root and below, after what the person says', () => {
    const text = opencodeReadRules.install('{"permission":{"read":{"*":"allow"}}}', hidden);
    assert.deepEqual(Object.keys((JSON.parse(text) as { permission: { read: object } }).permission.read), ['*', 'interlock-begin', '.env', '*/.env', '*.key', 'secrets/*', '*/secrets/*', 'interlock-end']);
  });
});

suite('the table', () => {
  test('every agent once, every file once', () => {
    for (const key of ['id', 'title', 'path'] as const) assert.equal(new Set(ignoreFiles.map((file) => file[key])).size, ignoreFiles.length, key);
  });
  for (const { id, path, leaks, docs, binds } of ignoreFiles) {
    test(`${id} says what it holds and what the terminal may do`, () => {
      assert.match(path, /^[.\w][\w./-]*$/);
      assert.match(leaks[0] ?? '', /terminal|outside its sandbox/);
      assert.ok(leaks.every((sentence) => /\.$|: https:\/\/\S+$/.test(sentence)));
      assert.match(docs, /^https:\/\//);
      assert.ok(binds.length > 0);
    });
  }
});
