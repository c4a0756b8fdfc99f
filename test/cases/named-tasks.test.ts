import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ShellAction } from '../../src/core/action.ts';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { blindWorld } from '../../src/core/world.ts';

/** Tasks, scripts and programs nobody can read are judged by what they are called. */
function verdictOn(command: string): Verdict {
  const action: ShellAction = { tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: '/home/dev/project', workspaceRoots: ['/home/dev/project'], env: { HOME: '/home/dev' } };
  return decide(action, blindWorld(), defaultPolicy);
}

const held: Readonly<Record<string, { readonly rule: string; readonly commands: readonly string[] }>> = {
  'a task named after the loss of data': {
    rule: 'tasks/by-name',
    commands: ['make drop-db', 'make -C ops reset_database', 'just wipe-data', 'task destroy:infra', 'npm run db:reset', 'npm run delete-all-users -- --yes', 'pnpm purge-bucket', 'yarn destroy-prod-stack', 'bun run drop-tables', 'composer run reset-db', 'invoke truncate-tables', 'gradle dropDatabase', './gradlew dropDatabase', 'docker exec web make drop-db'],
  },
  'a program nobody knows, by its subcommand or options': {
    rule: 'commands/by-name',
    commands: ['shopctl reset-db', 'shopctl --env prod purge-customers', 'admin delete-all-users', 'importer orders.csv --truncate-table', 'poetry run pipeline init-db --force', 'uv run shop load-data --overwrite', './bin/console-tool drop-schema'],
  },
  'a script that is not there to be read, by the name of its file': {
    rule: 'tasks/script',
    commands: ['python reset_database.py', 'python3 -u tools/purge_customers.py --yes', './scripts/wipe-data.sh', 'bash -e scripts/truncate-tables.sh', 'node drop-tables.js', 'cmd /c delete_backups.bat', 'powershell -ExecutionPolicy Bypass -File .\\drop-database.ps1', 'pwsh -File reorganize.ps1', 'python restructure_photos.py ~/Pictures'],
  },
  'a task or script on another machine': {
    rule: 'tasks/elsewhere',
    commands: ['python rollout.py --target robot@192.0.2.7', './push.sh deploy@198.51.100.9', 'node tools/ship.js --host ops@db2.example.com', 'ssh web1 "make deploy"', 'ssh -p 2222 ops@db2.example.com "cd /srv/app && just migrate"', 'ssh web1 npm run seed'],
  },
  'a script file on another machine': {
    rule: 'shell/unseen-script',
    commands: ['ssh web1 ./deploy.sh', 'ssh web1 "bash /opt/scripts/rotate.sh"', 'ssh web1 "python3 cleanup.py"'],
  },
};

const passes: Readonly<Record<string, readonly string[]>> = {
  'tasks that build, test and clean': ['make', 'make clean', 'make clean-all', 'make test-db', 'npm run build', 'npm run clean', 'npm run db:migrate', 'pnpm reset-cache', 'just kill-port', 'yarn remove-unused', 'npm run generate-data'],
  'scripts that by their name build, look or tidy up': ['python cleanup_cache.py', 'bash clean.sh', './scripts/delete-duplicates.sh', 'python analyze_database.py', 'node scripts/create-tables.js', 'cat reset_database.py', 'vim drop-tables.js', 'prettier --write wipe-data.js', 'git add reset_database.py', 'python lint.py reset_database.py'],
  'scripts given an address': ['python mail.py --to bob@example.com', 'node notify.js bob@example.com', './release.sh shop@1.4.2', 'node scripts/add.js react@18', './tag.sh shop@latest'],
  'data made for tests': ['python reset_test_db.py', 'make reset-test-db', 'npm run test:db:reset', 'npm run e2e:drop-tables', 'shopctl reset-db-fixtures'],
  'words that are paths, text or names': ['mkdir reset-db', 'touch drop-tables', 'cd delete-data', 'cat reset-db', 'vim drop-database', 'git checkout reset-db', 'git switch -c drop-users-table', 'shopctl show drop-db.md', 'shopctl note "drop the database"', 'grep -rn drop-table src', 'man drop-db'],
  'making data without force': ['shopctl init-db', 'shopctl load-data', 'shopctl seed-database'],
  'ordinary work on another machine': ['ssh web1 uptime', 'ssh web1 "df -h && free -m"', 'ssh web1 "docker ps"', 'ssh web1 npm ci', 'ssh web1 "cat /var/log/syslog | tail"'],
};

for (const [danger, { rule, commands }] of Object.entries(held)) {
  describe(danger, () => {
    for (const command of commands) {
      it(command, () => {
        const { decision, findings } = verdictOn(command);
        assert.ok(findings.some((finding) => finding.rule === rule), `found ${findings.map((finding) => finding.rule).join(', ') || 'nothing'}`);
        assert.equal(decision, 'ask');
      });
    }
  });
}

for (const [harmless, commands] of Object.entries(passes)) {
  describe(`${harmless} pass`, () => {
    for (const command of commands) {
      it(command, () => {
        const { decision, findings } = verdictOn(command);
        assert.equal(decision, 'allow', findings.map((finding) => finding.rule).join(', '));
      });
    }
  });
}
