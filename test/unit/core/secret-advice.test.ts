import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { adviceFor, type Advised } from '../../../src/core/secrets/advice.ts';
import { referenceFor, variableName } from '../../../src/core/secrets/env-reference.ts';
import { findSecrets } from '../../../src/core/secrets/find.ts';
import { rotationPage } from '../../../src/core/secrets/rotation.ts';
import { expiryOf } from '../../../src/core/secrets/signed-token.ts';
import { drawn, jwt, uuid } from './secret-samples.ts';

const now = Date.UTC(2026, 10, 28) / 1000;
const day = 24 * 3600;
const advised = (more: Partial<Advised>): readonly string[] => adviceFor({ kind: 'token', file: '/w/a.ts', tracked: false, ...more }, now).map(({ what, next }) => `${what} ${next}`);

suite('advice', () => {
  const rows: readonly (readonly [what: string, credential: Partial<Advised>, says: readonly RegExp[]])[] = [
    ['a classic token of GitHub', { kind: 'github personal access token', provider: 'github' }, [/classic .*fine-grained/]],
    ['a fine-grained one is as it should be', { kind: 'github fine-grained token', provider: 'github' }, []],
    ['a long-term key of AWS', { kind: 'aws access key id', provider: 'aws' }, [/long-term .*temporary/]],
    ['a temporary one', { kind: 'aws temporary key id', provider: 'aws' }, []],
    ['the root user’s', { kind: 'aws access key id', provider: 'aws', file: '/home/me/rootkey.csv' }, [/root user/]],
    ['a service role of Supabase', { kind: 'supabase service role key', provider: 'supabase', expires: now + 9 * 365 * day }, [/row level security/, /works until 2035/]],
    ['a live key of Stripe', { kind: 'stripe secret key', provider: 'stripe' }, [/restricted key/]],
    ['a test key of Stripe', { kind: 'stripe test key', provider: 'stripe' }, []],
    ['a token of Railway by its name', { kind: 'railway token', provider: 'railway' }, [/project token/]],
    ['a password of Railway’s database', { kind: 'password', provider: 'railway' }, []],
    ['a signed token without an end', { kind: 'signed token', expires: null }, [/no end date/]],
    ['one of an hour', { kind: 'signed token', expires: now + 3600 }, []],
    ['one that is over', { kind: 'signed token', expires: now - day }, [/stopped working on 2026-11-27/]],
    ['one of no date', { kind: 'signed token', expires: 1e300 }, [/beyond every calendar/]],
    ['anything in git, before all else', { kind: 'github personal access token', tracked: true }, [/in git.*at the vendor first/, /classic/]],
    ['a password that is nowhere else', { kind: 'password' }, []],
    ['a kind named like a part of every object', { kind: 'constructor', provider: 'toString' }, []],
  ];
  for (const [what, credential, says] of rows) {
    test(what, () => {
      const lines = advised(credential);
      assert.equal(lines.length, says.length, lines.join('\n'));
      for (const [at, expression] of says.entries()) assert.match(lines[at] ?? '', expression);
    });
  }
  test('every kind with advice is one that is found', () => {
    const samples = [`ghp_${drawn(36)}`, `AKIA${drawn(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`, `sk_live_${drawn(24)}`, `npm_${drawn(36)}`];
    for (const sample of samples) assert.equal(advised({ kind: findSecrets(`x = "${sample}"`).findings[0]?.kind ?? '' }).length, 1, sample.slice(0, 5));
  });
});

suite('when a signed token ends', () => {
  const rows: readonly (readonly [what: string, value: string, expires: number | null | undefined])[] = [
    ['at its time', jwt({ sub: 'a', exp: 2_000_000_000 }), 2_000_000_000], ['never', jwt({ sub: 'a' }), null], ['text for a time', jwt({ exp: 'soon' }), null],
    ['no token', uuid(), undefined], ['a broken one', 'eyJhbGciOi.e!!.x', undefined], ['not an object', `eyJhbGciOi.${Buffer.from('[1]').toString('base64url')}.x`, undefined],
  ];
  for (const [what, value, expires] of rows) test(what, () => assert.equal(expiryOf(value), expires));
});

test('the page of a vendor is its own documentation', () => {
  for (const [kind, provider] of [['railway token', 'railway'], ['github personal access token', 'github'], ['groq api key', 'groq']] as const) assert.match(rotationPage(kind, provider) ?? '', /^https:\/\/[\w./#?-]+$/);
  assert.equal(rotationPage('password', undefined), undefined);
  assert.equal(rotationPage('constructor', 'constructor'), undefined);
});

suite('reading a value from the environment', () => {
  const value = uuid();
  const changed = (path: string, text: string): string | undefined => {
    const start = text.indexOf(value);
    const reference = referenceFor(path, text, start, start + value.length, 'API_TOKEN');
    return reference && text.slice(0, reference.start) + reference.text + text.slice(reference.end);
  };
  const safe: readonly (readonly [path: string, text: string, after: string])[] = [
    ['a.js', `const t = '${value}';`, 'const t = process.env.API_TOKEN;'],
    ['a.ts', `call("${value}");`, 'call(process.env.API_TOKEN!);'],
    ['a.mjs', `const c = { token: \`${value}\` };`, 'const c = { token: process.env.API_TOKEN };'],
    ['a.js', `const t = cond ? '${value}' : other;`, 'const t = cond ? process.env.API_TOKEN : other;'],
    ['a.py', `import os\nT = "${value}"\n`, 'import os\nT = os.environ["API_TOKEN"]\n'],
    ['a.rb', `T = '${value}'`, 'T = ENV.fetch("API_TOKEN")'],
    ['a.go', `import (\n\t"os"\n)\nvar t = "${value}"`, 'import (\n\t"os"\n)\nvar t = os.Getenv("API_TOKEN")'],
    ['a.php', `$t = '${value}';`, "$t = getenv('API_TOKEN');"],
  ];
  for (const [path, text, after] of safe) test(`${path}: ${text.split('\n').pop()?.slice(0, 16)}`, () => assert.equal(changed(path, text), after));
  const left: readonly (readonly [what: string, path: string, text: string])[] = [
    ['part of a longer string', 'a.js', `fetch('https://x.test/${value}')`], ['a header with a word before it', 'a.js', `h = 'Bearer ${value}'`], ['a key', 'a.js', `x = { '${value}': 1 }`],
    ['an attribute of a tag', 'a.tsx', `<A token="${value}" />`], ['a file that is not code', 'a.md', `token: '${value}'`], ['YAML', 'a.yml', `token: "${value}"`], ['JSON', 'a.json', `{"token": "${value}"}`],
    ['a comment', 'a.js', `// const t = '${value}';`], ['a comment after code', 'a.js', `x(); // '${value}'`], ['python without os', 'a.py', `T = "${value}"\n`], ['a prefixed string', 'a.py', `import os\nT = f"${value}"\n`],
    ['three quotes', 'a.py', `import os\nT = """${value}"""\n`], ['an import', 'a.js', `import x from '${value}';`], ['no quotes', 'a.rb', `T=${value}`],
  ];
  for (const [what, path, text] of left) test(`${what} is left to the person`, () => assert.equal(changed(path, text), undefined));
  test('names of variables', () => assert.deepEqual(['railwayToken', 'railway token', 'x-api-key', '2fa', '…'].map(variableName), ['RAILWAY_TOKEN', 'RAILWAY_TOKEN', 'X_API_KEY', 'SECRET_2FA', 'SECRET']));
});
