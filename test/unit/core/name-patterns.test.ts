import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import ignore from 'ignore';
import { isSecretName } from '../../../src/core/secrets/files.ts';
import { hiddenPatterns } from '../../../src/core/secrets/name-patterns.ts';

const { names } = hiddenPatterns({ hiddenFiles: [], clearFiles: [] });
const hidden = ignore().add([...names]);

/** A name a pattern fits. */
function sampleOf(pattern: string): string {
  return pattern.replace(/^\*\*\//, '').replace(/^\*(?=\.)/, 'server').replaceAll('*', 'x');
}

suite('ignore files name what the built-in names hide', () => {
  for (const pattern of names) {
    test(pattern, () => {
      assert.ok(isSecretName(sampleOf(pattern)), sampleOf(pattern));
      assert.ok(hidden.ignores(`deep/down/${sampleOf(pattern)}`));
    });
  }
  for (const name of ['.env', 'apps/api/.env.production', '.env.production.local', 'deploy/id_ed25519', 'certs/server.key', 'certs/tls-key.pem', '.npmrc', 'infra/terraform.tfstate', 'infra/prod.auto.tfvars', 'home/.aws/credentials', 'gcp-credentials.json', 'config/secrets.yml', '.mcp.json']) test(`${name} is named`, () => assert.ok(hidden.ignores(name)));
  for (const name of ['.env.example', '.env.sample', 'env.template', '.env.local.example', 'example.env', 'id_rsa.pub', 'certs/server.pem', 'certs/ca.crt', 'public.pem', '.ssh/known_hosts', 'terraform.tfvars.example', 'src/credentials.ts', 'src/secrets/index.ts', 'src/credentials/index.ts', 'docs/secrets.md', 'package.json', 'secrets.enc.yaml', 'appsettings.json', 'tokenizer.py', 'keys.ts', 'environment.ts']) {
    test(`${name} is not`, () => {
      assert.equal(isSecretName(name), false);
      assert.equal(hidden.ignores(name), false);
    });
  }
  test('there is no exception among them', () => assert.ok(names.every((name) => !name.startsWith('!'))));
  test('each once', () => assert.equal(new Set(names).size, names.length));
});

suite('what people say', () => {
  test('is added as it is, once', () => assert.deepEqual(hiddenPatterns({ hiddenFiles: ['secrets/**', ' secrets/** ', '/ops/*.txt'], clearFiles: [] }).globs, ['secrets/**', '/ops/*.txt']));
  test('brings no exception, comment or second line', () => assert.deepEqual(hiddenPatterns({ hiddenFiles: ['!.env', '# interlock:end', 'a\n!.env', ''], clearFiles: [] }).globs, []));
  test('a name that was called fine is left out', () => {
    const less = hiddenPatterns({ hiddenFiles: [], clearFiles: ['.env.test', '*.har'] }).names;
    assert.deepEqual(names.filter((name) => !less.includes(name)), ['.env.test', '*.har']);
  });
});
