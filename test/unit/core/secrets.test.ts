import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { array, assert as check, constantFrom, integer, oneof, property, string } from 'fast-check';
import { findSecrets } from '../../../src/core/secrets/find.ts';
import { maskText } from '../../../src/core/secrets/mask.ts';
import { shapes } from '../../../src/core/secrets/shapes.ts';
import { scanFile } from '../../../src/core/secrets/scan.ts';
import { alnum, drawn, hex, jwt, pem, uuid } from './secret-samples.ts';

/** The text must hold exactly this value as a secret. */
function finds(value: string, text: string, path = '', kind?: string): void {
  test(`finds ${kind ?? 'the value'} in ${path} ${JSON.stringify(text.replace(value, '…').slice(0, 70))}`, () => {
    const { findings, complete } = findSecrets(text, { path });
    assert.deepEqual({ values: findings.map(({ start, end }) => text.slice(start, end)), complete }, { values: [value], complete: true });
    if (kind !== undefined) assert.equal(findings[0]?.kind, kind);
  });
}

function passes(text: string, path = ''): void {
  test(`finds nothing in ${path} ${JSON.stringify(text.slice(0, 80))}`, () => {
    assert.deepEqual(findSecrets(text, { path }).findings.map(({ kind, name }) => ({ kind, name })), []);
  });
}

const token = uuid();

suite('a token without a shape of its own is found by its name or by what is said of it', () => {
  finds(token, `RAILWAY_TOKEN=${token}\n`, '.env', 'railway token');
  finds(token, `railway token for the volume script: ${token}\n`, 'notes/ops.md', 'railway token');
  finds(token, `- the railway token is ${token} (do not share)\n`, 'NOTES.txt', 'railway token');
  finds(token, `here is the Railway API key: \`${token}\`\n`, 'README.md', 'railway api key');
  finds(token, `// railway token for staging: ${token}\n`, 'src/deploy.ts', 'railway token');
  finds(token, `export const token = process.env.RAILWAY_TOKEN ?? "${token}";\n`, 'src/config.ts', 'railway token');
  finds(token, `export const token = process.env["RAILWAY_TOKEN"] || '${token}';\n`, 'src/config.js', 'railway token');
  finds(token, `token = os.getenv("RAILWAY_TOKEN", "${token}")\n`, 'deploy.py', 'railway token');
  finds(token, `const railwayToken = "${token}";\n`, 'src/client.ts', 'railway token');
  finds(token, `var railwayToken string = "${token}"\n`, 'main.go', 'railway token');
  finds(token, `curl -H "Authorization: Bearer ${token}" https://backboard.railway.app/graphql/v2\n`, 'tools/probe.sh', 'bearer token');
  finds(token, `POST https://backboard.railway.com/graphql/v2\nAuthorization: Bearer ${token}\n\n{}\n`, 'requests/railway.http', 'bearer token');
  finds(token, `RAILWAY_TOKEN=${token} npx railway up --detach\n`, 'docs/RUNBOOK.md', 'railway token');
  finds(token, `{"values": [{"key": "railwayToken", "value": "${token}", "type": "secret"}]}`, 'env.json', 'railway token');
  finds(token, `env:\n  - name: RAILWAY_TOKEN\n    value: ${token}\n`, 'deploy.yaml', 'railway token');
  finds(token, `"source": ["os.environ['RAILWAY_TOKEN'] = '${token}'\\n"]`, 'run.ipynb', 'railway token');
  finds(token, `{"railway.token": "${token}"}`, '.vscode/settings.json', 'railway token');
  finds(token, `  environment:\n    - RAILWAY_TOKEN=${token}\n`, 'docker-compose.yml', 'railway token');
  finds(token, `2026-03-02T10:11:12Z info env RAILWAY_TOKEN=${token} loaded\n`, 'build.log', 'railway token');
});

suite('a uuid that nothing calls a secret is an id', () => {
  passes(`{"id": "${token}", "projectId": "${uuid(2)}", "serviceId": "${uuid(3)}"}`, 'fixtures/users.json');
  passes(`RAILWAY_PROJECT_ID=${token}\nRAILWAY_SERVICE_ID=${uuid(2)}\n`, '.env');
  passes(`Dashboard: https://railway.com/project/${token}/service/${uuid(2)}\n`, 'README.md');
  passes(`INFO token refreshed for user ${token} request id=${uuid(2)}\n`, 'server.log');
  passes(`const NAMESPACE = "${token}";\nconst idempotencyKey = "${uuid(2)}";\nconst tokenId = "${uuid(4)}";\n`, 'src/a.ts');
  passes(`Project("{${token.toUpperCase()}}") = "App", "App.csproj"`, 'app.sln');
  passes('RAILWAY_TOKEN=00000000-0000-0000-0000-000000000000\n', '.env.local');
});

const password = 'q8Zk2fLx91TbWm4Rv7Yd';

suite('a table that a program prints has the name in one column and the value in the next', () => {
  finds(password, `    OUTPUT      VALUE\n    dbPassword  ${password}\n`);
  finds(password, `Key         Value\n---         -----\npassword    ${password}\nusername    app\n`);
  finds(password, `║ SESSION_SECRET  │ ${password} ║\n`);
  finds(password, `SESSION_SECRET\t${password}\r\nPORT\t3000\r\n`);
  finds(password, JSON.stringify({ db_password: { sensitive: true, type: 'string', value: password }, vpc_id: { sensitive: false, type: 'string', value: 'vpc-0a1b2c3d4e5f67890' } }, undefined, 2));
  passes(`NAME   TYPE     DATA   AGE\ntoken  Opaque   2      8d\n`);
  passes(`| token | ${uuid(2)} |\n| secret  | getSecretFromHeader |\n`);
  passes(`the password  ${password} was refused\n`);
  passes(`token   parseTokenFromHeader\nsecret  rotateSecretNightly\npassword  hashPasswordSlowly\n`);
  passes(`const token  = readToken();\n`, 'src/a.ts');
});

suite('a random value is one however it happens to begin and whatever letters it has', () => {
  for (const value of ['v7CZjlHyNS8rizN55VWR', 'v6p2xWYK07Xh0ohXrzgm', 'KkCFTpgNMKjAApDEvte6', 'QWYHADOHQRvxxMZdvBln', 'jxpnHjdSIKUjnq66']) finds(value, `SMTP_PASSWORD="${value}"\n`);
  passes('PASSWORD_HASHER_TOKEN=">=2.10.3"\ntoken: v1.2.3\nsecret: ^4.0.0\npassword: v20\n', 'versions.yaml');
  passes('const token = "getUserTokenFromHttpsHeader";\nconst secret = "XMLHttpRequestAuthHeader";\n', 'src/names.ts');
});

suite('every shape is found by itself', () => {
  const alphabets = { alnum, word: `${alnum}_`, url: `${alnum}_-`, hex, upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', base64: `${alnum}+/`, dotted: `${alnum}_-`, lower: 'abcdefghijklmnopqrstuvwxyz234567' };
  for (const shape of shapes.filter(({ pattern }) => !pattern)) {
    test(`${shape.kind} ${shape.prefix}`, () => {
      const value = shape.prefix + drawn(Math.max(shape.min - 1, 0), alphabets[shape.body], 11) + (shape.body === 'upper' || shape.body === 'lower' ? '7' : 'a');
      const text = `- rotate this: ${value}\n`;
      assert.deepEqual(findSecrets(text).findings.map(({ start, end }) => text.slice(start, end)), [value]);
      assert.equal(findSecrets(`x${value}`).findings.filter(({ kind }) => kind === shape.kind).length, 0, 'not in the middle of a word');
    });
  }
  const telegram = [drawn(10, '123456789'), `AA${drawn(33, alnum, 5)}`].join(':');
  finds(telegram, `bot ${telegram} here`, 'n.md', 'telegram bot token');
  const mailchimp = [drawn(32, hex), 'us14'].join('-');
  finds(mailchimp, `key ${mailchimp}\n`, 'n.md', 'mailchimp api key');
  const airtable = [`pat${drawn(14)}`, drawn(64, hex)].join('.');
  finds(airtable, `connect("${airtable}")`, 'a.js', 'airtable token');
  const slack = ['hooks.slack.com', 'services', `T${drawn(9, '0123456789ABCDEF')}`, `B${drawn(9, '0123456789ABCDEF')}`, drawn(24)].join('/');
  finds(slack, `url: https://${slack}`, 'a.md', 'slack webhook');
});

suite('structures', () => {
  const key = pem();
  finds(key, `${key}\n`, 'notes/keys.txt', 'private key');
  finds(key, `before\n${key}\nafter`, '', 'private key');
  finds(key.replaceAll('\n', '\\n'), `{"private": "${key.replaceAll('\n', '\\n')}"}`, 'sa.json', 'private key');
  finds(Buffer.from(key).toString('base64'), `KEY_B64=${Buffer.from(key).toString('base64')}\n`, '.env', 'private key');
  finds(jwt({ role: 'service_role', iss: 'supabase' }), `const k = "${jwt({ role: 'service_role', iss: 'supabase' })}"`, 'a.ts', 'supabase service role key');
  passes(`const k = "${jwt({ role: 'anon', iss: 'supabase' })}"`, 'a.ts');
  const password = `Zebra-${drawn(11)}`;
  finds(password, `DATABASE_URL=postgres://app:${password}@db.acme.io:5432/prod\n`, '.env', 'password in a url');
  finds(password, `psql "postgresql://app:${password}@db.acme.io/prod?sslmode=require"`, 'docs/oncall.md', 'password in a url');
  finds(drawn(24), `//registry.npmjs.org/:_authToken=${drawn(24)}\n`, '.npmrc', 'token');
  finds(drawn(16), `machine api.acme.io login bo password ${drawn(16)}\n`, '.netrc', 'password');
  finds(drawn(16), `db.acme.io:5432:prod:app:${drawn(16)}\n`, '.pgpass', 'password');
  finds(drawn(32), `email,api_key\na@acme.io,${drawn(32)}\n`, 'users.csv', 'api key');
  finds(Buffer.from(`bo:${drawn(14)}`).toString('base64'), `{"auths":{"r.acme.io":{"auth":"${Buffer.from(`bo:${drawn(14)}`).toString('base64')}"}}}`, 'docker.json', 'credential');
  finds(Buffer.from('S3cure-pass').toString('base64'), `apiVersion: v1\nkind: Secret\ndata:\n  db: ${Buffer.from('S3cure-pass').toString('base64')}\n`, 'k.yaml', 'kubernetes secret');
  finds(drawn(40, alnum, 4), `users:\n- name: ci\n  user:\n    token: ${drawn(40, alnum, 4)}\n`, '.kube/config', 'token');
  finds(drawn(20), `sshpass -p ${drawn(20)} ssh deploy@host\n`, 'ci.sh', 'password');
  finds(drawn(20), `mysql -u root -p${drawn(20)} shop\n`, 'ci.sh', 'password');
  finds(drawn(20), `docker login -u acme -p ${drawn(20)} registry.acme.io\n`, 'ci.sh', 'password');
  finds(`Kx9.${drawn(8)}`, `ALTER ROLE admin PASSWORD 'Kx9.${drawn(8)}';`, 'users.sql', 'password');
  passes('-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----\n', 'k.pub');
  passes('export const RULES = [/ghp_[A-Za-z0-9]{36}/, /-----BEGIN (?:RSA )?PRIVATE KEY-----/];', 'r.ts');
  passes('kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgwiE3KvZakxEHScF4bM59PhOkusQjtZ0VGmrqwRQ8xLr7wq19rOIznP7El\n', 'sealed.yaml');
});

suite('passwords and keys given to names', () => {
  for (const [text, path] of [
    ['password: "%"', 'config/app.yml'], ['DB_PASSWORD=%', '.env'], ['spring.datasource.password=%', 'application.properties'], ['<password>%</password>', 'web.config.xml'], ["'password' => '%',", 'config.php'],
    ['password = "%"', 'settings.toml'], ['const dbPassword = "%";', 'db.ts'], ['Server=db;User Id=app;Password=%;', 'notes.txt'], ['mysql_root_password: "%"', 'group_vars/all.yml'], ['--password %', 'run.md'], ['{"password": "%"}', 'a.json'],
  ] as const) finds('Tr0ub4dor!9xQ', text.replace('%', () => 'Tr0ub4dor!9xQ'), path);
  for (const [text, path] of [
    ['api_key = "%"', 'a.toml'], ['val apiKey = "%"', 'K.kt'], ['let apiSecret: String = "%"', 'A.swift'], ['X-API-Key: %', 'req.http'], ['"clientSecret": "%"', 'a.json'], ['define(\'AUTH_KEY\', \'%\');', 'wp.php'],
    ['STRIPE_KEY=%', '.env'], ['?token=%', 'hooks.md'], ['aws_secret_access_key = %', 'credentials'], ['ENV API_TOKEN=%', 'Dockerfile'], ['"db_password": {\n      "value": "%",', 'terraform.tfstate'],
  ] as const) finds(drawn(32, alnum, 21), text.replace('%', () => drawn(32, alnum, 21)), path);
});

suite('stand-ins, references, hashes and words', () => {
  for (const value of ['your-api-key-here', '<your-token>', 'replace_me', 'sk-...', 'YOUR_SECRET_KEY', 'REDACTED', '{{TOKEN}}', 'example-token', 'my-secret-token', '', 'null', 'dummy', 'xxxxxxxxxxxxxxxx', '${RAILWAY_TOKEN}', '$RAILWAY_TOKEN', 'op://Prod/db/token', 'vault:secret/data/db#token', '%TOKEN%', 'changeme', 'password123', 'P@ssw0rd', 'test1234']) {
    passes(`RAILWAY_TOKEN=${value}\nDB_PASSWORD=${value}\n`, '.env');
  }
  passes('env:\n  RAILWAY_TOKEN: ${{ secrets.RAILWAY_TOKEN }}\n', '.github/workflows/d.yml');
  passes('API_KEY = os.environ["OPENAI_API_KEY"]\nsecret = os.getenv("JWT_SECRET", None)\npassword = getpass.getpass()\n', 'a.py');
  passes('provider "hcloud" {\n  token = var.hcloud_token\n}\n  password = random_password.db.result\n', 'main.tf');
  passes('curl -H "Authorization: Bearer $RAILWAY_TOKEN" https://backboard.railway.app\nPGPASSWORD="$PGPASS" psql\n', 'deploy.sh');
  passes('headers: { Authorization: `Bearer ${token}`, "X-API-Key": apiKey }', 'src/http.ts');
  passes('const token = tokens[i];\nif (token.type === TokenType.Identifier) secret = token.value;\nlet keywordToken = "function_declaration_statement";\nthis.clientSecret = clientSecretOrAuthorizationCode;\n', 'lexer.ts');
  passes('const TOKEN_HEADER = "x-auth-token";\nconst PASSWORD_FIELD = "user_password";\nconst tokenUrl = "https://login.acme.io/oauth2/v2.0/token";\n', 'c.ts');
  passes(`const etag = "W/\\"${drawn(32, hex)}\\"";\nconst cacheKey = "${drawn(32, hex)}";\nconst publicKey = "${drawn(43)}=";\n`, 'e.ts');
  passes(`    resolution: {integrity: sha512-${drawn(86, `${alnum}+/`)}==}\n`, 'pnpm-lock.yaml');
  passes(`INSERT INTO users VALUES ('a@acme.io', '$2b$10$${drawn(53)}');`, 'seed.sql');
  passes(`password_hash: "$argon2id$v=19$m=65536$${drawn(43)}"`, 'seed.yml');
  passes('DATABASE_URL="postgresql://USER:PASSWORD@HOST:5432/DB"\nREDIS="redis://localhost:6379"\nM="mysql://root:root@127.0.0.1/test"\nQ="amqp://guest:guest@rabbitmq:5672"\nP="postgres://${DB_USER}:${DB_PASS}@${DB_HOST}/x"\n', 'setup.md');
  passes('Set `RAILWAY_TOKEN` to the token you created on the dashboard. The password must have 12 characters.\n', 'README.md');
  passes('"minipass": "^7.1.3",\n"token-types": "5.0.1",\n', 'package.json');
  passes('<input type="password" name="password" placeholder="Enter your password" autoComplete="current-password" />', 'F.tsx');
  passes('RAILWAY_TOKEN=\nDB_PASSWORD=hunter22\nAPI_KEY=sk-abc\n', '.env.example');
});

test('names, lines and providers are told, values are not', () => {
  const found = findSecrets(`# a\n\nRAILWAY_TOKEN=${token}\n`, { path: '.env' }).findings[0];
  assert.deepEqual({ kind: found?.kind, name: found?.name, line: found?.line, provider: found?.provider }, { kind: 'railway token', name: 'RAILWAY_TOKEN', line: 3, provider: 'railway' });
  assert.deepEqual(scanFile('notes.md', `railway token for the volume script: ${token}`), { verdict: 'masked', findings: [{ kind: 'railway token', line: 1, name: 'railway_token' }] });
});

suite('a search that stops early says so', () => {
  test('when the deadline has passed', () => {
    assert.equal(findSecrets('x'.repeat(300_000), { expired: () => true }).complete, false);
    assert.equal(scanFile('big.txt', 'x '.repeat(2_000_000)).verdict, 'masked');
  });
  test('what was found until then is kept', () => {
    let asked = 0;
    const text = `RAILWAY_TOKEN=${token}\n${'y '.repeat(400_000)}`;
    const { findings, complete } = findSecrets(text, { path: '.env', expired: () => ++asked > 3 });
    assert.deepEqual({ count: findings.length, complete }, { count: 1, complete: false });
  });
});

suite('properties', () => {
  const pieces = constantFrom('token', 'password: "', 'secret=', 'key', '-----BEGIN ', 'PRIVATE KEY-----', 'eyJ', '://', '@', 'a:b', '"', "'", '\n', ' ', '\\n', 'Bearer ', 'Authorization: ', 'kind: Secret\n', 'data:\n', '  x: ', 'sig=', 'curl -u ', 'sk_live_', token, drawn(40), '=', '{', '<password>', '\u00e9', '\ud800', '0'.repeat(70));
  const text = oneof(string({ maxLength: 400 }), array(pieces, { maxLength: 80 }).map((parts) => parts.join('')));
  const path = constantFrom('', '.env', 'a.ts', 'a.yml', 'a.csv', '.pgpass', 'a.lock', '.env.example', 'C:\\x\\a.json');
  test('never throws, findings lie in the text, in order and apart', () => {
    check(property(text, path, (given, name) => {
      let last = 0;
      for (const { start, end, line } of findSecrets(given, { path: name }).findings) {
        assert.ok(start >= last && end > start && end <= given.length && line >= 1);
        last = end;
      }
    }), { numRuns: 600 });
  });
  test('masking removes every value that was found', () => {
    check(property(text, path, (given, name) => {
      const { findings } = findSecrets(given, { path: name });
      const masked = maskText(given, findings);
      const kept = findings.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), given);
      // A value that also stands where nothing marks it as one is not this property's matter.
      for (const { start, end } of findings) if (!kept.includes(given.slice(start, end)) && end - start > 40) assert.ok(!masked.includes(given.slice(start, end)));
      assert.equal(masked.split('<hidden:').length - given.split('<hidden:').length, findings.length);
    }), { numRuns: 600 });
  });
  test('the cost is linear in the length, whatever is repeated', () => {
    check(property(array(pieces, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')), path, integer({ min: 1, max: 3 }), (piece, name, scale) => {
      const given = piece.repeat(Math.ceil((scale * 20_000) / piece.length));
      assert.ok(findSecrets(given, { path: name }).steps <= given.length * 96 + 65_536 + 20_000);
    }), { numRuns: 120 });
  });
});
