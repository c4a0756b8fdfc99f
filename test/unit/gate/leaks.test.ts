import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { outcomes, type Outcome } from '../../bench/secrets/commands.ts';
import { buildProject } from '../../bench/secrets/project.ts';

/** Run for real in a project full of planted secrets: each of them prints some, or is denied. */
const leaking = [
  'head -n 3 .env.production', 'cat logs/app.log', 'grep -rn "Bearer" scripts docs', 'git log -p -2', 'git stash show -p', 'env | sort', 'bash -c "export -p"', 'node -e "console.log(process.env)"',
  'source ./.env && echo "key: $STRIPE_SECRET_KEY" | base64 -w 20', 'printenv DATABASE_URL | xxd -p', 'printenv STRIPE_SECRET_KEY | rev', 'terraform output -json', 'pulumi stack output --show-secrets', 'railway variables', 'kubectl get secret db -o yaml', 'sops -d secrets.enc.yaml', 'vault kv get secret/db', 'docker compose config', 'op run -- env', 'make -p',
];
const harmless = ['cat package.json', 'cat src/i18n/en.json', 'ls -la', 'git status --short', 'git log --oneline', 'wc -l .env', 'kubectl get pods', 'op run --env-file=.env -- node server.js', 'set -a; . ./.env; set +a; node server.js', 'head -20 README.md', 'gh auth status', 'cat .env.example'];

suite('commands that are really run', () => {
  const root = mkdtempSync(join(tmpdir(), 'interlock-leaks-'));
  const found = new Map<string, Outcome>();
  before(async () => {
    const rows = [...leaking.map((content) => ({ content, label: 1 as const, kind: 'leaks' })), ...harmless.map((content) => ({ content, label: 0 as const, kind: 'harmless' }))];
    for (const outcome of await outcomes(rows, buildProject(root, 'unknown'), root)) found.set(outcome.row.content, outcome);
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  for (const command of leaking) {
    test(`leaves no secret: ${command}`, () => {
      const { decision, printed, left } = found.get(command) as Outcome;
      assert.deepEqual(left ?? [], []);
      // A command that shows nothing would prove nothing.
      assert.ok(decision === 'deny' || (printed ?? []).length > 0, `${decision}, and nothing was printed`);
    });
  }
  for (const command of harmless) {
    test(`runs as it is: ${command}`, () => {
      const { decision, changed, rules } = found.get(command) as Outcome;
      assert.ok(decision === 'allow' || decision === 'keep', `${decision}: ${rules.join(', ')}`);
      assert.equal(changed, false);
    });
  }
});
