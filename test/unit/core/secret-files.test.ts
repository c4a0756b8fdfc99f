import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fileRules, fileVerdict, isSecretName } from '../../../src/core/secrets/files.ts';
import { containsPlaceholder, maskText, maskedView, placeholder } from '../../../src/core/secrets/mask.ts';
import { findSecrets } from '../../../src/core/secrets/find.ts';
import { drawn, pem, uuid } from './secret-samples.ts';

const value = uuid();

suite('names that hold secrets by convention', () => {
  for (const path of [
    '.env', 'apps/web/.env.production', '.env.development.local', '.env.bak', '.env~', '.envrc', '.dev.vars', 'prod.env', '.env.keys', 'C:\\work\\app\\.env',
    'id_rsa', '~/.ssh/id_ed25519_work', '/home/me/.ssh/deploy', 'deploy_rsa', 'key.pem', 'ca-key.pem', 'server.key', 'release.keystore', 'secring.gpg', 'key.ppk', 'cert.p12',
    '~/.aws/credentials', '~/.config/gcloud/application_default_credentials.json', 'gcp-sa.json', 'service-account.json', '~/.kube/config', 'kubeconfig.yaml', '~/.docker/config.json', '.npmrc', '~/.pypirc', '_netrc', '.git-credentials', '.git/config', '~/.config/gh/hosts.yml',
    '.railway/config.json', '~/.fly/config.yml', '~/.claude/.credentials.json', '~/.codex/auth.json', '.mcp.json', '~/.vault-token', 'terraform.tfstate', 'terraform.tfstate.backup', 'prod.auto.tfvars', 'credentials.json', 'secrets.yaml', 'config/master.key', 'wp-config.php', 'rootkey.csv', '~/.bash_history', '/proc/self/environ', '/run/secrets/db',
  ]) test(`hidden: ${path}`, () => assert.equal(fileVerdict(path), 'hidden'));
});

suite('names that only sound like it', () => {
  for (const path of [
    '.env.example', '.env.sample', '.env.template', '.env.dist', '.env.test.example', 'env.example', '.env.vault', '.env.ts', 'src/env.ts', 'next-env.d.ts', 'environments/environment.prod.ts',
    'id_rsa.pub', '~/.ssh/id_ed25519.pub', '~/.ssh/known_hosts', '~/.ssh/authorized_keys', '~/.ssh/config', 'cert.pem', 'chain.pem', 'public.pem', 'server.crt', 'ca.crt', 'credentials.json.example', 'terraform.tfvars.example', 'variables.tf', '.npmrc.example', 'vault.yml.enc', 'secrets.enc.yaml',
    'token.ts', 'src/auth/token.ts', 'secrets.ts', 'CredentialsProvider.java', 'key.svg', 'keybindings.json', 'docs/secrets.md', 'settings.json', 'appsettings.json', 'docker-compose.yml', 'package.json', 'password_reset.html', '',
  ]) test(`not hidden: ${path}`, () => assert.equal(isSecretName(path), false));
});

suite('the content decides where the name does not', () => {
  test('a note with a token is masked', () => assert.equal(fileVerdict('notes/volume.md', `railway token for the volume script: ${value}\n`), 'masked'));
  test('a template with a real value is masked', () => assert.equal(fileVerdict('.env.example', `RAILWAY_TOKEN=${value}\n`), 'masked'));
  test('a template with stand-ins is clear', () => assert.equal(fileVerdict('.env.example', 'RAILWAY_TOKEN=your-token\n'), 'clear'));
  test('code is clear', () => assert.equal(fileVerdict('src/a.ts', 'export const token = process.env.TOKEN;\n'), 'clear'));
  test('what could not be searched to its end is masked', () => assert.equal(fileVerdict('a.txt', { findings: [], complete: false, steps: 0 }), 'masked'));
});

suite('what people say about names goes before', () => {
  const rules = fileRules({ hiddenFiles: ['/private/', '*.secret'], clearFiles: ['.env.test', 'fixtures/**', 'a.secret'] }, ['/srv/app']);
  test('hidden by a glob', () => assert.equal(fileVerdict('/srv/app/private/plan.txt', undefined, rules), 'hidden'));
  test('anchored globs are relative to the root', () => assert.equal(fileVerdict('/srv/app/src/private/plan.txt', undefined, rules), 'clear'));
  test('clear by a glob', () => assert.equal(fileVerdict('/srv/app/.env.test', `T=${value}`, rules), 'clear'));
  test('a hidden glob goes before a clear one', () => assert.equal(fileVerdict('/srv/app/a.secret', undefined, rules), 'hidden'));
  test('other files are judged as always', () => assert.equal(fileVerdict('/srv/app/.env', undefined, rules), 'hidden'));
  test('paths outside the roots do no harm', () => assert.equal(fileVerdict('../../etc/passwd', undefined, rules), 'clear'));
});

suite('masking', () => {
  const text = `# deploy\nRAILWAY_TOKEN=${value} # live\nPORT=3000\n`;
  const fingerprint = (): string => 'a1b2c3d4';
  test('a value becomes a placeholder that explains itself', () => {
    assert.equal(maskText(text, findSecrets(text, { path: 'notes.env' }).findings, fingerprint), '# deploy\nRAILWAY_TOKEN=<hidden:RAILWAY_TOKEN#a1b2 · 36 chars · real value is on disk, do not edit> # live\nPORT=3000\n');
  });
  test('overlapping findings hide all of their text', () => {
    const masked = maskText('abcdefgh', [{ start: 0, end: 5, name: 'a' }, { start: 3, end: 8, name: 'b' }]);
    assert.match(masked, /^<hidden:a · 5 chars[^>]*><hidden:b · 3 chars[^>]*>$/);
  });
  test('placeholders are told from other text', () => {
    for (const held of [placeholder('RAILWAY_TOKEN', value, fingerprint), placeholder('a key', value), `T=${placeholder('T', 'x', fingerprint).replace('·', '-')}`, '<hidden:RAILWAY_TOKEN#a1b2 · real value is on disk, do not edit>']) assert.equal(containsPlaceholder(`x ${held} y`), true, held);
    for (const text of ['<hidden>', '<input type="hidden">', 'hidden:a', '<hidden:>', '']) assert.equal(containsPlaceholder(text), false, text);
  });
});

suite('the masked view', () => {
  test('of an environment file: names and shapes', () => {
    const view = maskedView('.env', `# c\nexport RAILWAY_TOKEN="${value}"\nPORT=3000\nDEBUG=true\nEMPTY=\nDATABASE_URL=postgres://a:b@c/d\n`);
    for (const line of ['RAILWAY_TOKEN: set, 36 characters, a uuid', 'PORT: set, 4 characters, a number', 'DEBUG: set, 4 characters, true or false', 'EMPTY: empty', 'DATABASE_URL: set, 18 characters, a url']) assert.ok(view.split('\n').includes(line), `${line} in\n${view}`);
    assert.ok(!view.includes(value) && !view.includes('3000') && !view.includes('postgres://'));
  });
  test('of JSON: dotted names', () => assert.match(maskedView('credentials.json', JSON.stringify({ installed: { client_secret: drawn(24), uris: ['a'] } })), /installed\.client_secret: set, 24 characters\ninstalled\.uris\.0: set, 1 characters/));
  test('of a key: nothing of it', () => {
    const view = maskedView('id_rsa', pem('OPENSSH PRIVATE'));
    assert.match(view, /a private key, 8 lines/);
    for (const line of pem('OPENSSH PRIVATE').split('\n').slice(1, -1)) assert.ok(!view.includes(line));
  });
  test('of a file with a secret in it: its text without the value', () => {
    const view = maskedView('notes.md', `Deploy notes\nrailway token for the volume script: ${value}\n`);
    assert.ok(view.startsWith('Deploy notes\nrailway token for the volume script: <hidden:') && !view.includes(value));
  });
  test('is bounded and never ends inside a placeholder', () => {
    for (let lead = 8000; lead < 8192; lead += 7) {
      const view = maskedView('notes.md', `${'a '.repeat(lead / 2)}\nrailway token: ${value}\n${'b '.repeat(4000)}`);
      assert.ok(view.length <= 8192 && !view.includes(value));
      assert.ok(/cut here: \d+ more/.test(view) && (view.match(/<hidden:/g) ?? []).length === (view.match(/do not edit>/g) ?? []).length);
    }
  });
  test('of a file too large to be searched: no part of it', () => assert.match(maskedView('big.txt', 'x '.repeat(2_000_000)), /too large/));
});
