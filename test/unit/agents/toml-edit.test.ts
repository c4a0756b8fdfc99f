import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'smol-toml';
import { UnreadableConfig } from '../../../src/agents/adapter.ts';
import { hasTomlKeys, withoutTomlValues, withTomlValues } from '../../../src/agents/toml-edit.ts';

const path = ['policy', 'set'];
const values = { BASH_ENV: '/home/it\'s "me"/.interlock/shell/bash-env', ZDOTDIR: '/home/z' };
const bash = `BASH_ENV = ${JSON.stringify(values.BASH_ENV)}`;
const zsh = 'ZDOTDIR = "/home/z"';
const both = `${bash}\n${zsh}\n`;

describe('values in a table of TOML', () => {
  const cases: readonly (readonly [name: string, before: string, after: string])[] = [
    ['an empty file', '', `[policy.set]\n${both}`],
    ['no such table', 'a = 1 # mine\n', `a = 1 # mine\n\n[policy.set]\n${both}`],
    ['a last line without an end', 'a = 1', `a = 1\n\n[policy.set]\n${both}`],
    ['Windows line ends', 'a = 1\r\n', `a = 1\r\n\r\n[policy.set]\r\n${both.replaceAll('\n', '\r\n')}`],
    ['the table above it', '[policy]\ninherit = "core"\n', `[policy]\ninherit = "core"\n\n[policy.set]\n${both}`],
    ['the table', '[policy.set] # mine\nA = "1"\n\n[x]\nb = 2\n', `[policy.set] # mine\n${both}A = "1"\n\n[x]\nb = 2\n`],
    ['the table with spaces in its head', ' [ policy . set ]\nA = "1"\n', ` [ policy . set ]\n${both}A = "1"\n`],
    ['the table as the last line', 'a = 1\n[policy.set]\nA = "1"', `a = 1\n[policy.set]\n${both}A = "1"`],
    ['an inline table', '[policy]\nset = { A = "1" }\n', `[policy]\nset = { ${bash}, ${zsh}, A = "1" }\n`],
    ['an inline table without spaces', '[policy]\nset={A="1"}\n', `[policy]\nset={ ${bash}, ${zsh}, A="1"}\n`],
    ['an inline table in another', 'policy = { inherit = "all", set = { A = "1" } }\n', `policy = { inherit = "all", set = { ${bash}, ${zsh}, A = "1" } }\n`],
    ['an inline table without it', 'policy = { inherit = "all" }\n[x]\n', `policy = { set.${bash}, set.${zsh}, inherit = "all" }\n[x]\n`],
    ['dotted keys in the table above it', '[policy]\nset.A = "1"\n[x]\n', `[policy]\nset.${bash}\nset.${zsh}\nset.A = "1"\n[x]\n`],
    ['dotted keys', 'policy.set.A = "1"\n[x]\nb = 2\n', `policy.set.${bash}\npolicy.set.${zsh}\npolicy.set.A = "1"\n[x]\nb = 2\n`],
    ['a text that looks like the table', 'a = """\n[policy.set]\n"""\n[policy.set]\nA = "1"\n', `a = """\n[policy.set]\n"""\n[policy.set]\n${both}A = "1"\n`],
    ['a comment that looks like the table', '[policy]\n# set = { A = "1" }\n', `[policy]\n# set = { A = "1" }\n\n[policy.set]\n${both}`],
    ['a byte order mark', '\uFEFFa = 1\n', `\uFEFFa = 1\n\n[policy.set]\n${both}`],
    ['dates and lists of tables', 'on = 2026-01-02\n[[x]]\nb = 1\n[[x]]\nb = 2\n', `on = 2026-01-02\n[[x]]\nb = 1\n[[x]]\nb = 2\n\n[policy.set]\n${both}`],
  ];
  for (const [name, before, after] of cases) {
    test(`${name}: takes them, and gives them back`, () => {
      const edited = withTomlValues(before, path, values);
      assert.equal(edited, after);
      assert.equal(withTomlValues(edited, path, values), edited);
      assert.equal(hasTomlKeys(edited, path, Object.keys(values)), true);
      assert.equal(hasTomlKeys(before, path, Object.keys(values)), false);
      const left = withoutTomlValues(edited, path, values);
      assert.equal(left.replaceAll(/\s/g, ''), before.replaceAll(/\s/g, ''));
      assert.deepEqual(parse(left.replace('\uFEFF', '')), parse(before.replace('\uFEFF', '')));
    });
  }

  const undone: readonly (readonly [name: string, before: string])[] = [
    ['no such table', 'a = 1 # mine\n'],
    ['Windows line ends', 'a = 1\r\n'],
    ['the table above it', '[policy]\ninherit = "core"\n'],
    ['the table', '[policy.set] # mine\nA = "1"\n'],
    ['an inline table', '[policy]\nset = { A = "1" }\n'],
    ['dotted keys', 'policy.set.A = "1"\n[x]\nb = 2\n'],
  ];
  for (const [name, before] of undone) {
    test(`${name}: is as it was to the last byte, with what was written since`, () => {
      const since = '\n[trusted."/home/me/it"]\nlevel = "high"\n';
      assert.equal(withoutTomlValues(withTomlValues(before, path, values) + since, path, values), before + since);
    });
  }

  test('values of the person stay, and are not taken out', () => {
    const before = `[policy.set]\nBASH_ENV = "/mine"\n`;
    const edited = withTomlValues(before, path, values);
    assert.equal(edited, `[policy.set]\n${zsh}\nBASH_ENV = "/mine"\n`);
    assert.equal(withoutTomlValues(edited, path, values), before);
    assert.equal(withoutTomlValues(before, path, values), before);
  });
  test('values in another form than ours are taken out by the person', () => {
    assert.throws(() => withoutTomlValues("[policy.set]\nZDOTDIR = '/home/z'\n", path, values), UnreadableConfig);
  });
  for (const [name, text] of [['no TOML', 'a = ['], ['a key twice', 'a = 1\na = 2\n'], ['a text where the table belongs', 'policy = "all"\n'], ['a list where the table belongs', '[[policy]]\nset = 1\n']] as const) {
    test(`${name}: is left alone`, () => {
      assert.throws(() => withTomlValues(text, path, values), UnreadableConfig);
    });
  }
});
