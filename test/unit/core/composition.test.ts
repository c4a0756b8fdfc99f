import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../../../src/core/decide.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { blindWorld } from '../../../src/core/world.ts';

/** Each finding as `rule name environment`, strictest first. */
function findings(command: string): string[] {
  const verdict = decide({ tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: '/home/me/shop', workspaceRoots: ['/home/me/shop'], env: { HOME: '/home/me' } }, blindWorld(), defaultPolicy);
  return verdict.findings.filter(({ decision }) => decision !== 'allow').map((finding) => `${finding.rule} ${finding.resource.name} ${finding.environment}`);
}

const mutation = String.raw`mutation { volumeDelete(volumeId: \"v\") }`;

/** Rooms that hand text to each other; the target is where the innermost program runs. */
const caught: readonly (readonly [path: string, command: string, found: readonly string[]])[] = [
  ['ssh → docker → psql', `ssh db.example.com 'docker exec db psql -c "DROP TABLE users"'`, ['sql/drop-table users unknown']],
  ['kubectl ← here-document → mongosh', `kubectl exec -i mongo-0 -- mongosh shop <<'EOF'\ndb.dropDatabase()\nEOF`, ['mongo/drop-database shop unknown']],
  ['here-document → python → terraform', `python3 - <<'EOF'\nimport subprocess\nsubprocess.run(["terraform", "destroy", "-auto-approve"])\nEOF`, ['terraform/destroy  unknown']],
  ['node → shell → psql', `node -e "require('child_process').execSync('psql -h localhost -c \\'DROP TABLE users\\'')"`, ['sql/drop-table users local']],
  ['python → GraphQL', `python3 -c "import requests; requests.post('https://backboard.railway.app/graphql/v2', json={'query': 'mutation { volumeDelete(volumeId: 1) }'})"`, ['railway/api-volume-delete 1 unknown']],
  ['psql → shell → curl', `psql -c "\\! curl -X DELETE https://api.example.com/v1/users/7"`, ['http/delete 7 unknown']],
  ['bash -c → curl', `bash -lc 'curl https://backboard.railway.com/graphql/v2 --json "{\\"query\\":\\"mutation{projectDelete(id:1)}\\"}"'`, ['railway/api-project-delete 1 unknown']],
  ['env → sudo → redis-cli', 'env A=b sudo redis-cli -h cache.example.com FLUSHALL', ['redis/flushall cache.example.com unknown']],
];
for (const [path, command, found] of caught) test(`follows ${path}`, () => assert.deepEqual(findings(command), found));

for (const command of [`echo '${mutation}'`, `git commit -m 'DROP TABLE users; rm -rf /'`, `ssh db.example.com 'docker exec db psql -c "SELECT 1"'`, `python3 -c "print('os.system(1)')"`]) {
  test(`passes ${command.slice(0, 60)}`, () => assert.deepEqual(findings(command), []));
}
